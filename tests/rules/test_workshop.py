"""The workshop: what may be fused, what it costs, and with which chances."""

import random
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from inventui.rules.cases.canonical import from_canonical
from inventui.rules.cases.fairness import TICKETS
from inventui.rules.cases.odds import OddsEntry, OddsTable
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity, Status
from inventui.rules.core.lifecycle import ENDS
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.workshop import (
    FEE_PERCENT,
    INPUTS,
    LEAST_FEE,
    Ingredient,
    Pool,
    check_fuse,
    check_put,
    common_rarity,
    fusion_fee,
    fusion_odds,
    input_words,
    may_be_fused,
    next_rarity,
    shares,
)

FUSIBLE = [rarity for rarity in Rarity if rarity is not Rarity.LEGENDARY]
RICH = 1_000_000


def an_entry(item: str, parts: int, value: int = 100) -> OddsEntry:
    return OddsEntry(item.title(), value, Rarity.UNCOMMON, parts, item)


CRATE: Pool = (an_entry("stamp", 300_000, 120), an_entry("badge", 100_000, 90))
BOX: Pool = (an_entry("stamp", 500_000, 120),)
VAULT: Pool = (an_entry("coin", 7, 200), an_entry("key", 3, 210))


def a_player_item(**changes: object) -> Ingredient:
    fields = {
        "name": "Bent Straw",
        "category": Category.COLLECTIBLE,
        "rarity": Rarity.COMMON,
        "status": Status.OWNED,
        "locked": False,
        "pool": CRATE,
    }
    return Ingredient(**{**fields, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("rarity", FUSIBLE)
def test_up_to_five_things_of_one_rarity_lie_on_the_bench(rarity: Rarity) -> None:
    for count in range(INPUTS):
        assert check_put([rarity] * count, rarity) is None
    full = check_put([rarity] * INPUTS, rarity)
    assert full is not None
    assert (full.reason, full.figures) == (Reason.WRONG_NUMBER, {"count": 5, "required": 5})


@pytest.mark.parametrize("rarity", Rarity)
@pytest.mark.parametrize("other", FUSIBLE)
def test_another_rarity_does_not_go_beside_what_lies_there(rarity: Rarity, other: Rarity) -> None:
    refusal = check_put([other], rarity)
    if rarity is other:
        assert refusal is None
    else:
        assert refusal is not None
        assert refusal.reason is Reason.WRONG_RARITY
        assert str(rarity) in refusal.message


def test_nothing_legendary_is_put_on_the_bench() -> None:
    refusal = check_put([], Rarity.LEGENDARY)
    assert refusal is not None
    assert refusal.reason is Reason.WRONG_RARITY
    assert refusal == check_fuse([a_player_item(rarity=Rarity.LEGENDARY)] * INPUTS, INPUTS, RICH)


def five(**changes: object) -> list[Ingredient]:
    """Five things that can be fused, but for what is changed in the last."""
    return [a_player_item() for _ in range(INPUTS - 1)] + [a_player_item(**changes)]


def table(*pools: Pool) -> OddsTable:
    """The odds of a fusion, which must have some."""
    odds = fusion_odds(Rarity.COMMON, pools)
    assert odds is not None
    return odds


def parts_of(odds: OddsTable) -> dict[str, int]:
    return {entry.item: entry.parts for entry in odds.entries}


@st.composite
def pools(draw: st.DrawFn, least: int = 0) -> Pool:
    """What one case holds of a rarity, which may be nothing; some items are worth the same."""
    items = draw(st.lists(st.integers(0, 12), min_size=least, max_size=6, unique=True))
    return tuple(
        an_entry(f"item-{item}", draw(st.integers(1, TICKETS)), item // 2) for item in items
    )


def refused(refusal: Refusal | None, reason: Reason) -> Refusal:
    """`refusal`, which must be one for this reason."""
    assert refusal is not None
    assert refusal.reason is reason
    assert refusal.message.endswith(".")
    return refusal


# What may go in


def test_five_owned_collectibles_of_one_rarity_may_be_fused() -> None:
    for rarity in FUSIBLE:
        assert check_fuse([a_player_item(rarity=rarity)] * INPUTS, INPUTS, LEAST_FEE) is None


@pytest.mark.parametrize(
    ("rarity", "result"),
    [
        (Rarity.COMMON, Rarity.UNCOMMON),
        (Rarity.UNCOMMON, Rarity.RARE),
        (Rarity.RARE, Rarity.EPIC),
        (Rarity.EPIC, Rarity.LEGENDARY),
        (Rarity.LEGENDARY, None),
    ],
)
def test_what_comes_out_is_the_next_rarity(rarity: Rarity, result: Rarity | None) -> None:
    assert next_rarity(rarity) is result
    assert may_be_fused(Category.COLLECTIBLE, rarity) == (result is not None)


def test_nothing_but_a_collectible_may_be_fused() -> None:
    for category in set(Category) - {Category.COLLECTIBLE}:
        assert not may_be_fused(category, Rarity.COMMON)
        refused(check_fuse(five(category=category), INPUTS, RICH), Reason.NOT_USABLE)


@pytest.mark.parametrize("count", [0, 1, 4, 6, 100])
def test_another_number_than_five_is_refused(count: int) -> None:
    refusal = refused(check_fuse([a_player_item()] * count, count, RICH), Reason.WRONG_NUMBER)
    assert refusal.figures == {"count": count, "required": 5}


@pytest.mark.parametrize("different", [1, 4, 5])
def test_one_thing_named_twice_is_refused(different: int) -> None:
    refusal = check_fuse([a_player_item()] * different, different + 1, RICH)
    assert "twice" in refused(refusal, Reason.WRONG_NUMBER).message


def test_things_of_several_rarities_are_refused_and_these_are_named() -> None:
    refusal = refused(check_fuse(five(rarity=Rarity.RARE), INPUTS, RICH), Reason.WRONG_RARITY)
    assert refusal.figures == {"rarities": ["common", "rare"]}
    assert common_rarity(five(rarity=Rarity.RARE)) is None
    assert common_rarity([]) is None
    assert common_rarity(five()) is Rarity.COMMON


def test_legendary_things_are_refused() -> None:
    player_items = [a_player_item(rarity=Rarity.LEGENDARY)] * INPUTS
    assert "rarer" in refused(check_fuse(player_items, INPUTS, RICH), Reason.WRONG_RARITY).message


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.OWNED])
def test_what_is_not_simply_owned_is_refused(status: Status) -> None:
    refusal = check_fuse(five(status=status), INPUTS, RICH)
    refused(refusal, Reason.ENDED if status in ENDS else Reason.WRONG_STATUS)


def test_a_locked_thing_is_refused() -> None:
    refused(check_fuse(five(locked=True), INPUTS, RICH), Reason.LOCKED)


def test_a_thing_that_brings_nothing_is_no_filler_beside_others() -> None:
    refusal = refused(check_fuse(five(pool=()), INPUTS, RICH), Reason.NO_POOL)
    assert five(pool=())[0].name in refusal.message
    refused(check_fuse([a_player_item(pool=())] * INPUTS, INPUTS, RICH), Reason.NO_POOL)


@pytest.mark.parametrize(("value", "fee"), [(100, LEAST_FEE), (204, 51), (10_003, 2_500)])
def test_the_fee_must_be_there_to_the_last_orange(value: int, fee: int) -> None:
    player_items = [a_player_item(pool=(an_entry("coin", 7, value),))] * INPUTS
    assert check_fuse(player_items, INPUTS, fee) is None
    refusal = refused(check_fuse(player_items, INPUTS, fee - 1), Reason.INSUFFICIENT_FUNDS)
    assert refusal.figures["missing"] == 1


@given(st.fractions(0, 10**9))
def test_the_fee_is_a_quarter_of_what_comes_out_in_the_mean_and_at_least_50(
    mean: Fraction,
) -> None:
    fee = fusion_fee(mean)
    assert fee == LEAST_FEE or fee <= mean * FEE_PERCENT / 100 < fee + 1
    assert fee >= LEAST_FEE


def test_the_first_reason_that_holds_is_given() -> None:
    wrong = five(rarity=Rarity.LEGENDARY, locked=True, pool=())
    refused(check_fuse(wrong, 7, 0), Reason.LOCKED)
    wrong = five(rarity=Rarity.LEGENDARY, pool=())
    refused(check_fuse(wrong, 7, 0), Reason.WRONG_NUMBER)
    refused(check_fuse(wrong, 5, 0), Reason.WRONG_RARITY)
    refused(check_fuse([a_player_item(pool=())] * INPUTS, 5, 0), Reason.NO_POOL)


# The chances


@given(st.lists(pools(), max_size=INPUTS))
def test_parts_sum_to_exactly_a_million_and_everything_that_can_come_has_one(
    brought: list[Pool],
) -> None:
    odds = fusion_odds(Rarity.COMMON, brought)
    if not any(brought):
        assert odds is None
        return
    assert odds is not None
    assert odds.faults() == []
    assert sum(entry.parts for entry in odds.entries) == TICKETS
    assert {entry.item for entry in odds.entries} == {e.item for pool in brought for e in pool}
    assert from_canonical(odds.canonical()) == odds


@given(st.lists(pools(), max_size=INPUTS), st.randoms(use_true_random=False))
def test_the_order_of_inputs_makes_no_difference(
    brought: list[Pool], chance: random.Random
) -> None:
    assume(any(brought))
    turned = [tuple(chance.sample(pool, len(pool))) for pool in brought]
    chance.shuffle(turned)
    assert table(*turned).hash == table(*brought).hash


@given(st.lists(pools(least=1), min_size=1, max_size=INPUTS))
def test_each_case_that_brings_something_has_an_equal_share(brought: list[Pool]) -> None:
    # With items of its own for each case, a case's share is what they come to.
    own = [
        tuple(OddsEntry(e.name, e.value, e.rarity, e.parts, f"{index}-{e.item}") for e in pool)
        for index, pool in enumerate(brought)
    ]
    chances = shares(own)
    for pool in own:
        share = sum(chances[entry.item] for entry in pool)
        assert share == Fraction(1, len(own))
        whole = sum(entry.parts for entry in pool)
        for entry in pool:
            assert chances[entry.item] == share * Fraction(entry.parts, whole)


@given(st.lists(pools(), min_size=1, max_size=INPUTS))
def test_a_thing_that_brought_nothing_to_a_fusion_of_before_passed_its_share_on(
    brought: list[Pool],
) -> None:
    assert shares([*brought, ()]) == shares(brought)
    assert shares([pool for pool in brought if pool]) == shares(brought)


def test_an_item_of_two_cases_is_one_entry_with_the_sum_of_both() -> None:
    odds = table(CRATE, BOX)
    assert parts_of(odds) == {"badge": 125_000, "stamp": 875_000}


def test_chances_are_worked_out_by_hand() -> None:
    assert parts_of(table(CRATE)) == {"badge": 250_000, "stamp": 750_000}
    assert parts_of(table(CRATE, CRATE, CRATE, BOX, VAULT)) == {
        "badge": 150_000,
        "stamp": 650_000,
        "coin": 140_000,
        "key": 60_000,
    }


def test_a_chance_of_less_than_one_part_is_one_part() -> None:
    odds = table((an_entry("sand", TICKETS - 1), an_entry("grain", 1)), BOX, BOX, BOX, BOX)
    assert parts_of(odds)["grain"] == 1
    assert sum(parts_of(odds).values()) == TICKETS


def test_the_table_names_the_workshop_the_rarity_and_the_fee() -> None:
    for rarity in FUSIBLE:
        odds = fusion_odds(rarity, [CRATE])
        assert odds is not None
        assert (odds.case, odds.price) == (f"workshop:{rarity}", fusion_fee(odds.expected_value))


def test_entries_stand_from_the_least_valuable_up() -> None:
    assert [entry.item for entry in table(VAULT, CRATE).entries] == [
        "badge",
        "stamp",
        "coin",
        "key",
    ]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Straw"] * 5, "Straw ×5"),
        (["Straw", "Boat", "Straw"], "Straw ×2, Boat"),
        (["a ×2", "[b]x[/b]"], "a ×2, [b]x[/b]"),
        ([], ""),
    ],
)
def test_what_went_in_is_counted_by_name(names: list[str], said: str) -> None:
    assert input_words(names) == said
