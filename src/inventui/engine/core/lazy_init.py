"""Lazy initialisation: what a world writes when somebody first looks at it.

It is written inside a write transaction, so of two programs that look first at once the
second one finds what the first one wrote.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.core.operation import Draft, Intent, Operation

if TYPE_CHECKING:
    from inventui.engine.core.context import Context

_TAKEN = Statement("SELECT 1 FROM operation WHERE scope = :scope AND key = :key", int)
_OUTCOME = Statement("UPDATE operation SET outcome = :outcome WHERE id = :id")


def first_look(
    world: Context,
    connection: Connection,
    at: int,
    intent: Intent,
    write: Callable[[Operation], Mapping[str, object]],
) -> None:
    """Write what is not there yet, as an operation of its own.

    Args:
        world: where.
        connection: a write transaction in which no other operation is under way.
        at: now.
        intent: what it is, for whom; with another key if somebody took its key for
            something else.
        write: writes the rows and returns what the operation's outcome tells.
    """
    scope = {"scope": intent.player_id or 0, "key": intent.key}
    if connection.execute(_TAKEN, scope).first() is not None:
        intent = Intent(intent.kind, intent.request, intent.player_id, uuid4().hex)
    operation = Draft(connection, intent, at, world).begin()
    outcome = {"operation": operation.id, **write(operation)}
    connection.execute(_OUTCOME, {"id": operation.id, "outcome": json.dumps(outcome)})
