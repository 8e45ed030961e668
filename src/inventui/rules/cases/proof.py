"""Proof files: rolls that anyone can check, with no database and no network.

A proof holds retired seed pairs with their rolls, and every odds table that they used.
It has no field that can't be checked against another: altering one is always noticed,
unless an equal proof could have been made by playing. Its JSON form is

    {"format": "inventui-proof", "version": 1,
     "odds_tables": {HASH: the table's canonical object, …},
     "pairs": [{"server_seed", "server_seed_hash", "client_seed",
                "rolls": [{"nonce", "ticket", "odds_hash", "entry", "value", "rarity",
                           "item"}, …]}, …]}

A roll of a case with several rolls an opening also has `draw`, which of them it is, and one of a
case with a guarantee has `since`, the rolls since its last hit. Both follow from the rolls before
it, as far as those are in the proof.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from inventui.rules.cases import fairness
from inventui.rules.cases.canonical import from_canonical
from inventui.rules.cases.odds import OddsTable
from inventui.rules.cases.roll_counts import COUNTS, CountFault, RollCounts
from inventui.rules.core.text import printable

FORMAT = "inventui-proof"
VERSION = 1
CHECKS = ("commitment", "roll", "odds_table", "award")
MOST_FAULTS = 50
"""Faults named one by one; the rest are counted."""

_LARGEST = 2**63
_LONGEST = 80

_PROOF_FIELDS = frozenset({"format", "version", "odds_tables", "pairs"})
_PAIR_FIELDS = {"server_seed": str, "server_seed_hash": str, "client_seed": str, "rolls": list}
_ROLL_FIELDS = {
    "nonce": int,
    "ticket": int,
    "odds_hash": str,
    "entry": str,
    "value": int,
    "rarity": str,
    "item": str,
}


@dataclass(frozen=True, slots=True)
class Verification:
    """What a verification found: each check, and each fault in words."""

    rolls: int
    checks: Mapping[str, bool]
    faults: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether every check holds."""
        return all(self.checks.values()) and not self.faults


@dataclass
class Findings:
    """What a verification has found so far."""

    rolls: int = 0
    checks: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(CHECKS, True))
    faults: list[str] = field(default_factory=list)
    unnamed: int = 0

    def fault(self, check: str, message: str) -> None:
        """Note that a check failed, and where."""
        self.checks[check] = False
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(message)
        else:
            self.unnamed += 1

    def verification(self) -> Verification:
        """The result, its last fault counting those not named."""
        more = [f"and {self.unnamed:,} more"] if self.unnamed else []
        return Verification(self.rolls, self.checks, (*self.faults, *more))


def check_pair(found: Findings, place: str, pair: Mapping[str, object]) -> None:
    """Check that a server seed is the one that was committed to."""
    seed, committed = str(pair["server_seed"]), str(pair["server_seed_hash"])
    if not fairness.is_server_seed(seed):
        found.fault("commitment", f"{place}.server_seed: not {64} lower-case hex digits")
    elif fairness.commitment(seed) != committed:
        found.fault(
            "commitment",
            f"{place}.server_seed_hash: the SHA-256 of server_seed is "
            f"{fairness.commitment(seed)}, not {_said(committed)}",
        )


def check_rolls(
    found: Findings,
    place: str,
    pair: Mapping[str, object],
    rolls: Sequence[Mapping[str, object]],
    tables: Mapping[str, OddsTable],
) -> None:
    """Check each roll of a pair: its ticket, its odds table, and what it awarded."""
    seed, client = str(pair["server_seed"]), str(pair["client_seed"])
    last = -1
    so_far = RollCounts()
    for index, roll in enumerate(rolls):
        at = f"{place}.rolls[{index}]"
        found.rolls += 1
        nonce, ticket = roll["nonce"], roll["ticket"]
        assert isinstance(nonce, int)
        assert isinstance(ticket, int)
        if nonce <= last:
            found.fault("roll", f"{at}.nonce: {nonce} does not come after {last}")
        last = nonce
        due = fairness.ticket(seed, client, nonce)
        if ticket != due:
            found.fault(
                "roll",
                f"{at}.ticket: server_seed, client_seed and nonce {nonce} give {due}, not {ticket}",
            )
        table = tables.get(str(roll["odds_hash"]))
        if table is None:
            found.fault("odds_table", f"{at}.odds_hash: no sound odds table has this hash")
            continue
        if not 0 <= ticket < fairness.TICKETS:
            continue
        counts = so_far.counts(roll, nonce, table)
        if isinstance(counts, CountFault):
            found.fault(counts.check, f"{at}.{counts.field}: {counts.message}")
            continue
        draw, since = counts
        winner = table.winner(ticket, since, draw)
        so_far.take(nonce, table, draw, table.since_after(winner, since))
        won = table.entries[winner]
        due_award = {
            "entry": won.name,
            "value": won.value,
            "rarity": str(won.rarity),
            "item": won.item,
        }
        for name, expected in due_award.items():
            if roll[name] != expected:
                found.fault(
                    "award",
                    f"{at}.{name}: ticket {ticket} wins {_said(expected)}, not {_said(roll[name])}",
                )


def verify_proof(proof: object) -> Verification:
    """Check a proof as it was read from JSON; every fault names its field."""
    found = Findings()
    _verify(found, proof)
    return found.verification()


def _verify(found: Findings, proof: object) -> None:
    if not isinstance(proof, dict):
        found.fault("commitment", "this is no proof: it is not a JSON object")
        return
    if proof.get("format") != FORMAT:
        found.fault("commitment", f"format: this is no proof of inventui ({FORMAT!r} expected)")
    if type(proof.get("version")) is not int or proof["version"] != VERSION:
        found.fault("commitment", f"version: only version {VERSION} can be checked")
    for name in proof.keys() - _PROOF_FIELDS:
        found.fault("commitment", f"{_said(name)}: no such field")
    tables = _tables(found, proof.get("odds_tables"))
    pairs = proof.get("pairs")
    if not isinstance(pairs, list) or not pairs:
        found.fault("commitment", "pairs: a list of at least one seed pair is expected")
        return
    committed: set[str] = set()
    used: set[str] = set()
    for index, pair in enumerate(pairs):
        place = f"pairs[{index}]"
        if not _shaped(found, "commitment", place, pair, _PAIR_FIELDS):
            continue
        if pair["server_seed_hash"] in committed:
            found.fault("commitment", f"{place}.server_seed_hash: an earlier pair has it already")
        committed.add(pair["server_seed_hash"])
        check_pair(found, place, pair)
        rolls = [
            roll
            for i, roll in enumerate(pair["rolls"])
            if _shaped(found, "roll", f"{place}.rolls[{i}]", roll, _ROLL_FIELDS, COUNTS)
        ]
        if not pair["rolls"]:
            found.fault("roll", f"{place}.rolls: a pair without rolls proves nothing")
        check_rolls(found, place, pair, rolls, tables)
        used.update(roll["odds_hash"] for roll in rolls)
    for hash_ in tables.keys() - used:
        found.fault("odds_table", f"odds_tables[{hash_[:16]}]: no roll uses it")


def _tables(found: Findings, raw: object) -> dict[str, OddsTable]:
    if not isinstance(raw, dict):
        found.fault("odds_table", "odds_tables: an object of odds tables is expected")
        return {}
    tables = {}
    for hash_, content in raw.items():
        place = f"odds_tables[{_said(hash_)[:16]}]"
        try:
            text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
            if not _encodes(text):
                raise ValueError("not an odds table")
            table = from_canonical(text)
        except (TypeError, ValueError, RecursionError) as error:
            what = error if type(error) is ValueError else "not an odds table"
            found.fault("odds_table", f"{place}: {what}")
            continue
        if table.hash != hash_:
            found.fault("odds_table", f"{place}: the table's hash is {table.hash}")
            continue
        tables[str(hash_)] = table
    return tables


def _shaped(
    found: Findings,
    check: str,
    place: str,
    raw: object,
    fields: Mapping[str, type],
    more: Sequence[str] = (),
) -> bool:
    """Whether `raw` is an object of exactly these fields, each of its type; `more` may be there."""
    if not isinstance(raw, dict):
        found.fault(check, f"{place}: an object is expected")
        return False
    sound = True
    for name, kind in fields.items():
        if not _of_kind(raw.get(name), kind):
            found.fault(check, f"{place}.{name}: missing, or not of its kind")
            sound = False
    for name in raw.keys() - fields.keys() - set(more):
        found.fault(check, f"{place}.{_said(name)}: no such field")
    return sound


def _of_kind(value: object, kind: type) -> bool:
    # JSON's true is a whole number to Python, and half a surrogate pair is a text.
    if type(value) is not kind:
        return False
    if isinstance(value, str):
        return _encodes(value)
    return not isinstance(value, int) or abs(value) < _LARGEST


def _encodes(text: str) -> bool:
    """Whether a text has a UTF-8 form, so that it could be hashed."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def _said(value: object) -> str:
    """A value as a fault tells it: nothing hidden, not too long."""
    try:
        text = printable(str(value))
    except (ValueError, RecursionError):
        return "something endless"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
