"""Migrations on a server: the same numbered steps as in a file, in one transaction.

The guards are dropped, the steps are run in the server's words, and the guards are made again from
the rules of today. Worlds are on servers since layout `FIRST`.
"""

from typing import TYPE_CHECKING, Any

from psycopg import Error, errors

from inventui.db.dialects.postgresql import number, translate_layout
from inventui.db.errors import Trouble, WorldError
from inventui.db.schema import SCHEMA_VERSION
from inventui.db.server import schema
from inventui.db.server.roles import OWNER, rights
from inventui.db.tables import metadata

if TYPE_CHECKING:
    import psycopg

FIRST = 15
"""The first layout that a world on a server had."""

_TRIGGERS = (
    "SELECT t.tgname, c.relname, p.oid::regprocedure::text FROM pg_trigger t"
    " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
    " WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
)
_ROLES = "SELECT to_regclass('inventui_role') IS NOT NULL"
_NUMBERED = "SELECT to_regproc('next_{table}') IS NOT NULL"


class _Steps:
    """A connection to a server as a migration's step knows one of SQLite's driver."""

    def __init__(self, driver: "psycopg.Connection[Any]") -> None:
        self._driver = driver

    def execute(self, sql: str) -> Any:
        return self._driver.execute(translate_layout(sql).encode())


def migrate(driver: "psycopg.Connection[Any]", name: str, seconds: float) -> None:
    """Bring the world of a connection to today's layout, all or nothing.

    Raises:
        WorldError: a step failed, or this role may not; the world is as it was.
    """
    try:
        with driver.transaction():
            driver.execute(f"SET LOCAL lock_timeout = {int(seconds * 1000)}".encode())
            _migrate(driver)
    except errors.InsufficientPrivilege as error:
        raise WorldError(
            Trouble.READ_ONLY,
            f"{name} has an older layout, and this role may not bring it up to {SCHEMA_VERSION} "
            f"({str(error).splitlines()[0]}). Make a backup, then open it once as its owner.",
        ) from error
    except errors.LockNotAvailable:
        raise
    except (Error, ValueError) as error:
        raise WorldError(
            Trouble.DAMAGED,
            f"{name} could not be brought up to layout {SCHEMA_VERSION}: "
            f"{str(error).splitlines()[0]}. It is as it was.",
        ) from error


def _ask(driver: "psycopg.Connection[Any]", sql: str) -> Any:
    found = driver.execute(sql.encode()).fetchone()
    return None if found is None else found[0]


def _migrate(driver: "psycopg.Connection[Any]") -> None:
    from inventui.db.migrations.migrate import STEPS

    roles = bool(_ask(driver, _ROLES))
    if roles:
        # What is made belongs to the owner then.
        driver.execute(f"SET LOCAL ROLE {OWNER}".encode())
    before = _ask(driver, "SELECT layout FROM inventui_world FOR UPDATE")
    for trigger, table, function in driver.execute(_TRIGGERS.encode()).fetchall():
        driver.execute(f"DROP TRIGGER {trigger} ON {table}".encode())
        driver.execute(f"DROP FUNCTION {function}".encode())
    steps: Any = _Steps(driver)
    for layout in range(before + 1, SCHEMA_VERSION + 1):
        STEPS[layout](steps)
    for found in metadata.sorted_tables:
        numbered = found.autoincrement_column is not None
        if numbered and not _ask(driver, _NUMBERED.format(table=found.name)):
            for statement in number(found.name):
                driver.execute(statement.encode())
    for statement in schema.guards():
        driver.execute(statement.encode())
    if roles:
        for statement in rights():
            driver.execute(statement.encode())
    driver.execute(f"UPDATE inventui_world SET layout = {SCHEMA_VERSION}".encode())
