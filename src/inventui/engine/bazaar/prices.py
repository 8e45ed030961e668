"""Prices: at which an item went in the bazaar, and what to ask for one."""

from __future__ import annotations

from sqlalchemy import Connection, text

from inventui.engine.bazaar.models import PriceHistory, PricePoint
from inventui.engine.core.catalogue import CatalogueItem
from inventui.rules.bazaar import SHOWN_SALES, lower_median, suggestion

_SALES = text(
    "SELECT l.price, o.at FROM listing l JOIN operation o ON o.id = l.ended_by"
    " WHERE l.state = 'sold' AND l.item_id = :item ORDER BY l.ended_by DESC LIMIT :limit"
)
_SOLD = text("SELECT count(*) FROM listing WHERE state = 'sold' AND item_id = :item")
# One that is overdue goes home when its seller's time is settled: it can't be bought.
_CHEAPEST = text(
    "SELECT price FROM listing INDEXED BY listing_open_item_price WHERE state = 'open'"
    " AND item_id = :item AND until > :at ORDER BY price, id LIMIT 1"
)
_LISTED = text("SELECT listed FROM listing_count WHERE item_id = :item")
_IN_SHOP = text("SELECT price_oranges, price_gems FROM item WHERE id = :item")


def prices_of(connection: Connection, item: CatalogueItem, at: int) -> PriceHistory:
    """An item's past in the bazaar, and what is asked for it at a time."""
    asked = {"item": item.id, "at": at, "limit": SHOWN_SALES}
    rows = connection.execute(_SALES, asked).all()
    past = [row.price for row in rows]
    shop = connection.execute(_IN_SHOP, asked).one()
    return PriceHistory(
        slug=item.slug,
        name=item.name,
        rarity=item.rarity,
        category=item.category,
        sales=tuple(PricePoint(row.at, row.price) for row in reversed(rows)),
        sold=connection.execute(_SOLD, asked).scalar_one(),
        lowest=min(past, default=None),
        median=lower_median(past) if past else None,
        highest=max(past, default=None),
        cheapest=connection.execute(_CHEAPEST, asked).scalar_one_or_none(),
        listed=connection.execute(_LISTED, asked).scalar_one_or_none() or 0,
        value=item.value,
        suggestion=suggestion(item.value, shop.price_oranges, shop.price_gems, past),
    )
