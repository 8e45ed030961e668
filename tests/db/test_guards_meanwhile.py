"""Triggers of one connection, which act while a guard's own change is under way."""

import sqlite3

import pytest

from tests.db.attack import an_operation, everything, nothing_changes
from tests.db.invariants import holds

LINES = {
    "account": (
        "INSERT INTO transfer (operation_id, kind, currency, amount, from_account_id,"
        " to_account_id, from_balance, to_balance) SELECT (SELECT max(id) FROM operation), '',"
        " f.currency, 5, f.id, t.id, f.balance - 5, t.balance + 5 FROM account f, account t"
        " WHERE f.player_id = 1 AND f.currency = 'oranges' AND t.player_id = 2"
        " AND t.currency = 'oranges'"
    ),
    "player_item": (
        "INSERT INTO move (player_item_id, version, event, from_status, to_status, operation_id)"
        " SELECT id, version + 1, 'gift', 'owned', 'gifted', (SELECT max(id) FROM operation)"
        " FROM player_item WHERE status = 'owned' AND locked = 0 LIMIT 1"
    ),
    "seed_pair": (
        "INSERT INTO roll (operation_id, seed_pair_id, nonce, purpose, ticket, odds_table_id,"
        " entry) SELECT o.id, s.id, s.nonce, '', 5, 1, 0 FROM seed_pair s, operation o"
        " WHERE s.state = 'active' AND s.player_id = 1 ORDER BY o.id DESC LIMIT 1"
    ),
}
# What a line that is being applied justifies, and more than that.
MEANWHILE = {
    "account": [
        "balance = 1000000, last_transfer_id = NEW.last_transfer_id",
        "balance = NEW.balance + 1, last_transfer_id = NEW.last_transfer_id, spent = NEW.spent",
        "balance = NEW.balance, last_transfer_id = NEW.last_transfer_id, spent = 99",
        "balance = NEW.balance, last_transfer_id = NEW.last_transfer_id, currency = 'gems'",
        "balance = NEW.balance, last_transfer_id = NEW.last_transfer_id, house = 'admin'",
        "balance = NEW.balance, last_transfer_id = NEW.last_transfer_id, id = 9999",
        "balance = NEW.balance, last_transfer_id = NEW.last_transfer_id, player_id = NULL",
        "balance = NEW.balance, last_transfer_id = NEW.last_transfer_id + 1",
    ],
    "player_item": [
        "status = 'owned', version = NEW.version",
        "status = 'equipped', version = NEW.version",
        "status = NEW.status, version = NEW.version + 1",
        "status = NEW.status, version = NEW.version, player_id = 2",
        "status = NEW.status, version = OLD.version",
        "status = OLD.status, version = NEW.version",
    ],
    "holding": [
        "held = held + 5, last_move_id = NEW.last_move_id",
        "held = NEW.held, escrowed = 3, last_move_id = NEW.last_move_id",
        "held = NEW.held, last_move_id = NEW.last_move_id + 1",
        "held = NEW.held, last_move_id = NEW.last_move_id - 1",
        "held = NEW.held, last_move_id = NEW.last_move_id, player_id = 2, item_id = 999",
    ],
    "seed_pair": [
        "nonce = NEW.nonce + 1",
        "nonce = 0",
        "nonce = NEW.nonce, client_seed = 'mine'",
        "nonce = NEW.nonce, server_seed = 'mine'",
        "nonce = NEW.nonce, retired_at = 7",
        "nonce = NEW.nonce, state = 'next'",
    ],
}


@pytest.mark.parametrize(("table", "change"), [(t, c) for t in MEANWHILE for c in MEANWHILE[t]])
def test_a_line_that_is_being_applied_justifies_itself_alone(
    table: str, change: str, db: sqlite3.Connection
) -> None:
    """A temporary trigger acts while the line stands and what follows from it does not yet."""
    line = LINES["player_item" if table == "holding" else table]
    same = {"holding": "player_id = OLD.player_id AND item_id = OLD.item_id"}
    an_operation(db)
    db.execute(
        f"CREATE TEMP TRIGGER evil BEFORE UPDATE ON main.{table} BEGIN"
        f" UPDATE {table} SET {change} WHERE {same.get(table, 'id = OLD.id')}; END"
    )
    with nothing_changes(db):
        db.execute(line)
    db.execute("DROP TRIGGER evil")
    before = everything(db)
    db.execute(line)
    holds(db, before)
    assert everything(db) != before
