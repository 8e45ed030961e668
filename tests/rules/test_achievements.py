"""Goals: which figures reach them, and what is said of their rewards."""

from dataclasses import dataclass

import pytest

from inventui.rules.achievements import (
    Condition,
    Rewards,
    award_words,
    farthest,
    progress,
    reached,
    reward_words,
)


@dataclass(frozen=True)
class Wish:
    condition: Condition
    threshold: int


OPEN_TEN = Wish(Condition.OPENINGS, 10)
OPEN_TWO = Wish(Condition.OPENINGS, 2)
SELL = Wish(Condition.ITEMS_SOLD, 5)


@pytest.mark.parametrize(("figure", "shown"), [(-3, 0), (0, 0), (9, 9), (10, 10), (11, 10)])
def test_progress_lies_between_nothing_and_the_threshold(figure: int, shown: int) -> None:
    assert progress({Condition.OPENINGS: figure}, OPEN_TEN) == shown


@pytest.mark.parametrize(("figure", "met"), [(9, False), (10, True), (11, True)])
def test_a_goal_is_reached_from_its_threshold_on(figure: int, met: bool) -> None:
    assert (reached([OPEN_TEN], {Condition.OPENINGS: figure}) == [OPEN_TEN]) is met


def test_what_was_not_counted_is_nothing() -> None:
    assert reached([OPEN_TEN, SELL], {}) == []
    assert progress({}, SELL) == 0


def test_goals_are_reached_in_their_order() -> None:
    figures = {Condition.OPENINGS: 12, Condition.ITEMS_SOLD: 4}
    assert reached([OPEN_TEN, SELL, OPEN_TWO], figures) == [OPEN_TEN, OPEN_TWO]


def test_each_figure_is_wanted_as_far_as_its_farthest_goal() -> None:
    assert farthest([OPEN_TWO, SELL, OPEN_TEN]) == {
        Condition.OPENINGS: 10,
        Condition.ITEMS_SOLD: 5,
    }
    assert farthest([OPEN_TEN, OPEN_TWO]) == {Condition.OPENINGS: 10}


@pytest.mark.parametrize(
    ("rewards", "words"),
    [
        (Rewards(), ""),
        (Rewards(oranges=1), "1 orange"),
        (Rewards(oranges=1_200, gems=1), "1,200 oranges and 1 gem"),
        (Rewards(2, 5, 50, "lime", "Lime"), "2 oranges, 5 gems, 50 experience and Lime"),
    ],
)
def test_rewards_are_said_as_one_says_them(rewards: Rewards, words: str) -> None:
    assert reward_words(rewards) == words


def test_an_award_says_what_is_given_and_what_is_not() -> None:
    assert award_words("Goal", Rewards()) == "Achieved: Goal."
    assert award_words("Goal", Rewards(gems=2)) == "Achieved: Goal. You get 2 gems."
    in_escrow = award_words("Goal", Rewards(item="vest", item_name="Vest"), escrowed=True)
    assert in_escrow == (
        "Achieved: Goal. You get Vest. There is no room for more gear: it waits in escrow."
    )
    assert award_words("Goal", Rewards(), had="Lime") == "Achieved: Goal. You own Lime already."
