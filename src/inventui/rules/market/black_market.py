"""Black market: rotations for the whole world, beginning at 00, 06, 12 and 18 h UTC."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inventui.rules.core.categories import Category
from inventui.rules.core.clock import HOUR
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.world_random import Draws
from inventui.rules.inventory.gear import Span
from inventui.rules.shop import Limit, Offer, Price, countdown

PERIOD = 6 * HOUR
"""How long a rotation lasts, in milliseconds."""

LEGENDARY_CHANCE = 30
"""Percent of rotations that have a legendary."""

FEATURED_DISCOUNT = 25
"""Percent off the featured legendary."""

COUNTS: Mapping[Rarity, Span] = {
    Rarity.RARE: Span(2, 3),
    Rarity.UNCOMMON: Span(3, 5),
    Rarity.COMMON: Span(3, 5),
}
"""How many stalls of each rarity a rotation has, but for legendaries."""

STOCKS: Mapping[Rarity, Span] = {
    Rarity.LEGENDARY: Span(1, 3),
    Rarity.RARE: Span(3, 8),
    Rarity.UNCOMMON: Span(5, 10),
    Rarity.COMMON: Span(10, 20),
}
"""How many pieces a stall of each rarity has."""


@dataclass(frozen=True, slots=True)
class Stall:
    """One item of a rotation, by its slug; `discount` in percent."""

    item: str
    rarity: Rarity
    stock: int
    discount: int = 0


def rotation_at(now: int) -> int:
    """The number of the rotation in force at a time."""
    return now // PERIOD


def begins(rotation: int) -> int:
    """When a rotation begins; it ends when the next one begins."""
    return rotation * PERIOD


def draw_rotation(
    seed: str, rotation: int, pool: Mapping[Rarity, Sequence[str]]
) -> tuple[Stall, ...]:
    """The stalls of a rotation, the featured legendary first.

    Args:
        seed: the world's seed.
        rotation: its number.
        pool: slugs of each rarity, in a stable order.
    """
    draws = Draws(seed, "black-market", rotation)
    stalls = []
    if draws.chance(LEGENDARY_CHANCE) and pool.get(Rarity.LEGENDARY):
        item = draws.pick(pool[Rarity.LEGENDARY])
        stock = _between(draws, STOCKS[Rarity.LEGENDARY])
        stalls.append(Stall(item, Rarity.LEGENDARY, stock, FEATURED_DISCOUNT))
    for rarity, count in COUNTS.items():
        items = draws.sample(pool.get(rarity, ()), _between(draws, count))
        stalls += [Stall(item, rarity, _between(draws, STOCKS[rarity])) for item in items]
    return tuple(stalls)


def expected_stalls(rarity: Rarity, pool: int) -> float:
    """How many stalls of a rarity a rotation has on average, from a pool of so many items."""
    if rarity is Rarity.LEGENDARY:
        return LEGENDARY_CHANCE / 100 if pool else 0.0
    span = COUNTS[rarity]
    counts = range(span.least, span.most + 1)
    return sum(min(count, pool) for count in counts) / len(counts)


def expected_stock(rarity: Rarity) -> float:
    """How many pieces a stall of a rarity has on average."""
    return (STOCKS[rarity].least + STOCKS[rarity].most) / 2


def _between(draws: Draws, span: Span) -> int:
    return draws.between(span.least, span.most)


def discounted(price: int, discount: int) -> int:
    """A price less a discount in percent, rounded down."""
    return price * (100 - discount) // 100


def stall_offer(
    rotation: int,
    slug: str,
    name: str,
    category: Category,
    price: int,
    stock: int,
    sold: int,
    *,
    active: bool = True,
) -> Offer:
    """A stall's offer: on sale while its rotation lasts and pieces are left.

    Args:
        rotation: the number of its rotation.
        slug: the item's.
        name: the item's.
        category: the item's.
        price: in oranges, after the discount.
        stock: how many pieces there were.
        sold: how many are gone.
        active: whether the catalogue still has the item.
    """
    limit = Limit(stock, stock - sold, begins(rotation), begins(rotation + 1))
    return Offer(slug, name, category, Price(price), active, limit)


def not_on_a_stall(slug: str, name: str, now: int) -> Refusal:
    """The refusal for an item that the rotation in force does not have."""
    turns = begins(rotation_at(now) + 1)
    return Refusal(
        Reason.NOT_FOR_SALE,
        f"The black market has no {name} now. It turns in {countdown(turns - now)}.",
        {"item": slug, "rotation": rotation_at(now)},
    )
