"""Random lives of three players, compared with the oracle after every step."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from inventui.engine.cases.models import Opening
from inventui.engine.fairness.models import Rotation
from inventui.engine.inventory.models import Discard, InventoryQuery, LockChange, Sale
from inventui.engine.undo.models import Undone
from inventui.engine.world import PlayerHandle
from inventui.rules.core.enums import Status
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.inventory import InventoryTab, Sort
from tests.builders import a_player, a_world, audited, connect, contents
from tests.engine.living import live
from tests.oracle import CASES, Oracle, Pair, Person

NAMES = ("ana", "bob", "cho")


class Lives(RuleBasedStateMachine):
    """Players open, sell, lock, discard, undo and rotate; some requests are made twice."""

    player_items = Bundle("things")

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.world = a_world(Path(self.folder.name) / "world.db")
        self.oracle = Oracle()
        self.players: dict[str, PlayerHandle] = {}
        self.keys = 0
        for name in NAMES:
            self.players[name] = a_player(self.world, name)
            self.oracle.people[name] = Person()
            self.oracle.people[name].active = self._pair(name)

    def teardown(self) -> None:
        if hasattr(self, "world"):
            audited(self.world)
            for name in NAMES:
                assert self.players[name].fairness.verify().ok
            self.world.close()
            self.folder.cleanup()

    def _pair(self, name: str) -> Pair:
        # The oracle is told the secret, as only the world knows it.
        with closing(connect(self.world.path)) as connection:
            row = connection.execute(
                "SELECT server_seed, client_seed FROM seed_pair WHERE state = 'active'"
                " AND player_id = ?",
                (self.players[name].id,),
            ).fetchone()
        return Pair(*row)

    def _key(self) -> str:
        self.keys += 1
        return f"k{self.keys}"

    def _twice(self, call: Any, again: bool) -> Any:
        """The outcome; asked again with the same key, it must be the same and change nothing."""
        key = self._key()
        if again:
            first = call(key)
            before = contents(self.world)
            second = call(key)
            assert contents(self.world) == before
            if not isinstance(first, Refusal):
                assert second.repeat
                assert not first.repeat
                assert {n: getattr(second, n) for n in second.__slots__ if n != "repeat"} == {
                    n: getattr(first, n) for n in first.__slots__ if n != "repeat"
                }
            return first
        return call(key)

    @rule(
        target=player_items,
        who=st.sampled_from(NAMES),
        case=st.sampled_from(sorted(CASES)),
        count=st.one_of(st.integers(1, 12), st.sampled_from([-1, 0, 100, 101])),
        again=st.booleans(),
    )
    def open(self, who: str, case: str, count: int, again: bool) -> tuple[str, int]:
        due = self.oracle.open(who, case, count)
        result = self._twice(lambda key: self.players[who].cases.open(case, count, key), again)
        if due is None:
            assert isinstance(result, Refusal)
            return (who, 999_999)
        assert isinstance(result, Opening)
        assert [(r.entry, r.value) for r in result.rolls] == [(n, v) for n, v, _ in due]
        for roll, (name, value, gear) in zip(result.rolls, due, strict=True):
            self.oracle.receive(who, roll.item_id, name, value, gear)
        self.oracle.overflow(who)
        return (who, result.rolls[-1].item_id)

    @rule(
        who=st.sampled_from(NAMES),
        some=st.lists(player_items, max_size=6),
        extra=st.lists(st.integers(-5, 80), max_size=10),
        again=st.booleans(),
    )
    def sell(self, who: str, some: list[tuple[str, int]], extra: list[int], again: bool) -> None:
        numbers = [number for _, number in some] + extra
        due = self.oracle.sell(who, numbers)
        result = self._twice(lambda key: self.players[who].inventory.sell(numbers, key), again)
        if due is None:
            assert isinstance(result, Refusal)
        else:
            assert isinstance(result, Sale)
            assert (result.items_sold, result.total_value) == (len(due[0]), due[1])
            assert {r.id for r in result.refused} == set(numbers) - set(due[0])

    @rule(
        who=st.sampled_from(NAMES),
        player_item=player_items,
        locked=st.booleans(),
        again=st.booleans(),
    )
    def lock(self, who: str, player_item: tuple[str, int], locked: bool, again: bool) -> None:
        due = self.oracle.lock(who, player_item[1], locked)
        result = self._twice(
            lambda key: self.players[who].inventory.lock([player_item[1]], locked, key), again
        )
        assert isinstance(result, LockChange if due else Refusal)

    @rule(who=st.sampled_from(NAMES), player_item=player_items, again=st.booleans())
    def discard(self, who: str, player_item: tuple[str, int], again: bool) -> None:
        due = self.oracle.discard(who, player_item[1])
        result = self._twice(
            lambda key: self.players[who].inventory.discard(player_item[1], key), again
        )
        assert isinstance(result, Discard if due else Refusal)

    @rule(who=st.sampled_from(NAMES), again=st.booleans())
    def undo(self, who: str, again: bool) -> None:
        due = self.oracle.undo(who)
        result = self._twice(lambda key: self.players[who].undos.take_back(None, key), again)
        if isinstance(due, str):
            assert isinstance(result, Refusal)
            assert result.reason == due
        else:
            assert isinstance(result, Undone)
            assert (result.number, result.oranges) == (len(due[0]), due[1])

    @rule(
        who=st.sampled_from(NAMES),
        seed=st.one_of(st.none(), st.text("abc:%{}é界", min_size=1, max_size=8)),
        again=st.booleans(),
    )
    def rotate(self, who: str, seed: str | None, again: bool) -> None:
        person = self.oracle.people[who]
        old = person.active
        assert old is not None
        result = self._twice(lambda key: self.players[who].fairness.rotate(seed, key), again)
        assert isinstance(result, Rotation)
        assert (result.retired.server_seed, result.retired.nonce) == (old.server, old.nonce)
        person.retired.append(old)
        person.active = self._pair(who)
        assert person.active.client == (old.client if seed is None else seed)

    @invariant()
    def the_engine_agrees_with_the_oracle(self) -> None:
        if not hasattr(self, "world"):
            return
        for name, person in self.oracle.people.items():
            player = self.players[name]
            card, statistics = player.card(), player.inventory.statistics()
            held = person.held()
            assert (card.oranges, card.gems, card.experience) == (
                person.oranges,
                person.gems,
                person.experience,
            )
            assert statistics.total_items == len(held)
            assert statistics.total_value == sum(t.value for t in held)
            assert statistics.highest_value == max((t.value for t in held), default=0)
            assert statistics.total_spent == person.spent
            page = player.inventory.page(InventoryQuery(sort=Sort.VALUE), limit=1_000)
            assert not isinstance(page, Refusal)
            assert {line.id: (line.name, line.locked) for line in page.items} == {
                n: (t.item, t.locked) for n, t in person.player_items.items() if t.status == "owned"
            }
            escrow = player.inventory.page(InventoryQuery(tab=InventoryTab.ESCROW), limit=10)
            assert not isinstance(escrow, Refusal)
            assert {line.id for line in escrow.items} == {
                n for n, t in person.player_items.items() if t.status == "escrowed"
            }
            for status in (Status.SOLD, Status.DESTROYED, Status.EXPIRED):
                assert player.inventory.count(InventoryQuery(status=status)) == sum(
                    t.status == status for t in person.player_items.values()
                )


def test_random_lives_go_as_the_oracle_says(trust: bool) -> None:
    live(Lives, examples=25 if trust else 5, steps=20, shrinks=True)
