"""Worlds with businesses and homes, and what tests of property and time away ask of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inventui.rules.core.clock import FrozenClock
from tests.builders import SCREEN_PACKS
from tests.screens.conftest import player_of
from tests.worlds.shop import buy

if TYPE_CHECKING:
    from inventui.engine.world import World

PACK = SCREEN_PACKS / "property.toml"

PRICES = {
    "stand": 8_000, "slow": 4_000, "hostile": 50_000, "tent": 1_000, "palace": 5_000,
    "apron": 900, "vest": 1_900, "spoon": 600, "kit": 80,
}  # fmt: skip


@pytest.fixture
def property_world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """ana has just begun and owns nothing."""
    from inventui.engine.core.secrets import SeededEntropy
    from inventui.engine.world import World

    world = World.open(
        tmp_path / "estate.db",
        clock=clock,
        entropy=SeededEntropy("estate"),
        pack=PACK,
        daily_backup=False,
    )
    world.players.add("ana", key="add-ana")
    yield world
    world.close()


def provide(world: World, *slugs: str, left: int = 0) -> list[int]:
    """Let ana buy these, after which so many oranges are hers; the things' numbers."""
    missing = sum(PRICES[slug] for slug in slugs) + left - player_of(world).card().oranges
    if missing > 0:
        world.grant("ana", oranges=missing, key=f"for-{'-'.join(slugs)}")
    return buy(world, *slugs)
