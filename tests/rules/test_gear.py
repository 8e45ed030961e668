"""Gear: the table of figures of the law, typed again."""

import pytest

from inventui.rules.core.categories import GEAR, Category
from inventui.rules.core.enums import Rarity
from inventui.rules.inventory.gear import FIGURES, FULL_DURABILITY, GEAR_RARITIES, Span, span

TABLE = {
    ("weapon", "rob_bonus"): [(0, 5), (5, 8), (8, 12), (12, 15)],
    ("armor", "defence_bonus"): [(0, 5), (5, 8), (8, 12), (12, 15)],
    ("housing", "insurance"): [(5, 10), (12, 18), (20, 28), (30, 40)],
    ("housing", "upkeep"): [(20, 100), (50, 300), (90, 800), (150, 2_000)],
    ("business", "revenue"): [
        (2_000, 5_000),
        (4_000, 15_000),
        (5_400, 35_000),
        (7_400, 80_000),
    ],
}


def test_the_figures_are_those_of_the_law() -> None:
    found = {
        (str(category), figure): [(row[r].least, row[r].most) for r in GEAR_RARITIES]
        for category, figures in FIGURES.items()
        for figure, row in figures.items()
    }
    assert found == TABLE
    assert set(FIGURES) == GEAR


def test_gear_has_no_epic() -> None:
    assert [str(rarity) for rarity in GEAR_RARITIES] == ["common", "uncommon", "rare", "legendary"]
    for category, figures in FIGURES.items():
        for figure in figures:
            assert span(category, figure, Rarity.EPIC) is None
            assert span(category, figure, Rarity.RARE) is not None


def test_both_ends_of_a_span_belong_to_it() -> None:
    figures = span(Category.WEAPON, "rob_bonus", Rarity.UNCOMMON)
    assert figures is not None
    assert [n in figures for n in (4, 5, 8, 9)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("bounds", "words"), [((800, 800), "800"), ((2_000, 5_000), "2,000–5,000")]
)
def test_a_span_is_said_as_one_number_or_two(bounds: tuple[int, int], words: str) -> None:
    assert str(Span(*bounds)) == words


def test_gear_lasts_a_hundred_points() -> None:
    assert FULL_DURABILITY == 100
