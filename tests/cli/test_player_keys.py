"""Public keys of players, and who is locked out."""

import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from tests.builders import contents
from tests.cli.conftest import Run
from tests.rules.test_public_keys import ECDSA, ED25519


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "id_ed25519.pub"
    path.write_text(ED25519 + "\n")
    return path


def test_a_key_is_added_from_a_file_listed_and_removed(
    run: Run, database: Path, key_file: Path
) -> None:
    added = run("players", "key", "add", key_file, "--json").answered()
    assert added["player"] == "ana"
    assert added["note"] == "ana@x"
    fingerprint = added["fingerprint"]
    (listed,) = run("players", "key", "list", "--json").answered()["keys"]
    assert listed["fingerprint"] == fingerprint
    assert listed["key"] == " ".join(ED25519.split()[:2])
    assert run("players", "key", "--json", player="bob").answered()["keys"] == []
    assert fingerprint in run("players", "key").out
    removed = run("players", "key", "remove", fingerprint[:14], "--json").answered()
    assert removed == {"player": "ana", "fingerprint": fingerprint}
    assert "no public key" in run("players", "key").out
    run("players", "key", "remove", fingerprint, "--json").refused("unknown_public_key")


def test_a_key_is_read_from_standard_input(
    run: Run, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(ECDSA.encode())))
    assert "from now on" in run("players", "key", "add", "-").out


@pytest.mark.parametrize(
    ("content", "reason", "words"),
    [
        (b"-----BEGIN OPENSSH PRIVATE KEY-----\n", "invalid_public_key", "private key"),
        (b"\xff\x00hello", "invalid_public_key", "no public key"),
        (b"x" * 100_000, "invalid_public_key", "one line"),
        (None, "invalid_file", "no such file"),
    ],
)
def test_what_is_no_public_key_is_refused_in_one_sentence(
    content: bytes | None, reason: str, words: str, run: Run, database: Path, tmp_path: Path
) -> None:
    path, before = tmp_path / "key", contents(database)
    if content is not None:
        path.write_bytes(content)
    assert words in run("players", "key", "add", path, "--json").refused(reason)["message"]
    assert contents(database) == before


def test_a_player_is_locked_out_and_let_in_again(run: Run, database: Path) -> None:
    assert run("players", "lock", "bob", "--json").answered() == {"player": "bob", "locked": True}
    assert "any more" in run("players", "lock", "BOB").out
    assert "may sign in" in run("players", "unlock", "bob").out
    run("players", "lock", "nobody", "--json").refused("unknown_player")


def test_who_is_locked_out_elsewhere_plays_on_at_this_machine(run: Run, database: Path) -> None:
    run("players", "lock", "ana", "--json").answered()
    assert run("inventory", "--json").answered()["total"] == 6
