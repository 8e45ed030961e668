"""What is worn: a style in the words of its category, and one free default a slot."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.content.loader import load_pack, pack_faults
from inventui.rules.core.categories import COSMETICS, Category
from inventui.rules.core.style import VOCABULARY, parse
from inventui.rules.inventory.wardrobe import DEFAULTED
from tests.content.pack_files import (
    HEAD,
    cosmetic,
    faulty_fields,
    item,
    only_fault,
    places,
    table,
    write,
)

WORDS = [
    pytest.param(category, word, fewest, most, id=f"{category}-{word}")
    for category, words in VOCABULARY.items()
    for word, (fewest, most) in words.items()
]


def default(category: Category = Category.FONT_COLOR, **fields: object) -> dict[str, object]:
    """A sound default of a slot, changed by `fields`."""
    return cosmetic(
        category, **{"id": f"default-{category}", "default": True, "tier": "free"} | fields
    )


# Style


@pytest.mark.parametrize(("category", "word", "fewest", "most"), WORDS)
def test_a_style_is_a_word_of_its_category_with_its_number_of_colours(
    category: Category, word: str, fewest: int, most: int
) -> None:
    for count in range(most + 2):
        style = " ".join([word, *["#ff9a2e"] * count])
        expected = set() if fewest <= count <= most else {"style"}
        assert faulty_fields(cosmetic(category, style=style)) == expected


@pytest.mark.parametrize("category", sorted(COSMETICS))
def test_no_cosmetic_goes_without_a_style(category: Category) -> None:
    assert faulty_fields(cosmetic(category)) == set()
    assert faulty_fields(cosmetic(category, style=None)) == {"style"}
    assert faulty_fields(cosmetic(category, style="")) == {"style"}
    assert faulty_fields(cosmetic(category, style=5)) == {"style"}


@pytest.mark.parametrize(
    "style",
    ["rounded #FF9A2E", "rounded #f92", "rounded orange", "rounded #ff9a2e80", "Rounded #ff9a2e",
     "rounded#ff9a2e", "#ff9a2e rounded", "grid", "rounded #ff9a2e #ff9a2e #ff9a2e"],
)  # fmt: skip
def test_a_colour_is_lower_case_hex_and_a_word_is_of_this_category(style: str) -> None:
    assert faulty_fields(cosmetic("frame", style=style)) == {"style"}


def test_an_unknown_style_names_those_there_are(tmp_path: Path) -> None:
    fault = only_fault(tmp_path, wear=table(**cosmetic("bigpulp_mood", style="furious")))
    assert (fault.file, fault.table, fault.field) == ("wear.toml", "items.pip", "style")
    assert fault.message.startswith("'furious' is no style of a bigpulp_mood; there are happy, ")


def test_a_style_is_judged_only_by_a_category_that_there_is() -> None:
    assert faulty_fields(cosmetic("frame", style="grid", rarity="mythic")) == {"style", "rarity"}
    wrong = cosmetic("frame", style="grid")
    assert "style" not in faulty_fields({**wrong, "category": "title"})


@pytest.mark.parametrize(
    ("title", "sound"),
    [
        ("a" * 24, True),
        ("a" * 25, False),
        ("e\u0301" * 24, True),
        ("e\u0301" * 25, False),
        ("", False),
        ("   ", False),
        ("a\u200bb", False),
        ("\x1b[31mred", False),
        ("[@click=app.quit]x[/]", True),
    ],
)
def test_a_title_is_a_text_of_up_to_24_visible_characters(title: str, sound: bool) -> None:
    assert faulty_fields(cosmetic("title", style=title)) == (set() if sound else {"style"})


@pytest.mark.parametrize("badge", ["🍊", "🐈", "⌚", "㊙"])
def test_a_badge_is_one_wide_emoji(badge: str) -> None:
    assert faulty_fields(cosmetic("emoji_badge", style=badge)) == set()


@pytest.mark.parametrize("badge", ["", "★", "A", "猫", "🍊🍊", "❤️", "🇫🇷", "👍🏽", "🗝", "\u202e"])
def test_a_badge_that_is_narrow_or_drawn_otherwise_elsewhere_is_a_fault(badge: str) -> None:
    assert faulty_fields(cosmetic("emoji_badge", style=badge)) == {"style"}


@given(st.sampled_from(sorted(COSMETICS)), st.text(max_size=40))
def test_a_style_that_is_taken_can_always_be_read(category: Category, style: str) -> None:
    if not faulty_fields(cosmetic(category, style=style)):
        assert parse(category, " ".join(style.split())).word


# Defaults


def test_a_default_says_so_in_its_details(tmp_path: Path) -> None:
    wear = table(**default()) + table(**cosmetic("frame", price_oranges=200))
    pack = load_pack(write(tmp_path, pack=HEAD, wear=wear))
    assert [item.details() for item in pack.items] == [{"default": True}, {"default": False}]


@pytest.mark.parametrize("category", sorted(COSMETICS))
def test_only_slots_that_are_never_empty_have_a_default(tmp_path: Path, category: Category) -> None:
    faults = pack_faults(write(tmp_path, pack=HEAD, wear=table(**default(category))))
    if category in DEFAULTED:
        assert faults == ()
    else:
        (fault,) = faults
        assert fault.field == "default"
        assert fault.message == f"the slot {category} may be empty and has no default"


@pytest.mark.parametrize(
    ("fields", "faulty"),
    [
        ({"price_oranges": 1}, {"price_oranges"}),
        ({"price_gems": 1}, {"price_gems"}),
        ({"price_oranges": -1}, {"price_oranges"}),
        ({"tier": "basic"}, {"tier"}),
        ({"tier": "gold"}, {"tier"}),
        ({"stock_limit": 5}, {"default"}),
        ({"default": "yes"}, {"default"}),
        ({"price_gems": 5, "tier": "premium"}, {"price_gems", "tier"}),
        ({"default": False, "price_oranges": 1, "tier": "basic"}, set()),
    ],
)
def test_a_default_is_free_and_without_limit(
    tmp_path: Path, fields: dict[str, object], faulty: set[str]
) -> None:
    faults = pack_faults(write(tmp_path, pack=HEAD, wear=table(**default(**fields))))
    assert {fault.field for fault in faults} == faulty
    assert len(faults) == len(faulty)


def test_a_slot_has_one_default_across_files(tmp_path: Path) -> None:
    second = table(**default(id="second", name="Second"))
    other = table(**default(Category.STATS_STYLE, name="Other"))
    fault = only_fault(tmp_path, a=table(**default()) + other, b=second)
    assert (fault.file, fault.table, fault.field) == ("b.toml", "items.second", "default")
    assert fault.message == "font_color has a default already, in a.toml"


def test_nothing_but_what_is_worn_can_be_a_default(tmp_path: Path) -> None:
    donut = item(category="consumable", value=None, kind="donut", default=True)
    assert only_fault(tmp_path, food=table(**donut)).field == "default"


def test_every_fault_of_the_wardrobe_is_named_at_once(tmp_path: Path) -> None:
    files = {
        "a": table(**default(style="color #ff9a2e", price_oranges=5)),
        "b": table(**default(id="b", name="B", tier="basic", style="colour #FF9A2E"))
        + table(**default(Category.FRAME, style="wobbly #ff9a2e", price_gems=-1)),
        "c": table(**cosmetic("title", id="c", style="t" * 25))
        + table(**cosmetic("emoji_badge", id="d", style="★")),
    }
    assert places(pack_faults(write(tmp_path, pack=HEAD, **files))) == {
        ("a.toml", "items.default-font_color", "style"),
        ("a.toml", "items.default-font_color", "price_oranges"),
        ("b.toml", "items.b", "default"),
        ("b.toml", "items.b", "tier"),
        ("b.toml", "items.b", "style"),
        ("b.toml", "items.default-frame", "default"),
        ("b.toml", "items.default-frame", "style"),
        ("b.toml", "items.default-frame", "price_gems"),
        ("c.toml", "items.c", "style"),
        ("c.toml", "items.d", "style"),
    }
