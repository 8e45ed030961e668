"""Invitations, public keys and locks of a world, and what the audit notices of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.engine.core.models import PlayerCard
from inventui.engine.players.invitations import Invitation, Invited
from inventui.engine.players.sign_in import PlayerKey
from inventui.engine.world import World
from inventui.rules.core.clock import DAY, FrozenClock
from inventui.rules.core.refusal import Reason
from inventui.rules.people.invitations import MOST_DAYS, code_hash
from inventui.rules.people.public_keys import MOST_KEYS
from tests.builders import NOW, a_player, a_world, audited, contents, done, refused
from tests.engine.forging import AuditAfter, forgeries
from tests.rules.test_public_keys import ECDSA, ED25519, line_of

PHRASE = "open sesame"


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture
def world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    with a_world(tmp_path / "world.db", clock=clock) as world:
        yield world


def invited(world: World, uses: int = 1, days: int = 7) -> Invited:
    return done(world.invitations.make(uses, days), Invited)


def test_a_code_is_told_once_and_kept_as_a_hash_alone(world: World) -> None:
    made = invited(world)
    assert code_hash(made.code) in str(contents(world)["invitation"])
    kept = str(contents(world))
    assert made.code not in kept
    assert made.code.replace("-", "") not in kept
    assert world.invitations.list() == (made.invitation,)


def test_whoever_has_a_code_becomes_a_player_who_signs_in_with_their_passphrase(
    world: World,
) -> None:
    made = invited(world)
    cleo = done(world.invitations.join("cleo", PHRASE, made.code.lower()), PlayerCard)
    assert world.passphrases.matches(cleo.id, PHRASE)
    ((_, operation, invitation, number, player),) = contents(world)["invitation_use"]
    (made_by,) = [row[0] for row in contents(world)["operation"] if row[4] == "player"]
    assert (operation, invitation, number, player) == (made_by, 1, 1, cleo.id)
    audited(world)


def test_a_code_lets_in_no_more_than_it_is_for(world: World) -> None:
    code = invited(world, uses=2).code
    for name in ("cleo", "dan"):
        done(world.invitations.join(name, PHRASE, code), PlayerCard)
    before = contents(world)
    refused(world.invitations.join("eve", PHRASE, code), Reason.UNKNOWN_INVITATION)
    assert contents(world) == before


def test_a_code_lets_nobody_in_once_its_days_are_over(world: World, clock: FrozenClock) -> None:
    code = invited(world, days=2).code
    clock.at = NOW + 2 * DAY
    before = contents(world)
    refused(world.invitations.join("cleo", PHRASE, code), Reason.UNKNOWN_INVITATION)
    assert contents(world) == before
    clock.at -= 1
    done(world.invitations.join("cleo", PHRASE, code), PlayerCard)


def test_a_code_that_was_taken_back_by_itself_or_its_number_lets_nobody_in(world: World) -> None:
    first, second = invited(world), invited(world)
    done(world.invitations.revoke(first.code), Invitation)
    done(world.invitations.revoke("2"), Invitation)
    done(world.invitations.revoke("2"), Invitation)
    refused(world.invitations.revoke("3"), Reason.UNKNOWN_INVITATION)
    for made in (first, second):
        refused(world.invitations.join("cleo", PHRASE, made.code), Reason.UNKNOWN_INVITATION)


def test_what_is_refused_uses_no_code_up(world: World) -> None:
    a_player(world, "ana")
    code = invited(world).code
    before = contents(world)
    refused(world.invitations.join("ana", PHRASE, code), Reason.PLAYER_EXISTS)
    refused(world.invitations.join("", PHRASE, code), Reason.INVALID_NAME)
    refused(world.invitations.join("cleo", "", code), Reason.INVALID_PASSPHRASE)
    assert contents(world) == before
    done(world.invitations.join("cleo", PHRASE, code), PlayerCard)


def test_who_has_no_code_is_told_nothing_of_names(world: World) -> None:
    a_player(world, "ana")
    for name in ("ana", "nobody"):
        for code in ("", "WRONG"):
            refused(world.invitations.join(name, PHRASE, code), Reason.UNKNOWN_INVITATION)


def test_a_public_key_is_had_once_and_removed_by_the_beginning_of_its_fingerprint(
    world: World,
) -> None:
    ana = a_player(world, "ana")
    key = done(world.keys.add(ana.id, ED25519), PlayerKey)
    assert world.keys.add(ana.id, ED25519) == key
    other = done(world.keys.add(ana.id, ECDSA), PlayerKey)
    assert world.keys.list(ana.id) == (key, other)
    for wrong in ("", "SHA256:", "SHA256:nothing"):
        refused(world.keys.remove(ana.id, wrong), Reason.UNKNOWN_PUBLIC_KEY)
    refused(world.keys.remove(2, key.fingerprint), Reason.UNKNOWN_PUBLIC_KEY)
    assert world.keys.remove(ana.id, key.fingerprint[:15]) == key
    assert world.keys.list(ana.id) == (other,)
    done(world.keys.add(ana.id, ED25519), PlayerKey)
    audited(world)


def test_a_player_has_so_many_public_keys_at_most(world: World) -> None:
    ana = a_player(world, "ana")
    for number in range(MOST_KEYS):
        done(world.keys.add(ana.id, line_of(b"ssh-ed25519", bytes([number] * 32))), PlayerKey)
    before = contents(world)
    refused(world.keys.add(ana.id, ED25519), Reason.NO_ROOM)
    assert contents(world) == before


def test_a_player_is_locked_out_until_they_are_let_in_again(world: World) -> None:
    ana, bob = a_player(world, "ana"), a_player(world, "bob")
    for _ in range(2):
        world.locks.change(ana.id, True)
    assert world.locks.locked() == {ana.id}
    world.locks.change(ana.id, False)
    world.locks.change(bob.id, False)
    assert world.locks.locked() == frozenset()
    audited(world)


FORGERIES: dict[str, tuple[str, str]] = {
    "no hash of a code": ("invitations", "UPDATE invitation SET hash = 'code' WHERE id = 1"),
    "an invitation for too long": (
        "invitations",
        f"UPDATE invitation SET until = made_at + {MOST_DAYS * DAY + 1}",
    ),
    "an invitation for nobody": (
        "invitations",
        "PRAGMA ignore_check_constraints = ON; UPDATE invitation SET uses = 0 WHERE id = 2",
    ),
    "more players than it was for": ("invitations", "UPDATE invitation SET uses = 1 WHERE id = 1"),
    "a use that is gone": ("invitations", "DELETE FROM invitation_use WHERE id = 1"),
    "a use that came too late": (
        "invitations",
        "UPDATE invitation SET until = made_at + 1 WHERE id = 1",
    ),
    "another player's use": (
        "invitations",
        "UPDATE invitation_use SET player_id = 1 WHERE id = 1",
    ),
    "a use of another operation": (
        "invitations",
        "UPDATE invitation_use SET operation_id = 1 WHERE id = 1",
    ),
    "another's public key": (
        "sign_in",
        f"UPDATE player_key SET key = '{' '.join(ECDSA.split()[:2])}' WHERE id = 1",
    ),
    "a public key that is none": ("sign_in", "UPDATE player_key SET key = 'ssh-rsa x'"),
    "a public key had twice": (
        "sign_in",
        "DROP INDEX player_key_live; UPDATE player_key SET removed_at = NULL",
    ),
    "a lock of nobody": ("sign_in", "UPDATE player_lock SET player_id = 99"),
}


@pytest.fixture(scope="module")
def audit_after(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AuditAfter]:
    path = tmp_path_factory.mktemp("forged") / "world.db"
    clock = FrozenClock(NOW)
    with a_world(path, clock=clock) as world:
        ana = a_player(world, "ana")
        code = invited(world, uses=2).code
        invited(world)
        clock.at += DAY
        for name in ("cleo", "dan"):
            done(world.invitations.join(name, PHRASE, code), PlayerCard)
        for _ in range(2):
            key = done(world.keys.add(ana.id, ED25519), PlayerKey)
            world.keys.remove(ana.id, key.fingerprint)
        world.locks.change(ana.id, True)
    with forgeries(path) as audit_after:
        yield audit_after


@pytest.mark.parametrize("what", FORGERIES)
def test_the_audit_notices(what: str, audit_after: AuditAfter) -> None:
    check, sql = FORGERIES[what]
    assert not audit_after(sql)[check].ok
