"""Backups: one a day at the first start, one before each migration, and restoring them.

A backup is made with SQLite's own backup API under another name and renamed when it is
whole and sound, so that one is never half there. Which one was made last is told by the
files' times, never by the dates in their names: a clock that ran ahead makes names of days
to come. So that the order holds then too, a file is never older than one made before it.
"""

import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from inventui.db.backup_files import DAY, age, backup_folder, backups_of, label, named
from inventui.db.errors import Trouble, WorldError, is_damage
from inventui.db.lock import FileLock, backup_lock_path
from inventui.rules.core.clock import to_datetime
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.text import listed
from inventui.system import entries, keep_as, make_private, private_file, private_folder, runs

DAILY_KEPT = 7
"""How many daily backups are kept."""

PAGES_AT_ONCE = 500
"""How many pages are copied between two looks at whether the copy is still wanted."""

STEPS_AT_ONCE = 100_000
"""How many steps of SQLite's machine the check of a copy takes between two such looks."""

_DAILY = rf"daily-{DAY}\.db"
_PARTIAL = "partial"


class AbandonedError(Exception):
    """A copy that nobody waits for was given up; nothing of it is left."""


def copy(
    source: Path,
    target: Path,
    named: Path | None = None,
    *,
    partial: Path | None = None,
    abandoned: Callable[[], bool] = lambda: False,
) -> None:
    """Copy a world, whole and sound or not at all, while others may be writing it.

    Args:
        source: the world to read.
        target: the file to make; one that is there is replaced.
        named: the file that an error speaks of, if not `target`.
        partial: where it is written until it is whole; by default a name of this process.
        abandoned: whether to give up, asked again and again.

    Raises:
        AbandonedError: it was given up.
        WorldError: `target` can't be written, or `source` is damaged.
    """
    partial = partial or target.with_name(f".{target.name}.{os.getpid()}.{_PARTIAL}")
    try:
        private_folder(target.parent)
        _unlink(partial)
        private_file(partial)
        _copy_pages(source, partial, abandoned)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        _date_last(source, partial)
        os.replace(partial, target)
    except (OSError, ValueError, sqlite3.Error) as error:
        if abandoned():
            raise AbandonedError from error
        if is_damage(error):
            from inventui.db.schema import damaged

            raise damaged(source, str(error)) from error
        raise WorldError(
            Trouble.READ_ONLY,
            f"{named or target} can't be written ({_why(error)}). Choose another folder or make "
            "room.",
        ) from error
    finally:
        with suppress(OSError, ValueError):
            _unlink(partial)


def _copy_pages(source: Path, partial: Path, abandoned: Callable[[], bool]) -> None:
    def go_on(*_: object) -> None:
        if abandoned():
            raise AbandonedError

    with closing(sqlite3.connect(partial)) as writing:
        with closing(sqlite3.connect(source, isolation_level=None)) as reading:
            # One look holds from the first page to the last: what others write meanwhile would
            # make the copy begin anew each time.
            reading.execute("BEGIN")
            reading.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            reading.backup(writing, pages=PAGES_AT_ONCE, progress=go_on)
        # A backup is one file: no log of its own beside it.
        writing.execute("PRAGMA journal_mode = DELETE")
        writing.set_progress_handler(abandoned, STEPS_AT_ONCE)
        found = writing.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(found)


def _unlink(partial: Path) -> None:
    """Remove what is half done, and the journal that a dead program may have left beside it."""
    for path in (partial, partial.with_name(f"{partial.name}-journal")):
        path.unlink(missing_ok=True)


def _date_last(world: Path, made: Path) -> None:
    """Let a file be later than every backup of a world, also after the clock was set back."""
    latest = max(map(age, backups_of(world)), default=0)
    if made.stat().st_mtime_ns <= latest:
        os.utime(made, ns=(latest + 1_000_000_000, latest + 1_000_000_000))


def daily_backup(
    world: Path, now: int, abandoned: Callable[[], bool] = lambda: False
) -> Path | None:
    """Make today's backup unless there is one, and drop all but the seven made last.

    One program makes it; others that start meanwhile leave it to that one. What a program
    that died has half done is taken away.

    Args:
        world: the world's file.
        now: milliseconds since 1970-01-01 UTC.
        abandoned: whether to give up, asked again and again.

    Returns:
        The new backup, or None if today's was there, or is being made, or was given up.

    Raises:
        WorldError: it can't be written, or the world is damaged: older backups stay.
    """
    day = to_datetime(now).strftime("%Y-%m-%d")
    folder = backup_folder(world)
    target = folder / f"{label(world)}-daily-{day}.db"
    partial = folder / f".{label(world)}-daily.{_PARTIAL}"
    made = sorted(named(world, _DAILY), key=age)
    # One of today that others were made after is of a clock that ran ahead.
    done = bool(made) and made[-1] == target
    left = _left_half_done(world)
    if done and not left:
        return None
    try:
        with FileLock(backup_lock_path(world)).held(0):
            for half in left:
                with suppress(OSError):
                    half.unlink(missing_ok=True)
            if done or (target.exists() and target not in made):
                return None
            copy(world, target, partial=partial, abandoned=abandoned)
            for old in sorted(named(world, _DAILY), key=age)[:-DAILY_KEPT]:
                with suppress(OSError):
                    old.unlink()
    except (TimeoutError, AbandonedError):
        return None
    return target


def _left_half_done(world: Path) -> list[Path]:
    """What lies half done: of the day's backup, and of other programs that run no more."""
    half = re.compile(
        rf"\.{re.escape(label(world))}-(daily|.+\.(?P<by>\d+))\.{_PARTIAL}(-journal)?"
    )
    found = ((path, half.fullmatch(path.name)) for path in entries(backup_folder(world)))
    return [path for path, name in found if name and not (name["by"] and runs(int(name["by"])))]


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
        known = [str(path) for path in reversed(backups_of(world))]
        return Refusal(
            Reason.INVALID_FILE,
            f"There is no backup at {backup}."
            + (listed(known, 3) if known else " None has been made yet."),
            {"file": str(backup), "known": known},
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
