"""Random lives in the shop: buying, wearing, taking off, using, compared with a plain model."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from inventui.engine.drawer.models import DrawerView
from inventui.engine.inventory.models import Use
from inventui.engine.people.models import FriendChange
from inventui.engine.shop.models import Purchase
from inventui.engine.wardrobe.models import Outfit
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import HOUR, FrozenClock
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.people.friends import FriendEvent
from tests.builders import NOW, SHOP_PACK, a_player, a_world, audited, done
from tests.engine.living import live
from tests.oracle import SHOP, ShopOracle

NAMES = ("ana", "bob")


class Shoppers(RuleBasedStateMachine):
    """Two players with little money and one small stock."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.clock = FrozenClock(NOW)
        self.world = a_world(Path(self.folder.name) / "world.db", clock=self.clock, pack=SHOP_PACK)
        self.players = {name: a_player(self.world, name) for name in NAMES}
        self.oracle = ShopOracle(NAMES)
        self.bought: list[tuple[str, int, str]] = []

    def teardown(self) -> None:
        if hasattr(self, "world"):
            audited(self.world)
            self.world.close()
            self.folder.cleanup()

    @rule(who=st.sampled_from(NAMES), slug=st.sampled_from([*SHOP, "starter-kit", "pair", "zzz"]))
    def buy(self, who: str, slug: str) -> None:
        due = self.oracle.buy(who, slug, self.clock.at - NOW)
        result = self.players[who].shop.buy(slug)
        if isinstance(due, str):
            assert isinstance(result, Refusal)
            assert result.reason == due, result
            return
        purchase = done(result, Purchase)
        assert (purchase.oranges_paid, purchase.gems_paid) == due[1:]
        assert len(purchase.item_ids) == len(due[0])
        self.bought += [(who, n, got) for n, got in zip(purchase.item_ids, due[0], strict=True)]

    @rule(pick=st.integers(0, 40), put_on=st.booleans())
    def wear(self, pick: int, put_on: bool) -> None:
        if not self.bought:
            return
        who, number, slug = self.bought[pick % len(self.bought)]
        wardrobe = self.players[who].wardrobe
        due = self.oracle.wear(who, slug, put_on)
        result = wardrobe.equip(number) if put_on else wardrobe.unequip(number)
        assert isinstance(result, Outfit) is due, result

    @rule(who=st.sampled_from(NAMES))
    def buy_and_throw(self, who: str) -> None:
        before = len(self.bought)
        self.buy(who, "poop")
        if len(self.bought) > before:
            self._use(*self.bought[-1])

    @rule(pick=st.integers(0, 40))
    def use(self, pick: int) -> None:
        if self.bought:
            self._use(*self.bought[pick % len(self.bought)])

    def _use(self, who: str, number: int, slug: str) -> None:
        other = NAMES[1 - NAMES.index(who)]
        due = self.oracle.use(who, number, slug, other)
        target = other if slug == "poop" else None
        result = self.players[who].wardrobe.use(number, target)
        assert isinstance(result, Use) is due, result
        if isinstance(result, Refusal):
            assert result.reason is not Reason.NOT_YOURS

    @rule(who=st.sampled_from(NAMES))
    def befriend(self, who: str) -> None:
        events = {
            "strangers": FriendEvent.REQUEST,
            "friends": FriendEvent.REMOVE,
            who: FriendEvent.REQUEST,
        }
        event = events.get(self.oracle.bond, FriendEvent.ACCEPT)
        due = self.oracle.befriend(who)
        result = self.players[who].friends.change(NAMES[1 - NAMES.index(who)], event)
        assert isinstance(result, FriendChange) is due, result

    @rule(hours=st.sampled_from([0, 1, 13]))
    def wait(self, hours: int) -> None:
        self.clock.advance(hours * HOUR)
        self.oracle.wait(hours * HOUR)

    @invariant()
    def the_engine_agrees_with_the_oracle(self) -> None:
        if not hasattr(self, "world"):
            return
        for name, player in self.players.items():
            person = self.oracle.people[name]
            card = player.card()
            assert (card.oranges, card.gems) == (person.oranges, person.gems)
            worn = {str(c): item.slug for c, item in player.wardrobe.worn().items()}
            assert worn == person.worn
            view = done(player.drawer.show(), DrawerView)
            assert view.fed == person.fed
            assert len(view.splats) == len(person.splats)
            assert view.statistics.total_items == len(person.player_items)
        few = {line.slug: line for line in self.players["ana"].shop.lines(Category.TITLE)}["few"]
        assert few.limit.stock_remaining == self.oracle.stock["few"]


def test_random_lives_of_shoppers_go_as_the_oracle_says(trust: bool) -> None:
    live(Shoppers, examples=20 if trust else 4, steps=25, shrinks=True)
