"""Schema: the layout of a new world, and the version that a world's file has."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from inventui.db.errors import Trouble, WorldError
from inventui.db.guards import (
    FINGERPRINT,
    fingerprint,
    guards,
    missing_guards,
    strange_triggers,
)

APPLICATION_ID = 0x696E7675
"""`invu`: the application id that tells a world from other SQLite files."""

SCHEMA_VERSION = 21
"""The layout that this program writes; kept in `PRAGMA user_version`."""

MARKS = {
    2: ("settlement", "until"),
    3: ("friendship", "event"),
    4: ("listing", "price"),
    5: ("economy_numbers", "numbers"),
    8: ("counted_piece", "player_item_id"),
    10: ("counter", "number"),
    11: ("settlement", "since"),
    12: ("roll", "since"),
    13: ("shift", "rest"),
    14: ("pack_layer", "files"),
    15: ("listing_block", "listed"),
    16: ("achievement", "quest"),
    17: ("invitation", "hash"),
    19: ("undo", "undone_id"),
}
"""Layout → a table and column that worlds have from it on, where it brought any."""

BESIDE = ("-wal", "-shm", "-journal")
"""Ends of the names of files that SQLite keeps beside a world."""

Filling = Iterable[tuple[str, tuple[str, ...], Iterable[tuple[Any, ...]]]]
"""The rows that a new world begins with: each table with its columns."""

_MAGIC = b"SQLite format 3\x00"


def create(connection: sqlite3.Connection, filling: Filling = ()) -> None:
    """Lay out a world in an empty file: tables, indexes, rows, guards and both numbers."""
    from sqlalchemy import create_mock_engine

    from inventui.db.tables import metadata

    statements: list[str] = []

    def collect(element: object, *_: object, **__: object) -> None:
        statements.append(str(element.compile(dialect=mock.dialect)))  # type: ignore[attr-defined]

    mock = create_mock_engine("sqlite://", collect)
    metadata.create_all(mock, checkfirst=False)
    connection.execute("BEGIN IMMEDIATE")
    for statement in statements:
        connection.execute(statement)
    for name, columns, rows in filling:
        marks = ", ".join("?" * len(columns))
        connection.executemany(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})", rows)
    for statement in guards().values():
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("COMMIT")


def check_beside(path: Path) -> None:
    """Refuse a world beside which something lies that SQLite would take for a file of its own.

    Raises:
        WorldError: it is a pipe, which would be waited for without end, a device or a folder.
    """
    for end in BESIDE:
        beside = path.with_name(path.name + end)
        if beside.exists() and not beside.is_file():
            raise WorldError(
                Trouble.UNREACHABLE,
                f"{beside} is no regular file, and SQLite keeps one of that name beside {path}. "
                "Take it away.",
            )


def version_of(path: Path) -> int:
    """The schema version of the world at `path`, which is left untouched.

    Raises:
        WorldError: the file is empty, no world, damaged, or from a newer version.
    """
    check_beside(path)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise WorldError(Trouble.UNREACHABLE, f"{path} can't be read: {error.strerror}.") from error
    if size == 0:
        raise WorldError(
            Trouble.EMPTY,
            f"{path} is empty, so it is no world. Delete it to begin a new one, or bring one "
            f"back: inventui --database {path} restore BACKUP.",
        )
    if not header.startswith(_MAGIC[: len(header)]):
        raise WorldError(
            Trouble.FOREIGN,
            f"{path} is no inventui world: it is not even a SQLite database. It was left as it "
            "is; name another file with --database.",
        )
    if len(header) < 100:
        raise damaged(path, "its header is cut off")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise WorldError(
            Trouble.FOREIGN,
            f"{path} is a database of another program. It was left as it is; name another file "
            "with --database.",
        )
    version = int.from_bytes(header[60:64], "big")
    logged = _is_logged(path)
    if logged:
        # A number that was set last may stand in the log alone.
        version = _logged_version(path) or version
    if version > SCHEMA_VERSION:
        with suppress(sqlite3.Error, UnicodeDecodeError), closing(_looked_at(path)) as connection:
            if _is_as_today(connection):
                check_layout(connection, path, version)
        raise WorldError(
            Trouble.NEWER,
            f"{path} was written by a newer inventui (layout {version}; this one knows "
            f"{SCHEMA_VERSION}). It was left as it is; update inventui to open it.",
        )
    page_size = int.from_bytes(header[16:18], "big")
    page_size = 65536 if page_size == 1 else page_size
    pages = int.from_bytes(header[28:32], "big")
    # A program that died while it moved the log into the file leaves it short but whole.
    if size < pages * page_size and not logged:
        raise damaged(path, f"{pages * page_size - size:,} bytes are missing at its end")
    return version


def _is_logged(path: Path) -> bool:
    """Whether a log with commits in it lies beside a world."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size > 0
    except OSError:
        return False


def _logged_version(path: Path) -> int | None:
    """The schema version as SQLite reads it with the log, or None if it can't be read."""
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error:
        return None
    return int(version)


def _looked_at(path: Path) -> sqlite3.Connection:
    """A connection that leaves a file as it is, and makes none beside it."""
    how = "mode=ro" if _is_logged(path) else "mode=ro&immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True)


def layout_of(connection: sqlite3.Connection) -> int:
    """The layout that a world's tables have, whatever its number says."""
    found = 1
    for layout, (table, column) in MARKS.items():
        if connection.execute(
            "SELECT 1 FROM pragma_table_info(?) WHERE name = ?", (table, column)
        ).fetchone():
            found = layout
    return found


def check_layout(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Refuse a world whose number is of another layout than its tables.

    Raises:
        WorldError: of kind `altered`, naming both layouts.
    """
    found = layout_of(connection)
    following = min((layout for layout in MARKS if layout > found), default=SCHEMA_VERSION + 1)
    if not found <= version < following:
        raise WorldError(
            Trouble.ALTERED,
            f"{path} says that it is of layout {version}, but its tables are those of layout "
            f"{found}: its number is wrong. It was left as it is. {_way_back(path)}.",
        )


def damaged(path: Path, how: str) -> WorldError:
    """The error for a damaged file, with how to get the world back."""
    return WorldError(
        Trouble.DAMAGED, f"{path} is damaged ({how}). It was left as it is. {_way_back(path)}."
    )


def _way_back(path: Path) -> str:
    """The end of an error's sentence: how to get a world back, if there is a way."""
    from inventui.db.backup_files import newest_backup

    backup = newest_backup(path)
    if backup is None:
        return "There is no backup beside it; one from elsewhere: inventui restore BACKUP"
    return (
        f"The newest backup is {backup}; to go back to it: "
        f"inventui --database {path} restore {backup}"
    )


def check_guards(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a world whose triggers were dropped or changed, or that has others.

    Raises:
        WorldError: of kind `altered`, naming the first such trigger, or another layout.
    """
    wrong = _strange_triggers(connection)
    if wrong:
        check_layout(connection, path, SCHEMA_VERSION)
        raise WorldError(
            Trouble.ALTERED,
            f"{path} was changed outside the game: {wrong[0]}, so its money and things can't be "
            f"trusted. It was left as it is. {_way_back(path)}.",
        )


def _is_as_today(connection: sqlite3.Connection) -> bool:
    """Whether a world has the tables and triggers that this program would give it."""
    from inventui.db.tables import metadata

    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    return {name for (name,) in names} == set(metadata.tables) and not _strange_triggers(connection)


def _strange_triggers(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with a world's triggers, each as a part of a sentence."""
    found = dict(
        connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    )
    if fingerprint(found) == FINGERPRINT:
        return []
    return [
        *(f"its guard {name} is gone or differs" for name in missing_guards(found)),
        *(f"its trigger {name} is none of the game's" for name in strange_triggers(found)),
    ]
