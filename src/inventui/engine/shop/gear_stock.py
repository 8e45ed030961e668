"""Goods: the gear that stalls and daily shops draw from, and how it is shown."""

from __future__ import annotations

from typing import NamedTuple

from inventui.db.guards.sql import words
from inventui.db.statements import Connection, Statement
from inventui.engine.core.catalogue import CatalogueItem
from inventui.engine.core.customer import Customer
from inventui.engine.shop.models import GearLine
from inventui.rules.core.categories import GEAR
from inventui.rules.core.enums import Rarity
from inventui.rules.inventory.gear import GEAR_RARITIES
from inventui.rules.shop import Offer, Seller, check_buy


# Of a price of 1 no discount leaves anything to pay, and a stall sells nothing for nothing.
class _PoolRow(NamedTuple):
    slug: str
    rarity: str


_POOL = Statement(
    "SELECT i.slug, i.rarity FROM item i WHERE i.active AND i.price_oranges > 1"
    " AND i.price_gems = 0 AND i.category IN {gear}"
    " AND json_extract(i.details, '$.available_from') IS NULL"
    " AND json_extract(i.details, '$.available_until') IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM stock s WHERE s.item_id = i.id) ORDER BY i.slug",
    _PoolRow,
    gear=words(GEAR),
)
_PRICE = Statement("SELECT price_oranges FROM item WHERE id = :item", int)
_ACTIVE = Statement("SELECT active FROM item WHERE id = :item", int)


def gear_pool(connection: Connection) -> dict[Rarity, list[str]]:
    """Slugs of the gear that can be had for oranges alone, by rarity, each in order.

    Limited editions are left out: the shop alone sells those.
    """
    pool: dict[Rarity, list[str]] = {rarity: [] for rarity in GEAR_RARITIES}
    for row in connection.execute(_POOL):
        pool[Rarity(row.rarity)].append(row.slug)
    return pool


def price_now(connection: Connection, item: CatalogueItem) -> int:
    """What the catalogue asks for an item as of this transaction, in oranges."""
    return int(connection.execute(_PRICE, {"item": item.id}).one())


def is_active(connection: Connection, item: CatalogueItem) -> bool:
    """Whether the catalogue still has an item."""
    return bool(connection.execute(_ACTIVE, {"item": item.id}).one())


def figures_of(item: CatalogueItem) -> dict[str, int]:
    """What a piece of gear does (see `rules.inventory.gear`), and what running it costs."""
    return item.figures


def gear_line(
    item: CatalogueItem,
    offer: Offer,
    seller: Seller,
    buying: Customer,
    at: int,
    *,
    full_price: int,
    discount: int = 0,
) -> GearLine:
    """A piece of gear for sale, as one player sees it at a time."""
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
