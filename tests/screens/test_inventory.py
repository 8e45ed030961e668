"""The Inventory room: looking, filtering, marking, selling, locking, throwing away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot
from textual.widgets import Input, Static

from inventui.app.app import InventuiApp
from inventui.app.palette import verbs_here
from inventui.engine.inventory.models import InventoryPage, InventoryQuery, ItemDetail, ItemLine
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import MINUTE, FrozenClock
from inventui.rules.core.enums import Acquisition, Rarity, Status
from inventui.rules.core.money import MOST
from inventui.rules.inventory.inventory import InventoryTab, Sort
from inventui.screens.inventory import marks as inventory_marks
from inventui.screens.inventory.actions import (
    web_address,
    why_no_image,
    why_not_discard,
    why_not_sell,
)
from inventui.screens.inventory.details import ItemDetailsDialog
from inventui.screens.inventory.screen import InventoryRoom
from inventui.screens.shared.item_list_text import (
    SaleTotals,
    check_least,
    empty_words,
    filter_words,
    least_value,
    marks_words,
    tab_labels,
)
from inventui.widgets.frame.dialogs import ConfirmDialog, InputDialog
from inventui.widgets.frame.key_bar import KeyBar
from inventui.widgets.frame.tab_strip import TabStrip, tabs_shown
from inventui.widgets.items.card_preview import CardPreview, card_lines
from tests.builders import SCREEN_PACKS, done, lived_in
from tests.screens.conftest import START, Picture, go, player_of, settle
from tests.screens.pictures import draw
from tests.screens.pictures import words as lines_of
from tests.worlds.shop import text_of

if TYPE_CHECKING:
    from inventui.engine.world import PlayerHandle, World

UNDO = "u  Take it back, for 60 s"
THINGS = SCREEN_PACKS / "items.toml"

App = Callable[..., InventuiApp]


def open_world(path: Path, clock: FrozenClock) -> World:
    """A world with all kinds of things."""
    from inventui.engine.core.secrets import SeededEntropy
    from inventui.engine.world import World

    return World.open(
        path, clock=clock, entropy=SeededEntropy("things"), pack=THINGS, daily_backup=False
    )


def give(world: World, clock: FrozenClock, *slugs: str, name: str = "ana") -> list[int]:
    """Give things one after another; their ids."""
    ids = []
    for number, slug in enumerate(slugs):
        clock.advance(MINUTE)
        grant = world.grant(name, item=slug, key=f"{name}-{clock.now()}-{number}")
        ids.append(grant.item_id)  # type: ignore[union-attr]
    return ids  # type: ignore[return-value]


def live_with_nothing(path: Path) -> int:
    """ana has just come."""
    with open_world(path, FrozenClock(START)) as world:
        world.players.add("ana", key="add-ana")
    return START


def live_with_seven_player_items(path: Path) -> int:
    """One of each: ids 1 to 7, the newest first on the list."""
    clock = FrozenClock(live_with_nothing(path))
    with open_world(path, clock) as world:
        give(world, clock, "straw-too", "stamp", "lemon", "peel", "cap", "spoon", "straw")
    return clock.at


def live_with_hundreds(path: Path) -> int:
    """300 things out of a case."""
    clock = FrozenClock(START)
    with open_world(path, clock) as world:
        world.players.add("ana", key="add-ana")
        world.grant("ana", oranges=100_000, key="rich")
        player = player_of(world)
        for number in range(5):
            clock.advance(97 * MINUTE * (number + 1))
            player.cases.open("crate", 60, key=f"open-{number}")
        player.reveals.revealed(max(opening.operation for opening in player.reveals.pending()))
        newest = done(player.inventory.page(InventoryQuery()), InventoryPage).items
        player.inventory.lock([newest[1].id], True, key="lock")
        clock.advance(3 * MINUTE)
    return clock.at


def copy_of(live: Callable[[Path], int], folder: Path, clock: FrozenClock) -> World:
    """A world that was lived in, at the time until which it was."""
    path = folder / "things.db"
    clock.at = lived_in(path, live).at
    return open_world(path, clock)


@pytest.fixture
def empty_inventory(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """ana has nothing yet."""
    with copy_of(live_with_nothing, tmp_path, clock) as world:
        yield world


@pytest.fixture
def seven_player_items(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """ana has one of each: ids 1 to 7, the newest first on the list."""
    with copy_of(live_with_seven_player_items, tmp_path, clock) as world:
        yield world


@pytest.fixture
def hundreds(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """ana has 300 things out of a case."""
    with copy_of(live_with_hundreds, tmp_path, clock) as world:
        yield world


def room_of(pilot: Pilot[Any]) -> InventoryRoom:
    """The room, whatever stands over it."""
    room = pilot.app.screen_stack[0]
    assert isinstance(room, InventoryRoom)
    return room


def names(pilot: Pilot[Any]) -> list[str]:
    """The names of everything listed."""
    player_items = room_of(pilot).player_items
    rows = [player_items.pages.row(index) for index in range(player_items.count)]
    return [row.name for row in rows if row is not None]


def said(pilot: Pilot[Any]) -> list[str]:
    """What the toasts say."""
    return [notification.message for notification in pilot.app._notifications]


def footer(pilot: Pilot[Any]) -> str:
    """The line of keys."""
    return str(pilot.app.screen.query_one(KeyBar).render())


def ask_always(pilot: Pilot[Any]) -> None:
    """Be asked before anything is sold."""
    pilot.app.session.settings.questions = "always"  # type: ignore[attr-defined]


def held(player: PlayerHandle) -> set[int]:
    """The ids of all that a player has."""
    page = done(player.inventory.page(InventoryQuery(), limit=1_000), InventoryPage)
    return {row.id for row in page.items}


def last_line(pilot: Pilot[Any]) -> str:
    """What is said of marks and cursor."""
    return str(room_of(pilot).query_one("#marks").render())


async def enter(pilot: Pilot[Any], *pressed: str) -> InventoryRoom:
    """The room, after some keys."""
    await go(pilot, *pressed)
    return room_of(pilot)


@pytest.fixture
def look(make_app: App) -> App:
    """Make the app in this room."""
    return partial(make_app, room="inventory")


class TestLooking:
    async def test_the_newest_thing_stands_first_and_each_order_and_rarity_is_a_key_away(
        self, seven_player_items: World, look: App
    ) -> None:
        async with look(seven_player_items).run_test(size=(80, 24)) as pilot:
            room = await enter(pilot)
            assert names(pilot)[:2] == ["Bent Straw", "Sharp Spoon"]
            assert room.items.detail is not None
            assert room.items.detail.line.id == 7
            assert str(room.query_one("#preview").border_title) == "Bent Straw"
            orders = []
            for _ in Sort:
                await go(pilot, "o")
                orders.append((room.shown.sort, names(pilot)[0]))
            assert orders == [
                (Sort.VALUE, "Neon Peel"),
                (Sort.RARITY, "Neon Peel"),
                (Sort.NAME, "Bent Straw"),
                (Sort.NEWEST, "Bent Straw"),
            ]
            rarities = []
            for _ in range(6):
                await go(pilot, "r")
                rarities.append((room.shown.rarity, len(names(pilot))))
            assert rarities == [
                (Rarity.LEGENDARY, 0),
                (Rarity.EPIC, 1),
                (Rarity.RARE, 1),
                (Rarity.UNCOMMON, 1),
                (Rarity.COMMON, 4),
                (None, 7),
            ]
            await pilot.click("#settings", offset=(3, 0))
            await settle(pilot)
            assert room.shown.sort is Sort.VALUE, "a click on a setting is its key"

    async def test_a_least_value_is_asked_for_and_nonsense_is_told(
        self, seven_player_items: World, look: App
    ) -> None:
        async with look(seven_player_items).run_test(size=(80, 24)) as pilot:
            room = await enter(pilot, "v", "x", "minus", "enter")
            assert isinstance(pilot.app.screen, InputDialog)
            fault = pilot.app.screen.query_one("#fault", Static)
            assert "whole number of oranges" in str(fault.content)
            await go(pilot, "backspace", *"1,000", "enter")
            assert (room.shown.min_value, names(pilot)) == (1_000, ["Neon Peel"])
            await go(pilot, "v", *["backspace"] * 6, "0", "enter")
            assert (room.shown.min_value, len(names(pilot))) == (0, 7)

    async def test_the_search_lists_while_one_types_and_its_keys_do_nothing_else(
        self, seven_player_items: World, look: App
    ) -> None:
        player = player_of(seven_player_items)
        async with look(seven_player_items).run_test(size=(80, 24)) as pilot:
            room = await enter(pilot, "slash", *"sSdmul")
            assert room.query_one("#search", Input).value == "sSdmul"
            assert (len(held(player)), room.player_items.marks, said(pilot)) == (7, {}, [])
            await go(pilot, "escape", "slash", *"STRA")
            assert names(pilot) == ["Bent Straw", "Bent Straw"]
            await go(pilot, "enter")
            assert room.focused is room.player_items
            assert room.shown.search == "STRA"

    async def test_escape_ends_the_search_then_clears_filters_then_leads_home(
        self, seven_player_items: World, look: App
    ) -> None:
        async with look(seven_player_items).run_test(size=(80, 24)) as pilot:
            room = await enter(pilot, "r", "r", "slash", *"zz")
            assert names(pilot) == []
            await go(pilot, "enter")
            assert str(room.player_items.empty) == (
                "Nothing matches “zz”, epic.\nescape clears the filters."
            )
            await go(pilot, "slash", "escape")
            assert (room.shown.search, room.shown.rarity) == ("", Rarity.EPIC)
            assert names(pilot) == ["Neon Peel"]
            await go(pilot, "escape")
            assert room.shown == InventoryQuery()
            assert len(names(pilot)) == 7
            await go(pilot, "escape")
            assert pilot.app.current_mode == "home"

    async def test_arrows_go_from_tab_to_tab_and_a_click_too(
        self, seven_player_items: World, look: App
    ) -> None:
        async with look(seven_player_items).run_test(size=(80, 24)) as pilot:
            room = await enter(pilot)
            seen = []
            for key in ("right", "tab", "right", "right", "left", "shift+tab"):
                await go(pilot, key)
                seen.append((room.shown.tab, len(names(pilot))))
            assert seen == [
                (InventoryTab.COLLECTIBLES, 5), (InventoryTab.TITLES, 1),
                (InventoryTab.GEAR, 1), (InventoryTab.ALL, 7),
                (InventoryTab.GEAR, 1), (InventoryTab.TITLES, 1),
            ]  # fmt: skip
            await pilot.click(TabStrip, offset=(12, 0))
            await settle(pilot)
            assert room.shown.tab is InventoryTab.COLLECTIBLES

    async def test_the_card_follows_cursor_and_mouse_and_enter_shows_the_whole_of_it(
        self, seven_player_items: World, look: App
    ) -> None:
        async with look(seven_player_items).run_test(size=(80, 24)) as pilot:
            room = await enter(pilot)
            card = room.query_one(CardPreview)
            await pilot.hover("#things", offset=(12, 4))
            await settle(pilot)
            assert card.detail.line.name == "Neon Peel"  # type: ignore[union-attr]
            await pilot.hover("#tabs")
            await settle(pilot)
            assert card.detail.line.id == 7  # type: ignore[union-attr]
            await go(pilot, "down", "enter")
            assert card.detail.line.id == 6  # type: ignore[union-attr]
            assert isinstance(pilot.app.screen, ItemDetailsDialog)
            assert pilot.app.screen.detail.line.id == 6
            await go(pilot, "enter")
            assert isinstance(pilot.app.screen, InventoryRoom)

    async def test_where_it_is_narrow_the_list_has_the_room_for_itself_and_help_stays(
        self, seven_player_items: World, look: App
    ) -> None:
        async with look(seven_player_items).run_test(size=(80, 24)) as pilot:
            room = await enter(pilot)
            for width, beside in ((60, False), (71, False), (72, True), (120, True), (140, True)):
                await pilot.resize_terminal(width, 24)
                await settle(pilot)
                assert room.query_one("#preview").display is beside
                assert " ? Help " in footer(pilot)
                assert " s Sell " in footer(pilot)
            assert " ".join(footer(pilot).split()) == (
                "s Sell l Lock p Gift b List h History / Search m Mark all d Discard M Unmark "
                "? Help ^p Palette"
            )

    async def test_the_footer_of_80_columns_holds_the_keys_of_the_thing(
        self, seven_player_items: World, look: App
    ) -> None:
        async with look(seven_player_items).run_test(size=(80, 24)) as pilot:
            await enter(pilot)
            assert " ".join(footer(pilot).split()) == (
                "s Sell l Lock p Gift b List h History / Search ? Help ^p Palette"
            )

    async def test_ages_are_drawn_again_while_one_looks_at_them(
        self, seven_player_items: World, clock: FrozenClock, look: App
    ) -> None:
        async with look(seven_player_items).run_test(size=(120, 24)) as pilot:
            room = await enter(pilot, "down", "down", "down")
            clock.advance(5 * MINUTE)
            (every_minute,) = [timer for timer in room._timers if timer._interval == 60]
            assert every_minute._callback is not None
            every_minute._callback()  # type: ignore[call-arg]
            await settle(pilot)
            shown = lines_of(draw(pilot.app))
            assert any("Neon Peel" in line and " 8 min " in line for line in shown)
            assert any("8 min ago" in line for line in shown), "the card too"

    async def test_another_player_sees_their_own_things_and_no_marks(
        self, seven_player_items: World, clock: FrozenClock, look: App
    ) -> None:
        seven_player_items.players.add("ben", key="add-ben")
        give(seven_player_items, clock, "lemon", name="ben")
        app = look(seven_player_items)
        async with app.run_test(size=(80, 24)) as pilot:
            room = await enter(pilot, "space", "r")
            assert len(room.player_items.marks) == 1
            await app.play_as(player_of(seven_player_items, "ben"))
            await settle(pilot)
            assert names(pilot) == ["Glass Lemon"]
            assert room.player_items.marks == {}


class TestSelling:
    async def test_a_common_thing_is_sold_at_once_and_a_rare_one_is_asked_about(
        self, seven_player_items: World, look: App
    ) -> None:
        player = player_of(seven_player_items)
        async with look(seven_player_items).run_test(size=(80, 24)) as pilot:
            room = await enter(pilot, "s")
            assert held(player) == {1, 2, 3, 4, 5, 6}
            assert said(pilot) == [f"Bent Straw sold for 🍊 40. You have 🍊 5,040 now.\n{UNDO}"]
            assert (room.player_items.cursor, room.player_items.row.id) == (0, 6)  # type: ignore[union-attr]
            assert pilot.app.session.card.oranges == 5_040  # type: ignore[attr-defined]
            await go(pilot, *["down"] * 3, "s")
            assert isinstance(pilot.app.screen, ConfirmDialog)
            await go(pilot, "n")
            assert 3 in held(player)
            await go(pilot, "s", "y")
            assert 3 not in held(player)
            assert player.card().oranges == 5_740

    async def test_what_was_just_sold_or_thrown_away_is_taken_back_by_u_for_a_minute(
        self, seven_player_items: World, look: App, clock: FrozenClock
    ) -> None:
        player = player_of(seven_player_items)
        async with look(seven_player_items).run_test(size=(120, 30)) as pilot:
            room = await enter(pilot)
            assert "Undo" not in footer(pilot)
            await go(pilot, "s")
            assert "u Undo" in footer(pilot)
            await go(pilot, "d")
            assert held(player) == {1, 2, 3, 4, 5}
            await go(pilot, "u")
            assert held(player) == {1, 2, 3, 4, 5, 6}
            assert said(pilot)[-1].endswith(": not thrown away.")
            await go(pilot, "u")
            assert held(player) == {1, 2, 3, 4, 5, 6, 7}
            assert said(pilot)[-1] == "Bent Straw: not sold. 40 oranges went back."
            assert player.card().oranges == pilot.app.session.card.oranges == 5_000  # type: ignore[attr-defined]
            assert "Undo" not in footer(pilot)
            # It came back into the list, and can be sold anew.
            await go(pilot, "home")
            assert room.player_items.row.id == 7  # type: ignore[union-attr]
            await go(pilot, "s")
            clock.advance(MINUTE + 1)
            await go(pilot, "u")
            assert held(player) == {1, 2, 3, 4, 5, 6}
            await settle(pilot)

    async def test_what_was_sold_is_taken_back_in_any_room_and_a_refusal_is_told_once(
        self, seven_player_items: World, look: App
    ) -> None:
        player = player_of(seven_player_items)
        async with look(seven_player_items).run_test(size=(80, 24)) as pilot:
            await enter(pilot, "s")
            assert "u Undo" in footer(pilot)
            await go(pilot, "u")
            assert "Undo" not in footer(pilot)
            await go(pilot, "s", "1")
            await go(pilot, "u")
            assert held(player) == {1, 2, 3, 4, 5, 6, 7}
            await go(pilot, "3", "home", "s")
            # Another program took it back meanwhile.
            player.undos.take_back()
            await go(pilot, "u")
            assert said(pilot)[-1].endswith("and took it back already.")
            before = len(said(pilot))
            await go(pilot, "u")
            assert len(said(pilot)) == before

    async def test_pressing_twice_sells_one_thing_also_before_the_list_is_read_again(
        self, seven_player_items: World, look: App, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        player = player_of(seven_player_items)
        async with look(seven_player_items).run_test(size=(80, 24)) as pilot:
            room = await enter(pilot)
            room.actions.sell()
            room.actions.sell()
            await settle(pilot)
            assert held(player) == {1, 2, 3, 4, 5, 6}
            assert len(said(pilot)) == 1
            monkeypatch.setattr(room, "refresh_room", lambda: None)
            room.actions.sell()
            await settle(pilot)
            assert room.player_items.row.id == 6  # type: ignore[union-attr]
            room.actions.sell()
            room.actions.switch_lock()
            await settle(pilot)
            assert held(player) == {1, 2, 3, 4, 5}
            assert len(said(pilot)) == 2

    async def test_what_cannot_be_sold_is_dim_and_says_why(
        self, seven_player_items: World, look: App
    ) -> None:
        player = player_of(seven_player_items)
        player.inventory.lock([4], True)
        async with look(seven_player_items).run_test(size=(80, 24)) as pilot:
            room = await enter(pilot, "down", "down")
            for name in ("Paper Cap", "Neon Peel"):
                assert room.player_items.row.name == name  # type: ignore[union-attr]
                assert room.active_bindings["s"].enabled is False
                assert room.active_bindings["l"].enabled is True
                before = len(said(pilot))
                await go(pilot, "s")
                assert len(said(pilot)) == before + 1
                assert said(pilot)[-1].startswith(name)
                await go(pilot, "down")
            assert (len(held(player)), player.card().oranges) == (7, 5_000)

    async def test_what_another_program_sold_is_refused_and_goes_from_the_list(
        self, seven_player_items: World, look: App
    ) -> None:
        player = player_of(seven_player_items)
        async with look(seven_player_items).run_test(size=(80, 24)) as pilot:
            room = await enter(pilot, "space")
            player.inventory.sell([7])
            await go(pilot, "s")
            assert said(pilot) == ["Bent Straw is gone: it was sold."]
            assert (room.player_items.count, room.player_items.marks) == (6, {})
            assert player.card().oranges == 5_040

    async def test_the_marked_are_sold_after_number_and_sum_are_named_and_kept_otherwise(
        self, seven_player_items: World, look: App
    ) -> None:
        player = player_of(seven_player_items)
        async with look(seven_player_items).run_test(size=(80, 24)) as pilot:
            room = await enter(pilot, "space", "down", "space")
            ask_always(pilot)
            await go(pilot, "S")
            dialog = pilot.app.screen
            assert isinstance(dialog, ConfirmDialog)
            assert dialog.heading == "Sell 2 things?"
            assert "2 things for 🍊 340." in dialog.text.plain
            await go(pilot, "escape")
            assert (len(held(player)), set(room.player_items.marks)) == (7, {6, 7})
            await go(pilot, "S", "y")
            assert held(player) == {1, 2, 3, 4, 5}
            assert said(pilot) == [f"2 things sold for 🍊 340. You have 🍊 5,340 now.\n{UNDO}"]
            assert room.player_items.marks == {}

    async def test_the_marked_are_sold_at_once_unless_they_are_dear(
        self, seven_player_items: World, look: App
    ) -> None:
        player = player_of(seven_player_items)
        async with look(seven_player_items).run_test(size=(80, 24)) as pilot:
            await enter(pilot, "space", "down", "space", "S")
            assert held(player) == {1, 2, 3, 4, 5}
            assert said(pilot) == [f"2 things sold for 🍊 340. You have 🍊 5,340 now.\n{UNDO}"]
            await go(pilot, "u")
            assert len(held(player)) == 7
            # Something rare is among them now.
            await go(pilot, "m", "S")
            assert isinstance(pilot.app.screen, ConfirmDialog)
            await go(pilot, "escape")
            assert len(held(player)) == 7

    async def test_marked_things_that_the_filter_hides_are_not_sold(
        self, seven_player_items: World, look: App
    ) -> None:
        player = player_of(seven_player_items)
        async with look(seven_player_items).run_test(size=(80, 24)) as pilot:
            room = await enter(pilot, "space", "r", "S")
            assert said(pilot) == ["1 marked thing is hidden by the filters: not sold."]
            assert len(held(player)) == 7
            await go(pilot, "escape", "m", "r", "r", "r")
            assert "7 marked · 🍊 700 · 6 hidden: not sold" in last_line(pilot)
            await go(pilot, "S")
            assert isinstance(pilot.app.screen, ConfirmDialog)
            assert "6 marked things are hidden" in pilot.app.screen.text.plain
            await go(pilot, "y")
            assert held(player) == {1, 2, 4, 5, 6, 7}
            assert set(room.player_items.marks) == {1, 2, 4, 5, 6, 7}

    async def test_what_cannot_be_sold_is_named_and_kept(
        self, seven_player_items: World, look: App
    ) -> None:
        player = player_of(seven_player_items)
        player.inventory.lock([4], True)
        async with look(seven_player_items).run_test(size=(80, 24)) as pilot:
            room = await enter(pilot, "m")
            assert "7 marked · 🍊 1,201 · 2 can't be sold" in last_line(pilot)
            await go(pilot, "S")
            assert isinstance(pilot.app.screen, ConfirmDialog)
            text = pilot.app.screen.text.plain
            assert "5 things for 🍊 1,201." in text
            assert "Neon Peel is locked: unlock it first." in text
            assert "Paper Cap can't be sold" in text
            player.inventory.lock([7], True)
            await go(pilot, "y")
            assert held(player) == {4, 5, 7}, "nor is what was locked behind the question"
            assert set(room.player_items.marks) == {4, 5, 7}
            assert any("Bent Straw is locked" in message for message in said(pilot))


class TestMarks:
    async def test_marks_and_cursor_stay_when_the_world_changes_and_those_of_what_is_gone_go(
        self, seven_player_items: World, clock: FrozenClock, look: App
    ) -> None:
        async with look(seven_player_items).run_test(size=(80, 24)) as pilot:
            room = await enter(pilot, "down", "down", "space", "down", "space")
            give(seven_player_items, clock, "straw", "stamp")
            room.refresh_room()
            await settle(pilot)
            assert set(room.player_items.marks) == {5, 4}
            assert (room.player_items.cursor, room.player_items.row.id) == (4, 4)  # type: ignore[union-attr]
            player_of(seven_player_items).inventory.sell([4])
            room.refresh_room()
            await settle(pilot)
            assert set(room.player_items.marks) == {5}

    async def test_all_that_is_listed_is_marked_beside_what_is_hidden_and_unmarked_at_once(
        self, seven_player_items: World, look: App, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with look(seven_player_items).run_test(size=(80, 24)) as pilot:
            room = await enter(pilot)
            assert "S" not in room.active_bindings
            await go(pilot, "S")
            assert said(pilot) == ["Nothing is marked: space marks the thing under the cursor."]
            await go(pilot, "space")
            assert room.active_bindings["S"].enabled is True
            await go(pilot, "r", "r", "m")
            assert set(room.player_items.marks) == {7, 4}
            await go(pilot, "M")
            assert room.player_items.marks == {}
            assert "space marks" in last_line(pilot)
            monkeypatch.setattr(inventory_marks, "MOST_MARKED", 3)
            await go(pilot, "escape", "m", "S")
            assert isinstance(pilot.app.screen, ConfirmDialog)
            text = pilot.app.screen.text.plain
            assert "at most 3 at once are sold" in text
            await go(pilot, "y")
            assert said(pilot)[-1].startswith("2 things sold")

    async def test_marks_of_what_waits_in_escrow_stay(
        self, seven_player_items: World, clock: FrozenClock, look: App
    ) -> None:
        give(seven_player_items, clock, *["spoon"] * 10)
        async with look(seven_player_items).run_test(size=(80, 24)) as pilot:
            room = await enter(pilot, "left")
            assert (room.shown.tab, len(names(pilot))) == (InventoryTab.ESCROW, 1)
            await go(pilot, "space", "left")
            assert len(room.player_items.marks) == 1
            assert "1 marked" in last_line(pilot)

    async def test_the_card_of_what_waits_names_the_key_that_claims(
        self, seven_player_items: World, clock: FrozenClock, look: App
    ) -> None:
        give(seven_player_items, clock, *["spoon"] * 10)
        app = look(seven_player_items)
        async with app.run_test(size=(80, 24)) as pilot:
            app.session.own = replace(app.session.own, keymap={"inventory.claim": "f5"})
            await enter(pilot, "left", "enter")
            assert "f5 claims it" in text_of(app)

    async def test_more_things_than_one_window_holds_are_marked_and_sold_at_once(
        self, empty_inventory: World, look: App
    ) -> None:
        empty_inventory.grant("ana", oranges=200_000, key="rich")
        player = player_of(empty_inventory)
        for number in range(11):
            player.cases.open("crate", 100, key=f"open-{number}")
        player.reveals.revealed(max(opening.operation for opening in player.reveals.pending()))
        async with look(empty_inventory).run_test(size=(80, 24)) as pilot:
            room = await enter(pilot, "m")
            assert sum(row.count for row in room.player_items.marks.values()) == 1_100
            assert "1,100 marked" in last_line(pilot)
            await go(pilot, "S", "y")
            assert player.inventory.count(InventoryQuery()) == 0
            assert said(pilot)[0].startswith("1,100 things sold for")


class TestStacks:
    async def test_equal_things_are_one_line_that_opens_into_its_pieces(
        self, hundreds: World, look: App
    ) -> None:
        async with look(hundreds).run_test(size=(80, 24)) as pilot:
            room = await enter(pilot)
            stack = room.items.row
            assert stack is not None
            assert stack.count > 20
            assert f"{stack.name} ×{stack.count}" in text_of(pilot.app)  # type: ignore[arg-type]
            lines = room.player_items.count
            await go(pilot, "enter")
            assert room.player_items.count == lines + stack.count
            await go(pilot, "down", "enter")
            assert isinstance(pilot.app.screen, ItemDetailsDialog)
            assert pilot.app.screen.detail.line.id == stack.id
            await go(pilot, "escape", "up", "enter")
            assert room.player_items.count == lines

    async def test_selling_a_stack_asks_how_many_and_the_newest_go(
        self, hundreds: World, look: App
    ) -> None:
        player = player_of(hundreds)
        async with look(hundreds).run_test(size=(80, 24)) as pilot:
            room = await enter(pilot)
            stack, before = room.items.row, held(player)
            assert stack is not None
            newest = set(player.inventory.pieces([stack], 5))
            await go(pilot, "s")
            assert isinstance(pilot.app.screen, InputDialog)
            await go(pilot, *["backspace"] * 5, *f"{stack.count + 1}", "enter")
            assert isinstance(pilot.app.screen, InputDialog), "there are not so many"
            assert held(player) == before
            await go(pilot, *["backspace"] * 5, "5", "enter")
            assert before - held(player) == newest
            assert said(pilot)[-1].startswith("5 things sold for")

    async def test_a_marked_stack_is_sold_whole_but_for_what_the_filters_hide(
        self, hundreds: World, look: App
    ) -> None:
        player = player_of(hundreds)
        async with look(hundreds).run_test(size=(80, 24)) as pilot:
            room = await enter(pilot, "space")
            stack = room.items.row
            assert stack is not None
            assert f"{stack.count} marked" in last_line(pilot)
            await go(pilot, "slash", *"zzz", "enter", "S")
            assert f"{stack.count} marked things are hidden" in said(pilot)[-1]
            await go(pilot, "escape", "S")
            assert not set(stack.pieces) & held(player)
            assert said(pilot)[-1].startswith(f"{stack.count} things sold for")
            assert room.player_items.marks == {}


class TestLockingAndDiscarding:
    async def test_a_lock_comes_and_goes_by_key_and_by_palette(
        self, seven_player_items: World, look: App
    ) -> None:
        before = held(player_of(seven_player_items))
        async with look(seven_player_items).run_test(size=(80, 24)) as pilot:
            room = await enter(pilot, "l")
            assert room.player_items.row.locked  # type: ignore[union-attr]
            assert room.active_bindings["s"].enabled is False
            assert room.active_bindings["d"].enabled is False
            assert " l Unlock " in footer(pilot)
            commands = {hit.title: hit for hit in verbs_here(pilot.app, room, "")}
            commands["Sell"].run()
            await settle(pilot)
            assert said(pilot) == ["Bent Straw is locked: unlock it first."]
            commands["Unlock"].run()
            await settle(pilot)
            assert " l Lock " in footer(pilot)
            assert not room.player_items.row.locked  # type: ignore[union-attr]
            assert room.active_bindings["s"].enabled is True
            await go(pilot, "l", "l")
            assert not room.player_items.row.locked  # type: ignore[union-attr]
        assert held(player_of(seven_player_items)) == before

    async def test_throwing_away_is_asked_about_and_no_is_the_hasty_answer(
        self, seven_player_items: World, look: App
    ) -> None:
        player = player_of(seven_player_items)
        async with look(seven_player_items).run_test(size=(80, 24)) as pilot:
            room = await enter(pilot, "space")
            ask_always(pilot)
            await go(pilot, "d")
            assert isinstance(pilot.app.screen, ConfirmDialog)
            assert "Selling it would bring 🍊 40." in str(pilot.app.screen.text)
            await go(pilot, "enter")
            assert isinstance(pilot.app.screen, InventoryRoom)
            assert len(held(player)) == 7
            await go(pilot, "d", "y")
            assert held(player) == {1, 2, 3, 4, 5, 6}
            assert player.card().oranges == 5_000
            assert said(pilot) == [f"Bent Straw is thrown away.\n{UNDO}"]
            assert room.player_items.marks == {}

    async def test_a_picture_on_the_web_is_opened(
        self, seven_player_items: World, look: App, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened: list[str] = []
        app = look(seven_player_items)
        monkeypatch.setattr(app, "open_url", opened.append)
        async with app.run_test(size=(80, 24)) as pilot:
            await enter(pilot, "i")
            assert (opened, said(pilot)) == ([], ["Bent Straw has no picture on the web."])
            await go(pilot, *["down"] * 4, "i")
            assert opened == ["https://example.org/lemon.png"]


async def test_an_empty_inventory_leads_to_the_cases(
    empty_inventory: World, look: App, picture: Picture
) -> None:
    async with look(empty_inventory).run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        assert "2 leads to the cases" in str(room.player_items.empty)
        await picture(pilot, "80x24")
        for key in "sSlhmdui":
            await go(pilot, key)
        assert isinstance(pilot.app.screen, InventoryRoom)
        assert len(said(pilot)) == len(set(said(pilot))) == 2


async def test_hostile_names_are_plain_text_wherever_they_are_said(
    empty_inventory: World, clock: FrozenClock, look: App, picture: Picture
) -> None:
    owner, slugs = "[b]$x[/nope]", ("cap", "spoon", "wide", "broken", "link")
    empty_inventory.players.add(owner, key="hostile")
    give(empty_inventory, clock, *slugs, name=owner)
    async with look(empty_inventory, owner).run_test(size=(80, 24), notifications=True) as pilot:
        room = await enter(pilot)
        await picture(pilot, "80x24")
        ask_always(pilot)
        for left in (4, 3, 2):
            name = names(pilot)[0]
            await go(pilot, "enter", "escape", "h", "escape", "d", "escape", "l", "s")
            assert said(pilot)[-1] == f"{name} is locked: unlock it first."
            await go(pilot, "l", "s", "y")
            assert room.player_items.count == left
            assert f"{name} sold for" in said(pilot)[-1]


class TestPictures:
    async def test_hundreds(self, hundreds: World, look: App, picture: Picture) -> None:
        async with look(hundreds).run_test(size=(80, 24)) as pilot:
            await go(pilot, "down", "down")
            await picture(pilot, "80x24")
            await pilot.resize_terminal(120, 40)
            await picture(pilot, "120x40")
            await pilot.resize_terminal(60, 20)
            await go(pilot, "up", "up", "space")
            await picture(pilot, "60x20")

    async def test_filtered_with_hidden_marks(
        self, hundreds: World, look: App, picture: Picture
    ) -> None:
        async with look(hundreds).run_test(size=(80, 24)) as pilot:
            await go(pilot, *["J"] * 4, "o", "r", "r", "r", "space", "down", "space")
            await picture(pilot, "80x24")

    async def test_selling_the_marked(
        self, seven_player_items: World, look: App, picture: Picture
    ) -> None:
        player_of(seven_player_items).inventory.lock([4], True, key="lock")
        async with look(seven_player_items).run_test(size=(80, 24)) as pilot:
            await go(pilot, "space", "slash", *"e", "enter", "m", "S")
            await picture(pilot, "80x24")

    async def test_the_whole_card(self, hundreds: World, look: App, picture: Picture) -> None:
        async with look(hundreds).run_test(size=(120, 40)) as pilot:
            await go(pilot, "o", "enter")
            await picture(pilot, "120x40")

    async def test_without_colour(
        self, hundreds: World, look: App, picture: Picture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("NO_COLOR", "1")
        async with look(hundreds).run_test(size=(80, 24)) as pilot:
            await go(pilot, "space", "down")
            await picture(pilot, "80x24")


# What is said


def a_line(**changes: Any) -> ItemLine:
    made = ItemLine(
        1, "Glass Lemon", Category.COLLECTIBLE, Rarity.RARE, 700, Status.OWNED, False, START, "", ""
    )
    return replace(made, **changes)


def a_detail(line: ItemLine, **changes: Any) -> ItemDetail:
    made = ItemDetail(
        line=line, slug="lemon", description="Sour to look at.", flavour="Handle like a promise.",
        image_url="", acquisition=Acquisition.ADMIN, price_paid=0, source="",
    )  # fmt: skip
    return replace(made, **changes)


def test_only_what_is_owned_and_not_locked_can_be_sold_or_thrown_away() -> None:
    for status, locked in product(Status, (False, True)):
        line, free = a_line(status=status, locked=locked), status is Status.OWNED and not locked
        assert (why_not_sell(line) is None) is free
        assert (why_not_discard(line) is None) is free


async def test_without_a_thing_nothing_can_be_done(empty_inventory: World, look: App) -> None:
    async with look(empty_inventory).run_test() as pilot:
        await settle(pilot)
        room = room_of(pilot)
        free = {
            "search",
            "cards",
            "sort",
            "rarity",
            "rarity-here",
            "least",
            "tab-next",
            "tab-previous",
        }
        for action in room.ACTIONS:
            if action.id not in free:
                assert room.offers(action.id) is not True, action.id
                assert room.why_not(action.id).reason is not None
            else:
                assert room.offers(action.id) is True
        for id in ("sell", "lock", "discard", "history", "look", "image"):
            assert room.why_not(id).message == "There is nothing under the cursor."


@pytest.mark.parametrize(
    ("address", "opened"),
    [
        ("https://example.org/a.png", True),
        ("http://example.org/a.png", True),
        ("", False),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("https://example.org/a b", False),
        ("https://example.org/\n--flag", False),
        ("--help", False),
    ],
)
def test_only_web_addresses_are_opened(address: str, opened: bool) -> None:
    line = a_line()
    assert web_address(address) is opened
    assert (why_no_image(line, a_detail(line, image_url=address)) is None) is opened


def test_the_card_of_another_thing_lends_no_picture() -> None:
    detail = a_detail(a_line(id=2), image_url="https://example.org/a.png")
    assert why_no_image(a_line(), detail) is not None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", 0), ("0", 0), ("1,000", 1_000), (" 12 000 ", 12_000), (str(MOST), MOST),
        (str(MOST + 1), None), ("-1", None), ("1.5", None), ("x", None), ("٣", None),
        ("9" * 5_000, None),
    ],
)  # fmt: skip
def test_a_least_value_is_a_whole_number(text: str, value: int | None) -> None:
    assert least_value(text) == value
    assert (check_least(text) is None) is (value is not None)


def test_tabs_that_hold_nothing_wait() -> None:
    assert [tab.slug for tab in tab_labels({}, InventoryTab.ALL)] == ["all", "collectibles"]
    counts = dict.fromkeys(InventoryTab, 0) | {
        InventoryTab.ALL: 1_214,
        InventoryTab.GEAR: 6,
        InventoryTab.ESCROW: 2,
    }
    labels = {tab.slug: tab.count for tab in tab_labels(counts, InventoryTab.TITLES)}
    assert labels == {
        "all": "1,214", "collectibles": "0", "titles": "0", "gear": "6/10", "escrow": "2/3",
    }  # fmt: skip


def test_the_filters_are_named() -> None:
    query = InventoryQuery(search="neon", rarity=Rarity.EPIC, min_value=1_000)
    assert filter_words(query) == "“neon”, epic, worth 1,000 or more"
    assert filter_words(InventoryQuery(tab=InventoryTab.GEAR)) == ""


def test_an_empty_tab_of_a_full_inventory_leads_back() -> None:
    assert "No gear yet" in empty_words(InventoryQuery(tab=InventoryTab.GEAR), 5).plain
    assert "cases" in empty_words(InventoryQuery(tab=InventoryTab.GEAR), 0).plain


def test_a_filter_is_to_blame_only_where_there_is_something() -> None:
    assert "“neon”" in empty_words(InventoryQuery(search="neon"), 0).plain
    assert "cases" in empty_words(InventoryQuery(search="neon"), 0, any_owned=False).plain


@pytest.mark.parametrize("width", [20, 40, 60, 80, 140])
def test_the_last_line_fits(width: int) -> None:
    words = marks_words(SaleTotals(10**12, 9_999, 9_999), 10_000, 999_999, 1_000_000, width)
    assert words.cell_length <= width


@given(st.lists(st.integers(4, 24), min_size=1, max_size=12), st.data(), st.integers(30, 120))
def test_the_active_tab_is_always_seen(widths: list[int], data: st.DataObject, room: int) -> None:
    active = data.draw(st.integers(0, len(widths) - 1))
    seen = tabs_shown(widths, active, room)
    assert active in seen
    ends = 2 * bool(seen.start) + 2 * (seen.stop < len(widths))
    assert sum(widths[i] + 1 for i in seen) - 1 + ends <= room


def test_a_card_fits_its_pane() -> None:
    for sprite in ("", "o=#ff9a2e\n" + "\n".join(["o" * 16] * 16)):
        line = a_line(name="界" * 60, sprite=sprite, locked=True, status=Status.OFFERED)
        detail = a_detail(
            line, description="word " * 200, flavour="界" * 300, case_name="界" * 60, nonce=10**9,
            ticket=999_999, odds_parts=1, seed_hash="f" * 64, same_held=10**6, price_paid=10**12,
        )  # fmt: skip
        for width, height in product((26, 36, 44, 60), (4, 8, 12, 16, 30)):
            lines = card_lines(detail, width, height, START + 10**9, high=height)
            assert len(lines) <= height
            assert all(content.cell_length <= width for content in lines)


def test_the_words_of_a_card_give_way_to_where_it_came_from() -> None:
    detail = a_detail(
        a_line(), description="word " * 200, case_name="Test Crate", nonce=3, ticket=7
    )
    text = [content.plain for content in card_lines(detail, 27, 16, START, high=16)]
    assert any("Test Crate" in line for line in text)
    assert any("3 · ticket 7" in line for line in text)
    assert any(line.endswith("…") for line in text)
    assert not any("promise" in line for line in text)


def test_bigpulp_keeps_his_name_in_the_name_of_a_category() -> None:
    line = a_line(category=Category.BIGPULP_HAT)
    assert "BigPulp hat" in texts(card_lines(a_detail(line), 60, None, START, high=40))


def test_no_label_runs_into_its_value() -> None:
    home = a_detail(a_line(), figures={"insurance": 14, "upkeep": 300})
    text = [content.plain for content in card_lines(home, 28, 20, START, high=20)]
    assert "insure 14 %  nothing worn" in text
    assert "upkeep 300 a day" in text, "what would be cut is left out"
    assert "paid   nothing" in text, "every value stands below the other"
    assert "paid  nothing" in texts(card_lines(a_detail(a_line()), 28, 20, START, high=20))


def texts(lines: Sequence[Any]) -> str:
    return "\n".join(content.plain for content in lines)


def test_a_card_says_what_is_special_and_how_it_was_got() -> None:
    line = a_line(locked=True, status=Status.EQUIPPED)
    text = texts(card_lines(a_detail(line, same_held=3), 60, None, START, high=40))
    for words in ("🔒 locked", "⚑ worn", "you hold 3", "given by the world's owner", "700"):
        assert words in text
