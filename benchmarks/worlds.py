"""Worlds to measure in: small ones made by the engine, large ones written by SQL."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir

from inventui.db.guards.sql import words
from inventui.db.migrations import layout_15
from inventui.engine.core.models import CaseDetail, PlayerCard
from inventui.engine.players.models import Grant
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.counters import BY_STATUS

PLAYER = "ana"
ORANGES = 10**12
"""Enough for every opening of a run."""

MODEST = 12_000
"""What a player has after some evenings."""

LAYOUT = 4
"""Counts the changes of `_fill`: a large world of another layout is made again."""

_ACQUIRED = "1790000000000 + n.i * 1000"
"""Many things were got a second apart, from 2026-09-21 on."""


def make(path: Path, player_items: int = 0, *, oranges: int = ORANGES) -> None:
    """A world of the base pack with one player, who has oranges and so many things."""
    with World.open(path, daily_backup=False) as world:
        added = world.players.add(PLAYER)
        assert isinstance(added, PlayerCard), added
        given = world.grant(
            PLAYER, oranges=oranges, item=_some_item(world) if player_items else None
        )
        assert isinstance(given, Grant), given
    if player_items:
        assert given.item_id is not None
        with bulk(path) as connection:
            _fill(connection, given.item_id, player_items)


def _some_item(world: World) -> str:
    """The slug of an item that a case gives."""
    case = world.catalogue.case(world.catalogue.cases()[0].id)
    assert isinstance(case, CaseDetail), case
    return case.odds.entries[0].item


def player_of(world: World) -> PlayerHandle:
    """The player that `make` has made."""
    handle = world.player(PLAYER)
    assert isinstance(handle, PlayerHandle), handle
    return handle


def large(folder: Path, player_items: int) -> Path:
    """A world of so many things."""
    return kept(folder, f"{player_items}", lambda path: make(path, player_items, oranges=MODEST))


def kept(folder: Path, name: str, build: Callable[[Path], None]) -> Path:
    """A large world, which is built once and kept among the temporary files.

    It is only ever read, apart from what the game itself notes at its start.
    """
    sample = folder / "sample.db"
    if not sample.exists():
        make(sample)
    digest = _digest(sample)
    path = Path(gettempdir()) / f"inventui-benchmarks-{digest}" / f"{name}.db"
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        partial = folder / f"{name}.db"
        build(partial)
        shutil.move(partial, path)
    return path


def _digest(sample: Path) -> str:
    """Tells worlds of one layout and pack from all others."""
    with closing(sqlite3.connect(sample)) as connection:
        schema = connection.execute("SELECT sql FROM sqlite_schema ORDER BY name").fetchall()
        pack = connection.execute("SELECT value FROM world_setting WHERE name = 'pack'").fetchone()
    return sha256(repr((LAYOUT, schema, pack)).encode()).hexdigest()[:16]


def _fill(connection: sqlite3.Connection, player_item: int, player_items: int) -> None:
    """Write things with their journals, as the triggers would have left them.

    `thing`, the last that the engine has made, is the pattern for all others.
    """
    connection.execute("CREATE TEMP TABLE kind (place INTEGER PRIMARY KEY, id, category)")
    connection.execute(
        "INSERT INTO kind SELECT row_number() OVER (ORDER BY id) - 1, id, category FROM item"
        " WHERE category = 'collectible'"
    )
    (kinds,) = connection.execute("SELECT count(*) FROM kind").fetchone()
    connection.execute("CREATE TEMP TABLE n (i INTEGER PRIMARY KEY)")
    connection.execute(
        "WITH RECURSIVE n (i) AS (SELECT ? UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
        " INSERT INTO temp.n SELECT i FROM n",
        (player_item + 1, player_items),
    )
    copy(
        connection,
        f"player_item WHERE id = {player_item}",
        # Scattered, so that the things of one kind lie all over the table.
        f"n CROSS JOIN kind k ON k.place = (n.i * 2654435761 >> 7) % {kinds}",
        {"id": "n.i", "item_id": "k.id", "category": "k.category", "acquired_at": _ACQUIRED},
    )
    copy(
        connection,
        f"move WHERE player_item_id = {player_item}",
        "n",
        {"id": "NULL", "player_item_id": "n.i"},
    )
    copy(
        connection,
        f"holding WHERE item_id = (SELECT item_id FROM player_item WHERE id = {player_item})",
        "(SELECT p.item_id AS item, count(*) AS number, max(m.id) AS last FROM player_item p"
        " JOIN move m ON m.player_item_id = p.id WHERE p.category = 'collectible'"
        " GROUP BY p.item_id) c",
        {"item_id": "c.item", "held": "c.number", "last_move_id": "c.last"},
    )
    recount(connection)


def recount(connection: sqlite3.Connection) -> None:
    """Count by status, and listings by block, what the triggers would have counted."""
    connection.execute(f"DELETE FROM counter WHERE what IN {words(BY_STATUS)}")
    connection.execute("DELETE FROM listing_block")
    layout_15.count(connection)


@contextmanager
def bulk(path: Path) -> Iterator[sqlite3.Connection]:
    """A transaction without the triggers: they take a minute for a million lines.

    They step aside and come back unchanged.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        guards = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid"
        ).fetchall()
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -200000")
        connection.execute("BEGIN IMMEDIATE")
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in guards:
            connection.execute(sql)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def copy(
    connection: sqlite3.Connection, pattern: str, source: str, changed: Mapping[str, str]
) -> None:
    """Copy the one row `pattern` for each row of `source`, with some columns changed."""
    table = pattern.partition(" ")[0]
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    connection.execute(f"CREATE TEMP TABLE pattern AS SELECT * FROM {pattern}")
    assert connection.execute("SELECT count(*) FROM pattern").fetchone() == (1,)
    values = ", ".join(changed.get(column, f"pattern.{column}") for column in columns)
    connection.execute(
        f"INSERT OR REPLACE INTO {table} SELECT {values} FROM {source} CROSS JOIN pattern"
    )
    connection.execute("DROP TABLE pattern")
