"""Friendships: the states of one, as one table.

`FRIENDSHIP_TRANSITIONS` is the whole rule: (state as one sees it, what one does) → the state
after it. What is missing is refused, with a sentence from `_WHY_NOT`.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from inventui.rules.core.refusal import Reason, Refusal


class FriendEvent(StrEnum):
    """What one player may do towards another's friendship."""

    REQUEST = "request"
    ACCEPT = "accept"
    DECLINE = "decline"
    REMOVE = "remove"


class FriendshipState(StrEnum):
    """A friendship between two players, as one of them sees it."""

    NONE = "none"
    ASKED = "asked"
    """This player asked and waits for the answer."""
    WAITING = "waiting"
    """The other player asked and waits for this one's answer."""
    FRIENDS = "friends"


FRIENDSHIP_TRANSITIONS: Mapping[tuple[FriendshipState, FriendEvent], FriendshipState] = (
    MappingProxyType(
        {
            (FriendshipState.NONE, FriendEvent.REQUEST): FriendshipState.ASKED,
            (FriendshipState.ASKED, FriendEvent.REMOVE): FriendshipState.NONE,
            (FriendshipState.WAITING, FriendEvent.ACCEPT): FriendshipState.FRIENDS,
            (FriendshipState.WAITING, FriendEvent.DECLINE): FriendshipState.NONE,
            (FriendshipState.FRIENDS, FriendEvent.REMOVE): FriendshipState.NONE,
        }
    )
)
"""(state, event of this player) → state after it. What is missing is refused."""


def friendship_state(last: FriendEvent | None, by_me: bool) -> FriendshipState:
    """The friendship after the last event between two players, as one of them sees it.

    Args:
        last: that event, or None if there was none.
        by_me: whether this player did it.
    """
    if last is FriendEvent.ACCEPT:
        return FriendshipState.FRIENDS
    if last is FriendEvent.REQUEST:
        return FriendshipState.ASKED if by_me else FriendshipState.WAITING
    return FriendshipState.NONE


def yes_event(standing: FriendshipState) -> FriendEvent:
    """The event of saying yes: to accept whoever has asked, else to ask."""
    return FriendEvent.ACCEPT if standing is FriendshipState.WAITING else FriendEvent.REQUEST


def no_event(standing: FriendshipState) -> FriendEvent:
    """The event of saying no: to decline whoever has asked, else to remove."""
    return FriendEvent.DECLINE if standing is FriendshipState.WAITING else FriendEvent.REMOVE


_WHY_NOT: Mapping[tuple[FriendshipState, FriendEvent], str] = MappingProxyType(
    {
        (
            FriendshipState.ASKED,
            FriendEvent.REQUEST,
        ): "You have asked {name} already. Wait for the answer.",
        (
            FriendshipState.WAITING,
            FriendEvent.REQUEST,
        ): "{name} has asked you. Accept, and you are friends.",
        (FriendshipState.FRIENDS, FriendEvent.REQUEST): "{name} is your friend already.",
        (FriendshipState.ASKED, FriendEvent.ACCEPT): "{name} has yet to answer you.",
        (FriendshipState.ASKED, FriendEvent.DECLINE): "{name} has yet to answer you.",
        (FriendshipState.FRIENDS, FriendEvent.ACCEPT): "{name} is your friend already.",
        (
            FriendshipState.FRIENDS,
            FriendEvent.DECLINE,
        ): "{name} is your friend. Remove them to end that.",
        (FriendshipState.WAITING, FriendEvent.REMOVE): "{name} has asked you. Decline to say no.",
        (FriendshipState.NONE, FriendEvent.REMOVE): "{name} is not your friend.",
    }
)


def check_friend_event(
    name: str, standing: FriendshipState, event: FriendEvent, *, myself: bool
) -> Refusal | None:
    """None if the table allows an event towards another player."""
    if myself:
        return Refusal(Reason.NO_TARGET, "That is you. Name somebody else.")
    if (standing, event) in FRIENDSHIP_TRANSITIONS:
        return None
    why = _WHY_NOT.get((standing, event), "{name} has not asked you.")
    return Refusal(
        Reason.WRONG_BOND, why.format(name=name), {"bond": str(standing), "event": str(event)}
    )


_FIRST: Mapping[FriendshipState, str] = MappingProxyType(
    {
        FriendshipState.NONE: "Ask them first.",
        FriendshipState.ASKED: "You have asked: wait for the answer.",
        FriendshipState.WAITING: "They have asked you: say yes first.",
    }
)


def not_friends(what: str, name: str, standing: FriendshipState) -> Refusal:
    """The refusal for what is for friends only, with what would make friends of the two.

    Args:
        what: what is for friends only, up to a sentence's `friends`: `Gifts go to`.
        name: the other player's.
        standing: the friendship as it is.
    """
    return Refusal(
        Reason.NOT_FRIENDS,
        f"{what} friends only, and {name} is not yours yet. {_FIRST[standing]}",
        {"player": name, "bond": str(standing)},
    )
