"""Trades: their states, who may end one and how, what may be offered, and what is said of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from inventui.rules.core.clock import HOUR
from inventui.rules.core.money import MOST, Currency, money_words
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.people.gifts import MESSAGE_LENGTH as GIFT_MESSAGE_LENGTH
from inventui.rules.people.gifts import check_message

DURATION = 48 * HOUR
"""How long a trade is open, in milliseconds."""

MOST_THINGS = 8
"""Most player items on one side."""

MESSAGE_LENGTH = GIFT_MESSAGE_LENGTH
"""Most characters of a trade's message."""

MOST_NAMED = 3
"""Most player items of a side that a sentence names."""


class Side(StrEnum):
    """The two players of a trade: who proposed it, and whom it was proposed to."""

    PROPOSER = "proposer"
    PARTNER = "partner"


class TradeState(StrEnum):
    """The state of a trade; all but `open` are final."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    COUNTERED = "countered"
    EXPIRED = "expired"


class TradeEvent(StrEnum):
    """What ends a trade."""

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
"""(side, event) → what an open trade becomes; a side of None is time. Other pairs are refused."""


def check_partner(*, myself: bool) -> Refusal | None:
    """None if a trade may be proposed to this player: anybody but oneself."""
    if myself:
        return Refusal(
            Reason.NO_TARGET, "A trade with yourself changes nothing. Name somebody else."
        )
    return None


@dataclass(frozen=True, slots=True)
class Terms:
    """How much a trade is about, whatever the player items are.

    Attributes:
        give: how many player items are offered.
        give_oranges: how many oranges are offered.
        ask: how many player items are asked for.
        ask_oranges: how many oranges are asked for.
    """

    give: int
    give_oranges: int
    ask: int
    ask_oranges: int
    message: str


def check_terms(terms: Terms) -> Refusal | None:
    """None if these terms may be proposed: sums in range, a message that fits, both sides give."""
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
    """The state of a trade at a time: an open one has expired from exactly `until` on."""
    return TradeState.EXPIRED if state is TradeState.OPEN and now >= until else state


def check_end(
    side: Side | None, event: TradeEvent, state: TradeState, until: int, now: int, other: str
) -> Refusal | None:
    """None if a side, or time, may end a trade like this.

    Args:
        side: who ends it; None for time.
        event: how.
        state: the trade's.
        until: when it expires.
        now: the time.
        other: the name of the other side's player.
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
    """`Bent Straw ×3, Peel Vest and 100 oranges`; at most `MOST_NAMED` names.

    Args:
        names: of the player items.
        oranges: how many.
    """
    counts = list(Counter(names).items())
    parts = [name + f" ×{count}" * (count > 1) for name, count in counts]
    if len(parts) > MOST_NAMED:
        rest = sum(count for _, count in counts[MOST_NAMED - 1 :])
        parts = [*parts[: MOST_NAMED - 1], f"{rest} more things"]
    if oranges:
        parts.append(money_words(oranges, Currency.ORANGES))
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def offer_words(name: str, given: str, asked: str, message: str, *, counter: bool) -> str:
    """The notification of a proposed trade; `given` and `asked` as `item_list_words` says them."""
    said = f"{name} offers you {given} for {asked}{' instead' * counter}."
    return f"{said} “{message}”" if message else said


def ended_words(state: TradeState, name: str, given: str, asked: str, answer: str) -> str:
    """The notification of a trade's end.

    Args:
        state: what the trade became.
        name: who ended it; for one that expired, who proposed it.
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
    """The notification of a trade that nobody answered, for its proposer."""
    return f"{name} did not answer in {DURATION // HOUR} hours: you have {given} back."
