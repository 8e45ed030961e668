"""How much of ours runs for a key: counted, not timed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from inventui.app.app import InventuiApp
from inventui.app.welcome import WelcomeScreen
from inventui.engine.cases.models import Opening
from inventui.engine.core.models import CaseDetail
from inventui.engine.world import World
from inventui.rules.core.clock import MINUTE, FrozenClock
from inventui.screens.cases.reveal import RevealScreen
from inventui.screens.inventory.screen import InventoryRoom
from inventui.screens.shop.bought import BoughtScreen
from inventui.screens.shop.screen import ShopRoom
from inventui.widgets.frame.dialogs import ConfirmDialog
from tests.screens.calls import Calls, counted
from tests.screens.conftest import go, player_of, settle
from tests.worlds.shop import owner, rich, shop_world

__all__ = ["owner", "rich", "shop_world"]

App = Callable[..., InventuiApp]

RULES = ("check_", "can_")
"""How the rules' functions begin that say whether something may be done."""


async def press(pilot: Any, *keys: str) -> Calls:
    """What is called from one rest to the next."""
    await settle(pilot)
    with counted() as calls:
        await go(pilot, *keys)
    return calls


def rules_asked(calls: Calls) -> dict[str, int]:
    """The rules that were asked, and how often."""
    return {
        function: count
        for (file, function), count in calls.counts.items()
        if file.startswith("rules/") and function.startswith(RULES)
    }


async def test_opening_a_case_runs_few_files_and_computes_no_theme(
    world: World, make_app: App
) -> None:
    async with make_app(world, room="cases").run_test(size=(120, 40)) as pilot:
        await go(pilot, "enter", "escape")
        calls = await press(pilot, "enter")
        assert isinstance(pilot.app.screen, RevealScreen)
        assert len(calls.files) <= 30, sorted(calls.files)
        assert calls.of("InventuiApp.current_theme") <= 1


async def test_a_room_that_is_covered_looks_again_only_once_it_is_shown(
    world: World, make_app: App
) -> None:
    async with make_app(world, room="cases").run_test(size=(120, 40)) as pilot:
        calls = await press(pilot, "enter")
        assert (calls.of("look_at_shelf"), calls.of("listen")) == (0, 0)
        calls = await press(pilot, "escape")
        assert (calls.of("look_at_shelf"), calls.of("listen")) == (1, 1)


async def test_what_won_is_shown_on_hides_the_room_before_its_file_of_styles_is_read(
    world: World, make_app: App
) -> None:
    case = world.catalogue.case(world.catalogue.cases()[0].id)
    assert isinstance(case, CaseDetail)
    async with make_app(world, room="cases").run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        opening = player_of(world).cases.open(case.id, 1, key="open")
        assert isinstance(opening, Opening)
        for screen in (RevealScreen(opening, case), WelcomeScreen(())):
            pilot.app.push_screen(screen)
            assert screen.styles.background.a == 1
        await settle(pilot)


async def test_an_arrow_in_the_inventory_asks_no_rule_again_for_keys_that_did_not_change(
    filled_world: World, make_app: App
) -> None:
    async with make_app(filled_world, room="inventory").run_test(size=(120, 40)) as pilot:
        await go(pilot, "end", "up", "up")
        room = pilot.app.screen
        assert isinstance(room, InventoryRoom)
        row = room.items.row
        calls = await press(pilot, "up")
        assert room.items.row != row
        assert rules_asked(calls) == {}


async def test_an_arrow_to_another_kind_of_thing_asks_each_rule_once(
    filled_world: World, make_app: App
) -> None:
    async with make_app(filled_world, room="inventory").run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        room = pilot.app.screen
        assert isinstance(room, InventoryRoom)
        locked = [line.locked for line in map(room.player_items.pages.row, range(6)) if line]
        await go(pilot, *["down"] * (locked.index(False) - 1))
        assert room.items.row is not None
        assert room.items.row.locked
        calls = await press(pilot, "down")
        assert not room.items.row.locked
        asked = {
            function: count
            for (_, function), count in calls.counts.items()
            if function.startswith("why_not_")
        }
        assert asked
        assert set(asked.values()) == {1}


async def test_a_purchase_counts_no_shelf_twice(rich: World, make_app: App) -> None:
    async with make_app(rich, player="ana", room="shop").run_test(size=(120, 40)) as pilot:
        await go(pilot, "down", "down")
        room = pilot.app.screen
        assert isinstance(room, ShopRoom)
        lines = room.goods.count
        calls = await press(pilot, "b")
        assert calls.of("Shelf.holds") == 0
        if isinstance(pilot.app.screen, ConfirmDialog):
            calls = await press(pilot, "enter")
        assert isinstance(pilot.app.screen, BoughtScreen | ShopRoom)
        assert calls.of("count_shelves") == 0
        # What lies on the shelf that is shown is looked for again.
        assert calls.of("Shelf.holds") <= 2 * lines


async def test_a_room_shows_what_another_program_did_to_what_it_shows(
    world: World, tmp_path: Path, clock: FrozenClock, make_app: App
) -> None:
    async with make_app(world, room="cases").run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app = pilot.app
        assert isinstance(app, InventuiApp)
        await app._watch()
        other = player_of(world)
        clock.advance(MINUTE)
        other.cases.open(world.catalogue.cases()[0].id, 1, key="other-program")
        with counted() as calls:
            await app._watch()
            await settle(pilot)
        assert calls.of("look_at_shelf") == 1
        assert app.session.card == other.card()
