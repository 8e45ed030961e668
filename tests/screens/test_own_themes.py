"""Themes of the player's own: read from files, offered beside the game's, and applied at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inventui import config
from inventui.app.app import InventuiApp
from inventui.app.palette import Palette
from inventui.engine.world import World
from inventui.screens import own_themes
from inventui.widgets.lists.menu import Menu
from inventui.widgets.theme import DAY_MARKET, NIGHT_MARKET
from tests.screens.conftest import Picture, go, settle

Make = Callable[..., InventuiApp]

HARBOUR = """
base = "dark"

[colours]
primary = "#7fd1ff"
background = "#08131c"
surface = "#0d1c28"
panel = "#16293a"
rarity-legendary = "gold"
"""


def written(name: str, text: str) -> Path:
    """A file of a theme, written by hand."""
    folder = config.themes_dir()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text)
    return path


def said(app: InventuiApp) -> str:
    """What the last toasts say."""
    return "\n".join(each.message for each in app._notifications)


async def test_a_theme_of_a_file_stands_after_the_games_own_and_shows_at_once(
    world: World, make_app: Make
) -> None:
    written("harbour.toml", HARBOUR)
    app = make_app(world, room="settings")
    async with app.run_test() as pilot:
        await settle(pilot)
        rows = app.screen.query_one("#themes", Menu).rows
        assert [(row.id, row.note) for row in rows[:4]] == [
            ("night-market", "in use"), ("day-market", ""), ("high-contrast", ""),
            ("harbour", "yours"),
        ]  # fmt: skip
        await go(pilot, "down", "down", "down")
        variables = app.get_css_variables()
        assert variables["primary"] == "#7FD1FF"
        assert variables["border"] == variables["footer-key-foreground"] == "#7fd1ff"
        assert variables["rarity-legendary"] == "#ffd700"
        assert variables["foreground"].lower() == "#efe3d3"
        await go(pilot, "enter")
        assert config.load_settings()[0].theme == "harbour"
        await go(pilot, "ctrl+p")
        assert isinstance(app.screen, Palette)
        assert any(hit.id == "theme harbour" for hit in app.screen._hits)
    again = make_app(world, settings=None)
    async with again.run_test() as pilot:
        await settle(pilot)
        assert again.theme == "harbour"


async def test_a_file_that_is_changed_or_written_meanwhile_is_read_on_entering_the_settings(
    world: World, make_app: Make
) -> None:
    path = written("harbour.toml", HARBOUR)
    app = make_app(world, room="settings")
    async with app.run_test() as pilot:
        await go(pilot, "down", "down", "down", "enter", "@home")
        path.write_text(HARBOUR.replace("#7fd1ff", "#ff00ff"))
        written("meadow.toml", 'base = "light"\n')
        await go(pilot, "@settings")
        assert app.get_css_variables()["primary"] == "#FF00FF"
        assert config.load_settings()[0].theme == "harbour"
        assert "meadow" in {row.id for row in app.screen.query_one("#themes", Menu).rows}
        await go(pilot, "@home")
        path.unlink()
        await go(pilot, "@settings")
        assert app.theme == "night-market"


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("a.toml", "base = \n", "a.toml, line 1: this is no TOML: "),
        ("a.toml", '[colours]\nred = "red"\n', "a.toml, line 2: a theme has no colour 'red'."),
        ("a.toml", '[colours]\nprimary = "rd"\n', "a.toml, line 2: 'rd' is no colour."),
        ("a.toml", "[colours]\nprimary = 3\n", "a.toml, line 2: 3 is no colour."),
        ("a.toml", '\nbase = "dusk"\n', 'a.toml, line 2: the base is "dark" or "light".'),
        ("a.toml", "[colors]\n", "a.toml, line 1: a theme has no 'colors', only base"),
        ("nord.toml", "", "nord.toml: there is a theme of this name in the game."),
        ("My Theme.toml", "", "My Theme.toml: the name of a theme is of small letters, digits"),
    ],
)  # fmt: skip
async def test_what_is_wrong_in_a_file_is_told_with_its_line_at_the_start(
    world: World, make_app: Make, name: str, text: str, sentence: str
) -> None:
    written(name, text)
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert sentence in said(app)


def test_what_is_wrong_is_left_out_and_the_rest_of_the_file_holds() -> None:
    written("a.toml", 'base = "light"\n[colours]\nprimary = "#005f87"\npanel = "none such"\n')
    (found,), faults = own_themes.load()
    assert len(faults) == 1
    assert found.theme.primary == "#005f87"
    assert found.theme.panel == DAY_MARKET.panel
    assert not found.theme.dark


def test_a_file_without_a_word_is_the_games_own_theme() -> None:
    written("a.toml", "")
    (found,), faults = own_themes.load()
    assert faults == []
    assert found.warnings == ()
    assert found.theme.variables == NIGHT_MARKET.variables
    assert found.theme.background == NIGHT_MARKET.background


async def test_colours_that_are_hard_to_tell_apart_are_warned_of_when_the_theme_is_taken(
    world: World, make_app: Make
) -> None:
    written("mud.toml", '[colours]\nbackground = "#222222"\nforeground = "#555555"\n')
    (found,), _ = own_themes.load()
    assert found.warnings[0].startswith("mud.toml, line 3: foreground on ")
    app = make_app(world, room="settings")
    async with app.run_test() as pilot:
        await go(pilot, "down", "down", "down")
        assert not said(app)
        await go(pilot, "enter")
        assert said(app).startswith(found.warnings[0].split(" on ")[0])
        assert app.theme == "mud"


def test_the_example_of_the_documents_is_read_and_can_be_read() -> None:
    text = (Path(__file__).parents[2] / "docs/settings.md").read_text()
    written(
        "harbour.toml", 'base = "dark"' + text.partition('base = "dark"')[2].partition("```")[0]
    )
    (found,), faults = own_themes.load()
    assert faults == []
    assert found.warnings == ()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 45)], ids=["least", "usual", "large"])
async def test_picture_of_a_theme_of_ones_own(
    world: World, make_app: Make, picture: Picture, size: tuple[int, int]
) -> None:
    written("harbour.toml", HARBOUR)
    app = make_app(world, room="cases")
    async with app.run_test(size=size) as pilot:
        app.theme = "harbour"
        await settle(pilot)
        await picture(pilot)
