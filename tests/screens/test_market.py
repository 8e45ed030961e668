"""The Market room: stalls that turn, the lit window, each day's gear shop, rerolls, refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import pytest
from textual.pilot import Pilot

from inventui.app.app import InventuiApp
from inventui.config import Settings
from inventui.engine.core.models import PlayerCard
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY, HOUR, MINUTE, SECOND, FrozenClock
from inventui.rules.core.ranks import RANKS
from inventui.rules.shop import Price, Seller
from inventui.screens.market.clock import MarketClock, block_lines, time_left
from inventui.screens.market.screen import TURNED, BlackMarketRoom, MarketTab
from inventui.screens.market.text import line_of, next_shop, rank_lines, window_lines
from inventui.screens.shop.bought import BoughtScreen
from inventui.screens.shop.details import ShopDetailsDialog
from inventui.screens.shop.pane import ShopFacts
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.lists.menu import Menu
from inventui.widgets.player.try_on import TryOn
from tests.builders import contents
from tests.screens.conftest import PACK, START, Picture, go, player_of, settle
from tests.worlds.market import (
    STALLS,
    fill_room,
    market_buy,
    market_world,
    open_market_world,
    rich,
)
from tests.worlds.shop import foot_of, said, text_of

if TYPE_CHECKING:
    from inventui.engine.world import World

__all__ = ["market_world", "rich"]

App = Callable[..., InventuiApp]


def room_of(pilot: Pilot[Any]) -> BlackMarketRoom:
    room = pilot.app.screen_stack[0]
    assert isinstance(room, BlackMarketRoom)
    return room


async def enter(pilot: Pilot[Any], *pressed: str) -> BlackMarketRoom:
    """Come to rest in the market, and press keys."""
    await go(pilot, *pressed)
    return room_of(pilot)


def listed(room: BlackMarketRoom) -> list[str]:
    rows = [room.goods.pages.row(index) for index in range(room.goods.count)]
    return [row.slug for row in rows if row is not None]


async def point(pilot: Pilot[Any], slug: str) -> BlackMarketRoom:
    room = room_of(pilot)
    room.goods.move_to(listed(room).index(slug))
    await settle(pilot)
    return room


def facts_text(room: BlackMarketRoom) -> str:
    return "\n".join(strip.text.rstrip() for strip in room.query_one(ShopFacts)._strips)


def seen(pilot: Pilot[Any]) -> str:
    return text_of(pilot.app)  # type: ignore[arg-type]


# Words


@pytest.mark.parametrize(
    ("left", "running", "resting"),
    [
        (5 * HOUR + 41 * MINUTE + 7 * SECOND, "5:41:07", "5h 41m"),
        (HOUR, "1:00:00", "1h 00m"),
        (59 * MINUTE + 59 * SECOND, "0:59:59", "59m"),
        (59 * SECOND, "0:00:59", "<1m"),
        (0, "0:00:00", "<1m"),
        (-DAY, "0:00:00", "<1m"),
        (23 * HOUR + 59 * MINUTE, "23:59:00", "23h 59m"),
    ],
)
def test_a_clock_tells_seconds_only_where_things_move(
    left: int, running: str, resting: str
) -> None:
    assert time_left(left, seconds=True) == running
    assert time_left(left, seconds=False) == resting


def test_every_digit_is_drawn_in_three_lines_and_no_two_alike() -> None:
    digits = [block_lines(letter) for letter in "0123456789"]
    assert len(set(digits)) == 10
    assert {len(lines) for lines in digits} == {3}
    assert {len(line) for lines in digits for line in lines} == {3}
    for text in ("23:59:59", "23h 59m", "<1m"):
        assert len({len(line) for line in block_lines(text)}) == 1
        assert len(block_lines(text)[0]) <= 27


def test_each_rank_says_what_the_next_one_opens() -> None:
    assert {name: next_shop(name) for name, _ in RANKS} == {
        "Rookie": ("Associate opens uncommon", "Associate: uncommon"),
        "Associate": ("Soldier opens rare", "Soldier: rare"),
        "Soldier": ("Captain: 9 pieces a day", "Captain: 9 a day"),
        "Captain": ("Underboss leaves out common", "Underboss: no common"),
        "Underboss": ("Kingpin: the same shelves", "Kingpin: the same"),
        "Kingpin": (),
    }


def test_the_window_names_both_prices_the_discount_and_what_is_left(market_world: World) -> None:
    featured = line_of(player_of(market_world).black_market.rotation().stalls[0])
    wide = [line.plain for line in window_lines(featured, START, 44)]
    assert wide[0].startswith("★ L Ladle of Last Orders")
    assert wide[0].endswith("2/2 LEFT")
    assert wide[1].startswith("60,000 🍊 45,000")
    assert wide[1].endswith("−25 %")
    narrow = [line.plain for line in window_lines(featured, START, 24)]
    assert narrow == ["★ L Ladle of Last Orders", "60,000 🍊 45,000", "−25 % · 2/2 LEFT"]
    assert "dark" in window_lines(None, START, 24)[0].plain


def test_a_shop_made_for_a_lower_rank_says_that_a_reroll_heeds_the_new_one(
    market_world: World,
) -> None:
    view = player_of(market_world).gear_shop.today()
    card = PlayerCard(1, "ana", 240, 0, 0)
    assert "Associate opens uncommon" in rank_lines(view, card, 44)[1].plain
    assert "240/1,000 xp" in rank_lines(view, card, 44)[0].plain
    risen = replace(card, experience=1_000)
    assert "a reroll heeds your rank" in rank_lines(view, risen, 44)[1].plain


# Looking


async def test_the_footer_tells_the_keys_of_the_tab(market_world: World, make_app: App) -> None:
    async with make_app(market_world, room="black_market").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        assert foot_of(pilot.app) == "⏎ Buy space Look tab Gear shop / Search ? Help ^p Palette"
        await go(pilot, "t")
        assert (
            foot_of(pilot.app)
            == "⏎ Buy r Reroll 💎 5 space Look tab Black market ? Help ^p Palette"
        )


async def test_the_market_lists_its_stalls_with_the_featured_one_first(
    market_world: World, make_app: App
) -> None:
    async with make_app(market_world, room="black_market").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        assert listed(room) == list(STALLS)
        assert room.has_class("-lit")
        assert "turns in 5h 41m · 00:00 UTC" in seen(pilot)
        assert "2/2 LEFT" in seen(pilot)


async def test_only_the_tab_that_is_looked_at_is_made(market_world: World, make_app: App) -> None:
    async with make_app(market_world, room="black_market").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        assert len(contents(market_world)["market_rotation"]) == 1
        assert contents(market_world)["gear_shop"] == []
        await go(pilot, "t")
        assert len(contents(market_world)["gear_shop"]) == 1


async def test_every_key_for_tabs_leads_there_and_back(market_world: World, make_app: App) -> None:
    async with make_app(market_world, room="black_market").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        there, back = ("right_square_bracket", "right", "l"), ("left_square_bracket", "left", "h")
        for key in ("t", "tab", "shift+tab", *there, *back):
            await go(pilot, key)
            assert room.seller is MarketTab.GEAR, key
            assert len(listed(room)) == 6
            await go(pilot, key)
            assert room.seller is MarketTab.MARKET, key
            assert listed(room) == list(STALLS)


@pytest.mark.parametrize("way", ["letter", "palette", "Home"])
async def test_the_name_of_the_black_market_leads_to_it_and_a_digit_to_the_tab_last_shown(
    way: str, market_world: World, make_app: App
) -> None:
    app = make_app(market_world, room="black_market")
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, "t", "@home")
        if way == "letter":
            await go(pilot, "g", "m")
        elif way == "palette":
            await go(pilot, "ctrl+p", *"blackm", "enter")
        else:
            menu = pilot.app.screen.query_one(Menu)
            menu.move_to([row.id for row in menu.rows].index("black_market"))
            await go(pilot, "enter")
        assert room_of(pilot).seller is MarketTab.MARKET
        await go(pilot, "t", "@home", "4", "4")
        assert room_of(pilot).seller is MarketTab.GEAR


async def test_a_click_on_a_tab_leads_there(market_world: World, make_app: App) -> None:
    async with make_app(market_world, room="black_market").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        await pilot.click("#sellers", offset=(18, 0))
        await settle(pilot)
        assert room.seller is MarketTab.GEAR


async def test_a_click_on_the_window_points_at_what_stands_in_it(
    market_world: World, make_app: App
) -> None:
    async with make_app(market_world, room="black_market").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot, "down", "down")
        before = contents(market_world)
        await pilot.click("#window", offset=(6, 1))
        await settle(pilot)
        assert room.goods.cursor == 0
        assert contents(market_world) == before
        await go(pilot, "t", "down", "down")
        await pilot.click("#window", offset=(6, 1))
        await settle(pilot)
        assert room.goods.cursor == 2, "nothing stands in a window that tells a rank"


async def test_gear_is_compared_with_what_is_worn(rich: World, make_app: App) -> None:
    async with make_app(rich, room="black_market").run_test(size=(120, 40)) as pilot:
        await enter(pilot)
        room = await point(pilot, "fishers-licence")
        assert "rob    5 %  nothing worn" in facts_text(room)
        assert "enter wears it\n" in facts_text(room)
        assert "room 0/10" in facts_text(room)
        market_buy(rich, "strongly-worded-peel")
        room.refresh_room()
        await settle(pilot)
        assert "rob    5 %  ▲ +4" in facts_text(room)
        assert "enter wears it, Strongly Worded Peel comes off" in facts_text(room)
        assert "room 1/10" in facts_text(room)
        await point(pilot, "strongly-worded-peel")
        assert "WORN" in facts_text(room)
        assert "▲" not in facts_text(room)
        assert "enter" not in facts_text(room)


async def test_space_shows_all_that_is_to_be_said(market_world: World, make_app: App) -> None:
    async with make_app(market_world, room="black_market").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, "link")
        await go(pilot, "space")
        assert isinstance(pilot.app.screen, ShopDetailsDialog)
        await go(pilot, "end")
        assert "[link='https://example.org']x[/link]" in seen(pilot)
        await go(pilot, "escape")
        assert isinstance(pilot.app.screen, BlackMarketRoom)


@pytest.fixture
def world_without_gear(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """A world whose pack has no gear."""
    world = open_market_world(tmp_path, clock, PACK)
    yield world
    world.close()


async def test_an_empty_market_says_so(world_without_gear: World, make_app: App) -> None:
    async with make_app(world_without_gear, room="black_market").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        assert "no content pack has any gear" in seen(pilot)
        await go(pilot, "t", "enter", "space")
        assert "no content pack has any gear" in seen(pilot)


# What moves by itself


async def test_a_second_draws_the_clock_and_no_line_of_the_list(
    market_world: World, make_app: App, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with make_app(market_world, room="black_market", motion=True).run_test(
        size=(120, 40)
    ) as pilot:
        room = await enter(pilot)
        touched: list[str] = []
        for widget in room.query("*"):
            name = widget.id or type(widget).__name__
            monkeypatch.setattr(widget, "refresh", lambda *_, name=name, **__: touched.append(name))
        clock.advance(SECOND)
        room.tick()
        assert touched == ["clock"]
        assert room.query_one(MarketClock)._said == "5:41:06"


async def test_the_clock_stands_still_where_nothing_may_move(
    market_world: World, make_app: App, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with make_app(market_world, room="black_market").run_test(size=(120, 40)) as pilot:
        room = await enter(pilot)
        drawn_anew: list[object] = []
        monkeypatch.setattr(room.query_one(MarketClock), "refresh", lambda: drawn_anew.append(1))
        clock.advance(6 * SECOND)
        room.tick()
        assert not drawn_anew
        clock.advance(2 * SECOND)
        room.tick()
        assert drawn_anew == [1]


async def test_the_market_turns_by_itself(
    market_world: World, make_app: App, clock: FrozenClock
) -> None:
    async with make_app(market_world, room="black_market").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot, "down", "down")
        clock.advance(5 * HOUR + 41 * MINUTE + 6 * SECOND)
        room.tick()
        await settle(pilot)
        assert listed(room) == list(STALLS)
        clock.advance(SECOND)
        room.tick()
        await settle(pilot)
        expected = [stall.slug for stall in player_of(market_world).black_market.rotation().stalls]
        assert listed(room) == expected != list(STALLS)
        assert room.goods.cursor == 0
        assert not room.has_class("-lit")
        assert "turns in 6h 00m · 06:00 UTC" in seen(pilot)
        assert "The market has turned" in said(pilot)[-1]


async def test_a_market_that_does_not_turn_is_asked_for_again_every_ten_seconds(
    market_world: World, make_app: App, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with make_app(market_world, room="black_market").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        asked: list[int] = []
        monkeypatch.setattr(room, "refresh_room", lambda: asked.append(clock.at))
        clock.advance(DAY)
        began = clock.at
        for _ in range(12):
            room.tick()
            clock.advance(SECOND)
        assert asked == [began, began + 10 * SECOND]


async def test_what_costs_something_else_now_is_not_bought_as_it_was_shown(
    market_world: World, make_app: App
) -> None:
    async with make_app(market_world, room="black_market").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        line = room.goods.row
        assert line is not None
        assert room.gone(line) is None
        for other in (
            {"price": Price(line.price.oranges + 1)},
            {"seller": Seller.GEAR_SHOP},
            {"slug": "unknown"},
        ):
            stale = Mock(wraps=line, slug=line.slug, seller=line.seller, price=line.price)
            stale.configure_mock(**other)
            assert room.gone(stale) is TURNED, other


async def test_the_gear_shop_is_a_new_one_after_midnight(
    market_world: World, make_app: App, clock: FrozenClock
) -> None:
    async with make_app(market_world, room="black_market").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot, "t")
        clock.advance(5 * HOUR + 41 * MINUTE + 7 * SECOND)
        room.tick()
        await settle(pilot)
        assert "new in 24h 00m" in seen(pilot)
        assert {row[3] for row in contents(market_world)["gear_shop"]} == {20_777, 20_778}


async def test_what_another_program_buys_is_seen_and_the_cursor_stays(
    market_world: World, make_app: App
) -> None:
    market_world.players.add("bob")
    app = make_app(market_world, room="black_market")
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        room = await point(pilot, "strongly-worded-peel")
        await app._watch()
        assert "17/17 LEFT" in facts_text(room)
        market_buy(market_world, "strongly-worded-peel", name="bob")
        await app._watch()
        await settle(pilot)
        assert "16/17 LEFT" in facts_text(room)
        assert room.goods.row is not None
        assert room.goods.row.slug == "strongly-worded-peel"


# Buying


async def test_what_is_bought_is_paid_worn_and_counted_off(rich: World, make_app: App) -> None:
    app = make_app(rich, room="black_market")
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        room = await point(pilot, "strongly-worded-peel")
        await go(pilot, "enter")
        assert player_of(rich).wardrobe.worn()[Category.WEAPON].slug == "strongly-worded-peel"
        assert player_of(rich).card().oranges == 505_000 - 600
        assert said(pilot)[-1].startswith("Strongly Worded Peel is yours and worn.")
        assert "^g  See what you own" in said(pilot)[-1]
        row = room.goods.row
        assert row is not None
        assert (row.worn, row.limit.stock_remaining) == (True, 16)


async def test_the_featured_one_is_asked_about_costs_less_and_is_celebrated(
    market_world: World, make_app: App
) -> None:
    market_world.grant("ana", oranges=45_000, key="just")
    async with make_app(market_world, room="black_market").run_test(size=(80, 24)) as pilot:
        await enter(pilot, "enter")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        before = contents(market_world)
        await go(pilot, "escape")
        assert contents(market_world) == before
        await go(pilot, "enter", "enter")
        assert isinstance(pilot.app.screen, BoughtScreen)
        assert player_of(market_world).card().oranges == 5_000
        await go(pilot, "d")
        assert isinstance(pilot.app.screen, BoughtScreen), "gear is not seen in a drawer"
        await go(pilot, "enter")
        assert "WORN" in seen(pilot)


async def test_the_gear_shop_sells_what_it_shows(market_world: World, make_app: App) -> None:
    async with make_app(market_world, room="black_market").run_test(size=(80, 24)) as pilot:
        await enter(pilot, "t")
        await point(pilot, "backup-umbrella")
        await go(pilot, "enter")
        assert player_of(market_world).wardrobe.worn()[Category.WEAPON].slug == "backup-umbrella"
        assert contents(market_world)["stall_sale"] == []


async def test_a_home_that_is_bought_leads_to_the_property(rich: World, make_app: App) -> None:
    app = make_app(rich, room="black_market")
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, "tent-with-intent")
        await go(pilot, "enter")
        assert "^g  See your property" in said(pilot)[-1]


async def test_too_little_money_is_refused_with_figures_and_leads_to_the_streets(
    market_world: World, make_app: App
) -> None:
    app = make_app(market_world, room="black_market")
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        before = contents(market_world)
        await go(pilot, "enter")
        assert "40,000 oranges more" in said(pilot)[-1]
        assert "45,000 oranges and you have 5,000" in said(pilot)[-1]
        assert "^g  Play a shift" in said(pilot)[-1]
        assert contents(market_world) == before
        place = app.session.place
        assert place is not None
        assert place.room == "streets"


async def test_without_room_nothing_is_bought_and_the_pane_says_how_to_make_some(
    rich: World, make_app: App
) -> None:
    fill_room(rich)
    app = make_app(rich, room="black_market")
    async with app.run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        assert "There is room for 10" in facts_text(room)
        before = contents(rich)
        await go(pilot, "enter")
        assert "Sell or discard one first" in said(pilot)[-1]
        assert contents(rich) == before
        await go(pilot, "ctrl+g")
        assert app.current_mode == "inventory"


async def test_what_was_sold_out_meanwhile_is_refused_and_shown_so(
    rich: World, make_app: App
) -> None:
    for number in (1, 2):
        rich.players.add(f"guest {number}")
        rich.grant(f"guest {number}", oranges=50_000)
    async with make_app(rich, room="black_market").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        assert "2/2 LEFT" in facts_text(room)
        for number in (1, 2):
            market_buy(rich, "ladle-of-last-orders", name=f"guest {number}")
        before = contents(rich)
        await go(pilot, "enter")
        if isinstance(pilot.app.screen, ConfirmDialog):
            await go(pilot, "enter")
        assert "sold out" in said(pilot)[-1]
        assert "SOLD OUT" in facts_text(room)
        assert contents(rich) == before


async def test_a_question_outlived_by_its_market_buys_nothing(
    market_world: World, make_app: App, clock: FrozenClock
) -> None:
    market_world.grant("ana", oranges=60_000, key="some")
    async with make_app(market_world, room="black_market").run_test(size=(80, 24)) as pilot:
        await enter(pilot, "enter")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        before = contents(market_world)
        clock.advance(5 * HOUR + 41 * MINUTE + 7 * SECOND)
        await go(pilot, "enter")
        assert any("nothing was bought" in words for words in said(pilot))
        after = contents(market_world)
        assert after["transfer"] == before["transfer"]
        assert after["player_item"] == before["player_item"]


async def test_pressing_twice_buys_once(rich: World, make_app: App) -> None:
    async with make_app(rich, room="black_market").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        room = await point(pilot, "strongly-worded-peel")
        room.buy()
        room.buy()
        await settle(pilot)
        assert player_of(rich).card().oranges == 505_000 - 600


# Rerolling


async def test_a_reroll_says_its_price_asks_and_draws_the_shop_anew(
    market_world: World, make_app: App
) -> None:
    async with make_app(market_world, room="black_market").run_test(size=(120, 40)) as pilot:
        room = await enter(pilot, "t")
        assert "Reroll 💎 5" in seen(pilot)
        before = contents(market_world)
        await go(pilot, "r")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        await go(pilot, "escape")
        assert contents(market_world) == before
        await go(pilot, "r", "enter")
        assert player_of(market_world).card().gems == 20
        assert "Reroll 💎 10" in seen(pilot)
        assert room.goods.cursor == 0
        view = player_of(market_world).gear_shop.today()
        assert listed(room) == [offer.slug for offer in view.offers]
        assert view.rerolls == 1
        assert not any("turned" in words for words in said(pilot))


async def test_without_gems_nothing_is_rerolled(market_world: World, make_app: App) -> None:
    async with make_app(market_world, room="black_market").run_test(size=(80, 24)) as pilot:
        await enter(pilot, "t", "r", "enter", "r", "enter")
        assert player_of(market_world).card().gems == 10
        before = contents(market_world)
        await go(pilot, "r")
        assert isinstance(pilot.app.screen, BlackMarketRoom)
        assert "10 gems more" in said(pilot)[-1]
        assert "rank" in said(pilot)[-1]
        assert contents(market_world) == before


async def test_a_shop_that_was_rerolled_elsewhere_is_not_rerolled_dearer(
    rich: World, make_app: App
) -> None:
    async with make_app(rich, room="black_market").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot, "t", "r")
        player_of(rich).gear_shop.reroll()
        room.refresh_room()
        await settle(pilot)
        before = contents(rich)
        await go(pilot, "enter")
        assert "no gems were paid" in said(pilot)[-1]
        assert contents(rich) == before


async def test_the_black_market_can_not_be_rerolled(market_world: World, make_app: App) -> None:
    async with make_app(market_world, room="black_market").run_test(size=(120, 40)) as pilot:
        room = await enter(pilot)
        before = contents(market_world)
        await go(pilot, "r")
        assert contents(market_world) == before
        assert not isinstance(pilot.app.screen, ConfirmDialog)
        assert "Reroll" not in seen(pilot)
        assert "turns by itself" in room.why_not("reroll").message
        await go(pilot, "t")
        assert room.offers("reroll") is True
        room.go_to(MarketTab.MARKET)
        assert room.offers("reroll") is False, "also while it is asked for"


async def test_another_player_finds_the_market_first(market_world: World, make_app: App) -> None:
    from inventui.widgets.session import PlayAs

    market_world.players.add("bob")
    app = make_app(market_world, room="black_market")
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot, "t")
        await go(pilot, "@home")
        app.post_message(PlayAs("bob"))
        room = await enter(pilot, "@black_market")
        assert room.seller is MarketTab.MARKET
        assert listed(room) == list(STALLS)


# Pictures


async def test_picture_of_the_market(market_world: World, make_app: App, picture: Picture) -> None:
    """Where things may move the clock tells seconds, in large digits where there is room."""
    app = make_app(market_world, room="black_market", motion=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await picture(pilot, "80x24")
        await pilot.resize_terminal(120, 40)
        await picture(pilot, "120x40")
        await pilot.resize_terminal(60, 20)
        await picture(pilot, "60x20")


async def test_picture_of_a_market_bought_from(
    rich: World, make_app: App, picture: Picture
) -> None:
    """Worn, owned, and sold out by others; the one in the window is celebrated."""
    market_buy(rich, "strongly-worded-peel", "fishers-licence", "tent-with-intent")
    for number in range(3):
        rich.players.add(f"guest {number}")
        rich.grant(f"guest {number}", oranges=100_000)
        market_buy(rich, "villa-of-two-minds", name=f"guest {number}")
    async with make_app(rich, room="black_market").run_test(size=(80, 24)) as pilot:
        await enter(pilot, "enter")
        await picture(pilot, "celebrated")
        await go(pilot, "enter")
        market_buy(rich, "ladle-of-last-orders", name="guest 0")
        room_of(pilot).refresh_room()
        await settle(pilot)
        await point(pilot, "citrus-persuader")
        await picture(pilot, "80x24")
        await pilot.resize_terminal(120, 40)
        await picture(pilot, "120x40")


async def test_picture_of_a_market_without_a_legendary(
    market_world: World, make_app: App, picture: Picture, clock: FrozenClock
) -> None:
    clock.advance(6 * HOUR)
    async with make_app(market_world, room="black_market").run_test(size=(80, 24)) as pilot:
        await picture(pilot)


async def test_picture_of_the_gear_shop(
    market_world: World, make_app: App, picture: Picture
) -> None:
    market_buy(market_world, "strongly-worded-peel")
    async with make_app(market_world, room="black_market").run_test(size=(80, 24)) as pilot:
        await enter(pilot, "t", "down")
        await picture(pilot, "80x24")
        await go(pilot, "r")
        await picture(pilot, "asked before a reroll")
        await go(pilot, "escape")
        await pilot.resize_terminal(120, 40)
        await picture(pilot, "120x40")


async def test_picture_of_hostile_things(rich: World, make_app: App, picture: Picture) -> None:
    async with make_app(rich, room="black_market").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        hostile = [room._by_slug[slug] for slug in ("link", "broken", "wide")]
        room.goods.offer(hostile, keep=False)
        await settle(pilot)
        for offer in hostile:
            assert facts_text(room).startswith(offer.name[:12])
            await go(pilot, "down")
        await go(pilot, "home")
        await picture(pilot)


async def test_picture_without_colour(
    rich: World, make_app: App, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    market_buy(rich, "strongly-worded-peel")
    async with make_app(rich, room="black_market").run_test(size=(80, 24)) as pilot:
        await picture(pilot)


async def test_picture_of_an_empty_market(
    world_without_gear: World, make_app: App, picture: Picture
) -> None:
    async with make_app(world_without_gear, room="black_market").run_test(size=(80, 24)) as pilot:
        await picture(pilot)


@pytest.mark.parametrize("theme", ["day-market", "night-market"])
async def test_gear_of_the_shop_lies_on_the_ground_of_the_room_where_the_theme_is_light(
    theme: str, rich: World, make_app: App
) -> None:
    app = make_app(rich, room="shop", settings=Settings(reduced_motion=True, theme=theme))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        mirror = app.screen.query_one(TryOn)
        assert mirror.subject is not None
        assert not mirror.subject.worn
        behind = mirror.background_colors[1].hex6.lower()
        drawn = mirror.paint(*mirror.content_size).back_at(0, 0)
        assert (drawn == behind) == (theme == "day-market")
