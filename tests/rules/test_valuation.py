"""Weighing: taste, generosity and worth decide, and what a neighbour says is true."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.npc.valuation import (
    Nature,
    OfferVerdict,
    ValuedItem,
    away_words,
    cannot_words,
    category_words,
    weigh,
)

ZEST = Nature(frozenset({Category.CONSUMABLE, Category.HOUSING}), Rarity.COMMON, 50)
SEAL = ValuedItem(Category.COLLECTIBLE, Rarity.EPIC, 1_000, 0, 0)
SPOON = ValuedItem(Category.WEAPON, Rarity.RARE, 150, 300, 0)
DONUT = ValuedItem(Category.CONSUMABLE, Rarity.RARE, 0, 50, 0)

natures = st.builds(
    Nature,
    st.frozensets(st.sampled_from(Category), max_size=4),
    st.sampled_from(Rarity),
    st.integers(0, 100),
)
amounts = st.integers(0, 100_000)
pieces = st.builds(
    ValuedItem,
    st.sampled_from(Category),
    st.sampled_from(Rarity),
    amounts,
    amounts,
    st.integers(0, 99),
)
sides = st.lists(pieces, max_size=8)


@given(natures, sides, amounts, sides, amounts, pieces, st.integers(1, 1_000))
def test_more_given_is_never_worse_and_more_asked_never_better(
    nature: Nature,
    gets: list[ValuedItem],
    gets_oranges: int,
    gives: list[ValuedItem],
    gives_oranges: int,
    piece: ValuedItem,
    more: int,
) -> None:
    verdict = weigh(nature, gets, gets_oranges, gives, gives_oranges)
    for better in (
        weigh(nature, [*gets, piece], gets_oranges, gives, gives_oranges),
        weigh(nature, gets, gets_oranges + more, gives, gives_oranges),
    ):
        assert better.yes >= verdict.yes
        assert better.missing <= verdict.missing
    for worse in (
        weigh(nature, gets, gets_oranges, [*gives, piece], gives_oranges),
        weigh(nature, gets, gets_oranges, gives, gives_oranges + more),
    ):
        assert worse.yes <= verdict.yes
        assert worse.missing >= verdict.missing


@given(natures, sides, amounts, sides, amounts)
def test_what_it_says_is_missing_is_enough_and_not_an_orange_too_much(
    nature: Nature,
    gets: list[ValuedItem],
    gets_oranges: int,
    gives: list[ValuedItem],
    gives_oranges: int,
) -> None:
    verdict = weigh(nature, gets, gets_oranges, gives, gives_oranges)
    assert verdict.yes is (verdict.missing == 0)
    if verdict.missing:
        assert f"{verdict.missing:,} orange" in verdict.words
        enough = gets_oranges + verdict.missing
        assert weigh(nature, gets, enough, gives, gives_oranges).yes
        assert not weigh(nature, gets, enough - 1, gives, gives_oranges).yes


@given(natures, sides, amounts)
def test_nobody_gains_by_handing_a_neighbour_its_own_things_back(
    nature: Nature, player_items: list[ValuedItem], oranges: int
) -> None:
    assert not weigh(nature, player_items, oranges, player_items, oranges + 1).yes


@given(natures, pieces, pieces)
def test_what_is_bought_from_one_neighbour_costs_no_less_than_the_shop_asks(
    nature: Nature, bought: ValuedItem, other: ValuedItem
) -> None:
    price = bought.shop_oranges
    if price > 1:
        assert not weigh(nature, [], price - 1, [bought], 0).yes
        # What the shop sells is never taken for more than the shop asks.
        sold = replace(bought, value=min(bought.value, price // 2))
        assert not weigh(nature, [sold], 0, [], price + 1).yes
    assert weigh(nature, [other], 0, [], 0).yes


@given(natures, pieces, amounts)
def test_taste_counts(nature: Nature, piece: ValuedItem, asked: int) -> None:
    plain = replace(nature, taste=nature.taste - {piece.category})
    fond = replace(nature, taste=nature.taste | {piece.category})
    gets_plain, gets_fond = (weigh(n, [piece], 0, [], asked) for n in (plain, fond))
    assert gets_fond.missing <= gets_plain.missing
    gives_plain, gives_fond = (weigh(n, [], 0, [piece], 0) for n in (plain, fond))
    assert gives_fond.missing >= gives_plain.missing


def test_taste_rarity_and_generosity_each_tip_the_scales() -> None:
    asked = 850
    assert not weigh(ZEST, [SEAL], 0, [], asked).yes
    assert weigh(replace(ZEST, taste=frozenset({Category.COLLECTIBLE})), [SEAL], 0, [], asked).yes
    asked = 620
    assert not weigh(ZEST, [SEAL], 0, [], asked).yes
    assert weigh(replace(ZEST, favourite=Rarity.EPIC), [SEAL], 0, [], asked).yes
    assert weigh(replace(ZEST, generosity=100), [SEAL], 0, [], asked).yes


@given(natures, sides, amounts, sides, amounts, st.integers(0, 100))
def test_the_generous_say_yes_no_later(
    nature: Nature,
    gets: list[ValuedItem],
    paid: int,
    gives: list[ValuedItem],
    asked: int,
    other: int,
) -> None:
    low, high = sorted((nature.generosity, other))
    mean, kind = (
        weigh(replace(nature, generosity=each), gets, paid, gives, asked) for each in (low, high)
    )
    assert kind.missing <= mean.missing


def test_why_not_is_said_plainly() -> None:
    assert weigh(ZEST, [DONUT], 0, [SPOON], 0) == OfferVerdict(
        False,
        "Too little: to me it comes to 25, and you ask for 300. 275 oranges more would do.",
        275,
    )
    assert weigh(ZEST, [SPOON], 0, [SPOON], 0) == OfferVerdict(
        False,
        "I don't collect weapons: to me it comes to 90, and you ask for 300. "
        "210 oranges more would do.",
        210,
    )
    assert weigh(ZEST, [], 299, [SPOON], 0).words.endswith("1 orange more would do.")


def test_what_it_likes_is_praised() -> None:
    assert weigh(ZEST, [DONUT], 0, [], 20).words == "I collect consumables. It's a deal."
    assert weigh(ZEST, [], 300, [SPOON], 0) == OfferVerdict(True, "It's a deal.", 0)


@pytest.mark.parametrize("reason", [Reason.INSUFFICIENT_FUNDS, Reason.NO_ROOM, Reason.LOCKED])
def test_what_it_cannot_do_is_said_too(reason: Reason) -> None:
    assert cannot_words(Refusal(reason, "It is so.")).endswith(".")
    others = set(Reason) - {reason}
    assert cannot_words(Refusal(reason, "")) not in {
        cannot_words(Refusal(other, "")) for other in others & {Reason.NO_ROOM, Reason.LOCKED}
    }


def test_who_is_away_answers_nobody() -> None:
    assert away_words("Auntie Zest").startswith("Auntie Zest is away")


def test_categories_are_named_as_collectors_do() -> None:
    named = {category: category_words(category) for category in Category}
    assert len(set(named.values())) == len(Category)
    assert named[Category.WEAPON] == "weapons"
    assert named[Category.ARMOR] == "armor"
    assert named[Category.HOUSING] == "homes"
    assert named[Category.BUSINESS] == "businesses"
    assert named[Category.BIGPULP_ACCESSORY] == "BigPulp accessories"
    assert named[Category.STATS_STYLE] == "stats styles"


@pytest.mark.parametrize(("asks", "worth"), [(1, 0), (2, 1), (3, 1), (4, 2), (5, 3), (50, 30)])
def test_what_the_house_does_not_buy_is_worth_60_percent_of_its_price_rounded_down(
    asks: int, worth: int
) -> None:
    player_item = replace(DONUT, shop_oranges=asks)
    assert player_item.worth_to_get == worth
    assert player_item.worth_to_give == asks


def test_what_the_house_buys_is_worth_what_it_pays() -> None:
    assert SPOON.worth_to_get == 150
    assert SPOON.worth_to_give == 300
    assert SEAL.worth_to_get == SEAL.worth_to_give == 1_000
