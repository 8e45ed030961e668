"""Withdrawals from the command line: delivered at once, or later if that fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from inventui import config
from inventui.engine.withdrawals.signature import signed
from inventui.engine.world import World
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
    assert (found["ok"], found["answer"], found["signed_by"]) == (True, "signed", "this_world")
    assert found["checks"]["provenance"]
    assert found["checks"]["signature"]
    page = run("verify", path, player=None)
    assert page.out.startswith("It is signed by this world, with the key ")
    assert "Signed: nothing in it was altered." in page.out
    assert "provenance" in page.out
    # There is no roll, so nothing is said to hold of one.
    assert "award" not in page.out
    assert run("withdrawals", "--json").answered()["withdrawals"] == [line]
    assert str(path) in run("withdrawals").out


def written(run: Run, item: int) -> Path:
    return Path(run("withdraw", item, "--json").answered()["withdrawal"]["path"])


def test_a_forged_certificate_fails(run: Run, squeezer: int) -> None:
    path = written(run, squeezer)
    document = json.loads(path.read_text(encoding="utf-8"))
    document["player"] = "bob"
    path.write_text(json.dumps(document))
    forged = run("verify", path, "--json", player=None)
    assert forged.status == 1
    assert (forged.json["ok"], forged.json["answer"]) == (False, "false")
    assert forged.json["faults"] == [
        "signature: it is not that of this text and key, so something was altered"
    ]
    assert run("verify", path, player=None).out.startswith("False: ")


def test_a_thing_that_was_won_is_proved(run: Run, world: World, database: Path) -> None:
    run("grant", "ana", "--oranges", 10**6, "--json").answered()
    best = 0
    while best < 10_000:
        rolls = run("open", "crate", "--count", 100, "--json").answered()["rolls"]
        best, item = max((roll["value"], roll["item_id"]) for roll in rolls)
    found = run("verify", written(run, item), "--json", player=None).answered()
    assert (found["answer"], found["rolls"], found["ok"]) == ("proved", 1, True)
    assert "Proved: nothing in it was altered" in run("verify", written_path(run), player=None).out


def written_path(run: Run) -> str:
    return str(run("withdrawals", "--json").answered()["withdrawals"][0]["path"])


def test_the_key_is_shown_and_a_certificate_of_another_key_is_not_this_world_s(
    run: Run, squeezer: int, database: Path
) -> None:
    path = written(run, squeezer)
    key = run("fairness", "--json").answered()["key"]
    assert key["public"] == json.loads(path.read_text("utf-8"))["key"]
    page = run("fairness").out
    assert key["public"] in page
    assert key["fingerprint"] in page
    for named in (key["public"], key["fingerprint"]):
        found = run("verify", path, "--signed-by", named, "--json", player=None).answered()
        assert found["signed_by"] == "given_key"
    other = run("verify", path, "--signed-by", "0" * 64, "--json", player=None)
    assert (other.status, other.json["answer"]) == (1, "false")

    theirs = Ed25519PrivateKey.generate()
    document = json.loads(path.read_text("utf-8"))
    del document["signature"]
    path.write_text(json.dumps(signed(document, theirs)))
    forged = run("verify", path, "--json", player=None)
    assert forged.json["signed_by"] == "another_key"
    page = run("verify", path, player=None).out
    assert page.startswith("It is NOT signed with the key of this world")
    assert "Anyone can make a key" in page
    named = run("verify", path, "--database", database, "--json", player=None)
    assert (named.status, named.json["answer"]) == (1, "false")


def test_where_no_world_is_a_good_signature_says_what_it_means(
    run: Run, spawn: Any, squeezer: int, tmp_path: Path
) -> None:
    path = written(run, squeezer)
    nowhere = {"INVENTUI_HOME": str(tmp_path / "nowhere"), "INVENTUI_DATABASE": ""}
    found = spawn("verify", path, "--json", env=nowhere).answered()
    assert (found["answer"], found["signed_by"]) == ("signed", "unknown")
    said = spawn("verify", path, env=nowhere).out
    assert found["fingerprint"] in " ".join(said.split())
    assert "Anyone can make a key" in said
    assert not (tmp_path / "nowhere").exists()


def test_a_field_that_is_named_twice_is_refused(run: Run, squeezer: int) -> None:
    path = written(run, squeezer)
    text = path.read_text("utf-8")
    path.write_text(text.replace('"player": "ana",', '"player": "bob", "player": "ana",', 1))
    error = run("verify", path, "--json", player=None).refused("invalid_file")
    assert "names the field “player” twice" in error["message"]


def test_a_certificate_is_written_once_more(run: Run, squeezer: int, database: Path) -> None:
    path = written(run, squeezer)
    first = path.read_text("utf-8")
    path.unlink()
    before = contents(database)
    again = run("withdrawals", "--again", 1, "--json").answered()
    assert Path(again["path"]) == path
    assert path.read_text("utf-8") == first
    assert contents(database) == before
    run("withdrawals", "--again", 2, "--json").refused("unknown_item")


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
