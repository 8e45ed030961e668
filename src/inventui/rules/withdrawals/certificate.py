"""Certificates: what a withdrawn player item is, where it came from, and the proof of its roll.

A certificate stands alone: anyone can check it with no database and no network. Its JSON
form is

    {"format": "inventui-certificate", "version": 2, "withdrawal", "player", "details",
     "withdrawn_at", "item": {"id", "slug", "name", "category", "rarity", "value"},
     "origin": {"acquisition", "source", "price_paid", "player"},
     "provenance": [{"at", "player", "item_id", "event", "from", "to"}, …],
     "roll": {"nonce", "ticket", "odds_hash", "server_seed_hash", "client_seed"} or null,
     "proof": a proof of that roll (see `rules.cases.proof`), or null,
     "key": the public half of the world's Ed25519 key, "signature"}

The signature is of `signed_part`: every other field, so that nothing in it can be altered. Anyone
can make a key: a good signature says that nothing was changed since the owner of that key signed
it, and no more, unless one knows whose key it is.

`roll` is null for a player item that no roll made. `proof` is null too where the roll's pair
belongs to an earlier owner who has not retired it: then the certificate proves nothing yet, and
is written again once that is done. Version 1 had no signature.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Any

from inventui.rules.cases.proof import CHECKS, Verification, verify_proof
from inventui.rules.core.enums import Acquisition, Event, Status
from inventui.rules.core.lifecycle import HANDED_ON, TRANSITIONS

FORMAT = "inventui-certificate"
VERSION = 2
UNSIGNED_VERSION = 1
PROVENANCE = "provenance"
SIGNATURE = "signature"
SIGNING_KEY = "signing_key"
"""The setting of a world that holds the secret of its key, as 64 hex digits."""

WON = frozenset({Acquisition.CASE, Acquisition.WORKSHOP})
"""How player items are got that a roll makes."""

_ROLL_FIELDS = ("nonce", "ticket", "odds_hash")
_PAIR_FIELDS = ("server_seed_hash", "client_seed")


def is_certificate(document: object) -> bool:
    """Whether a JSON document says that it is a certificate."""
    return isinstance(document, dict) and document.get("format") == FORMAT


class CertificateAnswer(StrEnum):
    """What a verification of a certificate comes to."""

    PROVED = "proved"
    SIGNED = "signed"
    FALSE = "false"


class Signer(StrEnum):
    """Whose key signed a certificate, as far as it is known."""

    THIS_WORLD = "this_world"
    GIVEN_KEY = "given_key"
    ANOTHER_KEY = "another_key"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Certified(Verification):
    """What a verification of a certificate found.

    Attributes:
        answer: what it comes to; `false` with any fault.
        key: the public key that signed it, or None if no signature is good.
        signed_by: whose that is.
    """

    answer: CertificateAnswer = CertificateAnswer.FALSE
    key: str | None = None
    signed_by: Signer = Signer.UNKNOWN


GoodSignature = Callable[[str, str, bytes], bool]
"""Whether a public key and a signature, both in hex digits, are good for these bytes."""


def signed_part(document: Mapping[str, Any]) -> bytes:
    """What a certificate's signature is of: all of it but the signature, in canonical form."""
    rest = {name: value for name, value in document.items() if name != SIGNATURE}
    canonical = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return f"{FORMAT}\n{canonical}".encode()


def fingerprint(key: str) -> str:
    """A public key as people compare it: eight groups of four hex digits."""
    digits = sha256(key.encode()).hexdigest()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def check_certificate(document: object, good: GoodSignature) -> Certified:
    """Check a certificate as it was read from JSON; every fault says where."""
    if not isinstance(document, dict):
        return _failed("this is no certificate: it is not a JSON object")
    fault = _signature_fault(document, good)
    if fault is not None:
        return _failed(fault)
    key = document["key"]
    faults, proved = _faults(document)
    checks = {**proved.checks, SIGNATURE: True}
    if faults:
        return Certified(proved.rolls, checks, faults, key=key)
    answer = CertificateAnswer.PROVED if proved.rolls else CertificateAnswer.SIGNED
    return Certified(proved.rolls, checks, (), answer, key)


def _signature_fault(document: Mapping[str, Any], good: GoodSignature) -> str | None:
    """Why a document is no certificate that its key signed, or None if it is one."""
    form, version = document.get("format"), document.get("version")
    if (form, version, type(version)) == (FORMAT, UNSIGNED_VERSION, int):
        return (
            "signature: it was written before certificates were signed, so nothing shows that a "
            f"world wrote it. Who withdrew it has a new one written there: {_again(document)}"
        )
    if (form, version, type(version)) != (FORMAT, VERSION, int):
        return f"format, version: only {FORMAT} {VERSION} can be checked"
    key, signature = document.get("key"), document.get(SIGNATURE)
    if not (isinstance(key, str) and isinstance(signature, str)):
        return "key, signature: texts of hex digits are expected"
    if not good(key, signature, signed_part(document)):
        return "signature: it is not that of this text and key, so something was altered"
    return None


def compared(found: Certified, key: str, signer: Signer, *, must: bool) -> Certified:
    """A verification beside a known key.

    Args:
        found: the verification.
        key: the known public key, or its fingerprint.
        signer: whose it is.
        must: whether a certificate of any other key is false.
    """
    if found.key is None:
        return found
    wanted = "".join(key.lower().split())
    if wanted in (found.key, fingerprint(found.key).replace(" ", "")):
        return replace(found, signed_by=signer)
    if not must:
        return replace(found, signed_by=Signer.ANOTHER_KEY)
    whose = "the key of this world" if signer is Signer.THIS_WORLD else "the key that was named"
    fault = f"key: it is signed with {fingerprint(found.key)}, which is not {whose}"
    return replace(
        found,
        answer=CertificateAnswer.FALSE,
        checks={**found.checks, SIGNATURE: False},
        faults=(*found.faults, fault),
        signed_by=Signer.ANOTHER_KEY,
    )


def _again(document: Mapping[str, Any]) -> str:
    """The command that writes a certificate anew."""
    number = document.get("withdrawal")
    return f"inventui withdrawals --again {number if type(number) is int else 'NUMBER'}"


def _faults(document: Mapping[str, Any]) -> tuple[tuple[str, ...], Verification]:
    """The faults of what a signature is good for, and what its proof came to."""
    item = document.get("item")
    if not isinstance(item, dict):
        failed = _failed("item: an object is expected")
        return failed.faults, failed
    faults = _provenance_faults(document.get("provenance"), document, item)
    proof, roll = document.get("proof"), document.get("roll")
    won = _origin(document).get("acquisition") in WON
    proved = Verification(0, dict.fromkeys(CHECKS, True), ())
    award: list[str] = []
    if proof is not None:
        proved = verify_proof(proof)
        award = _award_faults(proof, roll, item) if proved.ok else []
        if not won:
            award.append("origin.acquisition: a roll is proved of what no roll made")
    elif won or roll is not None:
        award = [
            "proof: it says that this was won, but its roll is not proved. Where the seed was "
            "still an earlier owner's secret, a new certificate proves it once it is revealed: "
            f"{_again(document)}"
        ]
    checks = dict(proved.checks)
    checks["award"] = checks["award"] and not award
    checks[PROVENANCE] = not faults
    all_faults = (*proved.faults, *award, *faults)
    return all_faults, Verification(proved.rolls, checks, all_faults)


def _failed(fault: str) -> Certified:
    return Certified(0, dict.fromkeys((*CHECKS, PROVENANCE, SIGNATURE), False), (fault,))


def _award_faults(proof: Mapping[str, Any], roll: object, item: Mapping[str, Any]) -> list[str]:
    """Faults of a sound proof: it must prove this roll of this item, and nothing else."""
    pairs = proof["pairs"]
    if len(pairs) != 1 or len(pairs[0]["rolls"]) != 1:
        return ["proof: a certificate's proof holds one roll"]
    (pair,), (proved,) = pairs, pairs[0]["rolls"]
    if not isinstance(roll, dict):
        return ["roll: an object is expected where there is a proof"]
    faults = [
        f"roll.{name}: it is not the one that the proof is of"
        for source, names in ((proved, _ROLL_FIELDS), (pair, _PAIR_FIELDS))
        for name in names
        if roll.get(name) != source[name]
    ]
    won = {"slug": "item", "name": "entry", "value": "value", "rarity": "rarity"}
    return faults + [
        f"item.{name}: the proof is of another"
        for name, field in won.items()
        if item.get(name) != proved[field]
    ]


def _provenance_faults(
    lines: object, document: Mapping[str, Any], item: Mapping[str, Any]
) -> list[str]:
    """Faults of the provenance: it must be a path along the lifecycle table to this withdrawal."""
    if not isinstance(lines, list) or not lines:
        return ["provenance: a list of steps is expected"]
    status: Status | None = None
    row: object = None
    last = 0
    for index, line in enumerate(lines):
        step = _step(line)
        if step is None:
            return [f"provenance[{index}]: it is no step of the lifecycle table"]
        start, event, end, at = step
        # A row is one player's for ever; another begins only where it was handed on.
        here = (line.get("item_id"), line.get("player"))
        if here != row and (status is None or status in HANDED_ON):
            row, status = here, None
        sound = (start, TRANSITIONS.get((start, event))) == (status, end) and at >= last
        if not sound or here != row:
            return [f"provenance[{index}]: {event} does not follow the step before"]
        status, last = end, at
    if status is not Status.WITHDRAWN:
        return [f"provenance: it ends {status}, not withdrawn"]
    return _end_faults(lines, document, item)


def _end_faults(
    lines: Sequence[Mapping[str, Any]], document: Mapping[str, Any], item: Mapping[str, Any]
) -> list[str]:
    last = lines[-1]
    checks = (
        ("item.id", item.get("id"), last.get("item_id")),
        ("player", document.get("player"), last.get("player")),
        ("origin.player", _origin(document).get("player"), lines[0].get("player")),
        ("withdrawn_at", document.get("withdrawn_at"), last.get("at")),
    )
    return [f"{name}: the steps say otherwise" for name, told, known in checks if told != known]


def _origin(document: Mapping[str, Any]) -> Mapping[str, Any]:
    origin = document.get("origin")
    return origin if isinstance(origin, dict) else {}


def _step(line: object) -> tuple[Status | None, Event, Status, int] | None:
    if not isinstance(line, dict) or type(line.get("at")) is not int:
        return None
    try:
        start = line.get("from")
        return (
            None if start is None else Status(start),
            Event(str(line.get("event"))),
            Status(str(line.get("to"))),
            line["at"],
        )
    except ValueError:
        return None
