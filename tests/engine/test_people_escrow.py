"""Friends whose escrow holds things: what counts as theirs, and what time did to it first."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.engine.people.models import FriendChange, GiftSent
from inventui.engine.players.models import Grant
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import DAY, HOUR, FrozenClock
from inventui.rules.core.refusal import Reason
from inventui.rules.people.friends import FriendEvent
from tests.builders import NOW, PROPERTY_PACK, a_player, a_world, audited, contents, done, refused

GONE = "Escrow let go of Canvas Tent: its time was up."


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture
def world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    with a_world(tmp_path / "world.db", clock=clock, pack=PROPERTY_PACK) as world:
        yield world


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return a_player(world, "ana")


@pytest.fixture
def bob(world: World, ana: PlayerHandle) -> PlayerHandle:
    """A friend of ana's with no room for gear, and a tent that waits for room."""
    bob = a_player(world, "bob")
    done(ana.friends.change("bob", FriendEvent.REQUEST), FriendChange)
    done(bob.friends.change("ana", FriendEvent.ACCEPT), FriendChange)
    for item in (*10 * ["spoon"], "tent"):
        done(world.grant("bob", item=item), Grant)
    return bob


def granted(player: PlayerHandle, item: str) -> int:
    number = done(player.world.grant(player.name, item=item), Grant).item_id
    assert number is not None
    return number


def told(player: PlayerHandle) -> list[str]:
    return [line.message for line in player.notifications.page().notifications]


def test_what_waits_in_a_friend_s_escrow_is_theirs_already(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    tent = granted(ana, "tent")
    before = contents(world)
    refused(ana.gifts.send_item("bob", tent), Reason.ALREADY_OWNED)
    assert contents(world) == before


def test_what_a_friend_s_escrow_has_let_go_of_may_be_given_anew(
    world: World, clock: FrozenClock, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    tent = granted(ana, "tent")
    clock.advance(DAY)
    gift = done(ana.gifts.send_item("bob", tent), GiftSent)
    assert told(bob)[:2] == ["ana gave you Canvas Tent.", GONE]
    (waiting,) = bob.escrow.view().items
    assert waiting.line.id == gift.received_id
    clock.advance(48 * HOUR - 1)
    assert bob.catch_up() is None
    clock.advance(1)
    bob.catch_up()
    assert bob.escrow.view().items == ()
    audited(world)


@pytest.mark.parametrize("deed", ["gift", "bond"])
def test_a_friend_s_time_is_made_up_for_before_anything_happens_between_the_two(
    deed: str, world: World, clock: FrozenClock, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    clock.advance(DAY)
    if deed == "gift":
        done(ana.gifts.send_money("bob", 5), GiftSent)
    else:
        done(ana.friends.change("bob", FriendEvent.REMOVE), FriendChange)
    assert told(bob)[1] == GONE
    audited(world)


def test_a_gift_that_escrow_has_no_room_for_makes_the_oldest_expire_and_says_so(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    for item in ("apron", "loft"):
        done(world.grant("bob", item=item), Grant)
    gift = done(ana.gifts.send_item("bob", granted(ana, "stand")), GiftSent)
    waiting = [item.line for item in bob.escrow.view().items]
    assert {line.name for line in waiting} == {"Thick Apron", "Crate Loft", "Juice Stand"}
    assert gift.received_id in {line.id for line in waiting}
    assert told(bob)[:2] == [
        "ana gave you Juice Stand.",
        "Escrow let go of Canvas Tent: it holds 3 things at most.",
    ]
    audited(world)
