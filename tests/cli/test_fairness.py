"""Fairness: seed pairs, proofs, verification."""

import json
import os
import sys
from hashlib import sha256
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from inventui.engine.fairness.models import Rotation
from tests.builders import a_world, contents, done
from tests.cli.conftest import Run, handle_of

CHECKS = {"commitment": True, "roll": True, "odds_table": True, "award": True}


def proof_of(run: Run, file: Path) -> dict[str, Any]:
    run("fairness", "rotate", "--json").answered()
    run("fairness", "export", file, "--json").answered()
    return dict(json.loads(file.read_text()))


def test_fairness_shows_commitments_and_no_secret(run: Run, database: Path) -> None:
    state = run("fairness", "--json").answered()
    assert set(state["active"]) == {"server_seed_hash", "client_seed", "nonce"}
    assert state["active"]["nonce"] == 6
    assert set(state["next"]) == {"server_seed_hash"}
    assert state["retired"] == []
    assert "No pair is retired yet" in run("fairness").out


def test_rotating_reveals_the_seed_and_starts_the_next(run: Run, database: Path) -> None:
    before = run("fairness", "--json").answered()
    rotation = run("fairness", "rotate", "--client-seed", "lucky", "--json").answered()
    after = run("fairness", "--json").answered()
    retired = rotation["retired"]
    assert sha256(retired["server_seed"].encode()).hexdigest() == retired["server_seed_hash"]
    assert retired["server_seed_hash"] == before["active"]["server_seed_hash"]
    assert retired["rolls"] == 6
    assert rotation["active"] == after["active"]
    assert after["active"] == {
        "server_seed_hash": before["next"]["server_seed_hash"],
        "client_seed": "lucky",
        "nonce": 0,
    }
    (shown,) = after["retired"]
    assert set(shown) >= {"server_seed", "server_seed_hash", "client_seed", "rolls"}
    assert (shown["server_seed"], shown["rolls"]) == (retired["server_seed"], 6)
    assert retired["server_seed"] in run("fairness").out


def test_every_retired_pair_is_listed_but_a_page_stays_short(run: Run, database: Path) -> None:
    with a_world(database) as world:
        ana = handle_of(world, "ana")
        for _ in range(25):
            done(ana.fairness.rotate(), Rotation)
    retired = run("fairness", "--json").answered()["retired"]
    assert [pair["rolls"] for pair in retired] == [0] * 24 + [6]
    shown = run("fairness").out
    assert retired[0]["server_seed"] in shown
    assert retired[-1]["server_seed"] not in shown
    assert "fairness --json" in shown


def test_a_rotation_keeps_the_client_seed_unless_told(run: Run, database: Path) -> None:
    seed = run("fairness", "--json").answered()["active"]["client_seed"]
    assert run("fairness", "rotate", "--json").answered()["active"]["client_seed"] == seed


def test_the_same_key_rotates_once(run: Run, database: Path) -> None:
    first = run("fairness", "rotate", "--key", "k", "--json").answered()
    before = contents(database)
    again = run("fairness", "rotate", "--key", "k", "--json").answered()
    assert again == {**first, "repeat": True}
    assert contents(database) == before


def test_a_client_seed_that_hides_is_refused(run: Run, database: Path) -> None:
    before = contents(database)
    for seed in ("", "   ", "x" * 65, "a\x1bb", "a\u202eb", "a\nb"):
        run("fairness", "rotate", "--client-seed", seed, "--json").refused("invalid_client_seed")
        run("fairness", "rotate", "--client-seed", seed).said(1)
    assert contents(database) == before


def test_hostile_client_seeds_are_shown_as_they_are(run: Run, database: Path) -> None:
    for seed in ("[@click=app.quit]x[/]", "x[/nope]", "%d:%s", "a:b:c", "界🍊"):
        run("fairness", "rotate", "--client-seed", seed, "--json").answered()
        assert seed in run("fairness").out
        run("open", "crate", "--count", 3, "--json").answered()
    found = run("verify", "--json").answered()
    assert (found["ok"], found["rolls"]) == (True, 21)


def test_who_never_rolled_has_nothing_to_verify(run: Run, database: Path) -> None:
    run("players", "add", "zoe", "--json").answered()
    assert run("verify", "--json", player="zoe").answered()["rolls"] == 0
    assert "nothing to verify" in run("verify", player="zoe").out


def test_every_roll_of_the_player_is_verified(run: Run, database: Path) -> None:
    found = run("verify", "--json").answered()
    assert found == {"ok": True, "rolls": 6, "checks": CHECKS, "faults": []}
    assert "every check holds" in run("verify").out


def test_a_proof_is_verified_with_no_world_at_all(
    run: Run, spawn: Run, database: Path, tmp_path: Path
) -> None:
    file = tmp_path / "proof.json"
    proof_of(run, file)
    nowhere = {"INVENTUI_DATABASE": "/nonexistent/world.db", "INVENTUI_HOME": "/nonexistent"}
    found = spawn("verify", file, "--json", env=nowhere).answered()
    assert found == {"ok": True, "rolls": 6, "checks": CHECKS, "faults": []}


def test_a_proof_may_come_from_standard_input(
    run: Run, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof_of(run, tmp_path / "proof.json")
    content = (tmp_path / "proof.json").read_bytes()
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(content)))
    assert run("verify", "-", "--json").answered()["rolls"] == 6


def test_a_forged_proof_is_caught_and_exits_1(run: Run, database: Path, tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    proof = proof_of(run, file)
    proof["pairs"][0]["rolls"][0]["value"] += 1
    file.write_text(json.dumps(proof))
    ran = run("verify", file, "--json")
    assert ran.status == 1
    assert ran.json["ok"] is False
    assert ran.json["checks"] == {**CHECKS, "award": False}
    assert "pairs[0].rolls[0].value" in ran.json["faults"][0]
    plain = run("verify", file)
    assert plain.status == 1
    assert "pairs[0].rolls[0].value" in plain.out


def test_faults_of_a_hostile_proof_can_not_act_on_the_terminal(
    run: Run, database: Path, tmp_path: Path
) -> None:
    file = tmp_path / "proof.json"
    proof = proof_of(run, file)
    proof["\x1b[2J[bold]x[/]"] = 1
    proof["pairs"][0]["rolls"][0]["entry"] = "\x1b]0;owned\x07[@click=app.quit]x[/]\u202e"
    file.write_text(json.dumps(proof))
    shown = run("verify", file).out
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\\u001b" in shown
    assert "[@click=app.quit]x[/]" in shown


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"3",
        b"{",
        b"[" * 100_000,
        b'{"a": ' + b"9" * 5_000 + b"}",
    ],
)
def test_a_file_that_is_no_proof_is_refused(run: Run, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "proof.json"
    file.write_bytes(content)
    run("verify", file, "--json").refused("invalid_file")
    run("verify", file).said(1)


@pytest.mark.parametrize("name", ["nope.json", "", ".", "a\x00b"])
def test_a_proof_that_can_not_be_read_is_refused(run: Run, tmp_path: Path, name: str) -> None:
    run("verify", f"{tmp_path}/{name}", "--json").refused("invalid_file")
    run("verify", f"{tmp_path}/{name}").said(1)


def test_half_a_surrogate_pair_in_a_proof_is_a_fault(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    roll = {"nonce": 1, "ticket": 2, "odds_hash": "c", "entry": "", "value": 1}
    pair = {"server_seed": "a", "server_seed_hash": "b", "client_seed": "\ud800"}
    roll |= {"rarity": "", "item": ""}
    file.write_text(json.dumps({"pairs": [{**pair, "rolls": [roll]}]}))
    ran = run("verify", file, "--json")
    assert ran.status == 1
    assert any("client_seed" in fault for fault in ran.json["faults"])


def test_an_export_says_what_it_proves(run: Run, database: Path, tmp_path: Path) -> None:
    run("fairness", "rotate", "--json").answered()
    file = tmp_path / "proof.json"
    assert run("fairness", "export", file, "--json").answered() == {
        "path": str(file),
        "pairs": 1,
        "rolls": 6,
    }


def test_an_export_replaces_no_file_and_proves_something(
    run: Run, database: Path, tmp_path: Path
) -> None:
    file = tmp_path / "proof.json"
    run("fairness", "export", file, "--json").refused("nothing_to_verify")
    assert not file.exists()
    run("fairness", "rotate", "--json").answered()
    file.write_text("mine")
    run("fairness", "export", file, "--json").refused("file_exists")
    assert file.read_text() == "mine"
    run("fairness", "export", tmp_path / "proof.json" / "x", "--json").refused("file_unwritable")
    run("fairness", "export", "a\x00b", "--json").refused("file_unwritable")


def test_a_pipe_a_device_or_a_folder_is_no_proof_and_is_not_waited_for(
    run: Run, database: Path, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    run("fairness", "rotate", "--json").answered()
    for place in (tmp_path / "pipe", tmp_path, "/dev/zero"):
        assert "can't be read: " in run("verify", place).said(1)
        run("fairness", "export", place, "--json").refused("file_exists")
        run("export", place, "--json").refused("file_exists")


def test_proofs_and_exports_are_for_their_owner_alone(
    run: Run, database: Path, tmp_path: Path
) -> None:
    before = os.umask(0)
    try:
        proof_of(run, tmp_path / "new" / "proof.json")
        run("export", tmp_path / "new" / "ana.json", "--json").answered()
    finally:
        os.umask(before)
    found = [tmp_path / "new", *(tmp_path / "new").iterdir()]
    assert [path.stat().st_mode & 0o777 for path in found] == [0o700, 0o600, 0o600]


def test_a_link_that_leads_nowhere_is_no_free_name(
    run: Run, database: Path, tmp_path: Path
) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    run("fairness", "rotate", "--json").answered()
    run("fairness", "export", tmp_path / "link", "--json").refused("file_exists")
    run("export", tmp_path / "link", "--json").refused("file_exists")
    assert (tmp_path / "link").is_symlink()
