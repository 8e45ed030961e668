"""Gear and escrow in the inventory: how worn a piece is, mending it, claiming what waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from textual.pilot import Pilot

from inventui.app.app import InventuiApp
from inventui.engine.core.operation import Draft, Intent
from inventui.engine.inventory.durability import wear_down
from inventui.engine.inventory.models import InventoryQuery, ItemDetail
from inventui.engine.players.models import Grant
from inventui.rules.core.clock import HOUR, MINUTE, FrozenClock
from inventui.rules.core.enums import Status
from inventui.rules.inventory.gear import WORN_OUT, is_worn_out
from inventui.rules.inventory.inventory import InventoryTab
from inventui.screens.inventory.screen import InventoryRoom
from inventui.widgets.items.item_figures import brings_words, wear_words
from inventui.widgets.lists.item_columns import how_long, wear_bar
from tests.builders import contents
from tests.screens.conftest import Picture, go, player_of, settle
from tests.worlds.property import property_world, provide
from tests.worlds.shop import said, text_of

if TYPE_CHECKING:
    from inventui.engine.world import World

__all__ = ["property_world"]

App = Callable[..., InventuiApp]


def wear(world: World, player_item: int, points: int) -> None:
    """Take points off a piece of gear, as a robbery would."""
    with world.store.write() as connection:
        intent = Intent("rob", {}, player_of(world).id, f"wear-{player_item}-{points}")
        operation = Draft(connection, intent, world.clock.now(), world).begin()
        wear_down(connection, operation, player_item, points)


def given(world: World, slug: str, key: str) -> int:
    """A thing that the world's owner gives ana."""
    grant = world.grant("ana", item=slug, key=key)
    assert isinstance(grant, Grant)
    assert grant.item_id is not None
    return grant.item_id


def fill_gear(world: World) -> list[int]:
    """Give ana as much gear as she may hold."""
    return [given(world, "spoon", f"spoon-{number}") for number in range(10)]


def detail_of(world: World, player_item: int) -> ItemDetail:
    found = player_of(world).inventory.detail(player_item)
    assert isinstance(found, ItemDetail)
    return found


async def enter(pilot: Pilot[Any], tab: str) -> InventoryRoom:
    """Go to a tab of the inventory."""
    await settle(pilot)
    room = pilot.app.screen_stack[0]
    assert isinstance(room, InventoryRoom)
    for _ in range(12):
        if str(room.shown.tab) == tab:
            return room
        await go(pilot, "right")
    raise AssertionError(f"there is no tab {tab}")


# Words


def test_a_bar_is_empty_only_for_what_is_broken() -> None:
    assert [wear_bar(left, 100) for left in (100, 81, 80, 1, 0)] == [
        "▰▰▰▰▰", "▰▰▰▰▰", "▰▰▰▰▱", "▰▱▱▱▱", "▱▱▱▱▱",
    ]  # fmt: skip


def test_gear_that_breaks_soon_says_so() -> None:
    assert is_worn_out(WORN_OUT - 1)
    assert not is_worn_out(WORN_OUT)
    assert not is_worn_out(None)
    assert "breaks soon" in str(wear_words(WORN_OUT - 1, 100))
    assert "breaks soon" not in str(wear_words(WORN_OUT, 100))


def test_of_a_thing_it_is_told_how_long_it_waits_or_lasts(
    property_world: World, clock: FrozenClock
) -> None:
    spoon, kit = provide(property_world, "spoon", "kit")
    clock.advance(2 * HOUR)
    now = clock.now()
    assert how_long(detail_of(property_world, kit).line, now) == "2 h"
    assert how_long(detail_of(property_world, spoon).line, now) == "▰▰▰▰▰"
    wear(property_world, spoon, 90)
    assert how_long(detail_of(property_world, spoon).line, now) == "▰▱▱▱▱!"
    fill_gear(property_world)
    waiting = given(property_world, "apron", "waits")
    assert how_long(detail_of(property_world, waiting).line, now) == "24 h"


# Gear


async def test_the_gear_tab_shows_room_and_how_worn_each_piece_is(
    property_world: World, make_app: App
) -> None:
    spoon, _ = provide(property_world, "spoon", "apron")
    wear(property_world, spoon, 90)
    app = make_app(property_world, room="inventory")
    async with app.run_test(size=(120, 30)) as pilot:
        await enter(pilot, "gear")
        shown = text_of(app)
        assert "Gear 2/10" in shown
        assert "▰▱▱▱▱!" in shown
        assert "▰▰▰▰▰" in shown


async def test_a_kit_mends_the_gear_under_the_cursor(property_world: World, make_app: App) -> None:
    spoon, kit = provide(property_world, "spoon", "kit")
    wear(property_world, spoon, 60)
    async with make_app(property_world, room="inventory").run_test() as pilot:
        room = await enter(pilot, "gear")
        assert room.offers("repair") is True
        assert room.offers("rarity-here") is False
        await go(pilot, "r")
        assert detail_of(property_world, spoon).durability == 65
        assert detail_of(property_world, kit).uses == 1
        assert any("40 → 65 of 100" in message for message in said(pilot))
        assert room.shown.rarity is None
        await go(pilot, "R")
        assert room.shown.rarity is not None


async def test_without_a_kit_nothing_is_mended_and_the_shop_is_near(
    property_world: World, make_app: App
) -> None:
    (spoon,) = provide(property_world, "spoon")
    wear(property_world, spoon, 60)
    async with make_app(property_world, room="inventory").run_test() as pilot:
        await enter(pilot, "gear")
        before = contents(property_world)
        await go(pilot, "r")
        assert contents(property_world) == before
        assert "You have no repair kit." in said(pilot)[-1]
        await go(pilot, "ctrl+g")
        assert pilot.app.current_mode == "shop"


async def test_what_is_whole_is_not_mended_and_its_key_says_why(
    property_world: World, make_app: App
) -> None:
    provide(property_world, "spoon", "kit")
    async with make_app(property_world, room="inventory").run_test() as pilot:
        room = await enter(pilot, "gear")
        before = contents(property_world)
        await go(pilot, "r")
        assert room.offers("repair") is False
        assert contents(property_world) == before
        assert said(pilot)[-1] == "Sharp Spoon is as good as new."


async def test_where_no_gear_is_the_same_key_filters(property_world: World, make_app: App) -> None:
    provide(property_world, "kit")
    async with make_app(property_world, room="inventory").run_test() as pilot:
        room = await enter(pilot, "consumables")
        assert room.offers("repair") is False
        assert "does not wear out" in room.why_not("repair").message
        await go(pilot, "r")
        assert room.shown.rarity is not None


# Escrow


async def test_what_waits_is_claimed_and_the_countdown_stands_on_its_card(
    property_world: World, clock: FrozenClock, make_app: App
) -> None:
    spoons = fill_gear(property_world)
    waiting = given(property_world, "apron", "one-too-many")
    player_of(property_world).inventory.discard(spoons[0], "away")
    clock.advance(HOUR + 30 * MINUTE)
    app = make_app(property_world, room="inventory")
    async with app.run_test(size=(120, 40)) as pilot:
        room = await enter(pilot, "escrow")
        assert "22 h 30 min left" in text_of(app)
        assert room.offers("claim") is True
        await go(pilot, "c")
        assert detail_of(property_world, waiting).line.status is Status.OWNED
        assert "Thick Apron is yours." in said(pilot)[-1]
        await settle(pilot)
        assert room.items.row is not None
        assert room.items.row.id == waiting, "the cursor follows what was the last to wait"
        room.show_only(InventoryQuery(tab=InventoryTab.ESCROW))
        await settle(pilot)
        assert "Nothing waits in escrow." in text_of(app)


async def test_gear_that_is_claimed_says_that_it_wants_to_be_worn_and_leads_there(
    property_world: World, make_app: App
) -> None:
    spoons = fill_gear(property_world)
    waiting = given(property_world, "apron", "one-too-many")
    player_of(property_world).inventory.discard(spoons[0], "away")
    app = make_app(property_world, room="streets")
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, "c")
        assert detail_of(property_world, waiting).line.status is Status.OWNED
        assert "It does nothing for you until you wear it." in said(pilot)[-1]
        await go(pilot, "ctrl+g")
        room = pilot.app.screen
        assert isinstance(room, InventoryRoom)
        assert room.items.row is not None
        assert room.items.row.id == waiting


async def test_gear_without_room_is_not_claimed_and_the_figures_are_told(
    property_world: World, make_app: App
) -> None:
    fill_gear(property_world)
    given(property_world, "apron", "one-too-many")
    async with make_app(property_world, room="inventory").run_test() as pilot:
        await enter(pilot, "escrow")
        before = contents(property_world)
        await go(pilot, "c")
        assert contents(property_world) == before
        assert "There is room for 10 pieces of gear and you hold 10." in said(pilot)[-1]


async def test_only_what_waits_is_claimed(property_world: World, make_app: App) -> None:
    provide(property_world, "spoon")
    async with make_app(property_world, room="inventory").run_test() as pilot:
        room = await enter(pilot, "gear")
        assert room.offers("claim") is False
        assert "Only what waits in escrow" in room.why_not("claim").message
        before = contents(property_world)
        await go(pilot, "c")
        assert contents(property_world) == before


@pytest.mark.parametrize(("width", "told"), [(60, False), (80, False), (100, True), (120, True)])
async def test_rows_of_gear_say_what_they_bring_from_100_columns_on(
    property_world: World, make_app: App, width: int, told: bool
) -> None:
    provide(property_world, "spoon", "apron", "kit", "tent")
    async with make_app(property_world, room="inventory").run_test(size=(width, 24)) as pilot:
        room = await enter(pilot, "gear")
        things = room.player_items
        assert things.count == 3
        for index in range(things.count):
            line = things.pages.row(index)
            assert line is not None
            assert line.brings is not None
            drawn = things.render_line(index).text
            assert line.name in drawn
            assert (brings_words(*line.brings) in drawn) is told


# Pictures


async def test_picture_of_gear(property_world: World, make_app: App, picture: Picture) -> None:
    """ana wears an apron and has a better vest, and a spoon that breaks soon."""
    _, spoon, _, _ = provide(property_world, "apron", "spoon", "kit", "tent")
    wear(property_world, spoon, 91)
    vest = given(property_world, "vest", "vest")
    wear(property_world, vest, 38)
    async with make_app(property_world, room="inventory").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot, "gear")
        await picture(pilot, "80x24")
        await pilot.resize_terminal(120, 40)
        rows = [room.player_items.pages.row(index) for index in range(room.player_items.count)]
        room.player_items.move_to([row.id for row in rows if row is not None].index(spoon))
        await picture(pilot, "120x40, breaks soon")


async def test_picture_of_escrow(
    property_world: World, clock: FrozenClock, make_app: App, picture: Picture
) -> None:
    fill_gear(property_world)
    given(property_world, "apron", "one")
    clock.advance(20 * HOUR)
    given(property_world, "vest", "two")
    clock.advance(3 * HOUR + 20 * MINUTE)
    async with make_app(property_world, room="inventory").run_test(size=(80, 24)) as pilot:
        await enter(pilot, "escrow")
        await picture(pilot)
