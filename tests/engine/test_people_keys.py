"""Keys of what goes between people, and out of the world: one key, one request."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inventui.engine.people.models import FriendChange, GiftSent
from inventui.engine.players.models import Grant
from inventui.engine.withdrawals.models import Withdrawn
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import FrozenClock
from inventui.rules.core.money import Currency
from inventui.rules.core.refusal import Reason
from inventui.rules.people.friends import FriendEvent
from tests.builders import NOW, PEOPLE_PACK, a_player, a_world, audited, contents, done, refused

Call = Callable[[PlayerHandle, tuple[int, int]], object]
KEY = "once"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_world(tmp_path / "world.db", clock=FrozenClock(NOW), pack=PEOPLE_PACK) as world:
        yield world


def player_items_of_ana(world: World) -> tuple[int, int]:
    """The numbers of two dear things of ana, a friend of bob and cy."""
    ana = a_player(world, "ana")
    for name in ("bob", "cy"):
        other = a_player(world, name)
        done(ana.friends.change(name, FriendEvent.REQUEST), FriendChange)
        done(other.friends.change("ana", FriendEvent.ACCEPT), FriendChange)
    seal, crown = (done(world.grant("ana", item=item), Grant).item_id for item in ("seal", "crown"))
    assert seal is not None
    assert crown is not None
    return seal, crown


MONEY = Currency.ORANGES, "Yours", KEY
REQUESTS: dict[str, tuple[type, Call, list[Call]]] = {
    "thing": (
        GiftSent,
        lambda p, n: p.gifts.send_item("bob", n[0], "Yours", KEY),
        [
            lambda p, n: p.gifts.send_item("cy", n[0], "Yours", KEY),
            lambda p, n: p.gifts.send_item("bob", n[1], "Yours", KEY),
            lambda p, n: p.gifts.send_item("bob", n[0], "Mine", KEY),
            lambda p, _: p.gifts.send_money("bob", 5, Currency.ORANGES, "Yours", KEY),
        ],
    ),
    "money": (
        GiftSent,
        lambda p, _: p.gifts.send_money("bob", 5, *MONEY),
        [
            lambda p, _: p.gifts.send_money("cy", 5, *MONEY),
            lambda p, _: p.gifts.send_money("bob", 6, *MONEY),
            lambda p, _: p.gifts.send_money("bob", 5, Currency.GEMS, "Yours", KEY),
            lambda p, _: p.gifts.send_money("bob", 5, Currency.ORANGES, "Mine", KEY),
        ],
    ),
    "bond": (
        FriendChange,
        lambda p, _: p.friends.change("bob", FriendEvent.REMOVE, KEY),
        [
            lambda p, _: p.friends.change("cy", FriendEvent.REMOVE, KEY),
            lambda p, _: p.friends.change("bob", FriendEvent.REQUEST, KEY),
        ],
    ),
    "withdrawal": (
        Withdrawn,
        lambda p, n: p.withdrawals.withdraw(n[0], "By hand", KEY),
        [
            lambda p, n: p.withdrawals.withdraw(n[1], "By hand", KEY),
            lambda p, n: p.withdrawals.withdraw(n[0], "By post", KEY),
        ],
    ),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_a_key_stands_for_everything_that_was_asked_with_it(name: str, world: World) -> None:
    kind, ask, others = REQUESTS[name]
    player_items = player_items_of_ana(world)
    ana = done(world.player("ana"), PlayerHandle)
    first = done(ask(ana, player_items), kind)
    before = contents(world)
    for other in others:
        refused(other(ana, player_items), Reason.KEY_REUSED)
    again = done(ask(ana, player_items), kind)
    assert (again.repeat, again.operation) == (True, first.operation)  # type: ignore[attr-defined]
    assert contents(world) == before
    audited(world)


def test_a_friend_s_key_is_their_own(world: World) -> None:
    player_items_of_ana(world)
    for giver, friend in (("ana", "bob"), ("bob", "ana")):
        gift = done(world.player(giver), PlayerHandle).gifts.send_money(friend, 5, key=KEY)
        assert not done(gift, GiftSent).repeat


def test_a_certificate_is_noted_once(world: World, tmp_path: Path) -> None:
    seal, crown = player_items_of_ana(world)
    ana = done(world.player("ana"), PlayerHandle)
    assert not ana.withdrawals.pending()
    for player_item in (seal, crown):
        done(ana.withdrawals.withdraw(player_item), Withdrawn)
        assert ana.withdrawals.pending()
        assert len(ana.withdrawals.deliver(tmp_path / "documents")) == 1
        assert not ana.withdrawals.pending()
    # A second program that wrote it at the same moment notes the same.
    line = ana.withdrawals.list()[0]
    before = contents(world)
    ana.withdrawals._mark(line.id, Path(line.path))
    assert contents(world) == before
    audited(world)
