"""Gear: the figures that a weapon, an armour, a home or a business may have."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity

FULL_DURABILITY = 100
"""Durability of a piece of gear unless the pack says otherwise."""


WORN_OUT = 15
"""Points of durability below which a piece of gear breaks in a few robberies."""


def is_worn_out(durability: int | None) -> bool:
    """Whether a piece of gear will break in a few robberies."""
    return durability is not None and durability < WORN_OUT


@dataclass(frozen=True, slots=True)
class Span:
    """A range of whole numbers, both ends included."""

    least: int
    most: int

    def __contains__(self, figure: int) -> bool:
        return self.least <= figure <= self.most

    def __str__(self) -> str:
        if self.least == self.most:
            return f"{self.least:,}"
        return f"{self.least:,}–{self.most:,}"


GEAR_RARITIES = (Rarity.COMMON, Rarity.UNCOMMON, Rarity.RARE, Rarity.LEGENDARY)
"""The rarities of gear, which has no epic."""


def _row(*spans: tuple[int, int]) -> Mapping[Rarity, Span]:
    return MappingProxyType(
        {rarity: Span(*span) for rarity, span in zip(GEAR_RARITIES, spans, strict=True)}
    )


_BONUS = _row((0, 5), (5, 8), (8, 12), (12, 15))

FIGURES: Mapping[Category, Mapping[str, Mapping[Rarity, Span]]] = MappingProxyType(
    {
        Category.WEAPON: {"rob_bonus": _BONUS},
        Category.ARMOR: {"defence_bonus": _BONUS},
        Category.HOUSING: {
            "insurance": _row((5, 10), (12, 18), (20, 28), (30, 40)),
            "upkeep": _row((20, 100), (50, 300), (90, 800), (150, 2_000)),
        },
        Category.BUSINESS: {
            "revenue": _row((2_000, 5_000), (4_000, 15_000), (5_400, 35_000), (7_400, 80_000)),
        },
    }
)
"""By category and figure, the range of each rarity, in percent or in oranges a day."""


def span(category: Category, figure: str, rarity: Rarity) -> Span | None:
    """The range of one figure, or None if gear of that rarity does not exist."""
    return FIGURES[category][figure].get(rarity)
