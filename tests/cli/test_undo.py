"""Undo from the command line."""

import pytest

from inventui.engine.world import World
from tests.builders import befriended, contents
from tests.cli.conftest import Run, handle_of


def test_what_was_done_last_is_taken_back(run: Run, world: World) -> None:
    sale = run("sell", 1, "--json").answered()
    found = run("undo", "--dry-run", "--json").answered()
    assert (found["operation"], found["kind"], found["number"]) == (sale["operation"], "sell", 1)
    assert found["oranges"] == sale["total_value"]
    assert found["until"].endswith("Z")
    done = run("undo", "--json").answered()
    assert (done["undone"], done["item_id"], done["repeat"]) == (sale["operation"], 1, False)
    assert done["balance"]["oranges"] == sale["balance"]["oranges"] - sale["total_value"]
    run("undo", "--json").refused("nothing_to_do")


def test_a_dry_run_changes_nothing(run: Run, world: World) -> None:
    run("sell", 1)
    before = contents(world)
    assert run("undo", "--dry-run").out.startswith("Undo would take back ")
    assert contents(world) == before


def test_the_same_key_takes_back_once_and_a_deed_can_be_named(run: Run, world: World) -> None:
    first = run("sell", 1, "--json").answered()["operation"]
    run("list", 2, 120)
    done = run("undo", first, "--key", "k", "--json").answered()
    assert done["undone"] == first
    again = run("undo", first, "--key", "k", "--json").answered()
    assert again == {**done, "repeat": True}
    run("undo", "--key", "k", "--json").refused("key_reused")
    assert "not listed any more" in run("undo").out


@pytest.mark.parametrize("look", ["notifications", "inventory", "history"])
def test_a_gift_stays_given_once_its_friend_has_looked(run: Run, world: World, look: str) -> None:
    befriended(handle_of(world, "ana"), handle_of(world, "bob"))
    run("gift", "bob", "--item", 1, "--json").answered()
    assert "not given to bob" in run("undo").out
    run("gift", "bob", "--item", 1, "--json").answered()
    run(look, player="bob")
    assert run("undo", "--json").refused("depended_on")["message"].startswith("bob has seen it")


def test_a_person_is_told_why_nothing_is_taken_back(run: Run, world: World) -> None:
    assert run("undo").said(1).startswith("There is nothing to undo")
