"""Faults of packs say on which line they stand; what would take for ever is refused at once."""

from pathlib import Path

import pytest

from inventui.content.loader import pack_faults
from inventui.content.reading.toml_files import too_deep
from tests.content.pack_files import write

PACK = """[pack]
id = "mine"
name = "Mine"
version = "1"
colour = "red"

[sprites]
none = 3

[[items]]
id = "pip"
name = "Pip"
category = "collectible"
rarity = "wild"
value = 1

[[items]]
name = "Nameless"
category = "collectible"
rarity = "common"
value = -1

[[cases]]
id = "crate"
name = "Crate"
price = 0
entries = [
  { item = "pip", chance = 50 },
  { item = "pop", chance = 50 },
]

[[cases]]
id = "box"
name = "Box"
price = 9

[[cases.entries]]
item = "pip"
chance = 101
"""


def test_every_fault_names_the_line_that_it_stands_on(tmp_path: Path) -> None:
    faults = pack_faults(write(tmp_path, pack=PACK))
    lines = PACK.splitlines()
    told = {fault.message: lines[fault.line - 1] for fault in faults if fault.line}
    assert len(told) == len(faults)
    assert told["there is no such field"] == 'colour = "red"'
    assert told["it must be a text of rows"] == "none = 3"
    assert told["there is no item 'pop'"] == '  { item = "pop", chance = 50 },'
    assert {'rarity = "wild"', "value = -1", "[[items]]", "price = 0", "chance = 101"} <= set(
        told.values()
    )


@pytest.mark.parametrize(
    ("text", "deep"),
    [
        ("a = 1", False),
        ("a." * 20_000 + "a = 1", True),
        ('"a".' * 20_000 + "a = 1", True),
        ("[" + "a." * 20_000 + "a]", True),
        ("a = " + "{a=" * 20_000, True),
        ("a = " + "[" * 51 + "]" * 51, True),
        ("a = [" + "1.5, " * 200 + "]", False),
        ('a = "' + "[" * 200 + "." * 200 + '"', False),
        ("a = '''" + "[.\n" * 200 + "'''", False),
        ("# " + "[" * 200, False),
    ],
)
def test_what_nests_too_deeply_is_seen_without_reading_it(text: str, deep: bool) -> None:
    assert too_deep(text) == deep


def test_a_file_that_nests_too_deeply_is_a_fault(tmp_path: Path) -> None:
    fault, *_ = pack_faults(write(tmp_path, pack="a." * 20_000 + "a = 1"))
    assert fault.message == "its tables are nested too deeply"


def test_a_pack_of_too_many_tables_is_a_fault(tmp_path: Path) -> None:
    items = "[[items]]\n" * 20_001
    faults = pack_faults(write(tmp_path, pack=PACK, items=items))
    assert "the pack has more than 20,000 tables" in {fault.message for fault in faults}


def test_a_pack_of_too_many_bytes_is_a_fault(tmp_path: Path) -> None:
    comment = "#" * 8_000_000
    faults = pack_faults(write(tmp_path, pack=PACK, **{f"z{n}": comment for n in range(5)}))
    assert any("larger than" in fault.message and fault.file == "z4.toml" for fault in faults)


def test_a_file_that_is_no_toml_has_the_line_that_the_parser_tells(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text('[pack]\nid = "x"\nname = \n')
    assert pack_faults(tmp_path)[0].line == 3
