"""Who goes on as another player sees nothing of the one before, in whatever room that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input

from inventui.screens.registry import ROOMS
from inventui.widgets.frame.room import Room
from tests.screens.conftest import go, player_of, settle
from tests.screens.pictures import draw, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from inventui.app.app import InventuiApp
    from inventui.engine.world import World

    MakeApp = Callable[..., InventuiApp]


@pytest.mark.parametrize("slug", [entry.slug for entry in ROOMS])
async def test_a_room_shows_another_player_what_it_shows_who_comes_first(
    filled_world: World, make_app: MakeApp, slug: str
) -> None:
    filled_world.players.add("bob", key="add-bob")
    filled_world.grant("ana", oranges=5, key="late")
    shown = []
    for first in ("bob", "ana"):
        app: Any = make_app(filled_world, room=slug, player=first)
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            if first == "ana":
                app.session.opened = 10
                await go(pilot, "slash")
                if isinstance(app.focused, Input):
                    await pilot.press(*"lemon")
                    await go(pilot, "enter" if isinstance(app.screen, Room) else "escape")
                await app.play_as(player_of(filled_world, "bob"))
                await settle(pilot)
            shown.append(words(draw(app, shell=True)))
    assert "".join(shown[0]) == "".join(shown[1])
