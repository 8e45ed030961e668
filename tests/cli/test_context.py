"""Which world, and who plays."""

import os
from pathlib import Path

import pytest

from inventui import config
from inventui.config import Settings
from tests.cli.conftest import Run


def name_of(run: Run, *arguments: object, player: str | None = None) -> str:
    """Whose inventory is shown: ana has six things, bob has one."""
    total = run("inventory", *arguments, "--json", player=player).answered()["total"]
    return {6: "ana", 1: "bob"}[total]


def test_the_options_count_before_the_command_and_after_it(run: Run, database: Path) -> None:
    assert name_of(run, "--player", "bob") == "bob"
    before = run("--player", "bob", "--json", "inventory", player=None).answered()
    assert before["total"] == 1
    assert run("--json", "inventory", "--player", "bob").answered() == before


def test_the_later_option_wins_and_both_win_over_the_environment(run: Run, database: Path) -> None:
    both = run("--player", "bob", "inventory", "--player", "ana", "--json", player="bob")
    assert both.answered()["total"] == 6
    assert name_of(run, "--player", "ana", player="bob") == "ana"
    assert name_of(run, player="bob") == "bob"


def test_options_may_stand_between_a_group_and_its_command(run: Run, database: Path) -> None:
    rotation = run("fairness", "--player", "bob", "--json", "rotate", player=None).answered()
    assert rotation["retired"]["rolls"] == 1


def test_the_last_player_of_the_game_plays_if_nobody_is_named(run: Run, database: Path) -> None:
    config.save_settings(Settings(player="bob"))
    assert name_of(run) == "bob"


def test_a_last_player_of_another_world_does_not_count(run: Run, database: Path) -> None:
    config.save_settings(Settings(player="zed"))
    run("inventory", "--json", player=None).refused("several_players")


def test_several_players_and_none_named_is_refused_with_their_names(
    run: Run, database: Path
) -> None:
    error = run("inventory", "--json", player=None).refused("several_players")
    assert error["players"] == ["ana", "bob"]
    said = run("inventory", player=None).said(1)
    assert "ana, bob" in said
    assert "--player" in said


def test_ten_of_many_players_are_named(run: Run, database: Path) -> None:
    for number in range(8):
        run("players", "add", f"cy{number}")
    assert "more" not in run("inventory", player=None).said(1)
    run("players", "add", "cy8")
    assert "bob, cy0, cy1, cy2, cy3, cy4, cy5, cy6, cy7 and 1 more." in (
        run("inventory", player=None).said(1)
    )
    error = run("inventory", "--json", player=None).refused("several_players")
    assert (len(error["players"]), error["count"]) == (10, 11)


def test_the_only_player_plays(run: Run) -> None:
    run("players", "add", "cy")
    assert run("inventory", "--json", player=None).answered()["total"] == 0


def test_without_players_the_way_to_make_one_is_told(run: Run) -> None:
    for command in (
        ["open", "crate"],
        ["inventory"],
        ["sell", "1"],
        ["lock", "1"],
        ["ledger"],
        ["history", "1"],
        ["fairness"],
        ["fairness", "rotate"],
        ["verify"],
        ["grant", "ana", "--gems", "1"],
    ):
        run(*command, "--json", player=None).refused("no_players")
        assert "inventui players add NAME" in run(*command, player=None).said(1)


def test_an_unknown_player_is_refused(run: Run, database: Path) -> None:
    for name in ("nobody", "", "\x1b[31m", "a\x00b", "x" * 10_000):
        run("inventory", "--player", name, "--json").refused("unknown_player")
        run("inventory", "--player", name).said(1)


def test_the_environment_names_the_world(
    run: Run, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere.db"
    monkeypatch.setenv("INVENTUI_DATABASE", str(elsewhere))
    assert run("players", "--json").answered() == {"players": [], "next": None}
    assert elsewhere.exists()
    assert len(run("players", "--database", database, "--json").answered()["players"]) == 2
    assert len(run("--database", database, "players", "--json").answered()["players"]) == 2


def test_a_world_may_be_named_by_url(run: Run, database: Path) -> None:
    url = f"sqlite:///{database}"
    assert len(run("players", "--database", url, "--json").answered()["players"]) == 2


def test_a_relative_path_means_the_folder_one_is_in(
    run: Run, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(database.parent)
    assert len(run("players", "--database", database.name, "--json").answered()["players"]) == 2
    assert sorted(os.listdir(database.parent)) == sorted({"world.db", *os.listdir(".")})
