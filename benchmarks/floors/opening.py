"""One durable case opening, by hand: the same journal lines under the same triggers."""

import hmac
import json
from bisect import bisect_right
from itertools import accumulate
from pathlib import Path
from time import time
from typing import Any
from uuid import uuid4

from benchmarks.floors.store import connect

_KNOWN = (
    "player_id",
    "item_id",
    "category",
    "acquired_at",
    "price_paid",
    "source",
    "acquisition",
)


class HandOpening:
    """Opens one case of one player, over and over.

    What never changes (the odds table, the catalogue, the accounts' numbers) is read
    once; what any program must look at inside the transaction is read each time.
    """

    def __init__(self, path: Path, player: str, case: str) -> None:
        self.connection = self._connect(path)
        self.case = case
        one = self._one
        (self.player,) = one("SELECT id FROM player WHERE name = ?", player)
        self.odds, canonical = one(
            "SELECT o.id, o.canonical FROM case_box c JOIN odds_table o ON o.id = c.odds_table_id"
            " WHERE c.slug = ?",
            case,
        )
        table = json.loads(canonical)
        self.price = table["price"]
        self.bounds = list(accumulate(e["parts_per_million"] for e in table["entries"]))
        self.items = [
            one("SELECT id, category FROM item WHERE slug = ?", entry["item"])
            for entry in table["entries"]
        ]
        account = "SELECT id FROM account WHERE player_id = ? AND currency = ?"
        (self.oranges,) = one(account, self.player, "oranges")
        (self.experience,) = one(account, self.player, "experience")
        account = "SELECT id FROM account WHERE house = ? AND currency = ?"
        (self.sink,) = one(account, "case", "oranges")
        (self.faucet,) = one(account, "experience", "experience")

        # What other rooms keep on a thing begins at 0.
        more = [name for name in self._required() if name not in _KNOWN]
        self.receive = (
            f"INSERT INTO player_item ({', '.join([*_KNOWN, *more])}) VALUES"
            f" (?, ?, ?, ?, ?, ?, 'case'{', 0' * len(more)})"
        )

    def _connect(self, path: Path) -> Any:
        return connect(path)

    def _required(self) -> list[str]:
        """The columns of a player item that must have a value."""
        columns = self.connection.execute("PRAGMA table_info(player_item)")
        return [name for _, name, _, required, _, key in columns if required and not key]

    def _one(self, sql: str, *values: object) -> tuple[Any, ...]:
        row: tuple[Any, ...] = self.connection.execute(sql, values).fetchone()
        return row

    def open(self) -> None:
        """Pay, roll, win, and wait until it is on the disk."""
        execute, at = self.connection.execute, int(time() * 1000)
        execute("BEGIN IMMEDIATE")
        (odds,) = execute(
            "SELECT odds_table_id FROM case_box WHERE slug = ? AND active = 1", (self.case,)
        ).fetchone()
        assert odds == self.odds
        balance = dict(
            execute(
                "SELECT id, balance FROM account WHERE id IN (?, ?, ?, ?)",
                (self.oranges, self.experience, self.sink, self.faucet),
            ).fetchall()
        )
        assert balance[self.oranges] >= self.price
        pair, server_seed, client_seed, nonce = execute(
            "SELECT id, server_seed, client_seed, nonce FROM seed_pair"
            " WHERE player_id = ? AND state = 'active'",
            (self.player,),
        ).fetchone()
        digest = hmac.digest(server_seed.encode(), f"{client_seed}:{nonce}:0".encode(), "sha256")
        ticket = int.from_bytes(digest[:4], "big") * 1_000_000 >> 32
        entry = bisect_right(self.bounds, ticket)
        item, category = self.items[entry]
        operation = execute(
            "INSERT INTO operation (scope, key, player_id, kind, request, at)"
            " VALUES (?, ?, ?, 'open', ?, ?)",
            (
                self.player,
                uuid4().hex,
                self.player,
                json.dumps({"case": self.case, "count": 1}),
                at,
            ),
        ).lastrowid
        for kind, currency, amount, payer, payee in (
            ("case", "oranges", self.price, self.oranges, self.sink),
            ("experience", "experience", self.price // 10, self.faucet, self.experience),
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
            self.receive, (self.player, item, category, at, self.price, self.case)
        ).lastrowid
        execute(
            "INSERT INTO move (player_item_id, version, event, from_status, to_status,"
            " operation_id) VALUES (?, 1, 'acquire', NULL, 'owned', ?)",
            (player_item, operation),
        )
        execute(
            "INSERT INTO roll (operation_id, seed_pair_id, nonce, purpose, ticket, odds_table_id,"
            " entry, player_item_id) VALUES (?, ?, ?, 'case', ?, ?, ?, ?)",
            (operation, pair, nonce, ticket, odds, entry, player_item),
        )
        execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()
