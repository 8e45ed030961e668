"""The shop, the wardrobe and the drawer from the command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.engine.world import World
from tests.builders import NOW, SHOP_PACK, a_player, a_world, contents, lived_in
from tests.cli.conftest import Run


def shop_world(path: Path) -> int:
    """A world with the shop's pack: ana is rich, bob is new."""
    with a_world(path, pack=SHOP_PACK) as world:
        a_player(world, "ana", oranges=20_000)
        a_player(world, "bob")
    return NOW


@pytest.fixture
def database(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("inventui.engine.packs.begin.base_pack", lambda: SHOP_PACK)
    path = home / "data" / "world.db"
    path.parent.mkdir(0o700)
    lived_in(path, shop_world)
    return path


@pytest.fixture
def world(database: Path) -> Iterator[World]:
    with a_world(database, pack=SHOP_PACK) as world:
        yield world


def test_the_shop_lists_prices_limits_and_what_is_owned(run: Run, database: Path) -> None:
    shown = run("shop", "--json").answered()
    items = {item["id"]: item for item in shown["items"]}
    assert shown["total"] == len(items)
    assert items["neon"]["price"] == {"oranges": 1_000, "gems": 10}
    assert items["starter-kit"]["price"] == {"oranges": 731, "gems": 4}
    assert items["starter-kit"]["full_price"] == {"oranges": 860, "gems": 5}
    assert items["starter-kit"]["contents"] == ["lime", "rind", "rookie", "donut"]
    assert items["none"]["availability"] == "sold_out"
    assert items["rind"]["limit"] is None
    assert not items["rind"]["owned"]
    run("buy", "rind", "--json").answered()
    (rind,) = [
        i
        for i in run("shop", "--category", "frame", "--json").answered()["items"]
        if i["id"] == "rind"
    ]
    assert rind["owned"]
    assert rind["worn"]


def test_a_persons_shop_fits_the_width_and_says_what_is_limited(run: Run, database: Path) -> None:
    shown = run("shop", "--category", "title")
    assert shown.status == 0
    assert "SOLD OUT" in shown.out
    assert "NO LONGER AVAILABLE" in shown.out
    assert max(map(len, shown.out.splitlines())) <= 100


def test_80_columns_say_what_is_owned_and_what_a_bundle_takes_off(
    run: Run, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    run("buy", "rind", "--json").answered()
    lines = {line.split(" ")[0]: line for line in run("shop").out.splitlines()}
    assert max(map(len, lines.values())) <= 80
    assert " worn" in lines["rind"]
    assert " −15 %" in lines["starter-kit"]


def test_buying_tells_what_was_paid_and_got(run: Run, database: Path) -> None:
    bought = run("buy", "starter-kit", "--key", "k", "--json").answered()
    assert bought["paid"] == {"oranges": 731, "gems": 4}
    assert bought["names"] == ["Lime Letters", "Rind Frame", "Rookie of the Row", "Donut"]
    assert bought["worn"] == ["Lime Letters", "Rind Frame", "Rookie of the Row"]
    assert len(bought["item_ids"]) == 4
    assert bought["balance"] == {"oranges": 19_269, "gems": 21}
    again = run("buy", "starter-kit", "--key", "k", "--json").answered()
    assert again == {**bought, "repeat": True}
    assert "already" in run("buy", "pair").said(1)


def test_too_little_money_has_its_figures(run: Run, world: World) -> None:
    before = contents(world)
    error = run("buy", "crown-frame", "--json").refused("insufficient_funds")
    assert (error["required"], error["current"], error["missing"]) == (90_000, 20_000, 70_000)
    assert "70,000" in run("buy", "crown-frame").said(1)
    assert contents(world) == before


REFUSED = (
    (["buy", "nope"], "unknown_item"),
    (["buy", "soon"], "not_yet_available"),
    (["buy", "past"], "no_longer_available"),
    (["buy", "none"], "sold_out"),
    (["equip", "999"], "unknown_item"),
    (["unequip", "frame"], "wrong_status"),
    (["unequip", "tabs-style"], "is_default"),
    (["unequip", "sleeve"], "unknown_slot"),
    (["use", "1"], "not_usable"),
    (["drawer", "nobody"], "unknown_player"),
)


def test_what_can_t_be_done_is_refused_and_nothing_changes(run: Run, world: World) -> None:
    before = contents(world)
    for words, reason in REFUSED:
        run(*words, "--json").refused(reason)
        assert run(*words).said(1)
        assert contents(world) == before, words


def test_a_thing_is_put_on_taken_off_and_seen_on_the_drawer(run: Run, database: Path) -> None:
    frame = run("buy", "rind", "--json").answered()["item_ids"][0]
    worn = run("drawer", "--json").answered()["worn"]
    assert worn["frame"]["item"] == "rind"
    assert worn["tabs_style"]["default"]
    off = run("unequip", "Frame", "--json").answered()
    assert (off["off"]["id"], off["on"]) == (frame, None)
    on = run("equip", frame, "--json").answered()
    assert on["on"] == {"id": frame, "name": "Rind Frame"}
    assert "Rind Frame" in run("drawer").out


def test_using_counts_down_and_tells_what_happened(run: Run, database: Path) -> None:
    box = run("buy", "box", "--json").answered()["item_ids"][0]
    used = run("use", box, "--json").answered()
    assert (used["kind"], used["uses_left"], used["target"]) == ("donut", 2, None)
    run("use", box, "--json").refused("nothing_to_do")
    poop = run("buy", "poop", "--json").answered()["item_ids"][0]
    run("friends", "request", "bob", "--json").answered()
    run("friends", "accept", "ana", "--json", player="bob").answered()
    assert "last" in run("use", poop, "--on", "BOB").out
    seen = run("drawer", "bob", "--json").answered()
    assert [splat["thrower"] for splat in seen["splats"]] == ["ana"]
    assert seen["visitors"] == 1
    assert run("drawer", "--json").answered()["fed"]


def test_what_is_thrown_goes_to_friends_alone(run: Run, world: World) -> None:
    poop = run("buy", "poop", "--json").answered()["item_ids"][0]
    before = contents(world)
    error = run("use", poop, "--on", "bob", "--json").refused("not_friends")
    assert (error["player"], error["bond"]) == ("bob", "none")
    assert "Ask them first" in run("use", poop, "--on", "bob").said(1)
    assert "name a friend" in run("use", poop).said(1)
    assert contents(world) == before
