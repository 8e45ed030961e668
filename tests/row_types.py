"""Every row that a test reads is compared with what its statement says of it."""

from collections.abc import Iterator
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints

from inventui.db.statements import Result, Statement


@cache
def _types(row: Any, nullable: bool) -> tuple[tuple[type, ...], ...]:
    hints = get_type_hints(row) if hasattr(row, "_fields") else {"": row}
    return tuple(
        (get_args(hint) if isinstance(hint, UnionType) else (hint,))
        + ((NoneType,) if nullable else ())
        for hint in hints.values()
    )


class CheckedCursor:
    """A cursor whose rows must be what a statement says."""

    def __init__(self, cursor: Any, statement: Statement[Any]) -> None:
        self._cursor, self._statement = cursor, statement
        self._types = _types(statement.row, statement.nullable)

    @property
    def rowcount(self) -> int:
        return int(self._cursor.rowcount)

    def _checked(self, row: tuple[object, ...]) -> tuple[object, ...]:
        fits = len(row) == len(self._types) and all(map(isinstance, row, self._types))
        assert fits, f"{row} is no {self._statement.row}: {self._statement.sql}"
        return row

    def fetchone(self) -> tuple[object, ...] | None:
        row = self._cursor.fetchone()
        return None if row is None else self._checked(row)

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        return map(self._checked, self._cursor)


def check_every_row() -> None:
    """From now on, in this process."""
    begin = Result.__init__

    def checked(result: Result[Any], cursor: Any, statement: Statement[Any]) -> None:
        if statement.row is not None:
            cursor = CheckedCursor(cursor, statement)
        begin(result, cursor, statement)

    Result.__init__ = checked  # type: ignore[method-assign]
