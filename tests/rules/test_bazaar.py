"""Rules of the bazaar: what may be listed and bought, the fee, and a fair price."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.bazaar import (
    DURATION,
    MOST_PRICE,
    PAST_SALES,
    ItemToList,
    ListingState,
    OpenListing,
    Shopper,
    check_delist,
    check_list,
    check_open,
    check_price,
    check_purchase,
    fee,
    home_words,
    lower_median,
    price_for,
    sold_words,
    suggestion,
)
from inventui.rules.core.categories import GEAR, Category
from inventui.rules.core.clock import DAY
from inventui.rules.core.enums import Status
from inventui.rules.core.lifecycle import GEAR_ROOM
from inventui.rules.core.refusal import Reason

PRICES = st.integers(1, MOST_PRICE)
LEMON = OpenListing("Glass Lemon", Category.COLLECTIBLE, 700, 1_000, ListingState.OPEN, False)
RICH = Shopper(oranges=10_000, owns=False, gear_held=0)
MINE = ItemToList("Glass Lemon", Status.OWNED, locked=False, is_default=False)


def why(ware: OpenListing = LEMON, shopper: Shopper = RICH, now: int = 0) -> Reason | None:
    refusal = check_purchase(ware, shopper, now)
    return None if refusal is None else refusal.reason


def why_not(player_item: ItemToList, price: int = 10) -> Reason | None:
    refusal = check_list(player_item, price)
    return None if refusal is None else refusal.reason


@pytest.mark.parametrize(
    ("price", "kept"),
    [
        *((price, 1) for price in range(1, 40)),
        (40, 2),
        (59, 2),
        (60, 3),
        (100, 5),
        (119, 5),
        (120, 6),
        (MOST_PRICE, MOST_PRICE // 20),
    ],
)
def test_the_house_keeps_5_percent_rounded_down_and_at_least_1(price: int, kept: int) -> None:
    assert fee(price) == kept


@given(PRICES)
def test_the_fee_never_takes_more_than_the_price_and_is_never_nothing(price: int) -> None:
    assert 1 <= fee(price) <= price
    assert fee(price) * 20 <= max(price, 20)


@given(PRICES, PRICES)
def test_who_asks_more_never_gets_less(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert low - fee(low) <= high - fee(high)


@pytest.mark.parametrize("price", [-1, 0, MOST_PRICE + 1, 2**63])
def test_a_price_out_of_range_is_refused(price: int) -> None:
    refusal = check_price(price)
    assert refusal is not None
    assert refusal.reason is Reason.INVALID_AMOUNT
    assert refusal.figures["most"] == MOST_PRICE


@pytest.mark.parametrize("price", [1, MOST_PRICE])
def test_the_least_and_the_most_price_may_be_asked(price: int) -> None:
    assert check_price(price) is None


@pytest.mark.parametrize("status", Status)
def test_only_what_is_owned_can_be_listed(status: Status) -> None:
    assert (why_not(replace(MINE, status=status)) is None) is (status is Status.OWNED)


def test_what_is_locked_or_everybodys_cannot_be_listed() -> None:
    assert why_not(replace(MINE, locked=True)) is Reason.LOCKED
    assert why_not(replace(MINE, is_default=True)) is Reason.IS_DEFAULT


def test_a_wrong_price_is_said_before_what_is_wrong_with_the_thing() -> None:
    assert why_not(replace(MINE, locked=True), 0) is Reason.INVALID_AMOUNT
    assert why_not(replace(MINE, locked=True, is_default=True)) is Reason.LOCKED


def test_a_listing_can_be_bought_until_the_moment_it_ends() -> None:
    assert why(now=LEMON.until - 1) is None
    assert why(now=LEMON.until) is Reason.NO_LONGER_AVAILABLE


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (ListingState.OPEN, None),
        (ListingState.SOLD, Reason.SOLD_OUT),
        (ListingState.TAKEN_BACK, Reason.NOT_FOR_SALE),
        (ListingState.EXPIRED, Reason.NO_LONGER_AVAILABLE),
    ],
)
def test_what_became_of_a_listing_is_why_it_cannot_be_bought(
    state: ListingState, reason: Reason | None
) -> None:
    assert why(replace(LEMON, state=state)) is reason
    refusal = check_open("Glass Lemon", state, 1_000, 0)
    assert (refusal and refusal.reason) is reason


def test_nobody_buys_from_themselves() -> None:
    assert why(replace(LEMON, mine=True)) is Reason.OWN_LISTING


@pytest.mark.parametrize("category", Category)
def test_one_cosmetic_or_piece_of_gear_of_a_kind_is_enough(category: Category) -> None:
    several = category in (Category.CONSUMABLE, Category.COLLECTIBLE)
    found = why(replace(LEMON, category=category), replace(RICH, owns=True))
    assert found is (None if several else Reason.ALREADY_OWNED)


@pytest.mark.parametrize("category", Category)
def test_gear_alone_needs_room(category: Category) -> None:
    full = replace(RICH, gear_held=GEAR_ROOM)
    found = why(replace(LEMON, category=category), full)
    assert found is (Reason.NO_ROOM if category in GEAR else None)
    assert why(replace(LEMON, category=category), replace(full, gear_held=GEAR_ROOM - 1)) is None


def test_a_buyer_needs_the_whole_price() -> None:
    assert why(shopper=replace(RICH, oranges=700)) is None
    refusal = check_purchase(LEMON, replace(RICH, oranges=699), 0)
    assert refusal is not None
    assert refusal.reason is Reason.INSUFFICIENT_FUNDS
    assert refusal.figures["missing"] == 1


def test_of_several_reasons_the_first_is_said() -> None:
    """Open, not one's own, not owned already, room, funds: each mended shows the next."""
    ware = replace(LEMON, category=Category.WEAPON, mine=True)
    shopper = Shopper(oranges=0, owns=True, gear_held=GEAR_ROOM)
    said = [why(ware, shopper, now=LEMON.until), why(ware, shopper)]
    ware = replace(ware, mine=False)
    said.append(why(ware, shopper))
    shopper = replace(shopper, owns=False)
    said.append(why(ware, shopper))
    shopper = replace(shopper, gear_held=0)
    said.append(why(ware, shopper))
    assert said == [
        Reason.NO_LONGER_AVAILABLE,
        Reason.OWN_LISTING,
        Reason.ALREADY_OWNED,
        Reason.NO_ROOM,
        Reason.INSUFFICIENT_FUNDS,
    ]


@pytest.mark.parametrize("state", ListingState)
def test_only_ones_own_open_listing_can_be_taken_back(state: ListingState) -> None:
    refusal = check_delist("Glass Lemon", state, mine=True)
    assert (refusal and refusal.reason) is (None if state is ListingState.OPEN else Reason.ENDED)
    others = check_delist("Glass Lemon", state, mine=False)
    assert others is not None
    assert others.reason is Reason.NOT_YOURS


@pytest.mark.parametrize(
    ("past", "suggested"),
    [
        ([7], 7),
        ([7, 100], 7),
        ([100, 7], 7),
        ([1, 100, 50], 50),
        ([4, 3, 2, 1], 2),
        # What went longer ago than the last nine counts no more.
        ([10] * PAST_SALES + [1_000] * 50, 10),
    ],
)
def test_the_suggestion_is_the_middle_of_the_latest_sales(past: list[int], suggested: int) -> None:
    assert suggestion(0, 5, 3, past) == suggested


def test_without_a_sale_what_leaves_the_worth_is_suggested_or_the_shops_price() -> None:
    assert suggestion(700, 5, 3, []) == 736
    assert 736 - fee(736) == 700
    assert suggestion(0, 500, 3, []) == 500
    assert suggestion(0, 0, 3, []) == 300
    assert suggestion(0, 0, 0, []) == 1


@given(st.lists(PRICES, min_size=1), PRICES)
def test_a_suggestion_is_a_price_that_was_paid_or_leaves_what_the_house_pays(
    past: list[int], value: int
) -> None:
    suggested = suggestion(value, value, value, past)
    assert suggested in past[:PAST_SALES] or suggested == min(MOST_PRICE, price_for(value))
    assert suggested - fee(suggested) >= value or suggested == MOST_PRICE
    assert check_price(suggested) is None


@given(st.integers(1, 2 * MOST_PRICE))
def test_the_price_for_some_proceeds_is_the_least_that_leaves_them(proceeds: int) -> None:
    price = price_for(proceeds)
    assert price - fee(price) >= proceeds
    assert price - 1 - fee(price - 1) < proceeds


@given(st.lists(PRICES, min_size=1))
def test_half_of_the_prices_are_at_most_the_lower_median(prices: list[int]) -> None:
    middle = lower_median(prices)
    assert middle in prices
    assert sum(price <= middle for price in prices) * 2 >= len(prices)
    assert sum(price < middle for price in prices) * 2 < len(prices)


def test_a_listing_stands_for_seven_days() -> None:
    assert DURATION == 7 * DAY


def test_a_sale_is_told_with_what_is_left_of_the_price() -> None:
    said = sold_words("bob", "Glass Lemon", 1_000, 50)
    assert said == (
        "bob bought your Glass Lemon for 1,000 oranges: 950 are yours, 50 the house kept."
    )
    assert home_words("Lemon") == "Nobody bought Lemon in 7 days: it is home again."


def test_a_name_is_never_read_as_a_pattern() -> None:
    name = "{name} %s [/nope]"
    refusal = check_purchase(replace(LEMON, name=name, state=ListingState.SOLD), RICH, 0)
    assert refusal is not None
    assert name in refusal.message
