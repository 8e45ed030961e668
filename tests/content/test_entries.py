"""Weights, groups, nested tables, counts, nothing, rolls and guarantees of cases."""

from pathlib import Path

import pytest

from inventui.content.loader import load_pack, pack_faults
from inventui.content.pack import PackCase
from inventui.rules.cases.guarantee import Guarantee
from inventui.rules.core.enums import Rarity
from tests.content.pack_files import HEAD, write

ITEMS = "".join(
    f'''
[[items]]
id = "{slug}"
name = "{slug.capitalize()}"
category = "collectible"
rarity = "{rarity}"
value = {value}
'''
    for slug, rarity, value in (
        ("pip", "common", 5),
        ("cup", "rare", 50),
        ("crown", "legendary", 900),
        ("ring", "legendary", 800),
    )
)


def case_of(folder: Path, entries: str, more: str = "", tables: str = "") -> PackCase:
    return load_pack(files(folder, entries, more, tables)).cases[0]


def files(folder: Path, entries: str, more: str = "", tables: str = "") -> Path:
    case = f'[[cases]]\nid = "crate"\nname = "Crate"\nprice = 100\n{more}\nentries = [{entries}]'
    return write(folder, pack=HEAD, items=ITEMS, cases=case, tables=tables)


def parts(case: PackCase) -> dict[str, int]:
    return {entry.name: entry.parts for entry in case.entries}


def test_weights_share_what_chances_leave(tmp_path: Path) -> None:
    only = "{ item = 'pip', weight = 3 }, { item = 'cup', weight = 1 }"
    assert parts(case_of(tmp_path, only)) == {"Pip": 750_000, "Cup": 250_000}
    both = "{ item = 'crown', chance = 0.4 }, " + only
    assert parts(case_of(tmp_path, both)) == {"Crown": 4_000, "Pip": 747_000, "Cup": 249_000}


def test_a_chance_may_have_as_many_decimals_as_a_float_prints(tmp_path: Path) -> None:
    entries = "{ item = 'pip', chance = 12.345678901234567 }, { item = 'cup', chance = 87.654321 }"
    assert parts(case_of(tmp_path, entries)) == {"Pip": 123_457, "Cup": 876_543}


def test_a_group_shares_its_chance_and_gives_its_rarity(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        "{ item = 'pip', chance = 90 },"
        "{ rarity = 'epic', chance = 10, items = ['cup', 'crown', 'ring'] }",
    )
    assert [entry.parts for entry in case.entries] == [900_000, 33_334, 33_333, 33_333]
    assert [entry.rarity for entry in case.entries] == [Rarity.COMMON, *[Rarity.EPIC] * 3]
    assert [entry.group for entry in case.entries] == ["", "Epic", "Epic", "Epic"]


def test_a_nested_table_stands_for_its_entries_and_what_is_alike_is_one(tmp_path: Path) -> None:
    tables = """
        [[tables]]
        id = "regal"
        name = "Regalia"
        entries = [{ item = "crown", weight = 1 }, { table = "small", weight = 3 }]
        [[tables]]
        id = "small"
        entries = [{ item = "pip", chance = 50 }, { item = "ring", chance = 50 }]
    """
    entries = "{ item = 'pip', weight = 1 }, { table = 'regal', weight = 4 }"
    case = case_of(tmp_path, entries, tables=tables)
    assert parts(case) == {"Pip": 500_000, "Crown": 200_000, "Ring": 300_000}
    assert [entry.group for entry in case.entries] == ["", "Regalia", "Regalia"]


def test_an_entry_may_give_nothing_and_several_at_once(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        "{ nothing = true, weight = 7 }, { item = 'pip', count = 3, weight = 3 }",
        more="rolls = 2",
    )
    nothing, pips = case.entries
    assert (nothing.name, nothing.value, nothing.item, nothing.parts) == ("Nothing", 0, "", 700_000)
    assert (pips.name, pips.value, pips.item) == ("Pip ×3", 15, "pip")
    assert case.odds_table().rolls == 2
    assert case.odds_table().expected_value == 9


def test_a_case_may_have_several_pools_with_entries_of_their_own(tmp_path: Path) -> None:
    case = """
        [[cases]]
        id = "chest"
        name = "Chest"
        price = 100
        [[cases.pools]]
        rolls = 2
        entries = [{ item = "pip", weight = 1 }, { nothing = true, weight = 1 }]
        [[cases.pools]]
        entries = [{ item = "pip", weight = 1 }, { item = "crown", weight = 4 }]
    """
    table = load_pack(write(tmp_path, pack=HEAD, items=ITEMS, cases=case)).cases[0].odds_table()
    assert table.pools == ((2, 2), (1, 2))
    assert [entry.parts for entry in table.entries] == [500_000, 500_000, 200_000, 800_000]
    assert table.faults() == []


def test_a_guarantee_is_part_of_the_odds(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        "{ item = 'pip', chance = 99 }, { item = 'crown', chance = 1 }",
        more="guarantee = { rarity = 'epic', after = 50, from = 40, step = 2.5 }",
    )
    assert case.odds_table().guarantee == Guarantee(Rarity.EPIC, 50, 40, 25_000)


TABLE = '[[tables]]\nid = "t"\nentries = [{ table = "u", chance = 100 }]\n'


@pytest.mark.parametrize(
    ("entries", "more", "tables", "place", "said"),
    [
        ("{ item = 'pip', chance = 50, weight = 1 }", "", "", ".entries.pip", "one of the two"),
        ("{ item = 'pip' }", "", "", ".entries.pip", "missing"),
        ("{ chance = 100 }", "", "", ".entries.#1", "it needs one of"),
        ("{ item = 'pip', nothing = true, chance = 100 }", "", "", ".entries.pip", "needs one of"),
        ("{ items = ['pip'], count = 2, chance = 100 }", "", "", ".entries.#1", "has count"),
        ("{ nothing = true, value = 2, chance = 100 }", "", "", ".entries.#1", "has value"),
        ("{ table = 't', name = 'T', chance = 100 }", "", "", ".entries.t", "has name"),
        ("{ item = 'pip', chance = 99 }", "", "", "", "99 %, not 100 %"),
        (
            "{ item = 'pip', chance = 100 }, { item = 'cup', weight = 1 }",
            "",
            "",
            "",
            "leaves weights nothing",
        ),
        ("{ table = 't', chance = 100 }", "", "", ".entries.t", "no table"),
        ("", "", "", "", "entries, or pools"),
        (
            "{ nothing = true, weight = 1 }",
            "rolls = 31",
            "",
            "",
            "equal to 30",
        ),
        (
            "{ table = 't', chance = 100 }",
            "",
            TABLE + TABLE.replace('"t"', '"x"').replace('"u"', '"t"').replace('"x"', '"u"'),
            "tables.u.entries.t",
            "holds itself",
        ),
        (
            "{ items = ['pip', 'none'], chance = 100 }",
            "",
            "",
            ".entries.#1.entries.none",
            "no item",
        ),
        ("{ item = 'pip', chance = 1e-30 }, { item = 'cup', weight = 1 }", "", "", "", "too small"),
        (
            "{ item = 'pip', chance = 100 }",
            "guarantee = { rarity = 'epic', after = 5 }",
            "",
            "",
            "never be met",
        ),
        (
            "{ item = 'pip', chance = 99 }, { item = 'crown', chance = 1 }",
            "guarantee = { rarity = 'epic', after = 5, from = 7, step = 1 }",
            "",
            "",
            "before it is sure",
        ),
    ],
)
def test_what_makes_no_odds_is_named_with_its_place(
    tmp_path: Path, entries: str, more: str, tables: str, place: str, said: str
) -> None:
    faults = pack_faults(files(tmp_path, entries, more, tables))
    wanted = place if place.startswith("tables") else f"cases.crate{place}"
    assert [f.table for f in faults if said in f.message] == [wanted], faults


def test_a_case_of_too_many_entries_is_refused(tmp_path: Path) -> None:
    doubling = "".join(
        f'[[tables]]\nid = "t{n}"\nentries = [{{ table = "t{n + 1}", weight = 1 }},'
        f' {{ table = "t{n + 1}", weight = 1 }}]\n'
        for n in range(40)
    )
    tables = doubling + '[[tables]]\nid = "t40"\nentries = [{ item = "pip", weight = 1 }]'
    faults = pack_faults(files(tmp_path, "{ table = 't0', weight = 1 }", tables=tables))
    assert "more than 1,000 entries" in faults[0].message


def case_with_table(slug: str) -> str:
    entries = '[{ table = "t", weight = 1 }]'
    return f'[[cases]]\nid = "{slug}"\nname = "{slug}"\nprice = 9\nentries = {entries}\n'


def test_a_fault_of_a_nested_table_is_told_once_where_the_table_stands(tmp_path: Path) -> None:
    cases = case_with_table("one") + case_with_table("two")
    rows = '{ item = "pip", chance = 90 },\n{ item = "no", chance = 5 },'
    tables = f'[[tables]]\nid = "t"\nentries = [\n{rows}\n]'
    folder = write(tmp_path, pack=HEAD, items=ITEMS, cases=cases, tables=tables)
    assert [(f.file, f.line, f.table, f.message) for f in pack_faults(folder)] == [
        ("tables.toml", 3, "tables.t", "the chances sum to 95 %, not 100 %"),
        ("tables.toml", 5, "tables.t.entries.no", "there is no item 'no'"),
    ]


def test_a_table_that_no_case_leads_to_is_checked_too(tmp_path: Path) -> None:
    tables = '[[tables]]\nid = "t"\nentries = [{ item = "no", weight = 1 }]'
    faults = pack_faults(files(tmp_path, "{ item = 'pip', weight = 1 }", tables=tables))
    assert [(f.table, f.message) for f in faults] == [
        ("tables.t.entries.no", "there is no item 'no'")
    ]


def test_a_fault_of_one_of_several_pools_says_which(tmp_path: Path) -> None:
    pool = "[[cases.pools]]\nentries = [{{ item = 'pip', chance = {} }}]\n"
    case = (
        '[[cases]]\nid = "chest"\nname = "Chest"\nprice = 9\n' + pool.format(100) + pool.format(60)
    )
    (fault,) = pack_faults(write(tmp_path, pack=HEAD, items=ITEMS, cases=case))
    assert (fault.table, fault.field, fault.line) == ("cases.chest.pools.#2", "entries", 8)


@pytest.mark.parametrize("ways", [1, 2, 12])
def test_tables_that_lead_to_a_fault_by_every_way_there_is_are_named_at_once(
    tmp_path: Path, ways: int
) -> None:
    def table(number: int, leads: list[int]) -> str:
        entries = ", ".join(f'{{ table = "t{to}", weight = 1 }}' for to in leads)
        return f'[[tables]]\nid = "t{number}"\nentries = [{entries}]\n'

    # 12: each leads to all of them; else each to the next one, and the last one to none.
    leads = [
        list(range(12)) if ways == 12 else [n + 1] * ways for n in range(12 if ways == 12 else 45)
    ]
    tables = "".join(table(number, to) for number, to in enumerate(leads))
    faults = pack_faults(files(tmp_path, "{ table = 't0', weight = 1 }", tables=tables))
    assert len(faults) == (12 * 13 // 2 if ways == 12 else 1)


def test_what_is_nested_too_deeply_is_a_fault(tmp_path: Path) -> None:
    def tables(depth: int) -> str:
        group = "{{ weight = 1, entries = [{{ table = 't{}', weight = 1 }}] }}"
        leads = "".join(
            f'[[tables]]\nid = "t{n}"\nentries = [{group.format(n + 1)}]\n' for n in range(depth)
        )
        return leads + f'[[tables]]\nid = "t{depth}"\nentries = [{{ item = "pip", weight = 1 }}]'

    entries = "{ table = 't0', weight = 1 }"
    assert pack_faults(files(tmp_path / "a", entries, tables=tables(24))) == ()
    faults = pack_faults(files(tmp_path / "b", entries, tables=tables(1_000)))
    assert "more than 50 deep" in faults[0].message


def test_all_cases_together_have_so_many_entries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inventui.content.building.entries.MOST_LAID_OUT", 6)
    rows = '{ item = "pip", weight = 1 }, { item = "cup", weight = 1 }'
    tables = f'[[tables]]\nid = "t"\nentries = [{rows}]'

    def told(count: int) -> list[str]:
        cases = "".join(case_with_table(f"c{number}") for number in range(count))
        folder = write(tmp_path / str(count), pack=HEAD, items=ITEMS, cases=cases, tables=tables)
        return [fault.table for fault in pack_faults(folder)]

    assert told(3) == []
    assert told(9) == ["cases.c3"]


def test_an_entry_without_a_name_is_found_by_its_place_in_the_list(tmp_path: Path) -> None:
    rows = "\n{ item = 'pip', weight = 1 },\n{ nothing = true, weight = 1, value = 3 },\n"
    (fault,) = pack_faults(files(tmp_path, rows))
    assert (fault.table, fault.line) == ("cases.crate.entries.#2", 8)
