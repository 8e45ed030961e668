"""Guards of operations, attacked through direct SQL on a bare connection."""

import sqlite3

import pytest

from tests.db.attack import (
    ANA,
    BOB,
    insert,
    nothing_changes,
    refused,
)

VERBS = [
    "INSERT INTO",
    "INSERT OR REPLACE INTO",
    "INSERT OR IGNORE INTO",
    "INSERT OR FAIL INTO",
    "REPLACE INTO",
]
LARGEST = 2**63 - 1


OPERATIONS = {
    "a key that was used": {"key": "used"},
    "another player's key": {"scope": BOB},
    "the world's key": {"scope": 0},
    "a player's key for the world": {"player_id": None},
    "a player who is not there": {"scope": 99, "player_id": 99},
    "no key": {"key": None},
    "no request": {"request": None},
    "a number that is taken": {"id": 1},
    "a number below nothing": {"id": -1},
    "the largest number": {"id": LARGEST},
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("what", OPERATIONS)
def test_an_operation_does_not_begin(what: str, verb: str, db: sqlite3.Connection) -> None:
    values = {"scope": ANA, "player_id": ANA, "kind": "x", "request": "{}"}
    insert(db, "operation", **values, key="used")
    with nothing_changes(db):
        insert(db, "operation", verb, **{**values, "key": "fresh", **OPERATIONS[what]})


@pytest.mark.parametrize(
    "change",
    [
        "outcome = NULL",
        "outcome = '{}'",
        "key = 'mine'",
        "scope = 2",
        "player_id = 2",
        "kind = 'grant'",
        "request = '{}'",
        "at = 0",
        "id = 9999",
    ],
)
def test_an_operation_that_was_answered_never_changes(change: str, db: sqlite3.Connection) -> None:
    for verb in ("UPDATE", "UPDATE OR REPLACE"):
        refused(db, f"{verb} operation SET {change} WHERE kind = 'sell'")


def test_an_outcome_is_filled_in_once_and_nothing_with_it(db: sqlite3.Connection) -> None:
    number = insert(db, "operation", scope=ANA, player_id=ANA, key="k", kind="x", request="{}")
    for change in ("request = '2'", "at = 5", "kind = 'y'", "key = 'l'", "scope = 2", "id = 99"):
        refused(db, f"UPDATE operation SET outcome = '1', {change} WHERE id = ?", number)
    refused(db, "UPDATE operation SET outcome = '1', player_id = 2 WHERE id = ?", number)
    refused(db, "UPDATE operation SET outcome = NULL WHERE id = ?", number)
    db.execute("UPDATE operation SET outcome = '1' WHERE id = ?", (number,))
    refused(db, "UPDATE operation SET outcome = '2' WHERE id = ?", number)
