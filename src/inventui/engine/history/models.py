"""Read models of item histories, the ledger and exports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inventui.engine.inventory.models import ItemLine
from inventui.rules.core.enums import Event, Status
from inventui.rules.core.money import Currency


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """One line of a player item's journal."""

    at: int
    from_status: Status | None
    to_status: Status
    event: Event
    operation: int
    kind: str
    player: str
    item_id: int


@dataclass(frozen=True, slots=True)
class ItemHistory:
    """The journal of a player item from its roll or purchase to now, oldest first.

    `origin` names what made it: the acquisition of its first row, with the roll or price.
    """

    item: ItemLine
    events: tuple[HistoryEvent, ...]
    origin: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One transfer as a player sees it.

    Attributes:
        amount: negative when it left them.
        balance: what they had after it.
        subject: the goal, item or person that it was about, or an empty text.
        cause: the kind; `quest` or `collection` where its reward is what the house pays under
            the kind `achievement`.
    """

    id: int
    at: int
    operation: int
    kind: str
    currency: Currency
    amount: int
    balance: int
    subject: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """A page of the ledger, newest first; `next` is the `after` of the next one, or None."""

    lines: tuple[LedgerLine, ...]
    total: int
    next: int | None
