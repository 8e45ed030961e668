"""Tables of the streets: neighbours, shifts, daily bonuses and robberies."""

from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from inventui.db.tables.types import STRICT, partial_index


class NeighbourRow(SQLModel, table=True):
    """A computer neighbour: a player that nobody plays."""

    __tablename__ = "neighbour"
    __table_args__: ClassVar[Any] = (STRICT,)

    id: int = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    position: int
    details: str
    """Who it is, what it likes, wears and holds, as JSON."""
    active: int = 1
    player_id: int | None = Field(default=None, foreign_key="player.id", unique=True)
    """The player that it became when it moved in."""


class ShiftRow(SQLModel, table=True):
    """A shift that was played, once a day and number."""

    __tablename__ = "shift"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("skill BETWEEN 0 AND 100", name="skill_range"),
        CheckConstraint("number > 0", name="number_range"),
        Index("shift_of_day", "player_id", "day", "number", unique=True),
        Index("shift_of_player", "player_id", "id"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    player_id: int = Field(foreign_key="player.id")
    day: int
    number: int
    """From 1 on each day."""
    at: int = Field(sa_type=BigInteger)
    skill: int
    pay: int
    """In oranges."""
    fed: int = 0
    """Whether a donut counted."""
    player_item_id: int | None = Field(default=None, foreign_key="player_item.id")
    """What the crate held, if there was one."""
    rest: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """Percent more that the home made it pay."""


class DailyBonusRow(SQLModel, table=True):
    """A daily bonus that was taken, once a day."""

    __tablename__ = "daily_bonus"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("streak > 0", name="streak_range"),
        Index("daily_bonus_of_day", "player_id", "day", unique=True),
        Index("daily_bonus_streak", "player_id", "streak"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    player_id: int = Field(foreign_key="player.id")
    day: int
    streak: int


class RobberyRow(SQLModel, table=True):
    """A robbery: a player's, decided by a roll, or a neighbour's, drawn for its period."""

    __tablename__ = "robbery"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("robber_id <> victim_id", name="two_players"),
        CheckConstraint("chance BETWEEN 0 AND 100", name="chance_range"),
        CheckConstraint("success IN (0, 1)", name="success_flag"),
        CheckConstraint("oranges >= 0", name="oranges_range"),
        CheckConstraint("(roll_id IS NULL) <> (period IS NULL)", name="one_chance"),
        Index("robbery_by", "robber_id", "victim_id", "id"),
        Index("robbery_of", "victim_id", "id"),
        partial_index("robbery_succeeded", "robber_id", "victim_id", "at", where="success = 1"),
        partial_index("robbery_foiled", "victim_id", where="success = 0"),
        partial_index("robbery_roll", "roll_id", where="roll_id IS NOT NULL", unique=True),
        partial_index(
            "robbery_of_period", "victim_id", "period", where="period IS NOT NULL", unique=True
        ),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    robber_id: int = Field(foreign_key="player.id")
    victim_id: int = Field(foreign_key="player.id")
    at: int = Field(sa_type=BigInteger)
    chance: int
    """In percent."""
    success: int
    oranges: int = Field(sa_type=BigInteger)
    """What was taken, or the fine."""
    stolen_id: int | None = Field(default=None, foreign_key="player_item.id")
    """The player item as its new owner has it."""
    roll_id: int | None = Field(default=None, foreign_key="roll.id")
    period: int | None = None
    """Whole periods of 6 h since 1970-01-01 UTC, of a neighbour's robbery."""
    halved: int | None = None
    """How often what a success takes was halved; unknown of a player's robbery before layout 13."""
