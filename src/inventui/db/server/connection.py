"""Connections to a server, and the transactions in which statements are run."""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from functools import cache
from typing import Any, TypeVar

import psycopg
from psycopg import sql
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.pq import TransactionStatus
from psycopg.types.numeric import Int8Dumper

from inventui.db.dialects.postgresql import translate
from inventui.db.statements import Connection, Result, Statement

R = TypeVar("R")

STATEMENTS_KEPT = 512
"""Statements that a connection keeps prepared: more than there are."""

SETTINGS = (
    # A server may be told to answer before a commit is safe.
    "SET synchronous_commit = on; SET jit = off; SET client_min_messages = error;"
    " SET standard_conforming_strings = on"
)


NEWS = b"NOTIFY inventui"
"""What tells those who listen that something was written."""

_READS = (b"SELECT", b"WITH")


class _FlagDumper(Int8Dumper):
    """A truth goes to the server as 1 or 0, which is what its columns hold."""

    def dump(self, obj: Any) -> Buffer:
        return b"1" if obj else b"0"


class _FlagLoader(Loader):
    def load(self, data: Buffer) -> int:
        return int(bytes(data) == b"t")


class _NumberLoader(Loader):
    """A sum of whole numbers comes as a number of any length."""

    def load(self, data: Buffer) -> int | float:
        digits = bytes(data)
        return float(digits) if b"." in digits else int(digits)


def connect(address: str, seconds: float) -> "psycopg.Connection[Any]":
    """A connection to the database at an address, whose schema is the first of its path.

    Raises:
        psycopg.Error: it can't be reached.
    """
    driver = psycopg.connect(
        address,
        autocommit=True,
        connect_timeout=max(2, int(seconds)),
        application_name="inventui",
        client_encoding="utf-8",
    )
    try:
        driver.prepared_max = STATEMENTS_KEPT
        driver.adapters.register_dumper(int, Int8Dumper)
        driver.adapters.register_dumper(bool, _FlagDumper)
        driver.adapters.register_loader("bool", _FlagLoader)
        driver.adapters.register_loader("numeric", _NumberLoader)
        found = driver.execute("SELECT current_schema()").fetchone()
        if found is None or found[0] is None:
            raise psycopg.errors.InvalidSchemaName("it has no schema of its own for the world")
        # A table of somebody's session must not stand in for one of the world's.
        path = sql.SQL("SET search_path = {}, pg_temp;").format(sql.Identifier(found[0]))
        driver.execute(path + sql.SQL(SETTINGS))
    except BaseException:
        driver.close()
        raise
    return driver


@cache
def _translated(text: str) -> tuple[bytes, tuple[str, ...]]:
    translated, names = translate(text)
    return translated.encode(), names


class ServerResult(Result[R]):
    """What a statement yields once its answer is here: asking for it fetches it."""

    __slots__ = ("_connection",)

    _cursor: "psycopg.RawCursor[Any]"

    def __init__(
        self,
        cursor: "psycopg.RawCursor[Any]",
        statement: Statement[R],
        connection: "ServerConnection",
    ) -> None:
        super().__init__(cursor, statement)
        self._connection = connection

    @property
    def rowcount(self) -> int:
        """How many rows were written."""
        if self._cursor.pgresult is None:
            self._connection.fetch()
        return self._cursor.rowcount

    def expect(self, rows: int, otherwise: str) -> None:
        """Fail if another number of rows was written, once that is known."""
        if self._cursor.pgresult is None:
            self._connection.expected.append((self._cursor, rows, otherwise))
        else:
            super().expect(rows, otherwise)


class ServerConnection(Connection):
    """A transaction of a world on a server.

    While it writes, statements are sent without waiting for their answers: what is asked for
    is waited for, and with it comes all that was sent before.

    Attributes:
        seconds: how long to wait for who writes.
        expected: how many rows cursors whose answers are due should have written, or else what.
    """

    __slots__ = ("_ahead", "_open", "_pipeline", "_wrote", "expected", "seconds")

    driver: "psycopg.Connection[Any]"  # type: ignore[assignment]

    def __init__(self, driver: "psycopg.Connection[Any]", seconds: float = 0) -> None:
        """Run statements there; `seconds` is how long to wait for who writes."""
        self.driver = driver
        self.seconds = seconds
        self.expected: list[tuple[psycopg.RawCursor[Any], int, str]] = []
        self._ahead: dict[tuple[object, ...], psycopg.RawCursor[Any]] = {}
        self._pipeline: psycopg.Pipeline | None = None
        self._wrote = False

    def execute(
        self, statement: Statement[R], parameters: Mapping[str, object] | None = None
    ) -> Result[R]:
        """Run a statement."""
        text, names = _translated(statement.sql)
        given = parameters or {}
        values = [given[name] for name in names]
        cursor = self._ahead.pop((text, *values), None) if self._ahead else None
        if cursor is None:
            if not text.startswith(_READS):
                self._writes()
            cursor = self._send(text, values)
        return ServerResult(cursor, statement, self)

    def execute_many(
        self, statement: Statement[R], parameters: Iterable[Mapping[str, object]]
    ) -> None:
        """Run a statement that yields nothing once for each of these."""
        text, names = _translated(statement.sql)
        self._writes()
        lists = [[given[name] for name in names] for given in parameters]
        psycopg.RawCursor(self.driver).executemany(text, lists)

    def ahead(
        self, statement: Statement[R], parameters: Mapping[str, object] | None = None
    ) -> None:
        """Send a statement that will be asked for, unless something is written before."""
        text, names = _translated(statement.sql)
        values = [(parameters or {})[name] for name in names]
        self._ahead[(text, *values)] = self._send(text, values)

    def _send(self, text: bytes, values: list[object] | None = None) -> "psycopg.RawCursor[Any]":
        return psycopg.RawCursor(self.driver).execute(text, values)

    def _writes(self) -> None:
        self._wrote = True
        # What was asked before is not true any more.
        self._ahead.clear()

    def begin(self) -> None:
        """Begin to write: nobody else can until the end."""
        if self.driver.info.transaction_status == TransactionStatus.INTRANS:
            raise AssertionError("a transaction within a transaction")
        self._open = ExitStack()
        self._pipeline = self._open.enter_context(self.driver.pipeline())
        self._send(b"BEGIN")
        self._send(f"SET LOCAL lock_timeout = {max(1, int(self.seconds * 1000))}".encode())
        self._send(b"SELECT 1 FROM inventui_world FOR UPDATE")

    def fetch(self) -> None:
        """Wait for the answers to all that was sent."""
        if self._pipeline is not None:
            self._pipeline.sync()

    def commit(self) -> None:
        """Keep what was written, and let those hear of it who listen."""
        if self._pipeline is None:
            return
        if any(cursor.pgresult is None for cursor, _, _ in self.expected):
            self.fetch()
        for cursor, rows, otherwise in self.expected:
            if cursor.rowcount != rows:
                raise AssertionError(otherwise)
        ended = self._send(b"COMMIT")
        self.fetch()
        if ended.statusmessage != "COMMIT":
            raise AssertionError("a statement failed, and it was gone on from there")
        # By itself: whoever may sign in can fill the queue, after which NOTIFY fails.
        if self._wrote:
            self._send(NEWS)
        self._leave()

    def rollback(self) -> None:
        """Change nothing."""
        self.expected.clear()
        self._ahead.clear()
        with suppress(psycopg.Error):
            self.fetch()
        self._leave()
        if not self.driver.broken and not self.driver.closed:
            self.driver.execute("ROLLBACK")

    def _leave(self) -> None:
        """Send nothing ahead any more, whatever became of what was sent."""
        pipeline, self._pipeline = self._pipeline, None
        if pipeline is None:
            return
        try:
            self._open.close()
        except psycopg.Error:
            self.driver.close()


class ServerListener:
    """Hears of every write of a world on a server."""

    def __init__(self, driver: "psycopg.Connection[Any]") -> None:
        """Listen by a connection that does nothing else."""
        self._driver = driver
        self._number = driver.fileno()
        driver.execute("LISTEN inventui")

    def fileno(self) -> int:
        """What can be read once there is news."""
        return self._number

    def heard(self) -> bool:
        """Take note of the news; False if the connection is lost."""
        try:
            for _ in self._driver.notifies(timeout=0):
                pass
        except psycopg.Error:
            return False
        return not self._driver.closed

    def close(self) -> None:
        """Hear of nothing more."""
        self._driver.close()
