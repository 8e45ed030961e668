"""The base pack's crates: what they are worth by the rank of who finds them."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from fractions import Fraction

import pytest

from inventui.content.loader import load_pack
from inventui.content.source import base_pack
from inventui.rules.core.enums import Rarity
from inventui.rules.core.ranks import RANKS
from inventui.rules.streets.crates import (
    CRATE_CHANCE,
    CRATES,
    SHARE,
    WHOLE,
    Cell,
    CrateKind,
    crate_item,
    crate_kind,
)
from inventui.rules.streets.shifts import MEAN_SKILL, shift_pay

LIMITS = ("default", "stock_limit", "available_from", "available_until")


def worths() -> Mapping[Cell, list[int]]:
    """What the house pays for each thing that a crate may hold, the cheapest first."""
    found: dict[Cell, list[int]] = defaultdict(list)
    for item in load_pack(base_pack()).items:
        kind = crate_kind(item.category)
        if kind is None or any(item.details().get(limit) for limit in LIMITS):
            continue
        found[kind, item.rarity].append(item.sell_price)
    return {cell: sorted(found[cell]) for cell in found}


WORTH = worths()
MOST = Fraction(shift_pay(MEAN_SKILL, fed=False, rest=0) * SHARE, CRATE_CHANCE)
"""Oranges that a crate may be worth in the mean: so many percent of the shifts have one."""


def mean(cell: Cell) -> Fraction:
    """What is worth what is in a crate of this kind, in the mean."""
    return Fraction(sum(WORTH[cell]), len(WORTH[cell]))


@pytest.mark.parametrize("rank", [name for name, _ in RANKS])
def test_crates_are_worth_at_most_40_percent_of_the_wage_for_every_rank(rank: str) -> None:
    assert sum(CRATES[rank].values()) == WHOLE
    worth = sum(weight * mean(cell) for cell, weight in CRATES[rank].items() if weight) / WHOLE
    assert MOST * 4 / 5 < worth <= MOST


@pytest.mark.parametrize("rank", [name for name, _ in RANKS])
def test_who_owns_every_cosmetic_finds_no_more_in_crates(rank: str) -> None:
    pool = {cell: worth for cell, worth in WORTH.items() if cell[0] is not CrateKind.COSMETIC}
    slugs = {cell: [f"{n}" for n in worth] for cell, worth in pool.items()}
    found = Counter(crate_item("seed", 1, n, rank, slugs) for n in range(20_000))
    assert None not in found
    assert sum(int(worth or 0) * n for worth, n in found.items()) / 20_000 < MOST * 5 / 4


def test_what_the_house_pays_dearly_for_falls_to_no_low_rank() -> None:
    dearest = [
        max(max(WORTH[cell]) for cell, weight in CRATES[rank].items() if weight and cell[0] in gear)
        for gear in [{CrateKind.GEAR, CrateKind.BUSINESS}]
        for rank, _ in RANKS
    ]
    assert dearest == sorted(dearest)
    assert dearest[0] <= 1_100
    assert not any(
        CRATES[rank].get((CrateKind.BUSINESS, Rarity.COMMON)) for rank in ("Rookie", "Captain")
    )


def test_what_is_drawn_but_not_there_is_something_cheaper() -> None:
    sold = [cell for cell in CRATES["Rookie"] if cell[0] is not CrateKind.COSMETIC]
    assert [mean(cell) for cell in sold] == sorted((mean(cell) for cell in sold), reverse=True)
