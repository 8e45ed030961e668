"""Withdrawals from the command line: delivered at once, or later if that fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inventui import config
from tests.builders import contents
from tests.cli.conftest import Run


@pytest.fixture
def squeezer(run: Run, database: Path) -> int:
    """Ana's thing that is worth 15,000."""
    run("grant", "ana", "--item", "squeezer", "--json").answered()
    return int(run("inventory", "--sort", "newest", "--json").answered()["items"][0]["id"])


def blocked() -> Path:
    """A file where the certificates' folder should be."""
    folder = config.certificates_dir()
    folder.parent.mkdir(0o700, parents=True, exist_ok=True)
    folder.write_text("in the way")
    return folder


def test_a_thing_is_withdrawn_against_a_certificate_that_verifies(
    run: Run, squeezer: int, home: Path
) -> None:
    done = run("withdraw", squeezer, "--details", "By hand", "--json").answered()
    line = done["withdrawal"]
    assert (line["item_id"], line["state"], line["trouble"]) == (squeezer, "delivered", None)
    path = Path(line["path"])
    assert path.parent == home / "documents" / "certificates"
    assert path.with_suffix(".svg").exists()
    assert json.loads(path.read_text(encoding="utf-8"))["details"] == "By hand"
    found = run("verify", path, "--json", player=None).answered()
    assert found["ok"]
    assert found["checks"]["provenance"]
    page = run("verify", path, player=None)
    assert "every check holds" in page.out
    assert "provenance" in page.out
    assert run("withdrawals", "--json").answered()["withdrawals"] == [line]
    assert str(path) in run("withdrawals").out


def test_a_forged_certificate_fails(run: Run, squeezer: int) -> None:
    path = Path(run("withdraw", squeezer, "--json").answered()["withdrawal"]["path"])
    document = json.loads(path.read_text(encoding="utf-8"))
    document["player"] = "bob"
    path.write_text(json.dumps(document))
    forged = run("verify", path, "--json", player=None)
    assert forged.status == 1
    assert forged.json["faults"] == ["player: the steps say otherwise"]


def test_a_write_that_fails_is_told_and_tried_again_by_the_next_command(
    run: Run, squeezer: int
) -> None:
    folder = blocked()
    page = run("withdraw", squeezer)
    assert page.status == 0
    assert "is withdrawn, but its certificate can't be written" in page.out
    assert page.err == ""
    pending = run("withdrawals", "--json").answered()
    assert pending["pending"] == 1
    assert pending["withdrawals"][0]["path"] is None
    assert "can't be written" in pending["withdrawals"][0]["trouble"]
    assert "pending" in run("withdrawals").out
    folder.unlink()
    told = run("inventory")
    assert told.out.splitlines()[-1].startswith("The certificate of Golden Squeezer is written: ")
    assert run("withdrawals", "--json").answered()["pending"] == 0
    assert "is written" not in run("inventory").out


def test_a_document_says_that_it_is_pending(run: Run, squeezer: int) -> None:
    blocked()
    line = run("withdraw", squeezer, "--json").answered()["withdrawal"]
    assert (line["state"], line["path"]) == ("pending", None)
    assert line["trouble"]


def test_the_same_key_withdraws_once(run: Run, squeezer: int, database: Path) -> None:
    first = run("withdraw", squeezer, "--key", "k", "--json").answered()
    after = contents(database)
    again = run("withdraw", squeezer, "--key", "k", "--json").answered()
    assert again == {**first, "repeat": True}
    assert contents(database) == after


def test_what_can_t_be_withdrawn_is_refused(run: Run, squeezer: int, database: Path) -> None:
    cheap = run("inventory", "--sort", "newest", "--json").answered()["items"][-1]["id"]
    before = contents(database)
    for words, reason in (
        ([cheap], "too_cheap"),
        ([999_999], "unknown_item"),
        ([squeezer, "--details", "x" * 501], "invalid_message"),
    ):
        run("withdraw", *words, "--json").refused(reason)
        run("withdraw", *words).said(1)
        assert contents(database) == before, words


def test_nothing_withdrawn_says_how(run: Run, database: Path) -> None:
    assert "inventui withdraw ITEM_ID" in run("withdrawals").out
    assert run("withdrawals", "--json").answered() == {
        "withdrawals": [],
        "total": 0,
        "pending": 0,
    }
