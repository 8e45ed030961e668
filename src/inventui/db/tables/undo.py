"""What was taken back."""

from typing import Any, ClassVar

from sqlmodel import Field, SQLModel

from inventui.db.tables.types import STRICT


class UndoRow(SQLModel, table=True):
    """An operation that takes an earlier one of the same player back."""

    __tablename__ = "undo"
    __table_args__: ClassVar[Any] = (STRICT,)

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id", unique=True)
    undone_id: int = Field(foreign_key="operation.id", unique=True)
    """The operation that is taken back."""
