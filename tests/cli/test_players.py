"""Players: listing and adding."""

from pathlib import Path

import pytest

from inventui import config
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
    assert run("players", "--json").answered() == {"players": [], "next": None}
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
    assert run("players", "list", "--json").answered() == {"players": [player], "next": None}
    assert run("players", "--json").answered() == {"players": [player], "next": None}


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


def test_a_name_that_hides_or_is_too_long_is_refused(run: Run, database: Path) -> None:
    before = contents(database)
    for name in ("", " ", "a\x1b[31mb", "a\u202eb", "a\x00b", "x" * 33, "a\nb"):
        run("players", "add", name, "--json").refused("invalid_name")
        run("players", "add", name).said(1)
    assert contents(database) == before


def test_hostile_names_are_shown_as_they_are(run: Run, database: Path) -> None:
    for name in HOSTILE:
        assert run("players", "add", name, "--json").answered()["player"]["name"] == name
        assert name in run("grant", name, "--gems", 1).out
        assert run("inventory", "--player", name).status == 0
        assert run("fairness", "--player", name).status == 0
    listed = run("players").out
    assert [name for name in HOSTILE if name not in listed] == []


def test_a_player_is_renamed_and_stays_the_last_one(run: Run, database: Path) -> None:
    config.save_settings(config.Settings(player="ana"))
    renamed = run("players", "rename", "ana", "anna", "--json", player=None).answered()["player"]
    assert renamed["name"] == "anna"
    assert run("inventory", "--json", player=None).answered()["total"] == 6
    run("inventory", "--json", player="ana").refused("unknown_player")
    assert run("players", "rename", "anna", "ana").out == "anna is ana from now on.\n"


def test_a_name_that_can_t_be_had_is_refused(run: Run, database: Path) -> None:
    before = contents(database)
    run("players", "rename", "ana", "BOB", "--json").refused("player_exists")
    run("players", "rename", "ana", "", "--json").refused("invalid_name")
    run("players", "rename", "zed", "cy", "--json").refused("unknown_player")
    assert contents(database) == before


def test_neighbours_are_sent_away_and_asked_back(run: Run, database: Path) -> None:
    assert run("players", "neighbours", "--json").answered() == {"neighbours": True}
    assert run("players", "neighbours", "off", "--json").answered() == {"neighbours": False}
    assert run("players", "neighbours").out == "Neighbours stay away.\n"
    assert run("players", "neighbours", "ON").out == "Neighbours are part of this world.\n"
    run("players", "neighbours", "maybe", "--json").refused("usage", 2)


SECRET = "lemon tree, very pretty"


@pytest.fixture
def guarded(run: Run, database: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ana asks for a passphrase."""
    with monkeypatch.context() as patch:
        patch.setenv("INVENTUI_NEW_PASSPHRASE", SECRET)
        answer = run("players", "passphrase", "--json").answered()
    assert answer == {"player": "ana", "passphrase": True}
    return database


def test_who_asks_for_a_passphrase_is_played_with_it_alone(
    run: Run, guarded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(guarded)
    for command in (["inventory"], ["open", "crate"], ["players", "rename", "ana", "eve"]):
        run(*command, "--json").refused("passphrase_needed")
        assert "INVENTUI_PASSPHRASE" in run(*command).said(1)
    assert contents(guarded) == before
    monkeypatch.setenv("INVENTUI_PASSPHRASE", SECRET)
    assert run("inventory", "--json").answered()["total"] == 6
    assert run("inventory", "--json", player="bob").answered()["total"] == 1
    monkeypatch.setenv("INVENTUI_PASSPHRASE", "wrong")
    run("inventory", "--json").refused("passphrase_wrong")


def test_the_last_player_s_passphrase_is_asked_for_not_passed_by(run: Run, guarded: Path) -> None:
    config.save_settings(config.Settings(player="ana"))
    run("inventory", "--json", player=None).refused("passphrase_needed")


def test_a_passphrase_is_typed_unseen(
    run: Run, guarded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def typed(prompt: str) -> str:
        said.append(prompt)
        return SECRET

    monkeypatch.setattr("inventui.cli.core.context.ask", typed)
    page = run("inventory")
    assert page.status == 0
    assert SECRET not in page.out + page.err
    assert said == ["Passphrase of ana: "]
    # A program that reads JSON is never asked.
    run("inventory", "--json").refused("passphrase_needed")
    assert said == ["Passphrase of ana: "]


def test_a_new_passphrase_is_typed_twice(
    run: Run, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([SECRET, "another", SECRET, SECRET])
    monkeypatch.setattr("inventui.cli.players.players.ask", lambda _: next(answers))
    before = contents(database)
    assert "differ" in run("players", "passphrase").said(1)
    assert contents(database) == before
    assert run("players", "passphrase").out == "ana asks for a passphrase from now on.\n"


def test_a_passphrase_is_taken_away(
    run: Run, guarded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("players", "passphrase", "--clear", "--json").refused("passphrase_needed")
    monkeypatch.setenv("INVENTUI_PASSPHRASE", SECRET)
    answer = run("players", "passphrase", "--clear", "--json").answered()
    assert answer == {"player": "ana", "passphrase": False}
    monkeypatch.delenv("INVENTUI_PASSPHRASE")
    assert run("inventory", "--json").answered()["total"] == 6


def test_no_new_passphrase_is_refused(
    run: Run, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(database)
    run("players", "passphrase", "--json").refused("nothing_to_do")
    run("players", "passphrase").said(1)
    monkeypatch.setenv("INVENTUI_NEW_PASSPHRASE", "abc")
    run("players", "passphrase", "--json").refused("invalid_passphrase")
    assert contents(database) == before


def test_the_owner_gives_another_passphrase_to_a_player_who_is_named(
    run: Run, guarded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "--player" in run("players", "passphrase", "--reset", player=None).said(2)
    monkeypatch.setenv("INVENTUI_NEW_PASSPHRASE", "a new one")
    answer = run("players", "passphrase", "--reset", "--player", "ana", "--json").answered()
    assert answer == {"player": "ana", "passphrase": True}
    monkeypatch.setenv("INVENTUI_PASSPHRASE", "a new one")
    assert run("inventory", "--json").answered()["total"] == 6
    run("players", "passphrase", "--reset", "--player", "nobody", "--json").refused(
        "unknown_player"
    )
