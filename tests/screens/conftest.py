"""What every test of a screen stands on: a still clock, known secrets, folders of its own."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import pytest
from textual._context import active_app
from textual.app import App

from inventui.app.app import InventuiApp
from inventui.config import Settings
from inventui.rules.core.clock import HOUR, MINUTE, FrozenClock
from inventui.rules.people.friends import FriendEvent
from inventui.screens.people.screen import PeopleRoom
from inventui.screens.registry import room
from tests.builders import PACKS, SCREEN_PACKS, lived_in
from tests.screens.pictures import compare, draw
from tests.screens.process_caches import share

if TYPE_CHECKING:
    from syrupy import SnapshotAssertion
    from textual.pilot import Pilot
    from textual.screen import Screen

    from inventui.engine.world import PlayerHandle, World

Picture = Callable[..., Awaitable[None]]

START = 1_795_197_600_000
"""2026-11-20 18:00:00 UTC."""

PACK = SCREEN_PACKS / "base.toml"
"""A catalogue that stands still, so that pictures change only with the screens."""

PATIENCE = 60
"""Seconds after which what does not come to rest is a fault."""

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
    monkeypatch.setattr("textual.pilot.wait_for_idle", idle)
    monkeypatch.setattr("textual.app.wait_for_idle", idle)
    # Nobody sees a room half drawn, so that nothing needs to be held back for a moment.
    monkeypatch.setattr(App, "delay_update", lambda app, delay=0.05: None)
    # A person's card is read as soon as the cursor is there.
    monkeypatch.setattr(PeopleRoom, "_look_closer", PeopleRoom._read_card)
    monkeypatch.setattr("inventui.app.app.gc", Mock(spec=gc))


@pytest.fixture
def clock() -> FrozenClock:
    """A clock that stands at START."""
    return FrozenClock(START)


@pytest.fixture
def empty_world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """A world that nobody plays in yet."""
    world = _open(tmp_path / "world.db", clock)
    yield world
    world.close()


@pytest.fixture
def rich_world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """ana's world of cases with pools, groups, a guarantee and entries that give nothing."""
    world = _open(tmp_path / "rich.db", clock, pack=PACKS / "rich.toml")
    world.players.add("ana", key="add-ana")
    yield world
    world.close()


def _open(path: Path, clock: FrozenClock, seed: str = "seed", pack: Path = PACK) -> World:
    from inventui.engine.core.secrets import SeededEntropy
    from inventui.engine.world import World

    entropy = SeededEntropy(seed)
    return World.open(path, clock=clock, entropy=entropy, pack=pack, daily_backup=False)


@pytest.fixture
def world(empty_world: World) -> World:
    """A world with the new player ana."""
    empty_world.players.add("ana", key="add-ana")
    return empty_world


def _live_long(path: Path) -> int:
    clock = FrozenClock(START)
    with _open(path, clock) as world:
        world.players.add("ana", key="add-ana")
        fill(world, clock)
    return clock.at


@pytest.fixture
def filled_world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """ana has opened, sold, locked and rotated; nothing waits to be revealed."""
    path = tmp_path / "world.db"
    clock.at = lived_in(path, _live_long).at
    with _open(path, clock, "filled") as world:
        yield world


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
    player.reveals.revealed(max(opening.operation for opening in player.reveals.pending()))
    clock.advance(41 * MINUTE)


def _newest() -> Any:
    from inventui.engine.inventory.models import InventoryQuery

    return InventoryQuery()


@pytest.fixture
def make_app() -> Iterator[Callable[..., InventuiApp]]:
    """Make the app on an open world, as a player, in a room; fails on any hidden fault.

    `expect_faults=True` for the tests that break something on purpose.
    """
    made: list[InventuiApp] = []

    def make(
        world: World | None = None,
        player: str | None = "ana",
        *,
        room: str = "home",
        motion: bool = False,
        expect_faults: bool = False,
        **options: Any,
    ) -> InventuiApp:
        options.setdefault("settings", Settings(reduced_motion=not motion))
        app = InventuiApp(world=world, player=player, watch_seconds=0, **options)
        begin_in(app, room)
        if not expect_faults:
            made.append(app)
        return app

    yield make
    for app in made:
        for fault in app.errors:
            raise fault


async def idle(*_: float) -> None:
    """Until nothing is left to do that waits for no answer and no moment, and all is drawn."""
    app = active_app.get(None)
    ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    end, quiet = monotonic() + PATIENCE, 0
    while quiet < 2:
        assert monotonic() < end, "the app does not come to rest"
        await asyncio.sleep(0)
        quiet = 0 if ready else quiet + 1
        if quiet == 2 and app is not None and app._running and app._screen_stack:
            if (app._batch_count or app._resize_event is not None) and not app._exit:
                await asyncio.sleep(0.001)
                quiet = 0
            else:
                behind = [screen for screen in app._background_screens if _to_lay_out(screen)]
                for screen in behind or ([app.screen] if _to_draw(app.screen) else []):
                    screen._on_timer_update()
                    quiet = 0


def _to_lay_out(screen: Screen[Any]) -> bool:
    """Whether a screen, also one behind the top one, waits to be laid out for its next frame."""
    return screen.is_current and bool(
        screen._layout_required
        or screen._scroll_required
        or screen._recompose_required
        or screen._callbacks
    )


def _to_draw(screen: Screen[Any]) -> bool:
    """Whether the screen on top waits for its next frame to be drawn."""
    return _to_lay_out(screen) or (
        screen.is_current and bool(screen._repaint_required or screen._dirty_widgets)
    )


def begin_in(app: InventuiApp, slug: str) -> None:
    """Let an app that does not run yet begin in another room than Home."""
    app._screen_stacks, app._current_mode = {slug: []}, slug


def _begun(app: App[Any]) -> bool:
    """Whether a game has its world, or says why not; it asks for one once its frame is drawn."""
    if not isinstance(app, InventuiApp) or app._exit or not app.is_running:
        return True
    return app.session.world is not None or len(app.screen_stack) > 1


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until every worker is done and everything is drawn."""
    app = pilot.app
    for _ in range(100):
        await idle()
        busy = [worker._task for worker in app.workers if not worker.is_finished and worker._task]
        if busy:
            await asyncio.wait(busy, timeout=PATIENCE)
        elif _begun(app):
            return
        else:
            await asyncio.sleep(0.001)
    raise AssertionError("the app does not come to rest")


async def go(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one by one, coming to rest after each; `@wallet` leads to that room."""
    await settle(pilot)
    for key in keys:
        if not key.startswith("@"):
            await pilot.press(key)
        elif room(key[1:]).key and pilot.app.current_mode != key[1:]:
            # Where one is already, its digit would lead on.
            await pilot.press(room(key[1:]).key)
        else:
            await pilot.app.run_action(f"app.room({key[1:]!r})")
        await settle(pilot)


@pytest.fixture
def picture(snapshot: SnapshotAssertion, request: pytest.FixtureRequest) -> Picture:
    """Compare what an app shows, come to rest, with the accepted picture of this test and name.

    The lines of the shell are left out unless they are asked for.
    """

    async def see(pilot: Pilot[Any], name: str | None = None, *, shell: bool = False) -> None:
        if hasattr(pilot.app.focused, "cursor_blink"):
            pilot.app.focused.cursor_blink = False
        await settle(pilot)
        compare(snapshot, request, draw(pilot.app, shell=shell), name)

    return see
