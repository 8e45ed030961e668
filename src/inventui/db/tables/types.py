"""What tables are made of: types, CHECKs, indexes.

Whole numbers of 64 bits and text are all that a world holds. SQLAlchemy compiles strings to
VARCHAR, which a STRICT table of SQLite refuses. PostgreSQL would count up numbers by itself, with
gaps, and compare texts as its server's country does.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, String, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateColumn, CreateIndex
from sqlmodel.sql.sqltypes import AutoString

STRICT: Mapping[str, Any] = {"sqlite_strict": True}
"""The table argument that makes SQLite check types."""


@compiles(AutoString, "sqlite")
@compiles(String, "sqlite")
def _text(_type: object, _compiler: object, **_: object) -> str:
    return "TEXT"


@compiles(BigInteger, "sqlite")
def _integer(_type: object, _compiler: object, **_: object) -> str:
    return "INTEGER"


@compiles(AutoString, "postgresql")
@compiles(String, "postgresql")
def _bytewise(_type: object, _compiler: object, **_: object) -> str:
    return 'TEXT COLLATE "C"'


@compiles(Integer, "postgresql")
def _large(_type: object, _compiler: object, **_: object) -> str:
    return "BIGINT"


@compiles(CreateColumn, "postgresql")
def _column(element: CreateColumn, compiler: Any, **options: Any) -> str:
    created: str = compiler.visit_create_column(element, **options)
    return created.replace("BIGSERIAL", "BIGINT").replace("SERIAL", "BIGINT")


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of the rows that fulfil a condition alone."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where))


# Index takes `postgresql_where` too, but imports PostgreSQL's dialect to look at it.
@compiles(CreateIndex, "postgresql")
def _partial(element: CreateIndex, compiler: Any, **options: Any) -> str:
    index = element.element
    index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]
    created: str = compiler.visit_create_index(element, **options)
    return created


def one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    """A CHECK that a column holds a word of an enum, or nothing."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_word")
