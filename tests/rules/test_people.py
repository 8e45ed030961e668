"""Between two players: every pair of the table, and what is not in it."""

from itertools import product

import pytest

from inventui.rules.core.refusal import Reason
from inventui.rules.people.people import BONDS, Bond, FriendEvent, bond, check_bond

MIRROR = {
    Bond.NONE: Bond.NONE,
    Bond.ASKED: Bond.WAITING,
    Bond.WAITING: Bond.ASKED,
    Bond.FRIENDS: Bond.FRIENDS,
}
"""How the other one stands."""


@pytest.mark.parametrize(("standing", "event"), list(product(Bond, FriendEvent)))
def test_every_pair_is_in_the_table_or_refused_in_a_sentence(
    standing: Bond, event: FriendEvent
) -> None:
    refusal = check_bond("bob", standing, event, myself=False)
    if (standing, event) in BONDS:
        assert refusal is None
        return
    assert refusal is not None
    assert refusal.reason is Reason.WRONG_BOND
    assert "bob" in refusal.message
    assert refusal.message.endswith(".")
    assert refusal.figures == {"bond": str(standing), "event": str(event)}


@pytest.mark.parametrize(("standing", "event"), list(BONDS))
def test_both_sides_see_the_same_bond_after_every_event(standing: Bond, event: FriendEvent) -> None:
    assert bond(event, by_me=True) is BONDS[standing, event]
    assert bond(event, by_me=False) is MIRROR[BONDS[standing, event]]


@pytest.mark.parametrize("event", FriendEvent)
def test_nothing_is_done_towards_oneself(event: FriendEvent) -> None:
    refusal = check_bond("ana", Bond.NONE, event, myself=True)
    assert refusal is not None
    assert refusal.reason is Reason.NO_TARGET


def test_strangers_have_no_bond() -> None:
    assert bond(None, by_me=False) is Bond.NONE
    assert bond(None, by_me=True) is Bond.NONE


@pytest.mark.parametrize("standing", Bond)
def test_every_bond_can_be_left_or_reached(standing: Bond) -> None:
    assert standing in {start for start, _ in BONDS}
    assert standing in {*BONDS.values(), *(MIRROR[end] for end in BONDS.values())}
