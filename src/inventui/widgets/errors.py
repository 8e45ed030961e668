"""Unexpected errors: written to a log, and said in a plain sentence."""

from __future__ import annotations

from datetime import UTC, datetime
from traceback import format_exception
from typing import TYPE_CHECKING

from inventui import __version__, config
from inventui.system import private_folder, private_open

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LONGEST_LOG = 1_000_000
"""Bytes from which the log starts afresh, the former one being kept beside it."""


def write_log(error: BaseException) -> Path | None:
    """Write an error with its traceback to the log; where it lies, or None if that failed."""
    path = config.log_file()
    when = datetime.now(UTC).isoformat(timespec="seconds")
    text = "".join(format_exception(error))
    try:
        private_folder(path.parent)
        if path.exists() and path.stat().st_size > LONGEST_LOG:
            path.replace(config.former_log(path))
        with private_open(path, "a", errors="backslashreplace") as log:
            log.write(f"--- {when} inventui {__version__}\n{text}\n")
    except OSError:
        return None
    return path


def sentence(error: BaseException, log: Path | None) -> str:
    """What a player is told of an error that nobody foresaw."""
    where = f"The details are in {log}." if log else "The log could not be written either."
    return f"Something unexpected went wrong ({type(error).__name__}). {where}"


def plain_sentence(error: BaseException) -> str | None:
    """The sentence of an error of the world itself (locked, full disk), else None."""
    from inventui.db.errors import WorldError

    return said_of_world(error) if isinstance(error, WorldError) else None


said_of_world: Callable[[BaseException], str] = str
"""How an error of the world is told; a guest's session tells it without where the world lies."""
