"""Achievements, and who reached them."""

from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from inventui.db.tables.types import STRICT


class AchievementRow(SQLModel, table=True):
    """An achievement and its rewards."""

    __tablename__ = "achievement"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("threshold > 0", name="threshold_range"),
        CheckConstraint("oranges >= 0 AND gems >= 0 AND experience >= 0", name="reward_range"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    position: int
    name: str
    description: str = ""
    emoji: str = ""
    condition: str
    threshold: int = Field(sa_type=BigInteger)
    oranges: int = Field(default=0, sa_type=BigInteger)
    gems: int = Field(default=0, sa_type=BigInteger)
    experience: int = Field(default=0, sa_type=BigInteger)
    item_id: int | None = Field(default=None, foreign_key="item.id")
    active: int = 1
    quest: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """1 for a quest of the first evening, which Home shows."""


class AchievedRow(SQLModel, table=True):
    """An achievement that a player has reached, once."""

    __tablename__ = "achieved"
    __table_args__: ClassVar[Any] = (
        Index("achieved_once", "player_id", "achievement_id", unique=True),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    player_id: int = Field(foreign_key="player.id")
    achievement_id: int = Field(foreign_key="achievement.id")
    at: int = Field(sa_type=BigInteger)
