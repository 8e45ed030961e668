"""A gift's whole message can be read, however long it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.widgets import Static

from inventui.app import InventuiApp
from inventui.engine.models import GiftLine
from inventui.engine.world import World
from inventui.rules.enums import Rarity
from inventui.rules.people import MESSAGE_LENGTH
from inventui.screens.gift_letter import GiftLetterDialog
from inventui.screens.people import PeopleRoom
from tests.screens.conftest import START, befriend, go, player_of

App = Callable[..., InventuiApp]
Snap = Callable[..., bool]
WIDE = "漢" * MESSAGE_LENGTH


@pytest.fixture
def friends(world: World) -> World:
    """bo gave ana oranges, with as long a message as there can be."""
    world.players.add("bo", key="add-bo")
    befriend(world, "ana", "bo")
    player_of(world, "bo").gifts.send_money("ana", 5, message=WIDE, key="gift")
    return world


async def test_enter_reads_the_whole_message(friends: World, make_app: App) -> None:
    app = make_app(friends)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, "@people", "right", "enter")
        assert isinstance(app.screen, GiftLetterDialog)
        said = app.screen.query_one(Static).content
        assert f"“{WIDE}”" in str(said)
        await go(pilot, "enter")
        assert isinstance(app.screen, PeopleRoom)


async def test_there_is_nothing_to_read_among_people_or_where_nothing_was_given(
    friends: World, make_app: App
) -> None:
    app = make_app(friends)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, "@people")
        room = app.screen
        assert room.check_action("read_gift", ()) is False
        await go(pilot, "right", "right")
        assert room.check_action("read_gift", ()) is False
        await go(pilot, "enter")
        assert app.screen is room


@pytest.mark.parametrize(
    ("message", "colour"),
    [("[@click=app.quit]x[/]", True), ("x[/nope]", False), (WIDE, True), (WIDE, False)],
    ids=["link", "no-colour-unopened", "long", "no-colour-long"],
)
def test_picture_of_a_gift_that_is_read(
    message: str, colour: bool, snap: Snap, world: World, make_app: App,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    if not colour:
        monkeypatch.setenv("NO_COLOR", "1")
    gift = GiftLine(1, START, False, message[:24], message[:24], Rarity.RARE, 3, 0, 0, message)
    app = make_app(world)

    async def read(_: object) -> None:
        app.push_screen(GiftLetterDialog(gift))

    assert snap(app, (80, 24), (), run_before=read)
