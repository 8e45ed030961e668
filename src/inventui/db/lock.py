"""One writer at a time, across processes.

SQLite from 3.7.0 to 3.51.2 can damage a world in WAL mode when two processes write and
checkpoint at the same instant (mended in 3.51.3, and in 3.50.7 and 3.44.6 of the older
lines). So an operating-system lock is held around each write until its COMMIT has returned.
It makes waiting fair and a refusal nameable too, so it is held whatever the library.

Whoever wants to write first becomes the one who is next, which is a second lock, and then waits
for the writer to finish. A program that writes again and again must become the next one like
all others, so it can't take the lock back before somebody who waits has seen it free. The
system releases both locks of a program that dies.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic, sleep

from inventui.db.errors import Trouble, WorldError
from inventui.system import LOCK, PRIVATE_FILE, UNLOCK, lock_file, lock_holders

_TAKEN = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK, errno.ENOENT)
"""What a system says of a lock that another program has, and of a file that is no more."""


def lock_path(world: Path) -> Path:
    """The file that stands for the right to write a world."""
    return world.with_name(world.name + ".lock")


def next_lock_path(world: Path) -> Path:
    """The file that stands for the right to write it next."""
    return world.with_name(world.name + ".next.lock")


def backup_lock_path(world: Path) -> Path:
    """The file that stands for making its backup of the day."""
    return world.with_name(world.name + ".backup.lock")


class FileLock:
    """The operating system's lock of a file, for one holder at a time."""

    def __init__(self, path: Path, poll: float = 0.005) -> None:
        """Stand for a file; who waits asks again after `poll` seconds."""
        self._path = path
        self._poll = poll
        self._descriptor: int | None = None

    def acquire(self, seconds: float) -> None:
        """Wait for it.

        Raises:
            TimeoutError: another holder had it for `seconds`.
            OSError: the file can't be made, or the disk knows no locks.
        """
        until = monotonic() + seconds
        while not self._try():
            if monotonic() >= until:
                raise TimeoutError(f"{self._path} was locked for {seconds:g} seconds")
            sleep(self._poll)

    def _try(self) -> bool:
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
        try:
            lock_file(descriptor, LOCK)
            # A file that was deleted since it was opened has a lock that nobody else would see.
            if os.path.samestat(os.fstat(descriptor), os.stat(self._path)):
                self._descriptor = descriptor
                return True
        except OSError as error:
            if error.errno not in _TAKEN:
                os.close(descriptor)
                raise
        os.close(descriptor)
        return False

    @contextmanager
    def held(self, seconds: float) -> Iterator[None]:
        """Hold it while a block runs; raises like `acquire`."""
        self.acquire(seconds)
        try:
            yield
        finally:
            self.release()

    def release(self) -> None:
        """Give it back."""
        descriptor, self._descriptor = self._descriptor, None
        assert descriptor is not None
        lock_file(descriptor, UNLOCK)
        os.close(descriptor)


class WriteLock:
    """The right to write a world, which who waits gets in turn."""

    def __init__(self, world: Path) -> None:
        """The lock of a world's file, to be kept by who writes often."""
        self._next = FileLock(next_lock_path(world))
        # One program at most asks for this one, so it may ask often.
        self._writer = FileLock(lock_path(world), poll=0.0005)

    def acquire(self, seconds: float) -> None:
        """Wait for it.

        Raises:
            TimeoutError: another program held it for `seconds`.
            OSError: its files can't be made.
        """
        until = monotonic() + seconds
        with self._next.held(seconds):
            self._writer.acquire(max(0.0, until - monotonic()))

    def release(self) -> None:
        """Let the next one write."""
        self._writer.release()


@contextmanager
def world_lock(world: Path, seconds: float, lock: WriteLock | None = None) -> Iterator[None]:
    """Hold the right to write `world`; `lock` is its lock where the caller keeps one.

    Raises:
        WorldError: another program held it for `seconds`, or the folder can't be written.
    """
    lock = lock or WriteLock(world)
    try:
        lock.acquire(seconds)
    except TimeoutError as error:
        raise busy(world, seconds) from error
    except OSError as error:
        raise WorldError(
            Trouble.READ_ONLY,
            f"The folder {world.parent} can't be written ({error.strerror}). Make it writable, or "
            "name another place with --database.",
        ) from error
    try:
        yield
    finally:
        lock.release()


def busy(world: Path, seconds: float) -> WorldError:
    """The error for a world that another program keeps: it says whom to wait for."""
    who = ", ".join(holders(world)) or "another program"
    return WorldError(
        Trouble.BUSY,
        f"{world} is being written by {who}, which did not finish within {seconds:g} seconds. "
        "Nothing was changed; wait for it or close it, then try again.",
    )


def alone(world: Path) -> None:
    """Return if no other program has `world` open.

    SQLite keeps a shared lock on the file as long as a connection is open, so that an
    exclusive one can't be had. A file that is too damaged to tell counts as free.

    Raises:
        WorldError: another program has it open.
    """
    with closing(sqlite3.connect(world, isolation_level=None, timeout=0)) as connection:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        except sqlite3.DatabaseError as error:
            if (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF != sqlite3.SQLITE_BUSY:
                return
            raise in_use(world) from error


def in_use(world: Path) -> WorldError:
    """The error for a world that another program has open: it says which."""
    who = ", ".join(holders(world, writing=False)) or "another program"
    return WorldError(
        Trouble.BUSY,
        f"{world} is open in {who}. Nothing was changed; close it there, then try again.",
    )


def holders(world: Path, *, writing: bool = True) -> list[str]:
    """Which other programs hold a lock on a world, as `name (process 123)`.

    Args:
        world: the world's file.
        writing: only those that keep others from writing.
    """
    files = (world, lock_path(world), world.with_name(world.name + "-shm"))
    found = sorted(lock_holders(files, writing=writing).items())
    return [f"{program} (process {process})" for process, program in found]
