"""Backups: one a day at the first start, one before each migration, and restoring them.

A backup is made with SQLite's own backup API under another name and renamed when it is
whole and sound, so that one is never half there.
"""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from inventui.db.backup_files import (
    DAY,
    backup_folder,
    backups_of,
    label,
    named,
)
from inventui.db.errors import Trouble, WorldError
from inventui.rules.core.clock import to_datetime
from inventui.rules.core.refusal import Reason, Refusal
from inventui.system import keep_as, make_private, private_file, private_folder

DAILY_KEPT = 7
"""How many daily backups are kept."""

_DAILY = rf"daily-{DAY}\.db"


def copy(source: Path, target: Path, named: Path | None = None) -> None:
    """Copy a world, whole and sound or not at all, while others may be writing it.

    Args:
        source: the world to read.
        target: the file to make; one that is there is replaced.
        named: the file that an error speaks of, if not `target`.

    Raises:
        WorldError: `target` can't be written, or `source` is damaged.
    """
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        private_folder(target.parent)
        private_file(partial)
        with (
            closing(sqlite3.connect(source)) as reading,
            closing(sqlite3.connect(partial)) as writing,
        ):
            reading.backup(writing)
            # A backup is one file: no log of its own beside it.
            writing.execute("PRAGMA journal_mode = DELETE")
            found = writing.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(found)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(partial, target)
    except (OSError, ValueError, sqlite3.Error) as error:
        with suppress(OSError, ValueError):
            partial.unlink(missing_ok=True)
        if _is_damage(error):
            from inventui.db.schema import damaged

            raise damaged(source, str(error)) from error
        raise WorldError(
            Trouble.READ_ONLY,
            f"{named or target} can't be written ({_why(error)}). Choose another folder or make "
            "room.",
        ) from error


def daily_backup(world: Path, now: int) -> Path | None:
    """Make today's backup unless there is one, and drop all but the last seven.

    Args:
        world: the world's file.
        now: milliseconds since 1970-01-01 UTC.

    Returns:
        The new backup, or None if today's was there.

    Raises:
        WorldError: it can't be written, or the world is damaged: older backups stay.
    """
    day = to_datetime(now).strftime("%Y-%m-%d")
    target = backup_folder(world) / f"{label(world)}-daily-{day}.db"
    if target.exists():
        return None
    copy(world, target)
    for old in sorted(named(world, _DAILY))[:-DAILY_KEPT]:
        with suppress(OSError):
            old.unlink()
    return target


def new_backup(world: Path, now: int) -> Path:
    """Where a backup that a player asked for goes; nothing is there yet."""
    return _free(world, _stamp(now))


def before_migration(world: Path, version: int, now: int) -> Path:
    """Back a world up before it is moved on from layout `version`."""
    target = _free(world, f"layout{version}-{_stamp(now)}")
    copy(world, target)
    return target


def check_restore(world: Path, backup: Path) -> Refusal | None:
    """Why a backup can't take a world's place, as far as can be told without opening it."""
    world = Path(os.path.realpath(world))
    if backup.exists() and not backup.is_file():
        return Refusal(
            Reason.INVALID_FILE,
            f"{backup} is no regular file, so it is no backup. Choose a file.",
            {"file": str(backup)},
        )
    if not backup.exists():
        known = "\n".join(f"  {path}" for path in reversed(backups_of(world)))
        return Refusal(
            Reason.INVALID_FILE,
            f"There is no backup at {backup}."
            + (f" There are:\n{known}" if known else " None has been made yet."),
            {"file": str(backup)},
        )
    if world.exists() and world.samefile(backup):
        return Refusal(
            Reason.INVALID_FILE,
            f"{backup} is the world itself, not a backup of it. Choose a backup.",
            {"file": str(backup)},
        )
    return None


def restore(world: Path, backup: Path, now: int) -> Path | Refusal | None:
    """Put a backup in a world's place; the present file is kept beside the backups.

    There is a world at every moment: the old one until the new one is whole.

    Args:
        world: the file to replace; it need not exist.
        backup: a whole world of this or an older version.
        now: milliseconds since 1970-01-01 UTC.

    Returns:
        Where the replaced file was kept (None if there was none), or a refusal.

    Raises:
        WorldError: `backup` is no sound world, or another program has the world open.
    """
    from inventui.db.lock import world_lock

    world = Path(os.path.realpath(world))
    refusal = check_restore(world, backup)
    if refusal is not None:
        return refusal
    _check(backup)
    partial = world.with_name(f".{world.name}.{os.getpid()}.restored")
    try:
        copy(backup, partial, named=world)
        with world_lock(world, seconds=10):
            kept = None
            if world.exists():
                _ensure_free(world)
                kept = _put_aside(world, now)
            os.replace(partial, world)
    except OSError as error:
        raise WorldError(
            Trouble.READ_ONLY,
            f"{world} can't be replaced ({error.strerror}). It was left as it is; make its folder "
            "writable.",
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return kept


def _check(backup: Path) -> None:
    """Refuse a backup that could not be played."""
    from inventui.db import schema

    version = schema.version_of(backup)
    with closing(sqlite3.connect(f"{backup.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if found == "ok" and version == schema.SCHEMA_VERSION:
                schema.check_guards(connection, backup)
        except sqlite3.DatabaseError as error:
            found = str(error)
    if found != "ok":
        raise WorldError(Trouble.DAMAGED, f"{backup} is damaged itself ({found}). Choose another.")


def _ensure_free(world: Path) -> None:
    """Refuse to replace a world that another program has open."""
    from inventui.db.lock import alone, holders, in_use
    from inventui.db.schema import version_of

    try:
        version_of(world)
    except WorldError as error:
        if error.kind is not Trouble.NEWER:
            # SQLite would tidy such a file, log and all, and it is kept as it is.
            if holders(world, writing=False):
                raise in_use(world) from error
            return
    alone(world)


def _put_aside(world: Path, now: int) -> Path:
    """Keep a world under another name, where it stays until it is replaced."""
    kept = _free(world, f"replaced-{_stamp(now)}")
    private_folder(kept.parent)
    # A log is left beside a damaged world alone; it must not be read into the next one.
    log = world.with_name(world.name + "-wal")
    if log.exists():
        os.replace(log, kept.with_name(kept.name + "-wal"))
    world.with_name(world.name + "-shm").unlink(missing_ok=True)
    keep_as(world, kept)
    make_private(kept)
    return kept


def _stamp(now: int) -> str:
    return to_datetime(now).strftime("%Y-%m-%dT%H%M%S")


def _free(world: Path, what: str) -> Path:
    """A name that no file among the backups has."""
    folder = backup_folder(world)
    target, number = folder / f"{label(world)}-{what}.db", 1
    while target.exists():
        number += 1
        target = folder / f"{label(world)}-{what}-{number}.db"
    return target


def _why(error: Exception) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)


def _is_damage(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return type(error) is sqlite3.DatabaseError
    return code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
