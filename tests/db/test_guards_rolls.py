"""Guards of rolls and seed pairs, attacked through direct SQL on a bare connection."""

import sqlite3

import pytest

from tests.db.attack import (
    ANA,
    BOB,
    a_player_item,
    an_operation,
    everything,
    insert,
    nothing_changes,
    one,
    refused,
    rows,
)
from tests.db.invariants import holds

VERBS = ["INSERT INTO", "INSERT OR REPLACE INTO", "INSERT OR IGNORE INTO", "REPLACE INTO"]


def pair(db: sqlite3.Connection, state: str, player: int = ANA) -> int:
    number = one(db, "SELECT id FROM seed_pair WHERE state = ? AND player_id = ?", state, player)
    assert isinstance(number, int)
    return number


def a_roll(db: sqlite3.Connection, verb: str = "INSERT INTO", **changes: object) -> int:
    """A roll as the engine writes one, with these columns changed."""
    active = pair(db, "active")
    values: dict[str, object] = {
        "operation_id": one(db, "SELECT max(id) FROM operation"),
        "seed_pair_id": active,
        "nonce": one(db, "SELECT nonce FROM seed_pair WHERE id = ?", active),
        "purpose": "case",
        "ticket": 5,
        "odds_table_id": 1,
    }
    return insert(db, "roll", verb, **(values | changes))


def test_a_roll_takes_the_next_nonce(db: sqlite3.Connection) -> None:
    before = everything(db)
    an_operation(db)
    nonce = one(db, "SELECT nonce FROM seed_pair WHERE id = ?", pair(db, "active"))
    a_roll(db, player_item_id=a_player_item(db))
    a_roll(db)
    assert one(db, "SELECT nonce FROM seed_pair WHERE id = ?", pair(db, "active")) == nonce + 2
    holds(db, before)


ROLLS = {
    "a nonce that was used": {"nonce": 0},
    "the last nonce": {"nonce": 5},
    "a nonce ahead": {"nonce": 7},
    "a nonce below nothing": {"nonce": -1},
    "no nonce": {"nonce": None},
    "a ticket below nothing": {"ticket": -1},
    "a ticket too high": {"ticket": 10**6},
    "half a ticket": {"ticket": 0.5},
    "no ticket": {"ticket": None},
    "an entry below nothing": {"entry": -1},
    "an odds table that is not there": {"odds_table_id": 99},
    "no odds table": {"odds_table_id": None},
    "no operation": {"operation_id": None},
    "an operation that is not there": {"operation_id": 10**6},
    "a thing that is not there": {"player_item_id": 10**6},
    "a thing that another roll gave": {"player_item_id": 1},
    "a number that is taken": {"id": 1},
    "a number below nothing": {"id": -1},
    "the largest number": {"id": 2**63 - 1},
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("what", ROLLS)
def test_a_roll_is_refused_with(what: str, verb: str, db: sqlite3.Connection) -> None:
    an_operation(db)
    assert one(db, "SELECT nonce FROM seed_pair WHERE id = ?", pair(db, "active")) == 6
    with nothing_changes(db):
        a_roll(db, verb, **ROLLS[what])


@pytest.mark.parametrize("verb", VERBS)
def test_a_roll_belongs_to_the_operation_under_way(verb: str, db: sqlite3.Connection) -> None:
    an_operation(db)
    for (past,) in rows(db, "SELECT id FROM operation WHERE player_id = 1 ORDER BY id")[:-1]:
        with nothing_changes(db):
            a_roll(db, verb, operation_id=past)


def test_a_roll_of_another_player_or_of_none_is_refused(db: sqlite3.Connection) -> None:
    player_item = a_player_item(db, player=BOB)
    for player in (BOB, None):
        an_operation(db, player)
        with pytest.raises(sqlite3.IntegrityError):
            a_roll(db)
    an_operation(db)
    with pytest.raises(sqlite3.IntegrityError):
        a_roll(db, player_item_id=player_item)


@pytest.mark.parametrize("state", ["next", "retired"])
def test_only_the_active_pair_rolls(state: str, db: sqlite3.Connection) -> None:
    an_operation(db)
    other = pair(db, state)
    nonce = one(db, "SELECT nonce FROM seed_pair WHERE id = ?", other)
    with pytest.raises(sqlite3.IntegrityError):
        a_roll(db, seed_pair_id=other, nonce=nonce)


@pytest.mark.parametrize(
    "change",
    [
        "server_seed = lower(hex(zeroblob(32)))",
        "server_seed_hash = lower(hex(zeroblob(32)))",
        "player_id = 2",
        "number = number + 10",
        "id = id + 100",
        "nonce = nonce + 1",
        "nonce = nonce - 1",
        "nonce = 0, client_seed = 'mine'",
        "nonce = 99",
        "nonce = NULL",
        "client_seed = 'mine'",
        "retired_at = 5",
        "state = 'unknown'",
        "state = NULL",
    ],
)
@pytest.mark.parametrize("state", ["active", "next", "retired"])
def test_a_commitment_is_never_altered(change: str, state: str, db: sqlite3.Connection) -> None:
    for verb in ("UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"):
        refused(db, f"{verb} seed_pair SET {change} WHERE id = ?", pair(db, state))


@pytest.mark.parametrize(
    ("old", "new"),
    [(a, b) for a in ("next", "active", "retired") for b in ("next", "active", "retired")],
)
def test_a_pair_goes_from_next_to_active_to_retired_and_no_other_way(
    old: str, new: str, db: sqlite3.Connection
) -> None:
    number = pair(db, old)
    change = "UPDATE seed_pair SET state = ?, retired_at = coalesce(retired_at, 5) WHERE id = ?"
    if (old, new) == ("active", "retired"):
        refused(db, "UPDATE seed_pair SET state = 'retired' WHERE id = ?", number)
        db.execute(change, (new, number))
        assert pair(db, "retired") is not None
    elif old != new:
        refused(db, change, new, number)
        refused(db, "UPDATE seed_pair SET state = ? WHERE id = ?", new, number)


@pytest.mark.parametrize("verb", ["UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"])
def test_the_next_pair_waits_until_the_active_one_is_retired(
    verb: str, db: sqlite3.Connection
) -> None:
    active, upcoming = pair(db, "active"), pair(db, "next")
    refused(db, f"{verb} seed_pair SET state = 'active' WHERE id = ?", upcoming)
    refused(
        db,
        f"{verb} seed_pair SET state = 'retired', retired_at = 9, client_seed = 'x' WHERE id = ?",
        active,
        by="a client seed is set when the pair becomes active",
    )
    db.execute("UPDATE seed_pair SET state = 'retired', retired_at = 9 WHERE id = ?", (active,))
    db.execute(
        f"{verb} seed_pair SET state = 'active', client_seed = 'mine' WHERE id = ?", (upcoming,)
    )
    assert pair(db, "active") == upcoming
    refused(db, f"{verb} seed_pair SET client_seed = 'again' WHERE id = ?", upcoming)
    refused(db, f"{verb} seed_pair SET retired_at = 10 WHERE id = ?", active)


PAIRS = {
    "an active one": {"state": "active"},
    "a retired one": {"state": "retired"},
    "one of no state": {"state": None},
    "one of an unknown state": {"state": "spare"},
    "a second next one": {},
    "one that was used": {"nonce": 3},
    "one that was retired": {"retired_at": 3},
    "one of nobody": {"player_id": 99},
    "a number that is taken": {"id": 1},
    "a number below nothing": {"id": -1},
    "the largest number": {"id": 2**63 - 1},
    "a place that is taken": {"number": 1},
    "a place far ahead": {"number": 99},
    "a place before the first": {"number": 0},
    "a place below nothing": {"number": -1},
}


RETIRE = (
    "UPDATE seed_pair SET state = 'retired', retired_at = 9"
    " WHERE player_id = 1 AND state = 'active'"
)
MOMENTS = {
    "in use": [],
    "with the active one retired": [RETIRE],
    "with the next one active": [
        RETIRE,
        "UPDATE seed_pair SET state = 'active' WHERE player_id = 1 AND state = 'next'",
    ],
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("what", PAIRS)
def test_a_pair_is_not_added(what: str, moment: str, verb: str, db: sqlite3.Connection) -> None:
    """Not even where its place is free: a seed that was not committed to must not slip in."""
    for change in MOMENTS[moment]:
        db.execute(change)
    values: dict[str, object] = {
        "player_id": ANA,
        "number": one(db, "SELECT max(number) + 1 FROM seed_pair WHERE player_id = ?", ANA),
        "state": "next",
        "server_seed": "0" * 64,
        "server_seed_hash": "0" * 64,
    }
    free = moment == "with the next one active"
    if free and what == "a second next one":
        insert(db, "seed_pair", verb, **values)
    with nothing_changes(db):
        insert(db, "seed_pair", verb, **(values | PAIRS[what]))


def test_a_players_first_pair_is_active_and_the_second_is_next(db: sqlite3.Connection) -> None:
    insert(db, "player", name="cy", name_key="cy")
    values = {"player_id": 3, "server_seed": "0" * 64, "server_seed_hash": "0" * 64}
    for number, state in ((1, "next"), (2, "active"), (2, "next"), (0, "active"), (1, "retired")):
        with nothing_changes(db):
            insert(db, "seed_pair", **values, number=number, state=state)
    insert(db, "seed_pair", **values, number=1, state="active")
    for number, state in ((2, "active"), (1, "next"), (3, "next")):
        with nothing_changes(db):
            insert(db, "seed_pair", **values, number=number, state=state)
    insert(db, "seed_pair", **values, number=2, state="next")


@pytest.mark.parametrize("verb", VERBS)
def test_an_odds_table_is_kept_once_and_for_ever(verb: str, db: sqlite3.Connection) -> None:
    hash_ = one(db, "SELECT hash FROM odds_table WHERE id = 1")
    for values in (
        {"hash": hash_, "canonical": "{}"},
        {"id": 1, "hash": "other", "canonical": "{}"},
        {"id": -1, "hash": "other", "canonical": "{}"},
        {"id": 10**6, "hash": "other", "canonical": "{}"},
        {"hash": None, "canonical": "{}"},
    ):
        with nothing_changes(db):
            insert(db, "odds_table", verb, **values)
