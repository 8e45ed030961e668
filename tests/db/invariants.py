"""What must hold of a world whatever was tried, reckoned from its journals alone."""

import sqlite3

from inventui.rules.core.lifecycle import TRANSITIONS
from tests.db.attack import JOURNALS, Row, everything


def broken(connection: sqlite3.Connection, before: dict[str, list[Row]]) -> list[str]:
    """What of the world's law does not hold any more, reckoned from the journals alone."""
    faults = []
    after = everything(connection)
    for table in JOURNALS:
        # An operation's outcome, its last column, may be filled in.
        keep = slice(None, -1) if table == "operation" else slice(None)
        left = {row[keep] for row in after[table]}
        if not {row[keep] for row in before[table]} <= left:
            faults.append(f"a line of {table} is gone or changed")
        numbers = [row[0] for row in after[table]]
        if numbers != list(range(1, len(numbers) + 1)):
            faults.append(f"{table} is not numbered from 1 without gaps")
    for table in ("account", "player_item", "seed_pair", "player", "item", "holding"):
        if not {row[0] for row in before[table]} <= {row[0] for row in after[table]}:
            faults.append(f"a row of {table} is gone")
    return faults + [name for name, sql in _LAW.items() if connection.execute(sql).fetchone()]


_HELD = "('owned', 'equipped', 'listed', 'offered')"
_LAW = {
    "a balance is the sum of its transfers": (
        "SELECT 1 FROM account a WHERE balance IS NOT"
        " (SELECT coalesce(sum(amount), 0) FROM transfer WHERE to_account_id = a.id)"
        " - (SELECT coalesce(sum(amount), 0) FROM transfer WHERE from_account_id = a.id)"
    ),
    "a player's balance is not below zero": (
        "SELECT 1 FROM account WHERE player_id IS NOT NULL AND balance < 0"
    ),
    "all accounts of a currency sum to zero": (
        "SELECT 1 FROM account GROUP BY currency HAVING sum(balance) <> 0"
    ),
    "an account has one owner and a known currency": (
        "SELECT 1 FROM account WHERE (player_id IS NULL) = (house IS NULL)"
        " OR currency NOT IN ('oranges', 'gems', 'experience')"
    ),
    "an owner has one account of a currency": (
        "SELECT 1 FROM account GROUP BY player_id, house, currency HAVING count(*) > 1"
    ),
    "an amount is a whole number above zero": (
        "SELECT 1 FROM transfer WHERE typeof(amount) <> 'integer' OR amount <= 0"
    ),
    "a status is that of the last move": (
        "SELECT 1 FROM player_item p WHERE status IS NOT (SELECT to_status FROM move"
        " WHERE player_item_id = p.id ORDER BY version DESC LIMIT 1)"
    ),
    "moves of a thing are numbered without gaps": (
        "SELECT 1 FROM player_item p WHERE version IS NOT (SELECT count(*) FROM move"
        " WHERE player_item_id = p.id) OR version IS NOT (SELECT coalesce(max(version), 0)"
        " FROM move WHERE player_item_id = p.id)"
    ),
    "each move begins where the last one ended": (
        "SELECT 1 FROM move m WHERE from_status IS NOT (SELECT to_status FROM move"
        " WHERE player_item_id = m.player_item_id AND version = m.version - 1)"
    ),
    "a move is a line of the table": (
        "SELECT 1 FROM move WHERE (from_status, event, to_status) NOT IN (VALUES "
        + ", ".join(f"('{s}', '{e}', '{end}')" for (s, e), end in TRANSITIONS.items() if s)
        + ") AND (from_status IS NOT NULL OR (event, to_status) NOT IN"
        " (VALUES ('acquire', 'owned'), ('drop', 'escrowed')))"
    ),
    "one thing is worn in a slot": (
        "SELECT 1 FROM player_item WHERE status = 'equipped' GROUP BY player_id, category"
        " HAVING count(*) > 1"
    ),
    "what is counted is what is held": (
        "SELECT 1 FROM holding h WHERE held IS NOT (SELECT count(*) FROM player_item p"
        f" WHERE p.player_id = h.player_id AND p.item_id = h.item_id AND status IN {_HELD})"
        " OR escrowed IS NOT (SELECT count(*) FROM player_item p WHERE p.player_id = h.player_id"
        " AND p.item_id = h.item_id AND status = 'escrowed')"
    ),
    "everything held is counted": (
        "SELECT 1 FROM player_item p WHERE status IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM holding h WHERE h.player_id = p.player_id AND h.item_id = p.item_id)"
    ),
    "a thing is handed on once, after it ended": (
        "SELECT 1 FROM player_item p LEFT JOIN player_item o ON o.id = p.origin_id"
        " WHERE p.origin_id IS NOT NULL AND (o.status IS NULL OR o.status NOT IN"
        " ('sold', 'gifted', 'traded', 'stolen') OR o.item_id <> p.item_id)"
        " UNION ALL SELECT 1 FROM player_item WHERE origin_id IS NOT NULL GROUP BY origin_id"
        " HAVING count(*) > 1"
    ),
    "a pair's nonce is the number of its rolls, from 0 without gaps": (
        "SELECT 1 FROM seed_pair s WHERE nonce IS NOT (SELECT count(*) FROM roll"
        " WHERE seed_pair_id = s.id) OR nonce - 1 IS NOT (SELECT coalesce(max(nonce), -1)"
        " FROM roll WHERE seed_pair_id = s.id)"
    ),
    "a player has at most one active and one next pair": (
        "SELECT 1 FROM seed_pair WHERE state <> 'retired' GROUP BY player_id, state"
        " HAVING count(*) > 1"
    ),
    "a thing comes from one roll of its owner": (
        "SELECT 1 FROM roll r LEFT JOIN player_item p ON p.id = r.player_item_id"
        " JOIN seed_pair s ON s.id = r.seed_pair_id WHERE r.player_item_id IS NOT NULL"
        " AND p.player_id IS NOT s.player_id UNION ALL SELECT 1 FROM roll"
        " WHERE player_item_id IS NOT NULL GROUP BY player_item_id HAVING count(*) > 1"
    ),
    "a key is used once": "SELECT 1 FROM operation GROUP BY scope, key HAVING count(*) > 1",
    "nothing points to what is not there": "SELECT 1 FROM pragma_foreign_key_check",
}


def holds(connection: sqlite3.Connection, before: dict[str, list[Row]]) -> None:
    """Fail with what of the world's law is broken."""
    assert broken(connection, before) == []
