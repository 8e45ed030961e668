"""Packs upon each other: what their ids are called, and what a later one changes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from inventui.content.faults import Fault
from inventui.content.layers import layer_at
from inventui.content.loader import layer_faults, load_layers
from inventui.content.pack import Pack
from inventui.content.reading.toml_files import MOST_TABLES, TOO_MANY
from inventui.content.source import MOST_FILES, read_pack
from tests.content.pack_files import CASE, HEAD, ITEMS, SPRITES, write

UPPER = '[pack]\nid = "upper"\nname = "Upper"\nversion = "1"\n'


def below(folder: Path) -> Path:
    return write(folder / "below", pack=HEAD, sprites=SPRITES, items=ITEMS, cases=CASE)


def above(folder: Path, text: str) -> Path:
    return write(folder / "above", pack=UPPER, more=text)


def loaded(folder: Path, text: str) -> Pack:
    return load_layers([layer_at(below(folder)), layer_at(above(folder, text), plain=False)])


def faults(folder: Path, text: str) -> tuple[Fault, ...]:
    return layer_faults([layer_at(below(folder)), layer_at(above(folder, text), plain=False)])


def test_a_later_pack_adds_under_its_own_name_and_refers_to_both(tmp_path: Path) -> None:
    pack = loaded(
        tmp_path,
        ITEMS.replace('sprite = "dot"', 'sprite = "test:dot"')
        + """
[[cases]]
id = "crate"
name = "Upper Crate"
price = 10
entries = [
  { item = "pip", chance = 50 },
  { item = "upper:crown", chance = 25 },
  { item = "test:crown", chance = 25, name = "Lower Crown" },
]
""",
    )
    assert [item.id for item in pack.items] == ["pip", "crown", "upper:pip", "upper:crown"]
    lower, upper = pack.cases
    assert (lower.id, upper.id) == ("crate", "upper:crate")
    assert [entry.item for entry in upper.entries] == ["upper:pip", "upper:crown", "crown"]
    assert pack.items[3].sprite == pack.items[1].sprite


def test_a_later_pack_changes_the_fields_that_it_names_and_keeps_the_place(tmp_path: Path) -> None:
    before = load_layers([layer_at(below(tmp_path / "x"))])
    pack = loaded(
        tmp_path,
        """
[[items]]
extends = "test:pip"
value = 11

[[cases]]
extends = "test:crate"
price = 120
""",
    )
    assert [item.id for item in pack.items] == ["pip", "crown"]
    assert (pack.items[0].value, pack.items[0].name) == (11, before.items[0].name)
    (case,) = pack.cases
    assert (case.id, case.price, case.sprite) == ("crate", 120, before.cases[0].sprite)
    assert [entry.value for entry in case.entries] == [900, 11]


def test_a_change_to_pools_takes_the_place_of_entries(tmp_path: Path) -> None:
    pack = loaded(
        tmp_path,
        """
[[cases]]
extends = "test:crate"
pools = [{ rolls = 2, entries = [{ item = "test:pip", chance = 100 }] }]
""",
    )
    assert pack.cases[0].pools == ((2, 1),)


def test_a_fault_of_a_later_pack_is_named_with_its_file_and_line(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, '\n[[cases]]\nextends = "test:crate"\nprice = 120\nname = ""\n')
    assert (fault.file, fault.line, fault.field) == ("above/more.toml", 5, "name")


def test_what_a_change_breaks_further_down_is_named_where_it_stands(tmp_path: Path) -> None:
    (fault,) = faults(
        tmp_path,
        '\n[[items]]\nextends = "test:pip"\ncategory = "consumable"\nkind = "donut"\nvalue = 3\n',
    )
    assert (fault.file, fault.field) == ("above/more.toml", "value")


def test_two_packs_of_one_id_are_a_fault(tmp_path: Path) -> None:
    layers = [layer_at(below(tmp_path)), layer_at(below(tmp_path / "x"), plain=False)]
    assert "there is a pack 'test' already" in str(layer_faults(layers)[0])


def test_nothing_outside_of_its_folder_is_read_as_part_of_a_pack(tmp_path: Path) -> None:
    pack = below(tmp_path)
    secret = tmp_path / "secret.toml"
    secret.write_text("[pack]")
    os.symlink(secret, pack / "link.toml")
    os.symlink(pack / "items.toml", pack / "twin.toml")
    files = {file.name: file for file in read_pack(pack)}
    assert files["link.toml"].data == b""
    assert "leads out of the pack's folder" in str(files["link.toml"].fault)
    assert files["twin.toml"].fault is None
    assert len(files) < MOST_FILES


def test_a_pack_of_700000_items_is_refused_with_one_fault_before_it_is_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_parser(*_: object, **__: object) -> dict[str, object]:
        raise AssertionError("it was parsed")

    path = write(tmp_path / "above", more="[[items]]\n" * 700_000)
    monkeypatch.setattr("tomllib.loads", no_parser)
    told = layer_faults([layer_at(path)])
    assert [fault.message for fault in told] == [TOO_MANY]


def test_too_many_tables_in_one_list_are_told_once(tmp_path: Path) -> None:
    rows = ", ".join(["{}"] * (MOST_TABLES + 1))
    told = faults(tmp_path, f"cases = [{rows}]\n")
    assert [fault.message for fault in told] == [TOO_MANY]


def test_an_id_that_another_pack_has_is_told_with_that_pack(tmp_path: Path) -> None:
    case = '[[cases]]\nid = "c"\nname = "C"\nprice = 9\nentries = [{ item = "crown", weight = 1 }]'
    (fault,) = faults(tmp_path, case)
    assert fault.message == "there is no item 'upper:crown'; another pack has it: 'test:crown'"
