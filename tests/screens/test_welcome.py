"""The first screen: who plays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.events import Paste
from textual.widgets import Input, Static

from inventui import config
from inventui.app.app import InventuiApp
from inventui.app.starting import StartingScreen
from inventui.app.welcome import WelcomeScreen
from inventui.config import Settings
from inventui.db.migrations import migrate
from inventui.db.progress import Work
from inventui.engine.packs import begin
from inventui.engine.world import World
from inventui.screens.home.screen import HomeRoom
from inventui.widgets.frame.room import Room
from inventui.widgets.lists.menu import Menu
from tests.db.frozen_layouts import thaw
from tests.screens.conftest import HOSTILE_NAMES, Picture, go, settle
from tests.worlds.shop import text_of

Make = Callable[..., InventuiApp]


def fault(app: InventuiApp) -> str:
    return str(app.screen.query_one("#fault", Static).content)


async def test_the_first_start_asks_for_a_name_and_then_shows_home(
    empty_world: World, make_app: Make
) -> None:
    app = make_app(empty_world, None)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, WelcomeScreen)
        await pilot.press(*"ana")
        await go(pilot, "enter")
        assert isinstance(app.screen, HomeRoom)
        assert app.session.card is not None
        assert app.session.card.name == "ana"
    assert [card.name for card in empty_world.players.list()] == ["ana"]
    assert config.load_settings()[0].player == "ana"


async def test_a_name_that_is_typed_while_the_world_is_made_is_not_lost(
    make_app: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, made = InventuiApp(str(tmp_path / "new.db"), watch_seconds=0), Event()
    load = begin._load

    def slow(*asked: Any) -> None:
        asked[-1](Work.MAKING, 1, 4)
        made.wait()
        load(*asked)

    monkeypatch.setattr(begin, "_load", slow)
    async with app.run_test() as pilot:
        while "▰" not in text_of(app):
            await pilot.pause()
        assert "The market is being built ▰▰▰▰▰▰▱" in text_of(app)
        await pilot.press(*"ana", "enter")
        assert app.session.world is None
        assert isinstance(app.screen, WelcomeScreen)
        made.set()
        await settle(pilot)
        assert isinstance(app.screen, HomeRoom)
        assert app.session.card is not None
        assert app.session.card.name == "ana"


async def test_a_world_that_is_brought_up_to_date_says_so_with_a_bar(
    make_app: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, begun = thaw(15, tmp_path / "old.db"), Event()
    step = migrate.STEPS[16]

    def slow(connection: Any) -> None:
        begun.wait()
        step(connection)

    monkeypatch.setitem(migrate.STEPS, 16, slow)
    app = InventuiApp(str(path), watch_seconds=0)
    async with app.run_test() as pilot:
        while not isinstance(app.screen, StartingScreen) or "▰" not in text_of(app):
            await pilot.pause()
        assert "brought up to date" in text_of(app)
        begun.set()
        await settle(pilot)
        assert app.session.world is not None
        assert not isinstance(app.screen, StartingScreen)


async def test_the_button_starts_too(empty_world: World, make_app: Make) -> None:
    app = make_app(empty_world, None)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(*"bob")
        await pilot.click("#start")
        await settle(pilot)
        assert isinstance(app.screen, HomeRoom)


async def test_a_name_that_cannot_be_used_is_told_while_typing_and_nothing_is_lost(
    empty_world: World, make_app: Make
) -> None:
    app = make_app(empty_world, None)
    async with app.run_test() as pilot:
        await settle(pilot)
        name = app.screen.query_one(Input)
        name.value = "x" * 33
        await settle(pilot)
        assert "33 characters" in fault(app)
        await go(pilot, "enter")
        assert isinstance(app.screen, WelcomeScreen)
        assert name.value == "x" * 33
        name.value = "x" * 32
        await settle(pilot)
        assert fault(app) == ""
    assert empty_world.players.list() == ()


async def test_too_long_a_paste_says_how_many_letters_a_name_may_have(
    empty_world: World, make_app: Make
) -> None:
    app = make_app(empty_world, None)
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        app.post_message(Paste("x" * 200))
        await settle(pilot)
        assert "at most 32 fit" in fault(app)
        assert [each.message for each in app._notifications] == [
            "At most 32 characters fit here: the last 72 of the paste are left out."
        ]


async def test_no_player_is_made_of_a_bad_name(empty_world: World, make_app: Make) -> None:
    app = make_app(empty_world, None)
    async with app.run_test() as pilot:
        await settle(pilot)
        for name in ("", "   ", "a\u202eb", "a\u200bb", "a\x1b[31mb", "\x00"):
            app.screen.query_one(Input).value = name
            await go(pilot, "enter")
            assert isinstance(app.screen, WelcomeScreen)
            assert "can't be used" in fault(app), name
            assert empty_world.players.list() == ()


async def test_a_hostile_name_is_a_name_like_any_other(world: World, make_app: Make) -> None:
    app = make_app(world, room="settings")
    async with app.run_test() as pilot:
        for name in HOSTILE_NAMES:
            await go(pilot, "@settings", "p")
            app.screen.query_one(Input).value = name
            await go(pilot, "enter")
            assert isinstance(app.screen, Room)
            assert app.session.card is not None
            assert app.session.card.name == name
    assert {card.name for card in world.players.list()} == {"ana", *HOSTILE_NAMES}


async def test_a_name_that_is_taken_is_refused_under_the_input(
    world: World, make_app: Make
) -> None:
    app = make_app(world, room="settings")
    async with app.run_test() as pilot:
        await go(pilot, "p")
        await pilot.press(*"ANA")
        await go(pilot, "enter")
        assert isinstance(app.screen, WelcomeScreen)
        assert "ana already" in fault(app)
        assert app.screen.query_one(Input).value == "ANA"
    assert len(world.players.list()) == 1


async def test_the_only_player_plays_without_being_asked(world: World, make_app: Make) -> None:
    app = make_app(world, None)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, HomeRoom)


async def test_the_last_player_plays_again(world: World, make_app: Make) -> None:
    world.players.add("bob", key="bob")
    app = make_app(world, None, settings=Settings(player="BOB"))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.session.card is not None
        assert app.session.card.name == "bob"


async def test_several_players_and_none_remembered_are_a_choice(
    world: World, make_app: Make
) -> None:
    world.players.add("bob", key="bob")
    app = make_app(world, None, settings=Settings(player="gone"))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, WelcomeScreen)
        await go(pilot, "escape")
        assert isinstance(app.screen, WelcomeScreen)
        await go(pilot, "down", "enter")
        assert isinstance(app.screen, HomeRoom)
        assert app.session.card is not None
        assert app.session.card.name == "bob"


async def test_a_name_that_is_typed_while_the_list_has_the_focus_begins_in_the_field(
    world: World, make_app: Make
) -> None:
    world.players.add("bob", key="bob")
    app = make_app(world, None, settings=Settings(player="gone"))
    async with app.run_test() as pilot:
        await settle(pilot)
        menu, name = app.screen.query_one(Menu), app.screen.query_one(Input)
        assert menu.has_focus
        await go(pilot, "down", "up", "k", "j", "G", "question_mark", "full_stop")
        assert (name.value, menu.cursor, name.has_focus) == ("kjG?.", 0, True)
        await go(pilot, "up", "down", "x", "enter")
        assert app.session.card is not None
        assert app.session.card.name == "kjG?.x"


async def test_an_unknown_player_stands_in_the_input_and_one_may_choose_another(
    world: World, make_app: Make
) -> None:
    app = make_app(world, "[/nope]")
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, WelcomeScreen)
        note = str(app.screen.query_one("#note", Static).content)
        assert "[/nope]" in note
        assert [item.id for item in app.screen.query_one(Menu).rows] == ["ana"]
        entry = app.screen.query_one(Input)
        assert entry.has_focus
        assert entry.value == "[/nope]"
        await go(pilot, "up", "enter")
        assert isinstance(app.screen, HomeRoom)


async def test_an_unknown_player_of_an_empty_world_stands_in_the_input(
    empty_world: World, make_app: Make
) -> None:
    app = make_app(empty_world, "bob")
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.screen.query_one(Input).value == "bob"
        await go(pilot, "enter")
        assert isinstance(app.screen, HomeRoom)


async def test_picture_of_the_first_start(
    empty_world: World, make_app: Make, picture: Picture
) -> None:
    async with make_app(empty_world, None).run_test() as pilot:
        for width, height in ((80, 24), (120, 40)):
            await pilot.resize_terminal(width, height)
            await picture(pilot, f"{width}x{height}")


async def test_picture_of_a_choice_of_hostile_names(
    empty_world: World, make_app: Make, picture: Picture
) -> None:
    for index, name in enumerate(HOSTILE_NAMES):
        empty_world.players.add(name, key=str(index))
    async with make_app(empty_world, "nobody").run_test() as pilot:
        await go(pilot, "up", "down")
        await picture(pilot)
