"""Tables of people: friendships, gifts, withdrawals, notifications, achievements, passphrases."""

from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from inventui.db.tables.types import STRICT, one_of, partial_index
from inventui.rules.notifications import Tone
from inventui.rules.people.people import FriendEvent
from inventui.rules.withdrawals.withdrawals import WithdrawalState


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
        partial_index("gift_given", "given_id", where="given_id IS NOT NULL", unique=True),
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


class WithdrawalRow(SQLModel, table=True):
    """A player item that left the world, and the certificate for it."""

    __tablename__ = "withdrawal"
    __table_args__: ClassVar[Any] = (
        one_of("state", WithdrawalState),
        CheckConstraint("(state = 'pending') = (delivered_by IS NULL)", name="delivered_once"),
        Index("withdrawal_thing", "player_item_id", unique=True),
        Index("withdrawal_of_player", "player_id", "id"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    player_id: int = Field(foreign_key="player.id")
    player_item_id: int = Field(foreign_key="player_item.id")
    at: int = Field(sa_type=BigInteger)
    details: str = ""
    state: str
    path: str = ""
    """Where the certificate was written."""
    delivered_by: int | None = Field(default=None, foreign_key="operation.id")


class PassphraseRow(SQLModel, table=True):
    """A player's passphrase as an argon2 hash, and how often a wrong one was given."""

    __tablename__ = "passphrase"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("failures >= 0", name="failures_range"),
        STRICT,
    )

    player_id: int = Field(primary_key=True, foreign_key="player.id")
    hash: str = ""
    """Empty where none is asked for any more."""
    failures: int = 0
    """Wrong ones in a row."""
    failed_at: int = Field(default=0, sa_type=BigInteger)
    """When the last wrong one was said."""
