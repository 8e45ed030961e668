"""What players were told."""

from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from inventui.db.tables.types import STRICT, one_of, partial_index
from inventui.rules.core.enums import Tone


class NotificationRow(SQLModel, table=True):
    """A notification of a player."""

    __tablename__ = "notification"
    __table_args__: ClassVar[Any] = (
        one_of("tone", Tone),
        CheckConstraint("seen IN (0, 1)", name="seen_flag"),
        Index("notification_of_player", "player_id", "id"),
        partial_index("notification_unseen", "player_id", where="seen = 0"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
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
    """The player item that it is about, if any."""
    seen: int = 0
    shown: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """Whether a toast said so to its player; only of gifts this is kept."""
