"""A toast and a notification lead to the very thing that they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inventui.app.app import InventuiApp
from inventui.engine.core.secrets import SeededEntropy
from inventui.engine.inventory.models import InventoryPage, InventoryQuery
from inventui.engine.people.models import GiftSent
from inventui.engine.world import World
from inventui.rules.core.clock import FrozenClock
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.inventory import InventoryTab, Sort
from inventui.screens.inventory.find import Found, find_player_item
from inventui.screens.inventory.screen import InventoryRoom
from inventui.widgets.session import WorldChanged
from tests.builders import done, lived_in
from tests.screens.conftest import PACK, START, befriend, fill, go, player_of, settle

App = Callable[..., InventuiApp]


def player_items(
    world: World, name: str, tab: InventoryTab = InventoryTab.COLLECTIBLES
) -> list[int]:
    """The things of a player on a tab, the newest first."""
    page = player_of(world, name).inventory.page(InventoryQuery(tab=tab), limit=100)
    return [line.id for line in done(page, InventoryPage).items if not line.locked]


def gift(world: World) -> int:
    """bo gives ana a thing that she has not; its number with her."""
    gifts = player_of(world, "bo").gifts
    one = next(
        player_item
        for player_item in player_items(world, "bo")
        if gifts.why_not("ana", player_item) is None
    )
    sent = gifts.send_item("ana", one, "Yours.")
    assert isinstance(sent, GiftSent)
    assert sent.received_id is not None
    return sent.received_id


def open_world(path: Path, clock: FrozenClock) -> World:
    """A world of the screens' pack."""
    return World.open(
        path, clock=clock, entropy=SeededEntropy("seed"), pack=PACK, daily_backup=False
    )


def live_as_friends(path: Path) -> int:
    """ana has many things; bo, her friend, has a few."""
    clock = FrozenClock(START)
    with open_world(path, clock) as world:
        world.players.add("ana", key="add-ana")
        fill(world, clock)
        world.players.add("bo", key="add-bo")
        world.grant("bo", oranges=100_000, key="rich-bo")
        player_of(world, "bo").cases.open(world.catalogue.cases()[0].id, 5, key="bo-opens")
        befriend(world, "bo", "ana")
    return clock.at


@pytest.fixture
def friends_world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """ana has many things; bo, her friend, has a few."""
    path = tmp_path / "world.db"
    clock.at = lived_in(path, live_as_friends).at
    with open_world(path, clock) as world:
        yield world


async def pointed(app: InventuiApp, pilot: object) -> int:
    """The thing under the inventory's cursor."""
    await settle(pilot)  # type: ignore[arg-type]
    room = app.screen
    assert isinstance(room, InventoryRoom)
    assert room.player_items.row is not None
    return room.player_items.row.id


async def test_the_key_of_a_gift_s_toast_puts_the_cursor_on_the_gift(
    friends_world: World, make_app: App
) -> None:
    app = make_app(friends_world, room="inventory")
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await go(pilot, "right", "o", "down", "down")
        room = app.screen
        assert isinstance(room, InventoryRoom)
        room.show_only(InventoryQuery(tab=InventoryTab.GEAR, sort=Sort.NAME))
        await go(pilot, "1")
        given = gift(friends_world)
        app.post_message(WorldChanged())
        await settle(pilot)
        assert "^g  Show me" in [toast.message for toast in app._notifications][-1]
        await go(pilot, "ctrl+g")
        assert await pointed(app, pilot) == given
        assert room.shown == InventoryQuery()


async def test_it_leads_there_from_the_inventory_itself_and_leaves_filters_that_show_it(
    friends_world: World, make_app: App
) -> None:
    app = make_app(friends_world, room="inventory")
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await go(pilot, "right", "o")
        room = app.screen
        assert isinstance(room, InventoryRoom)
        shown = room.shown
        given = gift(friends_world)
        app.post_message(WorldChanged())
        await settle(pilot)
        await go(pilot, "ctrl+g")
        assert await pointed(app, pilot) == given
        assert room.shown == shown


async def test_a_notification_leads_to_its_thing(friends_world: World, make_app: App) -> None:
    given = gift(friends_world)
    player_of(friends_world, "bo").gifts.send_money("ana", 5)
    app = make_app(friends_world, room="inventory")
    async with app.run_test(size=(100, 30)) as pilot:
        await go(pilot, "@notifications", "down", "enter")
        assert await pointed(app, pilot) == given


async def test_a_thing_that_is_gone_is_told_and_nothing_moves(
    friends_world: World, make_app: App
) -> None:
    given = gift(friends_world)
    ana = player_of(friends_world)
    ana.inventory.discard(given)
    app = make_app(friends_world, room="inventory")
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await go(pilot, "down")
        before = await pointed(app, pilot)
        await go(pilot, "@notifications", "enter")
        assert await pointed(app, pilot) == before
        assert "any more" in [toast.message for toast in app._notifications][-1]


def test_a_thing_of_a_stack_is_found_in_the_stack_that_is_opened_for_it(
    friends_world: World,
) -> None:
    ana = player_of(friends_world)
    lines = ana.inventory.stacks(InventoryQuery())
    stack = max(lines, key=lambda line: line.count)
    assert stack.count > 1
    oldest = ana.inventory.pieces([stack], 100)[-1]
    found = find_player_item(ana, InventoryQuery(tab=InventoryTab.GEAR), oldest)
    assert isinstance(found, Found)
    assert (found.query, found.stack) == (InventoryQuery(), stack.key)
    row = ana.inventory.stacks(found.query, [stack.key])[found.index]
    assert (row.id, row.inside) == (oldest, True)


def test_nobody_finds_what_belongs_to_somebody_else(friends_world: World) -> None:
    found = find_player_item(
        player_of(friends_world), InventoryQuery(), player_items(friends_world, "bo")[0]
    )
    assert isinstance(found, Refusal)
