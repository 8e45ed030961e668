"""Runs every check of the audit, and reports what each found."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from inventui.db.store import Store
from inventui.engine import audit as package
from inventui.engine.audit.check import Check
from inventui.engine.audit.models import AuditCheck, AuditReport


def checks() -> Iterator[tuple[str, Check]]:
    """Each function `check_…` of this package's modules, by what follows in its name."""
    for found in iter_modules(package.__path__):
        module = import_module(f"{package.__name__}.{found.name}")
        for name, value in vars(module).items():
            if name.startswith("check_") and value.__module__ == module.__name__:
                yield name.removeprefix("check_"), value


MOST_FAULTS = 20
"""Faults named one by one in each check; the rest are counted."""


def audit(store: Store) -> AuditReport:
    """Run every check on one consistent view of the world."""
    found = []
    with store.select() as connection:
        for name, check in checks():
            faults: list[str] = []
            more = 0
            for fault in check(connection):
                if len(faults) < MOST_FAULTS:
                    faults.append(fault)
                else:
                    more += 1
            if more:
                faults.append(f"and {more:,} more")
            found.append(AuditCheck(name, not faults, tuple(faults)))
    return AuditReport(tuple(found))
