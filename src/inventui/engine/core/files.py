"""Files that are there whole or not at all, whenever a program dies."""

import os
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, content: str) -> None:
    """Write a file whole: another name first, then renamed when it is on the disk.

    Raises:
        OSError: it can't be written; what was there is left.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial_path = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with partial_path.open("w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial_path, path)
    except BaseException:
        with suppress(OSError):
            partial_path.unlink(missing_ok=True)
        raise
