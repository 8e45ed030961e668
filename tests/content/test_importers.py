"""Importers: cases of other formats become a pack that loads, and what is lost is listed."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inventui.content.faults import PackError
from inventui.content.importers.draft import PackImportError
from inventui.content.importers.run import Format, Imported, import_pack
from inventui.content.loader import load_pack
from inventui.content.pack import Pack
from inventui.rules.core.enums import Rarity


def imported(folder: Path, form: Format, source: object, **more: Path) -> tuple[Pack, Imported]:
    """Import a source that is written to a file, and load what came of it."""
    file = folder / ("source.csv" if form is Format.CSV else "source.json")
    text = source if isinstance(source, str) else json.dumps(source, ensure_ascii=False)
    file.write_text(text, encoding="utf-8")
    done = import_pack(form, file, folder / "pack", pack="mine", **more)
    pack = load_pack(folder / "pack")
    assert (done.pack, done.cases, done.items) == ("mine", len(pack.cases), len(pack.items))
    return pack, done


def chances(pack: Pack, case: int = 0) -> dict[str, int]:
    return {entry.name: entry.parts for entry in pack.cases[case].entries}


def skin(name: str, grade: str) -> dict[str, object]:
    return {
        "name": name,
        "rarity": {"name": grade},
        "image": "https://example.org/a.png",
        "phase": 1,
    }


def test_csgo_gives_each_grade_its_chance_and_shares_it_out(tmp_path: Path) -> None:
    case = {
        "name": "Kiste",
        "type": "Case",
        "contains": [
            skin("Pistol | Dust", "Mil-Spec Grade"),
            skin("Pistol | Rust", "Mil-Spec Grade"),
            skin("Rifle | Sea", "Restricted"),
            skin("Rifle | Sun", "Classified"),
            skin("龙狙", "Covert"),
        ],
        "contains_rare": [
            skin("★ Knife", "Covert"),
            skin("★ Knife", "Covert"),
            skin("★ Axe", "Covert"),
        ],
        "loot_list": "x",
    }
    pack, done = imported(tmp_path, Format.CSGO, [case])
    assert chances(pack) == {
        "Pistol | Dust": 399_615,
        "Pistol | Rust": 399_615,
        "Rifle | Sea": 159_850,
        "Rifle | Sun": 31_970,
        "龙狙": 6_390,
        "★ Knife": 1_707,
        "★ Axe": 853,
    }
    knife = pack.cases[0].entries[5]
    assert (knife.rarity, knife.group) == (Rarity.LEGENDARY, "Rare Special Item")
    assert done.lost["field “loot_list” of cases"] == 1
    assert done.lost["field “phase” of items"] == 8
    assert pack.items[0].image_url == "https://example.org/a.png"


def test_csgo_souvenirs_have_chances_of_their_own_and_missing_grades_are_told(
    tmp_path: Path,
) -> None:
    case = {
        "name": "Souvenir",
        "type": "Souvenir",
        "contains": [skin("A", "Consumer Grade"), skin("B", "Covert"), skin("C", "Contraband")],
        "contains_rare": [],
    }
    pack, done = imported(tmp_path, Format.CSGO, [case])
    assert chances(pack) == {"A": 999_662, "B": 338}
    assert done.lost["grades without items (the others share their chance)"] == 4
    assert done.lost["items of grade “Contraband”, which has no chance here"] == 1


def test_csgo_knows_a_grade_by_its_id_in_files_of_every_language(tmp_path: Path) -> None:
    case = {
        "name": "反恐精英武器箱",
        "type": "Case",
        "contains": [
            {"name": name, "rarity": {"id": f"rarity_{grade}_weapon", "name": written}}
            for name, grade, written in (
                ("格洛克 18 型 | 水灵", "rare", "军规级"),
                ("格洛克 18 型 | 渐变之色", "rare", "军规级"),
                ("AWP | 二西莫夫", "ancient", "隐秘"),
            )
        ],
        "contains_rare": [skin("★ 蝴蝶刀", "隐秘")],
    }
    pack, done = imported(tmp_path, Format.CSGO, [case])
    assert [(entry.name, entry.group) for entry in pack.cases[0].entries] == [
        ("格洛克 18 型 | 水灵", "军规级"),
        ("格洛克 18 型 | 渐变之色", "军规级"),
        ("AWP | 二西莫夫", "隐秘"),
        ("★ 蝴蝶刀", "Rare Special Item"),
    ]
    assert [item.rarity for item in pack.items] == [
        Rarity.COMMON, Rarity.COMMON, Rarity.EPIC, Rarity.LEGENDARY,
    ]  # fmt: skip
    assert not [kind for kind in done.lost if "no chance" in kind]


def test_an_id_is_the_same_whatever_else_is_imported_where_letters_can_t_stand_in_it(
    tmp_path: Path,
) -> None:
    names = ("AWP | 二西莫夫", "AWP | 巨龙传说", "AWP | Süd")
    found = []
    for number, order in enumerate((names, names[::-1])):
        (tmp_path / str(number)).mkdir()
        table = "case,item,weight\n" + "".join(f"Box,{name},1\n" for name in order)
        pack, _ = imported(tmp_path / str(number), Format.CSV, table)
        found.append({item.name: item.id for item in pack.items})
    assert found[0] == found[1]
    assert found[0]["AWP | Süd"] == "awp-sud"


def test_warframe_relics_merge_a_reward_that_stands_twice(tmp_path: Path) -> None:
    def reward(name: str, chance: float, rarity: str = "Uncommon") -> dict[str, object]:
        return {"itemName": name, "rarity": rarity, "chance": chance}

    relics = [
        {
            "tier": "Axi",
            "relicName": "A1",
            "state": "Intact",
            "rewards": [
                reward("Forma", 25.33),
                reward("Forma", 25.33),
                reward("Blade", 49.33, "Rare"),
            ],
        },
        {"tier": "Vanguard", "state": "Radiant", "rewards": [reward("Blade", 100)]},
    ]
    pack, done = imported(tmp_path, Format.WARFRAME, {"relics": relics})
    assert [case.name for case in pack.cases] == ["Axi A1 Intact", "Vanguard Radiant"]
    assert chances(pack) == {"Forma": 506_651, "Blade": 493_349}
    assert done.lost["rewards that stood twice in one relic (merged)"] == 1
    assert done.lost["rarities of one item that differ (the rarest counts)"] == 1
    assert pack.cases[0].entries[1].rarity is Rarity.RARE


def test_minecraft_pools_rolls_counts_and_empty_entries_are_held(tmp_path: Path) -> None:
    def count(least: int, most: int) -> list[object]:
        number = {"type": "minecraft:uniform", "min": least, "max": most}
        return [{"function": "minecraft:set_count", "count": number}]

    table = {
        "type": "minecraft:chest",
        "pools": [
            {
                "rolls": {"min": 1, "max": 2},
                "entries": [
                    {"type": "minecraft:item", "name": "minecraft:iron_ingot", "weight": 3,
                     "functions": count(1, 3)},
                    {"type": "minecraft:empty", "weight": 1},
                ],
            },
            {
                "rolls": 2,
                "bonus_rolls": 1,
                "conditions": [{"condition": "x"}],
                "entries": [
                    {"type": "item", "name": "book", "weight": 1, "quality": 2,
                     "functions": [{"function": "minecraft:enchant_randomly"}]},
                    {"type": "tag", "name": "discs", "weight": 1},
                ],
            },
        ],
    }  # fmt: skip
    pack, done = imported(tmp_path, Format.MINECRAFT, table)
    odds = pack.cases[0].odds_table()
    assert [(e.name, e.parts) for e in odds.entries] == [
        ("Iron Ingot", 250_000),
        ("Iron Ingot ×2", 250_000),
        ("Iron Ingot ×3", 250_000),
        ("Nothing", 250_000),
        ("Iron Ingot", 125_000),
        ("Iron Ingot ×2", 125_000),
        ("Iron Ingot ×3", 125_000),
        ("Nothing", 625_000),
        ("Book", 500_000),
        ("Nothing", 500_000),
    ]
    assert odds.pools == ((1, 4), (1, 4), (2, 2))
    assert done.lost == {
        "rolls that vary (further ones come with a chance each)": 1,
        "“conditions” of pools": 1,
        "“bonus_rolls” of pools": 1,
        "“quality” of entries": 1,
        "function “enchant_randomly”": 1,
        "entries of type “tag” (they give nothing)": 1,
        "prices that the format has not (for a return of 90 %)": 1,
        "rarities that the format has not (taken from the chance)": 2,
        "values that the format has not (taken from the rarity)": 2,
    }


def test_a_folder_of_loot_tables_is_a_pack_and_nested_tables_are_laid_out(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    inner = {"pools": [{"rolls": 1, "entries": [{"type": "item", "name": "a:gem", "weight": 1}]}]}
    outer = {"pools": [{"rolls": 1, "entries": [{"type": "loot_table", "name": "a:inner"}]}]}
    looped = {"pools": [{"rolls": 1, "entries": [{"type": "loot_table", "name": "a:looped"}]}]}
    for name, table in (("inner", inner), ("outer", outer), ("looped", looped)):
        (folder / f"{name}.json").write_text(json.dumps(table))
    done = import_pack(Format.MINECRAFT, folder, tmp_path / "pack", pack="mine")
    pack = load_pack(tmp_path / "pack")
    assert [(case.name, case.entries[0].name) for case in pack.cases] == [
        ("Inner", "Gem"), ("Looped", "Nothing"), ("Outer", "Gem"),
    ]  # fmt: skip
    assert done.lost["nested tables that hold themselves (they give nothing)"] == 1


def test_playfab_tables_lead_into_tables(tmp_path: Path) -> None:
    def node(kind: str, result: str, weight: int) -> dict[str, object]:
        return {"ResultItemType": kind, "ResultItem": result, "Weight": weight}

    source = {
        "Catalog": [{"ItemId": "sword", "DisplayName": "Great Sword"}],
        "RandomResultTables": [
            {"TableId": "Chest", "Nodes": [node("ItemId", "sword", 1), node("TableId", "Gems", 3)]},
            {"TableId": "Gems", "Nodes": [node("ItemId", "ruby", 1), node("ItemId", "ruby", 1)]},
        ],
    }
    pack, done = imported(tmp_path, Format.PLAYFAB, source)
    assert chances(pack) == {"Great Sword": 250_000, "ruby": 750_000}
    assert done.lost["results that stood twice in one table (merged)"] == 1


@pytest.mark.parametrize(
    "around", [lambda table: table, lambda table: {"data": {"Tables": {"a": table}}}]
)
def test_playfab_tables_are_taken_alone_and_as_the_service_answers(
    tmp_path: Path, around: Callable[[object], object]
) -> None:
    table = {
        "TableId": "Chest",
        "Nodes": [{"ResultItemType": "ItemId", "ResultItem": "sword", "Weight": 1}],
    }
    pack, _ = imported(tmp_path, Format.PLAYFAB, around(table))
    assert [(case.id, case.name) for case in pack.cases] == [("chest", "Chest")]


def test_hiro_rewards_have_what_is_guaranteed_and_what_is_weighted(tmp_path: Path) -> None:
    source = {
        "store_items": {
            "chest": {
                "name": "Chest",
                "reward": {
                    "guaranteed": {"items": {"iron_ore": {"min": 2}}},
                    "weighted": [
                        {"items": {"ruby": {"min": 1, "max": 2}}, "weight": 10},
                        {"currencies": {"coins": {"min": 5}}, "weight": 30},
                    ],
                    "total_weight": 100,
                    "max_rolls": 2,
                },
            }
        }
    }
    pack, done = imported(tmp_path, Format.HIRO, source)
    odds = pack.cases[0].odds_table()
    assert pack.cases[0].name == "Chest"
    assert odds.pools == ((1, 1), (2, 3))
    assert [(e.name, e.parts) for e in odds.entries] == [
        ("Iron Ore ×2", 1_000_000), ("Ruby", 50_000), ("Ruby ×2", 50_000), ("Nothing", 900_000),
    ]  # fmt: skip
    assert done.lost["“currencies” of rewards"] == 1


CSV = """case,item,weight,value,rarity,price,colour
Box,Pip,3,5,common,20,red
Box,Crown,1,50,epic,20,gold
Box,Pip,1,5,,20,
"""


def test_a_csv_names_case_item_weight_value_and_rarity(tmp_path: Path) -> None:
    pack, done = imported(tmp_path, Format.CSV, CSV)
    assert chances(pack) == {"Pip": 800_000, "Crown": 200_000}
    assert pack.cases[0].price == 20
    assert [(i.name, i.value, i.rarity) for i in pack.items] == [
        ("Pip", 5, Rarity.COMMON), ("Crown", 50, Rarity.EPIC),
    ]  # fmt: skip
    assert done.lost == {
        "items that stood twice in one case (merged)": 1, "column “colour”": 1,
    }  # fmt: skip


def test_names_of_prices_are_found_whatever_their_capitals_and_the_rest_is_told(
    tmp_path: Path,
) -> None:
    prices = tmp_path / "prices.csv"
    prices.write_text("name,value\n CROWN ,70\nTiara,9\nRing,9\n", encoding="utf-8")
    pack, done = imported(tmp_path, Format.CSV, CSV, prices=prices)
    assert {item.name: item.value for item in pack.items} == {"Pip": 5, "Crown": 70}
    assert done.lost["names of prices or rarities that nothing here has, as “tiara”"] == 2


def test_prices_and_rarities_can_be_handed_in(tmp_path: Path) -> None:
    prices, rarities = tmp_path / "prices.csv", tmp_path / "rarities.toml"
    prices.write_text("name,price\nCrown,77\nBox,99\n")
    rarities.write_text('Crown = "legendary"\n')
    pack, _ = imported(tmp_path, Format.CSV, CSV, prices=prices, rarities=rarities)
    assert (pack.items[1].value, pack.items[1].rarity) == (77, Rarity.LEGENDARY)
    assert pack.cases[0].price == 99


def test_a_case_without_a_price_returns_nine_tenths(tmp_path: Path) -> None:
    pack, done = imported(tmp_path, Format.CSV, CSV.replace(",20,", ",,"))
    # It brings 14 in the mean: 14 / 0.9, rounded up.
    assert (pack.cases[0].odds_table().expected_value, pack.cases[0].price) == (14, 16)
    assert done.lost["prices that the format has not (for a return of 90 %)"] == 1


@pytest.mark.parametrize(
    ("form", "source", "said"),
    [
        (Format.CSGO, "[", "no JSON"),
        (Format.CSGO, "{}", "no list of cases"),
        (Format.CSGO, "[3]", "no. 1 of cases is no object"),
        (Format.CSGO, "[" * 100_000, "nested too deeply"),
        (Format.CSGO, "[]", "no case"),
        (Format.WARFRAME, '{"relics": [{"tier": "A", "state": "B", "rewards": [{}]}]}', "itemName"),
        (
            Format.WARFRAME,
            '[{"tier": "A", "state": "B", "rewards":'
            ' [{"itemName": "C", "rarity": "wild", "chance": 1}]}]',
            "no rarity",
        ),
        (
            Format.WARFRAME,
            '[{"tier": "A", "state": "B", "rewards":'
            ' [{"itemName": "C", "rarity": "rare", "chance": -1}]}]',
            "not -1",
        ),
        (Format.MINECRAFT, '{"a": 1}', "no loot table"),
        (Format.MINECRAFT, '{"pools": [{"rolls": "x", "entries": []}]}', "number is expected"),
        (Format.PLAYFAB, "{}", "no list of tables"),
        (Format.HIRO, "{}", "no “weighted”"),
        (Format.CSV, "a,b\n1,2\n", "case, item, weight is missing"),
        (Format.CSV, "case,item,weight\nBox,Pip,much\n", "source.csv, line 2: “much” is no weight"),
        (Format.CSV, "case,item,weight\nBox,Pip,0\n", "chance or weight of 0"),
        (Format.CSV, "case,item,weight\n", "no line below"),
        (Format.CSV, "case,item,weight,rarity\nBox,Pip,1,wild\n", "no rarity"),
    ],
)
def test_what_is_not_of_the_format_is_said_and_leaves_nothing(
    tmp_path: Path, form: Format, source: str, said: str
) -> None:
    with pytest.raises(PackImportError, match=said):
        imported(tmp_path, form, source)
    assert not (tmp_path / "pack").exists()


def test_a_folder_that_is_there_is_never_written_into(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    with pytest.raises(PackImportError, match="there already"):
        imported(tmp_path, Format.CSV, CSV)
    assert list((tmp_path / "pack").iterdir()) == []


SAMPLES: dict[Format, object] = {
    Format.CSGO: [
        {
            "name": "Crate",
            "type": "Case",
            "description": "A crate",
            "contains": [{"name": "Pip", "rarity": {"id": "x", "name": "Covert"}, "image": ""}],
            "contains_rare": [{"name": "Crown"}],
        }
    ],
    Format.WARFRAME: {
        "relics": [
            {
                "tier": "Lith",
                "relicName": "A1",
                "state": "Intact",
                "rewards": [{"itemName": "Pip", "rarity": "Rare", "chance": 2}],
            }
        ]
    },
    Format.MINECRAFT: {
        "type": "chest",
        "pools": [
            {
                "rolls": {"type": "uniform", "min": 1, "max": 2},
                "bonus_rolls": 0,
                "entries": [
                    {
                        "type": "item",
                        "name": "pip",
                        "weight": 2,
                        "functions": [{"function": "set_count", "count": {"min": 1, "max": 3}}],
                    },
                    {"type": "loot_table", "value": {"pools": [{"entries": []}]}},
                ],
            }
        ],
    },
    Format.PLAYFAB: {
        "Tables": [
            {
                "TableId": "t",
                "Nodes": [{"ResultItemType": "ItemId", "ResultItem": "pip", "Weight": 1}],
            }
        ],
        "Catalog": [{"ItemId": "pip", "DisplayName": "Pip"}],
    },
    Format.HIRO: {
        "store": {
            "name": "Box",
            "reward": {
                "guaranteed": {"items": {"pip": {"min": 1, "max": 2}}},
                "weighted": [{"items": {"cup": {"min": 1, "max": 3}}, "weight": 1}],
                "max_rolls": 2,
                "total_weight": 3,
            },
        }
    },
}

ODD = (None, True, -1, 0, 10**30, float("nan"), 1e300, "", "x", [], [3], {}, {"a": []})


def spoilt(sample: object) -> Iterator[object]:
    """A sample with each of its values in turn exchanged for something else, or gone."""
    if isinstance(sample, dict):
        for key, value in sample.items():
            yield {name: kept for name, kept in sample.items() if name != key}
            yield from ({**sample, key: other} for other in spoilt(value))
    elif isinstance(sample, list):
        for place, value in enumerate(sample):
            yield from ([*sample[:place], other, *sample[place + 1 :]] for other in spoilt(value))
    yield from ODD


@pytest.mark.parametrize("form", SAMPLES)
def test_whatever_stands_in_a_source_is_a_pack_or_is_said(tmp_path: Path, form: Format) -> None:
    file, refused = tmp_path / "source.json", []
    for number, source in enumerate([SAMPLES[form], *spoilt(SAMPLES[form])]):
        file.write_text(json.dumps(source))
        try:
            import_pack(form, file, tmp_path / f"{number}", pack="mine")
        except (PackImportError, PackError):
            refused.append(number)
    assert refused
    assert 0 not in refused, "the sample itself"


def test_a_row_that_is_wrong_is_named_by_its_place(tmp_path: Path) -> None:
    case = {"name": "Crate", "contains": [skin("Pip", "Covert"), {"name": "Cup"}]}
    with pytest.raises(PackImportError) as error:
        imported(tmp_path, Format.CSGO, [{**case, "contains": [skin("Pip", "Covert")]}, case])
    assert str(error.value) == (
        "source.json, no. 2 of cases, no. 2 of “contains”: "
        "It is not of this format: there is no “name”."
    )


def test_what_a_pack_has_no_room_for_is_left_out_and_listed(tmp_path: Path) -> None:
    big = [{"name": f"P{n}", "rarity": "rare", "chance": 1} for n in range(1_001)]
    relics = [
        {"tier": tier, "state": "x", "rewards": [{**one, "itemName": one["name"]} for one in rows]}
        for tier, rows in (("A", big), ("B", big[:3]))
    ]
    pack, done = imported(tmp_path, Format.WARFRAME, relics)
    assert [case.name for case in pack.cases] == ["B x"]
    assert done.lost["cases of more than 1,000 entries (left out)"] == 1


def test_rolls_and_counts_without_bounds_are_answered_at_once(tmp_path: Path) -> None:
    entry = {"type": "item", "name": "pip"}
    many = {"function": "set_count", "count": {"min": 0, "max": 100_000}}
    table = {"pools": [{"rolls": {"min": 0, "max": 100_000}, "entries": [entry]}]}
    with pytest.raises(PackImportError, match="more than 30 rolls an opening"):
        imported(tmp_path, Format.MINECRAFT, table)
    table = {"pools": [{"rolls": 1, "entries": [{**entry, "functions": [many]}]}]}
    pack, done = imported(tmp_path, Format.MINECRAFT, table)
    assert done.lost["counts above 64 (taken as that)"] == 1
    # 0 to 100,000 are as likely: 63 and fewer come 64 times in 100,001.
    assert chances(pack)["Pip ×64"] == round(1_000_000 * 99_937 / 100_001)


def test_a_loot_table_is_found_by_its_whole_name_and_one_may_stand_in_another(
    tmp_path: Path,
) -> None:
    def table(*entries: object) -> dict[str, object]:
        return {"pools": [{"rolls": 1, "entries": list(entries)}]}

    folder = tmp_path / "tables"
    (folder / "deep").mkdir(parents=True)
    gives = {name: {"type": "item", "name": name} for name in ("gem", "cup", "pip")}
    for name, one in {
        "big_inner": table(gives["cup"]),
        "deep/inner": table(gives["gem"]),
        "outer": table(
            {"type": "loot_table", "value": "a:deep/inner"},
            {"type": "loot_table", "value": table(gives["pip"])},
        ),
    }.items():
        (folder / f"{name}.json").write_text(json.dumps(one))
    import_pack(Format.MINECRAFT, folder, tmp_path / "pack", pack="mine")
    outer = next(case for case in load_pack(tmp_path / "pack").cases if case.name == "Outer")
    assert [entry.name for entry in outer.entries] == ["Gem", "Pip"]


def test_weights_of_many_digits_keep_their_proportion(tmp_path: Path) -> None:
    box = [
        {"items": {"cup": {"min": 1, "max": 7}}, "weight": 12.345678901234567},
        {"items": {"pip": 1}, "weight": 37.654321098765433},
    ]
    pack, _ = imported(tmp_path, Format.HIRO, {"box": {"weighted": box, "total_weight": 100}})
    assert sum(parts for name, parts in chances(pack).items() if "Cup" in name) == 123_457
    assert (chances(pack)["Pip"], chances(pack)["Nothing"]) == (376_543, 500_000)


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_csv_of_any_spreadsheet_is_read(tmp_path: Path, mark: str) -> None:
    table = "\ufeffCase,Item,Weight,Value\r\nBox,Pip,1.5,10\r\nBox,Cup,50%,\r\nBox,Hat,0,\r\n"
    pack, done = imported(tmp_path, Format.CSV, table.replace(",", mark).replace("1.5", "1,5"))
    assert chances(pack) == {"Pip": 29_126, "Cup": 970_874}
    assert done.lost["what has a chance or weight of 0 (left out)"] == 1


def test_a_picture_whose_address_can_t_be_one_is_left_out(tmp_path: Path) -> None:
    items = [{**skin("Pip", "Covert"), "image": "pip.png"}]
    pack, done = imported(tmp_path, Format.CSGO, [{"name": "Crate", "contains": items}])
    assert pack.items[0].id == "pip"
    assert done.lost["pictures whose address can't be one"] == 1


def test_a_rarity_is_taken_from_how_often_an_item_comes_however_many_of_it(
    tmp_path: Path,
) -> None:
    count = [{"function": "set_count", "count": {"min": 1, "max": 8}}]
    entries = [
        {"type": "item", "name": "bone", "weight": 40, "functions": count},
        {"type": "item", "name": "saddle", "weight": 55},
        {"type": "item", "name": "heart", "weight": 5},
    ]
    table = {"pools": [{"rolls": {"min": 2, "max": 4}, "entries": entries}]}
    (tmp_path / "a").mkdir()
    pack, _ = imported(tmp_path / "a", Format.MINECRAFT, table)
    assert [str(item.rarity) for item in pack.items] == ["common", "common", "rare"]
    weighted = [
        {"items": {"bone": {"min": 1, "max": 8}}, "weight": 40},
        {"items": {"heart": 1}, "weight": 5},
        {"items": {"map": 1}, "weight": 40},
    ]
    (tmp_path / "b").mkdir()
    box = {"guaranteed": {"items": {"map": 1}}, "weighted": weighted, "total_weight": 100}
    pack, _ = imported(tmp_path / "b", Format.HIRO, {"box": box})
    rarities = {item.name: str(item.rarity) for item in pack.items}
    assert rarities == {"Map": "common", "Bone": "common", "Heart": "rare"}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("p.toml", "Pip = [1]", "price of Pip is no whole number"),
        ("p.toml", "[prices]\nPip = 1", "price of prices is no whole number"),
        ("p.toml", "Pip = -1", "not from 0 to"),
        ("p.csv", "name,price\nPip,99999999999999", "not from 0 to"),
        ("p.csv", "name,price\nPip,1.5", "price of Pip is no whole number"),
        ("p.csv", 'name,price\n"' + "x" * 200_000 + '",1', "is no CSV"),
    ],
)
def test_prices_that_can_t_be_are_said_whichever_row_they_stand_in(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(PackImportError, match=said):
        imported(tmp_path, Format.CSV, "case,item,weight\nBox,Pip,1\n", prices=tmp_path / name)


def test_a_case_for_nothing_costs_1_and_is_listed(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text("Box = 0")
    prices = tmp_path / "p.toml"
    pack, done = imported(tmp_path, Format.CSV, "case,item,weight\nBox,Pip,1\n", prices=prices)
    assert pack.cases[0].price == 1
    assert done.lost["cases for nothing (they cost 1)"] == 1
