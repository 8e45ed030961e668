"""The ledger."""

from pathlib import Path

from tests.cli.conftest import Run

FIELDS = {"id", "at", "operation", "kind", "currency", "amount", "balance", "subject"}


def test_the_ledger_shows_each_transfer_newest_first(run: Run, database: Path) -> None:
    ledger = run("ledger", "--json").answered()
    assert ledger["balance"] == {"oranges": 4_400, "gems": 25}
    assert ledger["next"] is None
    assert len(ledger["lines"]) == ledger["total"]
    assert all(set(line) == FIELDS for line in ledger["lines"])
    numbers = [line["id"] for line in ledger["lines"]]
    assert numbers == sorted(numbers, reverse=True)
    oranges = [line for line in ledger["lines"] if line["currency"] == "oranges"]
    assert [(line["kind"], line["amount"], line["balance"]) for line in oranges] == [
        ("case", -600, 4_400),
        ("start", 5_000, 5_000),
    ]


def test_one_currency_at_a_time(run: Run, database: Path) -> None:
    ledger = run("ledger", "--currency", "gems", "--json").answered()
    assert ([line["amount"] for line in ledger["lines"]], ledger["total"]) == ([25], 1)
    assert "1 of 1 shown." in run("ledger", "--currency", "gems").out
    run("ledger", "--currency", "euro", "--json").refused("usage", 2)


def test_pages_of_the_ledger_follow_each_other(run: Run, database: Path) -> None:
    first = run("ledger", "--limit", 1, "--json").answered()
    rest = run("ledger", "--after", first["next"], "--json").answered()
    whole = run("ledger", "--json").answered()["lines"]
    assert first["lines"] + rest["lines"] == whole


def test_the_ledger_is_drawn_with_signs(run: Run, database: Path) -> None:
    shown = run("ledger").out
    assert "−600" in shown
    assert "+5,000" in shown
    assert "You have 4,400 oranges and 25 gems." in shown
