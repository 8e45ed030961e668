"""Somebody who knows the tables and writes what agrees with itself, with every guard in place."""

import json
import sqlite3
from typing import Any


class Attacker:
    """Writes operations with their lines as the engine would, whatever the rules say.

    Attributes:
        sql: a connection inside a transaction.
        operation: the number of the operation under way.
    """

    def __init__(self, sql: sqlite3.Connection) -> None:
        """Act on a connection."""
        self.sql = sql
        self.operation = 0
        self.at = self.one("SELECT max(at) FROM operation") + 60_000

    def one(self, sql: str, *values: object) -> Any:
        """The first value of the first row."""
        row = self.sql.execute(sql, values).fetchone()
        assert row is not None, sql
        return row[0]

    def row(self, sql: str, *values: object) -> Any:
        """The first row."""
        row = self.sql.execute(sql, values).fetchone()
        assert row is not None, sql
        return row

    def insert(self, table: str, **values: object) -> int:
        """Add a row; its number."""
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        written = self.sql.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values())
        )
        return int(written.lastrowid or 0)

    def begin(
        self, kind: str, player: int | None = 1, request: object = None, at: int | None = None
    ) -> int:
        """Begin an operation; its number."""
        number = self.one("SELECT max(id) FROM operation") + 1
        self.operation = self.insert(
            "operation",
            scope=player or 0,
            key=f"forged {number}",
            player_id=player,
            kind=kind,
            request=json.dumps(request or {}, sort_keys=True, separators=(",", ":")),
            at=self.at if at is None else at,
        )
        return self.operation

    def tell(self, **outcome: object) -> None:
        """Fill in the outcome."""
        told = json.dumps({"operation": self.operation, "repeat": False, **outcome})
        self.sql.execute("UPDATE operation SET outcome = ? WHERE id = ?", (told, self.operation))

    def account(self, owner: int | str, currency: str) -> tuple[int, int]:
        """Number and balance of an account of a player or of the house."""
        column = "player_id" if isinstance(owner, int) else "house"
        number, balance = self.row(
            f"SELECT id, balance FROM account WHERE {column} = ? AND currency = ?", owner, currency
        )
        return number, balance

    def pay(
        self, kind: str, amount: int, payer: int | str, payee: int | str, currency: str = "oranges"
    ) -> None:
        """Move money."""
        (source, has), (target, had) = self.account(payer, currency), self.account(payee, currency)
        self.insert(
            "transfer",
            operation_id=self.operation,
            kind=kind,
            currency=currency,
            amount=amount,
            from_account_id=source,
            to_account_id=target,
            from_balance=has - amount,
            to_balance=had + amount,
        )

    def earn(
        self, house: str, amount: int, currency: str = "oranges", kind: str | None = None
    ) -> None:
        """Let the house pay player 1."""
        self.pay(kind or house, amount, house, 1, currency)

    def item(self, slug: str) -> tuple[int, str]:
        """Number and category of an item."""
        number, category = self.row("SELECT id, category FROM item WHERE slug = ?", slug)
        return number, category

    def get(
        self,
        acquisition: str,
        slug: str,
        event: str = "acquire",
        player: int = 1,
        **columns: object,
    ) -> int:
        """Begin a player item; its number."""
        item, category = self.item(slug)
        uses, durability = self.row(
            "SELECT json_extract(details, '$.uses'), coalesce(json_extract(details,"
            " '$.durability'), CASE WHEN category IN ('weapon', 'armor', 'business', 'housing')"
            " THEN 100 END) FROM item WHERE id = ?",
            item,
        )
        row: dict[str, object] = {
            "player_id": player,
            "item_id": item,
            "category": category,
            "version": 0,
            "locked": 0,
            "condition": 0,
            "price_paid": 0,
            "gems_paid": 0,
            "source": "",
            "acquired_at": self.at,
            "acquisition": acquisition,
            "uses": uses,
            "durability": durability,
            "held_until": self.at + 86_400_000 if event == "drop" else None,
        }
        number = self.insert("player_item", **{**row, **columns})
        self.move(number, event)
        return number

    def move(self, player_item: int, event: str, to: str | None = None) -> None:
        """Move a player item along the lifecycle table."""
        status, version = self.row(
            "SELECT status, version FROM player_item WHERE id = ?", player_item
        )
        after = to or {
            "acquire": "owned", "drop": "escrowed", "claim": "owned", "expire": "expired",
            "equip": "equipped", "unequip": "owned", "sell": "sold", "withdraw": "withdrawn",
            "gift": "gifted", "use_up": "consumed", "list": "listed", "delist": "owned",
            "offer": "offered", "take_back": "owned", "trade": "traded", "fuse": "fused",
            "steal": "stolen", "break": "destroyed", "evict": "destroyed", "discard": "destroyed",
        }[event]  # fmt: skip
        self.insert(
            "move",
            player_item_id=player_item,
            version=version + 1,
            event=event,
            from_status=status,
            to_status=after,
            operation_id=self.operation,
        )

    def wear(self, player_item: int, *, uses: int | None = None, durability: int | None) -> None:
        """Write a condition line."""
        number = self.one("SELECT condition FROM player_item WHERE id = ?", player_item) + 1
        self.insert(
            "condition",
            operation_id=self.operation,
            player_item_id=player_item,
            number=number,
            uses=uses,
            durability=durability,
        )

    def mine(self, where: str, player: int = 1) -> int:
        """The number of a free player item of somebody."""
        return int(
            self.one(
                "SELECT p.id FROM player_item p JOIN item i ON i.id = p.item_id"
                f" WHERE p.player_id = ? AND p.status = 'owned' AND NOT p.locked AND {where}"
                " ORDER BY p.id LIMIT 1",
                player,
            )
        )

    def roll(self, purpose: str, table: int, player_item: int | None, entry: int = -1) -> int:
        """Roll truly with player 1's active pair; its number."""
        from inventui.rules.cases.canonical import from_canonical
        from inventui.rules.cases.fairness import ticket

        pair, seed, client, nonce = self.next_roll()
        drawn = ticket(seed, client, nonce)
        if entry < 0:
            canonical = self.one("SELECT canonical FROM odds_table WHERE id = ?", table)
            entry = from_canonical(canonical).winner(drawn)
        return self.insert(
            "roll",
            operation_id=self.operation,
            seed_pair_id=pair,
            nonce=nonce,
            purpose=purpose,
            ticket=drawn,
            odds_table_id=table,
            entry=entry,
            player_item_id=player_item,
        )

    def next_roll(self) -> Any:
        """Number, seeds and nonce of player 1's active pair."""
        return self.row(
            "SELECT id, server_seed, client_seed, nonce FROM seed_pair"
            " WHERE player_id = 1 AND state = 'active'"
        )

    def odds(self, case: str) -> tuple[int, Any]:
        """The number and the table of a case's odds in force."""
        number, canonical = self.row(
            "SELECT o.id, o.canonical FROM case_box c JOIN odds_table o ON o.id = c.odds_table_id"
            " WHERE c.slug = ?",
            case,
        )
        return number, json.loads(canonical)

    def keep_odds(self, table: dict[str, Any]) -> int:
        """Keep an odds table of one's own; its number."""
        from inventui.rules.cases.canonical import from_canonical

        canonical = json.dumps(table, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        odds = from_canonical(canonical)
        return self.insert("odds_table", hash=odds.hash, canonical=odds.canonical())

    def wins(self, table: Any) -> dict[str, Any]:
        """The entry of a table that player 1's next roll wins."""
        from inventui.rules.cases.fairness import ticket

        _, seed, client, nonce = self.next_roll()
        drawn, upto = ticket(seed, client, nonce), 0
        for entry in table["entries"]:
            upto += entry["parts_per_million"]
            if drawn < upto:
                return dict(entry)
        raise AssertionError("a ticket is below the sum")
