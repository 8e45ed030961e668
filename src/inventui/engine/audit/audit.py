"""Runs every check of the audit, and reports what each found."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from sqlalchemy import Connection

from inventui.db.store import Store
from inventui.engine import audit as package
from inventui.engine.audit.check import Check
from inventui.engine.audit.models import AuditCheck, AuditReport
from inventui.rules.core.text import printable


def checks() -> Iterator[tuple[str, Check]]:
    """Each function `check_…` of this package's modules, by what follows in its name."""
    for found in iter_modules(package.__path__):
        module = import_module(f"{package.__name__}.{found.name}")
        for name, value in vars(module).items():
            if name.startswith("check_") and value.__module__ == module.__name__:
                yield name.removeprefix("check_"), value


MOST_FAULTS = 20
"""Faults named one by one in each check; the rest are counted."""


def _faults(check: Check, connection: Connection) -> Iterator[str]:
    """What a check yields; a line that it can't read is a fault, too, and ends it."""
    try:
        yield from check(connection)
    except Exception as error:
        # Whatever a forged line holds, the other checks must still be heard. What SQLite itself
        # says is about the file: that it is damaged, or can't be read now.
        cause = getattr(error, "orig", None) or error
        if getattr(cause, "sqlite_errorcode", None) is not None:
            raise
        said = printable(str(cause).splitlines()[0] if str(cause) else "no reason given")
        yield f"a line can't be read, nor what follows it: {type(cause).__name__}, {said[:200]}"


def audit(store: Store) -> AuditReport:
    """Run every check on one consistent view of the world, whatever it holds."""
    found = []
    with store.select() as connection:
        for name, check in checks():
            faults: list[str] = []
            more = 0
            for fault in _faults(check, connection):
                if len(faults) < MOST_FAULTS:
                    faults.append(fault)
                else:
                    more += 1
            if more:
                faults.append(f"and {more:,} more")
            found.append(AuditCheck(name, not faults, tuple(faults)))
    return AuditReport(tuple(found))
