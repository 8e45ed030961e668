"""Turns of the bazaar: what neighbours buy, list and offer in a 6-hour period.

All of it is drawn from the world's seed, so that it is the same whoever looks, and when.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from inventui.rules.bazaar import BAZAAR_PERIOD, DURATION, LEAST_PRICE
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity
from inventui.rules.core.world_random import Draws

MOST_TURNS = DURATION // BAZAAR_PERIOD
"""How many turns a listing stands."""

BUY_CHANCE = 50
"""Percent of turns in which a neighbour looks for something to buy."""

LIST_CHANCE = 35
"""Percent of turns in which a neighbour with room lists something."""

TASTE_CHANCE = 60
"""Percent of its listings that a neighbour takes from what it knows about."""

OFFER_CHANCE = 20
"""Percent of turns in which some neighbour offers a person a trade."""

OFFER_LEAST, OFFER_MOST = 90, 125
"""Percent of its worth that a neighbour offers for a person's player item."""

MOST_LISTED = 3
"""Open listings of one neighbour."""

WILL_LEAST, WILL_MOST = 70, 90
"""Percent of a player item's worth that anybody would pay."""

TASTE_WILL = 25
"""Percent of the worth that a neighbour pays beyond that for a category of its taste."""

RARITY_WILL = 15
"""The same for its favourite rarity."""

ASK_LEAST, ASK_MOST = 85, 135
"""Percent of its worth that a neighbour asks for a player item."""

MOST_OF_PURSE = 50
"""Percent of its oranges that a neighbour spends on one thing."""

RARITY_WEIGHTS = {
    Rarity.COMMON: 40,
    Rarity.UNCOMMON: 30,
    Rarity.RARE: 18,
    Rarity.EPIC: 9,
    Rarity.LEGENDARY: 3,
}
"""How often player items of each rarity come to the bazaar with a neighbour."""


@dataclass(frozen=True, slots=True)
class Trader:
    """A neighbour as it comes to the bazaar.

    Attributes:
        slug: its own.
        taste: categories that it likes.
        favourite: the rarity that it likes best.
    """

    slug: str
    taste: frozenset[Category]
    favourite: Rarity

    def likes(self, category: Category, rarity: Rarity) -> bool:
        """Whether a player item is to its taste."""
        return category in self.taste or rarity is self.favourite


@dataclass(frozen=True, slots=True)
class Good:
    """A person's listing that a neighbour looks at.

    Attributes:
        listing: the listing's number.
        worth: what the player item would go for, in oranges.
        price: what is asked.
    """

    listing: int
    category: Category
    rarity: Rarity
    worth: int
    price: int


@dataclass(frozen=True, slots=True)
class NeighbourWare:
    """An item that a neighbour may bring; its worth in oranges."""

    slug: str
    category: Category
    rarity: Rarity
    worth: int


def would_pay(trader: Trader, good: Good, share: int) -> int:
    """The most that a neighbour pays for an item, in oranges; `share` percent without taste."""
    if good.category in trader.taste:
        share += TASTE_WILL
    if good.rarity is trader.favourite:
        share += RARITY_WILL
    return good.worth * share // 100


def pick_purchase(
    seed: str, number: int, trader: Trader, oranges: int, goods: Sequence[Good]
) -> int | None:
    """The listing that a neighbour buys in a turn, or None.

    Args:
        seed: the world's.
        number: the turn's.
        trader: who buys.
        oranges: what it has.
        goods: what persons have listed.
    """
    draws = Draws(seed, "bazaar-buy", f"{trader.slug}:{number}")
    if not draws.chance(BUY_CHANCE):
        return None
    share = draws.between(WILL_LEAST, WILL_MOST)
    most = oranges * MOST_OF_PURSE // 100
    bargains = [
        (would_pay(trader, good, share) - good.price, -good.listing)
        for good in goods
        if good.price <= min(most, would_pay(trader, good, share))
    ]
    return -max(bargains)[1] if bargains else None


def pick_listing(
    seed: str, number: int, trader: Trader, wares: Sequence[NeighbourWare], *, sure: bool
) -> tuple[str, int] | None:
    """What a neighbour lists in a turn, and for how many oranges, or None.

    Args:
        seed: the world's.
        number: the turn's.
        trader: who lists.
        wares: what it may bring, in a stable order.
        sure: whether it lists something in any case.
    """
    draws = Draws(seed, "bazaar-list", f"{trader.slug}:{number}")
    if not draws.chance(LIST_CHANCE) and not sure:
        return None
    liked = [ware for ware in wares if trader.likes(ware.category, ware.rarity)]
    choice = liked if draws.chance(TASTE_CHANCE) and liked else list(wares)
    if not choice:
        return None
    ticket = draws.below(sum(RARITY_WEIGHTS[ware.rarity] for ware in choice))
    for ware in choice:
        ticket -= RARITY_WEIGHTS[ware.rarity]
        if ticket < 0:
            break
    return ware.slug, max(LEAST_PRICE, ware.worth * draws.between(ASK_LEAST, ASK_MOST) // 100)


def pick_caller(seed: str, number: int, player: int, traders: Sequence[Trader]) -> Trader | None:
    """The neighbour that offers a person a trade in a turn, or None."""
    draws = Draws(seed, "trade-caller", f"{player}:{number}")
    return draws.pick(traders) if draws.chance(OFFER_CHANCE) and traders else None


def pick_offer(
    seed: str,
    number: int,
    player: int,
    trader: Trader,
    oranges: int,
    wares: Sequence[NeighbourWare],
) -> tuple[str, int] | None:
    """What a neighbour would have of a person's, and for how many oranges, or None.

    Args:
        seed: the world's.
        number: the turn's.
        player: the person's number.
        trader: who offers.
        oranges: what it has.
        wares: what the person could give, in a stable order.
    """
    draws = Draws(seed, "trade-offer", f"{player}:{number}")
    most = oranges * MOST_OF_PURSE // 100
    liked = [
        ware
        for ware in wares
        if trader.likes(ware.category, ware.rarity) and 0 < ware.worth * OFFER_MOST // 100 <= most
    ]
    if not liked:
        return None
    ware = draws.pick(liked)
    return ware.slug, max(LEAST_PRICE, ware.worth * draws.between(OFFER_LEAST, OFFER_MOST) // 100)


def due_periods(last: int | None, at: int) -> Sequence[int]:
    """Numbers of the turns that are due at a time, in order; the very first is that of now.

    Nobody lists anything while all are away, so what persons had listed has ended after
    the first `MOST_TURNS`, and what neighbours listed before the latest ones has too:
    turns in between would change nothing that is still to be seen, and are left out.
    """
    current = at // BAZAAR_PERIOD
    if last is None:
        return [current]
    soon = range(last + 1, min(current, last + MOST_TURNS) + 1)
    late = range(max(last, last + MOST_TURNS, current - MOST_TURNS) + 1, current + 1)
    return [*soon, *late]
