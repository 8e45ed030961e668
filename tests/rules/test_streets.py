"""Shifts, the daily bonus and robbery."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY, HOUR, SECOND
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Reason
from inventui.rules.property import Arrears, rest
from inventui.rules.streets.crates import CRATES, CrateKind, crate_item, crate_kind, has_crate
from inventui.rules.streets.daily_bonus import check_daily, daily_bonus, daily_streak
from inventui.rules.streets.robbery import (
    Target,
    check_rob,
    check_stake,
    fine,
    loot,
    rob_chance,
    succeeds,
    wear,
)
from inventui.rules.streets.shifts import (
    MEAN_SKILL,
    STYLE_SPREAD,
    ShiftStyle,
    check_shift,
    check_skill,
    next_shift,
    pay_by_choice,
    shift_pay,
    skill_by_choice,
)

NOW = 1_795_197_600_000
WORDS = st.integers(0, 2**32 - 1)


@pytest.mark.parametrize(("skill", "pay"), [(0, 20), (50, 70), (99, 119), (100, 120)])
def test_a_shift_pays_20_to_120_by_skill(skill: int, pay: int) -> None:
    assert shift_pay(skill, fed=False, rest=0) == pay


def test_a_donut_makes_it_half_as_much_again() -> None:
    assert shift_pay(100, fed=True, rest=0) == 180
    assert shift_pay(1, fed=True, rest=0) == 31


@pytest.mark.parametrize("skill", [-1, 101])
def test_a_skill_outside_0_to_100_is_a_bug(skill: int) -> None:
    with pytest.raises(ValueError, match="skill"):
        shift_pay(skill, fed=False, rest=0)


@pytest.mark.parametrize(
    ("rarity", "pay"),
    [(Rarity.COMMON, 66), (Rarity.UNCOMMON, 72), (Rarity.RARE, 81), (Rarity.LEGENDARY, 96)],
)
def test_a_paid_home_makes_a_shift_pay_more_by_its_rarity(rarity: Rarity, pay: int) -> None:
    assert shift_pay(40, fed=False, rest=rest(rarity, Arrears.NONE)) == pay
    assert shift_pay(40, fed=True, rest=rest(rarity, Arrears.NONE)) == pay * 3 // 2


@pytest.mark.parametrize("state", [Arrears.GRACE, Arrears.DEBUFF, Arrears.EVICTION])
def test_a_home_gives_no_rest_from_the_first_day_that_is_unpaid(state: Arrears) -> None:
    assert rest(Rarity.LEGENDARY, state) == 0


def test_work_by_choice_pays_50_to_70_and_no_style_more() -> None:
    assert pay_by_choice(ShiftStyle.BOLD, fed=False, rest=0) == (50, 70)
    for style in ShiftStyle:
        least, most = pay_by_choice(style, fed=False, rest=0)
        assert 50 <= least < most <= 70


def test_shifts_are_30_seconds_apart_and_40_a_day() -> None:
    assert check_shift(0, None, NOW) is None
    assert check_shift(39, NOW - 30 * SECOND, NOW) is None
    soon = check_shift(1, NOW - 30 * SECOND + 1, NOW)
    assert soon is not None
    assert soon.reason is Reason.TOO_SOON
    assert soon.figures["wait_seconds"] == 1
    often = check_shift(40, None, NOW)
    assert often is not None
    assert often.reason is Reason.TOO_OFTEN


def test_a_clock_that_went_back_does_not_lock_the_shift_for_long() -> None:
    assert check_shift(1, NOW + DAY, NOW) is None


def test_8_percent_of_shifts_turn_up_a_crate() -> None:
    crates = sum(has_crate("seed", 1, shift) for shift in range(20_000))
    # Six standard deviations of 20,000 throws at 8 %.
    assert abs(crates - 1_600) < 6 * 39


def test_a_streak_runs_seven_days_and_begins_again_or_after_a_missed_day() -> None:
    streak, last = 0, None
    seen = []
    for day in range(100, 109):
        streak = daily_streak(last, streak, day)
        last = day
        seen.append(streak)
    assert seen == [1, 2, 3, 4, 5, 6, 7, 1, 2]
    assert daily_streak(108, 2, 110) == 1


def test_the_bonus_is_100_to_700_oranges_and_10_gems_on_the_seventh_day() -> None:
    assert [daily_bonus(day) for day in range(1, 8)] == [
        (100, 0),
        (200, 0),
        (300, 0),
        (400, 0),
        (500, 0),
        (600, 0),
        (700, 10),
    ]


def test_a_bonus_is_had_from_the_first_day_on_that_has_none() -> None:
    day = NOW // DAY
    assert check_daily(day, NOW) is None
    for free in (day + 1, day + 3):
        refusal = check_daily(free, NOW)
        assert refusal is not None
        assert refusal.reason is Reason.TOO_SOON
        assert refusal.figures["wait_seconds"] == -(-(free * DAY - NOW) // SECOND)


@given(st.integers(0, 200), st.integers(0, 200))
def test_the_chance_is_50_plus_bonus_less_defence_kept_within_5_and_95(
    bonus: int, defence: int
) -> None:
    chance = rob_chance(bonus, defence)
    assert 5 <= chance <= 95
    if 5 <= 50 + bonus - defence <= 95:
        assert chance == 50 + bonus - defence


def test_a_roll_succeeds_below_its_chance() -> None:
    assert succeeds(649_999, 65)
    assert not succeeds(650_000, 65)


@given(st.integers(500, 10**9), WORDS)
def test_loot_is_5_to_15_percent(oranges: int, word: int) -> None:
    taken = loot(oranges, word, 0)
    assert oranges * 5 // 100 <= taken <= oranges * 15 // 100


def test_the_whole_range_of_loot_comes_and_insurance_keeps_its_share() -> None:
    assert loot(10_000, 0, 0) == 500
    assert loot(10_000, 2**32 - 1, 0) == 1_500
    assert loot(10_000, 2**32 - 1, 40) == 900


def test_each_success_of_the_last_day_halves_the_loot_down_to_1() -> None:
    assert [loot(10_000, 0, 0, halved) for halved in range(5)] == [500, 250, 125, 62, 31]
    assert loot(500, 0, 40, 10) == 1


@pytest.mark.parametrize(
    ("oranges", "due"),
    [(0, 0), (60, 60), (200, 100), (2_000, 100), (4_000, 200), (10_000, 500), (10**9, 500)],
)
def test_a_fine_is_5_percent_at_least_100_and_at_most_500(oranges: int, due: int) -> None:
    assert fine(oranges) == due


def test_who_has_200_oranges_has_a_stake() -> None:
    assert check_stake(200) is None
    refusal = check_stake(199)
    assert refusal is not None
    assert (refusal.reason, refusal.figures["missing"]) == (Reason.INSUFFICIENT_FUNDS, 1)


@given(WORDS)
def test_a_robbery_wears_gear_by_2_or_3(word: int) -> None:
    assert wear(word) in (2, 3)


def test_both_wears_come() -> None:
    assert (wear(0), wear(2**32 - 1)) == (2, 3)


def target(**changes: object) -> Target:
    facts: dict[str, object] = {
        "name": "bob",
        "oranges": 500,
        "created_at": NOW - DAY,
        "neighbour": False,
        "last_robbed_by_me": None,
    }
    return Target(**{**facts, **changes})  # type: ignore[arg-type]


def test_a_player_of_a_day_with_500_oranges_can_be_robbed() -> None:
    assert check_rob("ana", target(), NOW) is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"name": "ana"}, Reason.NO_TARGET),
        ({"created_at": NOW - DAY + 1}, Reason.PROTECTED),
        ({"oranges": 499}, Reason.PROTECTED),
        ({"last_robbed_by_me": NOW - HOUR + 1}, Reason.TOO_SOON),
    ],
)
def test_oneself_the_new_the_poor_and_the_same_within_an_hour_are_refused(
    changes: dict[str, object], reason: Reason
) -> None:
    refusal = check_rob("ana", target(**changes), NOW)
    assert refusal is not None
    assert refusal.reason is reason


def test_a_neighbour_is_never_too_new() -> None:
    assert check_rob("ana", target(neighbour=True, created_at=NOW), NOW) is None


@given(
    st.text("abc", max_size=5), st.integers(1, 9), st.integers(1, 9), st.sampled_from(ShiftStyle)
)
def test_a_style_keeps_within_its_spread(
    seed: str, player: int, shift: int, style: ShiftStyle
) -> None:
    skill = skill_by_choice(seed, player, shift, style)
    assert abs(skill - MEAN_SKILL) <= STYLE_SPREAD[style]
    assert skill == skill_by_choice(seed, player, shift, style)


@pytest.mark.parametrize("fed", [False, True])
def test_a_style_pays_from_its_least_to_its_most(fed: bool) -> None:
    for style in ShiftStyle:
        drawn = {skill_by_choice("seed", 1, n, style) for n in range(1, 2_001)}
        pays = [shift_pay(skill, fed=fed, rest=35) for skill in drawn]
        assert (min(pays), max(pays)) == pay_by_choice(style, fed=fed, rest=35)


def test_every_style_pays_the_same_in_the_mean() -> None:
    for style in ShiftStyle:
        drawn = [skill_by_choice("seed", 1, n, style) for n in range(1, 10_001)]
        pay = [shift_pay(skill, fed=False, rest=0) for skill in drawn]
        deviation = STYLE_SPREAD[style] / math.sqrt(3)
        assert abs(sum(pay) / len(pay) - 60) < 4 * deviation / 100


@pytest.mark.parametrize("skill", [-1, 101, 10**20])
def test_a_skill_that_no_game_gives_is_refused(skill: int) -> None:
    refusal = check_skill(skill)
    assert refusal is not None
    assert refusal.reason is Reason.INVALID_AMOUNT


@pytest.mark.parametrize("skill", [0, 100])
def test_a_skill_of_0_to_100_is_not(skill: int) -> None:
    assert check_skill(skill) is None


@given(st.integers(0, 45), st.none() | st.integers(-DAY, DAY))
def test_the_next_shift_begins_when_nothing_refuses_it(today: int, before: int | None) -> None:
    last = None if before is None else NOW - before
    at = next_shift(today, last, NOW)
    refusal = check_shift(today, last, NOW)
    if refusal is None:
        assert at == NOW
        return
    assert at > NOW
    assert refusal.figures["wait_seconds"] == -(-(at - NOW) // SECOND)
    assert check_shift(today % 40 if today >= 40 else today, last, at) is None


@pytest.mark.parametrize("rank", CRATES)
def test_a_crate_holds_each_kind_as_often_as_the_ranks_weight_says(rank: str) -> None:
    pool = {cell: [" ".join(cell)] for cell in CRATES[rank]}
    seen = Counter(crate_item("seed", 1, n, rank, pool) for n in range(10_000))
    for cell, weight in CRATES[rank].items():
        sigma = math.sqrt(10_000 * weight / 1_000 * (1 - weight / 1_000))
        assert abs(seen[" ".join(cell)] - 10 * weight) <= 4 * sigma


def test_a_crate_draws_evenly_within_a_kind_and_else_holds_what_is_cheaper() -> None:
    gear = (CrateKind.GEAR, Rarity.COMMON)
    pool = {gear: ["a", "b"], (CrateKind.COSMETIC, Rarity.LEGENDARY): ["c"]}
    seen = Counter(crate_item("seed", 1, n, "Rookie", pool) for n in range(10_000))
    assert abs(seen["a"] + seen["b"] - 3_200) < 4 * math.sqrt(10_000 * 0.32 * 0.68)
    assert abs(seen["a"] - seen["b"]) < 4 * math.sqrt(3_200)
    assert seen["c"] + seen["a"] + seen["b"] == 10_000


def test_where_there_is_nothing_cheaper_a_crate_holds_the_cheapest_of_all() -> None:
    pool = {
        (CrateKind.GEAR, Rarity.COMMON): ["spoon", "vest"],
        (CrateKind.COLLECTIBLE, Rarity.EPIC): ["crown"],
    }
    seen = Counter(crate_item("seed", 1, n, "Kingpin", pool) for n in range(4_000))
    assert set(seen) == {"crown", "spoon", "vest"}
    assert 0 < seen["spoon"] + seen["vest"] < 400 < seen["crown"]


def test_a_crate_is_the_same_whoever_looks_and_nothing_where_there_is_nothing() -> None:
    pool = {(CrateKind.COSMETIC, Rarity.COMMON): list("abcdefgh")}
    assert crate_item("s", 1, 7, "Rookie", pool) == crate_item("s", 1, 7, "Rookie", pool)
    assert crate_item("s", 1, 7, "Rookie", {}) is None
    assert crate_kind(Category.CONSUMABLE) is None
