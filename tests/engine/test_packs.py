"""Packs of worlds: kept in their order, changed by their owner alone, and never by a look."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from inventui.content.new import Template, make_pack
from inventui.content.source import LARGEST_FILE, base_pack, pack_digest
from inventui.db.errors import Trouble, WorldError
from inventui.engine.core.models import CaseDetail
from inventui.engine.demo import STARTS_AT, open_demo
from inventui.engine.inventory.models import InventoryPage, InventoryQuery
from inventui.engine.packs.models import PackLayer, PacksChanged
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import FrozenClock
from inventui.rules.core.refusal import Reason
from tests.builders import (
    NOW,
    SMALL_PACK,
    a_player,
    a_world,
    audited,
    contents,
    done,
    in_a_file,
    opened,
    refused,
)
from tests.db.frozen_layouts import thaw

HEAD = '[pack]\nid = "mine"\nname = "Mine"\nversion = "7"\n'
MINE = (
    HEAD
    + """
[[items]]
id = "cap"
name = "Blue Cap"
category = "collectible"
rarity = "rare"
value = 90

[[cases]]
id = "hat-box"
name = "Hat Box"
price = 50
entries = [{ item = "cap", chance = 30 }, { item = "small:squeezer", chance = 70, value = 10 }]

[[cases]]
extends = "small:box"
price = 77
"""
)


def again(path: Path) -> World:
    """The world as any command opens it."""
    return World.open(path, clock=FrozenClock(NOW), daily_backup=False)


def written(folder: Path, text: str = MINE, name: str = "mine") -> Path:
    """A pack in a folder of its own."""
    path = folder / name
    path.mkdir()
    (path / "pack.toml").write_text(text, "utf-8")
    return path


def cases_of(world: World) -> dict[str, int]:
    return {case.id: case.price for case in world.catalogue.cases()}


def test_opening_a_world_never_replaces_its_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "world.db"
    with a_world(path) as world:
        a_player(world)
    before = contents(path)
    with again(path) as world:
        assert list(cases_of(world)) == ["crate", "box", "rack"]
        assert contents(world) == before


def test_a_start_with_other_packs_than_the_world_has_changes_nothing_and_says_what_does(
    tmp_path: Path,
) -> None:
    path = tmp_path / "world.db"
    a_world(path).close()
    before = contents(path)
    with pytest.raises(WorldError, match="inventui packs add") as caught:
        World.open(path, pack=base_pack(), daily_backup=False)
    assert caught.value.kind is Trouble.PACKS
    assert contents(path) == before


def test_a_world_of_before_has_the_base_pack_that_it_was_loaded_with(tmp_path: Path) -> None:
    in_a_file()
    path = thaw(10, tmp_path / "world.db")
    with again(path) as world:
        (layer,) = world.packs.list()
        assert (layer.id, layer.version, layer.layer, layer.plain) == ("base", "", 1, True)
        assert list(cases_of(world)) == ["crate", "box", "rack"]


def test_nothing_is_put_upon_a_pack_of_before_whose_files_nobody_kept(tmp_path: Path) -> None:
    in_a_file()
    with again(thaw(10, tmp_path / "world.db")) as world:
        before = contents(world)
        refusal = refused(world.packs.add(written(tmp_path)), Reason.INVALID_PACK)
        assert "inventui packs update base" in refusal.message
        assert contents(world) == before


def test_packs_of_a_new_world_stand_in_their_order_with_their_files(tmp_path: Path) -> None:
    mine = written(tmp_path)
    with World.open(
        tmp_path / "world.db", clock=FrozenClock(NOW), pack=SMALL_PACK, packs=[mine]
    ) as world:
        first, second = world.packs.list()
        assert first == PackLayer(
            "small",
            "1",
            pack_digest(SMALL_PACK),
            1,
            True,
        )
        assert (second.id, second.version, second.layer, second.plain) == ("mine", "7", 2, False)
        assert second.digest == pack_digest(mine)
        shutil.rmtree(mine)
        assert cases_of(world) == {"crate": 100, "box": 77, "rack": 200, "mine:hat-box": 50}


def test_a_pack_is_added_upon_those_there_are_and_its_ids_are_its_own(tmp_path: Path) -> None:
    with a_world(tmp_path / "world.db") as world:
        ana = a_player(world)
        before, prices = contents(world), cases_of(world)
        dry = done(world.packs.add(written(tmp_path), dry_run=True), PacksChanged)
        assert contents(world) == before
        added = done(world.packs.add(tmp_path / "mine"), PacksChanged)
        assert (dry.dry_run, added.dry_run) == (True, False)
        assert dry.changes == added.changes
        told = {(change.kind, change.id): change for change in added.changes}
        assert told["case", "mine:hat-box"].change == "added"
        assert told["item", "mine:cap"].change == "added"
        assert told["case", "box"].fields["price"] == (prices["box"], 77)
        assert ("item", "cap") not in told
        assert cases_of(world) == {**prices, "box": 77, "mine:hat-box": 50}
        assert {roll.entry for roll in opened(ana, "mine:hat-box", 20).rolls} == {
            "Blue Cap",
            "Golden Squeezer",
        }
        audited(world)
    with again(tmp_path / "world.db") as world:
        assert cases_of(world) == {**prices, "box": 77, "mine:hat-box": 50}


def test_a_case_is_named_with_its_pack_or_by_the_short_id_of_which_there_is_one(
    tmp_path: Path,
) -> None:
    with a_world(tmp_path / "world.db") as world:
        done(world.packs.add(written(tmp_path)), PacksChanged)
        for name, slug in (
            ("hat-box", "mine:hat-box"),
            ("mine:hat-box", "mine:hat-box"),
            ("small:crate", "crate"),
            ("crate", "crate"),
        ):
            assert done(world.catalogue.case(name), CaseDetail).id == slug
        refused(world.catalogue.case("mine:crate"), Reason.UNKNOWN_CASE)


def test_a_pack_is_added_once(tmp_path: Path) -> None:
    with a_world(tmp_path / "world.db") as world:
        done(world.packs.add(written(tmp_path)), PacksChanged)
        before = contents(world)
        refusal = refused(world.packs.add(tmp_path / "mine"), Reason.PACK_EXISTS)
        assert "inventui packs update mine" in refusal.message
        assert contents(world) == before


def test_a_removed_pack_leaves_its_items_with_their_owners_and_may_come_again(
    tmp_path: Path,
) -> None:
    with a_world(tmp_path / "world.db") as world:
        ana = a_player(world)
        prices = cases_of(world)
        done(world.packs.add(written(tmp_path)), PacksChanged)
        opened(ana, "mine:hat-box", 20)
        owned = ana.inventory.statistics()
        gone = done(world.packs.remove("mine"), PacksChanged)
        assert [layer.id for layer in gone.packs] == ["small"]
        assert cases_of(world) == prices
        assert ana.inventory.statistics() == owned
        audited(world)
        done(world.packs.add(tmp_path / "mine"), PacksChanged)
        assert "mine:hat-box" in cases_of(world)
        audited(world)


def test_the_only_pack_stays_and_an_unknown_one_is_named(tmp_path: Path) -> None:
    with a_world(tmp_path / "world.db") as world:
        before = contents(world)
        refused(world.packs.remove("small"), Reason.LAST_PACK)
        assert refused(world.packs.remove("large"), Reason.UNKNOWN_PACK).figures["known"] == [
            "small"
        ]
        refused(world.packs.update("large"), Reason.UNKNOWN_PACK)
        refused(world.packs.show("large"), Reason.UNKNOWN_PACK)
        assert contents(world) == before


def test_an_update_is_taken_by_the_owner_with_its_differences(tmp_path: Path) -> None:
    newer = written(
        tmp_path, SMALL_PACK.read_text("utf-8").replace("price = 100\n", "price = 120\n")
    )
    with a_world(tmp_path / "world.db") as world:
        refusal = refused(
            world.packs.update("small", written(tmp_path, HEAD, "no")), Reason.INVALID_FILE
        )
        assert "mine" in refusal.message
        before = contents(world)
        dry = done(world.packs.update("small", newer, dry_run=True), PacksChanged)
        assert contents(world) == before
        taken = done(world.packs.update("small", newer), PacksChanged)
        assert dry.changes == taken.changes
        (change,) = [change for change in taken.changes if change.kind == "case"]
        assert change.fields["price"] == (100, 120)
        assert done(world.packs.update("small", newer), PacksChanged).changes == ()
        assert cases_of(world)["crate"] == 120


FAULTY = {
    "no TOML": "[pack",
    "an item that there is not": MINE.replace('"small:squeezer"', '"small:nothing"'),
    "a pack that there is not": MINE.replace('"small:squeezer"', '"large:squeezer"'),
    "a change of nothing": MINE.replace('"small:box"', '"small:chest"'),
    "a change of its own": MINE.replace('"small:box"', '"hat-box"'),
    "a change with an id": MINE.replace("price = 77", 'price = 77\nid = "other"'),
    "an id with a pack": MINE.replace('id = "hat-box"', 'id = "mine:hat-box"'),
    "a wrong change": MINE.replace("price = 77", "price = -1"),
    "no head": MINE.removeprefix(HEAD),
    "an id for a pack in a pack": MINE.replace('id = "mine"', 'id = "small:mine"'),
}


def test_a_pack_with_a_file_that_cant_be_read_is_refused_whatever_its_other_files_say(
    tmp_path: Path,
) -> None:
    secret = tmp_path / "secret.toml"
    secret.write_text("", encoding="utf-8")
    with a_world(tmp_path / "world.db") as world:
        before = contents(world)
        for number, make in enumerate(
            (
                lambda file: file.symlink_to(secret),
                lambda file: file.write_bytes(b"# \xff"),
                lambda file: file.write_text("#" * (LARGEST_FILE + 1), encoding="utf-8"),
                lambda file: file.write_text("x = " + "[" * 999 + "]" * 999, encoding="utf-8"),
            )
        ):
            pack = tmp_path / f"pack-{number}"
            pack.mkdir()
            (pack / "mine.toml").write_text(MINE, encoding="utf-8")
            make(pack / "other.toml")
            refusal = refused(world.packs.add(pack), Reason.INVALID_PACK)
            assert "other.toml" in refusal.message
        assert contents(world) == before


@pytest.mark.parametrize("text", FAULTY.values(), ids=FAULTY.keys())
def test_a_faulty_pack_is_refused_with_file_and_line_and_the_world_stays_as_it_was(
    text: str, tmp_path: Path
) -> None:
    with a_world(tmp_path / "world.db") as world:
        before = contents(world)
        refusal = refused(world.packs.add(written(tmp_path, text)), Reason.INVALID_PACK)
        faults = refusal.figures["faults"]
        assert isinstance(faults, list)
        assert faults
        assert all(fault["file"] and fault["message"] for fault in faults), faults
        if "no head" not in text and text.startswith(HEAD):
            assert all(fault["line"] for fault in faults), faults
        assert contents(world) == before


@pytest.mark.parametrize("alone", [True, False])
def test_a_demo_can_be_played_with_a_pack_upon_the_base_pack_and_without_that(
    alone: bool, tmp_path: Path
) -> None:
    make_pack("mine", Template.FULL, tmp_path / "mine")
    paths = [tmp_path / "mine"]
    with open_demo(pack=paths.pop() if alone else None, packs=paths) as world:
        packs = ["mine"] if alone else ["base", "mine"]
        assert [layer.id for layer in world.packs.list()] == packs
        assert ("first-case" if alone else "mine:first-case") in cases_of(world)
        assert world.clock.now() == STARTS_AT
        with world.store.read() as connection:
            latest = connection.driver.execute("SELECT max(at) FROM operation").fetchone()[0]
        assert latest <= STARTS_AT
        ana = done(world.player("ana"), PlayerHandle)
        held = ana.inventory.page(InventoryQuery(search="Stubborn Pip"))
        assert done(held, InventoryPage).items
        audited(world)
