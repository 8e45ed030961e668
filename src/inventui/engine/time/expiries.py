"""Expiries: what was held for a player until a time that is over, and letting it go.

Three things are held for a time: player items in escrow, listings, and the trades that a player
proposed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.bazaar.transfer import ListingRecord, expire_listings, overdue_listings
from inventui.engine.core.item_grants import expire
from inventui.engine.core.operation import Draft, Intent, Operation
from inventui.engine.core.outcome_json import dump
from inventui.engine.core.outcomes import NeighbourSettled
from inventui.engine.trades.notify import expire_trades
from inventui.engine.trades.state import StoredTrade, overdue_trades

if TYPE_CHECKING:
    from inventui.engine.core.context import Context

_ESCROWED = Statement(
    "SELECT id FROM player_item WHERE player_id = :player AND status = 'escrowed'"
    " AND held_until <= :at ORDER BY id",
    int,
)
_OUTCOME = Statement("UPDATE operation SET outcome = :outcome WHERE id = :id")


@dataclass(frozen=True, slots=True)
class Overdue:
    """What was held for a player until a time that is over.

    Attributes:
        escrowed: numbers of player items in escrow.
        listings: listings that nobody bought, in the order of their ends.
        trades: trades that nobody answered, in the order of their ends.
    """

    escrowed: Sequence[int] = ()
    listings: Sequence[ListingRecord] = ()
    trades: Sequence[StoredTrade] = ()

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.escrowed or self.listings or self.trades)

    def parts(self, at: int) -> Iterator[tuple[int, Overdue]]:
        """What comes home at each moment, in order; the last is `at`, with what escrow lets go of.

        From that moment on it can be spent, taxed and stolen, so it must not wait until
        somebody looks. What escrow lets go of is gone: for that, any moment will do.
        """
        ends = {row.until for row in self.listings} | {row.until for row in self.trades}
        for moment in sorted(ends):
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
    """The names of what was let go.

    Attributes:
        expired: player items that expired in escrow.
        unsold: player items whose listings expired.
        unanswered: the players who did not answer a trade.
    """

    expired: tuple[str, ...]
    unsold: tuple[str, ...]
    unanswered: tuple[str, ...]


def overdue(connection: Connection, player: int, at: int) -> Overdue:
    """What was held for a player until `at` or earlier."""
    escrowed = connection.execute(_ESCROWED, {"player": player, "at": at}).all()
    return Overdue(
        escrowed,
        overdue_listings(connection, player, at),
        overdue_trades(connection, player, at),
    )


def let_go(world: Context, operation: Operation, player: int, found: Overdue) -> LetGo:
    """Expire what is overdue: escrow is emptied, listings and trades give back what they held."""
    expired = expire(operation.connection, operation, player, found.escrowed, "its time was up")
    unsold = expire_listings(operation, player, found.listings)
    return LetGo(tuple(expired), unsold, expire_trades(world, operation, found.trades))


def return_held(
    world: Context, connection: Connection, player: int, at: int, found: Overdue
) -> None:
    """Expire a neighbour's overdue listings and trades, as an operation of its own."""
    intent = Intent("neighbour_settle", {"until": at}, player, uuid4().hex)
    operation = Draft(connection, intent, at, world).begin()
    let_go(world, operation, player, replace(found, escrowed=()))
    settled = NeighbourSettled(operation.id, at, 0, ())
    connection.execute(_OUTCOME, {"id": operation.id, "outcome": dump(settled)})
