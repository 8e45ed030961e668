"""A gift's whole message can be read, however long it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.widgets import Static

from inventui.app.app import InventuiApp
from inventui.engine.people.models import GiftLine
from inventui.engine.world import World
from inventui.rules.core.enums import Rarity
from inventui.rules.people.gifts import MESSAGE_LENGTH
from inventui.screens.people.gift_letter import GiftLetterDialog
from inventui.screens.people.screen import PeopleRoom
from tests.screens.conftest import (
    HOSTILE_NAMES,
    START,
    Picture,
    befriend,
    go,
    player_of,
    settle,
)
from tests.worlds.shop import text_of

App = Callable[..., InventuiApp]
WIDE = "漢" * MESSAGE_LENGTH


@pytest.fixture
def letter_world(world: World) -> World:
    """bo gave ana oranges, with as long a message as there can be."""
    world.players.add("bo", key="add-bo")
    befriend(world, "ana", "bo")
    player_of(world, "bo").gifts.send_money("ana", 5, message=WIDE, key="gift")
    return world


async def test_enter_reads_the_whole_message(letter_world: World, make_app: App) -> None:
    app = make_app(letter_world, room="people")
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, "right", "enter")
        assert isinstance(app.screen, GiftLetterDialog)
        said = app.screen.query_one(Static).content
        assert f"“{WIDE}”" in str(said)
        await go(pilot, "enter")
        assert isinstance(app.screen, PeopleRoom)


async def test_there_is_nothing_to_read_among_people_or_where_nothing_was_given(
    letter_world: World, make_app: App
) -> None:
    app = make_app(letter_world, room="people")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        room = app.screen
        assert room.offers("read-gift") is False
        await go(pilot, "right", "right")
        assert room.offers("read-gift") is False
        await go(pilot, "enter")
        assert app.screen is room


async def test_picture_of_a_gift_that_is_read(
    letter_world: World, make_app: App, picture: Picture
) -> None:
    async with make_app(letter_world, room="people").run_test() as pilot:
        await go(pilot, "right", "enter")
        await picture(pilot)


async def test_hostile_words_are_read_as_they_are(world: World, make_app: App) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        for name in HOSTILE_NAMES:
            gift = GiftLine(1, START, False, name, name, Rarity.RARE, 3, 0, 0, name * 2)
            app.push_screen(GiftLetterDialog(gift))
            await settle(pilot)
            said = app.screen.query_one(Static).content
            assert str(said).count(name) >= 3
            assert not any("click" in str(span.style) for span in said.spans)
            assert name[:10] in text_of(app)
            await go(pilot, "escape")
