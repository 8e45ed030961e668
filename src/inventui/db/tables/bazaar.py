"""The bazaar: listings, counts of them, and periods that neighbours traded in."""

from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from inventui.db.tables.types import STRICT, one_of, partial_index
from inventui.rules.bazaar import ListingState

_OPEN = "state = 'open'"
_SOLD = "state = 'sold'"
_ENDED = "ended_by IS NOT NULL"


class ListingRow(SQLModel, table=True):
    """A listing of the bazaar, and how it ended."""

    __tablename__ = "listing"
    __table_args__: ClassVar[Any] = (
        one_of("state", ListingState),
        CheckConstraint("price > 0", name="price_range"),
        CheckConstraint("fee BETWEEN 0 AND price", name="fee_range"),
        CheckConstraint("(state = 'open') = (ended_by IS NULL)", name="ended_once"),
        CheckConstraint("(state = 'sold') = (buyer_id IS NOT NULL)", name="sold_to_somebody"),
        CheckConstraint("(buyer_id IS NULL) = (bought_id IS NULL)", name="bought_something"),
        # With the item at the end, a filter on items needs no look at the row.
        partial_index("listing_open", "id", "item_id", where=_OPEN),
        partial_index("listing_open_price", "price", "id", "item_id", where=_OPEN),
        partial_index("listing_open_until", "until", "id", "item_id", where=_OPEN),
        partial_index("listing_open_item", "item_id", "id", where=_OPEN),
        partial_index("listing_open_item_price", "item_id", "price", "id", where=_OPEN),
        partial_index("listing_open_item_until", "item_id", "until", "id", where=_OPEN),
        partial_index("listing_open_thing", "player_item_id", where=_OPEN, unique=True),
        partial_index("listing_due", "seller_id", "until", "id", "item_id", where=_OPEN),
        partial_index("listing_own", "seller_id", "id", "item_id", where=_OPEN),
        partial_index("listing_own_price", "seller_id", "price", "id", "item_id", where=_OPEN),
        partial_index("listing_own_item", "seller_id", "item_id", "price", "id", where=_OPEN),
        Index("listing_of_thing", "player_item_id", "id"),
        Index("listing_of_seller", "seller_id", "ended_by", "id"),
        partial_index("listing_of_buyer", "buyer_id", "ended_by", "id", where=_SOLD),
        partial_index("listing_sold_item", "item_id", "ended_by", where=_SOLD),
        partial_index("listing_sold", "seller_id", "ended_by", "price", "fee", where=_SOLD),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    seller_id: int = Field(foreign_key="player.id")
    player_item_id: int = Field(foreign_key="player_item.id")
    item_id: int = Field(foreign_key="item.id")
    price: int = Field(sa_type=BigInteger)
    """In oranges."""
    at: int = Field(sa_type=BigInteger)
    until: int = Field(sa_type=BigInteger)
    """When it expires and the player item goes back to its owner."""
    state: str = str(ListingState.OPEN)
    ended_by: int | None = Field(default=None, foreign_key="operation.id")
    buyer_id: int | None = Field(default=None, foreign_key="player.id")
    bought_id: int | None = Field(default=None, foreign_key="player_item.id")
    """The buyer's row of the player item."""
    fee: int = Field(sa_type=BigInteger)
    """What the house keeps when it is sold, in oranges: fixed when it is put up."""


class ListingCountRow(SQLModel, table=True):
    """How many of an item are listed, so that totals and deep pages are quick."""

    __tablename__ = "listing_count"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("listed >= 0 AND sold >= 0", name="count_range"),
        STRICT,
    )

    item_id: int = Field(primary_key=True, foreign_key="item.id")
    listed: int = 0
    sold: int = 0
    """How many were ever sold there."""
    last_move_id: int = 0
    """The last move that was counted."""


class ListingBlockRow(SQLModel, table=True):
    """How many listings of a block of numbers are open, to find one by its place."""

    __tablename__ = "listing_block"
    __table_args__: ClassVar[Any] = (CheckConstraint("listed >= 0", name="count_range"), STRICT)

    block: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    listed: int = 0
    last_listing_id: int = 0
    """The last listing that was counted as it was put up."""
    last_move_id: int = 0
    """The last move that was counted as it ended one."""


class BazaarTurnRow(SQLModel, table=True):
    """A period for which the neighbours have listed and bought in the bazaar."""

    __tablename__ = "bazaar_turn"
    __table_args__: ClassVar[Any] = (
        Index("bazaar_turn_number", "number", unique=True),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    number: int
    """Whole periods of 6 h since 1970-01-01 UTC."""
