"""History: of a thing, and of a player."""

from pathlib import Path

import pytest

from tests.builders import contents
from tests.cli.conftest import Run

EVENT_FIELDS = {"at", "from", "to", "event", "operation", "player"}


def test_a_history_goes_from_the_roll_to_now(run: Run, database: Path) -> None:
    player_item = run("inventory", "--json").answered()["items"][0]
    sale = run("sell", player_item["id"], "--json").answered()
    history = run("history", player_item["id"], "--json").answered()
    assert history["item"] == {**player_item, "status": "sold"}
    won, sold = history["events"]
    assert set(won) >= EVENT_FIELDS
    assert (won["from"], won["to"], won["event"]) == (None, "owned", "acquire")
    assert (sold["from"], sold["to"], sold["event"]) == ("owned", "sold", "sell")
    assert sold["operation"] == sale["operation"]
    assert won["player"] == sold["player"] == "ana"
    assert won["at"] == "2026-11-20T18:00:00Z"
    assert history["origin"]["acquisition"] == "case"
    assert history["origin"]["source"] == "crate"
    assert history["origin"]["roll"]["nonce"] == 5


def test_a_gift_from_the_owner_says_so(run: Run, database: Path) -> None:
    given = run("grant", "ana", "--item", "lemon", "--json").answered()["item"]
    history = run("history", given["id"], "--json").answered()
    assert history["origin"]["acquisition"] == "admin"
    assert "admin" in run("history", given["id"]).out


def test_a_history_is_drawn_with_its_roll(run: Run, database: Path) -> None:
    player_item = run("inventory", "--json").answered()["items"][0]
    shown = run("history", player_item["id"]).out
    assert "acquire" in shown
    assert "ticket" in shown
    assert "{" not in shown


def test_the_odds_are_told_with_separators(run: Run, database: Path) -> None:
    player_item = run("inventory", "--json").answered()["items"][0]
    parts = run("history", player_item["id"], "--json").answered()["origin"]["roll"][
        "parts_per_million"
    ]
    assert parts >= 1_000
    assert f"{parts:,}" in run("history", player_item["id"]).out


def test_an_unknown_thing_has_no_history(run: Run, database: Path) -> None:
    run("history", 999, "--json").refused("unknown_item")
    run("history", 10**30, "--json").refused("unknown_item")
    assert "999" in run("history", 999).said(1)


def test_a_player_s_story_is_told_newest_first_in_pages(run: Run, database: Path) -> None:
    run("sell", run("inventory", "--json").answered()["items"][0]["id"])
    told: list[str] = []
    after: object = None
    while after is not None or not told:
        more = () if after is None else ("--after", after)
        page = run("history", "--limit", "1", *more, "--json").answered()
        told += [event["words"] for event in page["events"]]
        after = page["next"]
    assert told == ["You sold to the house", "You opened cases", "You came into this world"]
    (opening,) = run("history", "--kind", "cases", "--json").answered()["events"]
    assert opening["oranges"] == -600
    assert (len(opening["things"]), opening["more"]) == (5, True)
    page = run("history", "--kind", "cases", "--limit", "20")
    assert "You opened cases" in page.out
    assert "−600" in page.out


def test_gems_that_came_without_oranges_are_told(run: Run, database: Path) -> None:
    run("grant", "ana", "--gems", 3, "--json").answered()
    assert "+3" in run("history", "--limit", "1").out


def test_what_never_happened_says_so_and_changes_nothing(run: Run, database: Path) -> None:
    before = contents(database)
    assert "Nothing of the kind" in run("history", "--kind", "property").out
    assert run("history", "--kind", "people", "--json").answered() == {"events": [], "next": None}
    assert contents(database) == before


@pytest.mark.parametrize(
    "arguments",
    [("--kind", "weather"), ("1", "--kind", "cases"), ("1", "--after", "5"), ("--after", "x")],
)
def test_a_story_is_asked_for_in_words_that_exist(
    run: Run, database: Path, arguments: tuple[str, ...]
) -> None:
    run("history", *arguments, "--json").refused("usage", 2)


def test_a_page_of_the_story_has_a_length(run: Run, database: Path) -> None:
    run("history", "--limit", "0", "--json").refused("invalid_count")
