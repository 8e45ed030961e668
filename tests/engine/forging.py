"""Worlds changed as no guard would let one, for the audit to notice."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, StaticPool, create_engine

from inventui.engine.audit.audit import audit
from inventui.engine.audit.models import AuditCheck
from inventui.engine.world import World

AuditAfter = Callable[[str], dict[str, AuditCheck]]
"""What each check finds after a forgery, by its name; the next forgery begins anew."""


def forge(world: World, sql: str) -> None:
    """Change a world as no guard would let one, and put the guards back."""
    with closing(sqlite3.connect(world.path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        _forge(connection, sql)
        connection.execute("COMMIT")


def _forge(connection: sqlite3.Connection, sql: str) -> None:
    guards = connection.execute(
        "SELECT tbl_name, name, sql FROM sqlite_schema WHERE type = 'trigger'"
    ).fetchall()
    words = set(re.findall(r"\w+", sql))
    concerned = [(name, guard) for table, name, guard in guards if table in words]
    for name, _ in concerned:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in sql.split(";"):
        connection.execute(statement)
    for _, guard in concerned:
        connection.execute(guard)


@contextmanager
def forgeries(path: Path) -> Iterator[AuditAfter]:
    """Forge a closed world, which must be sound, again and again; each forgery is undone."""
    raw = sqlite3.connect(path, isolation_level=None)
    engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)

    @contextmanager
    def as_forged(connection: Connection) -> Iterator[Any]:
        yield connection

    def checks(connection: Connection) -> dict[str, AuditCheck]:
        store: Any = SimpleNamespace(select=lambda: as_forged(connection))
        return {check.name: check for check in audit(store).checks}

    def audit_after(sql: str) -> dict[str, AuditCheck]:
        with engine.connect() as connection:
            raw.execute("BEGIN IMMEDIATE")
            try:
                _forge(raw, sql)
                return checks(connection)
            finally:
                raw.execute("ROLLBACK")
                raw.execute("PRAGMA ignore_check_constraints = OFF")

    with closing(raw):
        with engine.connect() as connection:
            sound = checks(connection)
        assert all(check.ok for check in sound.values()), sound
        yield audit_after
