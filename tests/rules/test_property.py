"""Property: what a period brings, and what follows from not paying upkeep."""

from fractions import Fraction
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.core.clock import DAY, HOUR
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.property import (
    PERIOD,
    PERIODS_A_DAY,
    WORKED,
    Arrears,
    arrears,
    check_leave,
    leaves_a_day,
    paid_back,
    period_at,
    period_ends,
    reduced,
    rest_brings,
    takings,
)

SEED = "5eed" * 16

revenues = st.integers(2_000, 80_000)


def test_a_business_pays_eight_times_a_day() -> None:
    assert PERIODS_A_DAY == 8
    assert PERIOD == 3 * HOUR
    assert period_ends(period_at(0)) == 3 * HOUR
    assert period_ends(period_at(3 * HOUR - 1)) == 3 * HOUR
    assert period_ends(period_at(3 * HOUR)) == 6 * HOUR


@given(revenue=revenues, period=st.integers(0, 10**6), player=st.integers(1, 99))
def test_a_period_brings_an_eighth_of_a_day_within_a_fifth_either_way(
    revenue: int, period: int, player: int
) -> None:
    brought = takings(SEED, player, period, revenue, 0).revenue
    eighth = Fraction(revenue, 8)
    assert int(eighth * Fraction(4, 5)) <= brought <= eighth * Fraction(6, 5)
    assert brought == takings(SEED, player, period, revenue, 0).revenue


def test_a_period_is_fair_over_many() -> None:
    drawn = [takings(SEED, 1, period, 8_000, 0).revenue for period in range(4_000)]
    assert abs(mean(drawn) - 1_000) < 8
    assert min(drawn) < 810
    assert max(drawn) > 1_190


def test_players_and_periods_have_draws_of_their_own() -> None:
    drawn = {
        (player, period): takings(SEED, player, period, 80_000, 0).revenue
        for player in (1, 2)
        for period in (1, 2)
    }
    assert len(set(drawn.values())) == 4
    assert takings("other", 1, 1, 80_000, 0).revenue != drawn[1, 1]


@given(cost=st.integers(0, 3_000), day=st.integers(0, 30_000))
def test_the_costs_of_a_day_s_periods_sum_to_that_of_the_day(cost: int, day: int) -> None:
    periods = range(day * 8, day * 8 + 8)
    assert sum(takings(SEED, 1, p, 40_000, cost).cost for p in periods) == cost


@given(cost=st.integers(0, 10**6), period=st.integers(0, 10**6))
def test_a_period_never_costs_more_than_it_brings(cost: int, period: int) -> None:
    assert takings(SEED, 1, period, 2_000, cost, debuffed=True).net >= 0


def test_arrears_take_a_fifth_of_revenue_and_bonuses() -> None:
    whole = takings(SEED, 1, 7, 40_000, 0).revenue
    assert takings(SEED, 1, 7, 40_000, 0, debuffed=True).revenue == whole * 4 // 5
    assert [reduced(figure) for figure in (0, 1, 5, 8, 15, 40)] == [0, 0, 4, 6, 12, 32]


@pytest.mark.parametrize(
    ("late", "state"),
    [
        (0, Arrears.GRACE),
        (2, Arrears.GRACE),
        (3, Arrears.DEBUFF),
        (6, Arrears.DEBUFF),
        (7, Arrears.EVICTION),
        (70, Arrears.EVICTION),
    ],
)
def test_three_days_of_grace_then_a_debuff_then_eviction_on_day_seven(
    late: int, state: Arrears
) -> None:
    assert arrears(100, 100 + late) is state


def test_without_arrears_nothing_follows() -> None:
    assert arrears(None, 5 * DAY) is Arrears.NONE


def test_a_home_with_arrears_is_not_left() -> None:
    assert check_leave("Tent", 0, 0) is None
    refusal = check_leave("Tent", 2, 200)
    assert isinstance(refusal, Refusal)
    assert refusal.reason is Reason.IN_ARREARS
    assert refusal.figures == {"days": 2, "owed": 200}


def test_a_home_whose_rest_was_had_today_stays_until_its_upkeep_is_paid() -> None:
    refusal = check_leave("Tent", 0, 0, rested=True)
    assert refusal is not None
    assert refusal.reason is Reason.TOO_SOON
    owing = check_leave("Tent", 1, 20, rested=True)
    assert owing is not None
    assert owing.reason is Reason.IN_ARREARS


def test_a_business_is_paid_back_by_its_revenue_less_its_cost() -> None:
    business = {"revenue": 2_000, "operating_cost": 240}
    assert leaves_a_day(business) == 1_760
    assert paid_back(8_800, business) == 5
    assert paid_back(8_801, business) == 6, "a day that is begun counts"
    assert paid_back(1, {"revenue": 100, "operating_cost": 100}) is None


def test_a_home_is_paid_back_by_what_rest_adds_to_twenty_shifts_less_its_upkeep() -> None:
    assert rest_brings(10) == WORKED * 6
    home = {"insurance": 5, "rest": 10, "upkeep": 20}
    assert leaves_a_day(home) == 100
    assert paid_back(1_000, home) == 10
    assert paid_back(1_000, home | {"upkeep": 120}) is None
