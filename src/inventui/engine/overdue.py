"""Overdue: what was held for a player for long enough, and letting it go."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from inventui.engine.listings import come_home, overdue_listings
from inventui.engine.operation import Operation
from inventui.engine.receiving import expire

_ESCROWED = text(
    "SELECT id FROM player_item WHERE player_id = :player AND status = 'escrowed'"
    " AND held_until <= :at ORDER BY id"
)


@dataclass(frozen=True, slots=True)
class Overdue:
    """What is held no longer.

    Attributes:
        escrowed: numbers of things that escrow lets go of.
        listings: rows of listings that nobody bought.
    """

    escrowed: Sequence[int]
    listings: Sequence[Any]

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.escrowed or self.listings)


def overdue(connection: Connection, player: int, at: int) -> Overdue:
    """What is held no longer for a player at a time."""
    escrowed = connection.execute(_ESCROWED, {"player": player, "at": at}).scalars().all()
    return Overdue(escrowed, overdue_listings(connection, player, at))


def let_go(
    operation: Operation, player: int, found: Overdue
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Let escrow give things up, and bring home what nobody bought; the names of both."""
    expired = expire(operation.connection, operation, player, found.escrowed, "its time was up")
    return tuple(expired), come_home(operation, player, found.listings)
