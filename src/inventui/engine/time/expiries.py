"""Overdue: what was held for a player for long enough, and letting it go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.bazaar.transfer import expire_listings, overdue_listings
from inventui.engine.core.item_grants import expire
from inventui.engine.core.operation import Draft, Intent, Operation, adapter
from inventui.engine.core.outcomes import NeighbourSettled
from inventui.engine.trades.notify import expire_trades
from inventui.engine.trades.state import overdue_trades

if TYPE_CHECKING:
    from inventui.engine.core.context import Context

_ESCROWED = Statement(
    "SELECT id FROM player_item WHERE player_id = :player AND status = 'escrowed'"
    " AND held_until <= :at ORDER BY id",
    int,
)
_OUTCOME = Statement("UPDATE operation SET outcome = :outcome WHERE id = :id")
# Asked before everything that happens, and hardly ever so: one question does for all three.
_ANYTHING = Statement(
    "SELECT EXISTS (SELECT 1 FROM player_item WHERE player_id = :player AND status = 'escrowed'"
    " AND held_until <= :at) OR EXISTS (SELECT 1 FROM listing WHERE seller_id = :player"
    " AND state = 'open' AND until <= :at) OR EXISTS (SELECT 1 FROM trade"
    " WHERE proposer_id = :player AND state = 'open' AND until <= :at)",
    int,
)


@dataclass(frozen=True, slots=True)
class Overdue:
    """What is held no longer.

    Attributes:
        escrowed: numbers of player items that escrow lets go of.
        listings: rows of listings that nobody bought.
        trades: rows of offers that nobody answered.
    """

    escrowed: Sequence[int] = ()
    listings: Sequence[Any] = ()
    trades: Sequence[Any] = ()

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.escrowed or self.listings or self.trades)

    def parts(self, at: int) -> Iterator[tuple[int, Overdue]]:
        """What comes home at each moment, in order; at `at`, the last, what escrow lets go of.

        What is home can be taxed and robbed from that moment on, so it must not wait until
        somebody looks.
        """
        for moment in sorted({row.until for row in (*self.listings, *self.trades)}):
            yield (
                moment,
                Overdue(
                    listings=[row for row in self.listings if row.until == moment],
                    trades=[row for row in self.trades if row.until == moment],
                ),
            )
        yield at, Overdue(escrowed=self.escrowed)


@dataclass(frozen=True, slots=True)
class LetGo:
    """What was held no longer, in names.

    Attributes:
        expired: of player items that escrow let go of.
        unsold: of player items that came home from the bazaar.
        unanswered: of the players who did not answer an offer.
    """

    expired: tuple[str, ...]
    unsold: tuple[str, ...]
    unanswered: tuple[str, ...]


def overdue(connection: Connection, player: int, at: int) -> Overdue:
    """What is held no longer for a player at a time."""
    if not connection.execute(_ANYTHING, {"player": player, "at": at}).one():
        return Overdue()
    escrowed = connection.execute(_ESCROWED, {"player": player, "at": at}).all()
    return Overdue(
        escrowed,
        overdue_listings(connection, player, at),
        overdue_trades(connection, player, at),
    )


def let_go(world: Context, operation: Operation, player: int, found: Overdue) -> LetGo:
    """Let escrow give player items up, and bring home what nobody bought or answered."""
    expired = expire(operation.connection, operation, player, found.escrowed, "its time was up")
    unsold = expire_listings(operation, player, found.listings)
    return LetGo(tuple(expired), unsold, expire_trades(world, operation, found.trades))


def return_held(
    world: Context, connection: Connection, player: int, at: int, found: Overdue
) -> None:
    """Bring home what nobody bought or answered of a neighbour, as an operation of its own."""
    intent = Intent("neighbour_settle", {"until": at}, player, uuid4().hex)
    operation = Draft(connection, intent, at, world).begin()
    let_go(world, operation, player, replace(found, escrowed=()))
    settled = NeighbourSettled(operation.id, at, 0, ())
    outcome = adapter(NeighbourSettled).dump_json(settled).decode()
    connection.execute(_OUTCOME, {"id": operation.id, "outcome": outcome})
