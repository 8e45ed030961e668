"""Valuation: whether a neighbour accepts a trade, and what it says to it.

What it gets counts at most what the house or the bazaar would pay, what it gives at least what the
shop would ask, each changed by its taste; so nobody gains by trading a neighbour's own player item
back to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from inventui.rules.bazaar import catalogue_price, resale
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity
from inventui.rules.core.money import Currency, money_words
from inventui.rules.core.refusal import Reason, Refusal

SHARE_LEAST, SHARE_MOST = 70, 90
"""Percent of its worth that a player item it gets counts for: at generosity 0, and at 100."""

TASTE_MORE = 6
"""Percent that a player item counts more if its category is to the neighbour's taste."""

TASTE_LESS = 20
"""Percent that a player item it gets counts less if its category is not."""

RARITY_MORE = 4
"""Percent that a player item of its favourite rarity counts more."""

OWN_SHARE = 100
"""Percent of its worth that a player item it gives counts for, before taste."""


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
    """A player item with what its worth follows from.

    Attributes:
        value: what the house pays for it, in oranges.
        shop_oranges: its catalogue price in oranges.
        shop_gems: its catalogue price in gems.
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
        """What a neighbour who gets it counts, in oranges: as at the bazaar."""
        return resale(self.value, self.shop_oranges, self.shop_gems)

    @property
    def worth_to_give(self) -> int:
        """What a neighbour who gives it counts, in oranges: what getting it again would cost."""
        return max(self.worth_to_get, self.price)


@dataclass(frozen=True, slots=True)
class OfferVerdict:
    """What a neighbour decides about a trade.

    Attributes:
        yes: whether it accepts.
        words: what it says.
        missing: how many oranges more would make it accept; 0 if it does, or if it can't.
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
    """Whether a neighbour gives the one for the other, with what it says.

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
    """What a neighbour says to a trade that it can't accept, whatever it is worth to it."""
    return _CANNOT.get(refusal.reason, "I can't give you that any more.")


def away_words(name: str) -> str:
    """What is said of a neighbour who is away."""
    return f"{name} is away with the other neighbours, and answers nobody."


def category_words(category: Category) -> str:
    """The plural of a category, as a neighbour says it: `weapons`, `BigPulp hats`."""
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
