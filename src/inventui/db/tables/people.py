"""Friendships and gifts."""

from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from inventui.db.tables.types import STRICT, one_of, partial_index
from inventui.rules.people.friends import FriendEvent


class FriendshipRow(SQLModel, table=True):
    """An event between two players: request, accept, decline or remove."""

    __tablename__ = "friendship"
    __table_args__: ClassVar[Any] = (
        one_of("event", FriendEvent),
        CheckConstraint("low_id < high_id", name="two_players"),
        CheckConstraint("by_id IN (low_id, high_id)", name="one_of_them"),
        Index("friendship_number", "low_id", "high_id", "number", unique=True),
        Index("friendship_low", "low_id", "id"),
        Index("friendship_high", "high_id", "id"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    low_id: int = Field(foreign_key="player.id")
    high_id: int = Field(foreign_key="player.id")
    number: int
    """From 1 on between these two."""
    by_id: int = Field(foreign_key="player.id")
    event: str
    at: int = Field(sa_type=BigInteger)


class GiftRow(SQLModel, table=True):
    """A gift from one friend to another: a player item, oranges or gems."""

    __tablename__ = "gift"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("giver_id <> receiver_id", name="two_players"),
        CheckConstraint("(given_id IS NOT NULL) + (oranges > 0) + (gems > 0) = 1", name="one_kind"),
        CheckConstraint("(given_id IS NULL) = (received_id IS NULL)", name="both_rows"),
        Index("gift_from", "giver_id", "id"),
        Index("gift_to", "receiver_id", "id"),
        partial_index("gift_items_to", "receiver_id", "id", where="given_id IS NOT NULL"),
        partial_index("gift_money_to", "receiver_id", "id", where="given_id IS NULL"),
        partial_index("gift_given", "given_id", where="given_id IS NOT NULL"),
        partial_index("gift_received", "received_id", where="received_id IS NOT NULL", unique=True),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    giver_id: int = Field(foreign_key="player.id")
    receiver_id: int = Field(foreign_key="player.id")
    at: int = Field(sa_type=BigInteger)
    given_id: int | None = Field(default=None, foreign_key="player_item.id")
    """The giver's row, which ended."""
    received_id: int | None = Field(default=None, foreign_key="player_item.id")
    """The friend's row, which began."""
    oranges: int = Field(default=0, sa_type=BigInteger)
    gems: int = Field(default=0, sa_type=BigInteger)
    message: str = ""
