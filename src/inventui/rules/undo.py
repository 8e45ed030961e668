"""Undo: what may be taken back within a minute, and why not.

An undo is an operation of its own that names the one it takes back. What was paid flows back to
where it came from, and what ended goes on (`TRANSITIONS`); what was given ends at the friend's side
as returned. It is refused where anything has come to depend on what was done: money that is spent,
room that is taken, a goal that was rewarded for it, a friend who has seen the gift.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from inventui.rules.achievements import Condition
from inventui.rules.core import lifecycle
from inventui.rules.core.enums import Event
from inventui.rules.core.money import Currency, money_words
from inventui.rules.core.refusal import Reason, Refusal, foremost

WINDOW = 60_000
"""How long something can be taken back, in milliseconds."""


class Undoable(StrEnum):
    """Kinds of operations that can be taken back."""

    SELL = "sell"
    LIST = "list"
    DISCARD = "discard"
    GIFT = "gift"


COUNTS: Mapping[Undoable, frozenset[Condition]] = MappingProxyType(
    {
        Undoable.SELL: frozenset({Condition.ITEMS_SOLD, Condition.BIGGEST_SALE}),
        Undoable.LIST: frozenset(),
        Undoable.DISCARD: frozenset(),
        Undoable.GIFT: frozenset({Condition.GIFTS_GIVEN}),
    }
)
"""What goals count of each kind: once one is rewarded, what helped to reach it stays done."""


@dataclass(frozen=True, slots=True)
class Done:
    """What is to be taken back, and what has become of it.

    Attributes:
        kind: the operation's.
        name: of the first player item.
        number: of player items.
        at: when it was done.
        oranges: what flows back to the house.
        purse: what the player has, in oranges.
        gear: how many pieces of gear would come back.
        room: for how many more pieces of gear the player has room.
        owned: a cosmetic that would come back and that the player owns again, or empty.
        goal: a goal that it helped to reach and that was rewarded since, or empty.
        ended: why it can't be taken back because of what became of it, or empty.
        undone: whether it was taken back already.
    """

    kind: Undoable
    name: str
    number: int
    at: int
    oranges: int = 0
    purse: int = 0
    gear: int = 0
    room: int = 0
    owned: str = ""
    goal: str = ""
    ended: str = ""
    undone: bool = False


def check_undo(done: Done, now: int) -> Refusal | None:
    """None if it can be taken back: in time, with nothing that depends on it."""
    what = done_words(done.kind, done.name, done.number)
    late = undone = depended = room = funds = owned = None
    if done.undone:
        undone = Refusal(Reason.ENDED, f"{what}, and took it back already.")
    if now - done.at > WINDOW:
        late = Refusal(
            Reason.EXPIRED,
            f"{what} more than {WINDOW // 1000} seconds ago: that can't be undone any more.",
            {"at": done.at, "until": done.at + WINDOW},
        )
    why = done.ended or (done.goal and f"It helped to reach {done.goal}, which was rewarded")
    if why:
        depended = Refusal(Reason.DEPENDED_ON, f"{why}: that can't be undone any more.")
    if done.owned:
        owned = Refusal(
            Reason.ALREADY_OWNED, f"You have another {done.owned} by now, and nobody has two."
        )
    if done.gear > max(0, done.room):
        room = Refusal(
            Reason.NO_ROOM,
            f"There is no room for {done.name} any more: you hold {lifecycle.GEAR_ROOM} pieces "
            "of gear at most. Sell or discard one first.",
            {"room": lifecycle.GEAR_ROOM},
        )
    if done.oranges > done.purse:
        missing = done.oranges - done.purse
        funds = Refusal(
            Reason.INSUFFICIENT_FUNDS,
            f"You have spent what it brought: {money_words(done.oranges, Currency.ORANGES)} would "
            f"go back, and you have {done.purse:,}.",
            {
                "required": done.oranges,
                "current": done.purse,
                "missing": missing,
                "currency": str(Currency.ORANGES),
            },
        )
    return foremost(late, undone, depended, owned, room, funds)


def nothing_to_undo() -> Refusal:
    """The refusal where nothing was done that can be taken back."""
    return Refusal(
        Reason.NOTHING_TO_DO,
        "There is nothing to undo: a sale to the house, a listing, a gift of a thing and what was "
        f"thrown away can be taken back for {WINDOW // 1000} seconds.",
    )


def not_undoable(number: int) -> Refusal:
    """The refusal for an operation that is nothing of the player's that can be taken back."""
    return Refusal(
        Reason.WRONG_STATUS,
        f"Number {number} is nothing of yours that can be undone: only a sale to the house, a "
        "listing, a gift of a thing and what was thrown away can be.",
        {"operation": number},
    )


def moved_on_words(event: Event) -> str:
    """Why what was listed, sold or thrown away can't be taken back: what happened to it since."""
    return {
        Event.SELL: "Somebody has bought it",
        Event.DELIST: "It is not listed any more",
    }.get(event, "It has moved on since")


def seen_words(friend: str, *, expired: bool, moved: bool, seen: bool, acted: bool) -> str:
    """Why a gift can't be taken back: what a friend did with it, or an empty text."""
    if seen:
        return f"{friend} has seen it"
    if moved:
        return f"{friend} has made use of it"
    if expired:
        return f"It pushed another thing out of {friend}'s escrow"
    return f"{friend} has been here since" if acted else ""


def done_words(kind: Undoable, name: str, number: int) -> str:
    """`You sold Lemon and 2 more`: what was done."""
    verb = {
        Undoable.SELL: "sold",
        Undoable.LIST: "listed",
        Undoable.DISCARD: "threw away",
        Undoable.GIFT: "gave away",
    }[kind]
    return f"You {verb} {items_words(name, number)}"


def undone_words(kind: Undoable, name: str, number: int, oranges: int, friend: str = "") -> str:
    """What was taken back, and what flowed back."""
    what = items_words(name, number)
    match kind:
        case Undoable.SELL:
            paid = f" {money_words(oranges, Currency.ORANGES)} went back." if oranges else ""
            return f"{what}: not sold.{paid}"
        case Undoable.LIST:
            return f"{what}: not listed any more."
        case Undoable.DISCARD:
            return f"{what}: not thrown away."
        case Undoable.GIFT:
            return f"{what}: not given to {friend}."


def returned_words(giver: str, name: str) -> str:
    """What a friend is told whose gift was taken back before they saw it."""
    return f"{giver} took {name} back before you had seen it."


def items_words(name: str, number: int) -> str:
    """`Lemon`, or `Lemon and 2 more`."""
    return name if number == 1 else f"{name} and {number - 1:,} more"
