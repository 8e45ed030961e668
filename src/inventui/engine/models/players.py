"""Players and their money as read models."""

from __future__ import annotations

from dataclasses import dataclass

from inventui.rules.enums import Currency
from inventui.rules.ranks import Standing, standing


@dataclass(frozen=True, slots=True)
class Balance:
    """What a player has."""

    oranges: int
    gems: int


@dataclass(frozen=True, slots=True)
class PlayerCard:
    """A player at a glance."""

    id: int
    name: str
    experience: int
    oranges: int
    gems: int

    @property
    def standing(self) -> Standing:
        """Rank and progress."""
        return standing(self.experience)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One transfer as a player sees it: `amount` is negative when it left them."""

    id: int
    at: int
    operation: int
    kind: str
    currency: Currency
    amount: int
    balance: int


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """A stretch of the ledger, newest first."""

    lines: tuple[LedgerLine, ...]
    total: int
    next: int | None


@dataclass(frozen=True, slots=True)
class Grant:
    """The outcome of a gift from the world's owner."""

    operation: int
    player: str
    oranges: int
    gems: int
    item_id: int | None
    item_name: str | None
    balance: Balance
    repeat: bool = False
