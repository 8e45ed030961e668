"""Statements: a text of SQL and the row that it yields, built once and sent straight to the driver.

A statement is a value at the head of the module that uses it:

    class PairRow(NamedTuple):
        id: int
        nonce: int

    _PAIR = Statement("SELECT id, nonce FROM seed_pair WHERE player_id = :player", PairRow)
    row = connection.execute(_PAIR, {"player": 1}).one()

so the type checker knows every column of every row. The text is SQLite's; parts that follow
from the rules stand in braces and are filled in when the statement is built. Sending text to
the driver costs 3 µs a statement, a Core expression built once 26, one built inline 198: an
opening is 14 statements (docs/decisions/statements.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast, overload

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    class Cursor(Protocol):
        """What a statement's result is read from, whatever the driver."""

        @property
        def rowcount(self) -> int:
            """How many rows were written."""

        def fetchone(self) -> Any:
            """The next row, or None."""

        def __iter__(self) -> Iterator[Any]: ...


R = TypeVar("R")
T = TypeVar("T")

EVERY: list[Statement[object]] = []
"""Every statement that was built, so that a test can prepare each."""


class Statement(Generic[R]):
    """A text of SQL and the row that it yields.

    Attributes:
        sql: the text, with parameters as `:name`.
        row: the row's NamedTuple; `int`, `str` … where there is one column; None where the
            statement yields no rows.
        nullable: whether the one column may be NULL.
    """

    @overload
    def __init__(self: Statement[None], sql: str, **parts: object) -> None: ...
    @overload
    def __init__(self, sql: str, row: type[R], **parts: object) -> None: ...
    def __init__(self: Statement[Any], sql: str, row: Any = None, **parts: object) -> None:
        """Build it once, at the head of a module.

        Args:
            sql: the text; `{name}` stands for a part.
            row: what it yields.
            parts: what the rules say, e.g. a list of words: never what a player wrote.
        """
        self.sql = sql.format(**parts) if parts else sql
        self.row = row
        self.nullable = False
        self.make = getattr(row, "_make", None)
        EVERY.append(cast("Statement[object]", self))

    @classmethod
    def maybe(cls, sql: str, row: type[T], **parts: object) -> Statement[T | None]:
        """A statement of one column that may be NULL."""
        made = cast("Statement[T | None]", Statement(sql, row, **parts))
        made.nullable = True
        return made


_kept: dict[tuple[str, object], Statement[object]] = {}


def statement(sql: str, row: type[R]) -> Statement[R]:
    """A statement that is put together as it is needed, the same few again and again."""
    found = _kept.get((sql, row))
    if found is None:
        found = _kept[sql, row] = cast("Statement[object]", Statement(sql, row))
    return cast("Statement[R]", found)


class Result(Generic[R]):
    """What a statement yielded."""

    __slots__ = ("_cursor", "_make")

    def __init__(self, cursor: Cursor, statement: Statement[R]) -> None:
        self._cursor = cursor
        self._make = statement.make

    @property
    def rowcount(self) -> int:
        """How many rows were written."""
        return self._cursor.rowcount

    def expect(self, rows: int, otherwise: str) -> None:
        """Fail if another number of rows was written, at the latest when it is committed.

        Raises:
            AssertionError: it was.
        """
        if self.rowcount != rows:
            raise AssertionError(otherwise)

    def __iter__(self) -> Iterator[R]:
        make = self._make
        if make is None:
            return (row[0] for row in self._cursor)
        return map(make, self._cursor)

    def all(self) -> list[R]:
        """Every row."""
        return list(self)

    def first(self) -> R | None:
        """The first row, or None."""
        row = self._cursor.fetchone()
        if row is None:
            return None
        return cast(R, row[0] if self._make is None else self._make(row))

    def one(self) -> R:
        """The only row.

        Raises:
            AssertionError: there is none, or more than one.
        """
        row = self._cursor.fetchone()
        if row is None or self._cursor.fetchone() is not None:
            raise AssertionError("not exactly one row")
        return cast(R, row[0] if self._make is None else self._make(row))


class Connection:
    """A transaction of a world's file, in which statements are run.

    Attributes:
        driver: the driver's own connection.
    """

    __slots__ = ("driver",)

    def __init__(self, driver: sqlite3.Connection) -> None:
        self.driver = driver

    def execute(
        self, statement: Statement[R], parameters: Mapping[str, object] | None = None
    ) -> Result[R]:
        """Run a statement."""
        return Result(self.driver.execute(statement.sql, parameters or {}), statement)

    def execute_many(
        self, statement: Statement[R], parameters: Iterable[Mapping[str, object]]
    ) -> None:
        """Run a statement that yields nothing once for each of these."""
        self.driver.executemany(statement.sql, parameters)

    def ahead(
        self, statement: Statement[R], parameters: Mapping[str, object] | None = None
    ) -> None:
        """Say that a statement will be asked for, unless something is written before.

        Where a question costs a way there and back, it goes along with the next one.
        """

    def begin(self) -> None:
        """Begin to write: nobody else can until the end."""
        self.driver.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Keep what was written."""
        self.driver.commit()

    def rollback(self) -> None:
        """Change nothing."""
        self.driver.rollback()
