"""Looking writes nothing, and is not kept waiting by who writes."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from inventui.db.lock import world_lock
from inventui.engine.bazaar.models import BazaarQuery
from inventui.engine.inventory.models import InventoryQuery
from inventui.engine.trades.models import TradeOffer
from inventui.engine.world import PlayerHandle, World
from tests.builders import TOWN_PACK, a_world, contents, done

LOOKS: dict[str, Callable[[PlayerHandle], object]] = {
    "bazaar page": lambda ana: ana.bazaar.page(BazaarQuery()),
    "bazaar window": lambda ana: ana.bazaar.window(BazaarQuery(), 0, 10),
    "bazaar count": lambda ana: ana.bazaar.count(BazaarQuery()),
    "trades": lambda ana: ana.trades.list(),
    "trade partners": lambda ana: ana.trades.partners(),
    "trade quote": lambda ana: ana.trades.quote("bob", TradeOffer()),
    "wares": lambda ana: ana.trades.wares("bob", InventoryQuery()),
    "friends": lambda ana: ana.friends.list(),
    "neighbours": lambda ana: ana.world.players.neighbours(),  # type: ignore[attr-defined]
    "everybody": lambda ana: ana.world.players.everybody(),  # type: ignore[attr-defined]
    "targets": lambda ana: ana.streets.targets(),
    "black market": lambda ana: ana.black_market.rotation(),
    "gear shop": lambda ana: ana.gear_shop.today(),
}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A world at which nobody has looked yet, so that everything is due."""
    with a_world(tmp_path / "world.db", pack=TOWN_PACK, look_seconds=0) as made:
        for name in ("ana", "bob"):
            made.players.add(name)
        yield made


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_is_answered_while_another_program_writes(world: World, look: str) -> None:
    ana = done(world.player("ana"), PlayerHandle)
    before = contents(world)
    with (
        closing(sqlite3.connect(world.path, isolation_level=None)) as other,
        world_lock(world.path, 1),
    ):
        other.execute("BEGIN IMMEDIATE")
        LOOKS[look](ana)
        other.execute("ROLLBACK")
    assert contents(world) == before


def test_stalls_that_could_not_be_kept_are_those_that_are_sold(world: World) -> None:
    ana = done(world.player("ana"), PlayerHandle)
    with (
        closing(sqlite3.connect(world.path, isolation_level=None)) as other,
        world_lock(world.path, 1),
    ):
        other.execute("BEGIN IMMEDIATE")
        seen = ana.black_market.rotation(), ana.gear_shop.today()
        other.execute("ROLLBACK")
    assert seen[0].stalls
    assert seen[1].offers
    assert (ana.black_market.rotation(), ana.gear_shop.today()) == seen
