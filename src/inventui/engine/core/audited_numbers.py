"""The numbers of the economy that a world was played under.

Each set of numbers is kept with the operation after which it held, so that what was done
before a number changed is audited by the number of then.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from inventui.db.statements import Statement
from inventui.rules.audited_numbers import numbers

if TYPE_CHECKING:
    from inventui.db.store import Store

_LATEST = Statement(
    "SELECT numbers FROM economy_numbers ORDER BY after_operation DESC LIMIT 1", str
)
_REPLACE = Statement(
    "UPDATE economy_numbers SET numbers = :numbers"
    " WHERE after_operation = (SELECT coalesce(max(id), 0) FROM operation)"
)
_KEEP = Statement(
    "INSERT INTO economy_numbers (after_operation, numbers)"
    " SELECT coalesce(max(id), 0), :numbers FROM operation"
)


def keep_numbers(store: Store) -> None:
    """Keep this program's numbers as those in force, unless the world has them already."""
    values = {"numbers": json.dumps(numbers(), sort_keys=True)}
    with store.read() as connection:
        if connection.execute(_LATEST).first() == values["numbers"]:
            return
    with store.write() as connection:
        # Others that came into force with nothing done under them are forgotten.
        if connection.execute(_REPLACE, values).rowcount == 0:
            connection.execute(_KEEP, values)
