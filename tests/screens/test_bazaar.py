"""The Bazaar room: looking, narrowing down, buying, taking back, listing, what was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot
from textual.widgets import Button, Input, Static

from inventui.app.app import InventuiApp
from inventui.app.palette import verbs_here
from inventui.config import Settings
from inventui.engine.bazaar.models import BazaarQuery, ListingDetail, PriceHistory
from inventui.engine.inventory.models import InventoryPage, InventoryQuery
from inventui.rules.bazaar import DURATION, MOST_PRICE, BazaarSort, fee
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY, HOUR, FrozenClock
from inventui.rules.core.enums import Rarity, Status
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.inventory import InventoryTab
from inventui.screens.bazaar.details import ListingDetailsDialog
from inventui.screens.bazaar.filters import View, empty_words
from inventui.screens.bazaar.lists import left_words
from inventui.screens.bazaar.pane import ListingFacts, PriceChart, price_line
from inventui.screens.bazaar.sell import ListingDialog, ListItemDialog, price_of
from inventui.screens.bazaar.text import advice, price_rows, proceeds
from inventui.screens.inventory.screen import InventoryRoom
from inventui.screens.shop.bought import BoughtScreen
from inventui.widgets.canvas.price_chart import BLANK, braille, price_plot, scale
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.frame.key_bar import KeyBar
from inventui.widgets.frame.tab_strip import TabStrip
from inventui.widgets.items.refusal_badges import BADGE_CELLS, BADGES
from inventui.widgets.player.try_on import TryOn
from inventui.widgets.session import WorldChanged
from inventui.widgets.theme import DIM
from tests.builders import contents, done
from tests.screens.conftest import HOSTILE_NAMES, Picture, go, player_of, settle
from tests.worlds.bazaar import (
    PRICES,
    bazaar_world,
    empty_bazaar,
    enter,
    give,
    listings,
    names,
    offer,
    point,
    ring,
    room_of,
    take,
)
from tests.worlds.shop import said, text_of

if TYPE_CHECKING:
    from inventui.engine.world import World

__all__ = ["bazaar_world", "empty_bazaar"]

App = Callable[..., InventuiApp]


def number_of(world: World, name: str, seller: str = "bob") -> int:
    """The listing of a thing by its name."""
    return next(
        id
        for id, row in listings(world).items()
        if row.player_item.name == name and row.seller == seller
    )


def last_line(pilot: Pilot[Any]) -> str:
    """The line of keys as it is drawn."""
    return text_of(pilot.app).split("\n")[-1].strip()


def foot(pilot: Pilot[Any]) -> str:
    """The line of keys."""
    return pilot.app.screen.query_one(KeyBar).render().plain


def facts_text(pilot: Pilot[Any]) -> str:
    """What the pane says."""
    return room_of(pilot).query_one(ListingFacts).render().plain


def status_of(world: World, number: int, name: str = "ana") -> Status:
    """How a thing of somebody stands."""
    detail = player_of(world, name).inventory.detail(number)
    return detail.line.status  # type: ignore[union-attr]


# Pictures of prices


def test_a_chart_is_exactly_as_wide_and_high_as_it_was_asked_to_be() -> None:
    points = [(at * DAY, price) for at, price in enumerate(PRICES)]
    for width, height in ((24, 3), (38, 8), (80, 20)):
        lines = price_plot(points, width, height, median=2_500, now=9_000).split("\n")
        assert len(lines) == height
        assert all(line.cell_length <= width for line in lines)


def test_a_chart_says_the_highest_and_the_lowest_and_marks_what_is_asked_now() -> None:
    drawn = price_plot([(0, 300), (DAY, 900)], 40, 6, now=100).plain.split("\n")
    assert drawn[0].startswith("900┤")
    assert drawn[-2].startswith("100┤")
    assert drawn[-2].endswith("◂")
    assert drawn[-1].split() == ["1970-01-01", "1970-01-02", "UTC"]


def test_a_dear_sale_stands_above_a_cheap_one() -> None:
    rows = braille([(0, 0), (9, 15)], 5, 4)
    assert rows[0][0] == chr(BLANK)
    assert rows[3][0] != chr(BLANK)
    assert rows[0][4] != chr(BLANK)


@given(
    st.lists(st.tuples(st.integers(0, 10**13), st.integers(1, MOST_PRICE)), min_size=2).map(sorted),
    st.integers(24, 90),
    st.integers(3, 30),
)
def test_any_prices_can_be_drawn(points: list[tuple[int, int]], width: int, height: int) -> None:
    drawn = price_plot(points, width, height, median=points[0][1], now=points[-1][1])
    assert len(drawn.split("\n")) == height
    assert all(line.cell_length <= width for line in drawn.split("\n"))


def test_without_two_sales_or_without_room_there_is_no_chart() -> None:
    assert not price_plot([(0, 5)], 40, 8)
    assert not price_plot([(0, 5), (1, 6)], 10, 8)
    assert not price_plot([(0, 5), (1, 6)], 40, 2)
    assert scale(7, 7, 7, 9) == 4


# Words


def a_history(**changed: Any) -> PriceHistory:
    values: dict[str, Any] = {
        "slug": "peel", "name": "Neon Peel", "rarity": Rarity.EPIC,
        "category": Category.COLLECTIBLE, "sales": (), "sold": 0, "lowest": None, "median": None,
        "highest": None, "cheapest": None, "listed": 0, "value": 2_400, "suggestion": 2_400,
    }  # fmt: skip
    return PriceHistory(**(values | changed))


def test_prices_are_told_with_their_words_only_where_these_fit() -> None:
    prices = a_history(sold=3, lowest=900, median=1_000, highest=1_100, cheapest=990, listed=2)
    wide = {label: words.plain for label, words in price_rows(prices, 40)}
    assert wide == {
        "went": "low 900  mid 1,000  high 1,100", "sold": "3 times", "least": "🍊 990  of 2 listed",
    }  # fmt: skip
    assert dict(price_rows(prices, 24))["went"].plain == "900 · 1,000 · 1,100"
    assert [label for label, _ in price_rows(a_history(), 40)] == ["sold"]


def test_a_seller_is_told_what_is_left_of_a_price() -> None:
    assert proceeds(1_000).plain == "You would get 🍊 950 · the house keeps 50"
    assert proceeds(1).plain == "You would get 🍊 0 · the house keeps 1"


def test_a_seller_is_told_where_the_house_would_pay_more() -> None:
    assert "house would pay 🍊 2,400" in advice(2_500, a_history(), None).plain
    assert not advice(2_600, a_history(), None)
    assert "Somebody asks 🍊 2,000" in advice(9_000, a_history(cheapest=2_000), None).plain


def test_every_badge_fits_its_column() -> None:
    for badge in BADGES.values():
        assert 0 < len(badge.short) <= BADGE_CELLS
        assert len(badge.sign) == 1


@pytest.mark.parametrize(
    ("text", "price"),
    [("1", 1), (" 1,250 ", 1_250), ("1_000", 1_000), ("1 000", 1_000), ("1000000000", MOST_PRICE)],
)
def test_a_price_may_be_typed_with_separators(text: str, price: int) -> None:
    assert price_of(text) == price


@pytest.mark.parametrize(
    "text", ["", "0", "-5", "+5", "ten", "1.5", "1e3", "1000000001", "9" * 18, "9" * 99, "１２"]
)
def test_what_is_no_price_is_refused(text: str) -> None:
    refusal = price_of(text)
    assert isinstance(refusal, Refusal)
    assert "1 to 1,000,000,000" in refusal.message


def test_a_price_is_red_from_one_orange_short_on(bazaar_world: World) -> None:
    detail = player_of(bazaar_world).bazaar.detail(number_of(bazaar_world, "Glass Lemon"))
    assert isinstance(detail, ListingDetail)
    exact, short = (price_line(detail, oranges, 40) for oranges in (650, 649))
    assert "text-error" not in exact.markup
    assert "1 short" in short.plain
    assert "text-error" in short.markup


# What is listed


async def test_everybodys_listings_are_shown_the_newest_first(
    bazaar_world: World, make_app: App
) -> None:
    async with make_app(bazaar_world, room="bazaar").run_test(size=(120, 40)) as pilot:
        await enter(pilot)
        assert len(names(pilot)) == 10
        assert [row.player_item.name for row in listings(bazaar_world).values()] == names(pilot)
        shown = text_of(pilot.app)
        for word in ("YOURS", "TOO DEAR", "bob", "you", "🍊 18,000", "15,000", "6 d"):
            assert word in shown


async def test_the_key_for_the_order_goes_through_all_of_them(
    bazaar_world: World, make_app: App
) -> None:
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        for order in [*[*BazaarSort][1:], BazaarSort.NEWEST]:
            await go(pilot, "o")
            assert room.shown.sort is order
            wanted = [row.player_item.name for row in listings(bazaar_world, sort=order).values()]
            assert names(pilot) == wanted
        await go(pilot, "o", "o")
        prices = [room.listings.pages.row(i).price for i in range(10)]  # type: ignore[union-attr]
        assert prices == sorted(prices)


async def test_tab_rarity_value_and_search_narrow_the_list_and_escape_widens_it(
    bazaar_world: World, make_app: App
) -> None:
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot, "r")
        assert {
            row.player_item.rarity
            for row in listings(bazaar_world, rarity=Rarity.LEGENDARY).values()
        }
        assert names(pilot) == ["Golden Squeezer"]
        await go(pilot, "escape")
        assert len(names(pilot)) == 10
        await go(pilot, "v", *"1000", "enter")
        assert sorted(names(pilot)) == ["Golden Squeezer", "Neon Peel"]
        await go(pilot, "escape", "slash", *"lemon", "enter")
        assert names(pilot) == ["Glass Lemon", "Glass Lemon"]
        await go(pilot, "escape", "right")
        assert room.shown.tab is InventoryTab.COLLECTIBLES
        assert len(names(pilot)) == 6
        await go(pilot, "slash", *"nothing such", "enter")
        assert names(pilot) == []
        assert "Nothing matches “nothing such”" in text_of(pilot.app)
        await go(pilot, "right")
        assert "Nothing among collectibles matches “nothing such”" in text_of(pilot.app)
        await go(pilot, "escape", "left", "escape")
        assert pilot.app.current_mode == "home"


async def test_the_order_stays_from_view_to_view(bazaar_world: World, make_app: App) -> None:
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot, "o", "o")
        cheapest = listings(bazaar_world, sort=BazaarSort.CHEAPEST)
        dearest_last = [row.player_item.name for row in cheapest.values()]
        assert names(pilot) == dearest_last
        for keys in (("m", "m"), ("p", "p"), ("m", "p", "m", "escape")):
            await go(pilot, *keys)
            assert room.view is View.ALL
            assert room.shown.sort is BazaarSort.CHEAPEST
            assert names(pilot) == dearest_last
        await go(pilot, "m")
        assert room.shown.sort is BazaarSort.CHEAPEST


async def test_escape_widens_a_view_before_it_leaves_it(bazaar_world: World, make_app: App) -> None:
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot, "m", "r")
        assert room.shown != room.plain()
        await go(pilot, "escape")
        assert room.view is View.MINE
        assert room.shown == room.plain()
        assert names(pilot) == ["Glass Lemon"]
        await go(pilot, "escape")
        assert room.view is View.ALL


async def test_another_view_begins_without_the_search(bazaar_world: World, make_app: App) -> None:
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        for key, view in (("m", View.MINE), ("p", View.PAST)):
            await go(pilot, "slash", *"straw", "enter", key)
            assert room.view is view
            assert not room.searching
            assert room.query_one("#search", Input).value == room.shown.search == ""
            await go(pilot, key)
            assert len(names(pilot)) == 10


def tabs(pilot: Pilot[Any]) -> list[str]:
    """The words of the tabs that stand there."""
    return [tab.slug for tab in room_of(pilot).query_one(TabStrip).tabs]


async def test_a_tab_with_nothing_in_it_is_hidden_unless_it_is_the_chosen_one(
    bazaar_world: World, make_app: App
) -> None:
    spoon = number_of(bazaar_world, "Sharp Spoon")
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        there = tabs(pilot)
        assert InventoryTab.GEAR in there
        assert InventoryTab.ESCROW not in there
        room.choose_tab(InventoryTab.GEAR)
        await settle(pilot)
        assert names(pilot) == ["Sharp Spoon"]
        take(bazaar_world, "cy", spoon)
        pilot.app.post_message(WorldChanged())
        await settle(pilot)
        assert tabs(pilot) == there
        assert "Nothing is listed among gear." in text_of(pilot.app)
        room.choose_tab(InventoryTab.ALL)
        await settle(pilot)
        assert tabs(pilot) == [tab for tab in there if tab != InventoryTab.GEAR]


async def test_the_chart_stands_in_the_pane_from_36_lines_on_and_the_pane_from_72_columns_on(
    bazaar_world: World, make_app: App
) -> None:
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 36)) as pilot:
        room = await enter(pilot)
        chart, pane = room.query_one(PriceChart), room.query_one("#preview")
        for (width, height), pane_stands, chart_stands in (
            ((80, 36), True, True), ((80, 35), True, False), ((72, 36), True, True),
            ((71, 36), False, False),
        ):  # fmt: skip
            await pilot.resize_terminal(width, height)
            await settle(pilot)
            assert bool(pane.region) is pane_stands
            assert bool(chart.region) is chart_stands


async def test_the_pane_shows_price_seller_end_and_what_such_things_went_for(
    bazaar_world: World, make_app: App
) -> None:
    async with make_app(bazaar_world, room="bazaar").run_test(size=(120, 40)) as pilot:
        await enter(pilot)
        room = await point(pilot, number_of(bazaar_world, "Neon Peel"))
        shown = facts_text(pilot)
        for words in (
            "Neon Peel", "epic", "🍊 2,650", "110 % of its value", "bob", "in 6 d",
            "low 2,050  mid 2,500  high 3,100", "12 times", "🍊 2,650  only one",
        ):  # fmt: skip
            assert words in shown
        chart = room.query_one(PriceChart).render().plain
        assert chart.startswith("3,100┤")
        assert "◂" in chart


async def test_a_cosmetic_is_tried_on_and_any_other_thing_is_a_picture(
    bazaar_world: World, make_app: App
) -> None:
    async with make_app(bazaar_world, room="bazaar").run_test(size=(120, 40)) as pilot:
        await enter(pilot)
        frame = next(
            r for r in listings(bazaar_world).values() if r.player_item.category is Category.FRAME
        )
        room = await point(pilot, frame.id)
        mirror = room.query_one(TryOn)
        assert mirror.look is not None
        assert mirror.look[Category.FRAME] != pilot.app.session.appearance[Category.FRAME]  # type: ignore[attr-defined]
        assert "ana" in text_of(pilot.app).split("╭─ Everybody's")[1]
        await point(pilot, number_of(bazaar_world, "Neon Peel"))
        assert mirror.look[Category.FRAME] == pilot.app.session.appearance[Category.FRAME]  # type: ignore[attr-defined]


async def test_gear_is_compared_with_what_is_worn(bazaar_world: World, make_app: App) -> None:
    spoon = next(
        r for r in listings(bazaar_world).values() if r.player_item.category is Category.WEAPON
    )
    ladle = give(bazaar_world, "ana", "ladle")
    player_of(bazaar_world).wardrobe.equip(ladle, "wear")
    async with make_app(bazaar_world, room="bazaar").run_test(size=(120, 40)) as pilot:
        await enter(pilot)
        await point(pilot, spoon.id)
        assert "▼" in facts_text(pilot)


async def test_what_has_gone_meanwhile_leaves_the_list_and_the_cursor_stays(
    bazaar_world: World, make_app: App
) -> None:
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        room = await point(pilot, number_of(bazaar_world, "Golden Squeezer"))
        take(bazaar_world, "cy", number_of(bazaar_world, "Neon Peel"))
        pilot.app.post_message(WorldChanged())
        await settle(pilot)
        assert "Neon Peel" not in names(pilot)
        assert room.line is not None
        assert room.line.player_item.name == "Golden Squeezer"


async def test_the_time_that_is_left_grows_shorter_while_one_looks(
    bazaar_world: World, clock: FrozenClock, make_app: App
) -> None:
    async with make_app(bazaar_world, room="bazaar").run_test(size=(120, 40)) as pilot:
        room = await enter(pilot)
        assert "in 6 d " in text_of(pilot.app)
        assert text_of(pilot.app).count(" 6 d │") == 10
        clock.advance(DAY)
        ring(room, 1)
        await settle(pilot)
        assert "in 5 d " in text_of(pilot.app)
        ring(room, 60)
        await settle(pilot)
        assert text_of(pilot.app).count(" 5 d │") == 10


def test_time_that_is_left_is_told_in_few_cells() -> None:
    for left, words in ((7 * DAY, "7 d"), (2 * DAY, "2 d"), (2 * DAY - 1, "47 h"), (DAY, "24 h")):
        assert left_words(left, 0) == words


async def test_what_ends_within_six_hours_has_another_colour(
    bazaar_world: World, clock: FrozenClock, make_app: App
) -> None:
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        line = room.line
        assert line is not None
        styles = [
            room.listings._left(replace(line, until=clock.at + left))[1]
            for left in (6 * HOUR, 6 * HOUR - 1)
        ]
        assert styles == [DIM, "$text-warning"]


# Buying


async def test_buying_asks_first_and_no_changes_nothing(bazaar_world: World, make_app: App) -> None:
    before = contents(bazaar_world)
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, number_of(bazaar_world, "Glass Lemon"))
        await go(pilot, "enter")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        asked = pilot.app.screen.text.plain
        assert "🍊 650, paid to bob" in asked
        assert "🍊 4,350 left" in asked
        await go(pilot, "n")
        assert said(pilot) == []
    assert contents(bazaar_world) == before


async def test_who_is_asked_only_about_what_is_rare_buys_a_common_listing_at_once(
    bazaar_world: World, make_app: App
) -> None:
    settings = Settings(questions="rare", reduced_motion=True)
    app = make_app(bazaar_world, room="bazaar", settings=settings)
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, number_of(bazaar_world, "Glass Lemon"))
        await go(pilot, "enter")
        assert isinstance(app.screen, ConfirmDialog), "it is rare"
        await go(pilot, "n")
        await point(pilot, number_of(bazaar_world, "Bent Straw"))
        await go(pilot, "enter")
        assert not isinstance(app.screen, ConfirmDialog)
        assert said(pilot)


async def test_yes_buys_it_once_and_the_list_is_true_again(
    bazaar_world: World, make_app: App
) -> None:
    listing = number_of(bazaar_world, "Glass Lemon")
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, listing)
        await go(pilot, "enter", "y")
        assert said(pilot) == [
            "Glass Lemon is yours, from bob for 🍊 650. You have 🍊 4,350 now.\n"
            "^g  See it in your inventory"
        ]
        assert names(pilot).count("Glass Lemon") == 1
    player = player_of(bazaar_world)
    assert player.card().oranges == 4_350
    assert player_of(bazaar_world, "bob").card().oranges == 5_000 + sum(PRICES) - sum(
        map(fee, PRICES)
    ) + 650 - fee(650)
    page = done(player.inventory.page(InventoryQuery(search="lemon")), InventoryPage)
    assert [row.status for row in page.items] == [Status.OWNED, Status.LISTED]


async def test_two_hasty_presses_buy_one(bazaar_world: World, make_app: App) -> None:
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, number_of(bazaar_world, "Bent Straw"))
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("y", "y", "enter")
        await settle(pilot)
    assert player_of(bazaar_world).card().oranges == 5_000 - 45


async def test_an_epic_thing_is_celebrated(bazaar_world: World, make_app: App) -> None:
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, number_of(bazaar_world, "Neon Peel"))
        await go(pilot, "enter", "y")
        assert isinstance(pilot.app.screen, BoughtScreen)
        await go(pilot, "enter")
        assert pilot.app.screen is room_of(pilot)


async def test_what_is_too_dear_is_refused_with_figures_and_changes_nothing(
    bazaar_world: World, make_app: App
) -> None:
    before = contents(bazaar_world)
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, number_of(bazaar_world, "Golden Squeezer"))
        assert "13,000 short" in facts_text(pilot)
        await go(pilot, "enter")
        assert pilot.app.screen is room_of(pilot)
        assert "You need 13,000 oranges more" in said(pilot)[-1]
    assert contents(bazaar_world) == before


async def test_what_one_owns_already_says_so_in_the_pane_and_on_enter(
    bazaar_world: World, make_app: App
) -> None:
    give(bazaar_world, "ana", "frame")
    frame = next(
        r for r in listings(bazaar_world).values() if r.player_item.category is Category.FRAME
    )
    before = contents(bazaar_world)
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, frame.id)
        assert "You own" in facts_text(pilot)
        await go(pilot, "enter")
        assert "one is enough" in said(pilot)[-1]
    assert contents(bazaar_world) == before


async def test_who_is_slower_is_told_so_plainly_and_pays_nothing(
    bazaar_world: World, make_app: App
) -> None:
    listing = number_of(bazaar_world, "Glass Lemon")
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, listing)
        await go(pilot, "enter")
        take(bazaar_world, "cy", listing)
        before = contents(bazaar_world)
        await go(pilot, "y")
        assert said(pilot) == ["Glass Lemon is sold: somebody was quicker. Look for another."]
        assert names(pilot).count("Glass Lemon") == 1
        assert contents(bazaar_world) == before


async def test_while_one_thing_is_bought_no_other_is_asked_for(
    bazaar_world: World, make_app: App
) -> None:
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        room = await point(pilot, number_of(bazaar_world, "Bent Straw"))
        assert room.line is not None
        room.actions._buy(room.line)
        room.actions.buy()
        await settle(pilot)
        assert pilot.app.screen is room
    assert player_of(bazaar_world).card().oranges == 5_000 - 45


async def test_after_a_refusal_the_list_is_looked_at_again(
    bazaar_world: World, make_app: App
) -> None:
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, number_of(bazaar_world, "Golden Squeezer"))
        bazaar_world.grant("ana", oranges=20_000, key="rich")
        await go(pilot, "enter")
        assert "You need 13,000 oranges more" in said(pilot)[-1]
        await go(pilot, "enter")
        assert isinstance(pilot.app.screen, ConfirmDialog)


async def test_looking_at_what_was_sold_meanwhile_says_so_and_takes_it_off_the_list(
    bazaar_world: World, make_app: App
) -> None:
    listing = number_of(bazaar_world, "Neon Peel")
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        room = await point(pilot, listing)
        take(bazaar_world, "cy", listing)
        await go(pilot, "space")
        assert pilot.app.screen is room
        assert len(said(pilot)) == 1
        assert "Neon Peel" not in names(pilot)


async def test_a_double_click_looks_and_never_buys(bazaar_world: World, make_app: App) -> None:
    before = contents(bazaar_world)
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await pilot.click("#listings", offset=(10, 3), times=2)
        await settle(pilot)
        assert isinstance(pilot.app.screen, ListingDetailsDialog)
    assert contents(bazaar_world) == before


async def test_the_key_to_look_shows_all_of_it_with_the_chart(
    bazaar_world: World, make_app: App
) -> None:
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 40)) as pilot:
        await enter(pilot)
        await point(pilot, number_of(bazaar_world, "Neon Peel"))
        await go(pilot, "space")
        assert isinstance(pilot.app.screen, ListingDetailsDialog)
        assert "3,100┤" in text_of(pilot.app)
        await go(pilot, "space")
        assert pilot.app.screen is room_of(pilot)


# One's own


async def test_mine_shows_ones_own_and_the_same_key_leads_back(
    bazaar_world: World, make_app: App
) -> None:
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot, "m")
        assert names(pilot) == ["Glass Lemon"]
        assert " m Everybody's " in foot(pilot)
        await go(pilot, "m")
        assert len(names(pilot)) == 10
        await go(pilot, "m", "escape")
        assert room.view is View.ALL
        assert len(names(pilot)) == 10


async def test_the_tabs_of_ones_own_count_ones_own_and_nothing_else(
    bazaar_world: World, make_app: App
) -> None:
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        for key, number in (("m", "1"), ("m", "10")):
            await go(pilot, key)
            pilot.app.post_message(WorldChanged())
            await settle(pilot)
            assert room.query_one(TabStrip).tabs[0].count == number


async def test_ones_own_is_taken_back_by_either_key_after_a_question(
    bazaar_world: World, make_app: App
) -> None:
    offer(bazaar_world, "ana", "lemon", 730)
    mine = listings(bazaar_world, mine=True)
    assert len(mine) == 2
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        await enter(pilot, "m")
        assert "Take back" in foot(pilot)
        for key in ("enter", "x"):
            await go(pilot, key, "n")
        assert listings(bazaar_world, mine=True) == mine
        await go(pilot, "enter", "y")
        assert len(listings(bazaar_world, mine=True)) == 1
        await go(pilot, "x", "y")
        assert said(pilot) == ["Glass Lemon is home again."]
        assert "You have nothing listed" in text_of(pilot.app)
    for line in mine.values():
        assert status_of(bazaar_world, line.player_item.id) is Status.OWNED


async def test_anothers_listing_cannot_be_taken_back(bazaar_world: World, make_app: App) -> None:
    before = contents(bazaar_world)
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        assert "Take back" not in foot(pilot)
        commands = {hit.title: hit for hit in verbs_here(pilot.app, room, "")}
        commands["Take back"].run()
        await go(pilot, "x")
        assert said(pilot) == ["Only your own listings can be taken back: m shows them."]
    assert contents(bazaar_world) == before


async def test_what_was_sold_meanwhile_is_not_taken_back(
    bazaar_world: World, make_app: App
) -> None:
    ((number, _),) = listings(bazaar_world, mine=True).items()
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        await enter(pilot, "m", "enter")
        take(bazaar_world, "bob", number)
        before = contents(bazaar_world)
        await go(pilot, "y")
        assert said(pilot)[0] == "Glass Lemon is listed no more: it was sold already."
        assert contents(bazaar_world) == before


# What was


async def test_the_past_tells_sales_purchases_and_what_came_home(
    bazaar_world: World, clock: FrozenClock, make_app: App
) -> None:
    ((mine, _),) = listings(bazaar_world, mine=True).items()
    take(bazaar_world, "bob", mine)
    take(bazaar_world, "ana", number_of(bazaar_world, "Bent Straw"))
    back = offer(bazaar_world, "ana", "stamp", 100)
    player_of(bazaar_world).bazaar.delist(back, "back")
    offer(bazaar_world, "ana", "peel", 9_000)
    clock.advance(DURATION)
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        # What came home is told first.
        room = await enter(pilot, "escape", "p")
        shown = text_of(pilot.app)
        for words in ("to bob", "+684", "from bob", "−45", "taken back", "1 sold · 🍊 684 earned"):
            assert words in shown
        assert not room.listings.display
        await go(pilot, "o", "r")
        assert room.shown.sort is BazaarSort.NEWEST
        await go(pilot, "p")
        assert room.view is View.ALL
        assert room.listings.display


async def test_a_long_past_is_read_page_by_page(
    empty_bazaar: World, clock: FrozenClock, make_app: App
) -> None:
    for number in range(120):
        listing = offer(empty_bazaar, "ana", "straw", 10 + number)
        clock.advance(1_000)
        player_of(empty_bazaar).bazaar.delist(listing, f"back-{number}")
    async with make_app(empty_bazaar, room="bazaar").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot, "p")
        await go(pilot, "end", "end", "end", "end")
        assert len(room.past._ends) == 120
        assert len({end.id for end in room.past._ends}) == 120


async def test_without_a_past_the_room_says_what_will_stand_there(
    empty_bazaar: World, make_app: App
) -> None:
    async with make_app(empty_bazaar, room="bazaar").run_test(size=(80, 24)) as pilot:
        await enter(pilot, "p")
        assert "Nothing has come of your listings yet." in text_of(pilot.app)


# Listing


async def test_listing_from_the_inventory_suggests_a_price_and_says_what_is_left_of_it(
    bazaar_world: World, make_app: App
) -> None:
    number = give(bazaar_world, "ana", "peel")
    async with make_app(bazaar_world, room="inventory").run_test(size=(80, 24)) as pilot:
        await go(pilot, "b")
        dialog = pilot.app.screen
        assert isinstance(dialog, ListingDialog)
        assert dialog.query_one(Input).value == "2700"
        shown = text_of(pilot.app)
        assert "You would get 🍊 2,565 · the house keeps 135" in shown
        assert "low 2,050  mid 2,500  high 3,100" in shown
        await go(pilot, "enter")
        assert isinstance(pilot.app.screen, InventoryRoom)
        assert said(pilot) == [
            "Neon Peel stands at the bazaar for 🍊 2,700, for 7 days.\nu  Take it back, for 60 s"
            "\n^g  See the bazaar"
        ]
        assert " b Take back " in foot(pilot)
    assert status_of(bazaar_world, number) is Status.LISTED
    ((_, line),) = listings(bazaar_world, mine=True, search="peel").items()
    assert (line.price, line.player_item.id) == (2_700, number)


async def test_what_is_no_price_is_said_at_once_and_nothing_is_listed(
    bazaar_world: World, make_app: App
) -> None:
    give(bazaar_world, "ana", "peel")
    before = contents(bazaar_world)
    async with make_app(bazaar_world, room="inventory").run_test(size=(80, 24)) as pilot:
        await go(pilot, "b")
        dialog = pilot.app.screen
        assert isinstance(dialog, ListingDialog)
        price, fault = dialog.query_one(Input), dialog.query_one("#fault", Static)
        for typed in ("0", "-5", "ten", str(MOST_PRICE + 1), "1.5"):
            price.value = typed
            await settle(pilot)
            assert str(fault.content) == "Ask for 1 to 1,000,000,000 oranges, a whole number."
            assert dialog.query_one("#yes", Button).disabled
            await go(pilot, "enter")
            assert pilot.app.screen is dialog
        # Nothing typed yet is not scolded, but not listed either.
        price.value = ""
        await settle(pilot)
        assert str(fault.content) == ""
        await go(pilot, "enter")
        assert pilot.app.screen is dialog
        assert "a whole number" in str(fault.content)
        price.value = str(MOST_PRICE)
        await settle(pilot)
        assert str(fault.content) == ""
        assert not dialog.query_one("#yes", Button).disabled
        await go(pilot, "escape")
    assert contents(bazaar_world) == before


async def test_what_has_gone_meanwhile_is_refused_in_the_dialog(
    bazaar_world: World, make_app: App
) -> None:
    number = give(bazaar_world, "ana", "peel")
    async with make_app(bazaar_world, room="inventory").run_test(size=(80, 24)) as pilot:
        await go(pilot, "b")
        player_of(bazaar_world).inventory.sell([number], key="gone")
        before = contents(bazaar_world)
        await go(pilot, "enter")
        dialog = pilot.app.screen
        assert isinstance(dialog, ListingDialog)
        assert "is gone" in str(dialog.query_one("#fault", Static).content)
        assert contents(bazaar_world) == before


async def test_after_a_refusal_the_dialog_lists_at_the_second_try(
    bazaar_world: World, make_app: App
) -> None:
    number = give(bazaar_world, "ana", "peel")
    inventory = player_of(bazaar_world).inventory
    async with make_app(bazaar_world, room="inventory").run_test(size=(80, 24)) as pilot:
        await go(pilot, "b")
        dialog = pilot.app.screen
        inventory.lock([number], True, key="lock")
        await go(pilot, "enter")
        assert "is locked" in str(dialog.query_one("#fault", Static).content)
        assert not dialog.query_one("#yes", Button).disabled
        inventory.lock([number], False, key="unlock")
        await go(pilot, "enter")
        assert isinstance(pilot.app.screen, InventoryRoom)
    assert status_of(bazaar_world, number) is Status.LISTED


async def test_a_locked_thing_is_not_listed_and_the_key_says_why(
    bazaar_world: World, make_app: App
) -> None:
    number = give(bazaar_world, "ana", "peel")
    player_of(bazaar_world).inventory.lock([number], True, key="lock")
    before = contents(bazaar_world)
    async with make_app(bazaar_world, room="inventory").run_test(size=(80, 24)) as pilot:
        await go(pilot, "b")
        assert said(pilot) == ["Neon Peel is locked: unlock it first."]
    assert contents(bazaar_world) == before


async def test_a_listed_thing_is_taken_back_from_the_inventory(
    bazaar_world: World, make_app: App
) -> None:
    ((listing, line),) = listings(bazaar_world, mine=True).items()
    async with make_app(bazaar_world, room="inventory").run_test(size=(80, 24)) as pilot:
        await go(pilot, "slash", *"lemon", "enter")
        assert " b Take back " in foot(pilot)
        assert "↗ listed" in text_of(pilot.app)
        await go(pilot, "s")
        assert "take it back first" in said(pilot)[-1]
        await go(pilot, "b", "y")
        assert said(pilot)[-1] == "Glass Lemon is home again."
        assert " b List " in foot(pilot)
    assert listing not in listings(bazaar_world)
    assert status_of(bazaar_world, line.player_item.id) is Status.OWNED


async def test_something_is_listed_from_the_bazaar_itself(
    bazaar_world: World, make_app: App
) -> None:
    give(bazaar_world, "ana", "stamp")
    number = give(bazaar_world, "ana", "peel")
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        await enter(pilot, "l")
        assert isinstance(pilot.app.screen, ListItemDialog)
        shown = text_of(pilot.app)
        assert "Market Stamp" in shown
        assert "Neon Peel" in shown
        await go(pilot, *"peel", "enter")
        assert isinstance(pilot.app.screen, ListingDialog)
        await go(pilot, "backspace", *"3,333", "enter")
        assert names(pilot)[0] == "Neon Peel"
        # Whoever is here need not be led here.
        assert said(pilot) == [
            "Neon Peel stands at the bazaar for 🍊 3,333, for 7 days.\nu  Take it back, for 60 s"
        ]
    ((_, line),) = listings(bazaar_world, mine=True, search="peel").items()
    assert (line.price, line.player_item.id) == (3_333, number)


async def test_who_has_nothing_to_list_is_told_where_to_get_something_and_not_of_a_search(
    empty_bazaar: World, make_app: App
) -> None:
    async with make_app(empty_bazaar, room="bazaar").run_test(size=(80, 24)) as pilot:
        await enter(pilot, "l")
        dialog = pilot.app.screen
        assert isinstance(dialog, ListItemDialog)
        assert "You own nothing yet." in text_of(pilot.app)
        await go(pilot, *"peel")
        assert "Nothing you have is called that." in text_of(pilot.app)
        await go(pilot, *["backspace"] * 4)
        assert "You own nothing yet." in text_of(pilot.app)


def test_a_filter_of_an_empty_bazaar_is_not_to_blame() -> None:
    query = BazaarQuery(search="neon")
    assert "matches" in empty_words(View.ALL, query, {}).plain
    assert "matches" in empty_words(View.ALL, query, {InventoryTab.ALL: 1}).plain
    assert "Nobody sells" in empty_words(View.ALL, query, {InventoryTab.ALL: 0}).plain


async def test_what_cannot_be_listed_says_why_among_what_can(
    bazaar_world: World, make_app: App
) -> None:
    before = contents(bazaar_world)
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        await enter(pilot, "l", *"lemon", "enter")
        assert isinstance(pilot.app.screen, ListItemDialog)
        assert "listed on the bazaar: take it back" in " ".join(text_of(pilot.app).split())
    assert contents(bazaar_world) == before


async def test_the_footer_of_80_columns_holds_the_keys(bazaar_world: World, make_app: App) -> None:
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, number_of(bazaar_world, "Neon Peel"))
        assert last_line(pilot) == (
            "⏎ Buy  space Look  l List  m Mine  p Past  / Search  ? Help         ^p Palette"
        )
        await go(pilot, "m")
        assert last_line(pilot) == (
            "⏎ Take back  space Look  l List  m Everybody's  p Past  ? Help      ^p Palette"
        )
        await go(pilot, "p")
        assert last_line(pilot) == (
            "l List  m Mine  p Everybody's  ? Help                               ^p Palette"
        )
        for slug in ("peel", "spoon", "frame", "donut"):
            give(bazaar_world, "ana", slug)
            await go(pilot, "@inventory")
            assert " b List " in foot(pilot)


async def test_another_player_sees_their_own_bazaar(bazaar_world: World, make_app: App) -> None:
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot, "m", "slash", *"lem", "enter")
        await pilot.app.play_as(player_of(bazaar_world, "bob"))  # type: ignore[attr-defined]
        await settle(pilot)
        assert room.view is View.ALL
        assert len(names(pilot)) == 10


async def test_hostile_names_are_only_text(
    empty_bazaar: World, make_app: App, picture: Picture
) -> None:
    for number, name in enumerate(HOSTILE_NAMES):
        empty_bazaar.players.add(name, key=f"hostile-{number}")
        offer(empty_bazaar, name, "straw", 10 + number)
    async with make_app(empty_bazaar, room="bazaar").run_test(size=(80, 24)) as pilot:
        await enter(pilot, "end")
        await picture(pilot, "80x24")
        await go(pilot, "home")
        for name in reversed(HOSTILE_NAMES):
            await go(pilot, "enter")
            assert isinstance(pilot.app.screen, ConfirmDialog)
            assert f"paid to {name}" in pilot.app.screen.text.plain
            await go(pilot, "y")
            assert name in said(pilot)[-1]
        await go(pilot, "p")
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        for name in HOSTILE_NAMES:
            assert name[:10] in text_of(pilot.app)


# Pictures


async def test_pictures_of_what_is_listed(
    bazaar_world: World, make_app: App, picture: Picture
) -> None:
    frame = next(
        r for r in listings(bazaar_world).values() if r.player_item.category is Category.FRAME
    )
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, number_of(bazaar_world, "Neon Peel"))
        await picture(pilot, "80x24")
        await go(pilot, "space")
        await picture(pilot, "closer")
        await go(pilot, "space")
        await pilot.resize_terminal(120, 40)
        await picture(pilot, "120x40")
        await point(pilot, frame.id)
        await picture(pilot, "cosmetic")
        await pilot.resize_terminal(60, 20)
        await picture(pilot, "60x20")


async def test_picture_of_an_empty_bazaar(
    empty_bazaar: World, make_app: App, picture: Picture
) -> None:
    async with make_app(empty_bazaar, room="bazaar").run_test(size=(80, 24)) as pilot:
        await picture(pilot, "80x24")


async def test_picture_of_what_was(
    bazaar_world: World, clock: FrozenClock, make_app: App, picture: Picture
) -> None:
    take(bazaar_world, "cy", offer(bazaar_world, "ana", "peel", 2_600))
    clock.advance(3 * HOUR)
    take(bazaar_world, "ana", number_of(bazaar_world, "Bent Straw"))
    clock.advance(HOUR)
    player_of(bazaar_world).bazaar.delist(offer(bazaar_world, "ana", "stamp", 100), "back")
    clock.advance(HOUR // 2)
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        await enter(pilot, "p")
        await picture(pilot, "80x24")


async def test_pictures_of_listing(bazaar_world: World, make_app: App, picture: Picture) -> None:
    give(bazaar_world, "ana", "stamp")
    give(bazaar_world, "ana", "peel")
    async with make_app(bazaar_world, room="bazaar").run_test(size=(80, 24)) as pilot:
        await enter(pilot, "l")
        await picture(pilot, "what")
        await go(pilot, "enter")
        await picture(pilot, "80x24")
        await pilot.resize_terminal(120, 40)
        await picture(pilot, "120x40")


async def test_picture_without_colour(
    bazaar_world: World, make_app: App, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with make_app(bazaar_world, room="bazaar").run_test(size=(120, 40)) as pilot:
        await enter(pilot)
        await point(pilot, number_of(bazaar_world, "Neon Peel"))
        await picture(pilot, "120x40")


async def test_what_is_done_each_second_is_done_no_more_while_the_room_is_taken_down(
    bazaar_world: World, make_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with make_app(bazaar_world, room="bazaar").run_test() as pilot:
        await settle(pilot)
        room = room_of(pilot)
        await room.query_one(ListingFacts).remove()
        callbacks = [timer._callback for timer in room._timers if timer._callback]
        assert callbacks
        with monkeypatch.context() as closing:
            closing.setattr(pilot.app, "_running", False)
            for callback in callbacks:
                callback()
