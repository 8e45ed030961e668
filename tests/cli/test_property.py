"""Property from the command line."""

import json
from pathlib import Path

import pytest

from inventui.engine.shop.models import Purchase
from inventui.rules.core.clock import DAY, FrozenClock
from tests.builders import NOW, PROPERTY_PACK, a_player, a_world, done, lived_in
from tests.cli.conftest import Run


def world_of_property(path: Path) -> int:
    """A world in which ana has run a business and lived in a home for three days."""
    with a_world(path, clock=FrozenClock(NOW - 3 * DAY), pack=PROPERTY_PACK) as world:
        ana = a_player(world, "ana", oranges=20_000)
        for slug in ("stand", "tent"):
            done(ana.shop.buy(slug), Purchase)
    return NOW


@pytest.fixture
def database(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("inventui.engine.packs.begin.base_pack", lambda: PROPERTY_PACK)
    path = home / "data" / "world.db"
    path.parent.mkdir(0o700)
    lived_in(path, world_of_property)
    return path


def test_a_command_makes_up_for_time_first(run: Run, database: Path) -> None:
    shown = run("property", "--json").answered()
    assert shown["business"]["name"] == "Juice Stand"
    assert shown["business"]["operating_cost"] == 401
    assert shown["last"]["periods"] == 24
    assert shown["last"]["days_paid"] == 3
    assert shown["home"]["arrears"] == "none"
    again = run("property", "--json").answered()
    assert again["last"]["operation"] == shown["last"]["operation"]
    assert run("audit", "--json").answered()["ok"]


def test_a_clock_that_was_set_back_is_told_once_on_standard_error(
    run: Run, database: Path, clock: FrozenClock
) -> None:
    clock.at = NOW + 3650 * DAY
    assert run("daily").status == 0
    clock.at = NOW
    ran = run("property", "--json")
    assert (ran.status, json.loads(ran.out)["business"]["name"]) == (0, "Juice Stand")
    assert "2036-11-17 18:00 UTC, and your clock now says 2026-11-20 18:00 UTC" in ran.err
    assert run("property").err == ""
    assert run("daily").status == 0


def test_a_person_reads_what_is_run_and_lived_in(run: Run, database: Path) -> None:
    ran = run("property")
    assert ran.status == 0
    assert "Juice Stand brings about 4,000 oranges a day and costs 401." in ran.out
    assert "Canvas Tent costs 100 oranges a day" in ran.out
    assert ran.out.count(":00 UTC") == 2, "times are told as everywhere else"


def test_what_the_business_paid_last_is_told(run: Run, database: Path) -> None:
    run("property")
    takings = run("property", "--json").answered()["business"]["last"]
    times = [span["at"][:16].replace("T", " ") for span in takings]
    assert times == sorted(set(times), reverse=True)
    assert f"It paid {takings[0]['revenue']:,} less " in run("property").out
    assert f" at {times[0]} UTC, and " in run("property").out


def test_nothing_run_or_lived_in_says_where_to_find_some(run: Run, database: Path) -> None:
    run("players", "add", "bob", "--json").answered()
    shown = run("property", "--player", "bob")
    assert "You run no business. inventui shop --category business lists some." in shown.out
    assert run("property", "--player", "bob", "--json").answered() == {
        "business": None,
        "home": None,
        "last": None,
    }


def test_paying_what_is_not_due_is_refused(run: Run, database: Path) -> None:
    run("property", "pay", "--json").refused("nothing_to_do")
    assert "No upkeep is due." in run("property", "pay").said(1)


def test_an_unknown_deed_is_wrong_usage(run: Run, database: Path) -> None:
    assert "pay" in run("property", "sell").said(2)
