"""Trades, and what is held for them."""

from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from inventui.db.tables.types import STRICT, one_of, partial_index
from inventui.rules.trades.trades import Side, TradeState

_OPEN = "state = 'open'"
_SOLD = "state = 'sold'"
_ENDED = "ended_by IS NOT NULL"


class TradeRow(SQLModel, table=True):
    """A trade that one player offered another, and how it ended."""

    __tablename__ = "trade"
    __table_args__: ClassVar[Any] = (
        one_of("state", TradeState),
        CheckConstraint("proposer_id <> partner_id", name="two_players"),
        CheckConstraint("proposer_oranges >= 0 AND partner_oranges >= 0", name="sum_range"),
        CheckConstraint("(state = 'open') = (ended_by IS NULL)", name="ended_once"),
        Index("trade_of_proposer", "proposer_id", "id"),
        Index("trade_of_partner", "partner_id", "id"),
        Index("trade_of_operation", "operation_id"),
        partial_index("trade_due", "proposer_id", "until", "id", where=_OPEN),
        partial_index("trade_waiting", "partner_id", "until", "id", where=_OPEN),
        *(
            partial_index(f"trade_ended_of_{side}", f"{side}_id", "state", "ended_by", where=_ENDED)
            for side in Side
        ),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    proposer_id: int = Field(foreign_key="player.id")
    partner_id: int = Field(foreign_key="player.id")
    proposer_oranges: int = Field(default=0, sa_type=BigInteger)
    """What the proposer gives, held by the house until the trade ends."""
    partner_oranges: int = Field(default=0, sa_type=BigInteger)
    """What the partner is asked to give."""
    message: str = ""
    at: int = Field(sa_type=BigInteger)
    until: int = Field(sa_type=BigInteger)
    """When it ends by itself."""
    state: str = str(TradeState.OPEN)
    answer: str = ""
    """What was said when it ended, if anything."""
    ended_by: int | None = Field(default=None, foreign_key="operation.id")
    counter_of: int | None = Field(default=None, foreign_key="trade.id")
    """The trade that it is a counter-offer to."""


class TradeItemRow(SQLModel, table=True):
    """A player item of one side of a trade."""

    __tablename__ = "trade_thing"
    __table_args__: ClassVar[Any] = (
        one_of("side", Side),
        Index("trade_thing_once", "trade_id", "player_item_id", unique=True),
        Index("trade_thing_of_thing", "player_item_id", "id"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    trade_id: int = Field(foreign_key="trade.id")
    side: str
    player_item_id: int = Field(foreign_key="player_item.id")
