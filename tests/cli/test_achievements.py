"""Achievements from the command line: what a command reaches is given before it leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from inventui.db.errors import Trouble, WorldError
from tests.builders import SMALL_PACK, a_world, contents
from tests.cli.conftest import Run

GOALS = """
[[achievements]]
id = "seven"
name = "Seven [b]Cases[/nope]"
description = "Open seven cases."
emoji = "📦"
condition = "openings"
threshold = 7
oranges = 200
gems = 1
experience = 50
item = "cap"

[[achievements]]
id = "far"
name = "Far Away"
condition = "openings"
threshold = 1000
"""


@pytest.fixture
def goals(home: Path, database: Path) -> Path:
    """The small pack with goals, which the world has taken."""
    pack = home / "goals.toml"
    pack.write_text(SMALL_PACK.read_text() + GOALS)
    a_world(database, pack=pack).close()
    return pack


def lower(goals: Path, database: Path) -> None:
    """Let the world take the pack with a goal that is reached already."""
    goals.write_text(goals.read_text().replace("threshold = 7", "threshold = 6"))
    a_world(database, pack=goals).close()


def test_the_list_tells_progress_and_rewards(run: Run, database: Path, goals: Path) -> None:
    document = run("achievements", "--json").answered()
    assert (document["achieved"], document["total"]) == (0, 2)
    assert document["achievements"][0] == {
        "id": "seven",
        "name": "Seven [b]Cases[/nope]",
        "description": "Open seven cases.",
        "condition": "openings",
        "threshold": 7,
        "progress": 6,
        "achieved_at": None,
        "rewards": {"oranges": 200, "gems": 1, "experience": 50, "item": "cap"},
    }
    page = run("achievements")
    assert page.status == 0
    assert "0 of 2 achievements reached." in page.out
    assert "Seven [b]Cases[/nope]" in page.out
    assert "6/7" in page.out


def test_a_command_says_what_it_reached(run: Run, database: Path, goals: Path) -> None:
    opened = run("open", "crate")
    assert opened.status == 0
    assert opened.out.splitlines()[-1] == (
        "Achieved: Seven [b]Cases[/nope]. You get 200 oranges, 1 gem, 50 experience and Paper Cap."
    )
    assert "Achieved" not in run("open", "crate").out
    document = run("achievements", "--json").answered()
    assert document["achieved"] == 1
    assert document["achievements"][0]["achieved_at"] is not None
    assert document["achievements"][0]["progress"] == 7


def test_a_document_is_the_commands_own(run: Run, database: Path, goals: Path) -> None:
    before = run("players", "list", "--json").answered()["players"][0]
    document = run("open", "crate", "--json").answered()
    assert not [name for name in document if "achieve" in name or "award" in name]
    assert document["balance"]["oranges"] == before["oranges"] - 100
    after = run("players", "list", "--json").answered()["players"][0]
    assert after["oranges"] == before["oranges"] - 100 + 200
    assert after["gems"] == before["gems"] + 1


def test_what_only_reads_awards_nothing(run: Run, database: Path, goals: Path) -> None:
    # Six cases are open, so it is due from the start.
    lower(goals, database)
    before = contents(database)
    for command in ("inventory", "cases", "fairness", "ledger"):
        assert "Achieved:" not in run(command).out
    assert contents(database) == before


def test_a_refused_command_awards_nothing(run: Run, database: Path, goals: Path) -> None:
    run("achievements")
    before = contents(database)
    run("open", "nothing").said(1)
    assert contents(database) == before


def test_what_was_reached_before_there_was_a_goal_is_awarded_by_the_list(
    run: Run, database: Path, goals: Path
) -> None:
    lower(goals, database)
    document = run("achievements", "--json").answered()
    assert document["achievements"][0]["achieved_at"] is not None
    assert run("achievements", "--json").answered() == document


def test_a_world_without_goals_says_so(run: Run, database: Path) -> None:
    assert "nothing to achieve" in run("achievements").out
    assert run("achievements", "--json").answered() == {
        "achievements": [],
        "achieved": 0,
        "total": 0,
    }


def test_a_command_is_done_even_if_its_award_can_not_be_written(
    run: Run, database: Path, goals: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> object:
        raise WorldError(Trouble.FULL, "The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr("inventui.engine.achievements.achievements.perform", refuse)
        assert run("open", "crate").status == 0
    assert "Achieved" in run("open", "crate").out
