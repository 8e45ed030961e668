"""Settings: theme, motion, players, paths."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inventui import config
from inventui.app import InventuiApp
from inventui.config import Settings
from inventui.engine.world import World
from inventui.screens.welcome import WelcomeScreen
from inventui.widgets.menu import Menu
from inventui.widgets.room import Room
from tests.screens.conftest import HOSTILE_NAMES, go, settle

Make = Callable[..., InventuiApp]
Snap = Callable[..., bool]

SIZES, SIZE_IDS = [(80, 24), (120, 40)], ["80x24", "120x40"]


@pytest.fixture
def still_paths(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    """Paths that are the same in every run, for pictures."""
    monkeypatch.setattr(config, "settings_file", lambda: Path("/home/ana/.config/settings.json"))
    monkeypatch.setattr(config, "documents_dir", lambda: Path("/home/ana/Documents/inventui"))
    monkeypatch.setattr(config, "save_settings", lambda _: None)
    world.path = Path("/home/ana/.local/share/inventui/[/nope]/world.db")


async def test_moving_through_the_themes_shows_each_and_enter_keeps_it(
    world: World, make_app: Make
) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await go(pilot, "@settings", "down")
        assert app.theme == "day-market"
        assert config.load_settings()[0].theme == "night-market"
        await go(pilot, "enter")
        assert config.load_settings()[0].theme == "day-market"
        await go(pilot, "@home")
        assert app.theme == "day-market"


@pytest.mark.parametrize("leave", ["tab", "@home", "escape"])
async def test_a_theme_that_was_only_looked_at_is_gone_on_leaving(
    leave: str, world: World, make_app: Make
) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await go(pilot, "@settings", "down", "down", leave)
        assert app.theme == "night-market"
        assert app.session.settings.theme == "night-market"


async def test_a_theme_taken_from_the_palette_is_kept_too(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        app.theme = "nord"
        await settle(pilot)
    assert config.load_settings()[0].theme == "nord"


async def test_every_theme_can_be_chosen(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await go(pilot, "@settings")
        offered = {item.id for item in app.screen.query_one("#themes", Menu).items}
        assert offered == set(app.available_themes)


async def test_reduced_motion_is_kept_and_heeded_at_once(world: World, make_app: Make) -> None:
    app = make_app(world, motion=True)
    async with app.run_test() as pilot:
        await go(pilot, "@settings")
        assert app.session.motion
        await go(pilot, "m")
        assert not app.session.motion
        assert app.animation_level == "none"
        assert config.load_settings()[0].reduced_motion
        await go(pilot, "tab", "enter")
        assert app.session.motion
        assert app.animation_level == "full"
        assert not config.load_settings()[0].reduced_motion


async def test_choosing_another_player_goes_on_as_them_everywhere(
    filled_world: World, make_app: Make
) -> None:
    filled_world.players.add("bob", key="bob")
    app = make_app(filled_world)
    async with app.run_test() as pilot:
        await go(
            pilot, "@wallet", "@fairness", "@inventory", "@settings", "tab", "tab", "down", "enter"
        )
        assert app.session.card is not None
        assert app.session.card.name == "bob"
        await go(pilot, "@wallet")
        assert "2 lines" in str(app.screen.query_one("#book").border_title)
        await go(pilot, "@home")
        assert app.current_mode == "home"
    assert config.load_settings()[0].player == "bob"


async def test_someone_new_can_be_added_and_plays_at_once(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await go(pilot, "@settings", "p")
        assert isinstance(app.screen, WelcomeScreen)
        await go(pilot, "escape")
        assert isinstance(app.screen, Room)
        await go(pilot, "tab", "tab", "end", "enter")
        await pilot.press(*"cy")
        await go(pilot, "enter")
        assert app.session.card is not None
        assert app.session.card.name == "cy"
        names = [item.title for item in app.screen.query_one("#players", Menu).items]
        assert names == ["ana", "cy", "Rename cy …", "Passphrase …", "Add someone …"]


async def test_a_player_called_like_the_add_line_is_still_a_player(
    world: World, make_app: Make
) -> None:
    world.players.add("+", key="plus")
    app = make_app(world)
    async with app.run_test() as pilot:
        await go(pilot, "@settings", "tab", "tab", "down", "enter")
        assert app.session.card is not None
        assert app.session.card.name == "+"


async def test_settings_that_cannot_be_kept_are_told_and_hold_for_now(
    world: World, make_app: Make, home: Path
) -> None:
    (home / "config").write_text("no folder")
    app = make_app(world, settings=Settings(reduced_motion=True))
    async with app.run_test(notifications=True) as pilot:
        await go(pilot, "@settings", "m")
        assert app.session.motion
        assert any("could not be kept" in str(toast.message) for toast in app._notifications)


@pytest.mark.usefixtures("still_paths")
@pytest.mark.parametrize("size", SIZES, ids=SIZE_IDS)
def test_picture_of_the_settings(
    size: tuple[int, int], world: World, make_app: Make, snap: Snap
) -> None:
    assert snap(make_app(world), size, press=("@settings",))


@pytest.mark.usefixtures("still_paths")
def test_picture_of_many_hostile_players(world: World, make_app: Make, snap: Snap) -> None:
    for index, name in enumerate(HOSTILE_NAMES):
        world.players.add(name, key=str(index))
    assert snap(make_app(world), press=("@settings", "tab", "tab", "end"))


@pytest.mark.usefixtures("still_paths")
def test_picture_of_a_theme_that_is_tried(world: World, make_app: Make, snap: Snap) -> None:
    assert snap(make_app(world), press=("@settings", "down"))
