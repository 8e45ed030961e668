"""Gear that the black market and the daily gear shops draw from, and its read model."""

from __future__ import annotations

from typing import NamedTuple

from inventui.db.guards.sql import words
from inventui.db.statements import Connection, Statement
from inventui.engine.core.buyers import Visitor
from inventui.engine.core.catalogue_item import CatalogueItem
from inventui.engine.shop.models import GearLine
from inventui.rules.core.categories import GEAR
from inventui.rules.core.enums import Rarity
from inventui.rules.inventory.gear import GEAR_RARITIES
from inventui.rules.shop import Offer, Seller, check_buy


class _PoolItem(NamedTuple):
    slug: str
    rarity: str


# A discount leaves nothing of a price of 1, and a stall sells nothing for nothing.
_POOL = Statement(
    "SELECT i.slug, i.rarity FROM item i WHERE i.active = 1 AND i.price_oranges > 1"
    " AND i.price_gems = 0 AND i.category IN {gear}"
    " AND json_extract(i.details, '$.available_from') IS NULL"
    " AND json_extract(i.details, '$.available_until') IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM stock s WHERE s.item_id = i.id) ORDER BY i.slug",
    _PoolItem,
    gear=words(GEAR),
)
_PRICE = Statement("SELECT price_oranges FROM item WHERE id = :item", int)
_ACTIVE = Statement("SELECT active FROM item WHERE id = :item", int)


def gear_pool(connection: Connection) -> dict[Rarity, list[str]]:
    """Slugs of the active gear that costs oranges alone, by rarity, in order.

    Limited editions are left out: only the shop sells those.
    """
    pool: dict[Rarity, list[str]] = {rarity: [] for rarity in GEAR_RARITIES}
    for row in connection.execute(_POOL):
        pool[Rarity(row.rarity)].append(row.slug)
    return pool


def price_now(connection: Connection, item: CatalogueItem) -> int:
    """An item's catalogue price in oranges, as of this transaction."""
    return connection.execute(_PRICE, {"item": item.id}).one()


def is_active(connection: Connection, item: CatalogueItem) -> bool:
    """Whether the catalogue still has an item."""
    return bool(connection.execute(_ACTIVE, {"item": item.id}).one())


def gear_line(
    item: CatalogueItem,
    offer: Offer,
    seller: Seller,
    buying: Visitor,
    at: int,
    *,
    full_price: int,
    discount: int = 0,
) -> GearLine:
    """Gear for sale as one player sees it at a time."""
    return GearLine(
        seller=seller,
        slug=item.slug,
        name=item.name,
        description=item.description,
        flavour=item.flavour,
        category=item.category,
        rarity=item.rarity,
        figures=item.figures,
        durability=item.durability,
        full_price=full_price,
        price=offer.price.oranges,
        discount=discount,
        stock=offer.limit.stock_limit,
        remaining=offer.limit.stock_remaining,
        held=buying.held.get(item.id, 0),
        worn=item.id in buying.worn,
        refusal=check_buy(offer, buying.buyer, at),
        sprite=item.sprite,
        emoji=item.emoji,
        image_url=item.image_url,
    )
