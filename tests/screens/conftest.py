"""What every test of a screen stands on: a still clock, known secrets, folders of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from inventui.app import InventuiApp
from inventui.config import Settings
from inventui.rules.clock import HOUR, MINUTE, FrozenClock
from inventui.rules.people import FriendEvent
from inventui.screens import _ALL, room
from inventui.widgets.room_bar import RoomEntry
from tests.screens.quick import share

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from inventui.engine.world import PlayerHandle, World

START = 1_795_197_600_000
"""2026-11-20 18:00:00 UTC."""

PACK = Path(__file__).parent / "pack.toml"
"""A catalogue that stands still, so that pictures change only with the screens."""

HOSTILE_NAMES = (
    "[@click=app.quit]x[/]",
    "x[/nope]",
    "[bold]$primary[/] %s {0} \\[b]",
    "界" * 32,
    "🍊" * 32,
    "W" * 32,
    "'); DROP TABLE player;--",
)
HOSTILE_IDS = ("link", "unopened", "style", "wide", "emoji", "broad", "sql")
"""What the names are, for the names of tests and pictures."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Data, settings and documents of this test alone."""
    for name in ("INVENTUI_DATABASE", "NO_COLOR", "TEXTUAL_ANIMATIONS", "TEXTUAL_THEME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")
    # Short, and the same in every run: some screens show where things lie.
    monkeypatch.setenv("INVENTUI_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What every test would do alike is done once a process."""
    share(monkeypatch)


@pytest.fixture
def clock() -> FrozenClock:
    """A clock that stands at START."""
    return FrozenClock(START)


@pytest.fixture
def empty_world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """A world that nobody plays in yet."""
    from inventui.engine.entropy import SeededEntropy
    from inventui.engine.world import World

    world = World.open(
        tmp_path / "world.db",
        clock=clock,
        entropy=SeededEntropy("seed"),
        pack=PACK,
        daily_backup=False,
    )
    yield world
    world.close()


@pytest.fixture
def world(empty_world: World) -> World:
    """A world with the new player ana."""
    empty_world.players.add("ana", key="add-ana")
    return empty_world


@pytest.fixture
def filled_world(world: World, clock: FrozenClock) -> World:
    """ana has opened, sold, locked and rotated; nothing waits to be revealed."""
    fill(world, clock)
    return world


def player_of(world: World, name: str = "ana") -> PlayerHandle:
    """The handle of a player who exists."""
    found = world.player(name)
    assert not hasattr(found, "reason"), found
    return found  # type: ignore[return-value]


def befriend(world: World, one: str, other: str) -> None:
    """Make two players friends."""
    player_of(world, one).friends.change(other, FriendEvent.REQUEST, f"ask-{one}-{other}")
    player_of(world, other).friends.change(one, FriendEvent.ACCEPT, f"accept-{one}-{other}")


def fill(world: World, clock: FrozenClock, name: str = "ana") -> None:
    """Let a player have some history: 43 rolls of every case, sales, locks, two rotations."""
    world.grant(name, oranges=100_000, key=f"fill-grant-{name}")
    player = player_of(world, name)
    cases = world.catalogue.cases()
    for index, case in enumerate(cases):
        clock.advance(7 * HOUR)
        player.cases.open(case.id, 1, key=f"fill-one-{index}")
        clock.advance(11 * MINUTE)
        player.cases.open(case.id, 5, key=f"fill-five-{index}")
        if index in (1, 3):
            player.fairness.rotate(key=f"fill-rotate-{index}")
    page = player.inventory.page(_newest(), limit=100)
    ids = [item.id for item in page.items]  # type: ignore[union-attr]
    clock.advance(3 * HOUR)
    player.inventory.sell(ids[3:11], key="fill-sell")
    player.inventory.lock(ids[:2], True, key="fill-lock")
    player.cases.revealed(max(opening.operation for opening in player.cases.pending()))
    clock.advance(41 * MINUTE)


def _newest() -> Any:
    from inventui.engine.models import InventoryQuery

    return InventoryQuery()


@pytest.fixture
def make_app() -> Iterator[Callable[..., InventuiApp]]:
    """Make the app on an open world, as a player, standing still; fails on any hidden fault.

    `expect_faults=True` for the tests that break something on purpose.
    """
    made: list[InventuiApp] = []

    def make(
        world: World | None = None,
        player: str | None = "ana",
        *,
        motion: bool = False,
        expect_faults: bool = False,
        **options: Any,
    ) -> InventuiApp:
        options.setdefault("settings", Settings(reduced_motion=not motion))
        app = InventuiApp(world=world, player=player, watch_seconds=0, **options)
        if not expect_faults:
            made.append(app)
        return app

    yield make
    for app in made:
        for fault in app.faults:
            raise fault


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until every worker is done and everything is drawn."""
    for _ in range(100):
        await pilot.pause()
        busy = [worker for worker in pilot.app.workers if not worker.is_finished]
        if not busy:
            await pilot.pause()
            if all(worker.is_finished for worker in pilot.app.workers):
                return
        for worker in busy:
            try:
                await worker.wait()
            except Exception:
                # A cancelled question is no fault; a failed one is in app.faults.
                continue
    raise AssertionError("the app does not come to rest")


async def go(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one by one, coming to rest after each; `@wallet` leads to that room."""
    await settle(pilot)
    for key in keys:
        if not key.startswith("@"):
            await pilot.press(key)
        elif room(key[1:]).key:
            await pilot.press(room(key[1:]).key)
        else:
            await pilot.app.run_action(f"app.room({key[1:]!r})")
        await settle(pilot)


PICTURED_ROOMS = tuple(
    RoomEntry(slug, key, slug.capitalize(), f"inventui.screens.{slug}", "", room(slug).help)
    for slug, key in (
        ("home", "1"), ("cases", "2"), ("inventory", "3"), ("shop", "4"), ("drawer", "5"),
        ("fairness", "6"), ("wallet", "7"), ("settings", "0"),
    )
)  # fmt: skip
"""The doors in pictures. They stand still: a room that comes later would change every
picture there is. A picture of a later room names its own; `test_shell.py` has one of all."""

EVERY_ROOM = tuple(
    RoomEntry(slug, key, title, f"inventui.screens.{slug}", name, help)
    for slug, key, title, name, help in _ALL
)
"""Every door of the registry, for pictures of the bar and of Home's menu."""


@pytest.fixture
def snap(snap_compare: Any) -> Callable[..., bool]:
    """Compare a picture: keys are pressed one by one, at rest in between."""

    def compare(
        app: InventuiApp,
        size: tuple[int, int] = (80, 24),
        press: tuple[str, ...] = (),
        run_before: Callable[[Pilot[Any]], Awaitable[None]] | None = None,
        rooms: tuple[RoomEntry, ...] = PICTURED_ROOMS,
    ) -> bool:
        app.session.rooms = rooms

        async def before(pilot: Pilot[Any]) -> None:
            await go(pilot, *press)
            if run_before is not None:
                await run_before(pilot)
                await settle(pilot)
            if hasattr(pilot.app.focused, "cursor_blink"):
                pilot.app.focused.cursor_blink = False

        return bool(snap_compare(app, terminal_size=size, run_before=before))

    return compare
