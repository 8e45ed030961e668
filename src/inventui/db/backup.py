"""Backups: one a day at the first start, one before each migration, and back again.

A backup is made with SQLite's own backup API under another name and renamed when it is
whole, so that one is never half there.
"""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from inventui.db.errors import Trouble, WorldError
from inventui.rules.clock import to_datetime
from inventui.rules.refusal import Reason, Refusal

DAILY_KEPT = 7
"""How many daily backups are kept."""


def backup_folder(world: Path) -> Path:
    """Where the backups of a world lie."""
    return world.parent / "backups"


def backups_of(world: Path) -> list[Path]:
    """Every backup of a world, oldest first."""
    folder = backup_folder(world)
    if not folder.is_dir():
        return []
    found = [p for p in folder.glob(f"{world.stem}-*.db") if p.is_file()]
    return sorted(found, key=lambda p: (p.stat().st_mtime_ns, p.name))


def newest_backup(world: Path) -> Path | None:
    """The latest backup of a world, if there is one."""
    found = backups_of(world)
    return found[-1] if found else None


def copy(source: Path, target: Path) -> None:
    """Copy a world, whole or not at all, while others may be writing it.

    Raises:
        WorldError: `target` can't be written, or `source` can't be read.
    """
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with (
            closing(sqlite3.connect(source)) as reading,
            closing(sqlite3.connect(partial)) as writing,
        ):
            reading.backup(writing)
            # A backup is one file: no log of its own beside it.
            writing.execute("PRAGMA journal_mode = DELETE")
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(partial, target)
    except (OSError, ValueError, sqlite3.Error) as error:
        with suppress(OSError, ValueError):
            partial.unlink(missing_ok=True)
        raise WorldError(
            Trouble.READ_ONLY,
            f"The backup {target} can't be written: {error}. Choose another folder or make room.",
        ) from error


def daily_backup(world: Path, now: int) -> Path | None:
    """Make today's backup unless there is one, and drop all but the last seven.

    Args:
        world: the world's file.
        now: milliseconds since 1970-01-01 UTC.

    Returns:
        The new backup, or None if today's was there.
    """
    day = to_datetime(now).strftime("%Y-%m-%d")
    target = backup_folder(world) / f"{world.stem}-daily-{day}.db"
    if target.exists():
        return None
    copy(world, target)
    daily = sorted(backup_folder(world).glob(f"{world.stem}-daily-*.db"))
    for old in daily[:-DAILY_KEPT]:
        old.unlink(missing_ok=True)
    return target


def before_migration(world: Path, version: int, now: int) -> Path:
    """Back a world up before it is moved on from layout `version`."""
    stamp = to_datetime(now).strftime("%Y-%m-%dT%H%M%S")
    target = backup_folder(world) / f"{world.stem}-layout{version}-{stamp}.db"
    copy(world, target)
    return target


def restore(world: Path, backup: Path, now: int) -> Path | Refusal | None:
    """Put a backup in a world's place; the present file is kept beside the backups.

    Args:
        world: the file to replace; it need not exist.
        backup: a whole world of this or an older version.
        now: milliseconds since 1970-01-01 UTC.

    Returns:
        Where the replaced file was kept (None if there was none), or a refusal.

    Raises:
        WorldError: `backup` is no sound world, or another program writes the world.
    """
    from inventui.db.lock import world_lock
    from inventui.db.schema import version_of

    if not backup.is_file():
        known = "\n".join(f"  {path}" for path in reversed(backups_of(world)))
        return Refusal(
            Reason.INVALID_FILE,
            f"There is no backup at {backup}."
            + (f" There are:\n{known}" if known else " None has been made yet."),
            {"file": str(backup)},
        )
    version_of(backup)
    with closing(sqlite3.connect(f"{backup.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            found = str(error)
    if found != "ok":
        raise WorldError(Trouble.DAMAGED, f"{backup} is damaged itself ({found}). Choose another.")
    with world_lock(world, seconds=10):
        kept = None
        if world.exists():
            stamp = to_datetime(now).strftime("%Y-%m-%dT%H%M%S")
            kept = backup_folder(world) / f"{world.stem}-replaced-{stamp}.db"
            kept.parent.mkdir(parents=True, exist_ok=True)
            # Moved as it is, log and all: it may be damaged, so no API could copy it.
            for suffix in ("-wal", "-shm", ""):
                part = world.with_name(world.name + suffix)
                if part.exists():
                    os.replace(part, kept.with_name(kept.name + suffix))
        copy(backup, world)
    return kept
