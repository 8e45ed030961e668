"""Tables of the markets: rotations of the black market, daily gear shops."""

from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from inventui.db.tables.types import STRICT


class MarketRotationRow(SQLModel, table=True):
    """A rotation of the black market, written when somebody first looks at it."""

    __tablename__ = "market_rotation"
    __table_args__: ClassVar[Any] = (
        Index("market_rotation_number", "number", unique=True),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    number: int
    """Whole periods of 6 h since 1970-01-01 UTC."""


class MarketStallRow(SQLModel, table=True):
    """An item that a rotation sells, with its price and how many are sold."""

    __tablename__ = "market_stall"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("price > 0", name="price_range"),
        CheckConstraint("discount BETWEEN 0 AND 99", name="discount_range"),
        CheckConstraint("stock > 0 AND sold BETWEEN 0 AND stock", name="stock_range"),
        Index("market_stall_item", "rotation_id", "item_id", unique=True),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    rotation_id: int = Field(foreign_key="market_rotation.id")
    item_id: int = Field(foreign_key="item.id")
    full_price: int = Field(sa_type=BigInteger)
    """In oranges, before the discount."""
    price: int = Field(sa_type=BigInteger)
    """In oranges, less the discount."""
    discount: int
    """In percent."""
    stock: int
    sold: int = 0


class StallSaleRow(SQLModel, table=True):
    """A player item that was bought at a stall."""

    __tablename__ = "stall_sale"
    __table_args__: ClassVar[Any] = (
        Index("stall_sale_item", "player_item_id", unique=True),
        Index("stall_sale_of_stall", "stall_id", "id"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    stall_id: int = Field(foreign_key="market_stall.id")
    player_item_id: int = Field(foreign_key="player_item.id")


class GearShopRow(SQLModel, table=True):
    """A player's gear shop of a day, as it was made on first look or by a reroll."""

    __tablename__ = "gear_shop"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("rerolls >= 0", name="rerolls_range"),
        Index("gear_shop_of_day", "player_id", "day", "rerolls", unique=True),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    player_id: int = Field(foreign_key="player.id")
    day: int
    """Whole days since 1970-01-01 UTC."""
    rerolls: int
    """How often it was rerolled on that day."""
    rank: str
    items: str
    """Numbers of the items, as JSON."""
