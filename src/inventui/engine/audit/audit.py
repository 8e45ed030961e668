"""Runs every check of the audit, and reports what each found."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from sqlalchemy import Connection

from inventui.db.store import Store
from inventui.engine import audit as package
from inventui.engine.audit.check import Check
from inventui.engine.audit.models import AuditCheck, AuditReport
from inventui.rules.core.text import printable


def checks() -> Iterator[tuple[str, Check]]:
    """Each function `check_…` below this package, by what follows in its name."""
    found = walk_packages(package.__path__, f"{package.__name__}.")
    for name in sorted((each.name for each in found), key=lambda path: path.rpartition(".")[2]):
        module = import_module(name)
        for called, value in list(vars(module).items()):
            if called.startswith("check_") and value.__module__ == module.__name__:
                yield called.removeprefix("check_"), value


MOST_FAULTS = 20
"""Faults named one by one in each check; the rest are counted."""


_OF_THE_FILE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOTADB,
    }
)
"""What SQLite says of the file; all else, such as an overflow, is of what the lines hold."""


def _faults(check: Check, connection: Connection) -> Iterator[str]:
    """What a check yields; a line that it can't read is a fault, too, and ends it."""
    driver: Any = connection.connection.dbapi_connection
    server = connection.dialect.name != "sqlite"
    if server:
        driver.execute("SAVEPOINT of_a_check")
    try:
        yield from check(connection)
    except Exception as error:
        # Whatever a forged line holds, the other checks must still be heard. What SQLite itself
        # says is about the file: that it is damaged, or can't be read now.
        cause = getattr(error, "orig", None) or error
        if getattr(cause, "sqlite_errorcode", 0) & 0xFF in _OF_THE_FILE:
            raise
        if server:
            # A statement that failed must not keep the other checks from being heard.
            driver.execute("ROLLBACK TO SAVEPOINT of_a_check")
        said = printable(str(cause).splitlines()[0] if str(cause) else "no reason given")
        yield f"a line can't be read, nor what follows it: {type(cause).__name__}, {said[:200]}"


@contextmanager
def _any_text(connection: Connection) -> Iterator[None]:
    """Read texts that are no UTF-8 as far as they can be, so that all else is compared."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.dbapi_connection
    before = driver.text_factory
    driver.text_factory = lambda found: found.decode(errors="replace")
    try:
        yield
    finally:
        driver.text_factory = before


def audit(store: Store) -> AuditReport:
    """Run every check on one consistent view of the world, whatever it holds."""
    found = []
    with store.select() as connection, _any_text(connection):
        for name, check in checks():
            faults: list[str] = []
            more = 0
            for fault in _faults(check, connection):
                if len(faults) < MOST_FAULTS:
                    faults.append(printable(fault))
                else:
                    more += 1
            if more:
                faults.append(f"and {more:,} more")
            found.append(AuditCheck(name, not faults, tuple(faults)))
    return AuditReport(tuple(found))
