"""Ranks: what experience makes of a player."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.core.ranks import (
    RANKS,
    WORTH_OF_A_POINT,
    gems_for_rank_up,
    neighbour_standing,
    standing,
)

LAW = [
    ("Rookie", 0),
    ("Associate", 1_000),
    ("Soldier", 5_000),
    ("Captain", 20_000),
    ("Underboss", 75_000),
    ("Kingpin", 250_000),
]
POINTS = st.integers(0, 400_000)


def test_the_ranks_are_those_of_the_law() -> None:
    assert list(RANKS) == LAW


@pytest.mark.parametrize(("level", "name", "least"), [(i, *row) for i, row in enumerate(LAW)])
def test_a_rank_begins_at_its_first_point_and_not_before(level: int, name: str, least: int) -> None:
    held = standing(least)
    assert (held.rank, held.level, held.floor, held.experience) == (name, level, least, least)
    if level:
        before = standing(least - 1)
        assert (before.rank, before.ceiling) == (LAW[level - 1][0], least)


def test_the_top_has_no_next_rank_and_is_complete() -> None:
    top = standing(10**12)
    assert (top.rank, top.ceiling, top.progress) == ("Kingpin", None, 1.0)


@pytest.mark.parametrize(
    ("points", "progress"), [(0, 0.0), (500, 0.5), (999, 0.999), (1_000, 0.0), (3_000, 0.5)]
)
def test_progress_runs_from_one_rank_to_the_next(points: int, progress: float) -> None:
    assert standing(points).progress == pytest.approx(progress)


@given(POINTS, POINTS)
def test_each_rank_gained_gives_ten_gems_once(one: int, other: int) -> None:
    before, after = sorted((one, other))
    gained = sum(before < least <= after for _, least in LAW)
    assert gems_for_rank_up(before, after) == 10 * gained


@given(st.lists(POINTS, min_size=2, max_size=6))
def test_gems_do_not_depend_on_the_steps_taken(points: list[int]) -> None:
    points.sort()
    steps = [gems_for_rank_up(a, b) for a, b in itertools.pairwise(points)]
    assert sum(steps) == gems_for_rank_up(points[0], points[-1])


@given(POINTS)
def test_a_neighbours_rank_is_that_of_what_it_owns(points: int) -> None:
    assert neighbour_standing(points * WORTH_OF_A_POINT) == standing(points)
    assert neighbour_standing(0).rank == "Rookie"


def test_a_neighbour_who_owns_as_much_as_a_tycoon_is_no_rookie() -> None:
    assert neighbour_standing(32_900).rank == "Soldier"
