"""The black market's rotations, over 10,000 of them."""

from collections import Counter
from functools import cache

from inventui.rules.core.categories import Category
from inventui.rules.core.clock import HOUR, SECOND
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Reason
from inventui.rules.market.black_market import (
    Stall,
    begins,
    discounted,
    draw_rotation,
    not_on_a_stall,
    rotation_at,
    stall_offer,
)
from inventui.rules.shop import Buyer, Price, check_buy

POOL = {
    rarity: [f"{rarity}-{number}" for number in range(16)]
    for rarity in (Rarity.COMMON, Rarity.UNCOMMON, Rarity.RARE, Rarity.LEGENDARY)
}
MIDNIGHT = 1_795_132_800_000
"""2026-11-20 00:00 UTC."""


@cache
def rotations() -> tuple[tuple[Stall, ...], ...]:
    return tuple(draw_rotation("seed", number, POOL) for number in range(10_000))


def of(rotation: tuple[Stall, ...], rarity: Rarity) -> list[Stall]:
    return [stall for stall in rotation if stall.rarity is rarity]


def test_it_turns_at_0_6_12_and_18_h_utc() -> None:
    first = rotation_at(MIDNIGHT)
    assert begins(first) == MIDNIGHT
    for hours in (6, 12, 18, 24):
        turn = MIDNIGHT + hours * HOUR
        assert rotation_at(turn - 1) == first + hours // 6 - 1
        assert rotation_at(turn) == first + hours // 6


def test_three_in_ten_rotations_feature_one_legendary_at_a_quarter_off() -> None:
    featured = [of(rotation, Rarity.LEGENDARY) for rotation in rotations()]
    assert {len(found) for found in featured} == {0, 1}
    # Three standard deviations of 10,000 throws at 30 %.
    assert abs(sum(map(len, featured)) - 3_000) < 3 * (10_000 * 0.3 * 0.7) ** 0.5
    assert {stall.discount for found in featured for stall in found} == {25}
    for rotation in rotations():
        assert all(
            stall.discount == 0 for stall in rotation if stall.rarity is not Rarity.LEGENDARY
        )


def test_the_counts_of_each_rarity_are_in_their_ranges_and_each_number_comes_equally() -> None:
    for rarity, least, most in (
        (Rarity.RARE, 2, 3),
        (Rarity.UNCOMMON, 3, 5),
        (Rarity.COMMON, 3, 5),
    ):
        counts = Counter(len(of(rotation, rarity)) for rotation in rotations())
        assert set(counts) == set(range(least, most + 1))
        fair = 10_000 / len(counts)
        assert all(abs(count - fair) < 6 * fair**0.5 for count in counts.values())


def test_the_stocks_of_each_rarity_are_in_their_ranges_and_each_number_comes() -> None:
    for rarity, least, most in (
        (Rarity.LEGENDARY, 1, 3),
        (Rarity.RARE, 3, 8),
        (Rarity.UNCOMMON, 5, 10),
        (Rarity.COMMON, 10, 20),
    ):
        stocks = {stall.stock for rotation in rotations() for stall in of(rotation, rarity)}
        assert stocks == set(range(least, most + 1))


def test_the_stocks_of_each_rarity_average_the_middle_of_their_ranges() -> None:
    for rarity, middle in (
        (Rarity.LEGENDARY, 2),
        (Rarity.RARE, 5.5),
        (Rarity.UNCOMMON, 7.5),
        (Rarity.COMMON, 15),
    ):
        stocks = [stall.stock for rotation in rotations() for stall in of(rotation, rarity)]
        spread = (sum((stock - middle) ** 2 for stock in stocks) / len(stocks)) ** 0.5
        assert abs(sum(stocks) / len(stocks) - middle) < 4 * spread / len(stocks) ** 0.5


def test_no_thing_stands_twice_in_a_rotation_and_every_thing_comes_some_time() -> None:
    seen: set[str] = set()
    for rotation in rotations():
        items = [stall.item for stall in rotation]
        assert len(items) == len(set(items))
        seen.update(items)
    assert seen == {slug for slugs in POOL.values() for slug in slugs}


def test_a_rotation_is_the_same_whoever_draws_it_and_differs_from_world_to_world() -> None:
    assert draw_rotation("seed", 5, POOL) == rotations()[5]
    assert draw_rotation("other", 5, POOL) != rotations()[5]
    assert len(set(rotations()[:100])) == 100


def test_a_pack_without_gear_makes_an_empty_rotation() -> None:
    assert draw_rotation("seed", 1, {}) == ()


def test_a_discount_is_rounded_down() -> None:
    assert discounted(1_001, 25) == 750
    assert discounted(1_001, 0) == 1_001


RICH = Buyer(frozenset(), 0, 10_000, 0)


def refused_at(now: int, *, sold: int = 0, active: bool = True, buyer: Buyer = RICH) -> object:
    offer = stall_offer(7, "spoon", "Spoon", Category.WEAPON, 900, 3, sold, active=active)
    refusal = check_buy(offer, buyer, now)
    return None if refusal is None else refusal.reason


def test_a_stall_sells_from_the_beginning_of_its_rotation_to_its_last_millisecond() -> None:
    assert refused_at(begins(7) - 1) is Reason.NOT_YET_AVAILABLE
    assert refused_at(begins(7)) is None
    assert refused_at(begins(8) - 1) is None
    assert refused_at(begins(8)) is Reason.NO_LONGER_AVAILABLE


def test_a_stall_asks_active_on_sale_in_stock_not_owned_room_and_funds_in_this_order() -> None:
    now, over = begins(7), begins(8)
    owner = Buyer(frozenset({"spoon"}), 10, 0, 0)
    full = Buyer(frozenset(), 10, 0, 0)
    poor = Buyer(frozenset(), 0, 899, 0)
    assert refused_at(over, sold=3, active=False, buyer=owner) is Reason.NOT_FOR_SALE
    assert refused_at(over, sold=3, buyer=owner) is Reason.NO_LONGER_AVAILABLE
    assert refused_at(now, sold=3, buyer=owner) is Reason.SOLD_OUT
    assert refused_at(now, sold=2, buyer=owner) is Reason.ALREADY_OWNED
    assert refused_at(now, buyer=full) is Reason.NO_ROOM
    assert refused_at(now, buyer=poor) is Reason.INSUFFICIENT_FUNDS


def test_a_stall_s_offer_has_the_price_after_the_discount_and_what_is_left() -> None:
    offer = stall_offer(7, "spoon", "Spoon", Category.WEAPON, 900, 3, 1)
    assert offer.price == Price(900)
    assert (offer.limit.stock_limit, offer.limit.stock_remaining) == (3, 2)


def test_what_no_stall_has_is_refused_with_the_time_of_the_turn() -> None:
    refusal = not_on_a_stall("spoon", "Spoon", begins(8) - 12 * SECOND)
    assert refusal.reason is Reason.NOT_FOR_SALE
    assert "12 s" in refusal.message
    assert refusal.figures == {"item": "spoon", "rotation": 7}
