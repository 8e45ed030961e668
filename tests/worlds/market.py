"""A world with a black market and gear shops, and what tests of them ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inventui.engine.shop.models import Purchase
from inventui.rules.core.clock import MINUTE, SECOND, FrozenClock
from tests.builders import SCREEN_PACKS
from tests.screens.conftest import player_of

if TYPE_CHECKING:
    from inventui.engine.world import World

PACK = SCREEN_PACKS / "market.toml"

STALLS = (
    "ladle-of-last-orders", "link", "villa-of-two-minds", "citrus-persuader", "branch-office",
    "fishers-licence", "curbside-appeal", "broken", "head-drainer", "strongly-worded-peel",
    "tent-with-intent", "wide",
)  # fmt: skip
"""What stands on the stalls at first."""


def open_market_world(tmp_path: Path, clock: FrozenClock, pack: Path = PACK) -> World:
    """A world in which ana has just begun; the market turns in 5:41:07."""
    from inventui.engine.core.secrets import SeededEntropy
    from inventui.engine.world import World

    clock.advance(18 * MINUTE + 53 * SECOND)
    world = World.open(
        tmp_path / "world.db",
        clock=clock,
        entropy=SeededEntropy("market-36"),
        pack=pack,
        daily_backup=False,
    )
    world.players.add("ana", key="add-ana")
    return world


@pytest.fixture
def market_world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """A legendary stands in the window, and in the next market none does."""
    world = open_market_world(tmp_path, clock)
    yield world
    world.close()


@pytest.fixture
def rich(market_world: World) -> World:
    """ana has money for everything."""
    market_world.grant("ana", oranges=500_000, gems=500, key="rich")
    return market_world


def market_buy(world: World, *slugs: str, name: str = "ana") -> None:
    """Buy from the stalls."""
    for slug in slugs:
        bought = player_of(world, name).black_market.buy(slug)
        assert isinstance(bought, Purchase), bought


def fill_room(world: World, name: str = "ana") -> None:
    """Let a player hold as much gear as there is room for."""
    player = player_of(world, name)
    for number in range(1, 11):
        bought = player.shop.buy(f"spoon-{number}")
        assert isinstance(bought, Purchase), bought
