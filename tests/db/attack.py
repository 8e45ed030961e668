"""A world to attack, and the bare connection to attack it with.

The connection is the worst that an ordinary client can be: foreign keys and recursive
triggers are off, and CHECKs are ignored.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from inventui.engine.inventory.models import Sale
from inventui.rules.core.enums import Event, Status
from inventui.rules.core.lifecycle import TRANSITIONS
from tests import builders
from tests.builders import a_player, a_world, contents_of, done, opened, put_copy

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
    return put_copy(_template(), path)


class Watched(sqlite3.Connection):
    """A connection whose commits another one notices."""

    observer: sqlite3.Connection

    def commits(self) -> int:
        """A number that changes with each commit of this connection that changes the file."""
        return int(self.observer.execute("PRAGMA data_version").fetchone()[0])


@contextmanager
def bare(path: Path) -> Iterator[sqlite3.Connection]:
    """A client that knows nothing of the game and asks SQLite for no help."""
    if builders.on_server:
        with builders.on_server.like_sqlite(path) as connection:
            yield connection
        return
    with (
        closing(sqlite3.connect(path, isolation_level=None, factory=Watched)) as connection,
        closing(sqlite3.connect(path)) as connection.observer,
    ):
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA recursive_triggers = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        # No power fails in a test.
        connection.execute("PRAGMA synchronous = OFF")
        yield connection


def everything(connection: sqlite3.Connection) -> dict[str, list[Row]]:
    """Every row of every table, hidden numbers too."""
    if not isinstance(connection, sqlite3.Connection):
        return contents_of(connection)
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
    before = state(connection)
    try:
        connection.execute(sql, parameters).fetchall()
    except sqlite3.IntegrityError as error:
        why = str(error)
        typed = "datatype" in why or "cannot store" in why
        if not (typed or by in why):
            raise AssertionError(f"refused by another guard: {why}") from error
    else:
        raise AssertionError(f"not refused: {sql} {parameters}")
    assert state(connection) == before


def state(connection: sqlite3.Connection) -> object:
    """What is the same as long as nothing has changed."""
    if isinstance(connection, Watched) and not connection.in_transaction:
        return connection.commits()
    return everything(connection)


@contextmanager
def nothing_changes(connection: sqlite3.Connection) -> Iterator[None]:
    """The attempt inside may fail or be ignored; it must leave every row as it was."""
    before = state(connection)
    with suppress(sqlite3.IntegrityError, OverflowError):
        yield
    assert state(connection) == before


def insert(
    connection: sqlite3.Connection, table: str, verb: str = "INSERT INTO", **values: object
) -> int:
    """Insert a row of these values, all other columns at nothing; the row's number."""
    columns: dict[str, object] = {}
    for _, name, kind, needed, _, key in connection.execute(f"PRAGMA table_info({table})"):
        if needed and not key:
            columns[name] = 0 if kind == "INTEGER" else ""
    columns |= values
    if columns.get("id", 0) is None:
        del columns["id"]
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    written = connection.execute(
        f"{verb} {table} ({names}) VALUES ({marks})", tuple(columns.values())
    )
    return written.lastrowid or 0


def an_operation(
    connection: sqlite3.Connection, player: int | None = ANA, kind: str = "attack"
) -> int:
    """A new operation, as the engine writes one."""
    key = f"attack {one(connection, 'SELECT count(*) FROM operation')}"
    return insert(
        connection,
        "operation",
        scope=player or 0,
        key=key,
        player_id=player,
        kind=kind,
        request="{}",
        outcome="{}",
    )


def a_player_item(
    connection: sqlite3.Connection, slug: str = "lemon", player: int = ANA, got: str = "admin"
) -> int:
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
        acquisition=got,
    )


def move(
    connection: sqlite3.Connection,
    player_item: int,
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
        version = one(connection, "SELECT version + 1 FROM player_item WHERE id = ?", player_item)
    insert(
        connection,
        "move",
        verb,
        **{
            "player_item_id": player_item,
            "version": version,
            "event": event,
            "from_status": start,
            "to_status": end,
            "operation_id": one(connection, "SELECT max(id) FROM operation"),
            **more,
        },
    )


def undoing(connection: sqlite3.Connection, undone: int, player: int = ANA) -> int:
    """A new operation that takes an earlier one back."""
    operation = an_operation(connection, player, "undo")
    insert(connection, "undo", id=None, operation_id=operation, undone_id=undone)
    return operation


@cache
def way_to(status: Status | None) -> tuple[tuple[Status | None, Event, Status], ...]:
    """A shortest way along the table from nothing to a status."""
    ways: dict[Status | None, tuple[tuple[Status | None, Event, Status], ...]] = {None: ()}
    while status not in ways:
        for (start, event), end in TRANSITIONS.items():
            if start in ways and end not in ways:
                ways[end] = (*ways[start], (start, event, end))
    return ways[status]


def a_player_item_that_is(
    connection: sqlite3.Connection, status: Status | None, slug: str = "lemon"
) -> int:
    """A thing brought to a status along the table."""
    returned = status is Status.RETURNED
    operation = an_operation(connection, kind="gift" if returned else "attack")
    player_item = a_player_item(connection, slug, got="gift" if returned else "admin")
    for start, event, end in way_to(status):
        if event is Event.RETURN:
            undoing(connection, operation)
        move(connection, player_item, event, start, end)
    return player_item


def rows(connection: sqlite3.Connection, sql: str, *parameters: object) -> Sequence[Row]:
    """Every row of a query."""
    return connection.execute(sql, parameters).fetchall()


def newer(path: Path, layout: int) -> Path:
    """A world of a layout to come, with a table that nobody knows yet."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE novelty (name TEXT) STRICT")
        connection.execute(f"PRAGMA user_version = {layout}")
    return path
