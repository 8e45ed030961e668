"""What neighbours buy, list and offer in a 6-hour period of the bazaar.

Every choice is drawn from the world's seed and the period's number, so it is the same whoever
looks, and when.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from inventui.rules.bazaar import BAZAAR_PERIOD, DURATION, LEAST_PRICE
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity
from inventui.rules.core.world_random import Draws

MOST_PERIODS = DURATION // BAZAAR_PERIOD
"""How many periods a listing is open."""

BUY_CHANCE = 50
"""Percent of periods in which a neighbour looks for a listing to buy."""

LIST_CHANCE = 35
"""Percent of periods in which a neighbour with fewer than `MOST_LISTED` lists an item."""

TASTE_CHANCE = 60
"""Percent of its listings for which a neighbour picks an item to its taste, if there is one."""

OFFER_CHANCE = 20
"""Percent of periods in which a neighbour offers a person a trade."""

OFFER_LEAST, OFFER_MOST = 80, 100
"""Percent of its worth that a neighbour offers for a person's player item in a trade."""

MOST_LISTED = 3
"""Most open listings of one neighbour."""

WILL_LEAST, WILL_MOST = 60, 80
"""Percent of a player item's worth that any neighbour would pay."""

TASTE_WILL = 15
"""Percent of the worth that a neighbour pays on top for a category of its taste."""

RARITY_WILL = 10
"""The same for its favourite rarity."""

ASK_LEAST, ASK_MOST = 108, 145
"""Percent of its worth that a neighbour asks for a player item."""

MOST_OF_PURSE = 50
"""Most percent of its oranges that a neighbour spends at once."""

RARITY_WEIGHTS = {
    Rarity.COMMON: 40,
    Rarity.UNCOMMON: 30,
    Rarity.RARE: 18,
    Rarity.EPIC: 9,
    Rarity.LEGENDARY: 3,
}
"""How often neighbours list items of each rarity, relative to each other."""


@dataclass(frozen=True, slots=True)
class Trader:
    """A neighbour in a period of the bazaar.

    Attributes:
        slug: its own, in the pack.
        taste: categories that it likes.
        favourite: the rarity that it likes best.
    """

    slug: str
    taste: frozenset[Category]
    favourite: Rarity

    def likes(self, category: Category, rarity: Rarity) -> bool:
        """Whether an item is of its taste or its favourite rarity."""
        return category in self.taste or rarity is self.favourite


@dataclass(frozen=True, slots=True)
class PricedListing:
    """A person's listing and what it is worth.

    Attributes:
        id: the listing's number.
        worth: in oranges (`rules.bazaar.resale`).
        price: what is asked, in oranges.
    """

    id: int
    category: Category
    rarity: Rarity
    worth: int
    price: int


@dataclass(frozen=True, slots=True)
class PricedItem:
    """An item and its worth in oranges."""

    slug: str
    category: Category
    rarity: Rarity
    worth: int


def would_pay(trader: Trader, listing: PricedListing, share: int) -> int:
    """The most oranges that a neighbour pays for a listing; `share` percent before taste."""
    if listing.category in trader.taste:
        share += TASTE_WILL
    if listing.rarity is trader.favourite:
        share += RARITY_WILL
    return listing.worth * share // 100


def pick_purchase(
    seed: str, number: int, trader: Trader, oranges: int, listings: Sequence[PricedListing]
) -> int | None:
    """The number of the listing that a neighbour buys in a period, or None.

    Args:
        seed: the world's.
        number: the period's.
        trader: who buys.
        oranges: what it has.
        listings: listings of persons.
    """
    draws = Draws(seed, "bazaar-buy", f"{trader.slug}:{number}")
    if not draws.chance(BUY_CHANCE):
        return None
    share = draws.between(WILL_LEAST, WILL_MOST)
    most = oranges * MOST_OF_PURSE // 100
    bargains = [
        (would_pay(trader, listing, share) - listing.price, -listing.id)
        for listing in listings
        if listing.price <= min(most, would_pay(trader, listing, share))
    ]
    return -max(bargains)[1] if bargains else None


def pick_listing(
    seed: str, number: int, trader: Trader, items: Sequence[PricedItem], *, sure: bool
) -> tuple[str, int] | None:
    """The slug of what a neighbour lists in a period, and the price, or None.

    Args:
        seed: the world's.
        number: the period's.
        trader: who lists.
        items: what it may list, in a stable order.
        sure: whether it lists an item in any case.
    """
    draws = Draws(seed, "bazaar-list", f"{trader.slug}:{number}")
    if not draws.chance(LIST_CHANCE) and not sure:
        return None
    liked = [item for item in items if trader.likes(item.category, item.rarity)]
    choice = liked if draws.chance(TASTE_CHANCE) and liked else list(items)
    if not choice:
        return None
    ticket = draws.below(sum(RARITY_WEIGHTS[item.rarity] for item in choice))
    for item in choice:
        ticket -= RARITY_WEIGHTS[item.rarity]
        if ticket < 0:
            break
    return item.slug, max(LEAST_PRICE, item.worth * draws.between(ASK_LEAST, ASK_MOST) // 100)


def pick_proposer(seed: str, number: int, player: int, traders: Sequence[Trader]) -> Trader | None:
    """The neighbour that offers a person a trade in a period, or None."""
    draws = Draws(seed, "trade-caller", f"{player}:{number}")
    return draws.pick(traders) if draws.chance(OFFER_CHANCE) and traders else None


def pick_offer(
    seed: str,
    number: int,
    player: int,
    trader: Trader,
    oranges: int,
    items: Sequence[PricedItem],
) -> tuple[str, int] | None:
    """The slug of what a neighbour asks of a person in a trade, and the oranges offered, or None.

    Args:
        seed: the world's.
        number: the period's.
        player: the person's number.
        trader: who offers.
        oranges: what it has.
        items: what the person could give, in a stable order.
    """
    draws = Draws(seed, "trade-offer", f"{player}:{number}")
    most = oranges * MOST_OF_PURSE // 100
    liked = [
        item
        for item in items
        if trader.likes(item.category, item.rarity) and 0 < item.worth * OFFER_MOST // 100 <= most
    ]
    if not liked:
        return None
    item = draws.pick(liked)
    return item.slug, max(LEAST_PRICE, item.worth * draws.between(OFFER_LEAST, OFFER_MOST) // 100)


def due_periods(last: int | None, at: int) -> Sequence[int]:
    """Numbers of the periods that are due at a time, in order; without `last`, that of now alone.

    Nobody lists anything while no person plays, so what persons had listed has ended after the
    first `MOST_PERIODS`, and what neighbours listed has ended but for the latest
    `MOST_PERIODS`: periods in between would change nothing that can still be seen, and are
    left out.
    """
    current = at // BAZAAR_PERIOD
    if last is None:
        return [current]
    soon = range(last + 1, min(current, last + MOST_PERIODS) + 1)
    late = range(max(last, last + MOST_PERIODS, current - MOST_PERIODS) + 1, current + 1)
    return [*soon, *late]
