"""Invitations, made and taken back by the world's owner."""

from pathlib import Path

import pytest

from tests.builders import contents
from tests.cli.conftest import Run


def test_a_code_is_printed_once_and_listed_by_its_number(run: Run, database: Path) -> None:
    made = run("invite", "--uses", "3", "--days", "2", "--json").answered()
    code = made.pop("code")
    assert made == {
        "number": 1,
        "uses": 3,
        "used": 0,
        "made_at": made["made_at"],
        "until": made["until"],
        "state": "open",
    }
    assert run("invite", "--list", "--json").answered() == {"invitations": [made]}
    page = run("invite", "--list").out
    assert "0 of 3" in page
    assert code not in page
    assert code not in str(contents(database))


def test_an_invitation_is_for_one_player_and_a_week_where_nothing_else_is_said(
    run: Run, database: Path
) -> None:
    page = run("invite").out
    assert "one new player" in page
    assert page.splitlines()[0].count("-") == 3
    assert "--register invite" in page


def test_an_invitation_is_taken_back_by_its_code_or_number(run: Run, database: Path) -> None:
    codes = [run("invite", "--json").answered()["code"] for _ in range(2)]
    assert run("invite", "--revoke", codes[1], "--json").answered()["state"] == "taken back"
    assert run("invite", "--revoke", "1", "--json").answered()["number"] == 1
    run("invite", "--revoke", "7", "--json").refused("unknown_invitation")


@pytest.mark.parametrize("wrong", [("--uses", "0"), ("--days", "999")])
def test_what_no_invitation_may_be_is_refused(
    wrong: tuple[str, ...], run: Run, database: Path
) -> None:
    before = contents(database)
    run("invite", *wrong, "--json").refused("invalid_count")
    assert contents(database) == before


def test_one_thing_at_a_time_is_done_with_invitations(run: Run, database: Path) -> None:
    assert run("invite", "--list", "--revoke", "1").status == 2
    assert run("invite", "--list", "--uses", "2").status == 2


def test_no_invitation_yet_is_said(run: Run, database: Path) -> None:
    assert "inventui invite" in run("invite", "--list").out
