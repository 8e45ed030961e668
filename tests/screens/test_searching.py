"""Searching in rooms whose whole list is known: the words of every list, and escape ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from inventui.engine.world import World
from inventui.screens.collections.screen import CollectionsRoom
from inventui.screens.market.screen import BlackMarketRoom
from tests.screens.conftest import go, settle
from tests.worlds.market import market_world

if TYPE_CHECKING:
    from collections.abc import Callable

    from inventui.app.app import InventuiApp

__all__ = ["market_world"]

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
