"""Faults: all of a pack at once, each with its place, whatever the files hold."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inventui.content.faults import Fault
from inventui.content.loader import PackError, load_pack, pack_faults
from tests.content.pack_files import CASE, HEAD, ITEMS, SPRITES, only_fault, places, sound, write

# All faults at once

TEN_FAULTS = {
    "pack": HEAD + 'colour = "orange"\n',
    "broken": "[[items]]\nid = ",
    "art": SPRITES + "bad = '''\nyz\nyy\n'''\n",
    "items": ITEMS
    + """
[[items]]
id = "pip"
name = "Pip again"
category = "collectible"
rarity = "common"
value = 1

[[items]]
id = "sword"
name = "Sword"
category = "weapon"
rarity = "epic"
rob_bonus = 90
price_oranges = -5
emoji = "❤️"
description = "\\u001b[2J"
""",
    "cases": """
[[cases]]
id = "crate"
name = "Crate"
price = 0
entries = [{ item = "pip", chance = 50.0 }]

[[cases]]
id = "box"
name = "Box"
price = 10
entries = [{ item = "pip", chance = 50.0 }, { item = "pop", chance = 49.0 }]
""",
}


def test_a_pack_with_ten_different_faults_names_all_with_file_table_and_field(
    tmp_path: Path,
) -> None:
    with pytest.raises(PackError) as refused:
        load_pack(write(tmp_path, **TEN_FAULTS))
    faults = refused.value.faults
    assert places(faults) == {
        ("pack.toml", "pack", "colour"),
        ("broken.toml", "", ""),
        ("art.toml", "sprites", "bad"),
        ("items.toml", "items.pip", "id"),
        ("items.toml", "items.sword", "rarity"),
        ("items.toml", "items.sword", "price_oranges"),
        ("items.toml", "items.sword", "emoji"),
        ("items.toml", "items.sword", "description"),
        ("cases.toml", "cases.crate", "price"),
        ("cases.toml", "cases.crate", "entries"),
        ("cases.toml", "cases.box.entries.pop", "item"),
        ("cases.toml", "cases.box", "entries"),
    }
    assert all(fault.message for fault in faults)


def test_the_error_reads_as_a_list_with_a_line_a_fault(tmp_path: Path) -> None:
    with pytest.raises(PackError) as refused:
        load_pack(write(tmp_path, **TEN_FAULTS))
    first, *lines = str(refused.value).splitlines()
    assert first == "The pack has 12 faults:"
    assert len(lines) == 12
    assert "  cases.toml:12 cases.box entries: the chances sum to 99 %, not 100 %" in lines
    assert all(line.isprintable() for line in lines)


def test_a_sentence_names_the_first_faults_and_counts_the_others(tmp_path: Path) -> None:
    with pytest.raises(PackError) as refused:
        load_pack(write(tmp_path, **TEN_FAULTS))
    sentence = refused.value.sentence()
    assert sentence.isprintable()
    assert str(refused.value.faults[0]) in sentence
    assert sentence.endswith("; and 9 more")


def test_one_case_with_many_faults_names_them_all(tmp_path: Path) -> None:
    case = """
    [[cases]]
    id = "crate"
    name = "\\u001b"
    price = -1
    sprite = "none"
    colour = "red"
    entries = [
      { item = "pip", chance = 50, value = -1 },
      { item = "pip", chance = 20 },
      { item = "pop", chance = 20 },
    ]

    [[cases]]
    id = "crate"
    name = "Again"
    price = "ten"
    entries = [{ item = "pip", chance = 100 }]
    """
    faults = pack_faults(write(tmp_path, pack=HEAD, sprites=SPRITES, items=ITEMS, cases=case))
    assert places(faults) == {
        ("cases.toml", "cases.crate", "name"),
        ("cases.toml", "cases.crate", "price"),
        ("cases.toml", "cases.crate", "sprite"),
        ("cases.toml", "cases.crate", "colour"),
        ("cases.toml", "cases.crate.entries.pip", "value"),
        ("cases.toml", "cases.crate.entries.pop", "item"),
        ("cases.toml", "cases.crate", "entries"),
        ("cases.toml", "cases.crate", "id"),
    }
    assert {fault.message for fault in faults if fault.field == "entries"} == {
        "2 entries have the name 'Pip': each needs one of its own",
        "the chances sum to 90 %, not 100 %",
    }


def test_a_wrong_bundle_still_tells_which_items_there_are_not(tmp_path: Path) -> None:
    bundle = (
        '[[items]]\nid = "set"\nname = "Set"\ncategory = "bundle"\nrarity = "common"\n'
        'discount = 0\nitems = ["pip", "pop"]\nsprite = "none"\n'
    )
    faults = pack_faults(write(tmp_path, pack=HEAD, sprites=SPRITES, items=ITEMS, bundle=bundle))
    assert places(faults) == {
        ("bundle.toml", "items.set", "discount"),
        ("bundle.toml", "items.set", "items"),
        ("bundle.toml", "items.set", "sprite"),
    }


def test_faults_come_by_file_and_the_same_way_each_time(tmp_path: Path) -> None:
    faults = pack_faults(write(tmp_path, **TEN_FAULTS))
    assert [fault.file for fault in faults] == sorted(fault.file for fault in faults)
    assert pack_faults(tmp_path) == faults


# Files


def test_a_missing_path_is_a_fault(tmp_path: Path) -> None:
    (fault,) = pack_faults(tmp_path / "nowhere")
    assert fault == Fault("nowhere", "", "", "there is no such file")


def test_a_folder_without_files_is_a_fault(tmp_path: Path) -> None:
    (fault,) = pack_faults(tmp_path)
    assert fault.message == "the folder has no .toml file"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xfe", "it is no UTF-8: byte 1"),
        (b"x = ", "it is no TOML"),
        (b"x = 1\nx = 2", "it is no TOML"),
        (b"x = " + b"9" * 6_000, "it is no TOML"),
        (b"x = " + b"[" * 20_000, "nested too deeply"),
    ],
)
def test_a_file_that_is_no_toml_hides_no_fault_of_another(
    tmp_path: Path, data: bytes, words: str
) -> None:
    write(tmp_path, pack=HEAD.replace('"1"', "1"))
    (tmp_path / "bad.toml").write_bytes(data)
    bad, head = pack_faults(tmp_path)
    assert bad.file == "bad.toml"
    assert words in bad.message
    assert head == Fault("pack.toml", "pack", "version", "it must be a text")


def test_a_file_that_cannot_be_read_says_in_which_line(tmp_path: Path) -> None:
    for bad in (b"# caf\xe9", b"x = " + b"9" * 6_000, b"x = ", b"x = [", b"x = 1 2"):
        write(tmp_path, pack=HEAD)
        (tmp_path / "bad.toml").write_bytes(b"# one\n# two\n" + bad)
        (fault,) = pack_faults(tmp_path)
        assert (fault.file, fault.line) == ("bad.toml", 3)


def test_of_two_tables_of_an_id_the_later_one_is_told(tmp_path: Path) -> None:
    items = ITEMS.replace('id = "crown"', 'id = "pip"').replace('sprite = "dot"', "")
    fault = only_fault(tmp_path, items=items)
    assert (fault.table, fault.field) == ("items.pip", "id")
    assert fault.line == items.splitlines().index('id = "pip"', 4) + 1


def test_a_byte_order_mark_at_the_beginning_of_a_file_is_no_fault(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "pack.toml").write_bytes(b"\xef\xbb\xbf" + HEAD.replace("\n", "\r\n").encode())
    assert pack_faults(tmp_path) == ()


def test_a_number_that_nothing_can_hold_is_a_fault_of_its_field(tmp_path: Path) -> None:
    cases = CASE.replace("chance = 0.5", "chance = 1e99999999999999999999")
    fault = only_fault(tmp_path, items=ITEMS, sprites=SPRITES, cases=cases)
    assert (fault.table, fault.field) == ("cases.crate.entries.crown", "chance")


def test_a_folder_named_like_a_file_is_a_fault(tmp_path: Path) -> None:
    (sound(tmp_path) / "odd.toml").mkdir()
    (fault,) = pack_faults(tmp_path)
    assert fault == Fault("odd.toml", "", "", "it is no regular file")


def test_a_pack_needs_its_head_once(tmp_path: Path) -> None:
    (fault,) = pack_faults(write(tmp_path / "none", items=ITEMS.replace('sprite = "dot"', "")))
    assert (fault.file, fault.table) == ("none", "pack")
    fault = only_fault(tmp_path / "two", second=HEAD)
    assert (fault.file, fault.table) == ("second.toml", "pack")
    assert fault.message == "it is in pack.toml already"


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("[thngs]\nx = 1", "thngs"),
        ('items = "none"', "items"),
        ("items = [1]", "items.#1"),
        ("palette = 1", "palette"),
        ("sprites = []", "sprites"),
        ("[items.pip]\nname = 'Pip'", "items"),
        ("[[items]]\nname = 'Pip'", "items.#1"),
    ],
)
def test_a_table_of_the_wrong_shape_is_a_fault(tmp_path: Path, text: str, table: str) -> None:
    faults = pack_faults(write(tmp_path, pack=HEAD, odd=text))
    assert {(fault.file, fault.table) for fault in faults} == {("odd.toml", table)}


# Hostile texts


@pytest.mark.parametrize(
    "character",
    ["\\u001b", "\\u0000", "\\u0007", "\\u009b", "\\u202e", "\\u2066", "\\u200d", "\\ufe0f", "\\n"],
)
@pytest.mark.parametrize("field", ["name", "description", "flavour", "style"])
def test_what_acts_on_a_terminal_is_a_fault_of_its_field(
    tmp_path: Path, field: str, character: str
) -> None:
    hostile = f'"a{character}b"'
    items = ITEMS.replace('name = "Pip"', f"name = {hostile}" if field == "name" else 'name = "P"')
    if field != "name":
        items = items.replace("value = 10", f"value = 10\n{field} = {hostile}")
    fault = only_fault(tmp_path, sprites=SPRITES, items=items)
    assert (fault.file, fault.table, fault.field) == ("items.toml", "items.pip", field)
    assert fault.message.startswith("it contains the unprintable character U+")


@pytest.mark.parametrize(
    "text",
    [
        '["\\u001b[31m"]\nx = 1',
        '[[items]]\n"\\u202e" = 1',
        '[[items]]\nid = "\\u001b]0;x\\u0007"',
        '[palette]\n"\\u009b" = "#000000"',
        '[sprites]\n"\\u001b" = "x"',
        '[[cases]]\nentries = [{ item = "\\u001b" }]',
        "x = '\x1b'",
    ],
)
def test_no_fault_repeats_what_acts_on_a_terminal(tmp_path: Path, text: str) -> None:
    faults = pack_faults(write(tmp_path, pack=HEAD, odd=text))
    assert faults
    assert all(str(fault).isprintable() for fault in faults)


def test_a_fault_stays_short_whatever_the_pack_wrote(tmp_path: Path) -> None:
    text = f'[[items]]\nid = "{"x" * 100_000}"\n"{"y" * 100_000}" = 1\n'
    faults = pack_faults(write(tmp_path, pack=HEAD, odd=text))
    assert faults
    assert all(len(str(fault)) < 900 for fault in faults)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))
)
def test_whatever_a_file_holds_is_a_pack_or_a_list_of_faults(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "any.toml"
    path.write_bytes(data)
    faults = pack_faults(path)
    assert faults
    assert all(str(fault).isprintable() for fault in faults)


_TOML = st.recursive(
    st.one_of(
        st.integers(-(10**15), 10**15).map(str),
        st.booleans().map(lambda flag: str(flag).lower()),
        st.floats().map(repr),
        st.sampled_from(
            [
                '"pip"',
                '"common"',
                '"collectible"',
                '"bundle"',
                '"frame"',
                '""',
                "2030-01-01",
                "12:00:00",
            ]
        ),
    ),
    lambda inner: st.lists(inner, max_size=3).map(lambda parts: f"[{', '.join(parts)}]"),
    max_leaves=5,
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    table=st.sampled_from(["items", "cases", "achievements", "quests", "neighbours"]),
    fields=st.dictionaries(
        st.sampled_from(
            [
                "id",
                "name",
                "category",
                "rarity",
                "value",
                "price",
                "entries",
                "tint",
                "emoji",
                "stock_limit",
                "stock_remaining",
                "available_from",
                "limited",
                "style",
                "default",
                "discount",
                "items",
                "gear",
                "wardrobe",
                "upkeep",
            ]
        ),
        _TOML,
    ),
)
def test_values_of_any_type_in_any_field_are_faults_and_never_crash(
    tmp_path: Path, table: str, fields: dict[str, str]
) -> None:
    lines = "\n".join(f"{name} = {value}" for name, value in fields.items())
    path = tmp_path / "any.toml"
    path.write_text(f"{HEAD}\n[[{table}]]\n{lines}\n", encoding="utf-8")
    faults = pack_faults(path)
    assert all(fault.file == "any.toml" and fault.message for fault in faults)
    assert not any("unknown" in str(fault).lower() for fault in faults)
