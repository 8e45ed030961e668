"""Selling many things to the house at once, by hand, under the same triggers."""

import json
from collections.abc import Sequence
from pathlib import Path
from time import time
from uuid import uuid4

from benchmarks.floors.store import connect


class HandSale:
    """Sells things of one player."""

    def __init__(self, path: Path, player: str) -> None:
        self.connection = connect(path)
        execute = self.connection.execute
        (self.player,) = execute("SELECT id FROM player WHERE name = ?", (player,)).fetchone()
        (self.purse,) = execute(
            "SELECT id FROM account WHERE player_id = ? AND currency = 'oranges'", (self.player,)
        ).fetchone()
        (self.faucet,) = execute(
            "SELECT id FROM account WHERE house = 'sale' AND currency = 'oranges'"
        ).fetchone()

    def sell(self, player_items: Sequence[int]) -> None:
        """Check that all are this player's to sell, end each, and collect the sum."""
        execute, ids = self.connection.execute, json.dumps(list(player_items))
        execute("BEGIN IMMEDIATE")
        number, total = execute(
            "SELECT count(*), sum(i.value) FROM json_each(?) j"
            " CROSS JOIN player_item p ON p.id = j.value JOIN item i ON i.id = p.item_id"
            " WHERE p.player_id = ? AND p.status = 'owned' AND NOT p.locked"
            " AND p.category IN ('collectible', 'weapon', 'armor', 'business', 'housing')",
            (ids, self.player),
        ).fetchone()
        assert number == len(player_items)
        operation = execute(
            "INSERT INTO operation (scope, key, player_id, kind, request, at, outcome)"
            " VALUES (?, ?, ?, 'sell', ?, ?, ?)",
            (
                self.player,
                uuid4().hex,
                self.player,
                ids,
                int(time() * 1000),
                json.dumps({"items_sold": number, "total_value": total}),
            ),
        ).lastrowid
        execute(
            "INSERT INTO move (player_item_id, version, event, from_status, to_status,"
            " operation_id) SELECT p.id, p.version + 1, 'sell', 'owned', 'sold', ?"
            " FROM json_each(?) j CROSS JOIN player_item p ON p.id = j.value",
            (operation, ids),
        )
        execute(
            "INSERT INTO transfer (operation_id, kind, currency, amount, from_account_id,"
            " to_account_id, from_balance, to_balance) SELECT ?, 'sale', 'oranges', ?, f.id, t.id,"
            " f.balance - ?, t.balance + ? FROM account f, account t WHERE f.id = ? AND t.id = ?",
            (operation, total, total, total, self.faucet, self.purse),
        )
        execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()
