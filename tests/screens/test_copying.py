"""Copying: a line of text of whatever the cursor stands on, and what proves a roll, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.engine.world import World
from tests.builders import opened
from tests.screens.conftest import go, player_of, settle
from tests.worlds.bazaar import bazaar_world
from tests.worlds.market import market_world

if TYPE_CHECKING:
    from collections.abc import Callable

    from inventui.app.app import InventuiApp

MakeApp = Callable[..., "InventuiApp"] if TYPE_CHECKING else object


__all__ = ["bazaar_world", "market_world"]


async def test_y_copies_the_line_under_the_cursor_and_says_so(
    market_world: World, make_app: MakeApp
) -> None:
    market_world.grant("ana", item="lemon-honesty")
    for room, expected in (
        ("inventory", "Lemon Honesty · common business · 🍊"),
        ("shop", " · 💎 1 · rob 1 %"),
        ("black_market", " · 🍊 "),
        ("feed", "Lemon Honesty"),
    ):
        app = make_app(market_world, room=room)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await go(pilot, "y")
            assert expected in app.clipboard
            assert "\n" not in app.clipboard
            assert any(app.clipboard in note.message for note in app._notifications)


async def test_y_copies_a_listing_with_price_and_seller(
    bazaar_world: World, make_app: MakeApp
) -> None:
    app = make_app(bazaar_world, room="bazaar")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await go(pilot, "y")
        line = app.screen.line  # type: ignore[attr-defined]
        assert line.player_item.name in app.clipboard
        assert f"{line.price:,} from {line.seller}" in app.clipboard


async def test_y_copies_the_proof_of_a_roll_with_every_hash_whole(
    world: World, make_app: MakeApp
) -> None:
    ana = player_of(world)
    roll = opened(ana, "citrus-crate").rolls[0]
    ana.reveals.revealed(max(opening.operation for opening in ana.reveals.pending()))
    app = make_app(world, room="inventory")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await go(pilot, "h", "y")
        for part in (roll.server_seed_hash, roll.client_seed, roll.odds_hash, f"roll {roll.nonce}"):
            assert part in app.clipboard
        await go(pilot, "escape", "@cases", "v", "y")
        active = ana.fairness.show().active
        assert active.server_seed_hash in app.clipboard
        assert f"roll {active.nonce}" in app.clipboard


async def test_where_nothing_is_under_the_cursor_y_copies_nothing_and_says_why(
    world: World, make_app: MakeApp
) -> None:
    app = make_app(world, room="inventory")
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, "slash", *"zzzz", "enter", "y")
        assert app.clipboard == ""
        assert any("nothing under the cursor" in note.message for note in app._notifications)
