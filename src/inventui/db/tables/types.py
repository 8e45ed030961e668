"""What a STRICT table of SQLite calls the types that SQLModel uses.

SQLAlchemy compiles strings to VARCHAR, which STRICT refuses; whole numbers and text are
all that this database holds.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, String
from sqlalchemy.ext.compiler import compiles
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


def one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    """A CHECK that a column holds a word of an enum, or nothing."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_word")
