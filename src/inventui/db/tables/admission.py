"""How players come in from elsewhere: invitations, public keys, and who is locked out."""

from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from inventui.db.tables.types import STRICT, partial_index


class InvitationRow(SQLModel, table=True):
    """An invitation, whose code is known to who has it alone."""

    __tablename__ = "invitation"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("uses >= 1", name="uses_range"),
        CheckConstraint("made_at < until", name="invitation_span"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    hash: str = Field(unique=True)
    """Of the code, see `rules.people.invitations.code_hash`."""
    uses: int
    """How many players may come by it."""
    made_at: int = Field(sa_type=BigInteger)
    until: int = Field(sa_type=BigInteger)
    revoked_at: int | None = Field(default=None, sa_type=BigInteger)


class InvitationUseRow(SQLModel, table=True):
    """A player who came by an invitation, of the operation that made them."""

    __tablename__ = "invitation_use"
    __table_args__: ClassVar[Any] = (
        Index("invitation_use_number", "invitation_id", "number", unique=True),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    invitation_id: int = Field(foreign_key="invitation.id")
    number: int
    """From 1 on for each invitation."""
    player_id: int = Field(foreign_key="player.id", unique=True)


class PlayerKeyRow(SQLModel, table=True):
    """A public key by which a player signs in."""

    __tablename__ = "player_key"
    __table_args__: ClassVar[Any] = (
        partial_index(
            "player_key_live", "player_id", "fingerprint", where="removed_at IS NULL", unique=True
        ),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    player_id: int = Field(foreign_key="player.id")
    fingerprint: str
    key: str
    """Its kind and the key, as in a line of authorized keys."""
    note: str
    added_at: int = Field(sa_type=BigInteger)
    removed_at: int | None = Field(default=None, sa_type=BigInteger)


class PlayerLockRow(SQLModel, table=True):
    """Whether a player may not sign in from elsewhere."""

    __tablename__ = "player_lock"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("locked IN (0, 1)", name="locked_flag"),
        STRICT,
    )

    player_id: int = Field(primary_key=True, foreign_key="player.id")
    locked: int
    at: int = Field(sa_type=BigInteger)
    """Since when it is so."""
