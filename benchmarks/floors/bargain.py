"""One durable sale at the bazaar, by hand: the same journal lines under the same triggers."""

import json
from pathlib import Path
from time import time
from typing import Any
from uuid import uuid4

from benchmarks.floors.store import connect


class HandBargain:
    """Buys listings for one player, one after the other.

    The buyer and the house's account are read once; the listing, what the buyer has and
    both accounts are read inside each transaction, as any program must.
    """

    def __init__(self, path: Path, buyer: str) -> None:
        self.connection = connect(path)
        self.name = buyer
        (self.buyer,) = self._one("SELECT id FROM player WHERE name = ?", buyer)
        (self.house,) = self._one(
            "SELECT id FROM account WHERE house = 'bazaar_fee' AND currency = 'oranges'"
        )

    def _one(self, sql: str, *values: object) -> tuple[Any, ...]:
        row: tuple[Any, ...] = self.connection.execute(sql, values).fetchone()
        return row

    def _purse(self, player: int) -> dict[str, tuple[int, int]]:
        rows = self.connection.execute(
            "SELECT currency, id, balance FROM account WHERE player_id = ?", (player,)
        )
        return {currency: (number, balance) for currency, number, balance in rows}

    def buy(self, listing: int) -> None:
        """Hand the thing and its price over, tell the seller, and wait until it is on the disk."""
        execute, at = self.connection.execute, int(time() * 1000)
        execute("BEGIN IMMEDIATE")
        seller, player_item, item, price, until, state, name, sold_by = self._one(
            "SELECT l.seller_id, l.player_item_id, l.item_id, l.price, l.until, l.state, i.name,"
            " s.name FROM listing l JOIN item i ON i.id = l.item_id"
            " JOIN player s ON s.id = l.seller_id WHERE l.id = ?",
            listing,
        )
        assert (state, seller != self.buyer, until > at) == ("open", True, True)
        execute(
            "SELECT held, escrowed FROM holding WHERE player_id = ? AND item_id = ?",
            (self.buyer, item),
        ).fetchone()
        mine, theirs = self._purse(self.buyer), self._purse(seller)
        assert mine["oranges"][1] >= price
        kept = max(1, price * 5 // 100)
        operation = execute(
            "INSERT INTO operation (scope, key, player_id, kind, request, at)"
            " VALUES (?, ?, ?, 'bazaar_buy', ?, ?)",
            (self.buyer, uuid4().hex, self.buyer, json.dumps({"listing": listing}), at),
        ).lastrowid
        version, category, uses = self._one(
            "SELECT version, category, uses FROM player_item WHERE id = ?", player_item
        )
        move = (
            "INSERT INTO move (player_item_id, version, event, from_status, to_status,"
            " operation_id) VALUES (?, ?, ?, ?, ?, ?)"
        )
        execute(move, (player_item, version + 1, "sell", "listed", "sold", operation))
        bought = execute(
            "INSERT INTO player_item (player_id, item_id, category, version, locked, acquired_at,"
            " acquisition, price_paid, gems_paid, source, origin_id, uses, condition)"
            " VALUES (?, ?, ?, 0, 0, ?, 'bazaar', ?, 0, ?, ?, ?, 0)",
            (self.buyer, item, category, at, price, sold_by, player_item, uses),
        ).lastrowid
        execute(move, (bought, 1, "acquire", None, "owned", operation))
        transfer = (
            "INSERT INTO transfer (operation_id, kind, currency, amount, from_account_id,"
            " to_account_id, from_balance, to_balance) SELECT ?, ?, 'oranges', ?, f.id, t.id,"
            " f.balance - ?, t.balance + ? FROM account f, account t WHERE f.id = ? AND t.id = ?"
        )
        pays, paid = mine["oranges"][0], theirs["oranges"][0]
        execute(transfer, (operation, "bazaar", price, price, price, pays, paid))
        execute(transfer, (operation, "bazaar_fee", kept, kept, kept, paid, self.house))
        execute(
            "UPDATE listing SET state = 'sold', ended_by = ?, buyer_id = ?, bought_id = ?, fee = ?"
            " WHERE id = ?",
            (operation, self.buyer, bought, kept, listing),
        )
        said = f"{self.name} bought your {name} for {price} oranges."
        execute(
            "INSERT INTO notification (operation_id, player_id, at, kind, tone, message, place,"
            " player_item_id, seen) VALUES (?, ?, ?, 'sold', 'success', ?, 'bazaar', ?, 0)",
            (operation, seller, at, said, player_item),
        )
        outcome = {"operation": operation, "item_id": bought, "price": price, "fee": kept}
        execute("UPDATE operation SET outcome = ? WHERE id = ?", (json.dumps(outcome), operation))
        execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()
