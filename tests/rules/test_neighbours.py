"""What neighbours earn by themselves."""

from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.npc.neighbours import PAY_LEAST, PAY_MOST, PERIOD, earnings

NOW = 1_795_197_600_000
"""2026-11-20 18:00 UTC: a period begins."""


def test_each_period_that_ended_pays_within_the_range() -> None:
    assert earnings("s", "zest", NOW, NOW + PERIOD - 1, 0, 1_000).oranges == 0
    assert PAY_LEAST <= earnings("s", "zest", NOW, NOW + PERIOD, 0, 1_000).oranges <= PAY_MOST
    assert PAY_LEAST <= earnings("s", "zest", NOW + 5, NOW + PERIOD, 0, 1_000).oranges <= PAY_MOST


def test_every_sum_of_the_range_comes_up_at_some_time() -> None:
    paid = {
        earnings("s", "zest", NOW + n * PERIOD, NOW + (n + 1) * PERIOD, 0, 1_000).oranges
        for n in range(5_000)
    }
    assert paid == set(range(PAY_LEAST, PAY_MOST + 1))


@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 3_000))
def test_it_makes_no_difference_in_how_many_pieces_time_is_reckoned(
    first: int, second: int, held: int
) -> None:
    middle, end = NOW + first * PERIOD, NOW + (first + second) * PERIOD
    early = earnings("s", "zest", NOW, middle, held, 1_000).oranges
    late = earnings("s", "zest", middle, end, held + early, 1_000).oranges
    assert early + late == earnings("s", "zest", NOW, end, held, 1_000).oranges


def test_one_that_holds_twice_its_usual_oranges_earns_no_more() -> None:
    assert earnings("s", "zest", NOW, NOW + 9 * PERIOD, 2_000, 1_000).oranges == 0
    assert earnings("s", "zest", NOW, NOW + 9_000 * PERIOD, 0, 1_000).oranges < 2_000 + PAY_MOST
    assert earnings("s", "zest", NOW, NOW + 9 * PERIOD, 0, 0).oranges == 0


def test_a_clock_that_went_back_earns_nothing() -> None:
    assert earnings("s", "zest", NOW, NOW - PERIOD, 0, 1_000).oranges == 0
