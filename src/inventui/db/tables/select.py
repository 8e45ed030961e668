"""Selects whose rows the type checker knows, column by column.

SQLModel says of a column what it holds: `TransferRow.amount` is an `int`. `select` hands
these types on for any number of columns, and `value`, `maybe` and `scalar` put into words
what else a column may be. They return at run time what they are given.
"""

from typing import Any, TypeVar, TypeVarTuple, cast

from sqlalchemy import ColumnElement, Connection, Dialect
from sqlmodel.sql.expression import Select

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


def select(*columns: *Ts) -> Select[*Ts]:
    """A SELECT of columns of table classes."""
    return Select(*columns)  # type: ignore[arg-type]


def value(expression: ColumnElement[T]) -> T:
    """An expression as a column to select."""
    return cast(T, expression)


def maybe(column: T) -> T | None:
    """A column of a table that is outer-joined: None where there is no row."""
    return column


def scalar(statement: Select[T]) -> T | None:
    """A statement of one column and one row, as a column: None where there is no row."""
    return cast("T | None", statement.scalar_subquery())


_dialects: dict[str, Dialect] = {}
_compiled: dict[Any, Any] = {}


def compiling_once(connection: Connection) -> Connection:
    """A connection that takes statements as they were compiled for others of this process.

    Each look has an engine of its own, and an engine knows only what it has compiled itself.
    """
    connection.dialect = _dialects.setdefault(connection.dialect.name, connection.dialect)
    return connection.execution_options(compiled_cache=_compiled)
