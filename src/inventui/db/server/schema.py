"""The layout of a world on a server, and whether its triggers are the game's."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from inventui.db.dialects.postgresql import FUNCTIONS, create_trigger, number, source
from inventui.db.guards import triggers
from inventui.db.schema import SCHEMA_VERSION
from inventui.db.server.roles import FAULTS

Ask = Callable[[str], Iterable[tuple[Any, ...]]]
"""Runs a statement and gives its rows."""

MARK = (
    "CREATE TABLE inventui_world (one bigint PRIMARY KEY CHECK (one = 1), layout bigint NOT NULL)",
    f"INSERT INTO inventui_world VALUES (1, {SCHEMA_VERSION})",
)
"""The table that tells a world from other databases, and whose row is locked by who writes."""

TABLES = (
    "SELECT count(*), coalesce(max(CASE WHEN relname = 'inventui_world' THEN 1 END), 0)"
    " FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')"
)
"""How many tables there are, and whether one is the mark of a world."""

_TRIGGERS = (
    "SELECT t.tgname, c.relname, t.tgtype, t.tgenabled, t.tgqual IS NULL, p.prosrc,"
    " array_to_string(p.proconfig, ',') = 'search_path=' || current_setting('search_path')"
    " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
    " WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
)
_MOMENTS = {"BEFORE": 2, "AFTER": 0, "INSERT": 4, "DELETE": 8, "UPDATE": 16}
_ROW = 1


def tables() -> Iterator[str]:
    """The statements that lay out a world's tables, in which there are no guards yet."""
    from sqlalchemy import create_mock_engine

    from inventui.db.tables import metadata

    made: list[str] = []

    def collect(element: Any, *_: object, **__: object) -> None:
        made.append(str(element.compile(dialect=mock.dialect)))

    mock = create_mock_engine("postgresql+psycopg://", collect)
    metadata.create_all(mock, checkfirst=False)
    yield from MARK
    yield from FUNCTIONS
    yield from made
    for table in metadata.sorted_tables:
        if table.autoincrement_column is not None:
            yield from number(table.name)


def guards() -> Iterator[str]:
    """The statements that then make its guards."""
    for trigger in triggers():
        yield from create_trigger(trigger)


def faults_of_triggers(ask: Ask) -> Iterator[str]:
    """Triggers that are gone, differ or are switched off, and such as are none of the game's."""
    found = {str(row[0]): tuple(row[1:]) for row in ask(_TRIGGERS)}
    for trigger in triggers():
        body = source(trigger)
        if not body:
            continue
        kind = _ROW + sum(_MOMENTS[word] for word in trigger.moment.split())
        said = found.pop(trigger.name, None)
        if said is None or said[:-1] != (trigger.table, kind, "O", True, f"\n{body}\n"):
            yield f"guard {trigger.name} is gone or differs"
        elif not said[-1]:
            yield f"guard {trigger.name} looks for tables elsewhere"
    for name in sorted(found):
        yield f"trigger {name} is none of the game's"
    yield from (str(fault) for (fault,) in ask(FAULTS))
