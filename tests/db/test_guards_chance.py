"""Attacks made up by chance, from a fixed seed: whatever passes, the world's law holds.

Most statements here are refused; some are lawful. After each that passed, everything is
reckoned again from the journals.
"""

import random
import sqlite3

import pytest

from inventui.rules.core.enums import Event, SeedState, Status
from tests.db.attack import KEPT, Row, everything, one
from tests.db.invariants import broken

CONFLICTS = ("", "", "", " OR REPLACE", " OR IGNORE", " OR FAIL", " OR ABORT", " OR ROLLBACK")
WORDS = (*Status, *Event, *SeedState, "oranges", "gems", "experience", "admin", "case", "seed")
NUMBERS = (0, 1, 2, 3, -1, 5, 100, 2**31, 2**62, 2**63 - 1, -(2**63))
ODD = ("NULL", "0.5", "1.0", "'1'", "'x'", "''", "x'01'", "9e999", "-9e999", "1e18", "'-1'")


class Attacker:
    """Makes up statements from one seed."""

    def __init__(self, db: sqlite3.Connection, seed: int) -> None:
        self.db = db
        self.chance = random.Random(seed)
        self.columns = {
            table: [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            for table in everything(db)
        }
        self.tables = list(self.columns)
        self.accounts: int = one(db, "SELECT count(*) FROM account")

    def statement(self) -> str:
        kinds = (self.update, self.update, self.copy, self.copy, self.copy, self.delete, self.line)
        return self.chance.choice(kinds)()

    def value(self, table: str, column: str) -> str:
        """A value that is likely, or one that is not."""
        pick = self.chance.random()
        if pick < 0.25:
            return f"(SELECT {column} FROM {table} LIMIT 1 OFFSET {self.chance.randint(0, 40)})"
        if pick < 0.4:
            return f"{column} {self.chance.choice('+-')} {self.chance.choice((1, 1, 2, 10))}"
        if pick < 0.55:
            name = self.chance.choice(KEPT)
            return f"(SELECT max(rowid) + {self.chance.choice((0, 1))} FROM {name})"
        if pick < 0.7:
            return str(self.chance.choice(NUMBERS))
        if pick < 0.85:
            return f"'{self.chance.choice(WORDS)}'"
        return self.chance.choice(ODD)

    def where(self, table: str) -> str:
        return self.chance.choice(
            (
                "",
                f" WHERE rowid = (SELECT max(rowid) FROM {table})",
                f" WHERE rowid = {self.chance.randint(1, 60)}",
                f" WHERE rowid < {self.chance.randint(1, 5)}",
            )
        )

    def some(self, table: str, most: int = 3) -> list[str]:
        names = [*self.columns[table], "rowid"]
        return self.chance.sample(names, self.chance.randint(1, min(most, len(names))))

    def update(self) -> str:
        table = self.chance.choice(self.tables)
        sets = ", ".join(f"{name} = {self.value(table, name)}" for name in self.some(table))
        return f"UPDATE{self.chance.choice(CONFLICTS)} {table} SET {sets}{self.where(table)}"

    def copy(self) -> str:
        """An insert of a row that is like another one."""
        table = self.chance.choice(self.tables)
        given = {name: name for name in self.columns[table]}
        if self.chance.random() < 0.8:
            given.pop("id", None)
        for name in self.some(table, 4):
            if name != "rowid" or self.chance.random() < 0.3:
                given[name] = self.value(table, name)
        return (
            f"INSERT{self.chance.choice(CONFLICTS)} INTO {table} ({', '.join(given)})"
            f" SELECT {', '.join(given.values())} FROM {table}{self.where(table)}"
        )

    def delete(self) -> str:
        table = self.chance.choice(self.tables)
        return f"DELETE FROM {table}{self.where(table)}"

    def line(self) -> str:
        """A transfer or a move that is nearly sound, or quite."""
        conflict = self.chance.choice(CONFLICTS)
        operation = "(SELECT max(id) FROM operation)"
        if self.chance.random() < 0.5:
            amount = self.chance.choice((1, 1, 7, 100, 5_000, 10**6, 2**62, 0, -1))
            payer, payee = self.chance.choices(range(1, self.accounts + 2), k=2)
            wrong = self.chance.choice(("", "", "", " + 1", " * 2", " - 5000"))
            return (
                f"INSERT{conflict} INTO transfer (operation_id, kind, currency, amount,"
                " from_account_id, to_account_id, from_balance, to_balance)"
                f" SELECT {operation}, 'x', f.currency, {amount}, f.id, t.id,"
                f" f.balance - {amount}, t.balance + {amount}{wrong} FROM account f, account t"
                f" WHERE f.id = {payer} AND t.id IN ({payee}, {payee + 1})"
            )
        return (
            f"INSERT{conflict} INTO move (player_item_id, version, event, from_status, to_status,"
            f" operation_id) SELECT id, version + {self.chance.choice((1, 1, 1, 0, 2))},"
            f" '{self.chance.choice(list(Event))}', status, '{self.chance.choice(list(Status))}',"
            f" {operation} FROM player_item WHERE id >= {self.chance.randint(1, 60)}"
            f" LIMIT {self.chance.randint(1, 4)}"
        )


@pytest.mark.parametrize("seed", range(1, 7))
def test_whatever_passes_leaves_the_law_whole(seed: int, own_db: sqlite3.Connection) -> None:
    before: dict[str, list[Row]] = everything(own_db)
    attacker = Attacker(own_db, seed)
    passed = 0
    for _ in range(600):
        statement = attacker.statement()
        try:
            changed = own_db.execute(statement).rowcount > 0
        except (sqlite3.IntegrityError, sqlite3.OperationalError):
            # What FAIL stops half-way, it leaves half-done.
            changed = " OR FAIL" in statement
        else:
            passed += changed
        if changed:
            assert broken(own_db, before) == [], statement
    assert passed
    assert broken(own_db, before) == []
