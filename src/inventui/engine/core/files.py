"""Files that are there whole or not at all, whenever a program dies."""

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from inventui.system import private_folder, private_open


class _Quota(NamedTuple):
    folder: Path
    most: int


_quotas: list[_Quota] = []


def bound_files(folder: Path, most: int) -> None:
    """Let files in a folder have so many bytes together from now on, in this program."""
    _quotas.append(_Quota(folder.absolute(), most))


def write_whole(path: Path, content: str) -> None:
    """Write a file whole, for its owner alone: another name first, renamed when it is on the disk.

    Raises:
        OSError: it can't be written, or there is no room for it; what was there is left.
    """
    _check_quotas(path, len(content.encode()))
    private_folder(path.parent)
    partial_path = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        partial_path.unlink(missing_ok=True)
        with private_open(partial_path, "x") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial_path, path)
    except BaseException:
        with suppress(OSError):
            partial_path.unlink(missing_ok=True)
        raise


def _check_quotas(path: Path, added: int) -> None:
    for folder, most in _quotas:
        if not path.absolute().is_relative_to(folder):
            continue
        used = sum(
            file.lstat().st_size for file in folder.rglob("*") if file.is_file() and file != path
        )
        if used + added > most:
            raise OSError(
                errno.EDQUOT,
                f"your files may have {most >> 20} MiB together and have {used >> 20:,} already: "
                "ask the world's owner to take some away",
                str(path),
            )
