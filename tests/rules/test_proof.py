"""Proof files: whatever is altered in one is caught, named, and never a crash."""

import copy
import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.cases.proof import MOST_FAULTS, Findings, Verification, verify_proof

CHECKS = ("commitment", "roll", "odds_table", "award")


def _canonical(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _table(case: str, price: int, *entries: tuple[str, int, str, int, str]) -> dict[str, Any]:
    names = ("name", "value", "rarity", "parts_per_million", "item")
    return {
        "version": 1,
        "case": case,
        "price": price,
        "entries": [dict(zip(names, entry, strict=True)) for entry in entries],
    }


CRATE = _table(
    "crate",
    100,
    ("Straw", 40, "common", 600_000, "straw"),
    ("Stämp", 120, "uncommon", 399_000, "stamp"),
    ("Gold", 15_000, "legendary", 1_000, "gold"),
)
BOX = _table(
    "box", 450, ("Stämp", 120, "uncommon", 500_000, "stamp"), ("Half", 650, "rare", 500_000, "half")
)


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _pair(
    number: int,
    client: str,
    tables: list[dict[str, Any]],
    server: str | None = None,
    first: int = 0,
) -> dict[str, Any]:
    """A pair with a roll on each table, made without the code that checks it."""
    server = _sha(f"server {number}") if server is None else server
    rolls = []
    for nonce, table in enumerate(tables, first):
        block = hmac.new(server.encode(), f"{client}:{nonce}:0".encode(), "sha256").digest()
        ticket = int.from_bytes(block[:4], "big") * 10**6 // 2**32
        upto, won = 0, table["entries"][-1]
        for entry in table["entries"]:
            upto += entry["parts_per_million"]
            if ticket < upto:
                won = entry
                break
        rolls.append(
            {
                "nonce": nonce,
                "ticket": ticket,
                "odds_hash": _sha(_canonical(table)),
                "entry": won["name"],
                "value": won["value"],
                "rarity": won["rarity"],
                "item": won["item"],
            }
        )
    return {
        "server_seed": server,
        "server_seed_hash": _sha(server),
        "client_seed": client,
        "rolls": rolls,
    }


def a_proof() -> dict[str, Any]:
    return {
        "format": "inventui-proof",
        "version": 1,
        "odds_tables": {_sha(_canonical(table)): copy.deepcopy(table) for table in (CRATE, BOX)},
        "pairs": [
            _pair(1, "lucky 7", [CRATE, BOX, CRATE, CRATE]),
            _pair(2, "100 % glück", [BOX, CRATE]),
        ],
    }


Path = tuple[str | int, ...]


def fields(content: Any, path: Path = ()) -> Iterator[Path]:
    """The path of every value inside, containers before what they hold."""
    if path:
        yield path
    if isinstance(content, dict):
        for name in content:
            yield from fields(content[name], (*path, name))
    elif isinstance(content, list):
        for index in range(len(content)):
            yield from fields(content[index], (*path, index))


def at(content: Any, path: Path) -> Any:
    for step in path:
        content = content[step]
    return content


def changed(path: Path, value: object) -> dict[str, Any]:
    proof = a_proof()
    at(proof, path[:-1])[path[-1]] = value
    return proof


FIELDS = list(fields(a_proof()))
SCALARS = [path for path in FIELDS if not isinstance(at(a_proof(), path), dict | list)]
KEYS = [path for path in FIELDS if isinstance(path[-1], str)]
OBJECTS: list[Path] = [(), *(path for path in FIELDS if isinstance(at(a_proof(), path), dict))]

# Which check must fail when a field of this name is altered.
CHECK_OF = {
    "format": "commitment",
    "version": "commitment",
    "pairs": "commitment",
    "server_seed": "commitment",
    "server_seed_hash": "commitment",
    "client_seed": "roll",
    "nonce": "roll",
    "ticket": "roll",
    "odds_hash": "odds_table",
    "odds_tables": "odds_table",
    "entry": "award",
    "value": "award",
    "rarity": "award",
    "item": "award",
}


def check_of(path: Path) -> str:
    """The check that an alteration at `path` must break."""
    return "odds_table" if path[0] == "odds_tables" else CHECK_OF[str(path[-1])]


def name_of(path: Path) -> str:
    """How a fault names a path; inside an odds table, which is hashed whole, the table."""
    if path[0] == "odds_tables":
        return f"odds_tables[{str(path[1])[:16]}]" if len(path) > 1 else "odds_tables"
    words = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in path]
    return "".join(words).lstrip(".")


def named(found: Verification, name: str) -> bool:
    """Whether a fault names this place."""
    if any(name in fault for fault in found.faults):
        return True
    # Client seed and nonce have no commitment of their own: each ticket that does not
    # follow from them names them. A table that is gone is missed by its hash.
    place, _, field = name.rpartition(".")
    word = {"odds_tables": ".odds_hash", "client_seed": " client_seed ", "nonce": " nonce "}
    return any(place in f and word.get(field, "\0") in f for f in found.faults)


def caught(proof: object, check: str, name: str) -> Verification:
    """The verification, which must fail this check and name this place."""
    found = verify_proof(proof)
    assert not found.ok
    assert not found.checks[check], found
    assert named(found, name), found.faults
    assert all(fault.isprintable() for fault in found.faults)
    return found


def ident(path: Path) -> str:
    return ".".join(str(step)[:12] for step in path) or "top"


def test_an_honest_proof_holds() -> None:
    found = verify_proof(a_proof())
    assert found.ok
    assert found.rolls == 6
    assert found.faults == ()
    assert tuple(found.checks) == CHECKS
    assert all(found.checks.values())


def test_it_holds_after_a_way_through_a_file_whatever_the_order_of_its_keys() -> None:
    assert verify_proof(json.loads(json.dumps(a_proof(), sort_keys=True))).ok
    assert verify_proof(json.loads(json.dumps(a_proof(), indent=3, ensure_ascii=False))).ok


def _near(value: object) -> list[object]:
    """Values of the same kind, as close by as can be."""
    if isinstance(value, int):
        return [value + 1, value - 1, -value - 1, value + 2**32]
    assert isinstance(value, str)
    last = "0" if value[-1:] != "0" else "1"
    return [value[:-1] + last, value + " ", value[1:], "", value.upper() + "É", value + "\x00"]


@pytest.mark.parametrize("path", SCALARS, ids=ident)
def test_every_altered_value_is_caught_by_the_right_check_and_named(path: Path) -> None:
    for value in _near(at(a_proof(), path)):
        caught(changed(path, value), check_of(path), name_of(path))


ALONE = [
    path
    for path in SCALARS
    if path[-1] in ("entry", "value", "rarity", "item", "server_seed_hash")
    and path[0] != "odds_tables"
]
"""Values from which no other check's values follow."""


def test_some_values_stand_alone() -> None:
    assert {path[-1] for path in ALONE} > {"entry", "value"}


@pytest.mark.parametrize("path", ALONE, ids=ident)
def test_only_the_check_that_concerns_a_value_fails_where_nothing_follows_from_it(
    path: Path,
) -> None:
    value = at(a_proof(), path)
    found = verify_proof(changed(path, value + 1 if isinstance(value, int) else value[:-1] + "~"))
    assert [check for check, holds in found.checks.items() if not holds] == [check_of(path)]
    assert len(found.faults) == 1


OTHER_KINDS: list[object] = [None, True, False, 1.0, 0, -1, "", "x", [], [[]], {}, {"x": 1}]
OTHER_KINDS += [float("nan"), float("inf"), "\ud800", "\udfff", 2**63, 10**30, 10**5_000]


@pytest.mark.parametrize("path", FIELDS, ids=ident)
def test_every_value_of_another_kind_is_caught_and_named(path: Path) -> None:
    value = at(a_proof(), path)
    same: object = float(value) if type(value) is int else str(value)
    texts: object = [value] if isinstance(value, str) else str(value)
    for other in (*OTHER_KINDS, same, texts):
        if type(other) is type(value) and other == value:
            continue
        found = verify_proof(changed(path, other))
        assert not found.ok, other
        assert named(found, name_of(path)), (other, found.faults)


@pytest.mark.parametrize("path", KEYS, ids=ident)
def test_every_missing_key_is_caught_and_named(path: Path) -> None:
    proof = a_proof()
    del at(proof, path[:-1])[path[-1]]
    if path[:-1] == ("odds_tables",):
        # The hash is what rolls name their table by.
        caught(proof, "odds_table", ".odds_hash")
    else:
        shape = {"rolls": "commitment"}.get(str(path[-1]))
        in_roll = "rolls" in path[:-1]
        in_pair = path[0] == "pairs" and len(path) == 3
        check = shape or ("roll" if in_roll else "commitment" if in_pair else check_of(path))
        caught(proof, check, name_of(path))


@pytest.mark.parametrize("path", KEYS, ids=ident)
def test_every_renamed_key_is_caught_and_named(path: Path) -> None:
    proof = a_proof()
    parent = at(proof, path[:-1])
    old = str(path[-1])
    new = old[:-1] + ("0" if old[-1] != "0" else "1")
    parent[new] = parent.pop(old)
    found = verify_proof(proof)
    assert not found.ok
    place = name_of(path) if path[0] == "odds_tables" and len(path) > 2 else new[:16]
    assert any(place in fault for fault in found.faults), found.faults


@pytest.mark.parametrize("path", OBJECTS, ids=ident)
def test_every_added_key_is_caught_and_named(path: Path) -> None:
    for name in ("x", "note", "\x1b[31m", "", "Nonce"):
        proof = a_proof()
        at(proof, path)[name] = 1
        found = verify_proof(proof)
        assert not found.ok
        inside = path[:1] == ("odds_tables",) and len(path) > 1
        place = name_of(path) if inside else name.replace("\x1b", "\\u001b")
        assert any(place in fault for fault in found.faults), found.faults
        assert all(fault.isprintable() for fault in found.faults)


def test_a_true_is_not_a_one() -> None:
    for path in SCALARS:
        if type(at(a_proof(), path)) is int:
            assert not verify_proof(changed(path, True)).ok
    assert not verify_proof(changed(("version",), 1.0)).ok


def test_an_odds_table_that_no_roll_uses_is_named() -> None:
    proof = a_proof()
    other = _table("other", 5, ("Only", 1, "common", 10**6, "only"))
    proof["odds_tables"][_sha(_canonical(other))] = other
    caught(proof, "odds_table", f"odds_tables[{_sha(_canonical(other))[:16]}]: no roll uses it")


def test_better_odds_under_an_honest_hash_are_caught_although_every_award_fits_them() -> None:
    proof = a_proof()
    hash_ = _sha(_canonical(CRATE))
    proof["odds_tables"][hash_]["entries"][0]["value"] = 4_000
    for pair in proof["pairs"]:
        for roll in pair["rolls"]:
            if roll["entry"] == "Straw":
                roll["value"] = 4_000
    found = caught(proof, "odds_table", f"odds_tables[{hash_[:16]}]: the table's hash is")
    assert not found.checks["odds_table"]


def test_a_table_swapped_for_another_sound_one_with_its_hash_breaks_the_award() -> None:
    proof = a_proof()
    roll = next(r for r in proof["pairs"][0]["rolls"] if r["odds_hash"] == _sha(_canonical(CRATE)))
    roll["odds_hash"] = _sha(_canonical(BOX))
    found = verify_proof(proof)
    assert found.checks == {"commitment": True, "roll": True, "odds_table": True, "award": False}


def test_a_pair_listed_twice_is_caught() -> None:
    proof = a_proof()
    proof["pairs"].append(copy.deepcopy(proof["pairs"][0]))
    caught(proof, "commitment", "pairs[2].server_seed_hash: an earlier pair has it already")


def test_a_roll_listed_twice_or_out_of_order_is_caught() -> None:
    proof = a_proof()
    rolls = proof["pairs"][0]["rolls"]
    rolls.insert(1, copy.deepcopy(rolls[0]))
    caught(proof, "roll", "pairs[0].rolls[1].nonce: 0 does not come after 0")
    proof = a_proof()
    proof["pairs"][0]["rolls"].reverse()
    caught(proof, "roll", "pairs[0].rolls[1].nonce")


def test_a_roll_moved_to_another_pair_is_caught() -> None:
    proof = a_proof()
    proof["pairs"][1]["rolls"].append(proof["pairs"][0]["rolls"].pop())
    caught(proof, "roll", "pairs[1].rolls[2].ticket")


def test_rolls_left_out_leave_a_smaller_proof_of_the_others() -> None:
    proof = a_proof()
    del proof["pairs"][0]["rolls"][1]
    found = verify_proof(proof)
    assert found.ok
    assert found.rolls == 5


def test_a_proof_of_nothing_is_no_proof() -> None:
    caught(changed(("pairs",), []), "commitment", "pairs")
    proof = a_proof()
    proof["pairs"][0]["rolls"] = []
    caught(proof, "roll", "pairs[0].rolls")


def test_a_ticket_off_the_table_is_a_fault_and_not_a_crash() -> None:
    for ticket in (-1, 10**6, -(2**62), 2**62):
        found = verify_proof(changed(("pairs", 0, "rolls", 0, "ticket"), ticket))
        assert not found.checks["roll"]
        assert found.checks["award"]


def test_odds_tables_that_are_no_object_are_named() -> None:
    for other in ([], None, "x", [CRATE, BOX]):
        found = verify_proof(changed(("odds_tables",), other))
        assert found.faults[0] == "odds_tables: an object of odds tables is expected"


def test_a_server_seed_that_no_world_would_draw_is_caught_although_all_else_fits() -> None:
    for server in ("", "secret", "A" * 64, "a" * 63, "a" * 65, "g" * 64):
        caught({**a_proof(), "pairs": [_pair(1, "x", [CRATE, BOX], server)]}, "commitment", "seed")


# Nonce 136,310 of this pair draws ticket 0: one in a million does.
FIRST_TICKET = (_sha("server 1"), 136_310)


def test_the_first_ticket_of_all_is_checked_like_any_other() -> None:
    honest = {**a_proof(), "pairs": [_pair(1, "x", [CRATE, BOX], *FIRST_TICKET)]}
    assert honest["pairs"][0]["rolls"][0]["ticket"] == 0
    assert verify_proof(honest).ok
    honest["pairs"][0]["rolls"][0]["entry"] = "Gold"
    caught(honest, "award", "pairs[0].rolls[0].entry")


def test_a_nonce_below_zero_is_a_fault() -> None:
    caught(changed(("pairs", 0, "rolls", 0, "nonce"), -1), "roll", "pairs[0].rolls[0].nonce: -1")


def test_what_a_fault_quotes_is_made_visible_and_cut() -> None:
    proof = changed(("pairs", 0, "rolls", 0, "entry"), "\x1b[2J\u202e" + "x" * 10_000)
    fault = caught(proof, "award", "pairs[0].rolls[0].entry").faults[0]
    assert "\\u001b[2J\\u202e" in fault
    assert len(fault) < 300


def test_many_faults_are_counted_not_listed() -> None:
    proof = a_proof()
    rolls = proof["pairs"][0]["rolls"]
    for nonce in range(200):
        rolls.append({**rolls[0], "nonce": 1_000 + nonce, "ticket": 10**6})
    found = verify_proof(proof)
    assert len(found.faults) == MOST_FAULTS + 1
    assert found.faults[-1] == "and 150 more"


def nested(depth: int, kind: type) -> object:
    content: object = 1
    for _ in range(depth):
        content = [content] if kind is list else {"x": content}
    return content


GARBAGE: dict[str, object] = {
    "nothing": None,
    "a list": [],
    "a list of proofs": [a_proof()],
    "a text": json.dumps(a_proof()),
    "bytes": b"{}",
    "a number": 7,
    "a huge number": 10**10_000,
    "true": True,
    "no number": float("nan"),
    "an empty object": {},
    "an object of numbers": {1: 2},
    "an object of huge numbers": {10**5_000: 10**5_000},
    "a set": {1, 2},
    "an object": object(),
    "a deep list": nested(100_000, list),
    "a deep object": nested(100_000, dict),
}


@pytest.mark.parametrize("what", GARBAGE)
def test_garbage_is_no_proof_and_no_crash(what: str) -> None:
    found = verify_proof(GARBAGE[what])
    assert not found.ok
    assert found.rolls == 0
    assert found.faults
    assert all(fault.isprintable() for fault in found.faults)


@pytest.mark.parametrize("path", FIELDS, ids=ident)
def test_garbage_in_any_place_is_a_fault_and_no_crash(path: Path) -> None:
    for what in GARBAGE.values():
        assert not verify_proof(changed(path, what)).ok


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(alphabet=st.characters(blacklist_categories=())),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.data(), JSON)
def test_anything_in_any_place_is_a_fault_unless_nothing_changed(
    data: st.DataObject, value: object
) -> None:
    path = data.draw(st.sampled_from(FIELDS))
    before = at(a_proof(), path)
    same = json.dumps(value) == json.dumps(before)
    assert verify_proof(changed(path, value)).ok is same


@given(JSON)
def test_no_json_makes_the_verifier_fail(value: object) -> None:
    assert not verify_proof(value).ok


def test_findings_hold_until_a_fault_is_noted() -> None:
    found = Findings()
    assert found.verification().ok
    found.fault("award", "x: wrong")
    result = found.verification()
    assert not result.ok
    assert result.checks == {"commitment": True, "roll": True, "odds_table": True, "award": False}
