"""History of a thing."""

from pathlib import Path

from tests.cli.conftest import Run

EVENT_FIELDS = {"at", "from", "to", "event", "operation", "player"}


def test_a_history_goes_from_the_roll_to_now(run: Run, database: Path) -> None:
    thing = run("inventory", "--json").answered()["items"][0]
    sale = run("sell", thing["id"], "--json").answered()
    history = run("history", thing["id"], "--json").answered()
    assert history["item"] == {**thing, "status": "sold"}
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
    thing = run("inventory", "--json").answered()["items"][0]
    shown = run("history", thing["id"]).out
    assert "acquire" in shown
    assert "ticket" in shown
    assert "{" not in shown


def test_an_unknown_thing_has_no_history(run: Run, database: Path) -> None:
    run("history", 999, "--json").refused("unknown_item")
    run("history", 10**30, "--json").refused("unknown_item")
    assert "999" in run("history", 999).said(1)
