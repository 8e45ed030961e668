"""Files that are there whole or not at all, whenever a program dies."""

import os
from contextlib import suppress
from pathlib import Path

from inventui.system import private_folder, private_open


def write_whole(path: Path, content: str) -> None:
    """Write a file whole, for its owner alone: another name first, renamed when it is on the disk.

    Raises:
        OSError: it can't be written; what was there is left.
    """
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
