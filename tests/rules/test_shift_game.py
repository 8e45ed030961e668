"""The game of timing: levels, scores, courses; a shift can be played again on paper."""

from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.core.world_random import Draws
from inventui.rules.streets.shift_game import (
    BETWEEN,
    BROAD,
    FILL_TIMES,
    FINE,
    FULL,
    LEAD,
    LINES,
    LONGEST,
    POURS,
    Course,
    Flow,
    Pour,
    PourVerdict,
    pours_of,
)
from inventui.rules.streets.shifts import MEAN_SKILL, check_skill

FLOWS = st.sampled_from(list(Flow))
SOME = st.builds(
    Pour, FLOWS, st.sampled_from(LINES), st.sampled_from([FINE, BROAD]), st.integers(1_300, 2_400)
)


@pytest.fixture
def shifts(trust: bool) -> range:
    """Numbers of shifts."""
    return range(1, 301 if trust else 101)


def moment(pour: Pour, level: int) -> int:
    """When a glass is first so full."""
    return next(t for t in range(pour.time + 1) if pour.level(t) >= level)


def played(shift: int, off: int = 0, *, player: int = 1) -> Course:
    """A shift in which every tap is closed so long after its glass was right."""
    course = Course(pours_of(player, shift))
    for index, pour in enumerate(course.pours):
        course = course.close_tap(course.begins(index) + moment(pour, pour.line) + off)
    return course.at(LONGEST)


@given(SOME)
def test_a_glass_is_empty_at_first_full_at_its_time_and_never_loses_juice(pour: Pour) -> None:
    levels = [pour.level(t) for t in range(-50, pour.time + 51, 10)]
    assert pour.level(0) == 0
    assert pour.level(pour.time) == pour.level(10 * pour.time) == FULL
    assert levels == sorted(levels)


@given(SOME)
def test_the_closer_to_the_line_the_more_a_pour_is_worth(pour: Pour) -> None:
    by_distance = sorted(
        (abs(pour.level(t) - pour.line), -pour.score(t))
        for t in range(pour.time)
        if pour.level(t) < FULL
    )
    scores = [-score for _, score in by_distance]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 100
    assert scores[-1] == 0


@pytest.mark.parametrize("perfect", [FINE, BROAD])
def test_perfect_reaches_exactly_as_far_as_the_line_is_broad(perfect: int) -> None:
    pour = Pour(Flow.EVEN, 550, perfect, FULL)
    assert pour.verdict(550 - perfect) is pour.verdict(550 + perfect) is PourVerdict.PERFECT
    assert pour.verdict(550 - perfect - 3) is pour.verdict(550 + perfect + 3) is PourVerdict.GOOD
    assert pour.verdict(350) is PourVerdict.SHORT
    assert pour.verdict(750) is PourVerdict.OVER


def test_a_pour_is_good_from_seventy_on() -> None:
    pour = Pour(Flow.EVEN, 550, FINE, FULL)
    for t in (550 - FINE - 40, 550 + FINE + 40):
        assert (pour.score(t), pour.verdict(t)) == (70, PourVerdict.GOOD)
    short, over = 550 - FINE - 41, 550 + FINE + 41
    assert (pour.score(short), pour.verdict(short)) == (69, PourVerdict.SHORT)
    assert (pour.score(over), pour.verdict(over)) == (69, PourVerdict.OVER)


@given(SOME)
def test_a_glass_that_runs_over_is_worth_nothing(pour: Pour) -> None:
    assert (pour.score(pour.time), pour.verdict(pour.time)) == (0, PourVerdict.SPILT)


def test_every_score_of_every_moment_is_a_skill(shifts: range) -> None:
    for shift in shifts:
        for pour in pours_of(1, shift):
            for t in range(0, pour.time + 100, 50):
                assert check_skill(pour.score(t)) is None


def test_the_same_shift_is_the_same_game_and_others_are_not(shifts: range) -> None:
    assert pours_of(3, 7) == pours_of(3, 7)
    games = {pours_of(player, shift) for player in (1, 2) for shift in shifts}
    assert len(games) == 2 * len(shifts)


def test_shifts_vary_in_flow_line_and_breadth_and_each_pour_is_quicker_than_the_last(
    shifts: range,
) -> None:
    games = [pours_of(1, shift) for shift in shifts]
    assert {pour.flow for game in games for pour in game} == set(Flow)
    assert {pour.line for game in games for pour in game} == set(LINES)
    assert {pour.perfect for game in games for pour in game} == {FINE, BROAD}
    for game in games:
        assert len(game) == POURS
        assert game[0].time > game[1].time > game[2].time
        for pour, (least, most) in zip(game, FILL_TIMES, strict=True):
            assert least <= pour.time <= most


def test_no_shift_takes_longer_than_eight_seconds(shifts: range) -> None:
    assert LONGEST <= 8_000
    for shift in shifts:
        course = Course(pours_of(1, shift))
        assert course.at(LONGEST).done


def test_who_never_closes_a_tap_spills_everything_whenever_one_looks(shifts: range) -> None:
    for shift in shifts:
        start = Course(pours_of(1, shift))
        often = start
        for now in range(0, LONGEST + 50, 33):
            often = often.at(now)
        assert often == start.at(LONGEST)
        assert often.verdicts == (PourVerdict.SPILT,) * POURS
        assert often.skill == 0


def test_who_closes_each_tap_at_its_line_has_all_the_skill_there_is(shifts: range) -> None:
    for shift in shifts:
        assert played(shift).skill == 100


def test_a_tap_that_is_not_open_yet_can_t_be_closed() -> None:
    start = Course(pours_of(1, 1))
    assert start.close_tap(0) == start.close_tap(LEAD) == start
    first = start.close_tap(LEAD + 500)
    assert first.ends == (LEAD + 500,)
    assert first.close_tap(LEAD + 500 + BETWEEN) == first
    assert len(first.close_tap(LEAD + 500 + BETWEEN + 1).ends) == 2


def test_a_key_after_the_glass_ran_over_does_not_save_it_and_is_not_the_next_pours() -> None:
    start = Course(pours_of(1, 1))
    late = start.close_tap(LEAD + start.pours[0].time + 10)
    assert late.verdicts == (PourVerdict.SPILT,)
    assert late.ends == (LEAD + start.pours[0].time,)


def test_a_shift_that_is_over_can_t_be_bettered() -> None:
    done = played(1)
    assert done.close_tap(LONGEST + 1) == done.at(10 * LONGEST) == done


def test_juice_is_seen_in_the_glasses_filled_and_the_one_being_filled_alone() -> None:
    course = Course(pours_of(1, 1)).close_tap(LEAD + 700)
    now = LEAD + 700 + BETWEEN + 400
    assert course.level(0, now) == course.pours[0].level(700)
    assert course.level(1, now) == course.pours[1].level(400)
    assert course.level(2, now) == 0


def test_skill_so_far_counts_pours_to_come_as_nothing() -> None:
    course = Course(pours_of(1, 1))
    pour = course.pours[0]
    course = course.close_tap(LEAD + moment(pour, pour.line))
    assert (course.scores, course.skill) == ((100,), 33)


def test_a_fair_hand_earns_more_than_a_choice_does_and_a_wild_one_less(shifts: range) -> None:
    def skill(most_off: int) -> float:
        draws = Draws("hands", "off", most_off)
        return mean(played(s, draws.between(-most_off, most_off)).skill for s in shifts)

    assert skill(40) > 90
    assert skill(250) > MEAN_SKILL + 10
    assert skill(700) < MEAN_SKILL - 10
