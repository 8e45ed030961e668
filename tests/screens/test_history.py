"""The feed's room: what happened to a player by topic, page by page, and where it leads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Static

from inventui.app.app import InventuiApp
from inventui.engine.core.secrets import SeededEntropy
from inventui.engine.history.feed import Feed
from inventui.engine.history.feed_models import FeedItem, FeedLine, FeedPage
from inventui.engine.world import World
from inventui.room import Topic
from inventui.rules.core.clock import DAY, HOUR, MINUTE, FrozenClock
from inventui.rules.core.enums import Event, Rarity
from inventui.rules.core.money import Currency
from inventui.rules.history import KINDS, TOPICS
from inventui.screens.history.item_history import ItemHistoryDialog
from inventui.screens.history.list import FeedList
from inventui.screens.history.row import feed_row
from inventui.screens.history.screen import PAGE, FeedRoom
from inventui.screens.history.text import (
    GAINED,
    LOST,
    NOTHING,
    PLACES,
    TITLES,
    MergedLine,
    feed_facts,
    place_of,
    player_items_once,
)
from inventui.screens.registry import room
from inventui.widgets.frame.choice_dialog import ChoiceDialog
from inventui.widgets.session import WorldChanged
from tests.builders import lived_in
from tests.screens.conftest import (
    HOSTILE_IDS,
    HOSTILE_NAMES,
    START,
    Picture,
    befriend,
    go,
    player_of,
    settle,
)
from tests.worlds.shop import text_of
from tests.worlds.trades import PACK, have, named, traded

App = Callable[..., InventuiApp]


def live_eventfully(path: Path) -> int:
    """ana has opened, sold, given, been given, bought and traded."""
    clock = FrozenClock(START)
    world = World.open(
        path, clock=clock, entropy=SeededEntropy("feed"), pack=PACK, daily_backup=False
    )
    for name in ("ana", "bo", "cy"):
        world.players.add(name, key=f"add-{name}")
    befriend(world, "ana", "bo")
    have(world, "ana", "straw", "straw", "stamp", "lemon", "lemon", "peel", "lime", "spoon")
    have(world, "bo", "straw", "stamp", "peel", "squeezer")
    ana, bo = player_of(world), player_of(world, "bo")
    ana.cases.open("crate", 1, key="one")
    clock.advance(26 * MINUTE)
    ana.cases.open("crate", 10, key="ten")
    ana.reveals.revealed(max(opening.operation for opening in ana.reveals.pending()))
    clock.advance(40 * DAY)
    ana.inventory.sell(named(world, "ana", *["Bent Straw"] * 7), key="sell")
    traded(world, clock)
    clock.advance(2 * HOUR)
    ana.gifts.send_item("bo", named(world, "ana", "Sharp Spoon")[0], "For the tram", key="spoon")
    clock.advance(5 * MINUTE)
    bo.gifts.send_money("ana", 5, Currency.GEMS, "Thank you, dear!", key="thanks")
    listed = bo.bazaar.list(have(world, "bo", "squeezer")[0], 4_000, key="list")
    clock.advance(HOUR)
    ana.bazaar.buy(listed.listing, key="buy")  # type: ignore[union-attr]
    world.grant("ana", oranges=1_234_567, key="granted")
    world.close()
    clock.advance(3 * MINUTE)
    return clock.at


@pytest.fixture
def feed_world(tmp_path: Path) -> Iterator[World]:
    """ana has opened, sold, given, been given, bought and traded."""
    path = tmp_path / "feed.db"
    clock = lived_in(path, live_eventfully)
    entropy = SeededEntropy("now")
    world = World.open(path, clock=clock, entropy=entropy, pack=PACK, daily_backup=False)
    yield world
    world.close()


def granted(world: World, clock: FrozenClock, times: int) -> None:
    for index in range(times):
        clock.advance(MINUTE)
        # In turn, so that no line is equal to the one before.
        currency = {"gems" if index % 2 else "oranges": 1 + index}
        world.grant("ana", **currency, key=f"often-{index}")  # type: ignore[arg-type]


def listed(app: InventuiApp) -> FeedList:
    return app.screen.query_one(FeedList)


def numbers(app: InventuiApp) -> list[int]:
    """The operations that are known, as they are listed."""
    return [line.operation for line in listed(app).lines]


def told(world: World, topic: Topic | None = None) -> list[int]:
    """The operations of ana's whole feed."""
    return [line.operation for line in player_of(world).feed.page(topic, limit=1_000).lines]


def facts(app: InventuiApp) -> str:
    """What the pane says."""
    return str(app.screen.query_one("#facts", Static).content)


def point_at(app: InventuiApp, kind: str, *, mine: bool = True) -> FeedLine:
    """Put the cursor on the newest line of a kind."""
    lines = listed(app).lines
    at = next(i for i, line in enumerate(lines) if line.kind == kind and line.mine is mine)
    listed(app).move_to(at)
    return lines[at]


def a_line(**changes: Any) -> FeedLine:
    values: dict[str, Any] = {
        "operation": 7, "at": START, "kind": "gift", "words": "bo gave you", "mine": False,
        "other": "bo", "oranges": 0, "gems": 0, "experience": 0, "player_items": (), "more": False,
        "message": "",
    }  # fmt: skip
    return FeedLine(**(values | changes))


# Topics


async def test_each_topic_shows_its_own_lines_and_no_others(
    feed_world: World, make_app: App
) -> None:
    app = make_app(feed_world, room="feed")
    async with app.run_test() as pilot:
        await settle(pilot)
        room = app.screen
        assert isinstance(room, FeedRoom)
        assert numbers(app) == told(feed_world)
        for topic in Topic:
            await go(pilot, "right")
            assert room.topic is topic
            assert numbers(app) == told(feed_world, topic)
            assert all(topic in TOPICS[line.kind] for line in listed(app).lines)
        await go(pilot, "f")
        assert room.topic is None
        assert numbers(app) == told(feed_world)
        await go(pilot, "left")
        assert room.topic is Topic.WORKSHOP


async def test_a_topic_without_lines_says_what_to_do_and_enter_leads_there(
    world: World, make_app: App
) -> None:
    app = make_app(world, room="feed")
    async with app.run_test() as pilot:
        await go(pilot, *["right"] * 4)
        screen = app.screen
        assert isinstance(screen, FeedRoom)
        assert screen.topic is Topic.SHOP
        none = screen.query_one("#none", Static)
        assert none.display
        assert not listed(app).display
        assert "You have not bought anything yet" in str(none.content)
        assert "enter leads to Shop." in str(none.content)
        await go(pilot, "enter")
        assert app.current_mode == "shop"


async def test_the_list_has_the_keys_again_after_a_topic_without_lines(
    feed_world: World, make_app: App
) -> None:
    app = make_app(feed_world, room="feed")
    async with app.run_test() as pilot:
        await go(pilot, "left", "right", "down", "down")
        assert listed(app).cursor == 2


# Pages


async def test_older_lines_come_as_one_scrolls_each_of_them_once(
    world: World, clock: FrozenClock, make_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    granted(world, clock, 2 * PAGE + 10)
    asked: list[int] = []
    answer, page = threading.Event(), Feed.page

    def slow(self: Feed, topic: Topic | None, after: int | None = None, limit: int = 0) -> FeedPage:
        if after is not None:
            asked.append(after)
            answer.wait(10)
        return page(self, topic, after, limit)

    monkeypatch.setattr(Feed, "page", slow)
    app = make_app(world, room="feed")
    async with app.run_test() as pilot:
        await settle(pilot)
        assert len(listed(app).lines) == PAGE
        for index in (PAGE - 1, PAGE - 2, PAGE - 3):
            listed(app).move_to(index)
            while not asked:
                await pilot.pause(0.01)
            await pilot.pause()
        answer.set()
        await settle(pilot)
        assert len(asked) == 1
        assert len(listed(app).lines) == 2 * PAGE
        await go(pilot, "end", "end", "end")
        older = list(asked)
        assert numbers(app) == told(world)
        assert len(set(older)) == len(older) == 2
        await go(pilot, "t")
        assert listed(app).cursor == 0


async def test_older_lines_are_of_the_chosen_topic_too(feed_world: World, make_app: App) -> None:
    for index in range(PAGE + 10):
        feed_world.grant("ana", oranges=1 + index, key=f"often-{index}")
    app = make_app(feed_world, room="feed")
    async with app.run_test() as pilot:
        await go(pilot, "right", "end", "end", "end")
        wanted = told(feed_world, Topic.MONEY)
        assert PAGE < len(wanted) < len(told(feed_world))
        assert numbers(app) == wanted


async def test_the_mouse_brings_older_lines_too(
    world: World, clock: FrozenClock, make_app: App
) -> None:
    granted(world, clock, PAGE + 10)
    app = make_app(world, room="feed")
    async with app.run_test() as pilot:
        await settle(pilot)
        assert len(listed(app).lines) == PAGE
        listed(app).scroll_to(y=PAGE, animate=False)
        await settle(pilot)
        assert numbers(app) == told(world)
        assert listed(app).cursor == 0


async def test_a_screen_higher_than_a_page_is_filled(
    world: World, clock: FrozenClock, make_app: App
) -> None:
    granted(world, clock, 2 * PAGE)
    app = make_app(world, room="feed")
    async with app.run_test(size=(80, 90)) as pilot:
        await settle(pilot)
        assert len(listed(app).lines) > PAGE
        await go(pilot, "right")
        assert len(listed(app).lines) > PAGE


async def test_a_page_of_another_topic_is_not_put_under_this_one(
    world: World, clock: FrozenClock, make_app: App
) -> None:
    granted(world, clock, 2 * PAGE)
    app = make_app(world, room="feed")
    async with app.run_test() as pilot:
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, FeedRoom)
        before, shown = screen._next, screen._shown
        assert before is not None
        assert shown is not None
        older = player_of(world).feed.page(Topic.MONEY, before)
        screen._more(older, before, (shown[0], Topic.MONEY))
        assert len(listed(app).lines) == PAGE


async def test_what_another_program_does_comes_on_top_and_the_cursor_stays_on_its_line(
    world: World, clock: FrozenClock, make_app: App
) -> None:
    granted(world, clock, PAGE + 40)
    app = make_app(world, room="feed")
    async with app.run_test() as pilot:
        await go(pilot, *["pagedown"] * 9)
        here, known = listed(app).row, len(listed(app).lines)
        assert listed(app).cursor > PAGE
        await app._watch()
        world.grant("ana", gems=3, key="later")
        await app._watch()
        await settle(pilot)
        assert listed(app).lines[0].gems == 3
        assert listed(app).row == here
        assert len(listed(app).lines) == known + 1
        assert numbers(app) == told(world)[: known + 1]


async def test_equal_lines_one_after_another_are_one_that_tells_how_often_and_what_of(
    world: World, clock: FrozenClock, make_app: App
) -> None:
    for index, oranges in enumerate((10, 20, 30)):
        clock.advance(MINUTE)
        world.grant("ana", oranges=oranges, key=f"equal-{index}")
    app = make_app(world, room="feed")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        row = listed(app).row
        assert isinstance(row, MergedLine)
        assert (row.operation, row.oranges, row.times) == (numbers(app)[0], 60, 3)
        drawn = feed_row(row, app.session.now(), 78, current=True).plain
        assert "The world's owner gave you ×3" in drawn
        assert "+🍊 60" in drawn
        clock.advance(DAY)
        world.grant("ana", oranges=40, key="another day")
        app.screen.refresh_room()  # type: ignore[attr-defined]
        await settle(pilot)
        assert [listed(app).rows[0].oranges, listed(app).rows[1].oranges] == [40, 60]


async def test_after_more_news_than_a_page_the_list_begins_anew_without_a_gap(
    world: World, clock: FrozenClock, make_app: App
) -> None:
    app = make_app(world, room="feed")
    async with app.run_test() as pilot:
        await settle(pilot)
        granted(world, clock, PAGE + 5)
        app.post_message(WorldChanged())
        await settle(pilot)
        await go(pilot, "end", "end")
        assert numbers(app) == told(world)


async def test_another_player_sees_their_own_feed_from_its_first_topic(
    feed_world: World, make_app: App
) -> None:
    app = make_app(feed_world, room="feed")
    async with app.run_test() as pilot:
        await go(pilot, "right")
        await app.play_as(player_of(feed_world, "cy"))
        await go(pilot, "@feed")
        screen = app.screen
        assert isinstance(screen, FeedRoom)
        assert screen.topic is None
        theirs = player_of(feed_world, "cy").feed.page(limit=1_000).lines
        assert numbers(app) == [line.operation for line in theirs]


# Where a line leads


async def test_enter_on_a_line_with_one_thing_shows_the_history_of_that_thing(
    feed_world: World, make_app: App
) -> None:
    app = make_app(feed_world, room="feed")
    async with app.run_test() as pilot:
        await settle(pilot)
        line = point_at(app, "bazaar_buy")
        await go(pilot, "enter")
        assert isinstance(app.screen, ItemHistoryDialog)
        assert app.screen.item_id == line.player_items[0].item_id
        assert app.screen.heading == "History of Golden Squeezer of the Seventh Stall"
        assert "came to bo" in str(app.screen.query_one("#told", Static).content)
        await go(pilot, "escape")
        assert listed(app).row == line


async def test_of_several_things_enter_asks_which_one(feed_world: World, make_app: App) -> None:
    app = make_app(feed_world, room="feed")
    async with app.run_test() as pilot:
        await settle(pilot)
        line = point_at(app, "open")
        assert len(line.player_items) > 1
        await go(pilot, "enter")
        assert isinstance(app.screen, ChoiceDialog)
        await go(pilot, "down", "enter")
        assert isinstance(app.screen, ItemHistoryDialog)
        assert app.screen.item_id == line.player_items[1].item_id


async def test_a_line_leads_to_its_room(feed_world: World, make_app: App) -> None:
    app = make_app(feed_world, room="feed")
    async with app.run_test() as pilot:
        for kind, mine, key, place in (
            ("gift", False, "enter", "people"),
            ("trade", False, "enter", "trades"),
            ("bazaar_buy", True, "o", "bazaar"),
            ("open", True, "o", "cases"),
        ):
            await go(pilot, "@feed")
            point_at(app, kind, mine=mine)
            await go(pilot, key)
            assert app.current_mode == place


async def test_the_inventory_is_entered_for_the_thing(feed_world: World, make_app: App) -> None:
    granted = feed_world.grant("ana", item="spoon", key="a-spoon")
    app = make_app(feed_world, room="feed")
    async with app.run_test() as pilot:
        await go(pilot, "o")
        assert app.current_mode == "inventory"
        row = app.screen.query_one("#things").row  # type: ignore[attr-defined]
        assert row.id == granted.item_id  # type: ignore[union-attr]


async def test_a_line_of_a_room_that_is_not_there_leads_nowhere_and_says_so(
    world: World, make_app: App
) -> None:
    app = make_app(world, room="feed")
    app.session.rooms = (room("feed"), room("cases"))
    async with app.run_test() as pilot:
        await go(pilot, "end")
        assert app.screen.offers("follow") is None
        app.screen.go_there()  # type: ignore[attr-defined]
        await settle(pilot)
        assert app.current_mode == "feed"
        assert [one.message for one in app._notifications] == [
            "No room tells more of this than the line itself."
        ]


def test_every_kind_leads_to_a_room_and_every_topic_has_words_for_nothing() -> None:
    assert set(PLACES) == set(KINDS)
    assert set(NOTHING) == set(TITLES) == {None, *Topic}
    for slug in (*PLACES.values(), *(slug for _, slug in NOTHING.values())):
        assert room(slug).title


def test_a_quest_leads_home_where_the_next_one_stands_and_an_achievement_to_the_others() -> None:
    assert place_of(a_line(kind="achieve", mine=True, quest=True)) == "home"
    assert place_of(a_line(kind="achieve", mine=True)) == "achievements"


def test_what_was_thrown_at_a_drawer_leads_to_the_drawer_and_money_to_the_wallet() -> None:
    spoon = FeedItem(1, "Spoon", Rarity.COMMON, Event.ACQUIRE)
    assert place_of(a_line(kind="use", mine=False)) == "drawer"
    assert place_of(a_line(kind="use", mine=True)) == "inventory"
    assert place_of(a_line(kind="grant", player_items=(spoon,))) == "inventory"
    assert place_of(a_line(kind="grant")) == "wallet"


# Words


async def test_the_pane_tells_all_of_the_line_under_the_cursor(
    feed_world: World, make_app: App
) -> None:
    app = make_app(feed_world, room="feed")
    async with app.run_test() as pilot:
        await settle(pilot)
        line = point_at(app, "gift")
        await settle(pilot)
        assert "You gave bo" in facts(app)
        assert "− · C Sharp Spoon" in facts(app)
        assert "“For the tram”" in facts(app)
        closer = app.screen.query_one("#closer")
        assert "UTC" in str(closer.border_title)
        assert str(closer.border_subtitle) == f"operation {line.operation:,}"


def test_every_event_of_a_thing_gains_or_loses_it_or_neither() -> None:
    assert {Event.ACQUIRE, Event.DROP, Event.UNDO} == GAINED
    assert {Event.TRADE, Event.GIFT, Event.SELL, Event.FUSE, Event.EXPIRE, Event.RETURN} <= LOST
    assert not GAINED & LOST
    assert {Event.EQUIP, Event.OFFER, Event.LIST, Event.CLAIM}.isdisjoint(GAINED | LOST)


def test_a_thing_that_was_touched_twice_is_told_once_by_what_counts() -> None:
    got = FeedItem(3, "Spoon", Rarity.RARE, Event.ACQUIRE)
    worn = FeedItem(3, "Spoon", Rarity.RARE, Event.EQUIP)
    offered = FeedItem(4, "Fork", Rarity.RARE, Event.OFFER)
    traded = FeedItem(4, "Fork", Rarity.RARE, Event.TRADE)
    off = FeedItem(5, "Hat", Rarity.RARE, Event.UNEQUIP)
    on = FeedItem(5, "Hat", Rarity.RARE, Event.EQUIP)
    line = a_line(player_items=(got, worn, offered, traded, off, on))
    assert player_items_once(line) == (got, traded, on)
    assert "+ ◆ R Spoon   − ◆ R Fork   ◆ R Hat" in feed_facts(line, 76, tall=False).plain


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=HOSTILE_IDS)
def test_a_row_is_as_wide_as_it_may_be_and_its_words_are_text(name: str) -> None:
    player_items = tuple(FeedItem(n, name, rarity, Event.TRADE) for n, rarity in enumerate(Rarity))
    for line in (
        a_line(words=f"{name} gave you", message=name * 4, player_items=player_items, more=True,
               oranges=-(10**15), gems=10**12, experience=5),
        a_line(words=f"{name} gave you", message=name, gems=5),
        a_line(words="You worked a shift", oranges=120),
    ):  # fmt: skip
        for width in (56, 57, 76, 77, 78, 100, 117):
            row = feed_row(line, START + DAY, width, current=True)
            assert row.cell_length == width
            assert not any("click" in str(span.style) for span in row.spans)
        for tall in (False, True):
            said = feed_facts(line, 76, tall=tall).plain
            assert line.words in said
            assert line.message in said
            assert said.count(name) >= len(line.player_items)


def test_sums_stand_at_the_right_with_sign_and_currency() -> None:
    lines = [
        a_line(words="a", oranges=120),
        a_line(words="b", oranges=-12_450, gems=3),
        a_line(words="c", gems=-25, experience=9),
        a_line(words="d"),
    ]
    rows = [feed_row(line, START, 78, current=False).plain for line in lines]
    ends = ["+🍊 120", "−🍊 12,450  +💎 3", "−💎 25", "d"]
    assert [row.rstrip()[-len(end) :] for row, end in zip(rows, ends, strict=True)] == ends
    assert feed_facts(lines[2], 76, tall=False).plain == "c\n−💎 25   +9 xp"


async def test_the_footer_says_what_enter_would_do(feed_world: World, make_app: App) -> None:
    app = make_app(feed_world, room="feed")
    async with app.run_test() as pilot:
        await settle(pilot)
        foot = text_of(app).splitlines()[-1]
        assert foot.startswith(" ⏎ Go to Wallet  f Topic  t Newest  ? Help ")


# Pictures


async def test_picture_of_a_full_feed(feed_world: World, make_app: App, picture: Picture) -> None:
    async with make_app(feed_world, room="feed").run_test() as pilot:
        await go(pilot, "down", "down", "down")
        for width, height in ((80, 24), (120, 40)):
            await pilot.resize_terminal(width, height)
            await picture(pilot, f"{width}x{height}")


async def test_picture_of_a_topic_without_lines(
    world: World, make_app: App, picture: Picture
) -> None:
    async with make_app(world, room="feed").run_test() as pilot:
        await go(pilot, *["left"] * 3)
        await picture(pilot)


async def test_picture_of_which_thing(feed_world: World, make_app: App, picture: Picture) -> None:
    async with make_app(feed_world, room="feed").run_test() as pilot:
        await settle(pilot)
        point_at(pilot.app, "open")
        await go(pilot, "enter")
        await picture(pilot)


async def test_picture_of_hostile_names_without_colour_in_the_smallest_terminal(
    world: World, make_app: App, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    for number, name in enumerate(HOSTILE_NAMES):
        world.players.add(name, key=f"add-{number}")
        befriend(world, "ana", name)
        gifts = player_of(world, name).gifts
        gifts.send_money("ana", 5 + number, message=name * 3, key=f"gift-{number}")
    async with make_app(world, room="feed").run_test(size=(60, 20)) as pilot:
        await go(pilot, *["down"] * 6)
        await picture(pilot)
