"""Crates: what they hold, by the rank of who finds them.

What the house pays for what is in a crate is at most `SHARE` percent of the wage in the mean, for
each rank; `tests/content/test_base_crates.py` computes it from the base pack.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from inventui.rules.core.categories import COSMETICS, GEAR, Category
from inventui.rules.core.enums import Rarity
from inventui.rules.core.world_random import Draws

CRATE_CHANCE = 8
"""Percent of shifts that turn up a crate."""

SHARE = 40
"""Percent of the wage that crates are worth at most, in the mean."""


class CrateKind(StrEnum):
    """What a crate may hold."""

    BUSINESS = "business"
    GEAR = "gear"
    """A weapon, an armour or a home."""
    COLLECTIBLE = "collectible"
    COSMETIC = "cosmetic"
    """Can't be sold, so it is worth nothing to the house."""


def crate_kind(category: Category) -> CrateKind | None:
    """What an item of a category is in a crate; None of what no crate holds."""
    if category in COSMETICS:
        return CrateKind.COSMETIC
    if category is Category.BUSINESS:
        return CrateKind.BUSINESS
    if category in GEAR:
        return CrateKind.GEAR
    return CrateKind.COLLECTIBLE if category is Category.COLLECTIBLE else None


Cell = tuple[CrateKind, Rarity]

_CELLS: tuple[Cell, ...] = (
    (CrateKind.COLLECTIBLE, Rarity.EPIC),
    (CrateKind.COLLECTIBLE, Rarity.RARE),
    (CrateKind.GEAR, Rarity.RARE),
    (CrateKind.BUSINESS, Rarity.COMMON),
    (CrateKind.COLLECTIBLE, Rarity.UNCOMMON),
    (CrateKind.GEAR, Rarity.UNCOMMON),
    (CrateKind.COLLECTIBLE, Rarity.COMMON),
    (CrateKind.GEAR, Rarity.COMMON),
    *((CrateKind.COSMETIC, rarity) for rarity in Rarity),
)
"""What crates may hold, the dearest first."""

_COSMETICS = tuple(cell for cell in _CELLS if cell[0] is CrateKind.COSMETIC)
_LAST = tuple(
    (kind, rarity)
    for kind in (CrateKind.COLLECTIBLE, CrateKind.GEAR, CrateKind.BUSINESS)
    for rarity in Rarity
)
"""Where the cheapest thing that there is stands, if nothing else is left."""

WHOLE = 1_000


def _row(*weights: int) -> Mapping[Cell, int]:
    return MappingProxyType(dict(zip(_CELLS, weights, strict=True)))


CRATES: Mapping[str, Mapping[Cell, int]] = MappingProxyType(
    {
        # collectible, gear, business:  e  r  r  c  u   u   c    c   cosmetic: c  u  r  e  l
        "Rookie": _row(0, 0, 0, 0, 0, 0, 120, 200, 480, 200, 0, 0, 0),
        "Associate": _row(0, 0, 0, 0, 8, 20, 80, 150, 372, 270, 100, 0, 0),
        "Soldier": _row(0, 0, 4, 0, 10, 30, 50, 100, 306, 300, 170, 30, 0),
        "Captain": _row(0, 1, 6, 0, 10, 35, 40, 60, 248, 320, 220, 60, 0),
        "Underboss": _row(0, 2, 12, 4, 8, 40, 10, 0, 124, 360, 300, 120, 20),
        "Kingpin": _row(1, 2, 16, 4, 6, 20, 0, 0, 0, 331, 400, 180, 40),
    }
)
"""How often a crate holds each, out of `WHOLE`, by the finder's rank."""


def has_crate(seed: str, player: int, shift: int) -> bool:
    """Whether a player's shift of this number turns up a crate."""
    return Draws(seed, "crate", f"{player}:{shift}").chance(CRATE_CHANCE)


def crate_item(
    seed: str, player: int, shift: int, rank: str, pool: Mapping[Cell, Sequence[str]]
) -> str | None:
    """What the crate of a player's shift holds, or None if there is nothing to hold.

    Where there is nothing of what is drawn, or the player owns it all, it is the next cheaper kind
    that there is, then any cosmetic, then the cheapest of all: so owning much earns nothing.

    Args:
        seed: the world's seed.
        player: the player's number.
        shift: the shift's number, of all that the player has worked.
        rank: the player's.
        pool: slugs by kind and rarity, the cheapest first, in a stable order.
    """
    draws = Draws(seed, "crate-item", f"{player}:{shift}")
    mark = draws.below(WHOLE)
    for cell, weight in (*CRATES[rank].items(), *dict.fromkeys(_COSMETICS, WHOLE).items()):
        drawn = mark < weight
        if drawn and pool.get(cell):
            return draws.pick(pool[cell])
        mark = -1 if drawn else mark - weight
    return next((pool[cell][0] for cell in _LAST if pool.get(cell)), None)
