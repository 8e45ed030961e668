"""Worlds for tests: a small pack, a still clock, known secrets."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TypeVar

import pytest

from inventui.content.layers import layer_at
from inventui.content.loader import load_layers
from inventui.content.source import pack_digest
from inventui.db import schema
from inventui.db.errors import Trouble, WorldError
from inventui.engine.cases.models import Opening
from inventui.engine.core.models import PlayerCard
from inventui.engine.core.secrets import Entropy, SeededEntropy
from inventui.engine.packs.layers import catalogue_digest, kept_pack, put_in_force
from inventui.engine.people.models import FriendChange
from inventui.engine.players.models import Grant
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import Clock, FrozenClock
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.people.friends import FriendEvent

PACKS = Path(__file__).parent / "packs"
SCREEN_PACKS = PACKS / "screens"
"""Catalogues that stand still, so that pictures change only with the screens."""

SMALL_PACK = PACKS / "small.toml"
SHOP_PACK = PACKS / "shop.toml"
PROPERTY_PACK = PACKS / "property.toml"
STREETS_PACK = PACKS / "streets.toml"
MARKET_PACK = PACKS / "market.toml"
TOWN_PACK = PACKS / "town.toml"
PEOPLE_PACK = PACKS / "people.toml"
MARKETS_PACK = PACKS / "markets.toml"
BAZAAR_PACK = PACKS / "bazaar.toml"
T = TypeVar("T")

NOW = 1_795_197_600_000
"""2026-11-20 18:00:00 UTC."""


@cache
def _template() -> Path:
    """An empty world of the small pack, made once a process and copied for each test."""
    path = Path(mkdtemp(prefix="inventui-tests-")) / "template.db"
    a_world(path, template=False).close()
    return path


on_server: Any = None
"""What keeps the worlds of tests with `--postgresql`, where they stand in no file."""


def in_a_file() -> None:
    """Skip a test that is about the file of a world where worlds are on a server."""
    if on_server:
        pytest.skip("it is about the file of a world")


def put_copy(made: Path, path: Path) -> Path:
    """Put a copy of a closed world at `path`, and give that."""
    if on_server:
        on_server.put_copy(made, path)
    else:
        shutil.copy(made, path)
    return path


def lay_out_bare(path: Path) -> None:
    """Make a world with its tables and guards alone."""
    if on_server:
        on_server.lay_out_bare(path)
        return
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        schema.create(connection)


open_world = World.open
"""As it is, also where tests put another in its place."""


@cache
def _bare() -> Path:
    """A world's file with its tables and guards and nothing in it, made once a process."""
    path = Path(mkdtemp(prefix="inventui-tests-")) / "bare.db"
    lay_out_bare(path)
    return path


@cache
def _laid_out(pack: Path, digest: str, seed: bytes, at: int) -> tuple[Path, int]:
    """A new world of a pack, made once a process, and how many secrets it took."""
    del digest  # A pack that was changed since is another one.
    path = Path(mkdtemp(prefix="inventui-tests-")) / "world.db"
    put_copy(_bare(), path)
    entropy = SeededEntropy(seed.decode())
    open_world(path, clock=FrozenClock(at), entropy=entropy, pack=pack, daily_backup=False).close()
    return path, entropy._count


def lay_out(path: Path, clock: Clock | None, entropy: Entropy | None, pack: Path | None) -> None:
    """Put a copy of the new world at `path` that opening it with the same would make there.

    Where that can't be known beforehand, or something is there already, nothing is put.
    """
    if path.exists() or not path.parent.is_dir() or pack is None or not pack.exists():
        return
    if type(clock) is not FrozenClock or type(entropy) is not SeededEntropy or entropy._count:
        return
    made, entropy._count = _laid_out(pack, pack_digest(pack), entropy._key, clock.at)
    put_copy(made, path)


@cache
def _lived_in(live: Callable[[Path], int]) -> tuple[Path, int]:
    path = Path(mkdtemp(prefix="inventui-tests-")) / "world.db"
    return path, live(path)


def lived_in(path: Path, live: Callable[[Path], int]) -> FrozenClock:
    """Put at `path` a copy of the closed world that `live` makes, and give the time there.

    It is made once a process: a test may do what it likes with its copy.
    """
    made, at = _lived_in(live)
    put_copy(made, path)
    return FrozenClock(at)


def a_world(
    path: Path,
    *,
    clock: Clock | None = None,
    entropy: Entropy | None = None,
    template: bool = True,
    busy_seconds: float = 10.0,
    look_seconds: float = 1.0,
    pack: Path = SMALL_PACK,
) -> World:
    """A world of the small pack at `path`, with no player yet; one that is there takes the pack."""
    if template and pack == SMALL_PACK and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        put_copy(_template(), path)
    clock, entropy = clock or FrozenClock(NOW), entropy or SeededEntropy("tests")
    if template:
        lay_out(path, clock, entropy, pack)
    try:
        return _opened(path, clock, entropy, busy_seconds, look_seconds, pack)
    except WorldError as error:
        if error.kind is not Trouble.PACKS:
            raise
    world = _opened(path, clock, entropy, busy_seconds, look_seconds, None)
    take_pack(world, pack)
    return world


def _opened(
    path: Path,
    clock: Clock,
    entropy: Entropy,
    busy_seconds: float,
    look_seconds: float,
    pack: Path | None,
) -> World:
    return World.open(
        path,
        clock=clock,
        entropy=entropy,
        pack=pack,
        daily_backup=False,
        busy_seconds=busy_seconds,
        look_seconds=look_seconds,
    )


def take_pack(world: World, pack: Path) -> None:
    """Let a world have this pack alone, in place of what it has."""
    layer = layer_at(pack)
    with world.store.read() as connection:
        if catalogue_digest(connection) == layer.digest:
            return
    with world.store.write() as connection:
        put_in_force(connection, [kept_pack(layer)], load_layers([layer]))
    world.catalogue.read_anew()
    world.give_defaults()


def a_player(world: World, name: str = "ana", *, oranges: int = 5_000) -> PlayerHandle:
    """A player with so many oranges (at least the starting 5,000)."""
    done(world.players.add(name), PlayerCard)
    if oranges > 5_000:
        done(world.grant(name, oranges=oranges - 5_000), Grant)
    handle = world.player(name)
    assert isinstance(handle, PlayerHandle)
    return handle


def befriended(one: PlayerHandle, other: PlayerHandle) -> None:
    """Make friends of two players: one asks, the other says yes."""
    done(one.friends.change(other.name, FriendEvent.REQUEST), FriendChange)
    done(other.friends.change(one.name, FriendEvent.ACCEPT), FriendChange)


def opened(player: PlayerHandle, case: str = "crate", count: int = 1) -> Opening:
    """An opening that must succeed."""
    return done(player.cases.open(case, count), Opening)


def done(result: T | Refusal, kind: type[T]) -> T:
    """`result`, which must be an outcome of this kind."""
    assert isinstance(result, kind), result
    return result


def refused(result: object, reason: Reason) -> Refusal:
    """`result`, which must be a refusal for this reason, in one plain sentence."""
    assert isinstance(result, Refusal), result
    assert result.reason is reason, result
    assert result.message
    assert "\n" not in result.message
    return result


def given(world: World, player: PlayerHandle, slug: str) -> int:
    """The number of a thing that the world's owner gives."""
    number = done(world.grant(player.name, item=slug), Grant).item_id
    assert number is not None
    return number


def contents(world: World | Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table: equal before and after means that nothing changed."""
    if isinstance(world, Path):
        with closing(connect(world)) as connection:
            return contents_of(connection)
    with world.store.read() as reading:
        return contents_of(reading.driver)


def connect(path: Path) -> Any:
    """The bare connection to a world, without the game; nothing begins by itself."""
    return on_server.connect(path) if on_server else sqlite3.connect(path, isolation_level=None)


def contents_of(connection: Any) -> dict[str, list[tuple[object, ...]]]:
    in_file = isinstance(connection, sqlite3.Connection)
    # In a view of PostgreSQL's stands what a table is called there.
    named = (
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        if in_file
        else "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        " AND tablename NOT LIKE 'inventui%'"
    )
    order = "rowid" if in_file else "1"
    return {
        table: connection.execute(f"SELECT * FROM {table} ORDER BY {order}").fetchall()
        for (table,) in connection.execute(named).fetchall()
    }


def audited(world: World) -> None:
    """Fail with every fault that the audit names."""
    report = world.audit()
    assert report.ok, [fault for check in report.checks for fault in check.faults]


def closing_world(path: Path) -> Iterator[World]:
    """A fixture's body: a world that is closed afterwards."""
    world = a_world(path)
    yield world
    world.close()
