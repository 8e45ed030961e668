"""What left the world."""

from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from inventui.db.tables.types import STRICT, one_of, partial_index
from inventui.rules.withdrawals.withdrawals import WithdrawalState


class WithdrawalRow(SQLModel, table=True):
    """A player item that left the world, and the certificate for it."""

    __tablename__ = "withdrawal"
    __table_args__: ClassVar[Any] = (
        one_of("state", WithdrawalState),
        CheckConstraint("(state = 'pending') = (delivered_by IS NULL)", name="delivered_once"),
        Index("withdrawal_thing", "player_item_id", unique=True),
        Index("withdrawal_of_player", "player_id", "id"),
        partial_index("withdrawal_pending", "player_id", "id", where="state = 'pending'"),
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
