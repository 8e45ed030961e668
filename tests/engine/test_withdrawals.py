"""Withdrawals: a thing leaves, its certificate stands alone, a failed write is tried again."""

import copy
import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from inventui.db.errors import WorldError
from inventui.engine.core.secrets import SystemEntropy
from inventui.engine.fairness.models import Rotation
from inventui.engine.people.models import FriendChange, GiftSent
from inventui.engine.withdrawals.models import Delivery, Withdrawn
from inventui.engine.withdrawals.signature import key_at, signed, verify_certificate
from inventui.engine.withdrawals.world_key import public_key, signer
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Reason
from inventui.rules.people.friends import FriendEvent
from inventui.rules.withdrawals.certificate import CertificateAnswer, Signer, compared, fingerprint
from inventui.rules.withdrawals.withdrawals import WithdrawalState
from tests.builders import (
    a_player,
    a_world,
    audited,
    befriended,
    contents,
    done,
    given,
    in_a_file,
    opened,
    refused,
)
from tests.engine.forging import forge


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_world(tmp_path / "world.db") as world:
        yield world


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return a_player(world, "ana", oranges=2_000_000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "documents"


def a_legendary(player: PlayerHandle) -> int:
    """A squeezer, won from a case: worth 15,000."""
    for _ in range(60):
        for roll in opened(player, "crate", 100).rolls:
            if roll.rarity is Rarity.LEGENDARY:
                return roll.item_id
    raise AssertionError("no luck")


def delivered(player: PlayerHandle, item: int, folder: Path, details: str = "") -> dict[str, Any]:
    done(player.withdrawals.withdraw(item, details), Withdrawn)
    (delivery,) = player.withdrawals.deliver(folder)
    assert delivery.trouble == ""
    document = json.loads(Path(delivery.path).read_text(encoding="utf-8"))
    assert isinstance(document, dict)
    return document


def test_a_withdrawn_thing_leaves_against_a_certificate_that_proves_its_roll(
    ana: PlayerHandle, folder: Path
) -> None:
    item = a_legendary(ana)
    document = delivered(ana, item, folder, "By hand, please")
    verified = verify_certificate(document)
    assert verified.ok, verified.faults
    assert verified.rolls == 1
    assert document["details"] == "By hand, please"
    assert [step["event"] for step in document["provenance"]] == ["acquire", "withdraw"]
    (line,) = ana.withdrawals.list()
    assert line.state is WithdrawalState.DELIVERED
    assert Path(line.path).parent == folder
    assert sorted(path.suffix for path in folder.iterdir()) == [".json", ".svg"]
    audited(ana.world)


def test_the_pair_that_rolled_it_is_retired_with_it(ana: PlayerHandle) -> None:
    item = a_legendary(ana)
    before = ana.fairness.show().active.server_seed_hash
    withdrawn = done(ana.withdrawals.withdraw(item), Withdrawn)
    assert withdrawn.rotated
    assert ana.fairness.show().active.server_seed_hash != before
    second = a_legendary(ana)
    done(ana.fairness.rotate(), Rotation)
    assert not done(ana.withdrawals.withdraw(second), Withdrawn).rotated


def test_a_gift_s_provenance_reaches_back_to_the_roll_of_its_first_owner(
    world: World, ana: PlayerHandle, folder: Path
) -> None:
    bob = a_player(world, "bob")
    done(ana.friends.change("bob", FriendEvent.REQUEST), FriendChange)
    done(bob.friends.change("ana", FriendEvent.ACCEPT), FriendChange)
    gift = done(ana.gifts.send_item("bob", a_legendary(ana)), GiftSent)
    assert gift.received_id is not None
    document = delivered(bob, gift.received_id, folder)
    # Ana's pair is hers to retire: until then its commitment stands for it.
    assert document["proof"] is None
    assert document["roll"]["server_seed_hash"] == ana.fairness.show().active.server_seed_hash
    assert [step["player"] for step in document["provenance"]] == ["ana", "ana", "bob", "bob"]
    verified = verify_certificate(document)
    assert verified.answer is CertificateAnswer.FALSE
    (fault,) = verified.faults
    assert fault.endswith("inventui withdrawals --again 1")
    done(ana.fairness.rotate(), Rotation)
    before = contents(world)
    again = done(bob.withdrawals.write_again(1, folder), Delivery)
    assert contents(world) == before
    proved = verify_certificate(json.loads(Path(again.path).read_text("utf-8")))
    assert (proved.answer, proved.faults) == (CertificateAnswer.PROVED, ())


def test_the_pair_is_retired_with_a_thing_that_came_back_to_who_rolled_it(
    world: World, ana: PlayerHandle, folder: Path
) -> None:
    bob = a_player(world, "bob")
    befriended(ana, bob)
    away = done(ana.gifts.send_item("bob", a_legendary(ana)), GiftSent).received_id
    assert away is not None
    back = done(bob.gifts.send_item("ana", away), GiftSent).received_id
    assert back is not None
    before = ana.fairness.show().active.server_seed_hash
    assert done(ana.withdrawals.withdraw(back), Withdrawn).rotated
    assert ana.fairness.show().active.server_seed_hash != before
    (delivery,) = ana.withdrawals.deliver(folder)
    document = json.loads(Path(delivery.path).read_text(encoding="utf-8"))
    assert document["proof"] is not None
    verified = verify_certificate(document)
    assert verified.ok, verified.faults


def test_what_can_t_be_withdrawn_is_refused(world: World, ana: PlayerHandle) -> None:
    bob = a_player(world, "bob")
    cheap = opened(ana, "crate").rolls[0].item_id
    locked = a_legendary(ana)
    ana.inventory.lock([locked], True)
    before = contents(world)
    refused(ana.withdrawals.withdraw(cheap), Reason.TOO_CHEAP)
    refused(ana.withdrawals.withdraw(locked), Reason.LOCKED)
    refused(ana.withdrawals.withdraw(10**9), Reason.UNKNOWN_ITEM)
    refused(bob.withdrawals.withdraw(locked), Reason.NOT_YOURS)
    refused(ana.withdrawals.withdraw(locked, "x" * 501), Reason.INVALID_MESSAGE)
    refused(ana.withdrawals.withdraw(locked, "\x1b]0;x\x07"), Reason.INVALID_MESSAGE)
    assert contents(world) == before
    ana.inventory.lock([locked], False)
    done(ana.withdrawals.withdraw(locked), Withdrawn)
    refused(ana.withdrawals.withdraw(locked), Reason.ENDED)


@pytest.mark.parametrize("obstacle", ["file", "folder"])
def test_a_write_that_fails_stays_pending_and_is_tried_again(
    obstacle: str, ana: PlayerHandle, folder: Path
) -> None:
    done(ana.withdrawals.withdraw(a_legendary(ana)), Withdrawn)
    target = folder
    if obstacle == "file":
        folder.write_text("in the way")
    else:
        folder.mkdir()
        blocker = folder / "sub"
        blocker.write_text("in the way")
        target = blocker / "deeper"
    (delivery,) = ana.withdrawals.deliver(target)
    assert delivery.path == ""
    assert "tried again at the next start" in delivery.trouble
    (line,) = ana.withdrawals.list()
    assert (line.state, line.path) == (WithdrawalState.PENDING, "")
    (delivery,) = ana.withdrawals.deliver(folder.parent / "elsewhere")
    assert Path(delivery.path).exists()
    assert ana.withdrawals.deliver(folder.parent / "elsewhere") == ()


def test_one_certificate_that_fails_keeps_no_other_back_and_the_newest_is_listed_first(
    ana: PlayerHandle, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    player_items = [given(ana.world, ana, "squeezer") for _ in range(2)]
    for player_item in player_items:
        done(ana.withdrawals.withdraw(player_item), Withdrawn)
    failures = [OSError(28, "No space left on device")]

    def full_at_first(_: int) -> None:
        if failures:
            raise failures.pop()

    with monkeypatch.context() as patch:
        patch.setattr("inventui.engine.core.files.os.fsync", full_at_first)
        assert [bool(one.path) for one in ana.withdrawals.deliver(folder)] == [False, True]
    listed = [(line.item_id, line.state) for line in ana.withdrawals.list()]
    assert listed == [
        (player_items[1], WithdrawalState.DELIVERED),
        (player_items[0], WithdrawalState.PENDING),
    ]


def test_a_full_disk_leaves_no_half_file(
    ana: PlayerHandle, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(ana.withdrawals.withdraw(a_legendary(ana)), Withdrawn)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("inventui.engine.core.files.os.fsync", full)
        (delivery,) = ana.withdrawals.deliver(folder)
    assert "No space left on device" in delivery.trouble
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="only Unix limits the size of a file")
def test_a_disk_that_fills_up_in_the_middle_of_a_file_leaves_nothing_of_it(
    ana: PlayerHandle, folder: Path
) -> None:
    import resource

    done(ana.withdrawals.withdraw(a_legendary(ana)), Withdrawn)
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, usual[1]))
    try:
        (delivery,) = ana.withdrawals.deliver(folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert (delivery.path, list(folder.iterdir())) == ("", [])
    assert f"can't be written to {folder}" in delivery.trouble
    assert ana.withdrawals.pending()
    (delivery,) = ana.withdrawals.deliver(folder)
    assert sorted(file.suffix for file in folder.iterdir()) == [".json", ".svg"]
    assert not ana.withdrawals.pending()


@pytest.mark.skipif(
    getattr(os, "geteuid", lambda: 0)() == 0, reason="root may write to every folder"
)
def test_a_folder_that_can_only_be_read_leaves_it_pending(ana: PlayerHandle, folder: Path) -> None:
    done(ana.withdrawals.withdraw(a_legendary(ana)), Withdrawn)
    folder.mkdir(mode=0o555)
    (delivery,) = ana.withdrawals.deliver(folder)
    assert (delivery.path, list(folder.iterdir())) == ("", [])
    assert ana.withdrawals.pending()
    folder.chmod(0o755)
    (delivery,) = ana.withdrawals.deliver(folder)
    assert Path(delivery.path).exists()


def test_a_folder_that_is_missing_is_made_with_all_above_it(
    ana: PlayerHandle, folder: Path
) -> None:
    done(ana.withdrawals.withdraw(a_legendary(ana)), Withdrawn)
    (delivery,) = ana.withdrawals.deliver(folder / "of" / "mine")
    assert Path(delivery.path).parent == folder / "of" / "mine"
    assert not ana.withdrawals.pending()


def test_a_certificate_that_was_written_but_not_noted_is_written_alike(
    ana: PlayerHandle, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(ana.withdrawals.withdraw(a_legendary(ana)), Withdrawn)
    with monkeypatch.context() as patch:
        patch.setattr("inventui.engine.withdrawals.withdrawals.Withdrawals._mark", lambda *_: None)
        (first,) = ana.withdrawals.deliver(folder)
    (second,) = ana.withdrawals.deliver(folder)
    assert first.path == second.path
    assert len(list(folder.iterdir())) == 2


def test_the_card_is_svg_whatever_a_name_holds(
    world: World, ana: PlayerHandle, folder: Path
) -> None:
    with world.store.write() as connection:
        connection.driver.execute(
            "UPDATE item SET name = '<script>&\"x\"</script>' WHERE slug = 'squeezer'"
        )
    given = world.grant("ana", item="squeezer")
    done(ana.withdrawals.withdraw(given.item_id), Withdrawn)  # type: ignore[union-attr, arg-type]
    ana.withdrawals.deliver(folder)
    (card,) = folder.glob("*.svg")
    root = ElementTree.fromstring(card.read_text(encoding="utf-8"))
    assert root.tag.endswith("svg")
    assert not [node for node in root.iter() if node.tag.endswith("script")]


REMOVED = object()


def altered(document: dict[str, Any], way: tuple[Any, ...], value: object) -> dict[str, Any]:
    """A copy with another value at a place, or without it."""
    forged = copy.deepcopy(document)
    part: Any = forged
    for name in way[:-1]:
        part = part[name]
    if value is REMOVED:
        del part[way[-1]]
    else:
        part[way[-1]] = value
    return forged


def places(value: object, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of a document, whole objects and lists too."""
    if way:
        yield way
    if isinstance(value, dict):
        for name, part in value.items():
            yield from places(part, (*way, name))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from places(part, (*way, index))


def at(document: Any, way: tuple[Any, ...]) -> Any:
    for name in way:
        document = document[name]
    return document


@pytest.fixture(params=["won", "granted"])
def certificate(request: pytest.FixtureRequest, ana: PlayerHandle, folder: Path) -> dict[str, Any]:
    """A certificate with a proof, and one without."""
    a_player(ana.world, "bob")
    item = a_legendary(ana) if request.param == "won" else given(ana.world, ana, "squeezer")
    return delivered(ana, item, folder, "By hand")


def test_whatever_is_altered_removed_or_added_makes_a_certificate_false(
    certificate: dict[str, Any],
) -> None:
    verified = verify_certificate(certificate)
    won = certificate["proof"] is not None
    assert verified.answer is (CertificateAnswer.PROVED if won else CertificateAnswer.SIGNED), (
        verified.faults
    )
    missed = []
    tried = 0
    for way in places(certificate):
        old = at(certificate, way)
        values: list[object] = [REMOVED, None, [], {}, "", 0, -1, True, False, "bob", "ana", 1.5]
        if isinstance(old, int):
            values += [old + 1, old - 1, str(old), float(old), bool(old)]
        if isinstance(old, str):
            values += [f"{old}0", old[:-1], old.upper(), [old], f" {old}"]
        if isinstance(old, list):
            values += [[*old, *old], old[1:], old[::-1], [*old, None]]
        if isinstance(old, dict):
            values += [{**old, "more": 1}, {**old, "": None}]
        for value in values:
            if value is not REMOVED and type(value) is type(old) and value == old:
                continue
            tried += 1
            found = verify_certificate(altered(certificate, way, value))
            if found.ok or found.answer is not CertificateAnswer.FALSE:
                missed.append((way, value))
    assert missed == []
    assert tried > 500
    assert not verify_certificate({**certificate, "more": None}).ok


def test_fields_in_another_order_say_the_same(certificate: dict[str, Any]) -> None:
    turned = json.loads(json.dumps(dict(reversed(certificate.items())), indent=7))
    assert verify_certificate(turned).ok


def test_who_signs_an_invented_certificate_is_not_this_world(
    certificate: dict[str, Any], ana: PlayerHandle
) -> None:
    theirs = Ed25519PrivateKey.generate()
    unsigned = {k: v for k, v in certificate.items() if k not in ("key", "signature")}
    invented = signed(altered(unsigned, ("details",), "mine"), theirs)
    found = verify_certificate(invented)
    key = public_key(ana.world)
    assert found.ok, "nothing was altered since they signed it"
    assert (found.key != key, found.signed_by) == (True, Signer.UNKNOWN)
    beside = compared(found, key, Signer.THIS_WORLD, must=False)
    assert beside.signed_by is Signer.ANOTHER_KEY
    refused = compared(found, key, Signer.THIS_WORLD, must=True)
    assert (refused.answer, refused.ok) == (CertificateAnswer.FALSE, False)
    assert not verify_certificate({**invented, "key": key}).ok
    assert not verify_certificate({**certificate, "signature": invented["signature"]}).ok
    own = compared(verify_certificate(certificate), key, Signer.THIS_WORLD, must=True)
    assert own.signed_by is Signer.THIS_WORLD
    assert own.ok
    named = compared(own, fingerprint(key).upper(), Signer.GIVEN_KEY, must=True)
    assert named.signed_by is Signer.GIVEN_KEY


def test_even_a_world_s_own_signature_does_not_make_won_what_is_not_proved(
    certificate: dict[str, Any], ana: PlayerHandle
) -> None:
    unsigned = {k: v for k, v in certificate.items() if k not in ("key", "signature")}
    for change in ({"proof": None}, {"proof": None, "roll": None}):
        lie = {**unsigned, **change, "origin": {**unsigned["origin"], "acquisition": "case"}}
        found = verify_certificate(signed(lie, signer(ana.world)))
        assert (found.answer, found.checks["award"]) == (CertificateAnswer.FALSE, False)


def test_a_certificate_from_before_they_were_signed_says_how_to_have_a_new_one(
    certificate: dict[str, Any],
) -> None:
    old = {k: v for k, v in certificate.items() if k not in ("key", "signature")} | {"version": 1}
    found = verify_certificate(old)
    assert (found.answer, found.key) == (CertificateAnswer.FALSE, None)
    (fault,) = found.faults
    assert "before certificates were signed" in fault
    assert "inventui withdrawals --again 1" in fault


def test_the_key_of_a_world_is_made_once_and_kept(
    world: World, ana: PlayerHandle, folder: Path
) -> None:
    in_a_file()
    other = a_world(Path(world.path), clock=world.clock, entropy=SystemEntropy())
    key = public_key(other)
    assert public_key(world) == key_at(Path(world.path)) == key
    assert delivered(ana, a_legendary(ana), folder)["key"] == key
    other.close()
    with closing(sqlite3.connect(world.path)) as connection:
        for change in (
            "UPDATE world_setting SET value = '00' WHERE name = 'signing_key'",
            "DELETE FROM world_setting WHERE name = 'signing_key'",
            "INSERT OR REPLACE INTO world_setting (name, value) VALUES ('signing_key', '00')",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(change)
    secret = settings_of(world)["signing_key"]
    assert secret not in json.dumps(delivered(ana, a_legendary(ana), folder))
    assert key_at(folder / "nothing.db") is None
    audited(world)


def test_a_key_that_is_none_is_said_and_not_used(
    world: World, ana: PlayerHandle, folder: Path
) -> None:
    forge(world, "UPDATE world_setting SET value = 'key' WHERE name = 'signing_key'")
    done(ana.withdrawals.withdraw(a_legendary(ana)), Withdrawn)
    for use in (lambda: public_key(world), lambda: ana.withdrawals.deliver(folder)):
        with pytest.raises(WorldError, match="was changed outside the game"):
            use()
    assert key_at(Path(world.path)) is None
    assert ana.withdrawals.pending()


def settings_of(world: World) -> dict[str, str]:
    with world.store.read() as connection:
        return dict(connection.driver.execute("SELECT name, value FROM world_setting").fetchall())


@pytest.mark.parametrize(
    "document", [None, [], "x", {}, {"format": "inventui-certificate"}, {"version": 1, "item": {}}]
)
def test_what_is_no_certificate_fails(document: object) -> None:
    assert not verify_certificate(document).ok
