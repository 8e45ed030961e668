"""Tables of property: income of businesses, upkeep of homes, and until when time is settled."""

from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from inventui.db.tables.types import STRICT, one_of
from inventui.rules.property import UpkeepState


class SettlementRow(SQLModel, table=True):
    """A span of a player's time that is caught up with; for a neighbour, what it is paid for.

    Spans follow each other, but for those after the clock was set back.
    """

    __tablename__ = "settlement"
    __table_args__: ClassVar[Any] = (
        Index("settlement_of_player", "player_id", "id"),
        Index("settlement_until", "player_id", "until"),
        CheckConstraint("since <= until", name="settlement_span"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    player_id: int = Field(foreign_key="player.id")
    since: int = Field(sa_type=BigInteger)
    until: int = Field(sa_type=BigInteger)


class IncomeRow(SQLModel, table=True):
    """What a business brought in one period of 3 h, once a player and period."""

    __tablename__ = "income"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("revenue >= 0 AND cost >= 0", name="income_range"),
        Index("income_of_period", "player_id", "period", unique=True),
        Index("income_of_business", "player_item_id", "period"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    player_id: int = Field(foreign_key="player.id")
    period: int
    """Whole periods of 3 h since 1970-01-01 UTC."""
    player_item_id: int = Field(foreign_key="player_item.id")
    revenue: int
    cost: int
    reduced: int = 0
    """Whether arrears of upkeep had lowered the revenue."""


class UpkeepRow(SQLModel, table=True):
    """What a home costs for one day, once a player and day."""

    __tablename__ = "upkeep"
    __table_args__: ClassVar[Any] = (
        one_of("state", UpkeepState),
        CheckConstraint("due > 0", name="due_range"),
        CheckConstraint("(state = 'due') = (ended_by IS NULL)", name="ended_by_an_operation"),
        Index("upkeep_of_day", "player_id", "day", unique=True),
        Index("upkeep_state", "player_id", "state", "day"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    player_id: int = Field(foreign_key="player.id")
    day: int
    """Whole days since 1970-01-01 UTC at whose beginning it is due."""
    player_item_id: int = Field(foreign_key="player_item.id")
    due: int
    """In oranges."""
    state: str
    ended_by: int | None = Field(default=None, foreign_key="operation.id")
    """The operation that paid it or evicted."""
