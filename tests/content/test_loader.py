"""The loader: what a pack becomes, and what its tables must say of each other."""

from dataclasses import FrozenInstanceError
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from inventui.content.loader import load_pack, pack_faults
from inventui.rules.cases.odds import OddsEntry, OddsTable
from inventui.rules.core.enums import Rarity
from inventui.rules.core.sprite import parse
from tests.content.pack_files import (
    CASE,
    HEAD,
    ITEMS,
    SPRITES,
    cosmetic,
    only_fault,
    places,
    sound,
    table,
    write,
)

# What a sound pack becomes


def test_a_folder_becomes_a_pack(tmp_path: Path) -> None:
    pack = load_pack(sound(tmp_path))
    assert (pack.id, pack.name, pack.version) == ("test", "Test pack", "1")
    assert [item.id for item in pack.items] == ["pip", "crown"]
    crown = pack.item("crown")
    assert crown is not None
    assert (crown.value, crown.sell_price, crown.rarity) == (900, 900, Rarity.LEGENDARY)
    assert pack.item("nothing") is None
    assert pack_faults(tmp_path) == ()


def test_one_file_can_be_a_whole_pack(tmp_path: Path) -> None:
    write(tmp_path, whole=HEAD + SPRITES + ITEMS + CASE)
    pack = load_pack(tmp_path / "whole.toml")
    assert [case.id for case in pack.cases] == ["crate"]


def test_a_case_becomes_an_odds_table_with_exact_chances(tmp_path: Path) -> None:
    case = load_pack(sound(tmp_path)).case("crate")
    assert case is not None
    assert case.odds_table() == OddsTable(
        "crate",
        100,
        (
            OddsEntry("Crown", 900, Rarity.LEGENDARY, 5_000, "crown"),
            OddsEntry("Pip", 10, Rarity.COMMON, 995_000, "pip"),
        ),
    )
    assert case.odds_table().expected_value == Fraction("14.45")
    assert case.emoji == ("👑", "")


def test_an_entry_may_name_and_value_its_win_otherwise_than_the_item(tmp_path: Path) -> None:
    case = CASE.replace(
        'item = "pip",', 'item = "pip", name = "Odd Pip", value = 11, rarity = "rare",'
    )
    write(tmp_path, pack=HEAD, sprites=SPRITES, items=ITEMS, cases=case)
    pack = load_pack(tmp_path)
    assert pack.cases[0].entries[1] == OddsEntry("Odd Pip", 11, Rarity.RARE, 995_000, "pip")
    unchanged = pack.item("pip")
    assert unchanged is not None
    assert (unchanged.name, unchanged.value) == ("Pip", 10)


def test_a_sprite_carries_its_own_colours_and_only_those_it_uses(tmp_path: Path) -> None:
    pack = load_pack(sound(tmp_path))
    assert pack.cases[0].sprite == "r=#f0504a y=#ffd84a\nyy\nyr"
    assert parse(pack.cases[0].sprite).rows[1] == ("#ffd84a", "#f0504a")
    assert pack.cases[0].sprites == (pack.cases[0].sprite, "")


def test_a_tint_recolours_one_use_and_leaves_the_drawing(tmp_path: Path) -> None:
    tinted = ITEMS + 'tint = { y = "#00ff00", r = "y" }\n'
    write(tmp_path, pack=HEAD, sprites=SPRITES, items=tinted, cases=CASE)
    pack = load_pack(tmp_path)
    assert pack.items[1].sprite == "r=#ffd84a y=#00ff00\nyy\nyr"
    assert pack.cases[0].sprite == "r=#f0504a y=#ffd84a\nyy\nyr"


def test_a_pack_can_not_be_changed(tmp_path: Path) -> None:
    pack = load_pack(sound(tmp_path))
    with pytest.raises(FrozenInstanceError):
        pack.items[0].name = "Other"  # type: ignore[misc]
    pack.items[0].details()["durability"] = 1
    assert pack.items[0].details() == {}


def test_the_details_of_each_kind_and_of_limits_are_fit_for_json(tmp_path: Path) -> None:
    more = """
    [[items]]
    id = "peeler"
    name = "Peeler"
    category = "weapon"
    rarity = "common"
    rob_bonus = 3
    sell_price = 70

    [[items]]
    id = "visor"
    name = "Visor"
    category = "armor"
    rarity = "common"
    defence_bonus = 2
    stock_limit = 100
    available_until = 2030-01-01T00:00:00Z

    [[items]]
    id = "paper"
    name = "Paper"
    category = "font_color"
    rarity = "common"
    style = "colour #fff6e6"
    tier = "free"
    default = true

    [[items]]
    id = "kit"
    name = "Kit"
    category = "consumable"
    rarity = "common"
    kind = "repair_kit"

    [[items]]
    id = "both"
    name = "Both"
    category = "bundle"
    rarity = "rare"
    items = ["peeler", "kit"]
    discount = 20
    """
    pack = load_pack(write(tmp_path, pack=HEAD, more=more))
    assert [item.details() for item in pack.items] == [
        {"durability": 100, "rob_bonus": 3},
        {
            "durability": 100,
            "defence_bonus": 2,
            "stock_limit": 100,
            "stock_remaining": 100,
            "available_until": 1_893_456_000_000,
        },
        {"default": True},
        {"kind": "repair_kit", "uses": 1},
        {"items": ["peeler", "kit"], "discount": 20},
    ]
    assert pack.items[0].value == 70
    assert [bundle.id for bundle in pack.bundles] == ["both"]


def test_a_name_that_looks_like_markup_is_a_legal_name(tmp_path: Path) -> None:
    name = "[@click=app.quit]x[/]"
    write(tmp_path, pack=HEAD, sprites=SPRITES, items=ITEMS.replace("Pip", name), cases=CASE)
    assert load_pack(tmp_path).items[0].name == name


# What tables say of each other


def test_an_id_may_be_there_once_across_files(tmp_path: Path) -> None:
    fault = only_fault(
        tmp_path,
        a=ITEMS.replace('sprite = "dot"', ""),
        b=ITEMS.split("[[items]]")[1].join(["[[items]]", ""]),
    )
    assert (fault.file, fault.table, fault.field) == ("b.toml", "items.pip", "id")
    assert fault.message == "there is a 'pip' already, in a.toml"


def test_two_entries_of_a_case_may_not_share_a_name(tmp_path: Path) -> None:
    case = CASE.replace('item = "pip",', 'item = "pip", name = "Crown",')
    fault = only_fault(tmp_path, sprites=SPRITES, items=ITEMS, cases=case)
    assert (fault.table, fault.field) == ("cases.crate", "entries")
    assert fault.message == "2 entries have the name 'Crown': each needs one of its own"


def test_a_case_does_not_give_what_the_house_would_not_buy(tmp_path: Path) -> None:
    items = table(**cosmetic("frame")) + ITEMS.split("[[items]]")[2].join(["[[items]]", ""])
    fault = only_fault(tmp_path, sprites=SPRITES, items=items, cases=CASE)
    assert (fault.table, fault.field) == ("cases.crate.entries.pip", "item")


def test_an_item_with_a_fault_is_not_reported_as_missing_too(tmp_path: Path) -> None:
    broken = ITEMS.replace("value = 10", "value = -1")
    fault = only_fault(tmp_path, sprites=SPRITES, items=broken, cases=CASE)
    assert (fault.table, fault.field) == ("items.pip", "value")


@pytest.mark.parametrize(
    ("total", "accepted"),
    [("99.94", False), ("99.95", True), ("100.0", True), ("100.05", True), ("100.06", False)],
)
def test_chances_near_a_hundred_are_normalised_and_others_refused(
    tmp_path: Path, total: str, accepted: bool
) -> None:
    rest = str(Decimal(total) - 50)
    case = CASE.replace("chance = 0.5", "chance = 50").replace("99.5", rest)
    write(tmp_path, pack=HEAD, sprites=SPRITES, items=ITEMS, cases=case)
    faults = pack_faults(tmp_path)
    if accepted:
        assert sum(entry.parts for entry in load_pack(tmp_path).cases[0].entries) == 1_000_000
    else:
        assert places(faults) == {("cases.toml", "cases.crate", "entries")}


def test_a_chance_is_read_as_the_decimal_that_is_written(tmp_path: Path) -> None:
    case = CASE.replace("0.5 }", "0.0001 }").replace("99.5", "99.9999")
    write(tmp_path, pack=HEAD, sprites=SPRITES, items=ITEMS, cases=case)
    assert [entry.parts for entry in load_pack(tmp_path).cases[0].entries] == [1, 999_999]


@pytest.mark.parametrize(
    "chance",
    ["0", "0.0", "-1", "100.1", "nan", "inf", "1e-999999999", "1e999999999", "true", '"5"', "[]"],
)
def test_a_chance_that_is_none_is_a_fault_of_its_entry(tmp_path: Path, chance: str) -> None:
    case = CASE.replace("0.5 }", f"{chance} }}")
    fault = only_fault(tmp_path, sprites=SPRITES, items=ITEMS, cases=case)
    assert (fault.table, fault.field) == ("cases.crate.entries.crown", "chance")


def test_a_case_whose_only_entry_is_wrong_is_not_called_empty_too(tmp_path: Path) -> None:
    case = CASE.split("entries")[0] + 'entries = [{ item = "pip", chance = 0 }]\n'
    fault = only_fault(tmp_path, sprites=SPRITES, items=ITEMS, cases=case)
    assert (fault.table, fault.field) == ("cases.crate.entries.pip", "chance")


def test_a_case_without_entries_is_a_fault(tmp_path: Path) -> None:
    case = CASE.split("entries")[0] + "entries = []\n"
    fault = only_fault(tmp_path, sprites=SPRITES, items=ITEMS, cases=case)
    assert (fault.table, fault.field) == ("cases.crate", "entries")


def test_achievements_and_neighbours_refer_to_items_that_exist(tmp_path: Path) -> None:
    people = """
    [[achievements]]
    id = "first"
    name = "First"
    condition = "openings"
    threshold = 1
    item = "pop"

    [[neighbours]]
    id = "lola"
    name = "Lola"
    character = "Sells umbrellas, prays for rain."
    wardrobe = ["hat"]
    gear = ["pip"]
    """
    faults = pack_faults(write(tmp_path, pack=HEAD, sprites=SPRITES, items=ITEMS, people=people))
    assert places(faults) == {
        ("people.toml", "achievements.first", "item"),
        ("people.toml", "neighbours.lola", "wardrobe"),
        ("people.toml", "neighbours.lola", "gear"),
    }


REWARDS = """
[[items]]
id = "plain"
name = "Plain"
category = "font_style"
rarity = "common"
tier = "free"
style = "normal"
default = true

[[items]]
id = "few"
name = "Few"
category = "collectible"
rarity = "rare"
value = 9
stock_limit = 3

[[items]]
id = "both"
name = "Both"
category = "bundle"
rarity = "rare"
items = ["pip", "crown"]
discount = 20
"""


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("plain", "'plain' is what everyone owns from the start"),
        ("few", "'few' is a limited edition, which only the shop counts"),
        ("both", "'both' is a bundle, which is no thing of its own"),
        ("pip", None),
    ],
)
def test_a_goal_gives_only_what_everyone_can_be_given(
    item: str, words: str | None, tmp_path: Path
) -> None:
    goal = f"""
    [[achievements]]
    id = "first"
    name = "First"
    condition = "openings"
    threshold = 1
    item = "{item}"
    """
    faults = pack_faults(
        write(tmp_path, pack=HEAD, sprites=SPRITES, items=ITEMS + REWARDS, goals=goal)
    )
    said = [fault.message for fault in faults if fault.table == "achievements.first"]
    assert said == ([] if words is None else [words])


# Sprites


@pytest.mark.parametrize(
    ("drawing", "words"),
    [
        ("yy", "an even number"),
        ("yy\nyyy", "row 2"),
        ("yx\nyy", "'x'"),
        ("y" * 17 + "\n" + "y" * 17, "row 1"),
        ("\n".join(["yy"] * 18), "2 to 16 rows"),
    ],
)
def test_a_bad_drawing_is_one_fault_wherever_it_is_used(
    tmp_path: Path, drawing: str, words: str
) -> None:
    sprites = SPRITES.replace("yy\nyr", drawing)
    fault = only_fault(tmp_path, sprites=sprites, items=ITEMS, cases=CASE)
    assert (fault.file, fault.table, fault.field) == ("sprites.toml", "sprites", "dot")
    assert words in fault.message


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ('sprite = "dash"', "sprite"),
        ('sprite = "dot"\ntint = { b = "#000000" }', "tint"),
        ('sprite = "dot"\ntint = { y = "blue" }', "tint"),
        ('sprite = "dot"\ntint = { y = 1 }', "tint.y"),
        ('tint = { y = "#000000" }', "tint"),
    ],
)
def test_a_sprite_or_tint_that_there_is_not_is_a_fault(
    tmp_path: Path, line: str, field: str
) -> None:
    items = ITEMS.replace('sprite = "dot"', line)
    fault = only_fault(tmp_path, sprites=SPRITES, items=items)
    assert (fault.table, fault.field) == ("items.crown", field)


@pytest.mark.parametrize("line", ['yy = "#000000"', 'b = "black"', "b = 1", '"." = "#000000"'])
def test_a_palette_has_one_colour_for_one_letter(tmp_path: Path, line: str) -> None:
    fault = only_fault(tmp_path, art=f"[palette]\n{line}\n")
    assert (fault.file, fault.table) == ("art.toml", "palette")
