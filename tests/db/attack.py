"""A world to attack, the bare connection to attack it with, and what must hold afterwards.

The connection is the worst that an ordinary client can be: foreign keys and recursive
triggers are off, and CHECKs are ignored. What must hold is reckoned here once more from
the journals alone.
"""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from inventui.engine.models import Sale
from inventui.rules.enums import Event, Status
from inventui.rules.lifecycle import TRANSITIONS
from tests.builders import a_player, a_world, done, opened

JOURNALS = ("transfer", "move", "roll", "operation", "odds_table")
KEPT = (*JOURNALS, "account", "player_item", "seed_pair", "player", "item", "holding")

ANA, BOB = 1, 2

Row = tuple[Any, ...]


@cache
def _template() -> Path:
    """A world in which everything has happened once; made once a process and copied."""
    path = Path(mkdtemp(prefix="inventui-tests-")) / "busy.db"
    with a_world(path) as world:
        ana = a_player(world, "ana", oranges=100_000)
        a_player(world, "bob")
        opened(ana, "crate", 12)
        opened(ana, "rack", 30)
        for item in ("cap", "cap", "spoon", "lemon"):
            world.grant("ana", item=item)
        ana.fairness.rotate("lucky")
        won = opened(ana, "box", 4)
        done(ana.inventory.sell([won.rolls[0].item_id]), Sale)
        ana.inventory.lock([won.rolls[1].item_id], True)
        ana.inventory.discard(won.rolls[2].item_id)
        opened(ana, "crate", 2)
    return path


def busy_world(path: Path) -> Path:
    """A copy of the world in which everything has happened once."""
    shutil.copyfile(_template(), path)
    return path


@contextmanager
def bare(path: Path) -> Iterator[sqlite3.Connection]:
    """A client that knows nothing of the game and asks SQLite for no help."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA recursive_triggers = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        # No power fails in a test.
        connection.execute("PRAGMA synchronous = OFF")
        yield connection


def everything(connection: sqlite3.Connection) -> dict[str, list[Row]]:
    """Every row of every table, hidden numbers too."""
    tables = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
    ]
    return {
        t: connection.execute(f"SELECT rowid, * FROM {t} ORDER BY 1").fetchall() for t in tables
    }


def one(connection: sqlite3.Connection, sql: str, *parameters: object) -> Any:
    """The first column of the first row."""
    return connection.execute(sql, parameters).fetchone()[0]


def refused(connection: sqlite3.Connection, sql: str, *parameters: object, by: str = "") -> None:
    """Run a statement, which a guard must refuse and which must change nothing."""
    before = everything(connection)
    try:
        connection.execute(sql, parameters).fetchall()
    except sqlite3.IntegrityError as error:
        why = str(error)
        typed = "datatype" in why or "cannot store" in why
        if not (typed or by in why):
            raise AssertionError(f"refused by another guard: {why}") from error
    else:
        raise AssertionError(f"not refused: {sql} {parameters}")
    assert everything(connection) == before


@contextmanager
def nothing_changes(connection: sqlite3.Connection) -> Iterator[None]:
    """The attempt inside may fail or be ignored; it must leave every row as it was."""
    before = everything(connection)
    with suppress(sqlite3.IntegrityError, OverflowError):
        yield
    assert everything(connection) == before


def insert(
    connection: sqlite3.Connection, table: str, verb: str = "INSERT INTO", **values: object
) -> int:
    """Insert a row of these values, all other columns at nothing; the row's number."""
    columns: dict[str, object] = {}
    for _, name, kind, needed, _, key in connection.execute(f"PRAGMA table_info({table})"):
        if needed and not key:
            columns[name] = 0 if kind == "INTEGER" else ""
    columns |= values
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    written = connection.execute(
        f"{verb} {table} ({names}) VALUES ({marks})", tuple(columns.values())
    )
    assert written.lastrowid is not None
    return written.lastrowid


def an_operation(connection: sqlite3.Connection, player: int | None = ANA) -> int:
    """A new operation, as the engine writes one."""
    key = f"attack {one(connection, 'SELECT count(*) FROM operation')}"
    return insert(
        connection,
        "operation",
        scope=player or 0,
        key=key,
        player_id=player,
        kind="attack",
        request="{}",
        outcome="{}",
    )


def a_thing(connection: sqlite3.Connection, slug: str = "lemon", player: int = ANA) -> int:
    """A new thing without a status."""
    item, category = connection.execute(
        "SELECT id, category FROM item WHERE slug = ?", (slug,)
    ).fetchone()
    return insert(
        connection,
        "player_item",
        player_id=player,
        item_id=item,
        category=category,
        acquisition="admin",
    )


def move(
    connection: sqlite3.Connection,
    thing: int,
    event: str,
    start: str | None,
    end: str,
    *,
    version: int | None = None,
    verb: str = "INSERT INTO",
    **more: object,
) -> None:
    """Write a line of a thing's journal, under the latest operation."""
    if version is None:
        version = one(connection, "SELECT version + 1 FROM player_item WHERE id = ?", thing)
    insert(
        connection,
        "move",
        verb,
        **{
            "player_item_id": thing,
            "version": version,
            "event": event,
            "from_status": start,
            "to_status": end,
            "operation_id": one(connection, "SELECT max(id) FROM operation"),
            **more,
        },
    )


@cache
def way_to(status: Status | None) -> tuple[tuple[Status | None, Event, Status], ...]:
    """A shortest way along the table from nothing to a status."""
    ways: dict[Status | None, tuple[tuple[Status | None, Event, Status], ...]] = {None: ()}
    while status not in ways:
        for (start, event), end in TRANSITIONS.items():
            if start in ways and end not in ways:
                ways[end] = (*ways[start], (start, event, end))
    return ways[status]


def a_thing_that_is(
    connection: sqlite3.Connection, status: Status | None, slug: str = "lemon"
) -> int:
    """A thing brought to a status along the table."""
    an_operation(connection)
    thing = a_thing(connection, slug)
    for start, event, end in way_to(status):
        move(connection, thing, event, start, end)
    return thing


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


def rows(connection: sqlite3.Connection, sql: str, *parameters: object) -> Sequence[Row]:
    """Every row of a query."""
    return connection.execute(sql, parameters).fetchall()
