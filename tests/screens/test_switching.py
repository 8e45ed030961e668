"""Switching: another player sees nothing of the one before; a hidden room takes little, a closed
dialog nothing.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any
from weakref import ref

import pytest
from textual.strip import Strip
from textual.widgets import Input

from inventui.screens.registry import ROOMS
from inventui.widgets.frame.room import Room
from inventui.widgets.line_cache import KeptLines
from inventui.widgets.lists.item_list import ItemList
from inventui.widgets.lists.row_list import RowList
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


def kept_lines(screen: Room) -> int:
    """How many lines a screen keeps as they were drawn; a picture is no line."""
    nodes = [screen, *screen.query("*")]
    bars = [bar for node in nodes for bar in (node._vertical_scrollbar, node._horizontal_scrollbar)]
    drawn = [*nodes, *(bar for bar in bars if bar is not None)]
    return sum((
        sum(len(node._framed) for node in nodes if isinstance(node, KeptLines)),
        sum(len(node._drawn) for node in nodes if isinstance(node, RowList)),
        sum(len(node._strips) for node in nodes if isinstance(node, ItemList)),
        sum(len(node._styles_cache._cache) + len(node._render_cache.lines) for node in drawn),
    ))  # fmt: skip


@pytest.mark.parametrize("slug", [entry.slug for entry in ROOMS])
async def test_a_room_that_another_hides_keeps_no_line_and_looks_the_same_when_it_is_back(
    filled_world: World, make_app: MakeApp, slug: str
) -> None:
    app: Any = make_app(filled_world, room=slug)
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, "down")
        shown, before = app.screen, words(draw(app, shell=True))
        await go(pilot, "question_mark", "escape")
        assert kept_lines(shown)
        await go(pilot, "@wallet" if slug == "home" else "@home")
        assert kept_lines(app.screen)
        assert not kept_lines(shown)
        await pilot.app.run_action(f"app.room({slug!r})")
        await settle(pilot)
        assert app.screen is shown
        # At Home Bigpulp says something else each time.
        if slug != "home":
            assert "".join(words(draw(app, shell=True))) == "".join(before)


async def test_nothing_that_a_closed_dialog_has_drawn_is_kept(
    filled_world: World, make_app: MakeApp
) -> None:
    app: Any = make_app(filled_world, room="cases")
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, "question_mark")
        caches = [ref(node._styles_cache) for node in app.screen.query("*")]
        assert any(len(cache()._cache) for cache in caches)
        await go(pilot, "escape", "down")
        gc.collect()
        kept = [cache()._cache for cache in caches if cache() is not None]
        assert not any(kept)


async def test_one_opening_after_another_keeps_no_more_lines(
    filled_world: World, make_app: MakeApp
) -> None:
    def strips() -> int:
        gc.collect()
        return sum(type(kept) is Strip for kept in gc.get_objects())

    app: Any = make_app(filled_world, room="cases")
    async with app.run_test(size=(120, 40)) as pilot:
        kept = []
        for _ in range(3):
            await go(pilot, "enter")
            assert not isinstance(app.screen, Room)
            await go(pilot, "space", "escape")
            assert isinstance(app.screen, Room)
            kept.append(strips())
        assert kept[2] - kept[0] < 100, kept
