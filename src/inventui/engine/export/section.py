"""What the sections of an export are said with."""

from typing import TypeVar, cast

from sqlalchemy import (
    ColumnElement,
    Executable,
    Integer,
    Label,
    Select,
    bindparam,
    inspect,
    type_coerce,
)
from sqlmodel import SQLModel

from inventui.db.tables.select import value

T = TypeVar("T")

ME = value(bindparam("me", type_=Integer))
"""Number of the player whose export it is."""


def label(column: T, name: str) -> Label[T]:
    """A column under another name."""
    return cast("ColumnElement[T]", column).label(name)


def flag(condition: bool, name: str) -> Label[int]:
    """Whether a condition holds, as 0 or 1."""
    return type_coerce(condition, Integer).label(name)


def own(table: type[SQLModel]) -> Executable:
    """The player's rows of a table, with every column but whose they are."""
    columns = inspect(table).local_table.columns
    listed = [column for column in columns if column.name != "player_id"]
    return Select(*listed).where(columns["player_id"] == ME).order_by(columns["id"])
