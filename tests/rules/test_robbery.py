"""What a robbery's roll draws, and its odds."""

import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.cases.canonical import from_canonical
from inventui.rules.cases.fairness import TICKETS, ticket
from inventui.rules.streets.robbery import (
    chance_parts,
    rob_chance,
    robbery_draw,
    robbery_odds,
    succeeds,
    takes_gear,
    which_gear,
)

SEED = "ab" * 32
WORDS = st.integers(0, 2**32 - 1)


def test_a_robbery_draws_six_numbers_of_its_nonce_in_order() -> None:
    block = hmac.digest(SEED.encode(), b"mine:7:0", "sha256")
    numbers = [int.from_bytes(block[i : i + 4], "big") for i in range(0, 24, 4)]
    draw = robbery_draw(SEED, "mine", 7)
    assert draw.ticket == numbers[0] * 1_000_000 // 2**32 == ticket(SEED, "mine", 7)
    assert [
        draw.loot,
        draw.gear,
        draw.which,
        draw.weapon_wear,
        draw.armour_wear,
    ] == numbers[1:]


@given(st.integers(5, 95), st.integers(0, TICKETS - 1))
def test_the_odds_table_of_a_chance_is_won_by_the_tickets_below_it(chance: int, t: int) -> None:
    odds = robbery_odds(chance)
    assert odds.entries[odds.winner(t)].item == ("success" if succeeds(t, chance) else "failure")
    assert from_canonical(odds.canonical()) == odds


@given(st.integers(0, 100), st.integers(0, 100))
def test_the_parts_of_a_chance_sum_to_it_and_none_is_nothing(bonus: int, defence: int) -> None:
    parts = chance_parts(bonus, defence)
    assert sum(part.percent for part in parts) == rob_chance(bonus, defence)
    assert all(part.percent for part in parts)


def test_the_parts_of_a_chance_name_the_gear_they_come_from() -> None:
    assert [(p.label, p.percent) for p in chance_parts(5, 60, "Spoon", "Vest")] == [
        ("everybody's chance", 50),
        ("your Spoon", 5),
        ("their Vest", -60),
        ("kept within 5–95 %", 10),
    ]


@pytest.mark.parametrize(
    ("word", "takes"), [(0, True), (429_496_729, True), (429_496_730, False), (2**32 - 1, False)]
)
def test_a_tenth_of_the_numbers_takes_gear(word: int, takes: bool) -> None:
    assert takes_gear(word) is takes


@given(WORDS, st.integers(1, 10))
def test_which_gear_is_one_of_those_there_are(word: int, count: int) -> None:
    assert 0 <= which_gear(word, count) < count
    assert which_gear(0, count) == 0
    assert which_gear(2**32 - 1, count) == count - 1
