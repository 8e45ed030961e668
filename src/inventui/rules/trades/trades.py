"""Trades: player items and oranges against player items and oranges, and who may still do what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from inventui.rules.core.clock import HOUR
from inventui.rules.core.enums import Currency
from inventui.rules.core.money import MOST, money_words
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.people.people import MESSAGE_LENGTH as GIFT_MESSAGE_LENGTH
from inventui.rules.people.people import check_message

DURATION = 48 * HOUR
"""How long an offer stands, in milliseconds."""

MOST_THINGS = 8
"""Most player items on one side."""

MESSAGE_LENGTH = GIFT_MESSAGE_LENGTH
"""Most characters of an offer's message."""

MOST_NAMED = 3
"""How many player items of a side a sentence names."""


class Side(StrEnum):
    """Whose player items they are before a trade."""

    PROPOSER = "proposer"
    PARTNER = "partner"


class TradeState(StrEnum):
    """What became of an offer."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    COUNTERED = "countered"
    EXPIRED = "expired"


class TradeEvent(StrEnum):
    """What ends an offer."""

    ACCEPT = "accept"
    DECLINE = "decline"
    TAKE_BACK = "take_back"
    COUNTER = "counter"
    EXPIRE = "expire"


TRADE_ENDS: Mapping[tuple[Side | None, TradeEvent], TradeState] = MappingProxyType(
    {
        (Side.PARTNER, TradeEvent.ACCEPT): TradeState.ACCEPTED,
        (Side.PARTNER, TradeEvent.DECLINE): TradeState.DECLINED,
        (Side.PARTNER, TradeEvent.COUNTER): TradeState.COUNTERED,
        (Side.PROPOSER, TradeEvent.TAKE_BACK): TradeState.TAKEN_BACK,
        (None, TradeEvent.EXPIRE): TradeState.EXPIRED,
    }
)
"""(who does it, what) → what an open offer becomes; None is time. The rest is refused."""


def check_partner(*, myself: bool) -> Refusal | None:
    """None if an offer may go to this player: anybody but oneself."""
    if myself:
        return Refusal(
            Reason.NO_TARGET, "A trade with yourself changes nothing. Name somebody else."
        )
    return None


@dataclass(frozen=True, slots=True)
class Terms:
    """How much an offer is about, before anybody looks at the player items.

    Attributes:
        give: how many player items one gives.
        give_oranges: in oranges.
        ask: how many player items one asks for.
        ask_oranges: in oranges.
    """

    give: int
    give_oranges: int
    ask: int
    ask_oranges: int
    message: str


def check_terms(terms: Terms) -> Refusal | None:
    """None if an offer is one: whole sums, words that fit, something from each side."""
    for amount in (terms.give_oranges, terms.ask_oranges):
        if not 0 <= amount <= MOST:
            return Refusal(
                Reason.INVALID_AMOUNT,
                f"Oranges in a trade are a whole number from 0 to {MOST:,}, not {amount:,}.",
                {"amount": amount, "least": 0, "most": MOST},
            )
    refusal = check_message(terms.message)
    if refusal is not None:
        return refusal
    if not (terms.give or terms.give_oranges):
        return Refusal(
            Reason.NOTHING_OFFERED, "You offer nothing for it. Add a thing of yours or oranges."
        )
    if not (terms.ask or terms.ask_oranges):
        return Refusal(
            Reason.NOTHING_OFFERED,
            "You ask for nothing. Add a thing of theirs or oranges; a friend you can give a gift.",
        )
    most = max(terms.give, terms.ask)
    if most > MOST_THINGS:
        return Refusal(
            Reason.TOO_MANY_THINGS,
            f"At most {MOST_THINGS} things a side fit into a trade, not {most}.",
            {"most": MOST_THINGS, "number": most},
        )
    return None


_ENDED: Mapping[TradeState, str] = MappingProxyType(
    {
        TradeState.ACCEPTED: "This trade is done: it was accepted.",
        TradeState.DECLINED: "This offer is over: it was declined.",
        TradeState.TAKEN_BACK: "This offer is over: it was taken back.",
        TradeState.COUNTERED: "This offer is over: it was answered with another one.",
        TradeState.EXPIRED: f"This offer has run out: it stood for {DURATION // HOUR} hours.",
    }
)
_NOT_YOURS: Mapping[tuple[Side, TradeEvent], str] = MappingProxyType(
    {
        (Side.PROPOSER, TradeEvent.ACCEPT): "You made this offer: it is {other} who answers it.",
        (Side.PROPOSER, TradeEvent.DECLINE): "You made this offer: take it back instead.",
        (Side.PROPOSER, TradeEvent.COUNTER): "You made this offer: take it back and make another.",
        (Side.PARTNER, TradeEvent.TAKE_BACK): "{other} made this offer: decline it instead.",
    }
)


def state_at(state: TradeState, until: int, now: int) -> TradeState:
    """What an offer is at a time: an open one has run out exactly at `until`."""
    return TradeState.EXPIRED if state is TradeState.OPEN and now >= until else state


def check_end(
    side: Side | None, event: TradeEvent, state: TradeState, until: int, now: int, other: str
) -> Refusal | None:
    """None if a side, or time, may end an offer like this.

    Args:
        side: who wants to; None for time.
        event: how.
        state: of the offer.
        until: when it ends by itself.
        now: the time.
        other: name of the other side.
    """
    state = state_at(state, until, now)
    if side is None and event is TradeEvent.EXPIRE and state is TradeState.EXPIRED:
        return None
    if state is not TradeState.OPEN:
        reason = Reason.EXPIRED if state is TradeState.EXPIRED else Reason.ENDED
        return Refusal(reason, _ENDED[state], {"state": str(state)})
    if side is not None and (side, event) in TRADE_ENDS:
        return None
    why = "An offer runs out by itself, in its time."
    if side is not None:
        why = _NOT_YOURS.get((side, event), why)
    return Refusal(
        Reason.NOT_YOUR_TURN,
        why.format(other=other),
        {"side": None if side is None else str(side), "event": str(event)},
    )


def item_list_words(names: Sequence[str], oranges: int) -> str:
    """`Bent Straw, Peel Vest and 100 oranges`; of many player items some are named."""
    parts = list(names)
    if len(parts) > MOST_NAMED:
        rest = len(parts) - MOST_NAMED + 1
        parts = [*parts[: MOST_NAMED - 1], f"{rest} more things"]
    if oranges:
        parts.append(money_words(oranges, Currency.ORANGES))
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def offer_words(name: str, given: str, asked: str, message: str, *, counter: bool) -> str:
    """What a player is told of an offer; `given` and `asked` as `item_list_words` says them."""
    said = f"{name} offers you {given} for {asked}{' instead' * counter}."
    return f"{said} “{message}”" if message else said


def ended_words(state: TradeState, name: str, given: str, asked: str, answer: str) -> str:
    """What the other side is told of an end.

    Args:
        state: what the offer became.
        name: who ended it; for an offer that ran out, who made it.
        given: what its proposer gave, as `item_list_words` says it.
        asked: what they asked for.
        answer: what was said to it, if anything.
    """
    match state:
        case TradeState.ACCEPTED:
            said = f"{name} accepted: you have {asked} for {given}."
        case TradeState.DECLINED:
            said = f"{name} declined your offer of {given} for {asked}."
        case TradeState.TAKEN_BACK:
            said = f"{name} took back the offer of {given} for {asked}."
        case _:
            said = f"The offer of {name} has run out: {given} for {asked}."
    return f"{said} “{answer}”" if answer else said


def home_words(name: str, given: str) -> str:
    """What a proposer is told of an offer that nobody answered."""
    return f"{name} did not answer in {DURATION // HOUR} hours: you have {given} back."
