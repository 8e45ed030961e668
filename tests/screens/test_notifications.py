"""The notifications room: what is new has a mark, enter leads to where it happened."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Static

import inventui.engine
from inventui.app.app import InventuiApp
from inventui.app.palette import verbs_here
from inventui.engine.notifications.models import Notification
from inventui.engine.world import World
from inventui.rules.core.clock import HOUR, FrozenClock
from inventui.rules.core.enums import Tone
from inventui.rules.people.friends import FriendEvent
from inventui.screens.notification_list import ONE_LINE, SIGNS, ToldList, told_rows
from inventui.screens.registry import ROOMS
from tests.screens.conftest import (
    HOSTILE_IDS,
    HOSTILE_NAMES,
    Picture,
    befriend,
    go,
    player_of,
    settle,
)
from tests.worlds.shop import text_of

App = Callable[..., InventuiApp]

ENGINE = Path(inventui.engine.__path__[0])


def test_every_notification_leads_to_a_room_that_is_there() -> None:
    code = [path.read_text(encoding="utf-8") for path in ENGINE.rglob("*.py")]
    calls = [
        call
        for text in code
        for call in ast.walk(ast.parse(text))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "notify"
    ]
    places = {
        arg.value for call in calls for arg in call.args[5:6] if isinstance(arg, ast.Constant)
    }
    places |= set(re.findall(r'^PLACE = "(\w+)"', "\n".join(code), re.MULTILINE))
    assert len(calls) > 10
    assert len(places) > 4
    assert places <= {room.slug for room in ROOMS}


@pytest.fixture
def told_world(world: World, clock: FrozenClock) -> World:
    """ana was told of a friend, of gifts with words of every kind, and of a request."""
    world.players.add("bo", key="add-bo")
    world.players.add("cy", key="add-cy")
    befriend(world, "ana", "bo")
    clock.advance(HOUR)
    for number, words in enumerate(HOSTILE_NAMES[:3]):
        player_of(world, "bo").gifts.send_money("ana", 5, message=words, key=f"told-{number}")
    player_of(world, "cy").friends.change("ana", FriendEvent.REQUEST, "cy-asks")
    return world


def unread(world: World) -> int:
    """How many notifications ana has not read."""
    return player_of(world).notifications.unread()


async def test_enter_reads_one_line_and_leads_to_its_room(told_world: World, make_app: App) -> None:
    app = make_app(told_world)
    async with app.run_test() as pilot:
        await go(pilot, "n")
        assert app.current_mode == "notifications"
        before = unread(told_world)
        await go(pilot, "enter")
        assert app.current_mode == "people"
        assert unread(told_world) == before - 1
        assert app.session.unread == before - 1


async def test_m_reads_everything_and_the_status_bar_knows(
    told_world: World, make_app: App
) -> None:
    app = make_app(told_world, room="notifications")
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.session.unread == unread(told_world) > 0
        await go(pilot, "m")
        assert app.session.unread == unread(told_world) == 0
        assert all(told.seen for told in app.screen.query_one(ToldList).rows)


async def test_space_reads_one_line_and_stays(told_world: World, make_app: App) -> None:
    app = make_app(told_world, room="notifications")
    async with app.run_test() as pilot:
        await go(pilot, "down")
        before = unread(told_world)
        await go(pilot, "space", "space")
        assert app.current_mode == "notifications"
        assert unread(told_world) == before - 1
        assert app.screen.query_one(ToldList).cursor == 1


async def test_older_ones_come_as_one_scrolls(told_world: World, make_app: App) -> None:
    for number in range(120):
        player_of(told_world, "bo").gifts.send_money("ana", 1, key=f"many-{number}")
    app = make_app(told_world, room="notifications")
    async with app.run_test() as pilot:
        await settle(pilot)
        told = app.screen.query_one(ToldList)
        assert told.count == 50
        await go(pilot, "end", "end", "end")
        expected = player_of(told_world).notifications.page(limit=1_000).notifications
        assert [one.id for one in told.rows] == [one.id for one in expected]


async def test_older_ones_and_the_cursor_among_them_stay_when_one_is_read(
    told_world: World, make_app: App
) -> None:
    for number in range(120):
        player_of(told_world, "bo").gifts.send_money("ana", 1, key=f"many-{number}")
    app = make_app(told_world, room="notifications")
    async with app.run_test() as pilot:
        await go(pilot, "end", "end", "end")
        told = app.screen.query_one(ToldList)
        count = told.count
        told.move_to(80)
        here = told.row
        await go(pilot, "space")
        assert here is not None
        assert told.row is not None
        assert told.row.id == here.id
        assert told.row.seen
        assert told.count == count > 100


async def test_what_comes_meanwhile_stands_on_top(told_world: World, make_app: App) -> None:
    app = make_app(told_world, room="notifications")
    async with app.run_test() as pilot:
        await go(pilot, "down")
        told = app.screen.query_one(ToldList)
        here = told.row
        await app._watch()
        player_of(told_world, "bo").gifts.send_money("ana", 1, message="late", key="late")
        await app._watch()
        await settle(pilot)
        assert "late" in told.rows[0].message
        assert here is not None
        assert told.row is not None
        assert told.row.id == here.id


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=HOSTILE_IDS)
@pytest.mark.parametrize("tone", Tone)
def test_a_row_fits_and_its_words_are_text(name: str, tone: Tone) -> None:
    told = Notification(1, 0, "gift", tone, name * 6, "people", None, False)
    for width in (40, 41, 59, 60, 80, 95, 96, 99, 200):
        lines = told_rows(told, 10**14, width, "People", current=True)
        assert len(lines) == (1 if width >= ONE_LINE else 2)
        for line in lines:
            assert line.cell_length <= width
            assert not any("click" in str(span.style) for span in line.spans)
    assert set(SIGNS) == set(Tone)


async def test_the_footer_says_what_enter_would_do(told_world: World, make_app: App) -> None:
    app = make_app(told_world, room="notifications")
    async with app.run_test() as pilot:
        await settle(pilot)
        foot = text_of(app).splitlines()[-1]
        assert " ⏎ Go there  space Read  m Mark all read  ? Help " in foot


async def test_more_than_are_read_at_once_are_all_read(
    told_world: World, make_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inventui.screens.notifications.AT_ONCE", 2)
    assert unread(told_world) > 4
    app = make_app(told_world, room="notifications")
    async with app.run_test() as pilot:
        await go(pilot, "m")
        assert unread(told_world) == 0


async def test_whoever_was_told_nothing_reads_what_would_be_told_and_why_nothing_is_to_read(
    world: World, make_app: App
) -> None:
    app = make_app(world, room="notifications")
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        assert "Nothing yet. Friends, gifts," in text_of(app)
        commands = verbs_here(app, app.screen, "notifications")
        next(one for one in commands if one.title == "Mark all read").run()
        await settle(pilot)
        assert [toast.message for toast in app._notifications] == ["You have read everything."]
        await go(pilot, "enter")
        assert [*app._notifications][-1].message == "There is nothing under the cursor."


async def test_a_dim_key_says_why(told_world: World, make_app: App) -> None:
    app = make_app(told_world, room="notifications")
    async with app.run_test(notifications=True) as pilot:
        await go(pilot, "space", "m")
        assert [toast.message for toast in app._notifications] == []
        for key, times in (("m", ""), ("space", " ×2")):
            await go(pilot, key)
            told = [toast.message for toast in app._notifications]
            assert told == [f"You have read everything.{times}"]


async def test_without_colour_a_sign_tells_what_is_new(
    told_world: World, make_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app(told_world, room="notifications")
    async with app.run_test() as pilot:
        await settle(pilot)
        assert text_of(app).count("●") == unread(told_world)
        await go(pilot, "space")
        assert text_of(app).count("●") == unread(told_world)


async def test_where_it_is_wide_a_notification_takes_one_line(
    told_world: World, make_app: App
) -> None:
    app = make_app(told_world)
    async with app.run_test(size=(100, 30)) as pilot:
        await go(pilot, "@notifications")
        told = app.screen.query_one(ToldList)
        assert told.row_lines == 1
        for _ in range(3):
            assert app.screen.query_one("#whole").display
            assert told.row is not None
            said = str(app.screen.query_one("#whole", Static).content)
            assert said == told.row.message, "what one line cuts stands whole below the list"
            await go(pilot, "down")
        await pilot.resize_terminal(96, 30)
        await go(pilot)
        assert told.row_lines == 2


async def test_picture_of_notifications(told_world: World, make_app: App, picture: Picture) -> None:
    async with make_app(told_world, room="notifications").run_test() as pilot:
        await go(pilot, "end", "space", "home")
        for width, height in ((80, 24), (120, 40)):
            await pilot.resize_terminal(width, height)
            await picture(pilot, f"{width}x{height}")
