"""Times that were reckoned before the clock was set back, by the present clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.db.statements import Connection, Statement

if TYPE_CHECKING:
    pass

_SET_BACK = Statement.maybe(
    "SELECT min(at) FROM operation WHERE player_id IS NULL AND kind = 'clock' AND id > :operation",
    int,
)


def reckoned_until(connection: Connection, operation: int, until: int, now: int) -> int:
    """Until when time was reckoned by the present clock, as an operation reckoned `until` a time.

    What was reckoned before the clock was set back goes on from there: what was had then is
    known by its number.
    """
    back = connection.execute(_SET_BACK, {"operation": operation}).one()
    return min(until, now if back is None else back, now)


def done_at(connection: Connection, operation: int, at: int, now: int) -> int:
    """When something counts as done by the present clock.

    Args:
        connection: a transaction.
        operation: the number of the operation that did it.
        at: when, by the clock of then.
        now: the present time.
    """
    if at <= now:
        return at
    back = connection.execute(_SET_BACK, {"operation": operation}).one()
    return at if back is None else min(back, now)
