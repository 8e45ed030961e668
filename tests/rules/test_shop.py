"""Buying: limits, bundles, and the order of the checks."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY, HOUR, MINUTE, SECOND
from inventui.rules.core.lifecycle import GEAR_ROOM
from inventui.rules.core.refusal import Reason
from inventui.rules.shop import (
    Availability,
    Buyer,
    Limit,
    Offer,
    Price,
    check_buy,
    countdown,
    quote_bundle,
)

NOW = 1_795_197_600_000


def offer(slug: str = "thing", **changes: object) -> Offer:
    facts: dict[str, object] = {
        "slug": slug,
        "name": "Thing",
        "category": Category.FRAME,
        "price": Price(100, 1),
    }
    return Offer(**{**facts, **changes})  # type: ignore[arg-type]


RICH = Buyer(frozenset(), 0, 10**6, 10**3)
SOLD_OUT = Limit(10, 0)
GONE = Limit(available_until=NOW)
TO_COME = Limit(available_from=NOW + 1)


def reason(what: Offer, buyer: Buyer = RICH) -> Reason | None:
    refusal = check_buy(what, buyer, NOW)
    return None if refusal is None else refusal.reason


def test_a_thing_that_fails_nothing_can_be_bought() -> None:
    assert reason(offer()) is None
    assert reason(offer(limit=Limit(10, 1, NOW, NOW + 1))) is None


def test_the_first_check_that_fails_is_the_reason_in_the_order_of_buying() -> None:
    poor_owner = Buyer(frozenset({"thing"}), 10, 0, 0)
    everything_wrong = [
        (offer(category=Category.WEAPON, active=False, limit=GONE), Reason.NOT_FOR_SALE),
        (offer(category=Category.WEAPON, limit=Limit(10, 0, NOW + 1)), Reason.NOT_YET_AVAILABLE),
        (
            offer(category=Category.WEAPON, limit=Limit(10, 0, None, NOW)),
            Reason.NO_LONGER_AVAILABLE,
        ),
        (offer(category=Category.WEAPON, limit=SOLD_OUT), Reason.SOLD_OUT),
        (offer(category=Category.WEAPON), Reason.ALREADY_OWNED),
        (offer("other", category=Category.WEAPON), Reason.NO_ROOM),
        (offer("other"), Reason.INSUFFICIENT_FUNDS),
    ]
    assert [reason(what, poor_owner) for what, _ in everything_wrong] == [
        due for _, due in everything_wrong
    ]


@pytest.mark.parametrize(
    ("price", "buyer", "due"),
    [
        (Price(100, 0), Buyer(frozenset(), 0, 99, 9), ("oranges", 100, 99, 1)),
        (Price(0, 10), Buyer(frozenset(), 0, 99, 9), ("gems", 10, 9, 1)),
        (Price(100, 10), Buyer(frozenset(), 0, 100, 4), ("gems", 10, 4, 6)),
    ],
)
def test_too_little_of_either_currency_is_told_with_its_figures(
    price: Price, buyer: Buyer, due: tuple[str, int, int, int]
) -> None:
    refusal = check_buy(offer(price=price), buyer, NOW)
    assert refusal is not None
    figures = refusal.figures
    found = tuple(figures[name] for name in ("currency", "required", "current", "missing"))
    assert found == due


def test_consumables_may_be_owned_many_times() -> None:
    owner = Buyer(frozenset({"thing"}), 0, 10**6, 10**3)
    assert reason(offer(category=Category.CONSUMABLE), owner) is None
    assert reason(offer(), owner) is Reason.ALREADY_OWNED


def test_what_cases_drop_and_what_has_no_price_is_not_for_sale() -> None:
    assert reason(offer(category=Category.COLLECTIBLE)) is Reason.NOT_FOR_SALE
    assert reason(offer(price=Price())) is Reason.NOT_FOR_SALE


@pytest.mark.parametrize(
    ("limit", "availability", "words"),
    [
        (Limit(), Availability.OPEN, ""),
        (Limit(100, 37), Availability.OPEN, "37/100 left"),
        (SOLD_OUT, Availability.SOLD_OUT, "SOLD OUT"),
        (GONE, Availability.GONE, "NO LONGER AVAILABLE"),
        (Limit(available_from=NOW + DAY), Availability.TO_COME, "Available 21 Nov 2026"),
        (Limit(available_until=NOW + 52 * HOUR), Availability.OPEN, "2 d 04 h"),
        (Limit(5, 5, None, NOW + HOUR), Availability.OPEN, "5/5 left · 1 h 00 min"),
    ],
)
def test_a_limited_edition_says_how_it_stands(
    limit: Limit, availability: Availability, words: str
) -> None:
    assert limit.availability(NOW) is availability
    assert limit.words(NOW) == words


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (-5, "0 s"),
        (12 * SECOND, "12 s"),
        (4 * MINUTE + 5 * SECOND, "4 min 05 s"),
        (3 * HOUR + 9 * MINUTE, "3 h 09 min"),
        (2 * DAY + 4 * HOUR, "2 d 04 h"),
    ],
)
def test_a_countdown_shows_its_two_largest_units(left: int, words: str) -> None:
    assert countdown(left) == words


def test_a_bundle_needs_room_for_each_piece_of_gear_that_is_wanted() -> None:
    pieces = tuple(offer(slug, category=Category.WEAPON) for slug in ("peeler", "spoon"))
    bundle = offer(
        "bundle", category=Category.BUNDLE, price=Price(), contents=(*pieces, offer("frame"))
    )
    full = Buyer(frozenset(), GEAR_ROOM - 1, 10**6, 10**3)
    assert reason(bundle, full) is Reason.NO_ROOM
    assert reason(bundle, replace(full, gear_held=GEAR_ROOM - 2)) is None
    assert reason(bundle, replace(full, owned=frozenset({"peeler"}))) is None


PRICES = st.builds(Price, st.integers(0, 10**6), st.integers(0, 100))


@given(st.lists(PRICES, min_size=2, max_size=6), st.integers(1, 100), st.data())
def test_a_bundle_costs_the_floor_of_what_is_not_owned_less_the_discount(
    prices: list[Price], discount: int, data: st.DataObject
) -> None:
    contents = tuple(offer(f"p{i}", price=price) for i, price in enumerate(prices))
    bundle = offer(
        "bundle", category=Category.BUNDLE, price=Price(), contents=contents, discount=discount
    )
    owned = data.draw(st.sets(st.sampled_from([part.slug for part in contents])))
    quote = quote_bundle(bundle, owned)
    missing = [price for i, price in enumerate(prices) if f"p{i}" not in owned]
    assert [part.price for part in quote.wanted] == missing
    full = sum(price.oranges for price in missing)
    assert quote.full.oranges == full
    assert quote.price.oranges * 100 <= full * (100 - discount) < (quote.price.oranges + 1) * 100
    assert quote.saving.oranges == full - quote.price.oranges
    nothing = Buyer(frozenset(owned), 0, 10**9, 10**9)
    assert (reason(bundle, nothing) is Reason.ALREADY_OWNED) is (len(owned) == len(prices))
