"""Fixtures of the engine's tests."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import FrozenClock
from tests.builders import NOW, a_player, a_world
from tests.engine.faults import ThroughFaults
from tests.engine.faults import through_faults as break_and_retry
from tests.engine.programs import Programs, running


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


@pytest.fixture
def through_faults(trust: bool) -> ThroughFaults:
    """Breaks the machine at some statements of an operation, or at each of them."""
    return partial(break_and_retry, every=trust)


@pytest.fixture(scope="session")
def programs(request: pytest.FixtureRequest) -> Iterator[Programs]:
    """Four programs for all tests: each test lets them open a world of its own."""
    if request.config.getoption("--postgresql"):
        pytest.skip("its programs open files")
    with running() as programs:
        yield programs
