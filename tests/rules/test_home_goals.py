"""Home: what a player can do now for a goal, or with a gain in the mean."""

from dataclasses import replace
from typing import NamedTuple

import pytest

from inventui.rules.achievements import Condition
from inventui.rules.cases.odds import OddsEntry
from inventui.rules.core.clock import DAY
from inventui.rules.core.enums import Rarity
from inventui.rules.home import Kind, Waiting
from inventui.rules.home_goals import MOST_GOALS, NAMED, cheap_fusion, goal_lines
from inventui.rules.home_lines import lines_of
from inventui.rules.home_state import AtHome, CheapFusion, OpenGoal, RobberyTarget
from inventui.rules.people.friends import FriendshipState
from inventui.rules.streets.robbery import fine, mean_gain, mean_loot, mean_wear

NOW = 20_000 * DAY
STRANGERS = tuple((name, FriendshipState.NONE) for name in ("Zest", "Rind", "Pith"))
ASKED = ("Pomelo", FriendshipState.ASKED)
IDLE = AtHome(
    now=NOW,
    oranges=5_000,
    experience=0,
    trades=(),
    escrowed=(),
    friends=(),
    gifts=0,
    bonus=None,
    shifts_left=0,
    next_shift_at=NOW,
    shift_pay=70,
    unpaid=(),
    gear=(),
    cheapest_business=None,
    cheapest_home=None,
    for_gems=None,
    finds=(0, 0),
    robbery_targets=(),
    robbery_wear=0,
    fusions=(),
    goals=(),
    bonds=(),
    listings=0,
    offers=0,
    sets=(),
    quest=None,
    case=("crate", "Crate", 150, 14),
)
"""Of whom nothing is known that could be done but opening a case."""


class Quest(NamedTuple):
    slug: str
    name: str
    condition: Condition
    oranges: int
    number: int
    total: int


def goal(condition: Condition, left: int, oranges: int = 300, threshold: int = 10) -> OpenGoal:
    return OpenGoal("Goal", condition, threshold, left, oranges)


def lines(home: AtHome, kind: Kind) -> list[Waiting]:
    return [line for line in goal_lines(home) if line.kind is kind]


def only(home: AtHome, kind: Kind) -> Waiting:
    (line,) = lines(home, kind)
    return line


# Robberies


def test_the_mean_of_a_robbery_counts_loot_fine_and_wear() -> None:
    assert mean_loot(5_000, 0) == 500
    assert mean_loot(5_000, 20, 1) == 200
    assert mean_wear(600, 100) == 15
    assert fine(5_000) == 250
    assert mean_gain(50, 500, 5_000) == 125
    assert mean_gain(50, 500, 5_000, 15) == 110
    assert mean_gain(5, 500, 5_000) < 0


def test_the_robbery_that_brings_most_in_the_mean_is_named_with_its_chance_and_worth() -> None:
    targets = (
        RobberyTarget("Poor", 60, 300),
        RobberyTarget("Rich", 45, 900),
        RobberyTarget("Guarded", 10, 1_000),
    )
    line = only(replace(IDLE, robbery_targets=targets, robbery_wear=15), Kind.ROB)
    assert (line.what, line.target, line.room, line.part) == (
        "Rob Rich: 45 %", "Rich", "streets", "rob",
    )  # fmt: skip
    assert line.worth == mean_gain(45, 900, IDLE.oranges, 15)


@pytest.mark.parametrize(("oranges", "wear"), [(10_000, 0), (5_000, 200)])
def test_no_robbery_is_named_that_costs_in_the_mean(oranges: int, wear: int) -> None:
    targets = (RobberyTarget("Poor", 50, 300), RobberyTarget("Guarded", 10, 900))
    assert (
        lines(replace(IDLE, robbery_targets=targets, oranges=oranges, robbery_wear=wear), Kind.ROB)
        == []
    )


def test_a_robbery_for_a_goal_is_worth_a_steps_share_of_its_reward_by_its_chance() -> None:
    home = replace(IDLE, robbery_targets=(RobberyTarget("Poor", 50, 100),))
    assert lines(home, Kind.ROB) == []
    for left, share in ((1, 1_000), (4, 250)):
        line = only(replace(home, goals=(goal(Condition.ROBBERIES, left, 1_000),)), Kind.ROB)
        assert (line.worth, line.why) == (mean_gain(50, 100 + share, 5_000), "Goal")
    tried = only(replace(home, goals=(goal(Condition.ROBBERIES_TRIED, 2, 600),)), Kind.ROB)
    assert tried.worth == mean_gain(50, 100, 5_000) + 300
    assert lines(replace(home, goals=(goal(Condition.ROBBERIES, 10, 1_000),)), Kind.ROB) == []


# Fusions

POOL = (OddsEntry("Gem", 200, Rarity.UNCOMMON, 100, "gem"),)


def test_a_fusion_is_measured_by_the_first_five_that_bring_a_pool() -> None:
    inputs = [(1, ()), *((10, POOL) for _ in range(5)), (99, POOL)]
    assert cheap_fusion(Rarity.COMMON, inputs) == CheapFusion(Rarity.COMMON, 50, 200 - 50 - 50)
    assert cheap_fusion(Rarity.COMMON, inputs[:5]) is None


def test_the_fusion_that_gains_most_is_named_and_leads_to_its_rarity() -> None:
    less, more = CheapFusion(Rarity.COMMON, 50, 20), CheapFusion(Rarity.UNCOMMON, 90, 40)
    line = only(replace(IDLE, fusions=(less, more)), Kind.FUSE)
    assert (line.what, line.worth, line.cost) == ("Fuse five uncommon finds", 40, 90)
    assert (line.room, line.part) == ("workshop", "uncommon")


def test_no_fusion_is_named_that_loses_in_the_mean_or_that_the_purse_cant_pay() -> None:
    loses, dear = CheapFusion(Rarity.COMMON, 50, 0), CheapFusion(Rarity.COMMON, 50, 20)
    assert lines(replace(IDLE, fusions=(loses,)), Kind.FUSE) == []
    assert lines(replace(IDLE, fusions=(dear,), oranges=49), Kind.FUSE) == []


def test_a_fusion_for_a_goal_is_worth_a_steps_share_of_its_reward_too() -> None:
    home = replace(IDLE, fusions=(CheapFusion(Rarity.COMMON, 50, -90),))
    line = only(replace(home, goals=(goal(Condition.FUSIONS, 1),)), Kind.FUSE)
    assert (line.what, line.why, line.worth) == ("Fuse five common finds", "Goal", 210)
    far = replace(home, goals=(goal(Condition.FUSIONS, 25, 2_500),))
    assert only(far, Kind.FUSE).worth == 10


# Goals


@pytest.mark.parametrize(
    ("reached", "known", "what"),
    [
        (goal(Condition.OPENINGS, 3), {}, "Open 3 cases"),
        (goal(Condition.BIGGEST_BATCH, 9), {}, "Open 10 cases at once"),
        (goal(Condition.SHIFTS, 4), {"shifts_left": 4}, "Work 4 shifts"),
        (goal(Condition.SHIFTS, 1), {"shifts_left": 4}, "Work a shift"),
        (goal(Condition.ITEMS_SOLD, 2), {"finds": (2, 30)}, "Sell 2 finds"),
        (goal(Condition.ROTATIONS, 1), {}, "Rotate your seeds"),
        (goal(Condition.FRIENDS, 3), {"bonds": STRANGERS}, "Ask 3 to be friends"),
        (
            goal(Condition.FRIENDS, 2),
            {"bonds": (ASKED, *STRANGERS)},
            "Ask one to be friends",
        ),
        (goal(Condition.TRADES, 1), {"finds": (1, 8), "bonds": STRANGERS}, "Offer a trade"),
        (goal(Condition.LISTINGS, 1), {"finds": (1, 8)}, "List a find in the bazaar"),
        (goal(Condition.BAZAAR_SALES, 1), {"finds": (1, 8)}, "List a find in the bazaar"),
    ],
)
def test_a_goal_that_can_be_reached_now_names_its_next_step(
    reached: OpenGoal, known: dict[str, object], what: str
) -> None:
    line = only(replace(IDLE, goals=(reached,), **known), Kind.GOAL)  # type: ignore[arg-type]
    assert (line.what, line.why) == (what, "Goal")
    opens = reached.condition in (Condition.OPENINGS, Condition.BIGGEST_BATCH)
    whom = "Zest" if reached.condition is Condition.FRIENDS else ""
    assert line.target == ("crate" if opens else whom)


@pytest.mark.parametrize(
    ("far", "known"),
    [
        (goal(Condition.OPENINGS, 3), {"case": None}),
        (goal(Condition.OPENINGS, 3), {"oranges": 449}),
        (goal(Condition.OPENINGS, 30, oranges=400), {}),
        (goal(Condition.OPENINGS, 101, oranges=9_000), {"oranges": 90_000}),
        (goal(Condition.BIGGEST_BATCH, 9), {"oranges": 1_499}),
        (goal(Condition.BIGGEST_BATCH, 9, oranges=139), {}),
        (goal(Condition.SHIFTS, 5), {"shifts_left": 4}),
        (goal(Condition.ITEMS_SOLD, 3), {"finds": (2, 30)}),
        (goal(Condition.ROTATIONS, 2), {}),
        (goal(Condition.FRIENDS, 4), {"bonds": STRANGERS}),
        (goal(Condition.FRIENDS, 1), {"bonds": (ASKED, *STRANGERS)}),
        (goal(Condition.TRADES, 1), {"bonds": STRANGERS}),
        (goal(Condition.TRADES, 1), {"finds": (1, 8)}),
        (goal(Condition.TRADES, 1), {"finds": (1, 8), "bonds": STRANGERS, "offers": 1}),
        (goal(Condition.LISTINGS, 1), {}),
        (goal(Condition.BAZAAR_SALES, 1), {"finds": (1, 8), "listings": 1}),
        (goal(Condition.BAZAAR_SALES, 2), {"finds": (1, 8)}),
        (goal(Condition.NET_WORTH, 1), {}),
        (goal(Condition.OPENINGS, 0), {}),
        (goal(Condition.SHIFTS, 0), {"shifts_left": 4}),
    ],
)
def test_a_goal_that_cant_be_reached_now_or_costs_more_than_it_gives_is_not_named(
    far: OpenGoal, known: dict[str, object]
) -> None:
    assert lines(replace(IDLE, goals=(far,), **known), Kind.GOAL) == []  # type: ignore[arg-type]


def test_cases_to_open_for_a_goal_are_worth_its_reward_less_what_they_lose_in_the_mean() -> None:
    line = only(replace(IDLE, goals=(goal(Condition.BIGGEST_BATCH, 9, 500),)), Kind.GOAL)
    assert (line.cost, line.worth, line.room) == (1_500, 500 - 140, "cases")


def test_the_goals_that_bring_most_are_named_and_no_more_than_two() -> None:
    goals = [
        goal(Condition.ROTATIONS, 1, 100),
        goal(Condition.OPENINGS, 1, 900),
        goal(Condition.SHIFTS, 1, 500),
    ]
    found = lines(replace(IDLE, goals=goals, shifts_left=1), Kind.GOAL)
    assert [line.worth for line in found] == [886, 500]
    assert len(found) == MOST_GOALS


def test_a_goal_of_shifts_stands_in_the_place_of_the_shift_itself() -> None:
    home = replace(IDLE, shifts_left=5)
    assert Kind.SHIFT in {line.kind for line in lines_of(home)}
    told = lines_of(replace(home, goals=(goal(Condition.SHIFTS, 5),)))
    assert [line.part for line in told].count("play") == 1


def test_every_condition_that_home_knows_a_step_for_is_asked_about() -> None:
    known = replace(
        IDLE,
        finds=(9, 90),
        bonds=STRANGERS,
        shifts_left=9,
        robbery_targets=(RobberyTarget("Poor", 50, 900),),
        fusions=(CheapFusion(Rarity.COMMON, 50, 20),),
    )
    plain = list(goal_lines(known))
    told = {
        of for of in Condition if list(goal_lines(replace(known, goals=(goal(of, 1),)))) != plain
    }
    assert told == NAMED


def test_quests_lead_alone_until_the_last_one_is_on_show() -> None:
    home = replace(
        IDLE,
        goals=(goal(Condition.ROTATIONS, 1),),
        cheapest_home=(800, 8),
        for_gems=("hat", "Hat", 5),
    )
    first = Quest("sell", "Sell a find", Condition.ITEMS_SOLD, 50, 2, 3)
    assert list(goal_lines(replace(home, quest=first))) == []
    for quest in (None, first._replace(number=3)):
        assert {line.kind for line in goal_lines(replace(home, quest=quest))} == {
            Kind.GOAL, Kind.HOME, Kind.GEMS,
        }  # fmt: skip


# Homes and businesses


def test_a_home_is_named_to_who_can_pay_it_with_the_days_until_it_is_paid_back() -> None:
    line = only(replace(IDLE, cheapest_home=(800, 8)), Kind.HOME)
    assert (line.what, line.room, line.cost) == ("Find a home: back in 8 days", "shop", 800)
    assert lines(replace(IDLE, cheapest_home=(800, 8), oranges=799), Kind.HOME) == []


@pytest.mark.parametrize(
    ("oranges", "what"),
    [(12_000, "Find a business"), (11_999, "A business in one shift"),
     (5_000, "A business in ~100 shifts")],
)  # fmt: skip
def test_a_business_out_of_reach_says_about_how_many_shifts_away_it_is(
    oranges: int, what: str
) -> None:
    told = lines_of(replace(IDLE, oranges=oranges, cheapest_business=12_000))
    assert [line.what for line in told if line.kind is Kind.BUSINESS] == [what]


@pytest.mark.parametrize("condition", [Condition.ITEMS_SOLD, Condition.LISTINGS])
def test_a_quest_that_needs_a_find_leads_who_has_none_to_the_cases(condition: Condition) -> None:
    home = replace(IDLE, quest=Quest("sell", "Sell a find", condition, 50, 2, 3))
    told = [next(line for line in lines_of(now) if line.is_quest) for now in (
        home, replace(home, finds=(1, 8)),
    )]  # fmt: skip
    assert [(line.what, line.cost) for line in told] == [
        ("Quest 2/3: Win a find first", 150), ("Quest 2/3: Sell a find", 0),
    ]  # fmt: skip
    assert told[0].room == "cases" != told[1].room


def test_what_gems_alone_pay_is_named_with_its_price() -> None:
    line = only(replace(IDLE, for_gems=("hat", "Hat", 5)), Kind.GEMS)
    assert (line.what, line.gems, line.room, line.target) == ("Buy Hat", 5, "shop", "hat")
