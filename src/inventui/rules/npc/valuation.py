"""Weighing: what an offer is worth to a neighbour, and what it says to it.

What it gets counts as the house would pay, what it gives as the shop would ask, each lifted
by taste; so nobody gains by handing a neighbour its own player item back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from inventui.rules.bazaar import catalogue_price, resale
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Currency, Rarity
from inventui.rules.core.money import money_words
from inventui.rules.core.refusal import Reason, Refusal

SHARE_LEAST, SHARE_MOST = 80, 100
"""Percent of its worth that a player item counts for: with no generosity, and with all of it."""

TASTE_MORE = 25
"""Percent that a player item counts more for if its category is to the neighbour's taste."""

TASTE_LESS = 20
"""Percent that a player item which it gets counts less for if it is not."""

RARITY_MORE = 10
"""Percent that a player item of its favourite rarity counts more for."""

OWN_SHARE = 100
"""Percent of its price that a player item which it gives counts for, before taste."""


@dataclass(frozen=True, slots=True)
class Nature:
    """What a neighbour is like.

    Attributes:
        taste: categories that it collects.
        favourite: the rarity that it likes best.
        generosity: 0 to 100.
    """

    taste: frozenset[Category]
    favourite: Rarity
    generosity: int


@dataclass(frozen=True, slots=True)
class ValuedItem:
    """A player item on the scales.

    Attributes:
        value: what the house pays for it, in oranges.
        shop_oranges: its price in the catalogue.
        shop_gems: its price in the catalogue.
    """

    category: Category
    rarity: Rarity
    value: int
    shop_oranges: int
    shop_gems: int

    @property
    def price(self) -> int:
        """What the catalogue asks for it, in oranges; 0 if it can't be bought."""
        return catalogue_price(self.shop_oranges, self.shop_gems)

    @property
    def worth_to_get(self) -> int:
        """What it is worth to neighbours at the bazaar too."""
        return resale(self.value, self.shop_oranges, self.shop_gems)

    @property
    def worth_to_give(self) -> int:
        """What it would cost to get it again."""
        return max(self.worth_to_get, self.price)


@dataclass(frozen=True, slots=True)
class OfferVerdict:
    """What a neighbour thinks of an offer.

    Attributes:
        yes: whether it accepts.
        words: what it says.
        missing: how many oranges more would make it accept; 0 where it does.
    """

    yes: bool
    words: str
    missing: int


def weigh(
    nature: Nature,
    gets: Sequence[ValuedItem],
    gets_oranges: int,
    gives: Sequence[ValuedItem],
    gives_oranges: int,
) -> OfferVerdict:
    """Whether a neighbour gives the one for the other, and why not.

    Args:
        nature: the neighbour's.
        gets: player items that it would get.
        gets_oranges: what it would get beside them.
        gives: player items that it would give.
        gives_oranges: what it would give beside them.
    """
    # In hundredths of an orange, so that nothing is rounded before the two are compared.
    here = gets_oranges * 100 + sum(_gain(nature, piece) for piece in gets)
    there = gives_oranges * 100 + sum(_loss(nature, piece) for piece in gives)
    liked = [piece for piece in gets if piece.category in nature.taste]
    missing = max(0, -(-(there - here) // 100))
    if missing == 0:
        praise = f"I collect {category_words(liked[0].category)}. " if liked else ""
        return OfferVerdict(True, f"{praise}It's a deal.", 0)
    why = "Too little"
    if gets and not liked:
        why = f"I don't collect {category_words(gets[0].category)}"
    more = money_words(missing, Currency.ORANGES)
    return OfferVerdict(
        False,
        f"{why}: to me it comes to {here // 100:,}, and you ask for {-(-there // 100):,}. "
        f"{more} more would do.",
        missing,
    )


_CANNOT: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.INSUFFICIENT_FUNDS: "I don't have so many oranges.",
        Reason.NO_ROOM: "There is no room for so much gear.",
        Reason.ALREADY_OWNED: "One of us has that already.",
    }
)


def cannot_words(refusal: Refusal) -> str:
    """What a neighbour says to an offer that it can't accept, whatever it thinks of it."""
    return _CANNOT.get(refusal.reason, "I can't give you that any more.")


def away_words(name: str) -> str:
    """What is said of a neighbour who was sent away."""
    return f"{name} is away with the other neighbours, and answers nobody."


def category_words(category: Category) -> str:
    """A category's player items, as a collector says it: `weapons`, `BigPulp hats`."""
    known = {Category.ARMOR: "armor", Category.HOUSING: "homes"}
    word = str(category).replace("_", " ").replace("bigpulp", "BigPulp")
    if category in known:
        return known[category]
    if word.endswith("y"):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith("s") else f"{word}s"


def _gain(nature: Nature, piece: ValuedItem) -> int:
    share = SHARE_LEAST + (SHARE_MOST - SHARE_LEAST) * nature.generosity // 100
    share += TASTE_MORE if piece.category in nature.taste else -TASTE_LESS
    share += RARITY_MORE * (piece.rarity is nature.favourite)
    return piece.worth_to_get * share


def _loss(nature: Nature, piece: ValuedItem) -> int:
    share = OWN_SHARE + TASTE_MORE * (piece.category in nature.taste)
    share += RARITY_MORE * (piece.rarity is nature.favourite)
    return piece.worth_to_give * share
