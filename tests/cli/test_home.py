"""What waits for a player, from the command line."""

from __future__ import annotations

from inventui.engine.world import World
from tests.cli.conftest import Run


def test_next_says_what_waits_with_room_worth_and_end(run: Run, world: World) -> None:
    lines = run("next", "--json").answered()["lines"]
    assert [set(line) for line in lines] == [{"what", "room", "worth", "until"}] * len(lines)
    bonus = next(line for line in lines if line["what"] == "Take the daily bonus")
    assert (bonus["room"], bonus["worth"]) == ("streets", 100)
    assert bonus["until"].endswith("T00:00:00Z")


def test_next_changes_nothing_and_is_told_to_a_person_too(run: Run, world: World) -> None:
    first = run("next", "--json").answered()
    said = run("next").out
    assert "Take the daily bonus" in said
    assert "The next rank opens: " in said
    assert run("next", "--json").answered() == first
