"""What is still loading says so, and is never answered as a refusal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from inventui.screens.registry import ROOMS
from inventui.widgets.frame.actions import BUSY, LOADING, MISSING
from tests.screens.conftest import settle

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from inventui.app.app import InventuiApp
    from inventui.engine.world import World

MakeApp = Callable[..., "InventuiApp"]


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """While it is not set, no question is answered."""
    gate, really = asyncio.Event(), asyncio.to_thread
    gate.set()

    async def held_up(*call: Any) -> Any:
        await gate.wait()
        return await really(*call)

    monkeypatch.setattr(asyncio, "to_thread", held_up)
    return gate


async def begun(pilot: Pilot[Any], slug: str) -> Any:
    """Wait until a room has asked for what it shows."""
    app: Any = pilot.app
    while not (slug == app.screen.ROOM and app.screen.is_mounted and app.screen.is_loading):
        await pilot.pause()
    return app.screen


@pytest.mark.parametrize("slug", [entry.slug for entry in ROOMS if entry.slug != "home"])
async def test_no_room_says_that_something_is_missing_while_it_is_loading(
    slug: str, make_app: MakeApp, filled_world: World, gate: asyncio.Event
) -> None:
    app = make_app(filled_world)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        gate.clear()
        app.action_room(slug)
        screen = await begun(pilot, slug)
        said = [screen.why_not(action.id) for action in screen.ACTIONS]
        assert all(
            refusal in (BUSY, LOADING) or refusal.reason not in MISSING for refusal in said
        ), said
        gate.set()
        await settle(pilot)
        assert not screen.is_loading
        assert LOADING not in [screen.why_not(action.id) for action in screen.ACTIONS]


async def test_a_key_for_what_is_still_loading_says_so(
    make_app: MakeApp, filled_world: World, gate: asyncio.Event
) -> None:
    app = make_app(filled_world)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        gate.clear()
        app.action_room("collections")
        await begun(pilot, "collections")
        await pilot.press("enter")
        await pilot.pause()
        assert [toast.message for toast in app._notifications] == [LOADING.message]
        gate.set()
        await settle(pilot)
