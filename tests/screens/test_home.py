"""Home: what one has and what to do next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from textual.widgets import Static

from inventui.app import InventuiApp
from inventui.config import Settings
from inventui.engine.models import CaseSummary, PlayerCard
from inventui.engine.world import World
from inventui.rules.clock import DAY, FrozenClock
from inventui.rules.enums import Rarity
from inventui.screens import ROOMS
from inventui.widgets.bigpulp import TIPS, BigPulp, speech
from inventui.widgets.menu import Menu
from tests.screens.conftest import (
    EVERY_ROOM,
    HOSTILE_IDS,
    HOSTILE_NAMES,
    START,
    fill,
    go,
    player_of,
    settle,
)

Make = Callable[..., InventuiApp]
Snap = Callable[..., bool]

SIZES, SIZE_IDS = [(80, 24), (120, 40)], ["80x24", "120x40"]
CHEAPEST = CaseSummary(
    "citrus-crate", "Citrus Crate", 150, 1, "Golden Squeezer", 15_000, Rarity.LEGENDARY
)


@pytest.fixture
def snap(snap: Snap) -> Snap:
    """Home's menu leads to every room."""
    return partial(snap, rooms=EVERY_ROOM)


def card(oranges: int, experience: int = 0) -> PlayerCard:
    return PlayerCard(1, "ana", experience, oranges, 25)


async def test_a_new_player_is_led_to_the_first_case(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        menu = app.screen.query_one(Menu)
        assert menu.chosen is not None
        assert menu.chosen.title == "Open your first case"
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
            assert menu.chosen is not None
            assert menu.chosen.title == "Open your first case"
            assert "Fresh in the market?" in app.screen.query_one(BigPulp).words
            lately = app.screen.query_one("#lately", Static)
            assert "Nothing yet" in str(lately.render())


async def test_the_menu_leads_to_every_room_but_home(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        for index, entry in enumerate(ROOMS[1:]):
            await go(pilot, "@home", "home", *["down"] * index, "enter")
            assert app.current_mode == entry.slug


async def test_the_menu_moves_by_arrows_by_hjkl_and_by_mouse(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        menu = app.screen.query_one(Menu)
        last = len(menu.items) - 1
        seen = []
        for key in ("down", "j", "k", "end", "down", "up", "home", "up"):
            await go(pilot, key)
            seen.append(menu.cursor)
        assert seen == [1, 2, 1, last, last, last - 1, 0, 0]
        corner = menu.content_region.offset
        await pilot.click(offset=(corner.x + 6, corner.y + 2))
        await settle(pilot)
        assert app.current_mode == menu.items[2].id


async def test_a_menu_that_goes_on_out_of_sight_says_so(world: World, make_app: Make) -> None:
    app = make_app(world)
    app.session.rooms = EVERY_ROOM
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        menu = app.screen.query_one(Menu)
        assert len(menu.items) == len(EVERY_ROOM) - 1
        lines = str(menu.render()).splitlines()
        assert [line[-1] for line in lines] == [" "] * (len(lines) - 1) + ["↓"]
        await go(pilot, "end")
        lines = str(menu.render()).splitlines()
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


@pytest.mark.parametrize("size", SIZES, ids=SIZE_IDS)
def test_picture_of_a_new_player(
    size: tuple[int, int], world: World, make_app: Make, snap: Snap
) -> None:
    assert snap(make_app(world), size)


@pytest.mark.parametrize("size", SIZES, ids=SIZE_IDS)
def test_picture_of_a_player_with_history(
    size: tuple[int, int], filled_world: World, make_app: Make, snap: Snap
) -> None:
    assert snap(make_app(filled_world), size)


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=HOSTILE_IDS)
def test_picture_of_a_hostile_name(
    name: str, empty_world: World, clock: FrozenClock, make_app: Make, snap: Snap
) -> None:
    empty_world.players.add(name, key="hostile")
    fill(empty_world, clock, name)
    assert snap(make_app(empty_world, name))


@pytest.mark.parametrize("theme", ["day-market", "high-contrast", "textual-dark"])
def test_picture_of_another_theme(
    theme: str, filled_world: World, make_app: Make, snap: Snap
) -> None:
    settings = Settings(theme=theme, reduced_motion=True)
    assert snap(make_app(filled_world, settings=settings), press=("down",))


def test_picture_without_colour(
    filled_world: World, make_app: Make, snap: Snap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap(make_app(filled_world), press=("down",))


def test_picture_of_a_small_terminal(world: World, make_app: Make, snap: Snap) -> None:
    assert snap(make_app(world), (59, 19))


def test_picture_of_the_narrowest_terminal(filled_world: World, make_app: Make, snap: Snap) -> None:
    assert snap(make_app(filled_world), (60, 20))


def test_picture_of_the_help(filled_world: World, make_app: Make, snap: Snap) -> None:
    assert snap(make_app(filled_world), press=("question_mark",))


def test_picture_of_a_world_that_cannot_be_used(
    make_app: Make, snap: Snap, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inventui.db.errors import Trouble, WorldError

    def refuse(*_: object, **__: object) -> None:
        raise WorldError(
            Trouble.NEWER,
            "The world [/nope] was made by a newer inventui. Update the program to play in it.",
        )

    monkeypatch.setattr(World, "open", refuse)
    assert snap(make_app(None, database="x.db"))
