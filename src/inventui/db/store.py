"""Connections to one world: many read, one writes.

The driver's defaults would let two writers lose each other's updates: here it begins nothing
by itself, a write opens its transaction with BEGIN IMMEDIATE, and a read is undone at its end.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from json import JSONDecodeError
from pathlib import Path
from queue import Empty, Full, LifoQueue
from threading import RLock, local
from typing import TYPE_CHECKING, Protocol

from inventui.db import schema
from inventui.db.errors import Trouble, WorldError, is_damage
from inventui.db.lock import WriteLock, busy, world_lock
from inventui.db.private import keep_private
from inventui.db.progress import Tell, untold
from inventui.db.statements import Connection
from inventui.db.world_file import is_full, prepare

if TYPE_CHECKING:
    from sqlalchemy import Connection as CoreConnection

_PRAGMAS = (
    "journal_mode = WAL",
    # NORMAL can lose an acknowledged commit when the power fails; FULL can't.
    "synchronous = FULL",
    "foreign_keys = ON",
    "recursive_triggers = ON",
    "trusted_schema = OFF",
    "fullfsync = ON",
    "journal_size_limit = 4194304",
    "cache_size = -2000",
)


CONNECTIONS_KEPT = 1
"""Connections that are kept open for whoever reads or writes next: each holds the layout with all
its guards, 2 MiB."""

TURN_SECONDS = 0.1
"""How long one waits for a connection that is in use. Another is opened in 4 ms, and closed again,
but what it took stays with the process."""

STATEMENTS_KEPT = 512
"""Statements that a connection keeps prepared: more than there are."""


class Listener(Protocol):
    """Hears of every write of a world."""

    def fileno(self) -> int:
        """What can be read once there is news."""

    def heard(self) -> bool:
        """Take note of the news; False if there will be none any more."""

    def close(self) -> None:
        """Hear of nothing more."""


class Store:
    """An open world's file.

    Attributes:
        path: the file.
        busy_seconds: how long a write waits for another program before it gives up.
        look_seconds: how long what is due before a look waits.
        exposed: the files of it that others could read until it was opened.
        begun: called when a write begins.
        undone: called when a write is undone, before anybody can write again.
    """

    LISTENS = False
    """Whether `listen` can be called: a file tells nobody who writes in it."""

    def __init__(
        self,
        path: Path,
        *,
        busy_seconds: float = 10.0,
        look_seconds: float = 1.0,
        tell: Tell = untold,
    ) -> None:
        """Open the world at `path`, laying out a new one where there is none.

        Migrating an older one is told of to `tell`.

        Raises:
            WorldError: see `Trouble`.
        """
        # One world has one lock and one folder of backups, whatever link leads to it.
        try:
            self.path = Path(os.path.realpath(path))
        except OSError as error:
            raise WorldError(
                Trouble.UNREACHABLE,
                f"The folder that this was started in is gone, so {path} is nowhere. Go to "
                "another, or name the file by its whole path.",
            ) from error
        self.busy_seconds = busy_seconds
        self.look_seconds = look_seconds
        self.begun: Callable[[Connection], None] = lambda _: None
        self.undone: Callable[[], None] = lambda: None
        self._writing = RLock()
        self._patience = local()
        self.created = prepare(self.path, busy_seconds, tell)
        self._lock = WriteLock(self.path)
        self.exposed = keep_private(self.path)
        self._closed = False
        # None stands for a connection that whoever is next opens.
        self._idle: LifoQueue[sqlite3.Connection | None] = LifoQueue(CONNECTIONS_KEPT)
        self._keep(None)
        with self.translated(), self._driver() as driver:
            schema.check_guards(driver, self.path)

    def _connect(self) -> sqlite3.Connection:
        driver = sqlite3.connect(
            self.path,
            timeout=self.busy_seconds,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=STATEMENTS_KEPT,
        )
        try:
            for pragma in _PRAGMAS:
                driver.execute(f"PRAGMA {pragma}")
        except BaseException:
            driver.close()
            raise
        return driver

    @contextmanager
    def _driver(self) -> Iterator[sqlite3.Connection]:
        """A connection for one transaction, which is undone if it is not committed."""
        driver: sqlite3.Connection | None = None
        try:
            with suppress(Empty):
                driver = self._idle.get(timeout=TURN_SECONDS)
            if driver is None:
                driver = self._connect()
            yield driver
            driver.rollback()
        except BaseException:
            if driver is not None:
                driver.close()
            driver = None
            raise
        finally:
            self._keep(driver)

    def _keep(self, driver: sqlite3.Connection | None) -> None:
        """Keep a connection for the next one, or let the next one open it."""
        try:
            if self._closed:
                raise Full
            self._idle.put_nowait(driver)
        except Full:
            if driver is not None:
                driver.close()

    @contextmanager
    def _reader(self) -> Iterator[sqlite3.Connection]:
        with self._driver() as driver:
            before = driver.total_changes
            driver.execute("BEGIN")
            yield driver
            if driver.total_changes != before:
                raise RuntimeError("a read wrote; it was undone")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent look: everything read inside is of the same moment."""
        with self.translated(), self._reader() as driver:
            yield Connection(driver)

    @contextmanager
    def select(self) -> Iterator["CoreConnection"]:
        """The same for SQLAlchemy's `select`, of which the audit and the export are made."""
        from sqlalchemy import create_engine
        from sqlalchemy.exc import DBAPIError
        from sqlalchemy.pool import StaticPool

        from inventui.db.tables.select import compiling_once

        with self.translated(), self._reader() as driver:
            engine = create_engine("sqlite://", creator=lambda: driver, poolclass=StaticPool)
            try:
                with engine.connect() as connection:
                    yield compiling_once(connection)
            except DBAPIError as error:
                raise error.orig or error from error

    @contextmanager
    def before_look(self) -> Iterator[None]:
        """What this thread writes inside waits for `look_seconds` at most."""
        self._patience.seconds = self.look_seconds
        try:
            yield
        finally:
            self._patience.seconds = self.busy_seconds

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One write transaction: committed if the block returns, undone if it raises.

        A caller that decides to change nothing calls `rollback()` on the connection.

        Raises:
            WorldError: another program kept the world, the disk is full, or the file broke.
        """
        seconds = getattr(self._patience, "seconds", self.busy_seconds)
        with (
            self._writing,
            world_lock(self.path, seconds, self._lock),
            self.translated(),
            self._driver() as driver,
        ):
            connection = Connection(driver)
            connection.begin()
            try:
                self.begun(connection)
                yield connection
                connection.commit()
            except BaseException:
                self.undone()
                connection.rollback()
                raise

    def listen(self) -> Listener:
        """Hear of every write from now on, where `LISTENS`."""
        raise NotImplementedError

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Turn the driver's errors about the machine into `WorldError`."""
        try:
            yield
        except (sqlite3.Error, UnicodeDecodeError, JSONDecodeError) as error:
            trouble = self._trouble(error)
            if trouble is None:
                raise
            raise trouble from error

    def _trouble(self, error: Exception) -> WorldError | None:
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return busy(self.path, self.busy_seconds)
        if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and is_full(self.path)):
            return WorldError(
                Trouble.FULL,
                f"The disk that holds {self.path} is full. Nothing was changed; make room and try "
                "again.",
            )
        if is_damage(error):
            return schema.damaged(self.path, str(error))
        if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
            return WorldError(
                Trouble.READ_ONLY,
                f"{self.path} can't be written ({error}). Nothing was changed; make the file and "
                "its folder writable, or name another place with --database.",
            )
        if code == sqlite3.SQLITE_IOERR:
            return WorldError(
                Trouble.UNREACHABLE,
                f"The disk failed while {self.path} was used ({error}). Nothing was changed; look "
                "after the disk and the room on it, then try again.",
            )
        return None

    def back_up(self, target: Path | None, now: int) -> Path:
        """Copy the world to a file that is not there yet, by default beside its other backups.

        Raises:
            WorldError: the copy can't be written.
        """
        from inventui.db.backup import copy, new_backup

        target = new_backup(self.path, now) if target is None else target
        copy(self.path, target)
        return target

    def close(self) -> None:
        """Let go of the file."""
        self._closed = True
        with suppress(Empty):
            while True:
                driver = self._idle.get_nowait()
                if driver is not None:
                    driver.close()
