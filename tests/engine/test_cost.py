"""What a read or an operation costs does not grow with the world.

Cost is counted, not timed: the steps of SQLite's virtual machine, and so much for each statement.
Every method of a handle's rooms, and of the players of a world, stands in one of the tables here.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import import_module
from inspect import getmembers, isclass, isfunction
from typing import TYPE_CHECKING

import pytest

from inventui.db.store import Store
from inventui.engine.bazaar.models import BazaarQuery, ListingPage, ListingWindow
from inventui.engine.inventory.models import InventoryPage, InventoryQuery, StackLine
from inventui.engine.player import _PARTS, PlayerHandle
from inventui.engine.players.players import Players
from inventui.engine.trades.models import TradeMade, TradeOffer
from inventui.engine.trades.trades import Trades
from inventui.room import Topic
from inventui.rules.bazaar import BazaarSort
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity, Status
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.inventory import InventoryTab, Sort
from inventui.rules.people.friends import FriendEvent
from inventui.rules.streets.shifts import ShiftStyle
from tests.builders import done
from tests.worlds import large

if TYPE_CHECKING:
    import sqlite3

pytestmark = pytest.mark.trust

SMALL, LARGE = 1_000, 100_000
STATEMENT = 30
"""Steps that a statement counts for besides its own."""

EACH = 20
"""Steps after which SQLite tells of them."""

GROWTH = 2
"""How many times as much a call may cost in the large world, which has 100 times as much."""

BOUNDED = 20_000
"""What a call may cost in any world: a page of 1,000 lines, and less than a look at each of the
10,000 lines that the shortest journal of the large world has."""

Call = Callable[[PlayerHandle], object]


def newest(ana: PlayerHandle) -> int:
    """The number of her last collectible that is not offered, listed or locked."""
    query = InventoryQuery(sort=Sort.NEWEST)
    return done(ana.workshop.player_items(query, limit=1), InventoryPage).items[0].id


def of_many(line: StackLine) -> int:
    """How many player items a line stands for."""
    return line.count


def dearest(ana: PlayerHandle) -> int:
    """The number of her most valuable collectible."""
    query = InventoryQuery(tab=InventoryTab.COLLECTIBLES, sort=Sort.VALUE)
    return done(ana.inventory.page(query, limit=1), InventoryPage).items[0].id


def listing(ana: PlayerHandle, *, mine: bool = False) -> int:
    """The number of a listing: another's, or one's own."""
    page = done(ana.bazaar.page(BazaarQuery(mine=mine), limit=1), ListingPage)
    return page.lines[0].id


def bob(ana: PlayerHandle) -> PlayerHandle:
    """The other player, to whom nothing much happened."""
    handle = ana.world.player("bob")  # type: ignore[attr-defined]
    assert isinstance(handle, PlayerHandle)
    return handle


def half_way(query: BazaarQuery, ana: PlayerHandle) -> ListingWindow:
    """A jump into the middle of the bazaar; of one's own listings into that of bob's."""
    player = bob(ana) if query.mine else ana
    return player.bazaar.window(query, player.bazaar.count(query) // 2, 50)


def offered(ana: PlayerHandle) -> int:
    """The number of a trade that bob has just proposed."""
    made = bob(ana).trades.propose("ana", TradeOffer(give_oranges=5, ask=(newest(ana),)))
    return done(made, TradeMade).trade


READS: Mapping[str, Call] = {
    "card": lambda ana: ana.card(),
    "catch_up": lambda ana: ana.catch_up(),
    "last_settled": lambda ana: ana.last_settled(),
    "inventory.count": lambda ana: ana.inventory.count(InventoryQuery()),
    "inventory.detail": lambda ana: ana.inventory.detail(newest(ana)),
    "inventory.matching": lambda ana: ana.inventory.matching(InventoryQuery(), [newest(ana)]),
    "inventory.page": lambda ana: ana.inventory.page(InventoryQuery()),
    "inventory.page newest": lambda ana: ana.inventory.page(InventoryQuery(sort=Sort.NEWEST)),
    "inventory.page search": lambda ana: ana.inventory.page(InventoryQuery(search="a")),
    "inventory.stacks": lambda ana: ana.inventory.stacks(InventoryQuery()),
    "inventory.stacks search": lambda ana: ana.inventory.stacks(InventoryQuery(search="a r:c")),
    "inventory.stacks open": lambda ana: ana.inventory.stacks(
        InventoryQuery(), [max(ana.inventory.stacks(InventoryQuery()), key=of_many).key]
    ),
    "inventory.pieces": lambda ana: ana.inventory.pieces(
        ana.inventory.stacks(InventoryQuery()), 100
    ),
    "inventory.quote": lambda ana: ana.inventory.quote([newest(ana)]),
    "inventory.statistics": lambda ana: ana.inventory.statistics(),
    "inventory.tab_counts": lambda ana: ana.inventory.tab_counts(),
    **{
        f"bazaar.window jump {sort} {tab}{' of bob' * mine}": partial(
            half_way, BazaarQuery(tab, sort, mine=mine)
        )
        for sort in BazaarSort
        for tab in (InventoryTab.ALL, InventoryTab.COLLECTIBLES)
        for mine in (False, True)
    },
    "inventory.page status": lambda ana: ana.inventory.page(InventoryQuery(status=Status.OWNED)),
    "bazaar.page mine": lambda ana: bob(ana).bazaar.page(BazaarQuery(mine=True)),
    "trades.wares_stacks": lambda ana: ana.trades.wares_stacks("bob", InventoryQuery()),
    "trades.wares listed": lambda ana: ana.trades.wares("bob", InventoryQuery()),
    "escrow.view": lambda ana: ana.escrow.view(),
    "wardrobe.worn": lambda ana: ana.wardrobe.worn(),
    "cases.misses": lambda ana: ana.cases.misses(),
    "reveals.pending": lambda ana: ana.reveals.pending(),
    "reveals.pending none": lambda ana: bob(ana).reveals.pending(),
    "shop.line": lambda ana: ana.shop.line("donut"),
    "shop.lines": lambda ana: ana.shop.lines(),
    "black_market.past": lambda ana: ana.black_market.past(),
    "black_market.rotation": lambda ana: ana.black_market.rotation(),
    "gear_shop.today": lambda ana: ana.gear_shop.today(),
    "home.look": lambda ana: ana.home.look(),
    "quests.list": lambda ana: ana.quests.list(),
    "home.look of bob": lambda ana: bob(ana).home.look(),
    "streets.view": lambda ana: ana.streets.view(),
    "property.view": lambda ana: ana.property.view(),
    "gifts.page": lambda ana: ana.gifts.page(sent=True),
    "gifts.page received": lambda ana: ana.gifts.page(sent=False),
    "gifts.statistics": lambda ana: ana.gifts.statistics(),
    "gifts.why_not": lambda ana: ana.gifts.why_not("bob", newest(ana)),
    "bazaar.count": lambda ana: ana.bazaar.count(BazaarQuery()),
    "bazaar.detail": lambda ana: ana.bazaar.detail(listing(ana)),
    "bazaar.ends": lambda ana: ana.bazaar.ends(),
    "bazaar.of_player_item": lambda ana: ana.bazaar.of_player_item(newest(ana)),
    "bazaar.prices": lambda ana: ana.bazaar.prices("donut"),
    "bazaar.suggest": lambda ana: ana.bazaar.suggest(newest(ana)),
    "bazaar.why_not": lambda ana: ana.bazaar.why_not(newest(ana)),
    "bazaar.window": lambda ana: ana.bazaar.window(BazaarQuery(), 0, 50),
    **{
        f"bazaar.page {sort}": lambda ana, sort=sort: ana.bazaar.page(BazaarQuery(sort=sort))
        for sort in BazaarSort
    },
    "trades.list": lambda ana: ana.trades.list(),
    "trades.list open": lambda ana: ana.trades.list(open_only=True),
    "trades.view": lambda ana: ana.trades.view(1),
    "trades.waiting": lambda ana: ana.trades.waiting(),
    "trades.quote": lambda ana: ana.trades.quote("bob", TradeOffer(give=(newest(ana),))),
    "trades.wares": lambda ana: ana.trades.wares("ana", InventoryQuery()),
    "workshop.cheapest": lambda ana: ana.workshop.cheapest(Rarity.COMMON),
    "workshop.count": lambda ana: ana.workshop.count(InventoryQuery()),
    "workshop.counts": lambda ana: ana.workshop.counts(),
    "workshop.matching": lambda ana: ana.workshop.matching(InventoryQuery(), [newest(ana)]),
    "workshop.past": lambda ana: ana.workshop.past(),
    "workshop.pending": lambda ana: ana.workshop.pending(),
    "workshop.player_items": lambda ana: ana.workshop.player_items(InventoryQuery()),
    "workshop.quote": lambda ana: ana.workshop.quote(ana.workshop.cheapest(Rarity.COMMON)),
    "workshop.stacks": lambda ana: ana.workshop.stacks(InventoryQuery()),
    "collections.list": lambda ana: ana.collections.list(),
    "collections.spare": lambda ana: ana.collections.spare([newest(ana)]),
    "collections.view": lambda ana: ana.collections.view(large.CASE),
    "drawer.peek": lambda ana: ana.drawer.peek("bob"),
    "drawer.show": lambda ana: ana.drawer.show(),
    "wallet.ledger": lambda ana: ana.wallet.ledger(),
    "wallet.series": lambda ana: ana.wallet.series(),
    **{
        f"feed.page {topic or 'all'}{whose}": lambda ana, topic=topic, of=of: of(ana).feed.page(
            topic
        )
        for topic in (None, *Topic)
        for whose, of in (("", lambda ana: ana), (" of bob", bob))
    },
    "history.of": lambda ana: ana.history.of(newest(ana)),
    "fairness.show": lambda ana: ana.fairness.show(),
    "achievements.list": lambda ana: ana.achievements.list(),
    "notifications.fresh": lambda ana: ana.notifications.fresh(0),
    "notifications.latest": lambda ana: ana.notifications.latest(),
    "notifications.page": lambda ana: ana.notifications.page(),
    "notifications.page unread": lambda ana: ana.notifications.page(unread=True),
    "undos.latest": lambda ana: ana.undos.latest(),
    "notifications.unread": lambda ana: ana.notifications.unread(),
    "withdrawals.list": lambda ana: ana.withdrawals.list(),
    "withdrawals.pending": lambda ana: ana.withdrawals.pending(),
    "friends.list": lambda ana: ana.friends.list(),
    "friends.list also": lambda ana: ana.friends.list("p999"),
    "friends.named": lambda ana: ana.friends.named("p"),
    "friends.find": lambda ana: ana.friends.find("bob"),
    "friends.find nobody": lambda ana: ana.friends.find("nobody"),
    "trades.partners": lambda ana: ana.trades.partners(),
    "streets.targets": lambda ana: ana.streets.targets(),
    "streets.targets also": lambda ana: ana.streets.targets("p999"),
    "players.list": lambda ana: Players(ana.world).list(),
    "players.neighbours": lambda ana: Players(ana.world).neighbours(),
    "players.everybody": lambda ana: Players(ana.world).everybody(),
    "players.find": lambda ana: Players(ana.world).find("bob"),
    "players.find nobody": lambda ana: Players(ana.world).find("nobody"),
}
"""What is read; a word after the name tells calls of one method apart."""

OPERATIONS: Mapping[str, Call] = {
    "cases.open": lambda ana: ana.cases.open(large.CASE),
    "reveals.revealed": lambda ana: ana.reveals.revealed(1),
    "shop.buy": lambda ana: ana.shop.buy("donut"),
    "sellers.buy": lambda ana: ana.sellers.buy("donut"),
    "wardrobe.unequip": lambda ana: ana.wardrobe.unequip(Category.WEAPON),
    "inventory.lock": lambda ana: ana.inventory.lock([newest(ana)], True),
    "inventory.lock off": lambda ana: ana.inventory.lock([dearest(ana)], False),
    "inventory.sell": lambda ana: ana.inventory.sell([newest(ana)]),
    "inventory.discard": lambda ana: ana.inventory.discard(newest(ana)),
    "undos.take_back": lambda ana: ana.inventory.sell([newest(ana)]) and ana.undos.take_back(),
    "gear_shop.reroll": lambda ana: ana.gear_shop.reroll(),
    "streets.daily": lambda ana: ana.streets.daily(),
    "streets.begin": lambda ana: ana.streets.begin(),
    "streets.play": lambda ana: ana.streets.play(ShiftStyle.STEADY),
    "streets.rob": lambda ana: ana.streets.rob("p7"),
    "friends.change": lambda ana: ana.friends.change("p5", FriendEvent.REMOVE),
    "friends.change again": lambda ana: ana.friends.change("p5", FriendEvent.REQUEST),
    "gifts.send_item": lambda ana: ana.gifts.send_item("p9", newest(ana)),
    "gifts.send_money": lambda ana: ana.gifts.send_money("p9", 5),
    "bazaar.list": lambda ana: ana.bazaar.list(newest(ana), 100),
    "bazaar.delist": lambda ana: ana.bazaar.delist(listing(ana, mine=True)),
    "bazaar.buy": lambda ana: ana.bazaar.buy(listing(ana)),
    "trades.propose": lambda ana: ana.trades.propose(
        "bob", TradeOffer(give=(newest(ana),), ask_oranges=5)
    ),
    "trades.accept": lambda ana: ana.trades.accept(offered(ana)),
    "trades.decline": lambda ana: ana.trades.decline(offered(ana)),
    "trades.counter": lambda ana: ana.trades.counter(
        offered(ana), TradeOffer(give=(newest(ana),), ask_oranges=9)
    ),
    "workshop.fuse": lambda ana: ana.workshop.fuse(ana.workshop.cheapest(Rarity.COMMON)),
    "workshop.fuse_cheapest": lambda ana: ana.workshop.fuse_cheapest(Rarity.COMMON),
    "drawer.show another's": lambda ana: ana.drawer.show("bob"),
    "fairness.rotate": lambda ana: ana.fairness.rotate(),
    "achievements.award": lambda ana: ana.achievements.award(),
    "achievements.award again": lambda ana: ana.achievements.award(),
    "notifications.shown": lambda ana: ana.notifications.shown([1]),
    "notifications.show_gifts": lambda ana: ana.notifications.show_gifts(),
    "notifications.seen": lambda ana: ana.notifications.seen([1, 2, 3]),
    "withdrawals.withdraw": lambda ana: ana.withdrawals.withdraw(dearest(ana)),
    "players.add": lambda ana: Players(ana.world).add("somebody"),
    "players.rename": lambda ana: Players(ana.world).rename(ana.id, "anabel"),
}
"""What is written, in this order."""

ALIKE = {
    "black_market.buy": "shop.buy",
    "gear_shop.buy": "shop.buy",
    "property.pay": "streets.daily",
    "collections.complete": "achievements.award",
    "quests.skip": "streets.daily",
    "escrow.claim": "inventory.lock",
    "trades.end": "trades.accept",
    "trades.take_back": "trades.decline",
    "wardrobe.equip": "wardrobe.unequip",
    "wardrobe.use": "wardrobe.unequip",
}
"""What can't be done here, and what it is like."""

PARTS_OF_OTHERS = {
    "achievements.within_reach", "black_market.decide", "black_market.stall", "cases.since_hit",
    "collections.ready", "gear_shop.decide", "gear_shop.offer", "gear_shop.open_today",
    "quests.list_in", "shop.decide", "shop.offer", "streets.view_in",
}  # fmt: skip
"""What runs within another call."""

ALL_THERE_IS = {
    "export.pieces": "all of a player's life",
    "export.tell": "all of a player's life",
    "export.write": "all of a player's life",
    "fairness.export": "a whole seed pair",
    "fairness.verify": "every roll of a player",
    "happened": "every span of time since",
    "withdrawals.deliver": "every certificate that is still to be written",
    "withdrawals.write_again": "the life of one player item",
    "players.give_defaults": "everybody, once for each new pack",
}
"""What reads everything because that is what is asked for."""


class Meter:
    """Counts what the connections of a store do."""

    def __init__(self) -> None:
        self._steps = 0

    def watch(self, driver: sqlite3.Connection) -> sqlite3.Connection:
        """Count what a connection does from now on."""

        def step() -> int:
            self._steps += EACH
            return 0

        def begin(_: str) -> None:
            self._steps += STATEMENT

        driver.set_progress_handler(step, EACH)
        driver.set_trace_callback(begin)
        return driver

    def cost(self, call: Call, handle: PlayerHandle) -> int:
        """What a call costs."""
        self._steps = 0
        call(handle)
        return self._steps


Costs = Callable[[Call], tuple[int, int]]
"""What a call costs in the small and in the large world."""


@pytest.fixture(scope="module")
def costs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Costs]:
    """Both worlds, open and looked at before."""
    folder, meter = tmp_path_factory.mktemp("cost"), Meter()
    connect = Store._connect
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Store, "_connect", lambda *a, **k: meter.watch(connect(*a, **k)))
        worlds, players = [], []
        for number in (SMALL, LARGE):
            large.make(folder / f"{number}.db", number)
            world = large.open_large(folder / f"{number}.db")
            worlds.append(world)
            player = world.player("ana")
            assert isinstance(player, PlayerHandle)
            large.look(player)
            player.inventory.statistics()
            # When somebody was last here is sought among all that time has brought them since.
            bob(player).shop.buy("donut")
            players.append(player)

        def both(call: Call) -> tuple[int, int]:
            small, many = (meter.cost(call, player) for player in players)
            return small, many

        yield both
        for world in worlds:
            world.close()
    shutil.rmtree(folder)


def grows(cost: tuple[int, int]) -> bool:
    """Whether a call costs more in the large world than it may."""
    return cost[1] > max(BOUNDED, GROWTH * cost[0])


def methods() -> set[str]:
    """Every method of a handle's rooms, of the handle itself and of the players of a world."""
    found = {"players": Players}
    for part, made in _PARTS.items():
        module, _, maker = made.partition(":")
        kind = getattr(import_module(f"inventui.engine.{module}"), maker)
        found[part] = kind if isclass(kind) else {"trades": Trades}[part]
    named = {f"{part}.{name}" for part, kind in found.items() for name in _public(kind)}
    return named | set(_public(PlayerHandle))


def _public(kind: type) -> Iterator[str]:
    return (name for name, _ in getmembers(kind, isfunction) if not name.startswith("_"))


def test_every_method_of_a_handle_is_measured_here() -> None:
    measured = {name.split()[0] for name in (*READS, *OPERATIONS)}
    others = ALIKE.keys() | PARTS_OF_OTHERS | ALL_THERE_IS.keys()
    assert not measured & others
    assert measured | others == methods()


@pytest.mark.parametrize("name", READS)
def test_a_read_costs_no_more_in_a_larger_world(name: str, costs: Costs) -> None:
    cost = costs(READS[name])
    assert not grows(cost), cost


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_costs_no_more_in_a_larger_world(name: str, costs: Costs) -> None:
    results = []
    cost = costs(lambda ana: results.append(OPERATIONS[name](ana)))
    assert not any(isinstance(result, Refusal) for result in results), results
    assert not grows(cost), cost


@pytest.mark.parametrize("mine", [False, True], ids=["everybody", "bob"])
@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (BazaarSort.NEWEST, "id DESC"),
        (BazaarSort.ENDING, "until, id"),
        (BazaarSort.CHEAPEST, "price, id"),
        (BazaarSort.DEAREST, "price DESC, id DESC"),
    ],
)
def test_a_jump_into_the_middle_shows_what_stands_there_or_close_by(
    sort: BazaarSort, order: str, mine: bool, costs: Costs
) -> None:
    def compare(ana: PlayerHandle) -> None:
        player = bob(ana) if mine else ana
        whose = f" AND seller_id = {player.id}" * mine
        with ana.world.store.read() as connection:
            found = connection.driver.execute(
                f"SELECT id FROM listing WHERE state = 'open'{whose} ORDER BY {order}"
            )
            ids = [number for (number,) in found]
        places = {number: place for place, number in enumerate(ids)}
        for place in (0, 1, len(ids) // 7, len(ids) // 2, len(ids) - 60, len(ids) - 20):
            jump = player.bazaar.window(BazaarQuery(sort=sort, mine=mine), place, 50)
            shown = [line.id for line in jump.lines]
            first = places[shown[0]]
            assert shown == ids[first : first + 50]
            assert abs(first - place) <= (len(ids) // 20 if jump.about else 0), place

    costs(compare)
