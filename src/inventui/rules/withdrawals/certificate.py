"""Certificates: what a withdrawn player item is, where it came from, and the proof of its roll.

A certificate stands alone: anyone can check it with no database and no network. Its JSON
form is

    {"format": "inventui-certificate", "version": 1, "withdrawal", "player", "details",
     "withdrawn_at", "item": {"id", "slug", "name", "category", "rarity", "value"},
     "origin": {"acquisition", "source", "price_paid", "player"},
     "provenance": [{"at", "player", "item_id", "event", "from", "to"}, …],
     "roll": {"nonce", "ticket", "odds_hash", "server_seed_hash", "client_seed"} or null,
     "proof": a proof of that roll (see `rules.cases.proof`), or null}

`roll` is null for a player item that no roll made. `proof` is null too where the roll's pair
belongs to an earlier owner who has not retired it: the commitment in `roll` holds them to
it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from inventui.rules.cases.proof import CHECKS, Verification, verify_proof
from inventui.rules.core.enums import Event, Status
from inventui.rules.core.lifecycle import HANDED_ON, TRANSITIONS

FORMAT = "inventui-certificate"
VERSION = 1
PROVENANCE = "provenance"

_ROLL_FIELDS = ("nonce", "ticket", "odds_hash")
_PAIR_FIELDS = ("server_seed_hash", "client_seed")


def is_certificate(document: object) -> bool:
    """Whether a JSON document says that it is a certificate."""
    return isinstance(document, dict) and document.get("format") == FORMAT


def verify_certificate(document: object) -> Verification:
    """Check a certificate as it was read from JSON; every fault says where."""
    if not isinstance(document, dict):
        return _failed("this is no certificate: it is not a JSON object")
    if (document.get("format"), document.get("version")) != (FORMAT, VERSION):
        return _failed(f"format, version: only {FORMAT} {VERSION} can be checked")
    faults: list[str] = []
    item = document.get("item")
    if not isinstance(item, dict):
        return _failed("item: an object is expected")
    faults += _provenance_faults(document.get("provenance"), document, item)
    proof, roll = document.get("proof"), document.get("roll")
    proved = Verification(0, dict.fromkeys(CHECKS, True), ())
    award: list[str] = []
    if proof is not None:
        proved = verify_proof(proof)
        award = _award_faults(proof, roll, item) if proved.ok else []
    elif not (roll is None or isinstance(roll, dict)):
        award = ["roll: an object or null is expected"]
    checks = dict(proved.checks)
    checks["award"] = checks["award"] and not award
    checks[PROVENANCE] = not faults
    return Verification(proved.rolls, checks, (*proved.faults, *award, *faults))


def _failed(fault: str) -> Verification:
    return Verification(0, dict.fromkeys((*CHECKS, PROVENANCE), False), (fault,))


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
