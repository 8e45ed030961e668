"""One durable purchase, by hand: the same journal lines under the same triggers."""

import json
from pathlib import Path
from time import time
from typing import Any
from uuid import uuid4

from benchmarks.floors.store import connect


class HandPurchase:
    """Buys one consumable for one player, over and over.

    The accounts' numbers are read once; the offer, what is held and the balances are
    read inside each transaction, as any program must.
    """

    def __init__(self, path: Path, player: str, item: str) -> None:
        self.connection = connect(path)
        self.item = item
        one = self._one
        (self.player,) = one("SELECT id FROM player WHERE name = ?", player)
        account = "SELECT id FROM account WHERE player_id = ? AND currency = ?"
        (self.oranges,) = one(account, self.player, "oranges")
        (self.experience,) = one(account, self.player, "experience")
        account = "SELECT id FROM account WHERE house = ? AND currency = ?"
        (self.sink,) = one(account, "shop", "oranges")
        (self.faucet,) = one(account, "experience", "experience")

    def _one(self, sql: str, *values: object) -> tuple[Any, ...]:
        row: tuple[Any, ...] = self.connection.execute(sql, values).fetchone()
        return row

    def buy(self) -> None:
        """Pay, own, and wait until it is on the disk."""
        execute, at = self.connection.execute, int(time() * 1000)
        execute("BEGIN IMMEDIATE")
        item, category, price, active, details = self._one(
            "SELECT id, category, price_oranges, active, details FROM item WHERE slug = ?",
            self.item,
        )
        assert active
        assert execute("SELECT 1 FROM stock WHERE item_id = ?", (item,)).fetchone() is None
        execute(
            "SELECT held, escrowed FROM holding WHERE player_id = ? AND item_id = ?",
            (self.player, item),
        ).fetchone()
        balance = dict(
            execute(
                "SELECT id, balance FROM account WHERE id IN (?, ?, ?, ?)",
                (self.oranges, self.experience, self.sink, self.faucet),
            ).fetchall()
        )
        assert balance[self.oranges] >= price
        operation = execute(
            "INSERT INTO operation (scope, key, player_id, kind, request, at)"
            " VALUES (?, ?, ?, 'buy', ?, ?)",
            (self.player, uuid4().hex, self.player, json.dumps({"item": self.item}), at),
        ).lastrowid
        for kind, currency, amount, payer, payee in (
            ("shop", "oranges", price, self.oranges, self.sink),
            ("experience", "experience", price // 10, self.faucet, self.experience),
        ):
            execute(
                "INSERT INTO transfer (operation_id, kind, currency, amount, from_account_id,"
                " to_account_id, from_balance, to_balance) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    operation,
                    kind,
                    currency,
                    amount,
                    payer,
                    payee,
                    balance[payer] - amount,
                    balance[payee] + amount,
                ),
            )
        player_item = execute(
            "INSERT INTO player_item (player_id, item_id, category, version, locked, acquired_at,"
            " acquisition, price_paid, gems_paid, source, uses, condition)"
            " VALUES (?, ?, ?, 0, 0, ?, 'purchase', ?, 0, ?, ?, 0)",
            (self.player, item, category, at, price, self.item, json.loads(details)["uses"]),
        ).lastrowid
        execute(
            "INSERT INTO move (player_item_id, version, event, from_status, to_status,"
            " operation_id) VALUES (?, 1, 'acquire', NULL, 'owned', ?)",
            (player_item, operation),
        )
        outcome = {
            "operation": operation,
            "item_ids": [player_item],
            "full_oranges": price,
            "full_gems": 0,
            "discount": 0,
            "balance": balance[self.oranges] - price,
        }
        execute("UPDATE operation SET outcome = ? WHERE id = ?", (json.dumps(outcome), operation))
        execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()
