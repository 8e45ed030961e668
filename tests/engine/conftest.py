"""Fixtures of the engine's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.engine.world import PlayerHandle, World
from inventui.rules.clock import FrozenClock
from tests.builders import NOW, a_player, a_world


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture
def world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    world = a_world(tmp_path / "world.db", clock=clock)
    yield world
    world.close()


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return a_player(world, "ana", oranges=100_000)


@pytest.fixture
def bob(world: World) -> PlayerHandle:
    return a_player(world, "bob")
