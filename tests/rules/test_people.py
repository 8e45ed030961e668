"""Between two players: every pair of the table, and what is not in it."""

from itertools import product

import pytest

from inventui.rules.core.refusal import Reason
from inventui.rules.people.friends import (
    FRIENDSHIP_TRANSITIONS,
    FriendEvent,
    FriendshipState,
    check_friend_event,
    friendship_state,
)

MIRROR = {
    FriendshipState.NONE: FriendshipState.NONE,
    FriendshipState.ASKED: FriendshipState.WAITING,
    FriendshipState.WAITING: FriendshipState.ASKED,
    FriendshipState.FRIENDS: FriendshipState.FRIENDS,
}
"""How the other one stands."""


@pytest.mark.parametrize(("standing", "event"), list(product(FriendshipState, FriendEvent)))
def test_every_pair_is_in_the_table_or_refused_in_a_sentence(
    standing: FriendshipState, event: FriendEvent
) -> None:
    refusal = check_friend_event("bob", standing, event, myself=False)
    if (standing, event) in FRIENDSHIP_TRANSITIONS:
        assert refusal is None
        return
    assert refusal is not None
    assert refusal.reason is Reason.WRONG_BOND
    assert "bob" in refusal.message
    assert refusal.message.endswith(".")
    assert refusal.figures == {"bond": str(standing), "event": str(event)}


@pytest.mark.parametrize(("standing", "event"), list(FRIENDSHIP_TRANSITIONS))
def test_both_sides_see_the_same_bond_after_every_event(
    standing: FriendshipState, event: FriendEvent
) -> None:
    assert friendship_state(event, by_me=True) is FRIENDSHIP_TRANSITIONS[standing, event]
    assert friendship_state(event, by_me=False) is MIRROR[FRIENDSHIP_TRANSITIONS[standing, event]]


@pytest.mark.parametrize("event", FriendEvent)
def test_nothing_is_done_towards_oneself(event: FriendEvent) -> None:
    refusal = check_friend_event("ana", FriendshipState.NONE, event, myself=True)
    assert refusal is not None
    assert refusal.reason is Reason.NO_TARGET


def test_strangers_have_no_bond() -> None:
    assert friendship_state(None, by_me=False) is FriendshipState.NONE
    assert friendship_state(None, by_me=True) is FriendshipState.NONE


@pytest.mark.parametrize("standing", FriendshipState)
def test_every_bond_can_be_left_or_reached(standing: FriendshipState) -> None:
    assert standing in {start for start, _ in FRIENDSHIP_TRANSITIONS}
    assert standing in {
        *FRIENDSHIP_TRANSITIONS.values(),
        *(MIRROR[end] for end in FRIENDSHIP_TRANSITIONS.values()),
    }
