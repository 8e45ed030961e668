"""A year made up for by hand: the same draws, lines and transfers under the same triggers."""

import hmac
import json
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks.floors.store import connect

HOUR = 3_600_000
PERIOD, DAY = 3 * HOUR, 24 * HOUR
_FAIR = 2**32 - 2**32 % 4_001


class HandSettling:
    """Makes up for the time of one player with a business and a home, and money enough."""

    def __init__(self, path: Path, player: str) -> None:
        self.connection = connect(path)
        one = self._one
        (self.player,) = one("SELECT id FROM player WHERE name = ?", player)
        (seed,) = one("SELECT value FROM world_setting WHERE name = 'seed'")
        self.seed = seed.encode()
        account = "SELECT id FROM account WHERE player_id = ? AND currency = 'oranges'"
        (self.oranges,) = one(account, self.player)
        house = "SELECT id FROM account WHERE house = ? AND currency = 'oranges'"
        self.house = {
            kind: one(house, kind)[0] for kind in ("business", "operating_cost", "upkeep")
        }

    def _one(self, sql: str, *values: object) -> tuple[Any, ...]:
        row: tuple[Any, ...] = self.connection.execute(sql, values).fetchone()
        return row

    def _gear(self, category: str) -> tuple[int, dict[str, int]]:
        player_item, details = self._one(
            "SELECT p.id, i.details FROM player_item p JOIN item i ON i.id = p.item_id"
            " WHERE p.player_id = ? AND p.category = ? AND p.status = 'equipped'",
            self.player,
            category,
        )
        return player_item, json.loads(details)

    def _factor(self, period: int) -> int:
        block = hmac.digest(self.seed, f"revenue:{self.player}:{period}:0".encode(), "sha256")
        words = (int.from_bytes(block[i : i + 4], "big") for i in range(0, 32, 4))
        return 8_000 + next(word for word in words if word < _FAIR) % 4_001

    def settle(self, at: int) -> int:
        """Write all that was due until `at`, and wait until it is on the disk."""
        execute = self.connection.execute
        execute("BEGIN IMMEDIATE")
        (since,) = self._one(
            "SELECT coalesce((SELECT max(until) FROM settlement WHERE player_id = ?),"
            " (SELECT created_at FROM player WHERE id = ?))",
            self.player,
            self.player,
        )
        business, run = self._gear("business")
        home, lived = self._gear("housing")
        until = at // PERIOD * PERIOD
        operation = execute(
            "INSERT INTO operation (scope, key, player_id, kind, request, at, outcome)"
            " VALUES (?, ?, ?, 'settle', '{}', ?, '{}')",
            (self.player, uuid4().hex, self.player, at),
        ).lastrowid
        execute(
            "INSERT INTO settlement (operation_id, player_id, until) VALUES (?, ?, ?)",
            (operation, self.player, until),
        )
        incomes, days, cost = [], [], run["operating_cost"]
        for end in range((since // PERIOD + 1) * PERIOD, until + 1, PERIOD):
            period = end // PERIOD - 1
            part = period % 8
            revenue = run["revenue"] * self._factor(period) // 80_000
            share = cost * (part + 1) // 8 - cost * part // 8
            incomes.append((operation, self.player, period, business, revenue, share))
            if end % DAY == 0:
                days.append((operation, self.player, end // DAY, home, lived["upkeep"], operation))
        sums = {
            "business": sum(line[4] for line in incomes),
            "operating_cost": sum(line[5] for line in incomes),
            "upkeep": sum(line[4] for line in days),
        }
        for kind, amount in sums.items():
            pair = (self.oranges, self.house[kind])
            payer, payee = pair[::-1] if kind == "business" else pair
            execute(
                "INSERT INTO transfer (operation_id, kind, currency, amount, from_account_id,"
                " to_account_id, from_balance, to_balance) SELECT ?, ?, 'oranges', ?, f.id, t.id,"
                " f.balance - ?, t.balance + ? FROM account f, account t"
                " WHERE f.id = ? AND t.id = ?",
                (operation, kind, amount, amount, amount, payer, payee),
            )
        self.connection.executemany(
            "INSERT INTO income (operation_id, player_id, period, player_item_id, revenue, cost,"
            " reduced) VALUES (?, ?, ?, ?, ?, ?, 0)",
            incomes,
        )
        self.connection.executemany(
            "INSERT INTO upkeep (operation_id, player_id, day, player_item_id, due, state,"
            " ended_by) VALUES (?, ?, ?, ?, ?, 'paid', ?)",
            days,
        )
        execute("COMMIT")
        return sums["business"]

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()
