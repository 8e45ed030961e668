"""A world on a PostgreSQL server: many readers, and one writer at a time.

A write locks the one row of the world's mark, so that numbers have no gaps and the operation
under way is the latest one. Whoever may only read can't lock it.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock, local
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import errors

from inventui.db.errors import Trouble, WorldError
from inventui.db.schema import SCHEMA_VERSION
from inventui.db.server import schema
from inventui.db.server.connection import ServerConnection, ServerListener, connect
from inventui.db.server.dump import dump
from inventui.db.server.fill import lay_out, name_of, of_others
from inventui.db.server.migrate import FIRST, migrate
from inventui.db.server.trouble import translated
from inventui.db.statements import Connection
from inventui.db.store import Store

if TYPE_CHECKING:
    from sqlalchemy import Connection as CoreConnection

    Driver = psycopg.Connection[Any]


READERS_KEPT = 4
"""Connections for reading that are kept open for the next one."""

_LOOK = b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class ServerStore(Store):
    """An open world on a server.

    Attributes:
        path: what the world is called; no file.
    """

    LISTENS = True

    def __init__(
        self,
        address: str,
        *,
        busy_seconds: float = 10.0,
        look_seconds: float = 1.0,
        make: bool = True,
    ) -> None:
        """Open the world at `address`; with `make`, lay out a new one where there is none.

        Raises:
            WorldError: see `Trouble`.
        """
        self.name = name_of(address)
        self.path = Path(self.name)
        self.busy_seconds = busy_seconds
        self.look_seconds = look_seconds
        self.begun = lambda _: None
        self.undone = lambda: None
        self.exposed = ()
        self._address = address
        self._writing = RLock()
        self._patience = local()
        self._free: list[Driver] = []
        self._closed = False
        with self.translated():
            self._server_writer = connect(address, busy_seconds)
            try:
                self.created = self._find_or_make(make)
                self._check()
            except BaseException:
                self._server_writer.close()
                raise

    def _ask(self, statement: str) -> list[tuple[Any, ...]]:
        return self._server_writer.execute(statement.encode()).fetchall()

    def _find_or_make(self, make: bool) -> bool:
        """Lay out a world if there is none; True if it was made."""
        ((tables, marked),) = self._ask(schema.TABLES)
        if marked:
            return False
        if tables:
            raise of_others(self.name)
        if not make:
            raise WorldError(
                Trouble.MISSING, f"There is no world in {self.name}. Name one that is there."
            )
        try:
            lay_out(self._server_writer, ())
        except (errors.UniqueViolation, errors.DuplicateTable):
            # Another program was quicker.
            return False
        return True

    def _check(self) -> None:
        ((layout,),) = self._ask("SELECT layout FROM inventui_world")
        if layout > SCHEMA_VERSION:
            raise WorldError(
                Trouble.NEWER,
                f"{self.name} was written by a newer inventui (layout {layout}; this one knows "
                f"{SCHEMA_VERSION}). It was left as it is; update inventui to open it.",
            )
        if layout < FIRST:
            raise WorldError(
                Trouble.FOREIGN,
                f"{self.name} has layout {layout}, which no world on a server had. It was left as "
                "it is.",
            )
        if layout < SCHEMA_VERSION:
            migrate(self._server_writer, self.name, self.busy_seconds)
        fault = next(schema.faults_of_triggers(self._ask), None)
        if fault is not None:
            raise WorldError(
                Trouble.ALTERED,
                f"{self.name} was changed outside the game: its {fault}, so its money and things "
                "can't be trusted. It was left as it is; bring back a dump of it.",
            )

    def _begun(self, driver: "Driver | None", begin: bytes) -> "Driver":
        """A connection in a transaction, a new one where the server has ended the old one."""
        if driver is not None:
            try:
                driver.execute(begin)
            except psycopg.OperationalError:
                driver.close()
            else:
                return driver
        driver = connect(self._address, self.busy_seconds)
        driver.execute(begin)
        return driver

    @contextmanager
    def _reading(self) -> Iterator["Driver"]:
        try:
            # Not asked first: another thread may take the last one in between.
            driver: Driver | None = self._free.pop()
        except IndexError:
            driver = None
        driver = self._begun(driver, _LOOK)
        try:
            yield driver
            driver.execute("ROLLBACK")
        except BaseException:
            driver.close()
            raise
        if len(self._free) < READERS_KEPT and not self._closed:
            self._free.append(driver)
        else:
            driver.close()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent look: everything read inside is of the same moment."""
        with self.translated(), self._reading() as driver:
            yield ServerConnection(driver)

    @contextmanager
    def select(self) -> Iterator["CoreConnection"]:
        """The same for SQLAlchemy's `select`, of which the audit and the export are made."""
        from sqlalchemy import create_engine
        from sqlalchemy.exc import DBAPIError
        from sqlalchemy.pool import StaticPool

        from inventui.db.tables.select import compiling_once

        with self.translated(), self._reading() as driver:
            engine = create_engine(
                "postgresql+psycopg://",
                creator=lambda: driver,
                poolclass=StaticPool,
                pool_reset_on_return=None,
            )
            try:
                with engine.connect() as connection:
                    # SQLAlchemy asks the server who it is, and then ends the transaction.
                    driver.execute(_LOOK)
                    yield compiling_once(connection)
            except DBAPIError as error:
                raise error.orig or error from error

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One write transaction: committed if the block returns, undone if it raises.

        A caller that decides to change nothing calls `rollback()` on the connection. Where the
        connection dies while it commits, nobody knows whether it did; who asks again with the
        same key finds out.

        Raises:
            WorldError: another program kept the world, or the server can't be reached.
        """
        seconds = getattr(self._patience, "seconds", self.busy_seconds)
        with self._writing, self.translated():
            connection = self._turn(seconds)
            try:
                yield connection
                connection.commit()
            except BaseException:
                self._undo(connection)
                raise

    def _turn(self, seconds: float) -> ServerConnection:
        """A write that has begun, by a new connection where the server has ended the old one."""
        try:
            return self._begin(seconds)
        except psycopg.OperationalError:
            if self._closed or not self._server_writer.closed:
                raise
        self._server_writer = connect(self._address, self.busy_seconds)
        return self._begin(seconds)

    def _begin(self, seconds: float) -> ServerConnection:
        connection = ServerConnection(self._server_writer, seconds)
        try:
            connection.begin()
            self.begun(connection)
        except BaseException:
            self._undo(connection)
            raise
        return connection

    def _undo(self, connection: ServerConnection) -> None:
        self.undone()
        with suppress(psycopg.OperationalError):
            connection.rollback()

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Turn the driver's errors about the server into `WorldError`."""
        with translated(self.name, self.busy_seconds):
            yield

    def listen(self) -> ServerListener:
        """Hear of every write from now on, by a connection of its own.

        Raises:
            WorldError: the server can't be reached.
        """
        with self.translated():
            return ServerListener(connect(self._address, self.busy_seconds))

    def back_up(self, target: Path | None, now: int) -> Path:
        """Dump the world to a file that is not there yet.

        Raises:
            WorldError: no file is named, or the dump can't be made.
        """
        del now
        if target is None:
            raise WorldError(
                Trouble.UNREACHABLE,
                f"{self.name} lies in no folder where its backups would be. Name a file: "
                "inventui backup FILE.",
            )
        dump(self._address, self.name, target)
        return target

    def close(self) -> None:
        """Let go of the server."""
        self._closed = True
        while self._free:
            self._free.pop().close()
        self._server_writer.close()
