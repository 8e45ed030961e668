"""Guards of withdrawals and passphrases, attacked on a bare connection."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.rules.people.passphrases import NONE_ASKED
from tests.builders import put_copy
from tests.db.attack import (
    a_player_item_that_is,
    an_operation,
    bare,
    insert,
    move,
    nothing_changes,
    one,
    refused,
)
from tests.db.people_world import ANA, BOB, CY, columns, peopled


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    path = tmp_path / "world.db"
    put_copy(peopled(), path)
    with bare(path) as connection:
        yield connection


# Withdrawals


def test_only_what_was_withdrawn_by_the_operation_under_way_has_a_line(
    db: sqlite3.Connection,
) -> None:
    player_item = a_player_item_that_is(db, None, "squeezer")
    move(db, player_item, "acquire", None, "owned")
    operation = an_operation(db)
    sound: dict[str, object] = {
        "operation_id": operation,
        "player_id": ANA,
        "player_item_id": player_item,
        "state": "pending",
    }
    with nothing_changes(db):
        insert(db, "withdrawal", **sound)
    move(db, player_item, "withdraw", "owned", "withdrawn")
    for change in (
        {"player_id": BOB},
        {"player_item_id": 1},
        {"player_item_id": None},
        {"state": "delivered"},
        {"state": "delivered", "delivered_by": operation, "path": "/x"},
        {"state": "gone"},
        {"path": "/x"},
        {"delivered_by": operation},
        {"operation_id": 1},
        {"id": 10**6},
        {"id": -1},
    ):
        with nothing_changes(db):
            insert(db, "withdrawal", **(sound | change))
    insert(db, "withdrawal", **sound)
    for verb in ("INSERT INTO", "INSERT OR REPLACE INTO", "INSERT OR IGNORE INTO"):
        with nothing_changes(db):
            insert(db, "withdrawal", verb, **sound)


@pytest.mark.parametrize("verb", ["UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"])
def test_a_withdrawal_stays_what_it_is(verb: str, db: sqlite3.Connection) -> None:
    an_operation(db)
    for column in [*columns(db, "withdrawal"), "rowid"]:
        for value in ("0", "NULL", f"{column} + 1", "'delivered'", "'pending'"):
            with nothing_changes(db):
                db.execute(f"{verb} withdrawal SET {column} = {value}")


def test_a_withdrawal_is_delivered_once_by_the_operation_under_way(
    db: sqlite3.Connection,
) -> None:
    operation = an_operation(db)
    pending = "WHERE state = 'pending'"
    deliver = "UPDATE withdrawal SET state = 'delivered', path = {}, delivered_by = {} {}"
    for path, by in (("''", operation), ("'/x'", 1), ("'/x'", "NULL"), ("'/x'", operation + 1)):
        refused(db, deliver.format(path, by, pending))
    refused(
        db,
        f"UPDATE withdrawal SET state = 'delivered', path = '/x', delivered_by = {operation},"
        f" details = 'x' {pending}",
    )
    db.execute(deliver.format("'/x'", operation, pending))
    later = an_operation(db)
    refused(db, deliver.format("'/y'", later, ""))
    refused(db, "UPDATE withdrawal SET state = 'pending', path = '', delivered_by = NULL")


# Passphrases

HASH = "$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA"


def anything_is_like_a_hash(db: sqlite3.Connection) -> None:
    """A client's own idea of what is like what must not count; on a server it can have none."""
    if isinstance(db, sqlite3.Connection):
        db.create_function(
            "like", 2, lambda pattern, text: pattern[0] == "$" or text.startswith("sqlite_")
        )


@pytest.mark.parametrize(
    "change",
    [
        {"hash": ""},
        {"hash": "lemon tree"},
        {"hash": "$argon2i$v=19$x"},
        {"hash": "$argon2id"},
        {"hash": "$ARGON2ID$v=19"},
        {"hash": None},
        {"failures": -1},
        {"player_id": 99},
        {"player_id": ANA},
        {"player_id": None},
    ],
)
@pytest.mark.parametrize("verb", ["INSERT INTO", "INSERT OR REPLACE INTO", "INSERT OR IGNORE INTO"])
def test_a_passphrase_is_a_hash_of_a_player_who_has_none(
    verb: str, change: dict[str, object], db: sqlite3.Connection
) -> None:
    anything_is_like_a_hash(db)
    with nothing_changes(db):
        insert(db, "passphrase", verb, **({"player_id": CY, "hash": HASH} | change))


@pytest.mark.parametrize(
    "attack",
    [
        "player_id = 3",
        "player_id = player_id + 1",
        "hash = ''",
        "hash = 'lemon tree'",
        "hash = NULL",
        "hash = 0",
        "hash = '$argon2id'",
        "failures = -1",
        "failures = NULL",
    ],
)
@pytest.mark.parametrize("verb", ["UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"])
def test_a_passphrase_stays_its_players(verb: str, attack: str, db: sqlite3.Connection) -> None:
    anything_is_like_a_hash(db)
    with nothing_changes(db):
        db.execute(f"{verb} passphrase SET {attack} WHERE player_id = 1")


def test_a_passphrase_is_set_changed_and_taken_away(db: sqlite3.Connection) -> None:
    insert(db, "passphrase", player_id=CY, hash=HASH)
    db.execute("UPDATE passphrase SET hash = ?, failures = 3 WHERE player_id = 3", (HASH + "x",))
    db.execute("UPDATE passphrase SET hash = ? WHERE player_id = 3", (NONE_ASKED,))
    assert one(db, "SELECT hash FROM passphrase WHERE player_id = 3") == NONE_ASKED
