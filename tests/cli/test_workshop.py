"""The workshop from the command line."""

import json
from pathlib import Path

import pytest

from inventui.engine.world import PlayerHandle, World
from tests.builders import contents, given
from tests.cli.conftest import Run, handle_of


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return handle_of(world, "ana")


@pytest.fixture
def stamps(ana: PlayerHandle) -> list[int]:
    """Numbers of five uncommon things beside what ana has."""
    return [given(ana.world, ana, "stamp") for _ in range(5)]


def test_five_things_are_fused_and_what_came_out_is_told(
    run: Run, ana: PlayerHandle, stamps: list[int]
) -> None:
    had = ana.card()
    got = run("fuse", *stamps, "--json").answered()
    assert (got["rarity"], got["inputs"], got["value"], got["fee"]) == (
        "uncommon",
        stamps,
        600,
        175,
    )
    assert got["roll"]["entry"] == "Glass Lemon"
    assert (got["roll"]["rarity"], got["won"]) == ("rare", 700)
    assert got["balance"]["oranges"] == had.oranges - 175
    assert got["experience_gained"] == 17
    assert not got["repeat"]
    history = run("history", got["roll"]["item_id"], "--json").answered()
    assert history["origin"]["acquisition"] == "workshop"
    assert history["origin"]["roll"]["ticket"] == got["roll"]["ticket"]
    assert ana.workshop.pending() == ()


def test_a_person_is_told_what_went_in_what_came_out_and_what_it_cost(
    run: Run, stamps: list[int]
) -> None:
    said = run("fuse", *stamps).out
    assert "Market Stamp ×5" in said
    assert "Glass Lemon, worth 700" in said
    assert "worth 600, the fee was 175: −75" in said


def test_the_same_key_fuses_once(run: Run, world: World, stamps: list[int]) -> None:
    first = run("fuse", *stamps, "--key", "k", "--json").answered()
    before = contents(world)
    assert run("fuse", *stamps[::-1], "--key", "k", "--json").answered() == {
        **first,
        "repeat": True,
    }
    assert "was done before" in run("fuse", *stamps, "--key", "k").out
    run("fuse", *stamps[:4], 1, "--key", "k", "--json").refused("key_reused")
    assert contents(world) == before


def test_the_cheapest_are_fused_once_a_key_whatever_is_cheapest_afterwards(
    run: Run, world: World, ana: PlayerHandle, stamps: list[int]
) -> None:
    for _ in range(5):
        given(world, ana, "stamp")
    first = run("fuse", "--cheapest", "Uncommon", "--key", "k", "--json").answered()
    assert len(first["inputs"]) == 5
    before = contents(world)
    again = run("fuse", "--cheapest", "uncommon", "--key", "k", "--json").answered()
    assert again == {**first, "repeat": True}
    assert contents(world) == before


def test_odds_are_shown_and_nothing_is_fused(run: Run, world: World, stamps: list[int]) -> None:
    before = contents(world)
    shown = run("fuse", *stamps, "--odds", "--json").answered()
    assert (shown["rarity"], shown["result"], shown["fee"], shown["value"]) == (
        "uncommon",
        "rare",
        175,
        600,
    )
    assert [(entry["item"], entry["parts_per_million"]) for entry in shown["entries"]] == [
        ("lemon", 1_000_000)
    ]
    assert shown["expected_value"] == 700
    assert len(shown["odds_hash"]) == 64
    assert {one["case"] for one in shown["inputs"]} == {"crate"}
    assert shown["refused"] is None
    assert run("fuse", "--cheapest", "uncommon", "--odds", "--json").answered()["value"] == 600
    part = run("fuse", stamps[0], "--odds", "--json").answered()
    assert part["refused"]["reason"] == "wrong_number"
    assert part["odds_hash"] == shown["odds_hash"]
    said = run("fuse", *stamps, "--odds").out
    assert "Test Crate" in said
    assert "100.00 %" in said
    assert "175 oranges" in said
    assert "takes 5 things, not 1" in run("fuse", stamps[0], "--odds").out
    assert contents(world) == before
    fused = run("fuse", *stamps, "--json").answered()
    assert fused["roll"]["odds_hash"] == shown["odds_hash"]


def test_without_things_it_lists_how_many_may_be_fused_and_what_was(
    run: Run, stamps: list[int]
) -> None:
    before = run("fuse", "--json").answered()
    assert before["fusible"]["uncommon"]["count"] >= 5
    assert before["fusible"]["epic"]["result"] == "legendary"
    assert before["past"] == []
    assert "fuse --cheapest common" in run("fuse").out
    run("fuse", *stamps)
    (past,) = run("fuse", "--json").answered()["past"]
    assert (past["names"], past["entry"]) == (["Market Stamp"] * 5, "Glass Lemon")
    assert "Market Stamp ×5 into Glass Lemon" in run("fuse").out


def test_what_the_rules_forbid_is_refused_and_nothing_changes(
    run: Run, world: World, ana: PlayerHandle, stamps: list[int]
) -> None:
    ana.inventory.lock([stamps[4]], True)
    before = contents(world)
    run("fuse", *stamps, "--json").refused("locked")
    assert "is locked" in run("fuse", *stamps).said(1)
    run("fuse", *stamps[:4], "--json").refused("wrong_number")
    run("fuse", *stamps[:4], stamps[0], "--json").refused("wrong_number")
    run("fuse", *stamps[:4], 7, "--json").refused("not_yours")
    run("fuse", *stamps[:4], 10**30, "--json").refused("unknown_item")
    run("fuse", "--cheapest", "legendary", "--json").refused("wrong_number")
    run("fuse", "--key", "k", "--json").refused("wrong_number")
    run("fuse", 10**30, "--odds", "--json").refused("unknown_item")
    assert contents(world) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("fuse", "one"),
        ("fuse", "--cheapest", "shiny"),
        ("fuse", 1, 2, "--cheapest", "rare"),
        ("fuse", "--cheapest"),
    ],
)
def test_wrong_usage_is_told_in_one_sentence(
    run: Run, database: Path, arguments: tuple[object, ...]
) -> None:
    run(*arguments).said(2)


def test_a_proof_of_fusions_verifies_and_every_altered_field_of_them_is_noticed(
    run: Run, home: Path, stamps: list[int]
) -> None:
    made = run("fuse", *stamps, "--json").answered()["roll"]
    run("fairness", "rotate", "--json").answered()
    target = home / "proof.json"
    run("fairness", "export", target, "--json").answered()
    assert run("verify", target, "--json").answered()["ok"]
    proof = json.loads(target.read_text("utf-8"))
    index = next(
        index
        for index, roll in enumerate(proof["pairs"][0]["rolls"])
        if roll["odds_hash"] == made["odds_hash"]
    )
    forged_at = home / "forged.json"
    for name, old in proof["pairs"][0]["rolls"][index].items():
        forged = json.loads(json.dumps(proof))
        changed = old + 1 if isinstance(old, int) else f"{old}x"
        forged["pairs"][0]["rolls"][index][name] = changed
        forged_at.write_text(json.dumps(forged), "utf-8")
        found = run("verify", forged_at, "--json")
        assert found.status == 1, name
        assert not found.json["ok"], name
        assert found.json["faults"], name
