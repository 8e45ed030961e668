"""Home: what one has and what to do next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Static

from inventui.app.app import InventuiApp
from inventui.engine.core.models import CaseSummary, PlayerCard
from inventui.engine.world import World
from inventui.rules.core.clock import DAY, FrozenClock
from inventui.rules.core.enums import Rarity
from inventui.screens.registry import ROOMS
from inventui.widgets.bigpulp.picture import TIPS, BigPulp, speech
from inventui.widgets.lists.menu import Menu
from tests.screens.conftest import (
    HOSTILE_NAMES,
    START,
    Picture,
    go,
    player_of,
    settle,
)
from tests.worlds.shop import text_of

Make = Callable[..., InventuiApp]


CHEAPEST = CaseSummary(
    "citrus-crate", "Citrus Crate", 150, 1, "Golden Squeezer", 15_000, Rarity.LEGENDARY
)


def card(oranges: int, experience: int = 0) -> PlayerCard:
    return PlayerCard(1, "ana", experience, oranges, 25)


async def test_a_new_player_is_led_to_the_first_case(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        menu = app.screen.query_one(Menu)
        assert menu.row is not None
        assert menu.row.title == "Open your first case"
        assert "Citrus Crate" in app.screen.query_one(BigPulp).words
        await go(pilot, "enter")
        assert app.current_mode == "cases"


async def test_what_everybody_owns_from_the_start_is_no_news_and_makes_nobody_old(
    tmp_path: Path, make_app: Make
) -> None:
    with World.open(tmp_path / "base.db", daily_backup=False) as world:
        world.players.add("ana")
        assert player_of(world).inventory.statistics().total_items > 0
        app = make_app(world)
        async with app.run_test() as pilot:
            await settle(pilot)
            menu = app.screen.query_one(Menu)
            assert menu.row is not None
            assert menu.row.title == "Open your first case"
            assert "Fresh in the market?" in app.screen.query_one(BigPulp).words
            lately = app.screen.query_one("#lately", Static)
            assert "Nothing yet" in str(lately.render())


async def test_enter_leads_where_the_chosen_line_says(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        menu = app.screen.query_one(Menu)
        assert [item.id for item in menu.rows] == [entry.slug for entry in ROOMS[1:]]
        for key in ("down", "end"):
            await go(pilot, "@home", key)
            assert menu.row is not None
            slug = menu.row.id
            await go(pilot, "enter")
            assert app.current_mode == slug


async def test_the_menu_moves_by_arrows_by_hjkl_and_by_mouse(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        menu = app.screen.query_one(Menu)
        last = len(menu.rows) - 1
        seen = []
        for key in ("down", "j", "k", "end", "down", "up", "home", "up"):
            await go(pilot, key)
            seen.append(menu.cursor)
        assert seen == [1, 2, 1, last, last, last - 1, 0, 0]
        corner = menu.content_region.offset
        await pilot.click(offset=(corner.x + 6, corner.y + 2))
        await settle(pilot)
        assert app.current_mode == menu.rows[2].id


async def test_a_menu_that_goes_on_out_of_sight_says_so(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        menu = app.screen.query_one(Menu)
        assert len(menu.rows) == len(ROOMS) - 1
        lines = [menu.render_line(y).text for y in range(menu.size.height)]
        assert [line[-1] for line in lines] == [" "] * (len(lines) - 1) + ["↓"]
        await go(pilot, "end")
        lines = [menu.render_line(y).text for y in range(menu.size.height)]
        assert [line[-1] for line in lines] == ["↑"] + [" "] * (len(lines) - 1)
        assert "Settings" in lines[-1]


async def test_home_says_what_enter_would_do(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await go(pilot, "down")
        assert str(app.screen.query_one(Menu).border_subtitle) == ROOMS[2].help


async def test_home_counts_and_values_what_is_owned(filled_world: World, make_app: Make) -> None:
    app = make_app(filled_world)
    async with app.run_test() as pilot:
        await settle(pilot)
        text = str(app.screen.query_one("#card", Static).content)
        statistics = app.session.player.inventory.statistics()  # type: ignore[union-attr]
        assert f"{statistics.total_items} things worth 🍊 {statistics.total_value:,}" in text
        newest = str(app.screen.query_one("#lately", Static).content).splitlines()[0]
        assert "Black Orchid" in newest


def test_bigpulp_speaks_of_what_matters_most() -> None:
    assert "Citrus Crate costs 150" in speech(card(5_000), 0, CHEAPEST, START)
    assert "Sell a thing" in speech(card(149, 300), 4, CHEAPEST, START)
    assert "The cheapest case costs 150" in speech(card(149, 300), 0, CHEAPEST, START)
    assert "100 xp to your next rank" in speech(card(5_000, 900), 4, CHEAPEST, START)
    assert "No case is on sale" in speech(card(5_000), 0, None, START)


def test_bigpulp_has_another_tip_each_day() -> None:
    said = {speech(card(5_000, 100), 4, CHEAPEST, START + day * DAY) for day in range(len(TIPS))}
    assert said == set(TIPS)


async def test_the_footer_names_the_keys_of_the_menu(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        foot = text_of(app).splitlines()[-1]
        assert foot.startswith(" ⏎ Choose  ? Help ")


async def test_hostile_names_are_shown_as_they_are(
    filled_world: World, clock: FrozenClock, make_app: Make
) -> None:
    app = make_app(filled_world)
    for number, name in enumerate(HOSTILE_NAMES):
        filled_world.players.add(name, key=f"hostile-{number}")
    async with app.run_test() as pilot:
        await settle(pilot)
        for name in HOSTILE_NAMES:
            await app.play_as(player_of(filled_world, name))
            await settle(pilot)
            said = app.screen.query_one("#card", Static).content
            assert name[:9] in str(said)
            assert not any("click" in str(span.style) for span in said.spans)


# Pictures


async def test_picture_of_a_new_player(world: World, make_app: Make, picture: Picture) -> None:
    async with make_app(world).run_test() as pilot:
        await picture(pilot)


async def test_picture_of_a_player_with_history(
    filled_world: World, make_app: Make, picture: Picture
) -> None:
    async with make_app(filled_world).run_test() as pilot:
        await go(pilot, "down")
        for width, height in ((60, 20), (80, 24), (120, 40)):
            await pilot.resize_terminal(width, height)
            await picture(pilot, f"{width}x{height}")


async def test_without_colour_the_choice_is_marked_by_a_sign(
    filled_world: World, make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app(filled_world)
    async with app.run_test() as pilot:
        await go(pilot, "down")
        assert "▸ See what you own" in text_of(app)
        assert text_of(app).count("▸") == 1
