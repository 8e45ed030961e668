"""`inventui packs`: the packs of a world, and packs as files."""

from __future__ import annotations

import json
import tomllib
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

from inventui.content.schema import LISTS, pack_schema
from inventui.content.source import pack_digest
from tests.builders import SMALL_PACK, contents
from tests.cli.conftest import Run

EXTENDING = """
[pack]
id = "mine"
name = "Mine"
version = "2"

[[cases]]
extends = "small:crate"
price = 90
"""


@pytest.fixture(autouse=True)
def here(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a command is given: folders are made there."""
    here = home / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setattr("inventui.engine.packs.packs.base_pack", lambda: SMALL_PACK)
    monkeypatch.setattr("inventui.content.check.base_pack", lambda: SMALL_PACK)
    return here


def mine(here: Path, text: str = EXTENDING) -> Path:
    pack = here / "mine.toml"
    pack.write_text(text, "utf-8")
    return pack


def test_the_packs_of_a_world_are_listed_and_shown(run: Run, database: Path) -> None:
    digest = pack_digest(SMALL_PACK)
    (layer,) = run("packs", "list", "--json").answered()["packs"]
    assert (layer["id"], layer["version"], layer["layer"]) == ("small", "1", 1)
    assert layer["digest"] == digest
    assert run("packs", "--json").answered() == {"packs": [layer]}
    shown = run("packs", "show", "small", "--json").answered()["pack"]
    assert shown["digest"] == digest
    assert shown["tables"]["cases"] == 3
    assert "small.toml" in shown["files"]
    assert digest in run("packs", "show", "small").out
    run("packs", "show", "large", "--json").refused("unknown_pack")


def test_a_pack_is_made_checked_added_and_played(run: Run, database: Path, here: Path) -> None:
    made = run("packs", "new", "my-pack", "--json").answered()
    assert set(made["files"]) == {path.name for path in (here / "my-pack").iterdir()}
    assert run("packs", "check", "my-pack", "--json").answered()["faults"] == []
    dry = run("packs", "add", "my-pack", "--dry-run", "--json").answered()
    assert dry["dry_run"] is True
    assert run("packs", "diff", "my-pack", "--json").answered() == dry
    assert "my-pack:first-case" not in run("cases").out
    added = run("packs", "add", "my-pack", "--json").answered()
    assert added["changes"] == dry["changes"]
    assert [layer["id"] for layer in added["packs"]] == ["small", "my-pack"]
    opening = run("open", "first-case", "--json").answered()
    assert opening["case"] == "my-pack:first-case"
    removed = run("packs", "remove", "my-pack", "--json").answered()
    assert {change["change"] for change in removed["changes"]} == {"gone"}
    assert run("audit", "--json").answered()["ok"] is True


def test_of_many_additions_a_person_is_told_the_number_and_a_program_each(
    run: Run, database: Path, here: Path
) -> None:
    items = "".join(
        f'[[items]]\nid = "i{i}"\nname = "Item {i}"\ncategory = "collectible"\n'
        f'rarity = "rare"\nvalue = {i}\n'
        for i in range(30)
    )
    pack = mine(here, EXTENDING + items)
    page = run("packs", "diff", pack).out
    assert "added   30 items" in page
    assert "mine:i7" not in page
    assert "crate" in page
    assert len(run("packs", "diff", pack, "--json").answered()["changes"]) == 31


def test_every_template_is_a_sound_pack_alone_and_upon_another(run: Run) -> None:
    for template in ("case", "full"):
        run("packs", "new", template, "--template", template, "--json").answered()
        for option in ([], ["--no-base"]):
            found = run("packs", "check", template, *option, "--json").answered()
            assert found["ok"] is True


def test_a_change_is_shown_field_by_field_and_taken_back(
    run: Run, database: Path, here: Path
) -> None:
    before = run("odds", "crate", "--json").answered()
    (change,) = run("packs", "add", mine(here), "--json").answered()["changes"]
    assert (change["kind"], change["id"], change["change"]) == ("case", "crate", "changed")
    assert change["fields"]["price"] == {"before": 100, "after": 90}
    assert run("odds", "crate", "--json").answered()["price"] == 90
    assert "price: 90 → 100" in run("packs", "remove", "mine").out
    assert run("odds", "crate", "--json").answered() == before


def test_a_change_of_odds_is_shown_entry_by_entry(run: Run, database: Path, here: Path) -> None:
    def pack(name: str, common: int, more: str) -> Path:
        case = f"""[pack]
            id = "mine"
            name = "Mine"
            version = "1"
            [[cases]]
            id = "box"
            name = "Box"
            price = 10
            {more}
            entries = [
              {{ nothing = true, chance = {common} }},
              {{ item = "small:squeezer", chance = 5 }},
              {{ item = "small:straw", weight = 1 }},
            ]"""
        path = here / name
        path.write_text(case, "utf-8")
        return path

    assert run("packs", "add", pack("one.toml", 90, "")).status == 0
    other = pack("two.toml", 85, 'guarantee = { rarity = "legendary", after = 9 }')
    (change,) = run("packs", "diff", other, "--json").answered()["changes"]
    entries = change["fields"]["entries"]
    assert [len(entries[when]) for when in ("before", "after")] == [2, 2]
    shown = run("packs", "diff", other).out
    assert "entry Nothing: 90% common worth 0 → 85% common worth 0" in shown
    assert "guarantee: nothing → legendary after 9" in shown


def test_another_base_pack_of_the_program_is_taken_by_the_owner_alone(
    run: Run, database: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = here / "newer.toml"
    newer.write_text(SMALL_PACK.read_text("utf-8").replace("price = 100\n", "price = 110\n"))
    for module in ("engine.packs.begin", "engine.packs.packs", "content.check"):
        monkeypatch.setattr(f"inventui.{module}.base_pack", lambda: newer)
    for command in (["cases"], ["inventory"], ["audit"], ["players", "list"], ["packs"]):
        assert run(*command).status == 0
    assert run("odds", "crate", "--json").answered()["price"] == 100
    assert run("packs", "list", "--json").answered()["packs"][0]["newer"] is True
    before = contents(database)
    dry = run("packs", "update", "--dry-run", "--json").answered()
    assert run("packs", "diff", "--json").answered() == dry
    assert contents(database) == before
    assert run("packs", "update", "--json").answered()["changes"] == dry["changes"]
    assert run("odds", "crate", "--json").answered()["price"] == 110
    assert run("packs", "list", "--json").answered()["packs"][0]["newer"] is False


FAULTS = """
[pack]
id = "mine"
name = "Mine"
version = "2"
colour = "red"

[[items]]
id = "pip"
name = "Pip"
category = "collectible"
rarity = "odd"
value = -1

[[cases]]
id = "box"
name = "Box"
price = 0
entries = [
  { item = "pip", chance = 60 },
  { item = "nothing", chance = 39 },
]
"""


def test_a_check_names_every_fault_with_file_line_and_field(run: Run, here: Path) -> None:
    pack = mine(here, FAULTS)
    ran = run("packs", "check", pack, "--json")
    assert ran.status == 1
    found = ran.json
    assert found["ok"] is False
    places = {(fault["file"], fault["line"], fault["field"]) for fault in found["faults"]}
    assert {line for _, line, _ in places} == {6, 12, 13, 18, 19, 21}
    assert {file for file, *_ in places} == {"mine.toml"}
    assert {field for *_, field in places} >= {"colour", "rarity", "value", "price", "item"}
    page = run("packs", "check", pack)
    assert page.status == 1
    assert f"{len(found['faults'])} faults" in page.out
    assert "mine.toml:13: " in page.out


@pytest.mark.parametrize("command", ["add", "diff", "update mine"])
def test_a_faulty_pack_is_refused_with_all_its_faults_and_changes_nothing(
    command: str, run: Run, database: Path, here: Path
) -> None:
    if command.startswith("update"):
        run("packs", "add", mine(here), "--json").answered()
    before = contents(database)
    refused = run("packs", *command.split(), mine(here, FAULTS), "--json").refused("invalid_pack")
    assert len(refused["faults"]) > 3
    assert all(fault["line"] for fault in refused["faults"])
    assert contents(database) == before


def test_what_is_there_is_never_written_over(run: Run, here: Path) -> None:
    run("packs", "new", "my-pack", "--json").answered()
    before = (here / "my-pack" / "pack.toml").read_bytes()
    run("packs", "new", "my-pack", "--template", "full", "--json").refused("file_exists")
    run("packs", "import", "csv", "x.csv", "--to", "my-pack", "--json").refused("file_exists")
    assert (here / "my-pack" / "pack.toml").read_bytes() == before


def test_what_is_no_name_of_a_pack_or_template_or_format_is_refused(run: Run, here: Path) -> None:
    run("packs", "new", "../up", "--json").refused("invalid_name")
    run("packs", "new", "my-pack", "--template", "half", "--json").refused("usage", 2)
    run("packs", "import", "xml", "x.xml", "--json").refused("usage", 2)
    run("packs", "import", "csv", "x.csv", "--json").refused("invalid_file")
    assert list(here.iterdir()) == []


def test_a_dry_run_writes_no_folder(run: Run, here: Path) -> None:
    table = here / "odds.csv"
    table.write_text("case,item,weight,value,rarity\nBox,Pip,3,10,common\nBox,Gem,1,90,rare\n")
    for arguments in (["new", "my-pack"], ["import", "csv", "odds.csv", "--id", "my-pack"]):
        dry = run("packs", *arguments, "--dry-run", "--json").answered()
        assert dry["dry_run"] is True
        assert not (here / "my-pack").exists()
        done = run("packs", *arguments, "--to", arguments[0], "--json").answered()
        assert {**done, "folder": "", "dry_run": ""} == {**dry, "folder": "", "dry_run": ""}


def test_an_import_says_what_it_made_and_what_was_lost(run: Run, here: Path) -> None:
    (here / "odds.csv").write_text("case,item,weight\nBox,Pip,3\nBox,Gem,1\n")
    found = json.loads(run("packs", "import", "csv", "odds.csv", "--id", "csv-pack", "--json").out)
    assert (found["pack"], found["cases"], found["items"]) == ("csv-pack", 1, 2)
    assert found["lost"]
    assert all(set(one) == {"kind", "count"} for one in found["lost"])
    assert run("packs", "check", "csv-pack", "--json").answered()["ok"] is True


def test_the_schema_knows_every_field_of_every_table(run: Run) -> None:
    schema: Any = run("packs", "schema", "--json").answered()
    assert schema == json.loads(json.dumps(pack_schema()))
    assert set(LISTS) <= set(schema["properties"])
    for name, models in LISTS.items():
        changed = schema["$defs"][f"Changed{name.capitalize()}"]
        for model in models:
            fields = {field.alias or key for key, field in model.model_fields.items()}
            assert set(schema["$defs"][model.__name__]["properties"]) == fields
            assert fields - {"id"} <= set(changed["properties"])
    assert json.loads(run("packs", "schema").out) == schema


def test_advice_is_told_after_the_faults_and_what_is_alike_once(run: Run, here: Path) -> None:
    pack = mine(here, WASTEFUL)
    found = run("packs", "check", pack, "--json").answered()
    assert found["ok"] is True
    kinds = {(one["kind"], one["subject"]) for one in found["advice"]}
    assert {
        ("return", "mine:gift"),
        ("small_set", "mine:gift"),
        ("small_set", "mine:gift-2"),
    } <= kinds
    page = run("packs", "check", pack).out
    assert "small_set: mine:gift and 1 more: Its set has 1 piece" in page
    assert page.rstrip().endswith("The pack can be loaded.")


WASTEFUL = """
[pack]
id = "mine"
name = "Mine"
version = "1"

[[items]]
id = "pip"
name = "Mine of pips"
category = "collectible"
rarity = "common"
value = 590
""" + "".join(
    f"""
[[cases]]
id = "{slug}"
name = "{slug}"
price = 100
entries = [{{ item = "pip", chance = 100 }}]
"""
    for slug in ("gift", "gift-2")
)


def test_a_picture_becomes_a_sprite_of_a_pack(run: Run, here: Path) -> None:
    file = here / "Red Crate.png"
    Image.new("RGBA", (40, 30), (255, 0, 0, 255)).save(file)
    found = run("packs", "sprite", file, "--json").answered()
    assert found["name"] == "red-crate"
    assert found["palette"] == {"a": "#ff0000"}
    assert [len(row) for row in found["rows"]] == [12] * 10
    assert tomllib.loads(run("packs", "sprite", file, "--width", "4").out) == {
        "palette": {"a": "#ff0000"},
        "sprites": {"red-crate": "....\n" + "aaaa\n" * 3},
    }
    run("packs", "new", "my-pack")
    target = here / "my-pack" / "art.toml"
    assert run("packs", "sprite", file, "--name", "box", "-o", target).status == 0
    assert "box" in tomllib.loads(target.read_text("utf-8"))["sprites"]
    assert run("packs", "check", "my-pack", "--json").answered()["faults"] == []
    before = target.read_bytes()
    run("packs", "sprite", file, "-o", target, "--json").refused("file_exists")
    assert target.read_bytes() == before
    run("packs", "sprite", here / "gone.png", "--json").refused("invalid_file")
    assert run("packs", "sprite", file, "--width", "17").status == 2


class _Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_an_update_shows_what_it_would_change_and_asks_before_it_says_that_nothing_was(
    run: Run, here: Path, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("packs", "add", mine(here), "--json").answered()
    before = contents(database)
    newer = mine(here, EXTENDING.replace("price = 90", "price = 95"))
    answered = SimpleNamespace(stdin=_Terminal("n\n"), stdout=_Terminal(), stderr=_Terminal())
    monkeypatch.setattr("inventui.cli.packs.packs.sys", answered)
    done = run("packs", "update", "mine", newer)
    assert "Take it?" in answered.stderr.getvalue()
    assert "Nothing was changed." not in done.out
    assert "Nothing was changed." in done.err
    assert contents(database) == before
