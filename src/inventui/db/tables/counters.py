"""Counts that follow from the journals, so that no sum is taken over a whole life again."""

from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field, SQLModel

from inventui.db.tables.types import STRICT, one_of, partial_index
from inventui.rules.core.counters import Counted


class CounterRow(SQLModel, table=True):
    """How much there was of something in a player's life; triggers count it."""

    __tablename__ = "counter"
    __table_args__: ClassVar[Any] = (
        one_of("what", Counted),
        CheckConstraint("number >= 0", name="count_range"),
        STRICT,
    )

    player_id: int = Field(primary_key=True, foreign_key="player.id")
    what: str = Field(primary_key=True)
    entry: int = Field(default=0, primary_key=True, sa_type=BigInteger)
    """Of `won`: which entry of which odds table, see `entry_key` in `rules/core/counters.py`; of
    `revenue` and `costs`: which player item; of a status: which item; else 0."""
    number: int = Field(default=0, sa_type=BigInteger)
    last_id: int = 0
    """The last line that was counted, of the journal that `what` is counted from."""


class BroughtRow(SQLModel, table=True):
    """Whether an operation that may bring money, player items or neither brought a player any."""

    __tablename__ = "brought"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("money IN (0, 1) AND items IN (0, 1)", name="flags"),
        partial_index("brought_money", "player_id", "kind", "operation_id", where="money = 1"),
        partial_index("brought_items", "player_id", "kind", "operation_id", where="items = 1"),
        STRICT,
    )

    player_id: int = Field(primary_key=True, foreign_key="player.id")
    operation_id: int = Field(primary_key=True, foreign_key="operation.id")
    kind: str
    """Of the operation."""
    money: int = 0
    items: int = 0
