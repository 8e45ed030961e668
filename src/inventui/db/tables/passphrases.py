"""What players ask for before they are played."""

from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field, SQLModel

from inventui.db.tables.types import STRICT


class PassphraseRow(SQLModel, table=True):
    """A player's passphrase as an argon2 hash, and how often a wrong one was given."""

    __tablename__ = "passphrase"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("failures >= 0", name="failures_range"),
        STRICT,
    )

    player_id: int = Field(primary_key=True, foreign_key="player.id")
    hash: str
    """`NONE_ASKED` where none is asked for any more."""
    failures: int = 0
    """Wrong ones in a row."""
    failed_at: int = Field(default=0, sa_type=BigInteger)
    """At which uptime of the machine the last wrong one was said, in milliseconds."""
