"""Settings: theme, motion, players, paths."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input

from inventui import config
from inventui.app.app import InventuiApp
from inventui.app.welcome import WelcomeScreen
from inventui.config import Settings
from inventui.engine.world import World
from inventui.rules.core.enums import Rarity
from inventui.screens.cases.list import CaseList
from inventui.widgets.entries import Place
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.toasts import toast
from inventui.widgets.lists.item_list import ItemList
from inventui.widgets.lists.long_list import LongList
from inventui.widgets.lists.menu import Menu
from inventui.widgets.session_kind import SessionKind
from tests.screens.conftest import HOSTILE_NAMES, Picture, go, settle
from tests.worlds.shop import text_of

Make = Callable[..., InventuiApp]


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
    app = make_app(world, room="settings")
    async with app.run_test() as pilot:
        await go(pilot, "down")
        assert app.theme == "day-market"
        assert config.load_settings()[0].theme == "night-market"
        await go(pilot, "enter")
        assert config.load_settings()[0].theme == "day-market"
        await go(pilot, "@home")
        assert app.theme == "day-market"


async def test_a_theme_that_was_only_looked_at_is_gone_on_leaving(
    world: World, make_app: Make
) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        for leave in ("tab", "@home", "escape"):
            await go(pilot, "@settings")
            app.screen.query_one("#themes").focus()
            await go(pilot, "down", "down")
            assert app.theme != "night-market"
            await go(pilot, leave)
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
    app = make_app(world, room="settings")
    async with app.run_test() as pilot:
        await settle(pilot)
        offered = {item.id for item in app.screen.query_one("#themes", Menu).rows}
        assert offered == set(app.available_themes)


async def test_reduced_motion_is_kept_and_heeded_at_once(world: World, make_app: Make) -> None:
    app = make_app(world, motion=True, room="settings")
    async with app.run_test() as pilot:
        await settle(pilot)
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
    app = make_app(filled_world, room="wallet")
    async with app.run_test() as pilot:
        await go(pilot, "@fairness", "@inventory", "@settings", "tab", "tab", "down", "enter")
        assert app.session.card is not None
        assert app.session.card.name == "bob"
        await go(pilot, "@wallet")
        assert "2 lines" in str(app.screen.query_one("#book").border_title)
        await go(pilot, "@home")
        assert app.current_mode == "home"
    assert config.load_settings()[0].player == "bob"


async def test_a_guest_takes_no_name_that_means_something_else_to_the_server(
    world: World, make_app: Make
) -> None:
    app = make_app(world, room="settings")
    app.session.kind = SessionKind.GUEST
    async with app.run_test() as pilot:
        for name in ("Join", "a\ufffd"):
            await go(pilot, "r")
            app.screen.query_one(Input).value = name
            await go(pilot, "enter")
            assert "Nobody can be called that" in str(app.screen.query_one("#fault").render())  # type: ignore[attr-defined]
            await go(pilot, "escape")
    assert [card.name for card in world.players.list()] == ["ana"]


async def test_someone_new_can_be_added_and_plays_at_once(world: World, make_app: Make) -> None:
    app = make_app(world, room="settings")
    async with app.run_test() as pilot:
        await go(pilot, "p")
        assert isinstance(app.screen, WelcomeScreen)
        await go(pilot, "escape")
        assert isinstance(app.screen, Room)
        await go(pilot, "tab", "tab", "end", "enter")
        await pilot.press(*"cy")
        await go(pilot, "enter")
        assert app.session.card is not None
        assert app.session.card.name == "cy"
        names = [item.title for item in app.screen.query_one("#players", Menu).rows]
        assert names == ["ana", "cy", "Rename cy …", "Passphrase …", "Add someone …"]


async def test_a_player_called_like_the_add_line_is_still_a_player(
    world: World, make_app: Make
) -> None:
    world.players.add("+", key="plus")
    app = make_app(world, room="settings")
    async with app.run_test() as pilot:
        await go(pilot, "tab", "tab", "down", "enter")
        assert app.session.card is not None
        assert app.session.card.name == "+"


async def test_settings_that_cannot_be_kept_are_told_and_hold_for_now(
    world: World, make_app: Make, home: Path
) -> None:
    (home / "config").write_text("no folder")
    app = make_app(world, settings=Settings(reduced_motion=True), room="settings")
    async with app.run_test(notifications=True) as pilot:
        await go(pilot, "m")
        assert app.session.motion
        assert any("could not be kept" in str(toast.message) for toast in app._notifications)


async def test_the_footer_names_the_keys_of_the_settings(world: World, make_app: Make) -> None:
    app = make_app(world, room="settings")
    async with app.run_test() as pilot:
        await settle(pilot)
        foot = text_of(app).splitlines()[-1]
        assert foot.startswith(" ⏎ Choose  m Motion  p Add player  r Rename  w Passphrase  ? Help ")


async def test_hostile_players_are_listed_as_they_are_called(world: World, make_app: Make) -> None:
    for index, name in enumerate(HOSTILE_NAMES):
        world.players.add(name, key=str(index))
    app = make_app(world, room="settings")
    async with app.run_test(size=(80, 60)) as pilot:
        await settle(pilot)
        players = app.screen.query_one("#players", Menu)
        assert {item.title for item in players.rows} > set(HOSTILE_NAMES)
        assert all(name[:9] in text_of(app) for name in HOSTILE_NAMES)


@pytest.mark.usefixtures("still_paths")
async def test_picture_of_a_large_terminal(world: World, make_app: Make, picture: Picture) -> None:
    async with make_app(world, room="settings").run_test(size=(120, 40)) as pilot:
        await picture(pilot)


@pytest.mark.usefixtures("still_paths")
async def test_picture_of_a_theme_that_is_tried(
    world: World, make_app: Make, picture: Picture
) -> None:
    async with make_app(world, room="settings").run_test() as pilot:
        await go(pilot, "down")
        await picture(pilot)


async def test_rows_stand_closer_or_wider_apart_at_once_and_cards_come_first_where_they_are_wide(
    filled_world: World, make_app: Make
) -> None:
    app = make_app(filled_world, room="cases")
    async with app.run_test(size=(140, 45)) as pilot:
        await settle(pilot)
        lines = []
        for _ in config.CHOICES["rows"]:
            await go(pilot, "@cases")
            lines.append(app.screen.query_one(CaseList).row_lines)
            await go(pilot, "@inventory")
            lines.append(app.screen.query_one(LongList).tiles is None)
            await go(pilot, "@settings", "d")
        assert lines == [3, True, 2, True, 3, False]
        await go(pilot, "@settings", "d", "d")
        app.screen.query_one(Menu).move_to(0)
        assert config.load_settings()[0].rows == "roomy"


async def test_toasts_stand_as_long_as_is_wanted_or_until_a_key(
    world: World, make_app: Make
) -> None:
    app = make_app(world, room="settings")
    async with app.run_test() as pilot:
        await settle(pilot)
        await go(pilot, "t")
        assert app.session.settings.toast_seconds == 6
        toast(app, "Bread")
        await settle(pilot)
        assert [each.timeout for each in app._notifications] == [6]
        await go(pilot, "t", "t", "t", "t", "t")
        assert config.load_settings()[0].toast_seconds == 0
        assert "until a key" in text_of(app)
        toast(app, "Butter")
        await settle(pilot)
        assert [each.message for each in app._notifications][-1] == "Butter"
        await go(pilot, "down")
        assert not app._notifications


async def test_what_is_always_asked_is_asked_before_a_cheap_case_and_a_common_sale(
    filled_world: World, make_app: Make
) -> None:
    app = make_app(filled_world, room="settings")
    async with app.run_test() as pilot:
        await go(pilot, "q", "q")
        assert app.session.settings.questions == "always"
        await go(pilot, "@cases", "enter")
        assert isinstance(app.screen, ConfirmDialog)
        await go(pilot, "escape", "@inventory")
        listed = app.screen.query_one(ItemList)
        room = app.screen
        assert isinstance(room, Room)
        while not (
            listed.row is not None
            and (listed.row.rarity, listed.row.count) == (Rarity.COMMON, 1)
            and room.offers("sell")
        ):
            await go(pilot, "down")
        await go(pilot, "s")
        assert isinstance(app.screen, ConfirmDialog)


async def test_a_toast_until_a_key_leads_on_with_its_key_and_no_longer_than_that(
    world: World, make_app: Make
) -> None:
    settings = Settings(toast_seconds=0, reduced_motion=True)
    app = make_app(world, room="settings", settings=settings)
    async with app.run_test() as pilot:
        await settle(pilot)
        toast(app, "Bread", place=Place("wallet", "See the wallet"))
        await go(pilot, "ctrl+g")
        assert app.current_mode == "wallet"
        toast(app, "Bread", place=Place("home", "See it at home"))
        await go(pilot, "down", "ctrl+g")
        assert app.current_mode == "wallet"


def test_a_choice_that_there_is_not_starts_afresh() -> None:
    config.save_settings(Settings(rows="flying", toast_seconds=5, questions="rare"))
    settings, said = config.load_settings()
    assert (settings.rows, settings.toast_seconds) == ("fitting", 4)
    assert settings.questions == "rare"
    assert said is not None
    assert said.endswith("start afresh: rows, toast_seconds.")


@pytest.mark.usefixtures("still_paths")
async def test_picture_of_the_least_terminal(
    world: World, make_app: Make, picture: Picture
) -> None:
    app = make_app(world, room="settings")
    async with app.run_test(size=(60, 20)) as pilot:
        await go(pilot, "tab", "down", "down")
        await picture(pilot)


async def test_rows_stand_as_was_set_from_the_start(filled_world: World, make_app: Make) -> None:
    app = make_app(filled_world, room="cases", settings=Settings(rows="dense", reduced_motion=True))
    async with app.run_test(size=(140, 45)) as pilot:
        await settle(pilot)
        assert app.screen.query_one(CaseList).row_lines == 2
