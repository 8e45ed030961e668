"""Seed pairs: shown, rotated, verified, proved."""

import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from inventui.engine.fairness.models import ProofExport, Rotation
from inventui.engine.world import PlayerHandle, World
from inventui.rules.cases.proof import verify_proof
from inventui.rules.core.refusal import Reason
from tests.builders import contents, done, opened, refused
from tests.engine.forging import forge


def test_the_secret_of_an_active_pair_is_never_shown(ana: PlayerHandle) -> None:
    opened(ana, "crate", 3)
    state = ana.fairness.show()
    assert state.active.server_seed is None
    with closing(sqlite3.connect(ana.world.path)) as connection:
        secrets = [row[0] for row in connection.execute("SELECT server_seed FROM seed_pair")]
    shown = repr(state) + repr(opened(ana)) + repr(ana.fairness.verify())
    assert not any(secret in shown for secret in secrets)


def test_rotating_reveals_the_seed_that_was_committed_to_and_starts_the_pair_on_show(
    ana: PlayerHandle,
) -> None:
    before = ana.fairness.show()
    opened(ana, "crate", 4)
    rotation = done(ana.fairness.rotate(), Rotation)
    assert rotation.retired.server_seed is not None
    revealed = sha256(rotation.retired.server_seed.encode()).hexdigest()
    assert revealed == before.active.server_seed_hash == rotation.retired.server_seed_hash
    assert rotation.active.server_seed_hash == before.next_server_seed_hash
    assert (rotation.active.nonce, rotation.retired.nonce) == (0, 4)
    after = ana.fairness.show()
    assert after.active == rotation.active
    assert after.next_server_seed_hash == rotation.next_server_seed_hash
    assert after.retired == (rotation.retired,)


def test_a_new_client_seed_retires_the_pair_that_used_the_old_one(ana: PlayerHandle) -> None:
    old = ana.fairness.show().active
    rotation = done(ana.fairness.rotate("grapefruit"), Rotation)
    assert rotation.retired.client_seed == old.client_seed
    assert rotation.active.client_seed == "grapefruit"
    assert opened(ana).rolls[0].client_seed == "grapefruit"
    assert done(ana.fairness.rotate(), Rotation).active.client_seed == "grapefruit"


@pytest.mark.parametrize("seed", ["", "   ", "x" * 65, "a\x00", "a\nb", "\u202eevil", "\x9b31m"])
def test_a_client_seed_that_is_empty_too_long_or_hides_something_is_refused(
    seed: str, world: World, ana: PlayerHandle
) -> None:
    before = contents(world)
    refused(ana.fairness.rotate(seed), Reason.INVALID_CLIENT_SEED)
    assert contents(world) == before


@pytest.mark.parametrize("seed", ["[@click=app.quit]x[/]", "x[/nope]", "100%d%%s", "é界", "a:b:0"])
def test_any_visible_client_seed_rolls_and_verifies(seed: str, ana: PlayerHandle) -> None:
    done(ana.fairness.rotate(seed), Rotation)
    opened(ana, "crate", 20)
    ana.fairness.rotate()
    assert ana.fairness.verify().ok


def test_verifying_covers_every_roll_of_every_pair_of_this_player_alone(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    opened(ana, "crate", 5)
    ana.fairness.rotate()
    opened(ana, "box", 3)
    opened(bob, "crate", 9)
    found = ana.fairness.verify()
    assert found.ok
    assert found.rolls == 8


@pytest.mark.parametrize(
    ("check", "sql"),
    [
        ("commitment", "UPDATE seed_pair SET server_seed_hash = server_seed WHERE id = 1"),
        ("roll", "UPDATE roll SET ticket = (ticket + 1) % 1000000 WHERE id = 2"),
        (
            "award",
            "UPDATE player_item SET item_id = (SELECT id FROM item WHERE slug = 'cap')"
            " WHERE id = 2",
        ),
    ],
)
def test_verifying_says_which_check_fails(
    check: str, sql: str, world: World, ana: PlayerHandle
) -> None:
    opened(ana, "crate", 5)
    forge(world, sql)
    found = ana.fairness.verify()
    assert not found.ok
    assert [name for name, ok in found.checks.items() if not ok] == [check]
    assert found.faults


def test_verifying_notices_an_odds_table_that_is_not_the_one_committed(
    world: World, ana: PlayerHandle
) -> None:
    opened(ana, "crate", 5)
    forge(world, "UPDATE odds_table SET hash = '00' || substr(hash, 3)")
    assert not ana.fairness.verify().checks["odds_table"]


def test_an_exported_proof_verifies_with_nothing_but_itself(
    tmp_path: Path, ana: PlayerHandle
) -> None:
    opened(ana, "crate", 5)
    opened(ana, "box", 2)
    ana.fairness.rotate()
    opened(ana, "crate", 1)
    target = tmp_path / "documents" / "proof.json"
    export = done(ana.fairness.export(target), ProofExport)
    assert (export.pairs, export.rolls) == (1, 7)
    proof = json.loads(target.read_text())
    found = verify_proof(proof)
    assert found.ok
    assert found.rolls == 7
    assert len(proof["odds_tables"]) == 2


def test_there_is_nothing_to_prove_before_a_rotation(tmp_path: Path, ana: PlayerHandle) -> None:
    opened(ana)
    refused(ana.fairness.export(tmp_path / "proof.json"), Reason.NOTHING_TO_VERIFY)
    assert not (tmp_path / "proof.json").exists()


def test_an_export_never_replaces_a_file_and_says_when_it_can_t_write(
    tmp_path: Path, ana: PlayerHandle
) -> None:
    opened(ana)
    ana.fairness.rotate()
    taken = tmp_path / "taken.json"
    taken.write_text("mine")
    refused(ana.fairness.export(taken), Reason.FILE_EXISTS)
    assert taken.read_text() == "mine"
    for target in (taken / "below" / "proof.json", "nul\x00.json", tmp_path / ("x" * 300)):
        refused(ana.fairness.export(target), Reason.FILE_UNWRITABLE)
    assert sorted(p.name for p in tmp_path.iterdir() if "proof" in p.name) == []
