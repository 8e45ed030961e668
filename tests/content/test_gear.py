"""Gear: every figure within the range of its rarity."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.content.models.gear import MODEL_BY_WORD
from inventui.rules.core.categories import GEAR, Category
from inventui.rules.core.enums import Rarity
from inventui.rules.inventory.gear import FIGURES, span
from tests.content.pack_files import faulty_fields, item

# The ranges of the rules, typed a second time.
RANGES = {
    ("weapon", "rob_bonus"): {
        "common": (0, 5), "uncommon": (5, 8), "rare": (8, 12), "legendary": (12, 15),
    },
    ("armor", "defence_bonus"): {
        "common": (0, 5), "uncommon": (5, 8), "rare": (8, 12), "legendary": (12, 15),
    },
    ("housing", "insurance"): {
        "common": (5, 10), "uncommon": (12, 18), "rare": (20, 28), "legendary": (30, 40),
    },
    ("housing", "upkeep"): {
        "common": (20, 100), "uncommon": (50, 300), "rare": (90, 800),
        "legendary": (150, 2000),
    },
    ("business", "revenue"): {
        "common": (2000, 5000), "uncommon": (4000, 15000), "rare": (5400, 35000),
        "legendary": (7400, 80000),
    },
}  # fmt: skip

CELLS = [
    (kind, figure, rarity, *ends)
    for (kind, figure), by_rarity in RANGES.items()
    for rarity, ends in by_rarity.items()
]


def gear(kind: str, rarity: str = "common", **fields: object) -> dict[str, object]:
    """Sound gear of a kind and rarity, changed by `fields`."""
    figures = {
        figure: by_rarity[rarity][0]
        for (of, figure), by_rarity in RANGES.items()
        if of == kind and rarity in by_rarity
    }
    return item(category=kind, rarity=rarity, value=None, **{**figures, **fields})


@pytest.mark.parametrize(("kind", "figure", "rarity", "least", "most"), CELLS)
def test_each_figure_of_gear_ends_exactly_at_its_range(
    kind: str, figure: str, rarity: str, least: int, most: int
) -> None:
    for good in (least, most, (least + most) // 2):
        assert faulty_fields(gear(kind, rarity, **{figure: good})) == set()
    for bad in (least - 1, most + 1):
        assert faulty_fields(gear(kind, rarity, **{figure: bad})) == {figure}


def test_the_rules_table_has_these_figures_and_no_others() -> None:
    rules = {(str(kind), figure) for kind, figures in FIGURES.items() for figure in figures}
    assert rules == set(RANGES)
    assert set(FIGURES) == GEAR


@pytest.mark.parametrize("kind", ["weapon", "armor", "housing", "business"])
def test_gear_has_no_epic(kind: str) -> None:
    assert "rarity" in faulty_fields({**gear(kind), "rarity": "epic"})
    assert all(
        span(Category(kind), figure, Rarity.EPIC) is None for figure in FIGURES[Category(kind)]
    )


@pytest.mark.parametrize("kind", ["weapon", "armor", "housing", "business"])
def test_gear_lasts_a_hundred_unless_it_says_otherwise(kind: str) -> None:
    read = MODEL_BY_WORD[kind].model_validate(gear(kind))
    assert read.model_dump()["durability"] == 100
    assert faulty_fields(gear(kind, durability=40)) == set()
    assert faulty_fields(gear(kind, durability=0)) == {"durability"}
    assert faulty_fields(gear(kind, durability=1.5)) == {"durability"}


def test_upkeep_is_the_most_of_the_rarity_when_it_is_not_written() -> None:
    raw = gear("housing", "rare")
    del raw["upkeep"]
    assert MODEL_BY_WORD["housing"].model_validate(raw).model_dump()["upkeep"] == 800


def test_a_business_costs_less_to_run_than_it_earns() -> None:
    assert faulty_fields(gear("business", revenue=2000, operating_cost=1999)) == set()
    assert faulty_fields(gear("business", revenue=2000, operating_cost=2000)) == {"operating_cost"}
    assert faulty_fields(gear("business", operating_cost=-1)) == {"operating_cost"}


def test_gear_without_its_figure_is_a_fault() -> None:
    raw = gear("weapon")
    del raw["rob_bonus"]
    assert faulty_fields(raw) == {"rob_bonus"}


@given(st.sampled_from(CELLS), st.integers(-100, 100_000))
def test_a_figure_is_taken_just_when_the_law_takes_it(
    cell: tuple[str, str, str, int, int], figure: int
) -> None:
    kind, name, rarity, least, most = cell
    expected = set() if least <= figure <= most else {name}
    assert faulty_fields(gear(kind, rarity, **{name: figure})) == expected
