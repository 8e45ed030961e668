"""What differs between operating systems: modes of files, links, pipes, locks, masks of signals.

Nothing else in the package names what only some of them have, and nothing here is needed to
import it: where a system lacks something, the function that asks for it says what it does then.
"""

import errno
import os
import shutil
import signal
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import takewhile
from pathlib import Path
from typing import Literal, TextIO

lock_file: Callable[[int, int], object]
"""`LOCK` an open file, or raise OSError where somebody has done so, or `UNLOCK` it."""

try:
    import fcntl
except ImportError:
    import msvcrt

    LOCK, UNLOCK = msvcrt.LK_NBLCK, msvcrt.LK_UNLCK  # type: ignore[attr-defined]

    def _lock_first_byte(descriptor: int, operation: int) -> None:
        msvcrt.locking(descriptor, operation, 1)  # type: ignore[attr-defined]

    lock_file = _lock_first_byte
else:
    LOCK, UNLOCK = fcntl.LOCK_EX | fcntl.LOCK_NB, fcntl.LOCK_UN
    lock_file = fcntl.flock

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700

_HAS_MODES = os.name == "posix"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)


def private_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for its owner alone.

    One that is there is left as it is: it may be somebody's who shares it.

    Raises:
        OSError: it can't be made.
    """
    missing = list(takewhile(lambda each: not each.exists(), folder.parents))
    for each in (*reversed(missing), folder):
        each.mkdir(PRIVATE_FOLDER, exist_ok=True)


def private_open(path: Path, mode: Literal["x", "a"], errors: str = "strict") -> TextIO:
    """Open a file to write UTF-8; one that is made here is its owner's alone.

    Raises:
        OSError: it can't be opened, or is a pipe, a device or a folder.
    """
    return open(path, mode, encoding="utf-8", errors=errors, opener=_regular)


def private_file(path: Path) -> None:
    """Make an empty file for its owner alone, in the place of what is there.

    Raises:
        OSError: it can't be made.
    """
    path.unlink(missing_ok=True)
    private_open(path, "x").close()


def read_regular(path: str | Path, most: int) -> bytes:
    """The bytes of a regular file, `most` + 1 of them if there are more.

    Raises:
        OSError: it can't be read, or is a pipe, a device or a folder: these may never end.
    """
    with os.fdopen(_regular(os.fspath(path), os.O_RDONLY | _BINARY), "rb") as file:
        return file.read(most + 1)


def _regular(name: str, flags: int) -> int:
    # Without O_NONBLOCK, a pipe is waited for until somebody opens its other end.
    descriptor = os.open(name, flags | _NONBLOCK, PRIVATE_FILE)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "That is no regular file", name)
    return descriptor


def entries(folder: Path) -> list[Path]:
    """What lies in a folder; nothing where there is none, or it may not be looked into."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def make_private(path: Path) -> bool:
    """Let nobody but its owner into a file or folder; True if others could and now can't.

    What is somebody else's, not there, a link, or on a disk without modes, is left as it is.
    """
    try:
        mode = os.lstat(path).st_mode
        regular = stat.S_ISREG(mode) or stat.S_ISDIR(mode)
        if not _HAS_MODES or not regular or not mode & _OTHERS:
            return False
        os.chmod(path, stat.S_IMODE(mode) & ~_OTHERS)
        return not os.lstat(path).st_mode & _OTHERS
    except OSError:
        return False


def keep_as(path: Path, other: Path) -> None:
    """Give a file another name besides its own; a copy where the disk knows no links.

    Raises:
        OSError: neither can be made.
    """
    try:
        os.link(path, other)
    except (OSError, AttributeError, NotImplementedError):
        shutil.copy2(path, other)


def runs(process: int) -> bool:
    """Whether a process is there; where that can't be asked without ending it, it is."""
    if os.name == "nt":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def lock_holders(paths: Iterable[Path], *, writing: bool) -> dict[int, str]:
    """Which other programs hold a lock on one of some files: their names by process id.

    Read from the kernel's list of locks, which Linux alone shows; elsewhere empty.

    Args:
        paths: the files; one that is not there is nobody's.
        writing: only those that keep others from writing.
    """
    inodes = set()
    for path in paths:
        with suppress(OSError):
            inodes.add(path.stat().st_ino)
    try:
        lines = Path("/proc/locks").read_text().splitlines()
    except OSError:
        return {}
    found = {}
    for line in lines:
        fields = line.split()
        # "1: POSIX ADVISORY WRITE 123 08:01:456 0 EOF"; blocked waiters begin with "->".
        if len(fields) < 6 or fields[1] == "->" or (writing and fields[3] != "WRITE"):
            continue
        process, inode = int(fields[4]), int(fields[5].split(":")[2])
        if inode in inodes and process > 0 and process != os.getpid():
            found[process] = _program(process)
    return found


def _program(process: int) -> str:
    try:
        words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return "another program"
    names = [Path(os.fsdecode(word)).name for word in words if word]
    if len(names) > 1 and names[0].startswith("python") and not names[1].startswith("-"):
        return names[1]
    return names[0] if names else "another program"


@contextmanager
def deaf_children() -> Iterator[None]:
    """Processes that are started meanwhile never hear ctrl+c; this one does once it is over.

    Where signals have no masks they hear it until they say themselves that they ignore it.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
