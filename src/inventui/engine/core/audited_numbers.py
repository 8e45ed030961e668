"""The numbers of the economy that a world was played under, and its catalogue in brief.

Each set is kept with the operation after which it held, so that what was done before a number or a
price changed is audited by that of then.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from inventui.content.numbers import apply_numbers
from inventui.db.catalogue_state import catalogue_state
from inventui.db.statements import Connection, Statement
from inventui.rules.audited_numbers import CHANGED, numbers
from inventui.rules.numbers import fault_of_number

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def numbers_of(connection: Connection) -> dict[str, int]:
    """The numbers of the economy that the packs in force change, see `rules.numbers`.

    What is none of them is left out: the audit names it.
    """
    changed = _known(connection).get(CHANGED, {})
    found = changed.items() if isinstance(changed, dict) else ()
    return {name: value for name, value in found if fault_of_number(name, value) is None}


def keep_numbers(store: Store, pack: str) -> None:
    """Keep this program's numbers as those in force, unless the world has them already."""
    with store.read() as connection:
        known, changed = _known(connection), numbers_of(connection)
    known.pop(CHANGED, None)
    if (known.pop("catalogue", {}).get("pack"), known) != (pack, _plain(numbers())):
        with store.write() as connection:
            keep_numbers_of(connection, pack, changed)


def keep_numbers_of(connection: Connection, pack: str, changed: Mapping[str, int]) -> None:
    """Keep the numbers and the catalogue that hold from the next operation on.

    Args:
        connection: of a write transaction in which no operation is under way.
        pack: the digest of the pack that the catalogue was loaded from.
        changed: the numbers that the packs change; they are in force from here on.
    """
    apply_numbers(changed)
    catalogue = catalogue_state(connection.driver.execute, pack)
    kept = numbers() | {"catalogue": catalogue} | ({CHANGED: dict(changed)} if changed else {})
    values = {"numbers": json.dumps(kept, sort_keys=True)}
    # Others that came into force with nothing done under them are forgotten.
    if connection.execute(_REPLACE, values).rowcount == 0:
        connection.execute(_KEEP, values)


def _known(connection: Connection) -> dict[str, Any]:
    latest = connection.execute(_LATEST).first()
    try:
        known = json.loads(latest or "{}")
    except ValueError:
        return {}
    return known if isinstance(known, dict) else {}


def _plain(value: dict[str, Any]) -> Any:
    return json.loads(json.dumps(value))
