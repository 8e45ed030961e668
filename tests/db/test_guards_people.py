"""Guards of friends and gifts, attacked on a bare connection."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.rules.people.friends import FriendEvent
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

JOURNALS = ("friendship", "gift", "invitation_use")
KEPT = (*JOURNALS, "withdrawal", "passphrase", "invitation", "player_key", "player_lock")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    path = tmp_path / "world.db"
    put_copy(peopled(), path)
    with bare(path) as connection:
        yield connection


@pytest.mark.parametrize("table", KEPT)
def test_there_is_something_to_attack(table: str, db: sqlite3.Connection) -> None:
    assert one(db, f"SELECT count(*) FROM {table}") > 1


@pytest.mark.parametrize("table", JOURNALS)
@pytest.mark.parametrize("verb", ["UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"])
def test_no_column_of_a_line_is_changed(table: str, verb: str, db: sqlite3.Connection) -> None:
    for column in [*columns(db, table), "rowid"]:
        for value in ("0", "NULL", f"{column} + 1"):
            refused(db, f"{verb} {table} SET {column} = {value}", by=f"{table}: ")


@pytest.mark.parametrize("table", KEPT)
def test_nothing_is_deleted(table: str, db: sqlite3.Connection) -> None:
    refused(db, f"DELETE FROM {table}")
    refused(db, f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})")


@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE INTO", "REPLACE INTO", "INSERT INTO"])
def test_no_row_is_put_again_in_its_place(table: str, verb: str, db: sqlite3.Connection) -> None:
    an_operation(db)
    for choice in ("min", "max"):
        row = f"FROM {table} WHERE rowid = (SELECT {choice}(rowid) FROM {table})"
        refused(db, f"{verb} {table} SELECT * {row}")


# Friends

BONDS = {
    "nothing between them": (BOB, CY),
    "cy has asked": (ANA, CY),
    "friends": (ANA, BOB),
}
LAWFUL = {
    ("nothing between them", "request", BOB),
    ("nothing between them", "request", CY),
    ("cy has asked", "accept", ANA),
    ("cy has asked", "decline", ANA),
    ("cy has asked", "remove", CY),
    ("friends", "remove", ANA),
    ("friends", "remove", BOB),
}


def bond_line(db: sqlite3.Connection, low: int, high: int, **values: object) -> None:
    """Write the next line between two, under a new operation unless one is named."""
    number = one(
        db,
        "SELECT count(*) + 1 FROM friendship WHERE low_id = ? AND high_id = ?",
        low,
        high,
    )
    operation = values.pop("operation_id", None) or an_operation(db)
    insert(
        db,
        "friendship",
        **{
            "operation_id": operation,
            "low_id": low,
            "high_id": high,
            "number": number,
            "by_id": low,
            "event": "request",
            **values,
        },
    )


@pytest.mark.parametrize("bond", BONDS)
@pytest.mark.parametrize("event", [*FriendEvent, "marry", ""])
def test_a_line_between_two_follows_the_table(
    bond: str, event: str, db: sqlite3.Connection
) -> None:
    low, high = BONDS[bond]
    for by in (low, high, 4):
        db.execute("SAVEPOINT attempt")
        if (bond, event, by) in LAWFUL:
            bond_line(db, low, high, by_id=by, event=event)
        else:
            an_operation(db)
            operation = one(db, "SELECT max(id) FROM operation")
            with nothing_changes(db):
                bond_line(db, low, high, by_id=by, event=event, operation_id=operation)
        db.execute("ROLLBACK TO attempt")


@pytest.mark.parametrize(
    "change",
    [
        {"number": 2},
        {"number": 0},
        {"number": None},
        {"low_id": CY, "high_id": BOB},
        {"low_id": BOB, "high_id": BOB},
        {"low_id": BOB, "high_id": 99, "by_id": BOB},
        {"low_id": 0, "high_id": BOB, "by_id": BOB},
        {"operation_id": 1},
        {"id": 10**6},
        {"id": -1},
        {"at": "now"},
    ],
)
def test_an_unsound_line_between_two_is_refused(
    change: dict[str, object], db: sqlite3.Connection
) -> None:
    operation = an_operation(db)
    values = {"operation_id": operation, **change}
    low, high = values.pop("low_id", BOB), values.pop("high_id", CY)
    with nothing_changes(db):
        insert(
            db,
            "friendship",
            **{
                "low_id": low,
                "high_id": high,
                "number": 1,
                "by_id": BOB,
                "event": "request",
                **values,
            },
        )
    bond_line(db, BOB, CY)


# Gifts


def pay(db: sqlite3.Connection, amount: int, currency: str = "oranges") -> None:
    """Money goes from ana to bob, under the operation under way."""
    db.execute(
        "INSERT INTO transfer (operation_id, kind, currency, amount, from_account_id,"
        " to_account_id, from_balance, to_balance) SELECT (SELECT max(id) FROM operation), 'gift',"
        " ?, ?, f.id, t.id, f.balance - ?, t.balance + ? FROM account f, account t"
        " WHERE f.player_id = 1 AND t.player_id = 2 AND f.currency = ? AND t.currency = ?",
        (currency, amount, amount, amount, currency, currency),
    )


def test_a_gift_of_money_is_the_money_that_moved(db: sqlite3.Connection) -> None:
    sound: dict[str, object] = {"giver_id": ANA, "receiver_id": BOB, "oranges": 40}
    operation = an_operation(db)
    with nothing_changes(db):
        insert(db, "gift", operation_id=operation, **sound)
    pay(db, 40)
    for change in (
        {"oranges": 41},
        {"oranges": -40},
        {"oranges": 0},
        {"oranges": 0, "gems": 40},
        {"gems": 1},
        {"giver_id": BOB, "receiver_id": ANA},
        {"receiver_id": CY},
        {"receiver_id": ANA},
        {"receiver_id": None},
        {"operation_id": 1},
        {"id": 10**6},
        {"id": -1},
        {"received_id": 1},
        {"given_id": 1},
    ):
        with nothing_changes(db):
            insert(db, "gift", **{"operation_id": operation, **sound, **change})
    insert(db, "gift", operation_id=operation, **sound)


def hand_on(db: sqlite3.Connection, receiver: int = BOB) -> dict[str, object]:
    """A thing of ana's becomes somebody's; what the gift's line says."""
    player_item = a_player_item_that_is(db, None)
    move(db, player_item, "acquire", None, "owned")
    operation = an_operation(db)
    move(db, player_item, "gift", "owned", "gifted")
    item, category = db.execute(
        "SELECT item_id, category FROM player_item WHERE id = ?", (player_item,)
    ).fetchone()
    received = insert(
        db,
        "player_item",
        player_id=receiver,
        item_id=item,
        category=category,
        acquisition="gift",
        origin_id=player_item,
    )
    move(db, received, "acquire", None, "owned")
    return {
        "operation_id": operation,
        "giver_id": ANA,
        "receiver_id": receiver,
        "given_id": player_item,
        "received_id": received,
    }


def test_a_gift_of_a_thing_ends_one_row_and_begins_another(db: sqlite3.Connection) -> None:
    sound = hand_on(db)
    alive = one(db, "SELECT max(id) FROM player_item WHERE player_id = 1 AND status = 'owned'")
    for change in (
        {"given_id": alive},
        {"received_id": alive},
        {"given_id": sound["received_id"]},
        {"received_id": sound["given_id"]},
        {"given_id": None},
        {"received_id": None},
        {"giver_id": CY},
        {"receiver_id": CY},
        {"giver_id": BOB, "receiver_id": ANA},
        {"oranges": 1},
        {"gems": 1},
    ):
        with nothing_changes(db):
            insert(db, "gift", **(sound | change))
    insert(db, "gift", **sound)
    # The last line of a journal is not replaced anyway: a gap would be left.
    insert(db, "gift", **hand_on(db))
    later = an_operation(db)
    for verb in ("INSERT INTO", "INSERT OR REPLACE INTO", "INSERT OR IGNORE INTO"):
        with nothing_changes(db):
            insert(db, "gift", verb, **(sound | {"operation_id": later}))


def test_gifts_go_between_friends_only(db: sqlite3.Connection) -> None:
    sound = hand_on(db, CY)
    with nothing_changes(db):
        insert(db, "gift", **sound)
    operation = an_operation(db)
    bond_line(db, ANA, BOB, event="remove", operation_id=operation)
    pay(db, 40)
    with nothing_changes(db):
        insert(db, "gift", operation_id=operation, giver_id=ANA, receiver_id=BOB, oranges=40)


# Coming in from elsewhere


@pytest.mark.parametrize(
    "sql",
    [
        *(
            f"UPDATE {table} SET {column} = {value}"
            for table, column, value in (
                ("invitation", "uses", "9"),
                ("invitation", "until", "until + 1"),
                ("invitation", "hash", "hash || 'x'"),
                ("player_key", "player_id", "3"),
                ("player_key", "fingerprint", "'x'"),
                ("player_key", "key", "key || 'x'"),
                ("player_lock", "player_id", "3"),
                ("player_lock", "locked", "7"),
            )
        ),
        "INSERT INTO invitation (hash, uses, made_at, until) VALUES ('x', 0, 0, 9)",
        "INSERT INTO invitation (hash, uses, made_at, until) VALUES ('x', 1, 9, 9)",
        "INSERT INTO invitation (id, hash, uses, made_at, until) VALUES (9, 'x', 1, 0, 9)",
        "INSERT INTO player_key (player_id, fingerprint, key, note, added_at)"
        " VALUES (99, 'x', 'y', '', 0)",
        "INSERT INTO player_lock VALUES (99, 1, 0)",
        "INSERT INTO player_lock VALUES (3, 7, 0)",
    ],
)
def test_how_players_come_in_is_changed_by_no_client(sql: str, db: sqlite3.Connection) -> None:
    refused(db, sql)


@pytest.mark.parametrize("table", ["invitation", "player_key"])
def test_what_was_taken_back_stays_so(table: str, db: sqlite3.Connection) -> None:
    column = "revoked_at" if table == "invitation" else "removed_at"
    db.execute(f"UPDATE {table} SET {column} = 5")
    for value in ("NULL", "6"):
        refused(db, f"UPDATE {table} SET {column} = {value}")


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({}, "rename"),
        ({"number": 1}, "player"),
        ({"number": 3}, "player"),
        ({"player_id": 1}, "player"),
        ({"invitation_id": 99}, "player"),
        ({}, "player"),
    ],
)
def test_an_invitation_is_used_no_more_than_it_allows(
    change: dict[str, object], kind: str, db: sqlite3.Connection
) -> None:
    latest = an_operation(db, None, kind)
    values = {
        "operation_id": latest,
        "invitation_id": 1,
        "number": 2,
        "player_id": one(db, "SELECT max(id) FROM player"),
        **change,
    }
    with nothing_changes(db):
        insert(db, "invitation_use", **values)
