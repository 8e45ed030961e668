"""The files of a player's own folder, as far as they are the folder's own."""

from __future__ import annotations

import contextlib
import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MOST = 1_000
"""How many files a page lists."""


def list_files(folder: Path) -> list[tuple[str, int]]:
    """The path below `folder` and the size of each file there; links are none."""
    found = []
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            with contextlib.suppress(OSError):
                status = os.lstat(path)
                if stat.S_ISREG(status.st_mode):
                    found.append((os.path.relpath(path, folder), status.st_size))
        if len(found) >= MOST:
            break
    return sorted(found)[:MOST]


def open_file(folder: Path, path: str) -> int | None:
    """A descriptor to read the file at `path` below `folder`; None if there is none.

    No link is followed on the way.
    """
    parts = path.split("/")
    if any(part in ("", ".", "..") or "\0" in part for part in parts):
        return None
    try:
        at = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    for part in parts:
        try:
            deeper = os.open(part, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=at)
        except OSError:
            return None
        finally:
            os.close(at)
        at = deeper
    if not stat.S_ISREG(os.fstat(at).st_mode):
        os.close(at)
        return None
    return at
