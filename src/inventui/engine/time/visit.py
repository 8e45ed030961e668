"""What is known of a player when their time is caught up with: since when, and what they had.

Who came last, and when, decides how long they were away. Where a clock ran ahead and was set
right again, what was had in the time to come is known by its number.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from inventui.db.guards.sql import HERE_SQL
from inventui.db.statements import Connection, Statement
from inventui.engine.core.ledger import Purse
from inventui.engine.core.set_back import done_at, reckoned_until
from inventui.engine.core.situation import created_at, situation_of
from inventui.rules.core.clock import DAY
from inventui.rules.property import PERIOD
from inventui.rules.streets.robbery import AN_ABSENCE
from inventui.rules.time.neighbour_calls import VISIT_PERIOD
from inventui.rules.time.situation import Had, Situation

if TYPE_CHECKING:
    from inventui.engine.core.context import Context


class _Reckoned(NamedTuple):
    """Until when an operation caught up."""

    operation_id: int
    until: int


_UNTIL = Statement(
    "SELECT operation_id, until FROM settlement WHERE player_id = :player ORDER BY id DESC LIMIT 1",
    _Reckoned,
)


class _Span(NamedTuple):
    since: int
    until: int


_BEFORE = Statement(
    "SELECT since, until FROM settlement WHERE player_id = :player AND until > :since", _Span
)
_PERIODS = Statement(
    "SELECT period FROM income WHERE player_id = :player AND period >= :since", int
)
_DAYS = Statement("SELECT day FROM upkeep WHERE player_id = :player AND day >= :since", int)
_ROBBED = Statement(
    "SELECT period FROM robbery WHERE victim_id = :player AND period >= :since", int
)


class _Seen(NamedTuple):
    """An operation of the player's own doing, by which they were here."""

    id: int
    at: int


# The last of each kind comes from an index of its own.
_LAST = "SELECT max(id) FROM operation INDEXED BY {} WHERE player_id = :player AND {}"
_SEEN = Statement(
    "SELECT id, at FROM operation WHERE id IN ({did} UNION ALL {came}) ORDER BY id DESC LIMIT 1",
    _Seen,
    did=_LAST.format("operation_told", "kind <> 'settle'"),
    came=_LAST.format("operation_here", HERE_SQL),
)


class _RobbedPeriod(NamedTuple):
    operation_id: int
    period: int


_ROBBED_AWAY = Statement(
    "SELECT operation_id, period FROM robbery WHERE victim_id = :player AND period IS NOT NULL"
    " ORDER BY id DESC LIMIT {most}",
    _RobbedPeriod,
    most=AN_ABSENCE,
)


@dataclass(frozen=True, slots=True)
class Visit:
    """Whose time is caught up with, when, whether they came themselves, and by what last."""

    player: int
    at: int
    here: bool
    seen: _Seen


def _since(connection: Connection, visit: Visit) -> int:
    """Until when a player's time was caught up with, by the present clock."""
    last = connection.execute(_UNTIL, {"player": visit.player}).first()
    if last is None:
        last = _Reckoned(0, created_at(connection, visit.player))
    return reckoned_until(connection, last.operation_id, last.until, visit.at)


def _had(connection: Connection, player: int, since: int) -> Had:
    """What a player had after a moment already, as a clock that ran ahead has reached it."""
    before = connection.execute(_BEFORE, {"player": player, "since": since}).all()
    if not before:
        return Had()

    def numbers(statement: Statement[int], length: int) -> frozenset[int]:
        return frozenset(
            connection.execute(statement, {"player": player, "since": since // length})
        )

    return Had(
        numbers(_PERIODS, PERIOD),
        numbers(_DAYS, DAY),
        numbers(_ROBBED, VISIT_PERIOD),
        tuple((span.since, span.until) for span in before),
    )


def _robbed(connection: Connection, visit: Visit) -> tuple[int, ...]:
    """The periods in which neighbours robbed a player since they were here."""
    rows = connection.execute(_ROBBED_AWAY, {"player": visit.player})
    return tuple(row.period for row in rows if row.operation_id > visit.seen.id)


def visit_of(connection: Connection, player: int, at: int, here: bool) -> Visit:
    """The visit that catches up with a player's time at a moment."""
    seen = connection.execute(_SEEN, {"player": player}).first()
    return Visit(player, at, here, seen or _Seen(0, created_at(connection, player)))


def state_of(
    world: Context, connection: Connection, visit: Visit, purse: Purse
) -> tuple[int, Situation]:
    """Until when a player's time was caught up with, and their situation as of this transaction."""
    since = _since(connection, visit)
    situation = situation_of(world, connection, visit.player, purse, visit.at)
    return since, replace(
        situation,
        away_since=done_at(connection, visit.seen.id, visit.seen.at, visit.at),
        robbed=_robbed(connection, visit),
        had=_had(connection, visit.player, since),
    )
