"""What is written stays written: no line is changed, deleted, replaced or numbered at will."""

import sqlite3

import pytest

from inventui.rules.core.enums import Status
from tests.db.attack import (
    ANA,
    KEPT,
    a_player_item,
    a_player_item_that_is,
    an_operation,
    everything,
    insert,
    nothing_changes,
    one,
    refused,
    rows,
)

JOURNALS = ("transfer", "move", "roll", "odds_table")


def columns(db: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]


@pytest.mark.parametrize("table", JOURNALS)
@pytest.mark.parametrize("verb", ["UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"])
def test_no_column_of_a_journal_is_changed(table: str, verb: str, db: sqlite3.Connection) -> None:
    for column in [*columns(db, table), "rowid"]:
        for value in ("0", "NULL", f"{column} + 1", "'x'", f"{column}"):
            refused(db, f"{verb} {table} SET {column} = {value}", by=f"{table}: ")


@pytest.mark.parametrize("table", KEPT)
def test_nothing_is_deleted(table: str, db: sqlite3.Connection) -> None:
    assert one(db, f"SELECT count(*) FROM {table}") > 0
    refused(db, f"DELETE FROM {table}")
    refused(db, f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})")
    refused(db, f"DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} LIMIT 1)")


@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE INTO", "REPLACE INTO", "INSERT INTO"])
def test_no_row_is_put_again_in_its_place(table: str, verb: str, db: sqlite3.Connection) -> None:
    for choice in ("min", "max"):
        for given in ("*", "rowid, *"):
            names = ", ".join((["rowid"] if "rowid" in given else []) + columns(db, table))
            if "id" in columns(db, table) and "rowid" in given:
                continue
            refused(
                db,
                f"{verb} {table} ({names}) SELECT {given} FROM {table}"
                f" WHERE rowid = (SELECT {choice}(rowid) FROM {table})",
            )


@pytest.mark.parametrize("table", [t for t in KEPT if t != "holding"])
def test_a_replaced_row_can_t_be_smuggled_in_under_the_number_of_another(
    table: str, db: sqlite3.Connection
) -> None:
    others = [name for name in columns(db, table) if name != "id"]
    for alias in ("id", "rowid", "oid", "_rowid_"):
        refused(
            db,
            f"INSERT OR REPLACE INTO {table} ({alias}, {', '.join(others)})"
            f" SELECT 1, {', '.join(others)} FROM {table} WHERE id = 2",
        )


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE player SET id = 3 WHERE id = 1",
        "UPDATE player SET created_at = 1",
        "UPDATE OR REPLACE player SET name_key = 'bob' WHERE id = 1",
        "UPDATE OR REPLACE player SET id = 2 WHERE id = 1",
        "INSERT OR REPLACE INTO player (name, name_key, look, created_at, revealed_operation_id)"
        " VALUES ('bob', 'bob', 'bob', 0, 0)",
        "INSERT OR REPLACE INTO player VALUES (1, 'cy', 'cy', 'cy', 0, 0)",
        "INSERT INTO player VALUES (-1, 'cy', 'cy', 'cy', 0, 0)",
        "INSERT INTO player VALUES (99, 'cy', 'cy', 'cy', 0, 0)",
        "UPDATE item SET id = id + 1000",
        "UPDATE item SET category = 'weapon' WHERE slug = 'lemon'",
        "UPDATE item SET slug = 'mine' WHERE slug = 'lemon'",
        "UPDATE OR REPLACE item SET slug = 'lemon' WHERE slug = 'straw'",
        "UPDATE case_box SET odds_table_id = 99",
        "UPDATE case_box SET odds_table_id = NULL",
        "UPDATE case_box SET price = 0",
        "UPDATE case_box SET price = -5",
        "UPDATE OR REPLACE case_box SET id = 1 WHERE id = 2",
        "UPDATE OR REPLACE case_box SET slug = 'crate' WHERE slug = 'box'",
        "DELETE FROM case_box",
    ],
)
def test_players_items_and_cases_stay_who_and_what_they_are(
    attack: str, db: sqlite3.Connection
) -> None:
    refused(db, attack)


@pytest.mark.parametrize("table", ["item", "case_box"])
@pytest.mark.parametrize("verb", ["INSERT INTO", "INSERT OR REPLACE INTO", "INSERT OR IGNORE INTO"])
@pytest.mark.parametrize("number", [1, 2, -1, 0, 10**4, 2**63 - 1])
def test_a_new_item_or_case_takes_the_next_number(
    table: str, verb: str, number: int, db: sqlite3.Connection
) -> None:
    others = [name for name in columns(db, table) if name not in ("id", "slug")]
    sql = f"{verb} {table} (id, slug, {', '.join(others)}) SELECT ?, 'new', {', '.join(others)}"
    with nothing_changes(db):
        db.execute(f"{sql} FROM {table} WHERE id = 1", (number,))
    db.execute(f"{sql} FROM {table} WHERE id = 1", (one(db, f"SELECT max(id) + 1 FROM {table}"),))


@pytest.mark.parametrize(
    ("price", "odds"), [(0, 1), (-5, 1), (None, 1), (5, 99), (5, 0), (5, None), (0, 99)]
)
def test_a_new_case_has_a_price_and_odds_that_are_kept(
    price: int | None, odds: int | None, db: sqlite3.Connection
) -> None:
    with nothing_changes(db):
        insert(db, "case_box", slug="new", name="New", price=price, odds_table_id=odds)
    insert(db, "case_box", slug="new", name="New", price=1, odds_table_id=1)


def test_a_player_may_take_another_name(db: sqlite3.Connection) -> None:
    db.execute("UPDATE player SET name = 'Anna', name_key = 'anna' WHERE id = 1")
    db.execute("UPDATE player SET revealed_operation_id = 9 WHERE id = 2")
    assert rows(db, "SELECT name, revealed_operation_id FROM player")[0][0] == "Anna"


def test_an_item_is_not_replaced_by_its_slug(db: sqlite3.Connection) -> None:
    others = [name for name in columns(db, "item") if name != "id"]
    for verb in ("INSERT OR REPLACE INTO", "REPLACE INTO"):
        refused(
            db,
            f"{verb} item ({', '.join(others)}) SELECT {', '.join(others)} FROM item"
            " WHERE slug = 'lemon'",
        )


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE world_setting SET value = 'mine' WHERE name = 'seed'",
        "UPDATE world_setting SET value = '0' WHERE name = 'created_at'",
        "UPDATE world_setting SET name = 'other' WHERE name = 'seed'",
        "UPDATE OR REPLACE world_setting SET name = 'seed' WHERE name = 'pack'",
        "UPDATE OR REPLACE world_setting SET rowid = 1 WHERE name = 'pack'",
        "INSERT OR REPLACE INTO world_setting VALUES ('seed', 'mine')",
        "INSERT INTO world_setting VALUES ('seed', 'x') ON CONFLICT DO UPDATE SET value = 'mine'",
        "INSERT OR REPLACE INTO world_setting (rowid, name, value) VALUES (1, 'x', 'y')",
        "INSERT INTO world_setting (rowid, name, value) VALUES (0, 'x', 'y')",
        "INSERT INTO world_setting (rowid, name, value) VALUES (-1, 'x', 'y')",
        "DELETE FROM world_setting",
    ],
)
def test_the_worlds_seed_and_beginning_are_set_once(attack: str, db: sqlite3.Connection) -> None:
    refused(db, attack)


def test_the_pack_s_mark_may_change(db: sqlite3.Connection) -> None:
    db.execute("UPDATE world_setting SET value = 'new' WHERE name = 'pack'")
    assert one(db, "SELECT value FROM world_setting WHERE name = 'pack'") == "new"


@pytest.mark.parametrize("verb", ["INSERT OR REPLACE INTO", "REPLACE INTO"])
def test_the_last_line_of_a_journal_is_not_replaced_by_a_sound_one(
    verb: str, db: sqlite3.Connection
) -> None:
    """The line that takes its place would be applied, to others than the old one was."""
    operation = an_operation(db)
    db.execute(
        "INSERT INTO transfer (operation_id, kind, currency, amount, from_account_id,"
        " to_account_id, from_balance, to_balance) SELECT ?, '', 'gems', 1, f.id, t.id,"
        " f.balance - 1, t.balance + 1 FROM account f, account t WHERE f.player_id = 1"
        " AND t.player_id = 2 AND f.currency = 'gems' AND t.currency = 'gems'",
        (operation,),
    )
    refused(
        db,
        f"{verb} transfer (id, operation_id, kind, currency, amount, from_account_id,"
        " to_account_id, from_balance, to_balance) SELECT (SELECT max(id) FROM transfer), ?, '',"
        " 'oranges', 1, f.id, t.id, f.balance - 1, t.balance + 1 FROM account f, account t"
        " WHERE f.player_id = 1 AND t.player_id = 2 AND f.currency = 'oranges'"
        " AND t.currency = 'oranges'",
        operation,
        by="transfer: a line is never replaced",
    )
    a_player_item_that_is(db, Status.OWNED)
    other = a_player_item(db)
    refused(
        db,
        f"{verb} move (id, player_item_id, version, event, from_status, to_status, operation_id)"
        " VALUES ((SELECT max(id) FROM move), ?, 1, 'acquire', NULL, 'owned',"
        " (SELECT max(id) FROM operation))",
        other,
        by="move: a line is never replaced",
    )


def test_a_number_below_nothing_can_t_stop_every_later_line(db: sqlite3.Connection) -> None:
    """SQLite says −1 for a number that it has yet to give."""
    for table in ("operation", "odds_table", "player", "seed_pair"):
        others = [name for name in columns(db, table) if name != "id"]
        refused(
            db,
            f"INSERT INTO {table} (id, {', '.join(others)})"
            f" SELECT -1, {', '.join(others)} FROM {table} LIMIT 1",
        )
    insert(db, "operation", scope=ANA, player_id=ANA, key="k", kind="x", request="{}")


def test_several_lines_in_one_statement_are_all_refused_if_one_is(
    db: sqlite3.Connection,
) -> None:
    for verb in ("INSERT INTO", "INSERT OR IGNORE INTO"):
        refused(
            db,
            f"{verb} operation (scope, key, player_id, kind, request, at)"
            " VALUES (1, 'new', 1, 'x', '{}', 0), (2, 'new', 1, 'x', '{}', 0)",
        )


def test_a_type_that_is_not_the_columns_is_refused(db: sqlite3.Connection) -> None:
    """STRICT tables: no text, no blob and no fraction in a column of whole numbers."""
    before = everything(db)
    for bad in ("many", b"\x00\x01", 0.5, float("inf")):
        for column in ("scope", "at", "player_id"):
            values: dict[str, object] = {"scope": 0, "key": "k", "kind": "x", "request": "{}"}
            with pytest.raises(sqlite3.IntegrityError):
                insert(db, "operation", **(values | {column: bad}))
    with pytest.raises(sqlite3.IntegrityError):
        insert(db, "operation", scope=0, key=b"k", kind="x", request="{}")
    assert everything(db) == before


def test_a_number_written_as_text_or_with_a_point_is_that_number(
    db: sqlite3.Connection,
) -> None:
    number = insert(
        db, "operation", scope="1", player_id=1.0, key="k", kind="x", request="{}", outcome="{}"
    )
    found = rows(db, "SELECT scope, player_id, typeof(scope) FROM operation WHERE id = ?", number)
    assert found == [(1, 1, "integer")]
