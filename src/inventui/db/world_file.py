"""The file of a world: which one an address names, and making or bringing it up."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from inventui.db import schema
from inventui.db.errors import Trouble, WorldError
from inventui.db.lock import world_lock
from inventui.db.progress import Tell
from inventui.system import private_file, private_folder

if TYPE_CHECKING:
    pass

SERVERS = ("postgresql://", "postgres://")
"""How an address of a server begins."""

LEAST_ROOM = 128 * 1024
"""Bytes without which SQLite can't even begin its log."""


def is_full(path: Path) -> bool:
    """Whether the disk of a file has no room; an error of it says so only while writing."""
    try:
        return shutil.disk_usage(path.parent).free < LEAST_ROOM
    except OSError:
        return False


def file_of(location: str | Path) -> Path:
    """The file that a path or a `sqlite:///` URL names.

    Raises:
        WorldError: the URL is of another kind of database, or says more than a path.
    """
    text = os.fspath(location)
    for prefix in ("sqlite:///", "sqlite+pysqlite:///"):
        if text.startswith(prefix):
            name = text[len(prefix) :]
            if "?" in name or "#" in name:
                raise WorldError(
                    Trouble.UNREACHABLE,
                    "An address of a world is sqlite:///PATH, with no ? or # after it. Leave those "
                    "out, or name the file by its path alone.",
                )
            text = name
            break
    if text.startswith(SERVERS):
        raise WorldError(
            Trouble.UNREACHABLE,
            "A world on a server is no file, so this can't be done with it.",
        )
    if "://" in text:
        raise WorldError(
            Trouble.UNREACHABLE,
            f"A world is a SQLite file or on PostgreSQL, not at {text.split('://')[0]} addresses. "
            "Name a file, sqlite:///PATH, or postgresql://HOST/DATABASE.",
        )
    if "\0" in text or not text.strip() or text.startswith((":memory:", "file:")):
        raise WorldError(Trouble.UNREACHABLE, "That is no file name. Name a file with --database.")
    return Path(text).expanduser()


def prepare(path: Path, busy_seconds: float, tell: Tell) -> bool:
    """Make the file if there is none and bring an older one up; True if it was made.

    Raises:
        WorldError: see `Trouble`.
    """
    folder = path.parent
    try:
        private_folder(folder)
        exists = path.exists()
        directory, regular = path.is_dir(), path.is_file()
    except OSError as error:
        raise WorldError(
            Trouble.READ_ONLY,
            f"The folder {folder} can't be made ({error.strerror}). Name another place with "
            "--database.",
        ) from error
    if directory:
        raise WorldError(
            Trouble.UNREACHABLE,
            f"{path} is a folder. Name a file in it, e.g. {path / 'world.db'}.",
        )
    if exists and not regular:
        raise WorldError(
            Trouble.UNREACHABLE,
            f"{path} is no regular file, so no world can be kept there. Name a file.",
        )
    if not exists:
        schema.check_beside(path)
        with world_lock(path, busy_seconds):
            if not path.exists():
                _create(path)
                return True
    if schema.version_of(path) < schema.SCHEMA_VERSION:
        from time import time

        from inventui.db.migrations.migrate import migrate

        migrate(path, int(time() * 1000), tell=tell)
    for target in (path, folder):
        if not os.access(target, os.W_OK):
            raise WorldError(
                Trouble.READ_ONLY,
                f"{target} can't be written, and a world can't be played without. Make it "
                "writable, or copy the world elsewhere and name it with --database.",
            )
    return False


def _create(path: Path) -> None:
    # Laid out under another name: a program that dies half-way leaves no half world.
    partial = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        private_file(partial)
        with closing(sqlite3.connect(partial, isolation_level=None)) as connection:
            schema.create(connection)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(partial, path)
    except (OSError, sqlite3.Error) as error:
        partial.unlink(missing_ok=True)
        raise WorldError(
            Trouble.READ_ONLY,
            f"A world can't be made at {path}: {error}. Make the folder writable or make "
            "room, or name another place with --database.",
        ) from error
