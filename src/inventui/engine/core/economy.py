"""The numbers of the economy that a world was played under."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from inventui.db.statements import Statement
from inventui.rules.economy import numbers

if TYPE_CHECKING:
    from inventui.db.store import Store

_LATEST = Statement(
    "SELECT numbers FROM economy_numbers ORDER BY after_operation DESC LIMIT 1", str
)
_AGAIN = Statement(
    "UPDATE economy_numbers SET numbers = :numbers"
    " WHERE after_operation = (SELECT coalesce(max(id), 0) FROM operation)"
)
_KEEP = Statement(
    "INSERT INTO economy_numbers (after_operation, numbers)"
    " SELECT coalesce(max(id), 0), :numbers FROM operation"
)


def keep_numbers(store: Store) -> None:
    """Let this program's numbers hold from now on, where a world knows others or none."""
    values = {"numbers": json.dumps(numbers(), sort_keys=True)}
    with store.read() as connection:
        if connection.execute(_LATEST).first() == values["numbers"]:
            return
    with store.write() as connection:
        # Others that came into force with nothing done under them are forgotten.
        if connection.execute(_AGAIN, values).rowcount == 0:
            connection.execute(_KEEP, values)
