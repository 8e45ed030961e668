"""Noticing that the clock was set back, before anything is written: see `rules.time.set_back`.

It is an operation of its own, so that each later one is known to be of the present. With it,
what is open and was begun later than now begins now: listings, trades and what waits in escrow.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.core.operation import Draft, Intent
from inventui.engine.core.settings import setting
from inventui.rules.inventory.escrow import DROP_HELD
from inventui.rules.streets.robbery import STOLEN_HELD
from inventui.rules.time.set_back import SLACK, SetBack

if TYPE_CHECKING:
    from inventui.engine.core.context import Context

_LATEST = Statement("SELECT at FROM operation ORDER BY id DESC LIMIT 1", int)

_SET_BACK = Statement.maybe(
    "SELECT min(at) FROM operation WHERE player_id IS NULL AND kind = 'clock' AND id > :operation",
    int,
)
_BEGIN_NOW = tuple(
    Statement(sql)
    for sql in (
        "UPDATE listing SET until = until - at + :at, at = :at WHERE state = 'open' AND at > :at",
        "UPDATE trade SET until = until - at + :at, at = :at WHERE state = 'open' AND at > :at",
    )
)
_OUTCOME = Statement("UPDATE operation SET outcome = :outcome WHERE id = :id")
_HOLD_NOW = Statement(
    "UPDATE player_item SET held_until = :at + CASE acquisition WHEN 'theft' THEN {stolen}"
    " ELSE {dropped} END WHERE status = 'escrowed' AND acquired_at > :at AND held_until > :at +"
    " CASE acquisition WHEN 'theft' THEN {stolen} ELSE {dropped} END",
    stolen=STOLEN_HELD,
    dropped=DROP_HELD,
)


def notice(world: Context, connection: Connection) -> None:
    """Write down that the clock was set back, if the last operation is of a later time."""
    now = world.clock.now()
    was = connection.execute(_LATEST).first()
    if was is None or was <= now + SLACK:
        return
    intent = Intent("clock", {"was": was}, None, uuid4().hex)
    operation = Draft(connection, intent, now, world).begin()
    outcome = json.dumps({"operation": operation.id, "was": was, "now": now})
    connection.execute(_OUTCOME, {"id": operation.id, "outcome": outcome})
    for statement in _BEGIN_NOW:
        connection.execute(statement, {"at": now})
    # Before the world was made the clock is surely behind: what waits must not be gone once it
    # is right.
    if now >= int(setting(connection, "created_at") or 0):
        connection.execute(_HOLD_NOW, {"at": now})
    world.schedule.forget()
    world.set_back = SetBack(was, now)


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
