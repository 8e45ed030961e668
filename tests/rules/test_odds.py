"""Odds tables: exact figures, one winner for every ticket, one text for every table."""

import hashlib
import itertools
import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.cases.canonical import from_canonical
from inventui.rules.cases.chances import parts_from_percents
from inventui.rules.cases.odds import OddsEntry, OddsTable
from inventui.rules.core.enums import Rarity

MILLION = 1_000_000
NAMES = st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=12)


@st.composite
def sums_to_a_million(draw: st.DrawFn, most: int = 18) -> list[int]:
    """Positive whole parts that sum to 1,000,000."""
    count = draw(st.integers(1, most))
    cuts = draw(st.sets(st.integers(1, MILLION - 1), min_size=count - 1, max_size=count - 1))
    ends = [0, *sorted(cuts), MILLION]
    return [after - before for before, after in itertools.pairwise(ends)]


@st.composite
def tables(draw: st.DrawFn) -> OddsTable:
    entries = tuple(
        OddsEntry(
            draw(NAMES),
            draw(st.integers(0, 10**6)),
            draw(st.sampled_from(Rarity)),
            parts,
            draw(NAMES),
        )
        for parts in draw(sums_to_a_million())
    )
    return OddsTable(draw(NAMES), draw(st.integers(1, 10**6)), entries)


def a_table(**changes: object) -> OddsTable:
    fields = {
        "case": "crate",
        "price": 100,
        "entries": (
            OddsEntry("Straw", 40, Rarity.COMMON, 600_000, "straw"),
            OddsEntry("Stamp", 100, Rarity.UNCOMMON, 399_999, "stamp"),
            OddsEntry("Gold", 101, Rarity.LEGENDARY, 1, "gold"),
        ),
    }
    return OddsTable(**{**fields, **changes})  # type: ignore[arg-type]


@given(tables())
def test_ranges_partition_all_tickets_in_order(table: OddsTable) -> None:
    upto = 0
    for index, entry in enumerate(table.entries):
        first, past = table.ticket_range(index)
        assert first == upto
        assert past - first == entry.parts
        upto = past
    assert upto == MILLION
    assert table.bounds[-1] == MILLION


@given(tables(), st.integers(0, MILLION - 1))
def test_the_winner_is_the_one_entry_whose_range_holds_the_ticket(
    table: OddsTable, ticket: int
) -> None:
    holders = [
        index
        for index in range(len(table.entries))
        if table.ticket_range(index)[0] <= ticket < table.ticket_range(index)[1]
    ]
    assert [table.winner(ticket)] == holders


@given(tables())
def test_both_ends_of_every_range_win_its_entry(table: OddsTable) -> None:
    for index in range(len(table.entries)):
        first, past = table.ticket_range(index)
        assert table.winner(first) == table.winner(past - 1) == index


def test_the_tickets_on_each_side_of_a_bound_win_different_entries() -> None:
    table = a_table()
    assert [table.winner(t) for t in (0, 599_999, 600_000, 999_998, 999_999)] == [0, 0, 1, 1, 2]


@given(tables())
def test_figures_are_exact(table: OddsTable) -> None:
    chances = [Fraction(entry.parts, MILLION) for entry in table.entries]
    assert sum(chances) == 1
    mean = sum(
        (chance * entry.value for chance, entry in zip(chances, table.entries, strict=True)),
        Fraction(0),
    )
    assert table.expected_value == mean
    assert table.return_to_player == mean / table.price
    profit = Fraction(0)
    for chance, entry in zip(chances, table.entries, strict=True):
        if entry.value - table.price >= 1:
            profit += chance
    assert table.chance_of_profit == profit
    assert isinstance(table.expected_value, Fraction)
    assert isinstance(table.return_to_player, Fraction)
    assert isinstance(table.chance_of_profit, Fraction)


def test_a_win_worth_just_the_price_is_no_profit() -> None:
    assert a_table().chance_of_profit == Fraction(1, MILLION)


def test_the_best_entry_is_the_most_valuable_and_of_equals_the_rarest() -> None:
    twins = (
        OddsEntry("Often", 50, Rarity.RARE, 600_000, "often"),
        OddsEntry("Seldom", 50, Rarity.RARE, 100_000, "seldom"),
        OddsEntry("Worthless", 1, Rarity.LEGENDARY, 300_000, "worthless"),
    )
    assert a_table(entries=twins).best.name == "Seldom"
    assert a_table().best.name == "Gold"


@given(tables())
def test_the_canonical_form_comes_back_as_the_same_table_and_hash(table: OddsTable) -> None:
    text = table.canonical()
    again = from_canonical(text)
    assert again == table
    assert again.hash == table.hash == hashlib.sha256(text.encode("utf-8")).hexdigest()
    assert (
        json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        == text
    )


def test_the_canonical_form_never_changes_between_versions() -> None:
    table = OddsTable("crâte", 150, (OddsEntry('A "x"', 40, Rarity.EPIC, MILLION, "a-x"),))
    assert table.canonical() == (
        '{"case":"crâte","entries":[{"item":"a-x","name":"A \\"x\\"","parts_per_million":1000000,'
        '"rarity":"epic","value":40}],"price":150,"version":1}'
    )
    assert table.hash == "c52accdaa3e37257b641c8b82e1b7f759607787e4ccfc29c75af9266adcfa569"


CHANGES: dict[str, dict[str, object]] = {
    "case": {"case": "other"},
    "price": {"price": 101},
    "order": {"entries": tuple(reversed(a_table().entries))},
    "fewer entries": {"entries": (OddsEntry("Straw", 40, Rarity.COMMON, MILLION, "straw"),)},
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_table_that_differs_anywhere_has_another_hash(what: str) -> None:
    assert a_table(**CHANGES[what]).hash != a_table().hash


@pytest.mark.parametrize(
    "changed",
    [
        OddsEntry("Straw2", 40, Rarity.COMMON, 600_000, "straw"),
        OddsEntry("Straw", 41, Rarity.COMMON, 600_000, "straw"),
        OddsEntry("Straw", 40, Rarity.RARE, 600_000, "straw"),
        OddsEntry("Straw", 40, Rarity.COMMON, 600_001, "straw"),
        OddsEntry("Straw", 40, Rarity.COMMON, 600_000, "stamp"),
    ],
)
def test_an_entry_that_differs_anywhere_gives_another_hash(changed: OddsEntry) -> None:
    assert a_table(entries=(changed, *a_table().entries[1:])).hash != a_table().hash


def unsound(**changes: object) -> str:
    return a_table(**changes).canonical()


def raw(**changes: object) -> str:
    content = json.loads(a_table().canonical()) | changes
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def entry(**changes: object) -> str:
    content = json.loads(a_table().canonical())
    content["entries"][0] |= changes
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


NOT_CANONICAL = {
    "nothing": "",
    "no JSON": "{",
    "null": "null",
    "a list": "[]",
    "a number": "7",
    "an empty object": "{}",
    "spaces": a_table().canonical().replace(":", ": "),
    "a new line": a_table().canonical() + "\n",
    "unsorted keys": '{"version":1,' + a_table().canonical()[1:].replace(',"version":1', ""),
    "a key twice": a_table().canonical().replace('"price":100', '"price":100,"price":100'),
    "an escape": a_table().canonical().replace("Gold", "\\u0047old"),
    "another version": raw(version=2),
    "a version of true": raw(version=True),
    "a version with a point": raw(version=1.0),
    "one key more": raw(x=1),
    "a price of nothing": unsound(price=0),
    "a negative price": unsound(price=-5),
    "a price with a point": raw(price=100.0),
    "a price of true": raw(price=True),
    "a price in words": raw(price="100"),
    "a price that is no number": raw(price=float("nan")),
    "an endless price": raw(price=float("inf")),
    "a case that is a number": raw(case=5),
    "a case that is null": raw(case=None),
    "no entries": raw(entries=[]),
    "entries that are an object": raw(entries={}),
    "entries that are null": raw(entries=None),
    "entries that are numbers": raw(entries=[1, 2]),
    "too few parts": unsound(entries=a_table().entries[:2]),
    "too many parts": unsound(entries=(*a_table().entries, a_table().entries[2])),
    "no part": entry(parts_per_million=0),
    "parts with a point": entry(parts_per_million=600_000.0),
    "parts of true": entry(parts_per_million=True),
    "a negative value": entry(value=-1),
    "a value with a point": entry(value=40.5),
    "a value that is no number": entry(value=float("nan")),
    "a value of true": entry(value=True),
    "a value of null": entry(value=None),
    "a name that is a list": entry(name=["Straw"]),
    "a name that is null": entry(name=None),
    "an item that is a number": entry(item=1),
    "an item that is an object": entry(item={}),
    "an unknown rarity": entry(rarity="mythic"),
    "a rarity in capitals": entry(rarity="COMMON"),
    "a rarity that is a list": entry(rarity=["common"]),
    "an entry with one key more": entry(x=1),
    "a nest": "[" * 100_000 + "]" * 100_000,
    "a nest in a table": raw(case="x").replace('"x"', "[" * 50_000 + "]" * 50_000),
    "a number of 5,000 digits": raw(price=7).replace(":7", ":" + "7" * 5_000),
}


def test_the_table_that_all_of_these_vary_is_canonical() -> None:
    assert raw() == entry() == a_table().canonical()
    assert from_canonical(raw()) == a_table()


@pytest.mark.parametrize("what", NOT_CANONICAL)
def test_what_is_not_canonical_is_refused(what: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        from_canonical(NOT_CANONICAL[what])


def test_two_parts_of_one_entry_that_cancel_out_are_refused() -> None:
    entries = (
        OddsEntry("a", 1, Rarity.COMMON, 1_000_001, "a"),
        OddsEntry("b", 1, Rarity.COMMON, -1, "b"),
    )
    assert a_table(entries=entries).faults() == ["every entry needs a chance above 0"]


def test_every_fault_of_a_table_is_told_at_once() -> None:
    entries = (OddsEntry("a", -1, Rarity.COMMON, 0, "a"),)
    assert len(a_table(price=0, entries=entries).faults()) == 4
    assert a_table().faults() == []


PERCENTS = st.lists(st.fractions(Fraction("0.001"), 60), min_size=1, max_size=18)


@given(PERCENTS, st.fractions(Fraction("99.95"), Fraction("100.05")))
def test_percents_become_whole_parts_that_sum_to_a_million(
    raw: list[Fraction], total: Fraction
) -> None:
    percents = [percent * total / sum(raw) for percent in raw]
    parts = parts_from_percents(percents)
    assert sum(parts) == MILLION
    for part, percent in zip(parts, percents, strict=True):
        assert abs(part - percent * MILLION / sum(percents)) < 1
    for i, one in enumerate(percents):
        for j, other in enumerate(percents):
            if one > other:
                assert parts[i] >= parts[j]
            elif one == other and i < j:
                assert parts[i] - parts[j] in (0, 1)


@given(sums_to_a_million())
def test_percents_that_are_whole_parts_stay_as_they_are(parts: list[int]) -> None:
    assert parts_from_percents([Fraction(part, 10_000) for part in parts]) == parts


def test_parts_left_over_go_to_the_largest_remainders_the_earlier_first() -> None:
    third = Fraction(100, 3)
    assert parts_from_percents([third, third, third]) == [333_334, 333_333, 333_333]
    assert parts_from_percents(
        [Fraction("33.33333"), Fraction("33.33334"), Fraction("33.33333")]
    ) == [333_333, 333_334, 333_333]


@pytest.mark.parametrize("total", ["99.95", "99.951", "100", "100.05"])
def test_percents_near_enough_to_100_are_normalised(total: str) -> None:
    rest = Fraction(total) - 60
    assert sum(parts_from_percents([Fraction(60), rest])) == MILLION


@pytest.mark.parametrize("total", ["0", "99.9499999", "100.0500001", "200", "-100"])
def test_percents_that_do_not_sum_to_100_are_refused(total: str) -> None:
    with pytest.raises(ValueError, match="sum to"):
        parts_from_percents([Fraction(60), Fraction(total) - 60])


def test_no_percents_at_all_are_refused() -> None:
    with pytest.raises(ValueError, match="sum to 0 %"):
        parts_from_percents([])


@pytest.mark.parametrize("least", [Fraction(0), Fraction(-1), Fraction("0.00001")])
def test_a_chance_too_small_for_a_single_part_is_refused(least: Fraction) -> None:
    with pytest.raises(ValueError, match="too small"):
        parts_from_percents([100 - least, least])


def test_the_smallest_chance_is_one_part() -> None:
    assert parts_from_percents([Fraction("99.9999"), Fraction("0.0001")]) == [999_999, 1]
