"""Chi-square: against printed tables and against what can be reckoned by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.core.chi_square import chi_square, chi_square_p, observations_needed

# Critical values as printed (NIST/SEMATECH e-Handbook, table 1.3.6.7.4): the statistic that
# is exceeded with these chances.
CHANCES = (0.10, 0.05, 0.025, 0.01, 0.001)
PRINTED = {
    1: (2.706, 3.841, 5.024, 6.635, 10.828),
    2: (4.605, 5.991, 7.378, 9.210, 13.816),
    3: (6.251, 7.815, 9.348, 11.345, 16.266),
    5: (9.236, 11.070, 12.833, 15.086, 20.515),
    9: (14.684, 16.919, 19.023, 21.666, 27.877),
    10: (15.987, 18.307, 20.483, 23.209, 29.588),
    17: (24.769, 27.587, 30.191, 33.409, 40.790),
    30: (40.256, 43.773, 46.979, 50.892, 59.703),
    100: (118.498, 124.342, 129.561, 135.807, 149.449),
}
# Lower tail of the same table: exceeded with chances of 0.90, 0.95, 0.99.
LOWER = {5: (1.610, 1.145, 0.554), 10: (4.865, 3.940, 2.558), 100: (82.358, 77.929, 70.065)}


@pytest.mark.parametrize("degrees", PRINTED)
def test_the_chances_are_those_of_the_printed_table(degrees: int) -> None:
    for statistic, chance in zip(PRINTED[degrees], CHANCES, strict=True):
        assert chi_square_p(statistic, degrees) == pytest.approx(chance, rel=2e-3)


@pytest.mark.parametrize("degrees", LOWER)
def test_the_chances_of_small_statistics_are_those_of_the_printed_table(degrees: int) -> None:
    for statistic, chance in zip(LOWER[degrees], (0.90, 0.95, 0.99), strict=True):
        assert chi_square_p(statistic, degrees) == pytest.approx(chance, abs=5e-4)


@given(st.floats(0.001, 500))
def test_two_degrees_are_the_exponential_function(statistic: float) -> None:
    assert chi_square_p(statistic, 2) == pytest.approx(math.exp(-statistic / 2), rel=1e-9, abs=0)


@given(st.floats(0.001, 300))
def test_one_degree_is_the_error_function(statistic: float) -> None:
    due = math.erfc(math.sqrt(statistic / 2))
    assert chi_square_p(statistic, 1) == pytest.approx(due, rel=1e-8, abs=0)


@given(st.floats(0.001, 200), st.integers(1, 60))
def test_two_more_degrees_add_the_term_of_the_recurrence(statistic: float, degrees: int) -> None:
    a, x = degrees / 2, statistic / 2
    term = math.exp(a * math.log(x) - x - math.lgamma(a + 1))
    due = chi_square_p(statistic, degrees) + term
    assert chi_square_p(statistic, degrees + 2) == pytest.approx(due, abs=1e-12)


@given(st.integers(1, 200), st.floats(0, 1_000), st.floats(0, 1_000))
def test_a_chance_lies_between_0_and_1_and_falls(degrees: int, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= chi_square_p(high, degrees) <= chi_square_p(low, degrees) + 1e-12 <= 1 + 1e-12


def test_edges() -> None:
    assert chi_square_p(0, 5) == 1
    assert chi_square_p(-1, 5) == 1
    assert chi_square_p(3, 0) == 1
    assert chi_square_p(1e6, 5) == 0


def test_the_statistic_is_the_sum_of_squared_distances_over_what_is_due() -> None:
    # A die thrown 60 times.
    assert chi_square([5, 8, 9, 8, 10, 20], [10.0] * 6) == pytest.approx(13.4)
    assert chi_square([10, 20], [10.0, 20.0]) == 0
    assert chi_square([], []) == 0


def test_every_number_seen_needs_one_that_is_due() -> None:
    with pytest.raises(ValueError, match=r"shorter|longer"):
        chi_square([1, 2], [1.0])


@pytest.mark.parametrize(
    ("expected", "made", "needed"),
    [
        ([5.0, 5.0], 10, 10),
        ([4.0, 6.0], 10, 13),
        ([0.5, 999.5], 1_000, 10_000),
        ([0.0, 7.0], 7, 7),
        ([], 0, 0),
    ],
)
def test_fewer_than_five_expected_are_too_few(
    expected: list[float], made: int, needed: int
) -> None:
    assert observations_needed(expected, made) == needed
