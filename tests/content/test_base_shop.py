"""The base pack's shop: everything that the law promises to wear, use and buy."""

from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from rich.cells import cell_len

from inventui.content.loader import load_pack
from inventui.content.pack import PackItem
from inventui.content.source import base_pack
from inventui.rules.core.categories import COSMETICS, Category
from inventui.rules.core.clock import from_datetime
from inventui.rules.core.enums import PriceTier, Rarity
from inventui.rules.core.style import FREE_TEXT, VOCABULARY, Style, parse
from inventui.rules.inventory.wardrobe import DEFAULTED
from inventui.rules.shop import Availability, Limit, Offer, Price, quote_bundle

PACK = load_pack(base_pack())
MARKET_HOURS = from_datetime(datetime(2026, 11, 20, 18, 30, tzinfo=UTC))
"""The time at which the demo stands still."""

LIMITS = ("stock_limit", "stock_remaining", "available_from", "available_until")
WORN = [item for item in PACK.items if item.category in COSMETICS]
DEFAULTS = {item.category: item for item in WORN if item.details()["default"]}
BOUGHT = [item for item in WORN if not item.details()["default"]]
USED = [item for item in PACK.items if item.category is Category.CONSUMABLE]
LIMITED = {item.id: item for item in PACK.items if set(item.details()) & set(LIMITS)}

# The law's own words for what everybody wears from the start, typed a second time.
AT_THE_START = {
    "font_color": "colour",
    "font_style": "normal",
    "font_family": "default",
    "page_background": "colour",
    "avatar_glow": "none",
    "avatar_size": "normal",
    "bigpulp_position": "right",
    "dialogue_style": "default",
    "collection_layout": "grid",
    "card_style": "default",
    "entrance_animation": "none",
    "stats_style": "default",
    "tabs_style": "default",
    "visitor_counter": "hidden",
}


def style_of(item: PackItem) -> Style:
    """Its style, read."""
    return parse(item.category, item.style)


def limit_of(item: PackItem) -> Limit:
    """Its limits as the shop knows them."""
    found = {name: item.details().get(name) for name in LIMITS}
    return Limit(**found)  # type: ignore[arg-type]


def price_of(item: PackItem) -> Price:
    """Its price."""
    return Price(item.price_oranges, item.price_gems)


def offer_of(item: PackItem) -> Offer:
    """It as the shop deals in it, a bundle with what is in it."""
    slugs = item.details().get("items", ())
    discount = item.details().get("discount", 0)
    assert isinstance(slugs, list | tuple)
    assert isinstance(discount, int)
    contents = tuple(offer_of(part) for part in PACK.items if part.id in slugs)
    return Offer(
        item.id,
        item.name,
        item.category,
        price_of(item),
        limit=limit_of(item),
        contents=contents,
        discount=discount,
    )


def contrast(one: str, other: str) -> float:
    """How well one colour stands out from another: 1 to 21, as web pages reckon it."""

    def light(colour: str) -> float:
        channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


# What is worn


def test_the_defaults_are_those_of_the_law_and_their_ids_say_so() -> None:
    assert set(DEFAULTS) == set(DEFAULTED)
    assert len([item for item in WORN if item.details()["default"]]) == 14
    assert {str(c): style_of(item).word for c, item in DEFAULTS.items()} == AT_THE_START
    for category, item in DEFAULTS.items():
        assert item.id == f"default-{category.replace('_', '-')}"


@pytest.mark.parametrize("category", sorted(COSMETICS))
def test_a_cosmetic_category_has_five_things_besides_its_default(category: Category) -> None:
    assert len([item for item in BOUGHT if item.category is category]) >= 5


@pytest.mark.parametrize("category", sorted(VOCABULARY))
def test_every_word_of_a_vocabulary_is_on_sale_or_worn_already(category: Category) -> None:
    used = {style_of(item).word for item in WORN if item.category is category}
    assert used == set(VOCABULARY[category])


def test_no_two_things_of_a_slot_look_alike() -> None:
    looks = Counter((item.category, style_of(item)) for item in WORN)
    assert {look for look, count in looks.items() if count > 1} == set()


def test_a_badge_shows_what_its_emoji_shows_and_a_title_fits_its_line() -> None:
    for item in WORN:
        if item.category is Category.EMOJI_BADGE:
            assert item.style == item.emoji
        if item.category in FREE_TEXT:
            assert cell_len(item.style) <= 24


# Colours


def test_every_colour_of_letters_is_legible_on_every_page() -> None:
    pages = [style_of(item).colours[0] for item in WORN if item.category == "page_background"]
    letters = [style_of(item).colours[0] for item in WORN if item.category == "font_color"]
    cards = [style_of(item).colours[0] for item in WORN if item.category == "background"]
    assert len(pages) * len(letters) >= 36
    for ground in pages + cards:
        assert contrast(ground, "#efe3d3") >= 10
        assert min(contrast(ground, colour) for colour in letters) >= 6


def test_a_pattern_can_be_seen_but_does_not_shout_over_letters() -> None:
    for item in WORN:
        if item.category is Category.BACKGROUND:
            ground, ink = style_of(item).colours
            assert contrast(ground, ink) >= 1.1, item.id


def test_everything_else_that_has_a_colour_stands_out_from_the_night() -> None:
    elsewhere = FREE_TEXT | {
        Category.BACKGROUND,
        Category.PAGE_BACKGROUND,
        Category.BIGPULP_ACCESSORY,
    }
    (night,) = style_of(DEFAULTS[Category.PAGE_BACKGROUND]).colours
    for item in WORN:
        if item.category not in elsewhere:
            assert all(contrast(night, c) >= 3 for c in style_of(item).colours), item.id


def test_what_bigpulp_wears_on_his_skin_stands_out_from_it() -> None:
    for item in WORN:
        if item.category is Category.BIGPULP_ACCESSORY:
            assert contrast("#ff9a2e", *style_of(item).colours) >= 1.8, item.id


# Prices


def test_all_that_is_sold_has_a_price_that_someone_can_pay() -> None:
    for item in BOUGHT + USED:
        assert item.price_oranges or item.price_gems, item.id
        assert item.price_oranges == 0 or 200 <= item.price_oranges <= 60_000, item.id
        assert item.price_gems == 0 or 3 <= item.price_gems <= 60, item.id


def test_the_tier_tells_what_is_free_what_is_cheap_and_what_costs_gems() -> None:
    for item in PACK.items:
        if item in DEFAULTS.values():
            assert item.tier is PriceTier.FREE
        elif item in BOUGHT or item in USED:
            dear = item.price_gems > 0 or item.price_oranges >= 5_000
            assert item.tier is (PriceTier.PREMIUM if dear else PriceTier.BASIC), item.id


def test_things_are_bought_with_oranges_with_gems_and_with_both() -> None:
    ways = Counter((item.price_oranges > 0, item.price_gems > 0) for item in BOUGHT)
    assert set(ways) == {(True, False), (False, True), (True, True)}
    assert ways[False, True] >= 10


def test_every_rarity_is_on_sale_and_in_one_slot_the_rarer_costs_more() -> None:
    rarities = Counter(item.rarity for item in BOUGHT)
    assert all(rarities[rarity] >= 10 for rarity in Rarity)
    for category in COSMETICS:
        plain = [i for i in BOUGHT if i.category is category and i.id not in LIMITED]
        assert len({item.rarity for item in plain}) >= 3
        ranked = sorted((i for i in plain if not i.price_gems), key=lambda i: i.price_oranges)
        assert all(a.rarity.rank <= b.rarity.rank for a, b in pairwise(ranked)), category


# Consumables


def test_there_are_donuts_by_the_piece_and_by_the_box_a_poop_and_a_kit() -> None:
    assert {item.id: item.details() for item in USED} == {
        "donut": {"kind": "donut", "uses": 1},
        "box-of-donuts": {"kind": "donut", "uses": 4},
        "poop": {"kind": "poop", "uses": 1},
        "repair-kit": {"kind": "repair_kit", "uses": 2},
    }


def test_a_box_is_cheaper_than_its_donuts() -> None:
    prices = {item.id: item.price_oranges for item in USED}
    assert prices["donut"] < prices["box-of-donuts"] < 4 * prices["donut"]


# Bundles


def test_there_are_six_bundles_without_a_price_of_their_own() -> None:
    assert len(PACK.bundles) >= 6
    assert {price_of(bundle) for bundle in PACK.bundles} == {Price()}


@pytest.mark.parametrize("bundle", PACK.bundles, ids=lambda bundle: bundle.id)
def test_a_bundle_is_three_to_six_things_that_are_worn_together_for_less(bundle: PackItem) -> None:
    offer = offer_of(bundle)
    assert 3 <= len(offer.contents) == len(bundle.details()["items"]) <= 6  # type: ignore[arg-type]
    assert 10 <= offer.discount <= 35
    slots = Counter(part.category for part in offer.contents if part.category in COSMETICS)
    assert max(slots.values()) == 1
    quote = quote_bundle(offer, owned=())
    assert quote.price.oranges < quote.full.oranges
    assert quote.price.gems < quote.full.gems or not quote.full.gems
    dear = quote.price.gems > 0 or quote.price.oranges >= 5_000
    assert bundle.tier is (PriceTier.PREMIUM if dear else PriceTier.BASIC)


def test_a_newcomer_can_buy_a_frame_a_title_a_limited_edition_a_bundle_and_a_donut() -> None:
    def cheapest(items: list[PackItem]) -> int:
        return min(item.price_oranges for item in items if not item.price_gems)

    open_now = [
        i for i in LIMITED.values() if limit_of(i).availability(MARKET_HOURS) == Availability.OPEN
    ]
    bundles = [quote_bundle(offer_of(bundle), owned=()).price for bundle in PACK.bundles]
    sums = [
        cheapest([item for item in BOUGHT if item.category is Category.FRAME]),
        cheapest([item for item in BOUGHT if item.category is Category.TITLE]),
        cheapest(open_now),
        min(price.oranges for price in bundles if not price.gems),
        cheapest(USED),
    ]
    assert sum(sums) <= 5_000


# Limited editions


def test_limited_editions_stand_at_market_hours_as_promised() -> None:
    standing = {slug: limit_of(item).availability(MARKET_HOURS) for slug, item in LIMITED.items()}
    assert standing == {
        "hundred-lamps": Availability.OPEN,
        "opening-night": Availability.OPEN,
        "comet-season": Availability.OPEN,
        "mayors-former-hat": Availability.SOLD_OUT,
        "harvest-moonlight": Availability.GONE,
        "year-of-the-yuzu": Availability.TO_COME,
    }


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("hundred-lamps", "37/100 left"),
        ("opening-night", "2 d 17 h"),
        ("comet-season", "12/50 left · 15 d 23 h"),
        ("mayors-former-hat", "SOLD OUT"),
        ("harvest-moonlight", "NO LONGER AVAILABLE"),
        ("year-of-the-yuzu", "Available 6 Feb 2027"),
    ],
)
def test_a_limited_edition_says_how_it_stands(slug: str, words: str) -> None:
    assert limit_of(LIMITED[slug]).words(MARKET_HOURS) == words


def test_a_limit_is_a_stock_a_time_or_both() -> None:
    kinds = {
        (limit.stock_limit is not None, limit.available_until is not None)
        for limit in map(limit_of, LIMITED.values())
    }
    assert {(True, False), (False, True), (True, True)} <= kinds
