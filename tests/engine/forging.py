"""Worlds changed as no guard would let one, for the audit to notice."""

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, StaticPool, create_engine

from inventui.db.tables.select import compiling_once
from inventui.engine.audit.audit import audit
from inventui.engine.audit.models import AuditCheck
from inventui.engine.world import World
from tests.builders import connect
from tests.engine.attacker import Attacker

AuditAfter = Callable[[str], dict[str, AuditCheck]]
"""What each check finds after a forgery, by its name; the next forgery begins anew."""


def forge(world: World, sql: str) -> None:
    """Change a world as no guard would let one, and put the guards back."""
    with closing(connect(world.path)) as connection:
        connection.execute("BEGIN")
        _forge(connection, sql)
        connection.execute("COMMIT")


def _forge(connection: Any, sql: str) -> None:
    if not isinstance(connection, sqlite3.Connection):
        _forge_on_server(connection, sql)
        return
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


def _forge_on_server(connection: Any, sql: str) -> None:
    """As the server's owner, who may switch guards and foreign keys off for a while."""
    connection.execute("SET LOCAL session_replication_role = replica")
    for kind in ("bigint", "text"):
        # The value comes as SQLite gives it: a number as one, all else as a text.
        connection.execute(
            f"CREATE OR REPLACE FUNCTION json_set(text, text, {kind}) RETURNS text LANGUAGE sql AS"
            " $$ SELECT jsonb_set($1::jsonb, string_to_array(substr($2, 3), '.'), to_jsonb($3)) $$"
        )
    for statement in sql.split(";"):
        if statement.strip() == "PRAGMA ignore_check_constraints = ON":
            found = connection.execute(
                "SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'c'"
                " AND connamespace = current_schema()::regnamespace"
            ).fetchall()
            for table, name in found:
                connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        elif statement.strip():
            connection.execute(statement)
    connection.execute("SET LOCAL session_replication_role = origin")


@contextmanager
def forgeries(path: Path) -> Iterator[AuditAfter]:
    """Forge a closed world, which must be sound, again and again; each forgery is undone."""
    raw = connect(path)
    in_file = isinstance(raw, sqlite3.Connection)
    engine = create_engine(
        "sqlite://" if in_file else "postgresql+psycopg://",
        creator=lambda: raw,
        poolclass=StaticPool,
        pool_reset_on_return=None,
    )

    @contextmanager
    def as_forged(connection: Connection) -> Iterator[Any]:
        yield connection

    def checks(connection: Connection) -> dict[str, AuditCheck]:
        store: Any = SimpleNamespace(select=lambda: as_forged(compiling_once(connection)))
        return {check.name: check for check in audit(store).checks}

    def audit_after(sql: str) -> dict[str, AuditCheck]:
        with engine.connect() as connection:
            raw.execute("BEGIN")
            try:
                _forge(raw, sql)
                return checks(connection)
            finally:
                raw.execute("ROLLBACK")
                if in_file:
                    raw.execute("PRAGMA ignore_check_constraints = OFF")

    with closing(raw):
        with engine.connect() as connection:
            raw.execute("BEGIN")
            sound = checks(connection)
            raw.execute("ROLLBACK")
        assert all(check.ok for check in sound.values()), sound
        yield audit_after


REFUSED = "refused"

Attack = Callable[[Callable[[Attacker], object]], Mapping[str, tuple[str, ...]]]
"""The faults that checks name after an attack; what a guard said, if one `REFUSED` it."""


@contextmanager
def attacks(path: Path) -> Iterator[Attack]:
    """Attack a closed world, which must be sound, again and again; each attack is undone."""
    raw = sqlite3.connect(path, isolation_level=None)
    engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)

    @contextmanager
    def as_attacked(connection: Connection) -> Iterator[Any]:
        yield connection

    def attack(made: Callable[[Attacker], object]) -> Mapping[str, tuple[str, ...]]:
        with engine.connect() as connection:
            raw.execute("BEGIN IMMEDIATE")
            try:
                made(Attacker(raw))
                store: Any = SimpleNamespace(select=lambda: as_attacked(compiling_once(connection)))
                return {c.name: c.faults for c in audit(store).checks if not c.ok}
            except sqlite3.IntegrityError as guard:
                return {REFUSED: (str(guard),)}
            finally:
                raw.execute("ROLLBACK")

    with closing(raw):
        raw.execute("PRAGMA foreign_keys = ON")
        assert attack(lambda by: None) == {}
        yield attack
