"""Gear in the Shop room: its figures against what is worn, and what buying it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from textual.pilot import Pilot

from inventui.app.app import InventuiApp
from inventui.rules.core.categories import Category
from inventui.rules.property import check_leave
from inventui.screens.shop.details import ShopDetailsDialog
from inventui.screens.shop.gear_text import Rack, gear_words, rack_of, refusal_of
from inventui.screens.shop.pane import ShopFacts
from inventui.screens.shop.screen import ShopRoom
from inventui.screens.shop.text import FIGURE, Shelf, figure_badge
from tests.builders import contents
from tests.screens.conftest import START, Picture, go, player_of, settle
from tests.worlds.market import fill_room, market_world, rich
from tests.worlds.shop import line, said, text_of

if TYPE_CHECKING:
    from inventui.engine.world import World

__all__ = ["market_world", "rich"]

App = Callable[..., InventuiApp]


def words(world: World, slug: str, rack: Rack | None = None, width: int = 48) -> list[str]:
    rack = rack_of(player_of(world)) if rack is None else rack
    return [content.plain for content in gear_words(line(world, slug), rack, START, width)]


async def point(pilot: Pilot[Any], slug: str) -> ShopRoom:
    room = pilot.app.screen_stack[0]
    assert isinstance(room, ShopRoom)
    rows = [room.goods.pages.row(index) for index in range(room.goods.count)]
    room.goods.move_to([row.slug for row in rows if row is not None].index(slug))
    await settle(pilot)
    return room


def facts_text(room: ShopRoom) -> str:
    return "\n".join(strip.text.rstrip() for strip in room.query_one(ShopFacts)._strips)


def test_every_figure_is_compared_with_what_is_in_the_slot(rich: World) -> None:
    assert words(rich, "curbside-appeal")[:2] == [
        "pays   6,000 a day  nothing worn",
        "costs  720 a day  nothing worn",
    ]
    player_of(rich).shop.buy("lemon-honesty")
    pays, costs, repays, then = words(rich, "curbside-appeal")
    assert pays.startswith("pays   6,000 a day  ▲ +4,000")
    assert costs.startswith("costs  720 a day  ▼ +480"), "what costs more is worse"
    assert repays.startswith("repays in 6 days")
    assert repays.endswith("room 1/10")
    assert then == "enter opens it, Lemon Honesty comes off"


def test_what_is_worn_is_not_compared_with_itself(rich: World) -> None:
    player_of(rich).shop.buy("lemon-honesty")
    assert words(rich, "lemon-honesty") == ["pays   2,000 a day", "costs  240 a day"]


def test_what_brings_oranges_says_in_how_many_days_it_is_paid_back(rich: World) -> None:
    assert "repays in 5 days" in words(rich, "lemon-honesty")[-2]
    tent = words(rich, "tent-with-intent")
    assert "brings 120 in 20 shifts" in tent
    assert any(said.startswith("repays in ") for said in tent)
    assert not any("lasts" in said for said in tent), "what never wears lasts"
    assert any("lasts" in said for said in words(rich, "head-drainer"))


def test_where_it_is_narrow_an_empty_slot_is_left_unsaid(rich: World) -> None:
    assert words(rich, "curbside-appeal", width=28)[0] == "pays   6,000 a day"
    assert all(len(said) <= 28 for said in words(rich, "ferry-to-brunch", width=28))


def test_what_comes_off_is_said_in_one_line_however_narrow_it_is(rich: World) -> None:
    player_of(rich).shop.buy("lemon-honesty")
    assert words(rich, "curbside-appeal", width=28)[-1] == "enter replaces Lemon Honesty"
    assert words(rich, "curbside-appeal", width=25)[-1] == "enter opens it instead"
    assert words(rich, "curbside-appeal", width=20)[-1] == "enter opens it"


def test_without_room_it_is_said_how_to_make_some(rich: World) -> None:
    full = replace(rack_of(player_of(rich)), held=10)
    assert "Sell or discard one first." in " ".join(words(rich, "lemon-honesty", full))
    assert not any("enter" in said for said in words(rich, "lemon-honesty", full))
    assert refusal_of(line(rich, "lemon-honesty"), replace(full, held=9), START) is None


def test_a_home_waits_while_upkeep_is_owed_for_the_one_that_is_lived_in(rich: World) -> None:
    player_of(rich).shop.buy("tent-with-intent")
    rack = rack_of(player_of(rich))
    assert rack.stuck is None
    assert words(rich, "branch-office", rack)[-1] == "enter moves in, Tent With Intent comes off"
    owing = replace(rack, stuck=check_leave("Tent With Intent", 2, 200))
    assert words(rich, "branch-office", owing)[-1] == "enter buys it; upkeep first"


def test_a_short_figure_keeps_its_number_and_says_of_what(market_world: World) -> None:
    for slug, text, short in (
        ("fishers-licence", "rob 5 %", "rob 5 %"),
        ("head-drainer", "guard 5 %", "guard 5 %"),
        ("villa-of-two-minds", "insure 23 %", "insure 23 %"),
        ("curbside-appeal", "pays 6,000 a day", "pays 6,000"),
    ):
        found = figure_badge(line(market_world, slug))
        assert (found.text, found.short) == (text, short)
        assert len(found.short) <= FIGURE


async def test_the_pane_follows_what_is_worn(rich: World, make_app: App) -> None:
    async with make_app(rich, room="shop").run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        room = await point(pilot, "fishers-licence")
        assert "rob    5 %  nothing worn" in facts_text(room)
        await point(pilot, "strongly-worded-peel")
        await go(pilot, "enter")
        assert "^g  See what you own" in said(pilot)[-1]
        assert player_of(rich).wardrobe.worn()[Category.WEAPON].slug == "strongly-worded-peel"
        await point(pilot, "fishers-licence")
        assert "rob    5 %  ▲ +4" in facts_text(room)


async def test_what_there_is_no_room_for_is_refused_without_a_question(
    market_world: World, make_app: App
) -> None:
    market_world.grant("ana", gems=20, key="gems")
    fill_room(market_world)
    async with make_app(market_world, room="shop").run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await point(pilot, "apron-of-record")
        before = contents(market_world)
        await go(pilot, "enter")
        assert "room for 10 pieces" in said(pilot)[-1]
        await point(pilot, "soup-authority")
        await go(pilot, "enter")
        assert "room for 10 pieces" in said(pilot)[-1], "a fourth of the purse, yet not asked about"
        assert contents(market_world) == before


async def test_a_closer_look_tells_how_a_piece_compares(rich: World, make_app: App) -> None:
    player_of(rich).shop.buy("lemon-honesty")
    async with make_app(rich, room="shop").run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await point(pilot, "ferry-to-brunch")
        await go(pilot, "space")
        assert isinstance(pilot.app.screen, ShopDetailsDialog)
        shown = text_of(pilot.app)  # type: ignore[arg-type]
        for said in words(rich, "ferry-to-brunch", width=60):
            assert said.split("  room ")[0].rstrip() in shown
        assert "room 1/10" in shown


@pytest.mark.parametrize(("width", "told"), [(80, False), (100, True), (120, True)])
async def test_a_shelf_of_gear_says_what_each_piece_brings_from_100_columns_on(
    rich: World, make_app: App, width: int, told: bool
) -> None:
    async with make_app(rich, room="shop").run_test(size=(width, 40)) as pilot:
        await settle(pilot)
        room = pilot.app.screen_stack[0]
        assert isinstance(room, ShopRoom)
        room.shelf = Shelf.BUSINESS
        room.refresh_room()
        await settle(pilot)
        assert room.goods.count > 2
        for index in range(room.goods.count):
            offer = room.goods.pages.row(index)
            assert offer is not None
            drawn = room.goods.render_line(index).text
            assert offer.name in drawn
            assert (figure_badge(offer).short in drawn) is told


async def test_picture_of_gear_in_the_shop(rich: World, make_app: App, picture: Picture) -> None:
    player_of(rich).shop.buy("lemon-honesty")
    async with make_app(rich, room="shop").run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await point(pilot, "curbside-appeal")
        await picture(pilot, "80x24")
        await pilot.resize_terminal(120, 40)
        await picture(pilot, "120x40")
