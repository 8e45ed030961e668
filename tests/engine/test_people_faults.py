"""Faults at every statement of what goes between people, and out of the world."""

from collections.abc import Callable
from pathlib import Path

import pytest

from inventui.engine.core.models import PlayerCard
from inventui.engine.people.models import FriendChange, GiftSent
from inventui.engine.players.models import Grant
from inventui.engine.withdrawals.models import Withdrawn
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import DAY, FrozenClock
from inventui.rules.core.enums import Rarity
from inventui.rules.core.money import Currency
from inventui.rules.people.friends import FriendEvent
from inventui.rules.withdrawals.withdrawals import WithdrawalState
from tests.builders import NOW, TOWN_PACK, a_player, a_world, audited, contents, done, opened
from tests.engine.faults import ThroughFaults
from tests.engine.streets import bought

Call = Callable[[PlayerHandle, str], object]


def player_item_of(world: World, slug: str) -> int:
    """The number of ana's thing of this kind."""
    with world.store.read() as connection:
        found = connection.driver.execute(
            "SELECT max(p.id) FROM player_item p JOIN item i ON i.id = p.item_id"
            " WHERE p.player_id = 1 AND i.slug = ? AND p.status = 'owned'",
            (slug,),
        )
        return int(found.fetchone()[0])


OPERATIONS: dict[str, tuple[type, Call]] = {
    "ask": (FriendChange, lambda p, k: p.friends.change("cy", FriendEvent.REQUEST, k)),
    "end": (FriendChange, lambda p, k: p.friends.change("bob", FriendEvent.REMOVE, k)),
    "give gear": (GiftSent, lambda p, k: p.gifts.send_item("bob", SPOON, "For you", k)),
    "give oranges": (GiftSent, lambda p, k: p.gifts.send_money("bob", 70, message="x", key=k)),
    "give gems": (GiftSent, lambda p, k: p.gifts.send_money("bob", 3, Currency.GEMS, key=k)),
}
SPOON = 0
"""Set by the test: the world's own number of the spoon."""


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_fault_anywhere_leaves_nothing_half_and_a_retry_with_the_key_succeeds_once(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, through_faults: ThroughFaults
) -> None:
    kind, call = OPERATIONS[name]
    clock = FrozenClock(NOW)
    with a_world(tmp_path / "world.db", clock=clock, pack=TOWN_PACK) as world:
        ana, bob, cy = (a_player(world, name, oranges=20_000) for name in ("ana", "bob", "cy"))
        done(ana.friends.change("bob", FriendEvent.REQUEST), FriendChange)
        done(bob.friends.change("ana", FriendEvent.ACCEPT), FriendChange)
        world.grant("ana", item="spoon")
        monkeypatch.setattr(f"{__name__}.SPOON", player_item_of(world, "spoon"))
        # Everybody has time to be made up for, and bob no room for gear, so that it waits.
        for player in (ana, bob, cy):
            bought(player, "press")
        for _ in range(9):
            world.grant("bob", item="whisk")
        clock.advance(2 * DAY)
        outcome = done(through_faults(world, lambda: call(ana, "key")), kind)
        after = contents(world)
        again = done(call(ana, "key"), kind)
        assert (again.repeat, again.operation) == (True, outcome.operation)  # type: ignore[attr-defined]
        assert contents(world) == after
        audited(world)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return a_world(tmp_path / "small.db")


def test_a_fault_anywhere_in_a_withdrawal_keeps_the_thing_and_the_pair(
    world: World, through_faults: ThroughFaults
) -> None:
    with world:
        ana = a_player(world, "ana", oranges=2_000_000)
        rare = next(
            roll.item_id
            for _ in range(60)
            for roll in opened(ana, "crate", 100).rolls
            if roll.rarity is Rarity.LEGENDARY
        )
        gone = done(
            through_faults(world, lambda: ana.withdrawals.withdraw(rare, "x", "key")),
            Withdrawn,
        )
        assert gone.rotated
        after = contents(world)
        assert done(ana.withdrawals.withdraw(rare, "x", "key"), Withdrawn).repeat
        assert contents(world) == after
        audited(world)


def test_a_fault_anywhere_in_noting_a_delivery_leaves_it_pending_until_it_is_noted_once(
    world: World, tmp_path: Path, through_faults: ThroughFaults
) -> None:
    with world:
        ana = a_player(world, "ana")
        done(world.grant("ana", item="squeezer"), Grant)
        done(ana.withdrawals.withdraw(player_item_of(world, "squeezer")), Withdrawn)
        through_faults(world, lambda: ana.withdrawals.deliver(tmp_path / "documents"))
        (line,) = ana.withdrawals.list()
        assert line.state is WithdrawalState.DELIVERED
        assert len(list((tmp_path / "documents").iterdir())) == 2
        after = contents(world)
        assert ana.withdrawals.deliver(tmp_path / "documents") == ()
        assert contents(world) == after
        audited(world)


def test_a_fault_anywhere_in_a_rename_keeps_the_name(
    world: World, through_faults: ThroughFaults
) -> None:
    with world:
        ana = a_player(world, "ana")
        ana.catch_up()
        renamed = through_faults(world, lambda: world.players.rename(ana.id, "eve", "key"))
        assert done(renamed, PlayerCard).name == "eve"
        audited(world)
