"""Turns of the bazaar: taste, purse and the world's seed decide."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.bazaar import BAZAAR_PERIOD, DURATION, resale
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity
from inventui.rules.npc.bazaar_period import (
    ASK_LEAST,
    ASK_MOST,
    BUY_CHANCE,
    LIST_CHANCE,
    MOST_PERIODS,
    OFFER_CHANCE,
    OFFER_LEAST,
    OFFER_MOST,
    RARITY_WEIGHTS,
    RARITY_WILL,
    TASTE_WILL,
    WILL_MOST,
    PricedItem,
    PricedListing,
    Trader,
    due_periods,
    pick_listing,
    pick_offer,
    pick_proposer,
    pick_purchase,
    would_pay,
)

SEED = "5eed" * 16
ZEST = Trader("auntie-zest", frozenset({Category.CONSUMABLE}), Rarity.RARE)
TURNS = range(400)


def good(
    listing: int = 1,
    price: int = 100,
    worth: int = 1_000,
    category: Category = Category.COLLECTIBLE,
    rarity: Rarity = Rarity.COMMON,
) -> PricedListing:
    return PricedListing(listing, category, rarity, worth, price)


def bought(goods: list[PricedListing], oranges: int = 10_000, trader: Trader = ZEST) -> list[int]:
    found = (pick_purchase(SEED, number, trader, oranges, goods) for number in TURNS)
    return [listing for listing in found if listing is not None]


def test_a_bargain_is_bought_in_about_half_of_the_turns() -> None:
    assert abs(len(bought([good()])) - len(TURNS) * BUY_CHANCE // 100) < 40


def test_nobody_pays_more_than_a_thing_is_worth_to_them() -> None:
    assert bought([good(price=801)]) == []
    assert bought([good(price=700)]) != []
    for trader_pays_more in (
        good(price=940, category=Category.CONSUMABLE),
        good(price=890, rarity=Rarity.RARE),
        good(price=1_040, category=Category.CONSUMABLE, rarity=Rarity.RARE),
    ):
        assert bought([trader_pays_more]) != []
    assert bought([good(price=1_051, category=Category.CONSUMABLE, rarity=Rarity.RARE)]) == []


def test_nobody_spends_more_than_half_of_what_they_have() -> None:
    assert bought([good(price=100)], oranges=199) == []
    assert bought([good(price=100)], oranges=200) != []


def test_the_best_bargain_goes_first_and_the_older_of_two_alike() -> None:
    goods = [good(1, 500), good(2, 100), good(3, 100), good(4, 300)]
    assert set(bought(goods)) == {2}


@given(st.integers(0, 10**6), st.integers(0, 100))
def test_taste_never_makes_a_neighbour_pay_less(worth: int, share: int) -> None:
    plain = would_pay(ZEST, good(worth=worth), share)
    for liked in (
        good(worth=worth, category=Category.CONSUMABLE),
        good(worth=worth, rarity=Rarity.RARE),
    ):
        assert would_pay(ZEST, liked, share) >= plain


WARES = [
    PricedItem("lemon", Category.COLLECTIBLE, Rarity.COMMON, 100),
    PricedItem("gem", Category.COLLECTIBLE, Rarity.LEGENDARY, 10_000),
    PricedItem("donut", Category.CONSUMABLE, Rarity.COMMON, 80),
    PricedItem("hat", Category.BIGPULP_HAT, Rarity.RARE, 500),
]


def listed(*, sure: bool, trader: Trader = ZEST) -> list[tuple[str, int]]:
    found = (pick_listing(SEED, number, trader, WARES, sure=sure) for number in TURNS)
    return [choice for choice in found if choice is not None]


def test_a_neighbour_lists_in_about_a_third_of_its_turns_or_surely_in_the_first() -> None:
    assert abs(len(listed(sure=False)) - len(TURNS) * LIST_CHANCE // 100) < 40
    assert len(listed(sure=True)) == len(TURNS)


def test_a_price_lies_around_the_worth() -> None:
    worth = {ware.slug: ware.worth for ware in WARES}
    for slug, price in listed(sure=True):
        assert worth[slug] * ASK_LEAST // 100 <= price <= worth[slug] * ASK_MOST // 100


def test_what_is_to_its_taste_comes_more_often_and_what_is_rare_less_often() -> None:
    seen = Counter(slug for slug, _ in listed(sure=True))
    assert seen["donut"] > seen["lemon"] > seen["gem"] > 0
    assert seen["hat"] > seen["gem"]
    assert sum(RARITY_WEIGHTS.values()) == 100


def test_two_neighbours_and_two_turns_draw_apart() -> None:
    other = Trader("bo-peel", ZEST.taste, ZEST.favourite)
    assert listed(sure=True) != listed(sure=True, trader=other)
    assert len(set(listed(sure=True))) > 10


def test_without_wares_nothing_is_listed() -> None:
    assert pick_listing(SEED, 1, ZEST, [], sure=True) is None


@given(st.integers(0, 500), st.integers(0, 500))
def test_turns_are_made_up_for_as_far_as_listings_reach(last: int, passed: int) -> None:
    current = last + passed
    turns = list(due_periods(last, current * BAZAAR_PERIOD + 5))
    assert turns == sorted(set(turns))
    # What a person listed in the last turn stands for so many more.
    assert set(range(last + 1, min(current, last + MOST_PERIODS) + 1)) <= set(turns)
    # What neighbours listed in so many turns up to now still stands.
    assert set(range(max(last, current - MOST_PERIODS) + 1, current + 1)) <= set(turns)
    assert len(turns) == min(passed, 2 * MOST_PERIODS)
    assert MOST_PERIODS * BAZAAR_PERIOD == DURATION


def test_the_first_turn_of_a_bazaar_is_the_present_one() -> None:
    assert list(due_periods(None, 10 * BAZAAR_PERIOD + 5)) == [10]


def test_a_clock_that_went_back_brings_no_turn() -> None:
    assert list(due_periods(10, 9 * BAZAAR_PERIOD)) == []


@given(st.integers(1, 10**6), st.integers(1, 10**4))
def test_nobody_gains_by_selling_neighbours_what_the_shop_sells(oranges: int, gems: int) -> None:
    most = WILL_MOST + TASTE_WILL + RARITY_WILL
    assert resale(0, oranges, 0) * most // 100 < oranges
    assert resale(0, 0, gems) * most // 100 < gems * 100
    assert resale(70, oranges, gems) == 70


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(1, 10**5))
def test_an_offer_is_for_something_liked_around_its_worth_and_within_half_the_purse(
    number: int, worth: int, oranges: int
) -> None:
    wares = [replace(ware, worth=worth) for ware in WARES]
    found = pick_offer(SEED, number, 1, ZEST, oranges, wares)
    if found is not None:
        slug, price = found
        assert slug in ("donut", "hat")
        assert worth * OFFER_LEAST // 100 <= price <= worth * OFFER_MOST // 100 or price == 1
        assert price <= oranges // 2
    else:
        assert worth * OFFER_MOST // 100 > oranges // 2


def test_an_offer_may_take_exactly_half_the_purse_and_no_more() -> None:
    wares = [replace(ware, worth=100) for ware in WARES]
    dearest = OFFER_MOST
    assert pick_offer(SEED, 1, 1, ZEST, 2 * dearest, wares) is not None
    assert pick_offer(SEED, 1, 1, ZEST, 2 * dearest - 2, wares) is None


def test_a_person_is_called_in_about_one_turn_of_five_by_anybody() -> None:
    other = Trader("bo-peel", ZEST.taste, ZEST.favourite)
    callers = [pick_proposer(SEED, number, 1, [ZEST, other]) for number in range(1_000)]
    calls = [caller for caller in callers if caller is not None]
    assert abs(len(calls) - 1_000 * OFFER_CHANCE // 100) < 50
    assert {caller.slug for caller in calls} == {"auntie-zest", "bo-peel"}
    assert pick_proposer(SEED, 1, 1, []) is None
    assert callers != [pick_proposer(SEED, number, 2, [ZEST, other]) for number in range(1_000)]
