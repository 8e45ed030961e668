"""Collections from the command line."""

from pathlib import Path

import pytest

from inventui.engine.players.models import Grant
from inventui.engine.world import World
from tests.builders import contents, done
from tests.cli.conftest import Run

CRATE = ("straw", "stamp", "lemon", "peel", "squeezer")


@pytest.fixture
def complete(world: World) -> World:
    """A world in which ana holds a whole set."""
    for item in CRATE:
        done(world.grant("ana", item=item), Grant)
    return world


def test_every_set_is_listed_with_what_is_held(run: Run, database: Path) -> None:
    shown = run("collections", "--json").answered()
    assert [one["id"] for one in shown["collections"]] == ["crate", "box", "rack"]
    assert (shown["completed"], shown["total"]) == (0, 3)
    first = shown["collections"][0]
    assert (first["total"], first["oranges"], first["gems"]) == (5, 1_826, 10)
    assert first["refused"]["reason"] == "not_complete"
    assert "1,826 oranges and 10 gems" in run("collections").out


def test_one_set_is_shown_piece_by_piece(run: Run, complete: World) -> None:
    shown = run("collections", "crate", "--json").answered()
    assert [piece["item"] for piece in shown["pieces"]] == list(CRATE)
    assert all(piece["held"] >= 1 and piece["known"] for piece in shown["pieces"])
    assert shown["held"] == shown["total"] == 5
    said = run("collections", "crate").out
    assert "Golden Squeezer" in said
    assert "inventui collections complete crate" in said
    assert "is not complete" in run("collections", "rack").out


def test_a_reward_is_taken_once(run: Run, complete: World) -> None:
    done_ = run("collections", "complete", "crate", "--key", "k", "--json").answered()
    assert (done_["oranges"], done_["gems"], done_["experience_gained"]) == (1_826, 10, 182)
    before = contents(complete)
    assert run("collections", "complete", "crate", "--key", "k", "--json").answered() == {
        **done_,
        "repeat": True,
    }
    run("collections", "complete", "crate", "--json").refused("ended")
    assert contents(complete) == before
    shown = run("collections", "--json").answered()
    assert shown["completed"] == 1
    assert shown["collections"][0]["completed_at"].endswith("Z")
    assert "Completed at" in run("collections", "crate").out


def test_a_person_is_told_what_a_set_gave(run: Run, complete: World) -> None:
    said = run("collections", "complete", "crate").out
    assert "Test Crate is complete. You get 1,826 oranges, 10 gems and 182 experience." in said


def test_what_is_not_complete_or_not_there_is_refused(run: Run, world: World) -> None:
    before = contents(world)
    error = run("collections", "complete", "box", "--json").refused("not_complete")
    assert error["missing"] == error["pieces"] - error["held"]
    run("collections", "complete", "nope", "--json").refused("unknown_case")
    run("collections", "nope", "--json").refused("unknown_case")
    assert "missing" in run("collections", "complete", "box").said(1)
    assert contents(world) == before


@pytest.mark.parametrize("words", [("complete",), ("crate", "box"), ("complete", "crate", "box")])
def test_wrong_usage_is_told_in_one_sentence(
    run: Run, database: Path, words: tuple[str, ...]
) -> None:
    run("collections", *words).said(2)
