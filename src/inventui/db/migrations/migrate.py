"""Migrations: numbered functions that move a world from one layout to the next.

Each is written once and never edited after a release. All that are due run in one
transaction, with foreign keys off and the guards dropped; then the guards are made
again from the rules of today, every foreign key is checked, and the number is set. A
backup is made first.
"""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from importlib import import_module
from pathlib import Path

from inventui.db import schema
from inventui.db.backup import before_migration
from inventui.db.errors import Trouble, WorldError
from inventui.db.guards import guards
from inventui.db.lock import busy, world_lock
from inventui.db.progress import Tell, Work, untold

Step = Callable[[sqlite3.Connection], None]

STEPS: Mapping[int, Step] = {
    number: import_module(f"inventui.db.migrations.layout_{number}").step
    for number in range(2, schema.SCHEMA_VERSION + 1)
}
"""Layout reached → what moves a world there from the one before. Layout 1 is the first."""


def migrate(
    path: Path,
    now: int,
    *,
    steps: Mapping[int, Step] = STEPS,
    target: int = schema.SCHEMA_VERSION,
    seconds: float = 30.0,
    tell: Tell = untold,
) -> Path | None:
    """Bring a world to layout `target`, all or nothing; `tell` hears how far it is.

    Returns:
        The backup made before, or None if another program had done the work already.

    Raises:
        WorldError: a step failed or left a dangling reference; the world is as it was.
    """
    with world_lock(path, seconds):
        version = schema.version_of(path)
        if version >= target:
            return None
        with closing(sqlite3.connect(path, isolation_level=None, timeout=seconds)) as connection:
            _check_layout(connection, path, version)
            tell(Work.MIGRATING, 0, target - version + 1)
            backup = before_migration(path, version, now)
            connection.execute("PRAGMA foreign_keys = OFF")
            try:
                connection.execute("BEGIN IMMEDIATE")
                _run(connection, version, target, steps, tell)
                connection.execute("COMMIT")
            except Exception as error:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
                    raise busy(path, seconds) from error
                raise WorldError(
                    Trouble.DAMAGED,
                    f"{path} could not be brought from layout {version} to {target}: {error}. It "
                    f"is as it was; a backup is at {backup}.",
                ) from error
    return backup


def _check_layout(connection: sqlite3.Connection, path: Path, version: int) -> None:
    try:
        schema.check_layout(connection, path, version)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise schema.damaged(path, str(error)) from error


def _run(
    connection: sqlite3.Connection,
    version: int,
    target: int,
    steps: Mapping[int, Step],
    tell: Tell,
) -> None:
    triggers = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
    ).fetchall()
    for (name,) in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    for layout in range(version + 1, target + 1):
        tell(Work.MIGRATING, layout - version, target - version + 1)
        steps[layout](connection)
    for statement in guards().values():
        connection.execute(statement)
    dangling = connection.execute("PRAGMA foreign_key_check").fetchone()
    if dangling is not None:
        raise ValueError(f"table {dangling[0]} points to a row of {dangling[2]} that is gone")
    connection.execute(f"PRAGMA user_version = {target}")
