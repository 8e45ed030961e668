"""Guarantees of cases, groups, several rolls, and how long one waits."""

import json
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.cases.canonical import from_canonical
from inventui.rules.cases.fairness import TICKETS
from inventui.rules.cases.guarantee import Guarantee, allot
from inventui.rules.cases.odds import OddsEntry, OddsTable
from inventui.rules.cases.waiting import wait_for
from inventui.rules.core.enums import Rarity

ENTRIES = (
    OddsEntry("Crown", 1_000, Rarity.LEGENDARY, 3_000, "crown"),
    OddsEntry("Ring", 900, Rarity.LEGENDARY, 3_000, "ring"),
    OddsEntry("Cup", 50, Rarity.RARE, 94_000, "cup"),
    OddsEntry("Pip", 5, Rarity.COMMON, 900_000, "pip"),
)
PROMISE = Guarantee(Rarity.LEGENDARY, 89, 73, 60_000)
PLAIN = OddsTable("crate", 100, ENTRIES)
PROMISED = replace(PLAIN, guarantee=PROMISE)


def played(table: OddsTable, rolls: int) -> list[int]:
    """The entries that so many rolls win, drawn from a seed."""
    random, since, won = Random(7), 0, []
    for _ in range(rolls):
        index = table.winner(random.randrange(TICKETS), since)
        since = table.since_after(index, since)
        won.append(index)
    return won


@given(st.integers(0, 100))
def test_chances_sum_to_the_whole_after_any_row_of_misses(since: int) -> None:
    parts = PROMISED.parts_at(since)
    assert sum(parts) == TICKETS
    assert parts[0] == parts[1]
    assert (sum(parts[2:]) == 0) == (since >= 89)
    if since < 73:
        assert parts == tuple(entry.parts for entry in ENTRIES)
    elif since < 89:
        assert sum(parts[:2]) == min(TICKETS, 6_000 + 60_000 * (since - 72))


def test_the_roll_after_as_many_misses_as_are_allowed_is_a_hit() -> None:
    table = replace(PLAIN, guarantee=Guarantee(Rarity.RARE, 3))
    for ticket in range(0, TICKETS, 9_973):
        assert table.entries[table.winner(ticket, 3)].rarity.rank >= Rarity.RARE.rank
    assert table.winner(TICKETS - 1, 2) == 3


def test_misses_are_counted_until_a_hit() -> None:
    assert [PROMISED.since_after(index, 5) for index in range(4)] == [0, 0, 6, 6]
    assert [PLAIN.since_after(index, 5) for index in range(4)] == [0, 0, 0, 0]


def test_no_row_of_misses_is_longer_than_is_promised() -> None:
    row = longest = 0
    for index in played(PROMISED, 20_000):
        row = 0 if index < 2 else row + 1
        longest = max(longest, row)
    assert 73 <= longest <= 89


def test_shares_and_value_are_those_of_the_long_run() -> None:
    assert sum(PROMISED.shares) == 1
    # A known rule of this form: 0.6 %, rising by 6 % from the 74th on, comes to 1.605 %.
    assert round(float(PROMISED.shares[0] + PROMISED.shares[1]), 5) == 0.01605
    won = played(PROMISED, 100_000)
    for index in range(4):
        seen = won.count(index) / len(won)
        assert seen == pytest.approx(float(PROMISED.shares[index]), rel=0.1)
    assert PROMISED.expected_value > PLAIN.expected_value


def test_a_plain_table_has_its_old_form_and_figures() -> None:
    assert json.loads(PLAIN.canonical())["version"] == 1
    assert PLAIN.expected_value == Fraction(3_000 * 1_900 + 94_000 * 50 + 900_000 * 5, TICKETS)
    assert PLAIN.chance_of_profit == Fraction(6, 1_000)
    assert PLAIN.hash == replace(PLAIN, guarantee=None, pools=()).hash


@pytest.mark.parametrize(
    "table",
    [
        PLAIN,
        PROMISED,
        replace(PLAIN, guarantee=Guarantee(Rarity.RARE, 3)),
        replace(PLAIN, pools=((4, 4),)),
        replace(
            PLAIN, entries=(*ENTRIES, replace(ENTRIES[2], parts=1_000_000)), pools=((2, 4), (1, 1))
        ),
        replace(PLAIN, entries=(replace(ENTRIES[0], group="Royal"), *ENTRIES[1:])),
        replace(PLAIN, entries=(*ENTRIES[:3], replace(ENTRIES[3], name="Nothing", item=""))),
    ],
)
def test_every_table_is_read_back_from_its_canonical_form(table: OddsTable) -> None:
    assert from_canonical(table.canonical()) == table
    assert table.hash == PLAIN.hash or json.loads(table.canonical())["version"] == 2


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        (replace(PLAIN, pools=((0, 4),)), "needs a roll"),
        (replace(PLAIN, pools=((31, 4),)), "at most 30 rolls"),
        (replace(PLAIN, pools=((1, 3),)), "not of all entries"),
        (replace(PLAIN, pools=((1, 2), (1, 2))), "the chances sum to"),
        (replace(PROMISED, pools=((2, 4),)), "one roll an opening"),
        (replace(PLAIN, guarantee=Guarantee(Rarity.EPIC, 0)), "1 to 300 misses"),
        (replace(PLAIN, guarantee=Guarantee(Rarity.COMMON, 9)), "promises nothing"),
        (replace(PLAIN, guarantee=Guarantee(Rarity.EPIC, 9, 9, 1)), "before it is sure"),
        (replace(PLAIN, guarantee=Guarantee(Rarity.EPIC, 9, 3, 0)), "the step"),
        (replace(PLAIN, guarantee=Guarantee(Rarity.EPIC, 9, None, 5)), "the step|a step"),
        (
            replace(
                PLAIN,
                entries=(*ENTRIES[2:3], replace(ENTRIES[3], parts=906_000)),
                guarantee=Guarantee(Rarity.LEGENDARY, 9),
            ),
            "never be met",
        ),
    ],
)
def test_what_can_not_be_kept_is_a_fault_and_no_canonical_form(
    table: OddsTable, fault: str
) -> None:
    assert any(part in said for said in table.faults() for part in fault.split("|"))
    with pytest.raises(ValueError, match="canonical"):
        from_canonical(table.canonical())


def test_several_rolls_are_worth_several_times_as_much() -> None:
    table = replace(PLAIN, pools=((3, 4),))
    assert table.expected_value == 3 * PLAIN.expected_value
    cup = replace(PLAIN, pools=((2, 1),), entries=(replace(ENTRIES[2], parts=1_000_000),))
    assert cup.chance_of_profit == 0
    assert cup.chance_above(99) == 1


@given(st.integers(0, 10_000), st.lists(st.integers(0, 10_000), min_size=1, max_size=20))
def test_what_is_allotted_sums_and_is_at_most_one_from_its_share(
    total: int, weights: list[int]
) -> None:
    parts = allot(total, weights)
    whole = sum(weights)
    assert sum(parts) == (total if whole else 0)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - (Fraction(total * weight, whole) if whole else 0)) < 1
        assert weight or not part


def is_crown(entry: OddsEntry) -> bool:
    return entry.name == "Crown"


def test_waiting_without_a_guarantee_is_geometric() -> None:
    wait = wait_for(PLAIN, is_crown)
    assert wait is not None
    assert wait.mean == Fraction(1_000, 3)
    for share, count in ((0.5, wait.half), (0.9, wait.nine_tenths), (0.99, wait.all_but_one)):
        assert 1 - 0.997**count >= share > 1 - 0.997 ** (count - 1)
    assert wait_for(PLAIN, lambda entry: entry.name == "Sword") is None


def test_what_always_comes_is_there_at_the_first_opening() -> None:
    wait = wait_for(PLAIN, lambda _: True)
    assert wait is not None
    assert (wait.mean, wait.half, wait.nine_tenths, wait.all_but_one) == (1, 1, 1, 1)


def test_several_rolls_an_opening_shorten_the_wait() -> None:
    once, thrice = wait_for(PLAIN, is_crown), wait_for(replace(PLAIN, pools=((3, 4),)), is_crown)
    assert once is not None
    assert thrice is not None
    assert thrice.mean == 1 / (1 - Fraction(997, 1_000) ** 3)
    assert once.half / 3 - 1 < thrice.half < once.half / 3 + 1


def test_waiting_for_what_is_promised_ends_where_it_is_sure() -> None:
    wait = wait_for(PROMISED, lambda entry: entry.rarity is Rarity.LEGENDARY)
    assert wait is not None
    assert wait.mean == 1 / (PROMISED.shares[0] + PROMISED.shares[1])
    assert wait.half < wait.nine_tenths < wait.all_but_one <= 90


def test_waiting_for_one_of_what_is_promised_is_as_rolls_show() -> None:
    wait = wait_for(PROMISED, is_crown)
    assert wait is not None
    random, waits = Random(11), []
    for _ in range(2_000):
        since = rolls = 0
        index = -1
        while index != 0:
            index = PROMISED.winner(random.randrange(TICKETS), since)
            since = PROMISED.since_after(index, since)
            rolls += 1
        waits.append(rolls)
    waits.sort()
    assert sum(waits) / len(waits) == pytest.approx(float(wait.mean), rel=0.1)
    assert waits[1_000] == pytest.approx(wait.half, rel=0.1)
    assert waits[1_800] == pytest.approx(wait.nine_tenths, rel=0.1)


def test_a_very_long_wait_is_counted_as_exactly_as_a_short_one() -> None:
    rare = (
        replace(ENTRIES[0], parts=1),
        replace(ENTRIES[1], parts=5_999),
        *ENTRIES[2:],
    )
    table = replace(PLAIN, entries=rare, guarantee=Guarantee(Rarity.LEGENDARY, 9))
    wait = wait_for(table, is_crown)
    assert wait is not None
    # So rare that the wait is all but geometric: half of it is mean × ln 2.
    assert wait.half == pytest.approx(float(wait.mean) * 0.693147, rel=1e-4)
    assert wait.all_but_one == pytest.approx(float(wait.mean) * 4.60517, rel=1e-4)
