"""Searching in rooms whose whole list is known: the words of every list, and escape ends it."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from textual.events import Key
from textual.keys import _character_to_key
from textual.widgets import Input, Static

from inventui.engine.trades.trades import Trades
from inventui.engine.world import World
from inventui.screens.bazaar.sell import ListItemDialog
from inventui.screens.collections.screen import CollectionsRoom
from inventui.screens.market.screen import BlackMarketRoom
from inventui.widgets.frame.field import Field, SearchInput
from inventui.widgets.frame.taking_keys import LOOK, TakesKeys
from tests.screens.conftest import PATIENCE, go, idle, settle
from tests.worlds.market import market_world
from tests.worlds.trades import trades_world

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from inventui.app.app import InventuiApp

__all__ = ["market_world", "trades_world"]

MakeApp = Callable[..., "InventuiApp"] if TYPE_CHECKING else object


async def test_the_black_market_finds_by_word_kind_rarity_and_price(
    market_world: World, make_app: MakeApp
) -> None:
    async with make_app(market_world, room="black_market").run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        room = pilot.app.screen_stack[0]
        assert isinstance(room, BlackMarketRoom)
        count = room.goods.count
        for sought, fits in (
            ("cat:weapon", lambda line: line.category == "weapon"),
            ("r:uncommon", lambda line: line.rarity == "uncommon"),
            ("<3000", lambda line: line.price.oranges < 3_000),
        ):
            await go(
                pilot,
                "slash",
                *[{":": "colon", "<": "less_than_sign"}.get(k, k) for k in sought],
                "enter",
            )
            lines = [room.goods.pages.row(index) for index in range(room.goods.count)]
            assert 0 < len(lines) < count
            assert all(line is not None and fits(line) for line in lines)
            await go(pilot, "escape")
            assert room.goods.count == count
            assert pilot.app.current_mode == "black_market"


async def test_collections_find_a_set_by_its_name_and_by_its_pieces(
    world: World, make_app: MakeApp
) -> None:
    async with make_app(world, room="collections").run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        room = pilot.app.screen_stack[0]
        assert isinstance(room, CollectionsRoom)
        every = list(room.sets.rows)
        piece = every[0].pieces[-1]
        await go(pilot, "slash", *piece.name.lower().replace(" ", "_").split("_")[0], "enter")
        assert every[0] in room.sets.rows
        assert room.wall.piece is not None
        await go(pilot, "escape", "slash", *"zzzz", "enter")
        assert not room.sets.rows
        assert "zzzz" in str(room.query_one("#none", Static).render())
        await go(pilot, "escape")
        assert list(room.sets.rows) == every


async def at_once(pilot: Pilot[Any], *keys: str) -> None:
    """Type keys without a pause: all are there before the first one is taken."""
    app = pilot.app
    assert isinstance(app, TakesKeys)
    for key in keys:
        character = key if len(key) == 1 else None
        app.post_message(Key(_character_to_key(key) if character else key, character))
    await settle(pilot)
    while app._busy:
        await pilot.pause(LOOK)
        await settle(pilot)


@pytest.mark.parametrize(
    "slug",
    ["cases", "inventory", "workshop", "collections", "shop", "black_market", "bazaar"],
)
async def test_what_is_typed_right_after_the_key_that_opens_a_search_is_looked_for(
    filled_world: World, make_app: MakeApp, slug: str
) -> None:
    async with make_app(filled_world, room=slug).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await at_once(pilot, *"/neon")
        assert isinstance(pilot.app.focused, Input)
        assert pilot.app.focused.value == "neon"


async def test_what_is_typed_right_after_a_key_that_leads_on_is_taken_where_it_leads(
    filled_world: World, make_app: MakeApp
) -> None:
    async with make_app(filled_world).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await at_once(pilot, "4", *"/lamp")
        assert isinstance(pilot.app.focused, SearchInput)
        assert pilot.app.focused.value == "lamp"
        await at_once(
            pilot, "enter", "escape", "1", "g", "i", "j", "j", "G", "g", "g", "j", *"ldegg"
        )
        assert pilot.app.current_mode == "inventory"


@pytest.mark.parametrize(
    ("room", "key", "asks", "typed", "found"),
    [
        ("bazaar", "l", (ListItemDialog, "look_for"), "straw", "List Bent Straw"),
        ("trades", "o", (Trades, "partners"), "berg", "Offer Count Bergamot"),
    ],
)
async def test_letters_wait_for_no_answer_and_enter_for_the_one_that_decides(
    trades_world: World, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch,
    room: str, key: str, asks: tuple[type, str], typed: str, found: str,
) -> None:  # fmt: skip
    may_answer, answer = Event(), getattr(*asks)

    def slow(*asked: Any) -> Any:
        may_answer.wait()
        return answer(*asked)

    async def until(seen: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not seen():
                await pilot.pause()

    async with make_app(trades_world, room=room).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app = pilot.app
        monkeypatch.setattr(*asks, slow)
        try:
            app.post_message(Key(key, key))
            await until(lambda: isinstance(app.focused, SearchInput))
            field = app.focused
            assert isinstance(field, SearchInput)
            for letter in (*typed, "x", "backspace"):
                app.post_message(Key(letter, letter if len(letter) == 1 else None))
            await until(lambda: field.value == typed and not app._typed)
            dialog = app.screen
            app.post_message(Key("enter", None))
            await idle()
            assert app.screen is dialog
        finally:
            may_answer.set()
        await until(lambda: getattr(app.screen, "heading", "") == found)
        await settle(pilot)


@pytest.mark.parametrize(
    ("slug", "keys"),
    [
        ("cases", ["n", "backspace"]),
        ("people", ["/"]),
        ("streets", ["/"]),
        ("bazaar", ["l"]),
        ("bazaar", ["l", "enter", "end", *["backspace"] * 9]),
        ("settings", ["r", "end", *["backspace"] * 20]),
        ("settings", ["p"]),
        ("inventory", ["v"]),
        ("inventory", ["down", "down", "j", "b", "end", *["backspace"] * 9]),
        ("inventory", ["ctrl+p"]),
    ],
)
async def test_what_is_typed_right_after_the_key_that_opens_a_window_reaches_its_field(
    filled_world: World, make_app: MakeApp, slug: str, keys: list[str]
) -> None:
    async with make_app(filled_world, room=slug).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await at_once(pilot, *keys, *"123")
        assert isinstance(pilot.app.focused, Field)
        assert pilot.app.focused.value.endswith("123")
