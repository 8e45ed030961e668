"""Players: listing and adding."""

from pathlib import Path

import pytest

from tests.builders import contents
from tests.cli.conftest import Run

HOSTILE = (
    "[@click=app.quit]x[/]",
    "x[/nope]",
    "[bold red]$primary[/] %s {0}",
    "界" * 32,
    "'); DROP TABLE player;--",
    "../../etc/passwd",
)

FIELDS = {"id", "name", "rank", "experience", "oranges", "gems"}


def test_a_new_world_has_no_players(run: Run) -> None:
    assert run("players", "--json").answered() == {"players": []}
    assert "inventui players add NAME" in run("players").out


def test_a_player_is_added_with_what_everybody_begins_with(run: Run) -> None:
    player = run("players", "add", "ana", "--json").answered()["player"]
    assert player == {
        "id": 1,
        "name": "ana",
        "rank": "Rookie",
        "experience": 0,
        "oranges": 5_000,
        "gems": 25,
    }
    assert run("players", "list", "--json").answered() == {"players": [player]}
    assert run("players", "--json").answered() == {"players": [player]}


def test_the_list_shows_everybody(run: Run, database: Path) -> None:
    listed = run("players", "list", "--json").answered()["players"]
    assert [player["name"] for player in listed] == ["ana", "bob"]
    assert all(set(player) == FIELDS for player in listed)
    shown = run("players").out
    assert "ana" in shown
    assert "4,400" in shown


def test_the_same_key_adds_a_player_once(run: Run) -> None:
    first = run("players", "add", "ana", "--key", "k", "--json").answered()
    assert run("players", "add", "ana", "--key", "k", "--json").answered() == first
    assert len(run("players", "--json").answered()["players"]) == 1


def test_a_name_is_taken_once_whatever_its_case(run: Run, database: Path) -> None:
    before = contents(database)
    error = run("players", "add", "ANA", "--json").refused("player_exists")
    assert error["player"] == "ana"
    assert "ana" in run("players", "add", "ANA").said(1)
    assert contents(database) == before


@pytest.mark.parametrize("name", ["", " ", "a\x1b[31mb", "a\u202eb", "a\x00b", "x" * 33, "a\nb"])
def test_a_name_that_hides_or_is_too_long_is_refused(run: Run, database: Path, name: str) -> None:
    before = contents(database)
    run("players", "add", name, "--json").refused("invalid_name")
    run("players", "add", name).said(1)
    assert contents(database) == before


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_shown_as_it_is(run: Run, name: str) -> None:
    assert run("players", "add", name, "--json").answered()["player"]["name"] == name
    assert name in run("players").out
    assert name in run("grant", name, "--gems", 1).out
    assert run("inventory", "--player", name).status == 0
    assert run("fairness", "--player", name).status == 0
