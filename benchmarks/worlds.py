"""Worlds to measure in: small ones made by the engine, large ones written by SQL."""

import shutil
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir

from inventui.engine.models import Grant, PlayerCard
from inventui.engine.world import PlayerHandle, World

PLAYER = "ana"
ORANGES = 10**12
"""Enough for every opening of a run."""

LAYOUT = 1
"""Counts the changes of `_fill`: a large world of another layout is made again."""

_FIRST_AT = 1_790_000_000_000
"""When the first of many things was got: 2026-09-21."""


def make(path: Path, things: int = 0, *, oranges: int = ORANGES) -> None:
    """A world of the base pack with one player, who has oranges and so many things."""
    with World.open(path, daily_backup=False) as world:
        added = world.players.add(PLAYER)
        assert isinstance(added, PlayerCard), added
        given = world.grant(PLAYER, oranges=oranges)
        assert isinstance(given, Grant), given
        player = added.id
    if things:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            _fill(connection, player, things)


def player_of(world: World) -> PlayerHandle:
    """The player that `make` has made."""
    handle = world.player(PLAYER)
    assert isinstance(handle, PlayerHandle), handle
    return handle


def large(folder: Path, things: int) -> Path:
    """A world of so many things; a large one is kept among the temporary files.

    It is only ever read, apart from what the game itself notes at its start.
    """
    sample = folder / "sample.db"
    if not sample.exists():
        make(sample)
    digest = _digest(sample)
    kept = Path(gettempdir()) / f"inventui-benchmarks-{digest}" / f"{things}.db"
    if not kept.exists():
        kept.parent.mkdir(mode=0o700, exist_ok=True)
        partial = folder / f"{things}.db"
        make(partial, things)
        shutil.move(partial, kept)
    return kept


def _digest(sample: Path) -> str:
    """Tells worlds of one layout and pack from all others."""
    with closing(sqlite3.connect(sample)) as connection:
        schema = connection.execute("SELECT sql FROM sqlite_schema ORDER BY name").fetchall()
        pack = connection.execute("SELECT value FROM world_setting WHERE name = 'pack'").fetchone()
    return sha256(repr((LAYOUT, schema, pack)).encode()).hexdigest()[:16]


def _fill(connection: sqlite3.Connection, player: int, things: int) -> None:
    """Write things with their journals, as the triggers would have left them.

    The triggers take a minute for a million moves, so they step aside and come back
    unchanged.
    """
    guards = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid"
    ).fetchall()
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -200000")
    connection.execute("BEGIN IMMEDIATE")
    for name, _ in guards:
        connection.execute(f"DROP TRIGGER {name}")
    operation = connection.execute(
        "INSERT INTO operation (scope, key, player_id, kind, request, at, outcome)"
        " VALUES (0, 'benchmark', NULL, 'grant', '{}', ?, '{}') RETURNING id",
        (_FIRST_AT,),
    ).fetchone()[0]
    connection.execute("CREATE TEMP TABLE kind (place INTEGER PRIMARY KEY, id, category)")
    connection.execute(
        "INSERT INTO kind SELECT row_number() OVER (ORDER BY id) - 1, id, category FROM item"
        " WHERE category = 'collectible'"
    )
    values = {"player": player, "things": things, "at": _FIRST_AT, "operation": operation}
    connection.execute(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :things)"
        " INSERT INTO player_item (player_id, item_id, category, status, version, locked,"
        " acquired_at, acquisition, price_paid, source)"
        " SELECT :player, k.id, k.category, 'owned', 1, 0, :at + i * 1000, 'admin', 0, ''"
        # Scattered, so that the things of one kind lie all over the table.
        " FROM n CROSS JOIN kind k ON k.place = (i * 2654435761 >> 7) % (SELECT count(*) FROM kind)"
        " ORDER BY i",
        values,
    )
    connection.execute(
        "INSERT INTO move (player_item_id, version, event, from_status, to_status, operation_id)"
        " SELECT id, 1, 'acquire', NULL, 'owned', :operation FROM player_item ORDER BY id",
        values,
    )
    connection.execute(
        "INSERT INTO holding (player_id, item_id, held, escrowed)"
        " SELECT player_id, item_id, count(*), 0 FROM player_item GROUP BY player_id, item_id"
    )
    for _, sql in guards:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
