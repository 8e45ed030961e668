"""What concerns people: what they are told, and what they have achieved."""

from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from inventui.db.tables.types import STRICT, one_of
from inventui.rules.notifications import Tone


class Notification(SQLModel, table=True):
    """Something that a player is told."""

    __tablename__ = "notification"
    __table_args__: ClassVar[Any] = (
        one_of("tone", Tone),
        CheckConstraint("seen IN (0, 1)", name="seen_flag"),
        Index("notification_of_player", "player_id", "id"),
        Index(
            "notification_unseen",
            "player_id",
            sqlite_where=text("seen = 0"),
            postgresql_where=text("seen = 0"),
        ),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    player_id: int = Field(foreign_key="player.id")
    at: int = Field(sa_type=BigInteger)
    kind: str
    """What happened, e.g. `robbed`."""
    tone: str
    message: str
    place: str = ""
    """The room where there is more, if any."""
    player_item_id: int | None = Field(default=None, foreign_key="player_item.id")
    """The thing that it is about, if any."""
    seen: int = 0


class AchievementRow(SQLModel, table=True):
    """A goal and its rewards."""

    __tablename__ = "achievement"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("threshold > 0", name="threshold_range"),
        CheckConstraint("oranges >= 0 AND gems >= 0 AND experience >= 0", name="reward_range"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
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


class Achieved(SQLModel, table=True):
    """A goal that a player has reached, once."""

    __tablename__ = "achieved"
    __table_args__: ClassVar[Any] = (
        Index("achieved_once", "player_id", "achievement_id", unique=True),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    player_id: int = Field(foreign_key="player.id")
    achievement_id: int = Field(foreign_key="achievement.id")
    at: int = Field(sa_type=BigInteger)
