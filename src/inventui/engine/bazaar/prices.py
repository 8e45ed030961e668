"""Prices of an item: its past sales in the bazaar, its catalogue price, and what to ask for it."""

from __future__ import annotations

from typing import NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.bazaar.models import PriceHistory, PricePoint
from inventui.engine.core.catalogue_item import CatalogueItem
from inventui.rules.bazaar import SHOWN_SALES, lower_median, suggestion


class _SaleRow(NamedTuple):
    price: int
    at: int


_SALES = Statement(
    "SELECT l.price, o.at FROM listing l JOIN operation o ON o.id = l.ended_by"
    " WHERE l.state = 'sold' AND l.item_id = :item ORDER BY l.ended_by DESC LIMIT :limit",
    _SaleRow,
)
# One that is overdue goes home when its seller's time is settled: it can't be bought.
_CHEAPEST = Statement(
    "SELECT price FROM listing INDEXED BY listing_open_item_price WHERE state = 'open'"
    " AND item_id = :item AND until > :at ORDER BY price, id LIMIT 1",
    int,
)


class _Counts(NamedTuple):
    listed: int
    sold: int


_COUNTS = Statement("SELECT listed, sold FROM listing_count WHERE item_id = :item", _Counts)


class ShopPrice(NamedTuple):
    """What the catalogue asks for an item; 0 and 0 if it can't be bought."""

    price_oranges: int
    price_gems: int


_SHOP_PRICE = Statement("SELECT price_oranges, price_gems FROM item WHERE id = :item", ShopPrice)


def shop_price(connection: Connection, item: CatalogueItem) -> ShopPrice:
    """What the catalogue asks for an item as of this transaction."""
    return connection.execute(_SHOP_PRICE, {"item": item.id}).one()


def prices_of(connection: Connection, item: CatalogueItem, at: int) -> PriceHistory:
    """An item's past sales, what is asked for it at `at`, and a price to begin with."""
    asked = {"item": item.id, "at": at, "limit": SHOWN_SALES}
    rows = connection.execute(_SALES, asked).all()
    past = [row.price for row in rows]
    counts = connection.execute(_COUNTS, asked).first() or _Counts(0, 0)
    shop = shop_price(connection, item)
    return PriceHistory(
        slug=item.slug,
        name=item.name,
        rarity=item.rarity,
        category=item.category,
        sales=tuple(PricePoint(row.at, row.price) for row in reversed(rows)),
        sold=counts.sold,
        lowest=min(past, default=None),
        median=lower_median(past) if past else None,
        highest=max(past, default=None),
        cheapest=connection.execute(_CHEAPEST, asked).first(),
        listed=counts.listed,
        value=item.value,
        suggestion=suggestion(item.value, shop.price_oranges, shop.price_gems, past),
    )
