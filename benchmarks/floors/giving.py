"""One durable gift of a thing, by hand: the same journal lines under the same triggers."""

import json
from pathlib import Path
from time import time
from typing import Any
from uuid import uuid4

from benchmarks.floors.store import connect


class HandGift:
    """Gives one player's things to a friend, one after the other.

    Who the two are is read once; the friendship, the thing and what the friend has are
    read inside each transaction, as any program must.
    """

    def __init__(self, path: Path, giver: str, friend: str) -> None:
        self.connection = connect(path)
        self.names = giver, friend
        self.giver, self.friend = (
            self._one("SELECT id FROM player WHERE name = ?", name)[0] for name in self.names
        )

    def _one(self, sql: str, *values: object) -> tuple[Any, ...]:
        row: tuple[Any, ...] = self.connection.execute(sql, values).fetchone()
        return row

    def give(self, player_item: int) -> None:
        """End one row, begin another, tell the friend, and wait until it is on the disk."""
        execute, at = self.connection.execute, int(time() * 1000)
        execute("BEGIN IMMEDIATE")
        low, high = sorted((self.giver, self.friend))
        (bond,) = self._one(
            "SELECT event FROM friendship WHERE low_id = ? AND high_id = ?"
            " ORDER BY number DESC LIMIT 1",
            low,
            high,
        )
        assert bond == "accept"
        owner, item, category, status, locked, uses, version, name = self._one(
            "SELECT p.player_id, p.item_id, p.category, p.status, p.locked, p.uses, p.version,"
            " i.name FROM player_item p JOIN item i ON i.id = p.item_id WHERE p.id = ?",
            player_item,
        )
        assert (owner, status, locked) == (self.giver, "owned", 0)
        execute(
            "SELECT held, escrowed FROM holding WHERE player_id = ? AND item_id = ?",
            (self.friend, item),
        ).fetchone()
        request = json.dumps({"player": self.names[1], "item": player_item, "message": ""})
        operation = execute(
            "INSERT INTO operation (scope, key, player_id, kind, request, at)"
            " VALUES (?, ?, ?, 'gift', ?, ?)",
            (self.giver, uuid4().hex, self.giver, request, at),
        ).lastrowid
        move = (
            "INSERT INTO move (player_item_id, version, event, from_status, to_status,"
            " operation_id) VALUES (?, ?, ?, ?, ?, ?)"
        )
        execute(move, (player_item, version + 1, "gift", "owned", "gifted", operation))
        received = execute(
            "INSERT INTO player_item (player_id, item_id, category, version, locked, acquired_at,"
            " acquisition, price_paid, gems_paid, source, origin_id, uses, condition)"
            " VALUES (?, ?, ?, 0, 0, ?, 'gift', 0, 0, ?, ?, ?, 0)",
            (self.friend, item, category, at, self.names[0], player_item, uses),
        ).lastrowid
        execute(move, (received, 1, "acquire", None, "owned", operation))
        execute(
            "INSERT INTO gift (operation_id, giver_id, receiver_id, at, given_id, received_id,"
            " oranges, gems, message) VALUES (?, ?, ?, ?, ?, ?, 0, 0, '')",
            (operation, self.giver, self.friend, at, player_item, received),
        )
        execute(
            "INSERT INTO notification (operation_id, player_id, at, kind, tone, message, place,"
            " player_item_id, seen) VALUES (?, ?, ?, 'gift', 'gift', ?, 'inventory', ?, 0)",
            (operation, self.friend, at, f"{self.names[0]} gave you {name}.", received),
        )
        balance = execute(
            "SELECT currency, balance FROM account WHERE player_id = ?", (self.giver,)
        ).fetchall()
        outcome = {"operation": operation, "received_id": received, "balance": dict(balance)}
        execute("UPDATE operation SET outcome = ? WHERE id = ?", (json.dumps(outcome), operation))
        execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()
