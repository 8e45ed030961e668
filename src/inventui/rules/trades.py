"""Trades: things and oranges against things and oranges, and who may still do what."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from inventui.rules.clock import HOUR

DURATION = 48 * HOUR
"""How long an offer stands, in milliseconds."""

MOST_THINGS = 8
"""Most things on one side."""

MESSAGE_LENGTH = 200
"""Most characters of an offer's message."""


class Side(StrEnum):
    """Whose things they are before a trade."""

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
