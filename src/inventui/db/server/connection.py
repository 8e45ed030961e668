"""Connections to a server, and the transactions in which statements are run."""

from collections.abc import Iterable, Mapping
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


class ServerConnection(Connection):
    """A transaction of a world on a server."""

    __slots__ = ("seconds",)

    driver: "psycopg.Connection[Any]"  # type: ignore[assignment]

    def __init__(self, driver: "psycopg.Connection[Any]", seconds: float = 0) -> None:
        """Run statements there; `seconds` is how long to wait for who writes."""
        self.driver = driver
        self.seconds = seconds

    def execute(
        self, statement: Statement[R], parameters: Mapping[str, object] | None = None
    ) -> Result[R]:
        """Run a statement."""
        text, names = _translated(statement.sql)
        cursor = psycopg.RawCursor(self.driver)
        given = parameters or {}
        cursor.execute(text, [given[name] for name in names])
        return Result(cursor, statement)

    def execute_many(
        self, statement: Statement[R], parameters: Iterable[Mapping[str, object]]
    ) -> None:
        """Run a statement that yields nothing once for each of these."""
        text, names = _translated(statement.sql)
        lists = [[given[name] for name in names] for given in parameters]
        psycopg.RawCursor(self.driver).executemany(text, lists)

    def begin(self) -> None:
        """Begin to write: nobody else can until the end."""
        if self.driver.info.transaction_status == TransactionStatus.INTRANS:
            raise AssertionError("a transaction within a transaction")
        self.driver.execute(
            f"BEGIN; SET LOCAL lock_timeout = {max(1, int(self.seconds * 1000))};"
            " SELECT 1 FROM inventui_world FOR UPDATE".encode()
        )

    def commit(self) -> None:
        """Keep what was written."""
        if self.driver.info.transaction_status == TransactionStatus.INERROR:
            raise AssertionError("a statement failed, and it was gone on from there")
        self.driver.execute("COMMIT")

    def rollback(self) -> None:
        """Change nothing."""
        if not self.driver.broken and not self.driver.closed:
            self.driver.execute("ROLLBACK")
