"""One durable acceptance of a trade, by hand: the same journal lines under the same triggers."""

import json
from pathlib import Path
from time import time
from typing import Any
from uuid import uuid4

from benchmarks.floors.store import connect


class HandSwap:
    """Accepts offers for one player, one after the other.

    The player and the account that holds are read once; the offer, its things and both
    accounts are read inside each transaction, as any program must.
    """

    def __init__(self, path: Path, partner: str) -> None:
        self.connection = connect(path)
        self.name = partner
        (self.partner,) = self._one("SELECT id FROM player WHERE name = ?", partner)
        (self.hold,) = self._one(
            "SELECT id FROM account WHERE house = 'trade_hold' AND currency = 'oranges'"
        )

    def _one(self, sql: str, *values: object) -> tuple[Any, ...]:
        row: tuple[Any, ...] = self.connection.execute(sql, values).fetchone()
        return row

    def _purse(self, player: int) -> dict[str, tuple[int, int]]:
        rows = self.connection.execute(
            "SELECT currency, id, balance FROM account WHERE player_id = ?", (player,)
        )
        return {currency: (number, balance) for currency, number, balance in rows}

    def accept(self, trade: int) -> None:
        """Hand everything over, tell the proposer, and wait until it is on the disk."""
        execute, at = self.connection.execute, int(time() * 1000)
        execute("BEGIN IMMEDIATE")
        proposer, partner, held, asked, until, state, offered_by = self._one(
            "SELECT t.proposer_id, t.partner_id, t.proposer_oranges, t.partner_oranges, t.until,"
            " t.state, p.name FROM trade t JOIN player p ON p.id = t.proposer_id WHERE t.id = ?",
            trade,
        )
        assert (partner, state, until > at) == (self.partner, "open", True)
        player_items = execute(
            "SELECT h.side, p.id, p.item_id, p.category, p.uses, p.durability, p.status, p.locked,"
            " p.version, i.name FROM trade_thing h JOIN player_item p ON p.id = h.player_item_id"
            " JOIN item i ON i.id = p.item_id WHERE h.trade_id = ? ORDER BY h.id",
            (trade,),
        ).fetchall()
        theirs, mine = self._purse(proposer), self._purse(partner)
        assert mine["oranges"][1] >= asked
        operation = execute(
            "INSERT INTO operation (scope, key, player_id, kind, request, at)"
            " VALUES (?, ?, ?, 'trade_accept', ?, ?)",
            (partner, uuid4().hex, partner, json.dumps({"trade": trade}), at),
        ).lastrowid
        move = (
            "INSERT INTO move (player_item_id, version, event, from_status, to_status,"
            " operation_id) VALUES (?, ?, ?, ?, ?, ?)"
        )
        said: dict[str, list[str]] = {"proposer": [], "partner": []}
        received = []
        for (
            side,
            player_item,
            item,
            category,
            uses,
            durability,
            status,
            locked,
            steps,
            name,
        ) in player_items:
            said[side].append(name)
            owner, source = (partner, offered_by) if side == "proposer" else (proposer, self.name)
            if side == "partner":
                assert (status, locked) == ("owned", 0)
                execute(move, (player_item, steps + 1, "offer", "owned", "offered", operation))
            last = steps + (2 if side == "partner" else 1)
            execute(move, (player_item, last, "trade", "offered", "traded", operation))
            new = execute(
                "INSERT INTO player_item (player_id, item_id, category, version, locked,"
                " acquired_at, acquisition, price_paid, gems_paid, source, origin_id, uses,"
                " durability, condition)"
                " VALUES (?, ?, ?, 0, 0, ?, 'trade', 0, 0, ?, ?, ?, ?, 0)",
                (owner, item, category, at, source, player_item, uses, durability),
            ).lastrowid
            execute(move, (new, 1, "acquire", None, "owned", operation))
            if side == "proposer":
                received.append(new)
        transfer = (
            "INSERT INTO transfer (operation_id, kind, currency, amount, from_account_id,"
            " to_account_id, from_balance, to_balance) SELECT ?, ?, 'oranges', ?, f.id, t.id,"
            " f.balance - ?, t.balance + ? FROM account f, account t WHERE f.id = ? AND t.id = ?"
        )
        pays, paid = mine["oranges"][0], theirs["oranges"][0]
        for amount, payer, payee in ((held, self.hold, pays), (asked, pays, paid)):
            if amount:
                execute(transfer, (operation, "trade", amount, amount, amount, payer, payee))
        execute(
            "UPDATE trade SET state = 'accepted', ended_by = ? WHERE id = ?", (operation, trade)
        )
        given, got = (", ".join(names) for names in said.values())
        execute(
            "INSERT INTO notification (operation_id, player_id, at, kind, tone, message, place,"
            " player_item_id, seen) VALUES (?, ?, ?, 'trade_accept', 'success', ?, 'trades', ?, 0)",
            (operation, proposer, at, f"{self.name} accepted: you have {got} for {given}.", None),
        )
        outcome = {
            "operation": operation,
            "received": received,
            "balance": mine["oranges"][1] + held - asked,
        }
        execute("UPDATE operation SET outcome = ? WHERE id = ?", (json.dumps(outcome), operation))
        execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()
