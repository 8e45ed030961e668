"""The tables of a pack: what each field takes."""

from dataclasses import fields

import pytest
from pydantic import ValidationError

from inventui.content.models.gear import MODEL_BY_WORD
from inventui.content.models.items import ItemModel
from inventui.content.models.pack import AchievementModel, NeighbourModel
from inventui.content.pack import PackItem
from inventui.rules.core.categories import COSMETICS, Category
from tests.content.pack_files import cosmetic, faulty_fields, item

# What all items share


def test_every_category_has_a_model() -> None:
    assert set(MODEL_BY_WORD) == {str(category) for category in Category}
    assert len(COSMETICS) == 23


@pytest.mark.parametrize(
    "model", dict.fromkeys(MODEL_BY_WORD.values()), ids=lambda model: model.__name__
)
def test_every_field_of_an_item_is_carried_into_the_world(model: type[ItemModel]) -> None:
    limits = {"stock_limit", "stock_remaining", "available_from", "available_until"}
    carried = {field.name for field in fields(PackItem)} | set(model.kind_fields) | limits
    # A value is a sell price, a tint is part of the sprite, `limited` only asks for limits.
    assert set(model.model_fields) - carried == {"value", "tint", "limited"} & set(
        model.model_fields
    )


@pytest.mark.parametrize(
    ("fields", "faulty"),
    [
        ({"id": "Not A Slug"}, "id"),
        ({"id": ""}, "id"),
        ({"id": "a" * 65}, "id"),
        ({"id": None}, "id"),
        ({"name": ""}, "name"),
        ({"name": "   "}, "name"),
        ({"name": "n" * 61}, "name"),
        ({"name": 5}, "name"),
        ({"description": "d" * 301}, "description"),
        ({"rarity": "mythic"}, "rarity"),
        ({"tier": "gold"}, "tier"),
        ({"value": -1}, "value"),
        ({"value": 1.5}, "value"),
        ({"value": True}, "value"),
        ({"value": "10"}, "value"),
        ({"value": 10**13}, "value"),
        ({"value": None}, "value"),
        ({"price_oranges": -1}, "price_oranges"),
        ({"price_gems": -1}, "price_gems"),
        ({"sell_price": 5}, "sell_price"),
        ({"colour": "red"}, "colour"),
        ({"rob_bonus": 3}, "rob_bonus"),
    ],
)
def test_a_value_out_of_range_is_a_fault_of_its_field(
    fields: dict[str, object], faulty: str
) -> None:
    assert faulty_fields(item()) == set()
    assert faulty_fields(item(**fields)) == {faulty}


def test_a_model_takes_no_item_of_another_kind() -> None:
    with pytest.raises(ValidationError):
        MODEL_BY_WORD["collectible"].model_validate(item(category="frame"))


def test_a_text_is_kept_composed_and_with_single_spaces() -> None:
    read = MODEL_BY_WORD["collectible"].model_validate(item(name="  Cafe\u0301   noir "))
    assert read.name == "Café noir"


@pytest.mark.parametrize("emoji", ["", "🍊", "🐈", "★", "◆", "●", "▰", "⌚"])
def test_a_wide_emoji_or_a_narrow_shape_is_taken(emoji: str) -> None:
    assert faulty_fields(item(emoji=emoji)) == set()


@pytest.mark.parametrize(
    "emoji",
    [
        "❤️",
        "👨‍👩‍👧",
        "🇫🇷",
        "🇫",
        "👍🏽",
        "🍊🍊",
        "🗝",
        "☄",
        "A",
        "猫",
        " ",
        "\x1b",
        "\u202e",
        "ab",
        "e\u0301",
    ],
)
def test_an_emoji_on_which_terminals_disagree_is_refused(emoji: str) -> None:
    assert faulty_fields(item(emoji=emoji)) == {"emoji"}


@pytest.mark.parametrize("address", ["", "https://example.org/a.png", "http://example.org"])
def test_an_image_lies_on_the_web(address: str) -> None:
    assert faulty_fields(item(image_url=address)) == set()


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "javascript:alert(1)", "example.org/a.png", "https://", "https://a b",
     "https://[", "--help", "https://e.org/\x1b[2J", "https://e.org/" + "a" * 500],
)  # fmt: skip
def test_an_address_that_opens_something_else_is_refused(address: str) -> None:
    assert faulty_fields(item(image_url=address)) == {"image_url"}


# Limited editions


@pytest.mark.parametrize(
    "fields",
    [
        {"stock_limit": 100},
        {"stock_limit": 100, "stock_remaining": 37},
        {"stock_limit": 100, "stock_remaining": 0},
        {"available_from": "2030-01-01T00:00:00Z"},
        {"available_until": "2030-01-01T00:00:00Z"},
        {"limited": True, "stock_limit": 1, "available_until": "2030-01-01T00:00:00+02:00"},
    ],
)
def test_an_item_is_limited_by_stock_by_time_or_by_both(fields: dict[str, object]) -> None:
    read = MODEL_BY_WORD["frame"].model_validate(cosmetic(**fields))
    assert read.limited is True
    assert MODEL_BY_WORD["frame"].model_validate(cosmetic()).limited is False


@pytest.mark.parametrize(
    ("fields", "faulty"),
    [
        ({"limited": True}, {"limited"}),
        ({"limited": False, "stock_limit": 5}, {"limited"}),
        ({"stock_limit": 0}, {"stock_limit"}),
        ({"limited": True, "stock_limit": 0}, {"stock_limit"}),
        ({"stock_remaining": 5}, {"stock_remaining"}),
        ({"stock_limit": 5, "stock_remaining": 6}, {"stock_remaining"}),
        ({"stock_limit": 5, "stock_remaining": -1}, {"stock_remaining"}),
        ({"available_until": "2030-01-01T00:00:00"}, {"available_until"}),
        (
            {"available_from": "2030-01-02T00:00:00Z", "available_until": "2030-01-02T00:00:00Z"},
            {"available_until"},
        ),
    ],
)
def test_a_limit_that_is_none_is_a_fault(fields: dict[str, object], faulty: set[str]) -> None:
    assert faulty_fields(cosmetic(**fields)) == faulty


# Bundles, consumables, achievements, neighbours


@pytest.mark.parametrize(
    ("fields", "faulty"),
    [
        ({}, set()),
        ({"discount": 1}, set()),
        ({"discount": 100}, set()),
        ({"discount": 0}, {"discount"}),
        ({"discount": 101}, {"discount"}),
        ({"items": ["a"]}, {"items"}),
        ({"items": ["a", "a"]}, {"items"}),
        ({"items": ["a", "b", "B!"]}, {"items.2"}),
    ],
)
def test_a_bundle_has_several_items_and_a_discount_in_percent(
    fields: dict[str, object], faulty: set[str]
) -> None:
    bundle = {"category": "bundle", "value": None, "items": ["a", "b"], "discount": 20, **fields}
    assert faulty_fields(item(**bundle)) == faulty


@pytest.mark.parametrize(
    ("fields", "faulty"),
    [
        ({"kind": "donut"}, set()),
        ({"kind": "poop", "uses": 3}, set()),
        ({"kind": "repair_kit", "uses": 100}, set()),
        ({}, {"kind"}),
        ({"kind": "soup"}, {"kind"}),
        ({"kind": "donut", "uses": 0}, {"uses"}),
        ({"kind": "donut", "uses": 101}, {"uses"}),
    ],
)
def test_a_consumable_has_a_kind_and_uses(fields: dict[str, object], faulty: set[str]) -> None:
    assert faulty_fields(item(category="consumable", value=None, **fields)) == faulty


def test_an_achievement_asks_for_something_on_the_list_at_least_once() -> None:
    raw = {"id": "a", "name": "A", "condition": "openings", "threshold": 1, "gems": 5}
    assert AchievementModel.model_validate(raw).gems == 5
    for wrong in ({"condition": "luck"}, {"threshold": 0}, {"oranges": -1}):
        with pytest.raises(ValidationError):
            AchievementModel.model_validate({**raw, **wrong})


def test_a_neighbour_has_a_player_s_name_and_a_nature_in_percent() -> None:
    raw = {"id": "a", "name": "Ana", "character": "Hums.", "taste": ["frame"], "mischief": 100}
    assert NeighbourModel.model_validate(raw).mischief == 100
    gear_too_many = {"gear": [f"g{number}" for number in range(11)]}
    for wrong in ({"name": "n" * 33}, {"mischief": 101}, {"taste": ["soup"]}, gear_too_many):
        with pytest.raises(ValidationError):
            NeighbourModel.model_validate({**raw, **wrong})
