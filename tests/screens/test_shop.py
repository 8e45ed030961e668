"""The Shop room: shelves, badges, trying on, buying, refusals, what moves by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from inventui.app.app import InventuiApp
from inventui.engine.core.models import PlayerCard
from inventui.engine.shop.models import Purchase, ShopLine
from inventui.rules.core.categories import COSMETICS, Category
from inventui.rules.core.clock import DAY, SECOND, FrozenClock
from inventui.rules.core.enums import PriceTier, Rarity
from inventui.rules.core.money import Questions
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.shop import Price
from inventui.screens.shop.base import SLIM
from inventui.screens.shop.bought import FEW_SPARKS, SPARKS, BoughtScreen
from inventui.screens.shop.buy import helpful_place, place_of, question, to_be_asked
from inventui.screens.shop.details import ShopDetailsDialog
from inventui.screens.shop.pane import ShopFacts, content_lines, words_of
from inventui.screens.shop.screen import ShopRoom, shelf_title
from inventui.screens.shop.text import (
    Shelf,
    ShopOrder,
    arranged,
    badge,
    bought_words,
    can_afford,
    price_words,
    sold_again,
)
from inventui.widgets.canvas.appearance import DEFAULT, trying
from inventui.widgets.canvas.canvas import Canvas
from inventui.widgets.canvas.celebration import Celebration
from inventui.widgets.entries import Place
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.frame.toasts import ToastKind, toast
from inventui.widgets.player.card_facts import CardFacts
from inventui.widgets.player.showcase import scene
from inventui.widgets.player.try_on import (
    HIGH,
    SAMPLE_VISITORS,
    Model,
    Subject,
    TryOn,
    dressed,
    tried,
)
from tests.builders import contents
from tests.screens.conftest import START, Picture, go, player_of, settle
from tests.screens.style_samples import OnScreen, Shown
from tests.worlds.shop import (
    buy,
    foot_of,
    held,
    line,
    owner,
    rich,
    said,
    shop_world,
    text_of,
)

if TYPE_CHECKING:
    from inventui.engine.world import World

__all__ = ["owner", "rich", "shop_world"]

App = Callable[..., InventuiApp]


def room_of(pilot: Pilot[Any]) -> ShopRoom:
    room = pilot.app.screen_stack[0]
    assert isinstance(room, ShopRoom)
    return room


async def enter(pilot: Pilot[Any], *pressed: str) -> ShopRoom:
    """Come to rest in the shop, and press keys."""
    await go(pilot, *pressed)
    return room_of(pilot)


async def point(pilot: Pilot[Any], slug: str) -> ShopRoom:
    """Put the cursor on a thing."""
    room = room_of(pilot)
    goods = room.goods
    slugs = [goods.pages.row(index).slug for index in range(goods.count)]  # type: ignore[union-attr]
    goods.move_to(slugs.index(slug))
    await settle(pilot)
    return room


async def looked_ahead(pilot: Pilot[Any]) -> None:
    """Wait until what the next key will show is drawn."""
    await settle(pilot)
    while room_of(pilot)._ahead is not None:
        await pilot.pause(0.01)


def listed(room: ShopRoom) -> list[str]:
    rows = [room.goods.pages.row(index) for index in range(room.goods.count)]
    return [row.slug for row in rows if row is not None]


def facts_text(room: ShopRoom) -> str:
    facts = room.query_one(ShopFacts)
    return "\n".join(strip.text.rstrip() for strip in facts._strips)


# Words


def test_a_badge_says_in_plain_words_how_a_thing_stands(shop_world: World) -> None:
    found = {
        slug: badge(line(shop_world, slug), START)
        for slug in (
            "spoon", "frame", "few", "none", "past", "soon", "clock", "both", "starter-kit"
        )
    }  # fmt: skip
    assert {slug: (one.text, one.short) for slug, one in found.items()} == {
        "spoon": ("BASIC", "BASIC"),
        "frame": ("PREMIUM", "PREMIUM"),
        "few": ("37/100 LEFT", "37 LEFT"),
        "none": ("SOLD OUT", "SOLD OUT"),
        "past": ("NO LONGER AVAILABLE", "GONE"),
        "soon": ("Available 1 Dec 2026", "1 Dec"),
        "clock": ("2 d 04 h", "2 d 04 h"),
        "both": ("5/5 LEFT · 30 s", "30 s"),
        "starter-kit": ("−15 %", "−15 %"),
    }


def test_what_one_has_matters_more_than_anything_else_on_a_badge(rich: World) -> None:
    buy(rich, "few", "spoon", "title", "donut", "donut", "font-color", "font-style")
    texts = {
        slug: badge(line(rich, slug), START).text for slug in ("few", "title", "donut", "pair")
    }
    assert texts == {"few": "OWNED", "title": "WORN", "donut": "2 OWNED", "pair": "OWNED"}


def test_a_price_names_only_the_currencies_that_it_asks_for() -> None:
    assert price_words(Price(1_200)) == "🍊 1,200"
    assert price_words(Price(0, 7)) == "💎 7"
    assert price_words(Price(7_500, 4)) == "🍊 7,500 💎 4"
    assert price_words(Price(7_500, 4), tight=True) == "🍊7,500💎4"
    assert price_words(Price()) == "free"


def test_both_currencies_have_to_suffice() -> None:
    card = PlayerCard(1, "ana", 0, 100, 10)
    assert can_afford(Price(100, 10), card)
    assert not can_afford(Price(101), card)
    assert not can_afford(Price(1, 11), card)
    assert not can_afford(Price(1), None)


def test_every_thing_lies_on_one_shelf_of_its_kind(shop_world: World) -> None:
    kinds = [shelf for shelf in Shelf if shelf not in (Shelf.ALL, Shelf.LIMITED)]
    for offer in player_of(shop_world).shop.lines():
        assert Shelf.ALL.holds(offer)
        assert sum(shelf.holds(offer) for shelf in kinds) == 1, offer.slug
    assert [shelf_title(shelf) for shelf in (Shelf.BIGPULP, Shelf.BUNDLES)] == [
        "BigPulp",
        "Bundles",
    ]


def test_orders_put_first_what_they_are_named_after(shop_world: World) -> None:
    lines = player_of(shop_world).shop.lines()
    dearness = [(bool(o.price.gems), o.price) for o in arranged(lines, Shelf.ALL, ShopOrder.PRICE)]
    assert dearness == sorted(dearness, key=lambda d: (d[0], d[1].oranges, d[1].gems))
    ranks = [offer.rarity.rank for offer in arranged(lines, Shelf.ALL, ShopOrder.RARITY)]
    assert ranks == sorted(ranks, reverse=True)
    names = [offer.name.casefold() for offer in arranged(lines, Shelf.ALL, ShopOrder.NAME)]
    assert names == sorted(names)
    assert arranged(lines, Shelf.ALL, ShopOrder.CATEGORY) == lines


def test_what_can_be_paid_comes_first_the_dearest_of_it_in_front(shop_world: World) -> None:
    player = player_of(shop_world)
    card, lines = player.card(), player.shop.lines()
    shown = arranged(lines, Shelf.ALL, ShopOrder.PAYABLE, card=card)
    assert sorted(line.slug for line in shown) == sorted(line.slug for line in lines)
    paid = [can_afford(line.price, card) and sold_again(line) for line in shown]
    reach = paid.index(False)
    first = [line.price.oranges for line in shown[:reach]]
    assert first
    assert first == sorted(first, reverse=True)
    assert not any(
        can_afford(o.price, card) and o.price.oranges for o in shown[reach:] if sold_again(o)
    )


def test_looking_for_a_name_heeds_neither_case_nor_markup(shop_world: World) -> None:
    lines = player_of(shop_world).shop.lines()
    assert [o.slug for o in arranged(lines, Shelf.ALL, ShopOrder.NAME, "[@CLICK")] == ["link"]
    assert [o.slug for o in arranged(lines, Shelf.FRAMES, ShopOrder.NAME, "neon")] == ["frame"]
    assert not arranged(lines, Shelf.TITLES, ShopOrder.NAME, "neon")


def test_gems_and_a_large_part_of_the_purse_are_asked_about(rich: World) -> None:
    card = PlayerCard(1, "ana", 0, 1_200, 50)
    spoon = line(rich, "spoon")
    assert to_be_asked(spoon, card, START)
    assert to_be_asked(spoon, replace(card, oranges=4 * spoon.price.oranges), START)
    assert not to_be_asked(spoon, replace(card, oranges=4 * spoon.price.oranges + 1), START)
    assert to_be_asked(line(rich, "name-effect"), replace(card, oranges=10**6), START)


def test_whoever_wants_it_is_asked_before_every_purchase_or_only_about_what_is_rare(
    rich: World,
) -> None:
    card = PlayerCard(1, "ana", 0, 1_200, 50)
    spoon, gems = line(rich, "spoon"), line(rich, "name-effect")
    much = replace(card, oranges=10**6)
    assert to_be_asked(spoon, much, START, Questions.ALWAYS)
    assert not to_be_asked(replace(spoon, rarity=Rarity.COMMON), card, START, Questions.RARE)
    assert to_be_asked(replace(spoon, rarity=Rarity.RARE), card, START, Questions.RARE)
    assert not to_be_asked(replace(gems, rarity=Rarity.COMMON), much, START, Questions.RARE)
    assert to_be_asked(replace(gems, rarity=Rarity.EPIC), much, START, Questions.RARE)


def test_what_would_be_refused_is_not_asked_about(rich: World) -> None:
    card = PlayerCard(1, "ana", 0, 120, 9)
    for slug in ("none", "past", "soon", "frame"):
        assert not to_be_asked(line(rich, slug), card, START), slug


def test_a_question_tells_price_and_what_is_left(rich: World) -> None:
    card = PlayerCard(1, "ana", 0, 3_000, 30)
    asked = question(line(rich, "starter-kit"), card).plain
    assert "🍊 2,261 💎 8" in asked
    assert "4 things that you do not have yet" in asked
    assert "🍊 739  💎 22" in asked
    buy(rich, "font-color")
    assert "1 thing that you do not have yet" in question(line(rich, "pair"), card).plain


def purchase(**fields: object) -> Purchase:
    card = PlayerCard(1, "ana", 0, 0, 0)
    known: dict[str, Any] = {
        "operation": 1, "slug": "x", "name": "Neon Frame", "category": Category.FRAME,
        "rarity": "epic", "oranges_paid": 1, "gems_paid": 0, "full_oranges": 1, "full_gems": 0,
        "discount": 0, "item_ids": (1,), "names": ("Neon Frame",), "worn": ("Neon Frame",),
        "balance": card, "experience_gained": 0, "rank_up": None,
    }  # fmt: skip
    return Purchase(**{**known, **fields})


def test_what_was_bought_is_told_with_what_became_of_it() -> None:
    assert bought_words(purchase()) == "Neon Frame is yours and worn."
    assert bought_words(purchase(category=Category.BUSINESS)) == "Neon Frame is yours and open."
    home = purchase(category=Category.HOUSING)
    assert bought_words(home) == "Neon Frame is yours and your home now."
    assert bought_words(purchase(worn=())) == "Neon Frame is yours."
    assert bought_words(purchase(rank_up="Soldier")).endswith("You are Soldier now!")
    bundle = purchase(category=Category.BUNDLE, item_ids=(1, 2), worn=("a",), name="Kit")
    assert bought_words(bundle) == "Kit is yours: 2 things, 1 worn."
    assert bought_words(replace(bundle, worn=("a", "b"))) == "Kit is yours: 2 things, all worn."
    one = replace(bundle, item_ids=(1,), worn=())
    assert bought_words(one) == "Kit is yours: 1 thing."


def test_what_was_bought_is_seen_where_it_is_now() -> None:
    places = {
        (category, worn): place_of(purchase(category=category, worn=("it",) * worn)).room
        for category in (Category.FRAME, Category.WEAPON, Category.BUSINESS, Category.HOUSING)
        for worn in (True, False)
    }
    assert {room for (category, _), room in places.items() if category is Category.WEAPON} == {
        "inventory"
    }
    assert places[Category.FRAME, True] == "drawer"
    assert places[Category.FRAME, False] == "inventory"
    for home in (Category.BUSINESS, Category.HOUSING):
        assert places[home, True] == places[home, False] == "property"


@pytest.mark.parametrize(
    ("reason", "figures", "worth", "room"),
    [
        (Reason.INSUFFICIENT_FUNDS, {"currency": "oranges", "missing": 500}, 500, "inventory"),
        (Reason.INSUFFICIENT_FUNDS, {"currency": "oranges", "missing": 501}, 500, "streets"),
        (Reason.INSUFFICIENT_FUNDS, {"currency": "oranges", "missing": 1}, 0, "streets"),
        (Reason.INSUFFICIENT_FUNDS, {"currency": "gems", "missing": 1}, 500, "cases"),
        (Reason.ALREADY_OWNED, {}, 0, "inventory"),
        (Reason.NO_ROOM, {}, 0, "inventory"),
        (Reason.SOLD_OUT, {}, 0, None),
    ],
)
def test_a_refusal_leads_to_where_it_can_be_helped(
    reason: Reason, figures: dict[str, object], worth: int, room: str | None
) -> None:
    place = helpful_place(Refusal(reason, "No.", figures), worth)
    assert (None if place is None else place.room) == room


def test_a_bundle_marks_what_one_has_and_prices_the_rest(rich: World) -> None:
    buy(rich, "font-color")
    lines = {offer.slug: offer for offer in player_of(rich).shop.lines()}
    drawn = [content.plain for content in content_lines(lines["starter-kit"], lines, 40)]
    assert drawn[0].startswith("✓ Lime Letters")
    assert drawn[0].endswith("yours")
    assert drawn[1].startswith("✦ Neon Frame")
    assert drawn[1].endswith("🍊1,100💎10")
    assert all(content.cell_length == 40 for content in content_lines(lines["pair"], lines, 40))


def test_words_of_the_shop_are_never_read_as_markup(shop_world: World) -> None:
    lines = {offer.slug: offer for offer in player_of(shop_world).shop.lines()}
    words = "\n".join(content.plain for content in words_of(lines["link"], lines, 60))
    assert "[link='https://example.org']x[/link]" in words
    assert "[bold red]{0} %s" in words


# Looking


async def test_the_footer_tells_the_keys_of_the_shop(shop_world: World, make_app: App) -> None:
    async with make_app(shop_world, room="shop").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        assert foot_of(pilot.app) == "⏎ Buy space Look / Search o Sort d Drawer ? Help ^p Palette"


async def test_the_shop_lists_everything_that_is_for_sale(shop_world: World, make_app: App) -> None:
    async with make_app(shop_world, room="shop").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        assert listed(room) == [offer.slug for offer in player_of(shop_world).shop.lines()]


async def test_the_preview_follows_the_cursor_and_the_mouse(
    shop_world: World, make_app: App
) -> None:
    async with make_app(shop_world, room="shop").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        await point(pilot, "frame")
        mirror = room.query_one(TryOn)
        assert mirror.look is not None
        assert mirror.look[Category.FRAME].word == "double"
        assert facts_text(room).startswith("Neon Frame")
        below = listed(room)[listed(room).index("frame") + 1]
        await pilot.hover("#goods", offset=(5, 2 + room.goods.cursor - room.goods.top))
        await settle(pilot)
        hovered = room.goods.pointed
        assert hovered is not None
        assert hovered.slug == below
        assert mirror.subject is not None
        assert mirror.subject.style == hovered.style
        assert room.goods.row is not None
        assert room.goods.row.slug == "frame"  # type: ignore[union-attr]


async def test_what_the_next_key_will_show_is_drawn_before_it_is_pressed(
    shop_world: World, make_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with make_app(shop_world, room="shop").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        await pilot.press("down", "down", "down")
        await looked_ahead(pilot)
        drawn: list[str] = []
        words = ShopFacts._words

        def noted(facts: ShopFacts, line: ShopLine, *others: Any) -> Any:
            drawn.append(line.slug)
            return words(facts, line, *others)

        monkeypatch.setattr(ShopFacts, "_words", noted)
        for key, shown, ahead in (("down", 4, [5]), ("down", 5, [6]), ("up", 4, []), ("up", 3, [])):
            await pilot.press(key)
            await looked_ahead(pilot)
            assert room.goods.cursor == shown
            assert drawn == [listed(room)[index] for index in ahead]
            drawn.clear()


@pytest.mark.parametrize("meanwhile", ["a second", "spent"])
async def test_what_was_drawn_ahead_is_true_when_it_is_shown(
    meanwhile: str, shop_world: World, make_app: App, clock: FrozenClock
) -> None:
    async with make_app(shop_world, room="shop").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot, *["tab"] * 10)
        await point(pilot, listed(room)[listed(room).index("both") + 2])
        await pilot.press("up")
        await looked_ahead(pilot)
        if meanwhile == "a second":
            clock.advance(SECOND)
        else:
            assert room.session.card is not None
            room.session.card = replace(room.session.card, oranges=0, gems=0)
        assert room.query_one(ShopFacts)._drawn.get("both") is not None
        await pilot.press("up")
        await settle(pilot)
        assert f"5/5 LEFT · {29 if meanwhile == 'a second' else 30} s" in facts_text(room)
        assert ("short" in facts_text(room)) == (meanwhile == "spent")


async def test_moving_through_the_shop_mounts_nothing(shop_world: World, make_app: App) -> None:
    async with make_app(shop_world, room="shop").run_test(size=(120, 40)) as pilot:
        room = await enter(pilot)
        before = list(room.query("*"))
        for _ in range(room.goods.count):
            await pilot.press("down")
        await settle(pilot)
        assert room.goods.cursor == room.goods.count - 1
        assert list(room.query("*")) == before


async def test_shelves_orders_and_search_can_be_had_together(
    shop_world: World, make_app: App
) -> None:
    async with make_app(shop_world, room="shop").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot, "right", "tab", "o")
        assert (room.shelf, room.order) == (Shelf.TITLES, ShopOrder.PRICE)
        await go(pilot, "slash", *"left", "enter")
        assert {"few", "none"} <= set(listed(room))
        assert room.shelf is Shelf.ALL
        await go(pilot, "right", "tab")
        assert listed(room) == ["few", "none"]
        await go(pilot, "escape")
        assert (room.sought, room.shelf) == ("", Shelf.TITLES)
        await go(pilot, "escape")
        assert room.shelf is Shelf.ALL
        await go(pilot, "escape")
        assert pilot.app.current_mode == "home"


async def test_a_search_that_finds_nothing_says_so(shop_world: World, make_app: App) -> None:
    async with make_app(shop_world, room="shop").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot, "slash", *"[/nope][b]")
        assert not listed(room)
        assert "Nothing here is called “[/nope][b]”." in text_of(pilot.app)  # type: ignore[arg-type]


async def test_a_search_that_is_left_empty_is_over(shop_world: World, make_app: App) -> None:
    async with make_app(shop_world, room="shop").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        assert "/ search" in text_of(pilot.app)  # type: ignore[arg-type]
        await go(pilot, "slash")
        assert "/ search" not in text_of(pilot.app)  # type: ignore[arg-type]
        await go(pilot, "enter")
        assert "/ search" in text_of(pilot.app)  # type: ignore[arg-type]
        assert pilot.app.focused is room.goods
        await go(pilot, "o")
        assert (room.sought, room.order) == ("", ShopOrder.PRICE)


async def test_a_shelf_stays_while_one_stands_before_it_though_it_is_empty_now(
    shop_world: World, make_app: App
) -> None:
    async with make_app(shop_world, room="shop").run_test(size=(120, 40)) as pilot:
        room = await enter(pilot, "right", "right")
        assert room.shelf is Shelf.TITLES
        assert room._stall is not None
        others = [offer for offer in room._stall.lines if not Shelf.TITLES.holds(offer)]
        room._seen(replace(room._stall, lines=tuple(others)))
        await settle(pilot)
        shown = text_of(pilot.app)  # type: ignore[arg-type]
        assert "Titles 0" in shown
        assert "This shelf is empty." in shown


async def test_where_it_is_narrow_the_list_has_the_room_for_itself(
    shop_world: World, make_app: App
) -> None:
    async with make_app(shop_world, room="shop").run_test(size=(SLIM, 24)) as pilot:
        room = await enter(pilot)
        assert room.query_one("#preview").region.width > 0
        await pilot.resize_terminal(SLIM - 1, 24)
        await settle(pilot)
        assert room.query_one("#preview").region.width == 0


async def test_a_search_tells_what_other_shelves_have(shop_world: World, make_app: App) -> None:
    async with make_app(shop_world, room="shop").run_test(size=(80, 24)) as pilot:
        await enter(pilot, "slash", *"donut", "enter", "left")
        assert "On other shelves 2 things are." in text_of(pilot.app)  # type: ignore[arg-type]


async def test_space_shows_all_that_is_to_be_said(shop_world: World, make_app: App) -> None:
    async with make_app(shop_world, room="shop").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, "starter-kit")
        await go(pilot, "space")
        assert isinstance(pilot.app.screen, ShopDetailsDialog)
        await go(pilot, "end")
        assert "“Sold together, worn together.”" in text_of(pilot.app)  # type: ignore[arg-type]
        await go(pilot, "escape")
        assert isinstance(pilot.app.screen, ShopRoom)


async def test_a_double_click_looks_closer_and_buys_nothing(
    shop_world: World, make_app: App
) -> None:
    async with make_app(shop_world, room="shop").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        before = contents(shop_world)
        await pilot.click("#goods", offset=(8, 3), times=2)
        await settle(pilot)
        assert isinstance(pilot.app.screen, ShopDetailsDialog)
        assert contents(shop_world) == before


# What moves by itself


async def test_a_countdown_moves_and_ends(
    shop_world: World, make_app: App, clock: FrozenClock
) -> None:
    async with make_app(shop_world, room="shop").run_test(size=(80, 24)) as pilot:
        await enter(pilot, "slash", *"both", "enter")
        room = await point(pilot, "both")
        assert "5/5 LEFT · 30 s" in facts_text(room)
        clock.advance(SECOND)
        room.tick()
        await settle(pilot)
        assert "5/5 LEFT · 29 s" in facts_text(room)
        assert " 29 s " in text_of(pilot.app)  # type: ignore[arg-type]
        clock.advance(DAY)
        room.tick()
        await settle(pilot)
        assert "NO LONGER AVAILABLE" in facts_text(room)
        assert " GONE " in text_of(pilot.app)  # type: ignore[arg-type]


async def test_a_second_draws_only_the_lines_that_have_changed(
    shop_world: World, make_app: App, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with make_app(shop_world, room="shop").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot, *["tab"] * 10)
        assert room.shelf is Shelf.LIMITED
        drawn: list[int] = []
        monkeypatch.setattr(room.goods, "redraw_row", drawn.append)
        clock.advance(SECOND)
        room.tick()
        assert [listed(room)[index] for index in drawn] == ["both"]


# Buying


async def test_what_is_cheap_is_bought_at_once_and_worn(rich: World, make_app: App) -> None:
    app = make_app(rich, room="shop")
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        room = await point(pilot, "font-color")
        await go(pilot, "enter")
        assert player_of(rich).wardrobe.worn()[Category.FONT_COLOR].slug == "font-color"
        assert said(pilot)[-1].startswith("Lime Letters is yours and worn.")
        assert "^g  See it in your drawer" in said(pilot)[-1]
        row = room.goods.row
        assert row is not None
        assert (row.slug, row.worn) == ("font-color", True)
        assert "WORN" in facts_text(room)
        assert app.session.appearance[Category.FONT_COLOR].colours == ("#a8e05f",)
        await go(pilot, "ctrl+g")
        assert app.current_mode == "drawer"
        assert app.session.place is None


async def test_gems_are_asked_about_and_no_means_no(rich: World, make_app: App) -> None:
    async with make_app(rich, room="shop").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, "name-effect")
        before = contents(rich)
        await go(pilot, "b")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        await go(pilot, "escape")
        assert contents(rich) == before
        await go(pilot, "b", "enter")
        assert player_of(rich).card().gems == 518


async def test_a_bundle_of_which_one_has_a_part_is_asked_about_too(
    rich: World, make_app: App
) -> None:
    buy(rich, "font-color")
    async with make_app(rich, room="shop").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, "starter-kit")
        before = contents(rich)
        await go(pilot, "enter")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        assert contents(rich) == before


async def test_what_costs_something_else_than_the_question_said_is_not_bought_and_shown_anew(
    rich: World, make_app: App
) -> None:
    async with make_app(rich, room="shop").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        room = await point(pilot, "starter-kit")
        await go(pilot, "b")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        shown = line(rich, "starter-kit").price
        buy(rich, "font-color")
        before = contents(rich)
        await go(pilot, "enter")
        assert "as you saw it. Nothing was paid" in said(pilot)[-1]
        assert contents(rich) == before
        row = room.goods.row
        assert row is not None
        assert row.price == line(rich, "starter-kit").price != shown
        await go(pilot, "b", "enter")
        assert "frame" in line(rich, "starter-kit").parts_held


async def test_pressing_twice_buys_once(rich: World, make_app: App) -> None:
    async with make_app(rich, room="shop").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        await point(pilot, "donut")
        room.buy()
        room.buy()
        await settle(pilot)
        assert line(rich, "donut").held == 1


async def test_while_one_thing_is_being_bought_nothing_is_asked_about_another(
    rich: World, make_app: App
) -> None:
    async with make_app(rich, room="shop").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        await point(pilot, "donut")
        slugs = listed(room)
        room.buy()
        room.goods.move_to(slugs.index("starter-kit"))
        room.buy()
        await settle(pilot)
        assert isinstance(pilot.app.screen, ShopRoom)
        assert line(rich, "donut").held == 1


async def test_too_little_money_is_refused_with_figures_and_a_way_to_get_more(
    shop_world: World, make_app: App
) -> None:
    app = make_app(shop_world, room="shop")
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, "background")
        before = contents(shop_world)
        await go(pilot, "enter")
        assert "85,000 oranges more" in said(pilot)[-1]
        assert "90,000 oranges and you have 5,000" in said(pilot)[-1]
        assert "^g  Play a shift" in said(pilot)[-1]
        assert contents(shop_world) == before
        await go(pilot, "ctrl+g")
        assert app.current_mode == "streets"


async def test_a_thing_that_one_owns_is_refused_and_leads_to_the_inventory(
    rich: World, make_app: App
) -> None:
    buy(rich, "frame")
    app = make_app(rich, room="shop")
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, "frame")
        before = contents(rich)
        await go(pilot, "enter")
        assert "You own Neon Frame already" in said(pilot)[-1]
        assert contents(rich) == before
        await go(pilot, "ctrl+g")
        assert app.current_mode == "inventory"


async def test_what_was_sold_out_meanwhile_is_refused_and_shown_so(
    rich: World, make_app: App
) -> None:
    rich.players.add("bob")
    for number in range(36):
        rich.players.add(f"guest {number}")
        buy(rich, "few", name=f"guest {number}")
    async with make_app(rich, room="shop").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        room = await point(pilot, "few")
        assert "1/100 LEFT" in facts_text(room)
        buy(rich, "few", name="bob")
        await go(pilot, "enter")
        assert "sold out" in said(pilot)[-1]
        assert "SOLD OUT" in facts_text(room)
        assert not line(rich, "few").owned


async def test_a_bundle_is_celebrated_and_can_be_seen_in_the_drawer(
    rich: World, make_app: App
) -> None:
    app = make_app(rich, room="shop")
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, "starter-kit")
        await go(pilot, "enter", "enter")
        assert isinstance(app.screen, BoughtScreen)
        words = str(app.screen.query_one("#words", Static).render())
        assert "Starter Kit is yours: 4 things, 3 worn." in words
        assert app.screen.query_one(Celebration)._count > 0
        await go(pilot, "d")
        assert app.current_mode == "drawer"
        assert isinstance(app.screen_stack[0], type(app.screen))


async def test_a_celebration_flies_as_the_one_that_is_worn_and_higher_for_a_legendary(
    rich: World, make_app: App
) -> None:
    buy(rich, "celebration")
    app = make_app(rich, room="shop")
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        sparks = []
        for slug, keys in (("frame", ("enter", "enter")), ("background", ("enter",))):
            await point(pilot, slug)
            await go(pilot, *keys)
            assert isinstance(app.screen, BoughtScreen), slug
            sky = app.screen.query_one(Celebration)
            assert sky._style.word == "fireworks"
            sparks.append(sky._count)
            await pilot.click(offset=(1, 1))
            await settle(pilot)
            assert isinstance(app.screen, ShopRoom), "a click goes on"
        assert sparks == [FEW_SPARKS, SPARKS[Rarity.LEGENDARY]]


async def test_a_purchase_leads_to_the_drawer_only_while_the_toast_is_fresh(
    shop_world: World, make_app: App
) -> None:
    app = make_app(shop_world, room="shop")
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        assert app.check_action("follow", ()) is False
        toast(app.screen, "Look!", ToastKind.GIFT, place=Place("nowhere", "Go"))
        await settle(pilot)
        assert app.session.place is None
        assert said(pilot)[-1] == "Look!"
        toast(app.screen, "Look!", ToastKind.GIFT, place=Place("drawer", "Go"))
        assert app.check_action("follow", ()) is True
        app.session.place = None
        await go(pilot, "ctrl+g")
        assert app.current_mode == "shop"


async def test_another_player_finds_the_shop_as_it_was_at_first(
    shop_world: World, make_app: App
) -> None:
    from inventui.widgets.session import PlayAs

    shop_world.players.add("bob")
    app = make_app(shop_world, room="shop")
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot, "tab", "o", "slash", "n", "enter")
        await go(pilot, "1")
        app.post_message(PlayAs("bob"))
        room = await enter(pilot, "@shop")
        assert (room.shelf, room.order, room.sought) == (Shelf.ALL, ShopOrder.CATEGORY, "")


async def test_an_empty_shop_says_so_also_to_who_looks_for_something(
    empty_world: World, make_app: App
) -> None:
    empty_world.players.add("ana")
    async with make_app(empty_world, room="shop").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        assert "no content pack has anything for sale" in text_of(pilot.app)  # type: ignore[arg-type]
        await go(pilot, "slash", *"neon")
        assert "no content pack has anything for sale" in text_of(pilot.app)  # type: ignore[arg-type]


# Trying on


PREVIEWED = {category: str(category).replace("_", "-") for category in sorted(COSMETICS)}
"""A thing of every category of cosmetics."""


def canvas_of(mirror: TryOn) -> Canvas:
    return mirror.paint(*mirror.content_size)


async def test_a_preview_shows_the_player_with_the_thing_on(
    shop_world: World, make_app: App
) -> None:
    """What is tried on differs from what is worn, in every category."""
    app = make_app(shop_world, room="shop")
    async with app.run_test(size=(120, 40)) as pilot:
        room = await enter(pilot)
        mirror = room.query_one(TryOn)
        for category, slug in PREVIEWED.items():
            await point(pilot, slug)
            with_it = list(mirror._strips)
            subject, facts, look = mirror.subject, mirror.facts, mirror.look
            assert subject is not None
            assert facts is not None
            assert look is not None
            assert look == trying(app.session.appearance, category, subject.style), category
            width, height = mirror.content_size
            expected = scene(facts, look, category, width, height, mirror.faces)
            assert with_it == expected.strips(), category
            worn = app.session.worn.get(category)
            plain = Subject(category, "" if worn is None else worn.style)
            if category is Category.VISITOR_COUNTER:
                plain = Subject(category, "hidden")
            mirror.try_on(plain, Model(facts, app.session.appearance, mirror.faces))
            assert mirror._strips != with_it, category


async def test_picture_of_every_preview_where_there_is_little_room(
    owner: World, make_app: App, picture: Picture
) -> None:
    previews: list[Canvas] = []
    app = make_app(owner, room="shop")
    async with app.run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        for slug in (*PREVIEWED.values(), "kit"):
            await point(pilot, slug)
            assert facts_text(room).startswith(line(owner, slug).name[:20]), slug
            previews.append(canvas_of(room.query_one(TryOn)))
    width, height = previews[0].width + 1, previews[0].height + 1
    sheet = Canvas(4 * width, -(-len(previews) // 4) * height, "#000000")
    for number, preview in enumerate(previews):
        sheet.paste(preview, number % 4 * width, number // 4 * height)
    async with OnScreen(Shown(sheet)).run_test(size=(sheet.width, sheet.height)) as pilot:
        await picture(pilot)


def test_a_counter_shows_visitors_or_a_sample_where_nobody_has_been_yet() -> None:
    counter = Subject(Category.VISITOR_COUNTER, "odometer #ffd34d")
    for visitors, shown in ((7, 7), (0, SAMPLE_VISITORS)):
        facts, _ = tried(counter, Model(CardFacts("ana", visitors=visitors), DEFAULT))
        assert facts.visitors == shown


def test_bigpulp_shares_a_preview_with_the_card_only_where_there_is_room() -> None:
    mirror, hat = TryOn(), Subject(Category.BIGPULP_HAT, "crown #ffd34d")
    look = dressed(DEFAULT, hat)
    assert mirror._alone(hat, look, hat.light, 40, HIGH) is None
    assert mirror._alone(hat, look, hat.light, 40, HIGH - 1) is not None


async def test_what_plays_plays_only_where_things_may_move(
    shop_world: World, make_app: App
) -> None:
    for motion in (False, True):
        async with make_app(shop_world, motion=motion, room="shop").run_test(
            size=(120, 40)
        ) as pilot:
            room = await enter(pilot)
            await point(pilot, "celebration")
            assert (room.query_one(TryOn)._waiting is not None) is motion


async def test_a_celebrated_purchase_shows_the_purse_after_it(rich: World, make_app: App) -> None:
    async with make_app(rich, room="shop").run_test(size=(120, 40)) as pilot:
        await enter(pilot)
        await point(pilot, "starter-kit")
        await go(pilot, "enter", "enter")
        assert isinstance(pilot.app.screen, BoughtScreen)
        facts = pilot.app.screen.query_one(TryOn).facts
        assert facts is not None
        assert facts.oranges == player_of(rich).card().oranges


# Pictures


BADGES = ("few", "none", "past", "soon", "clock", "both", "pair", "spoon", "frame", "donut")


async def test_picture_of_each_badge(shop_world: World, make_app: App, picture: Picture) -> None:
    shop_world.grant("ana", oranges=3_000, key="some")
    buy(shop_world, "title", "donut", "donut", "font-style")
    player_of(shop_world).wardrobe.equip(held(shop_world, "default-font-style"), "plain")
    async with make_app(shop_world, room="shop").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        lines = [room._by_slug[slug] for slug in (*BADGES, "title", "font-style", "background")]
        free = replace(room._by_slug["spoon"], tier=PriceTier.FREE, price=Price(0, 0))
        room.goods.offer([*lines, free], keep=False)
        await picture(pilot, "80x24")
        await pilot.resize_terminal(120, 40)
        await picture(pilot, "120x40")


async def test_picture_of_a_bundle_of_which_one_has_a_part(
    rich: World, make_app: App, picture: Picture
) -> None:
    buy(rich, "font-color")
    async with make_app(rich, room="shop").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, "starter-kit")
        await picture(pilot, "80x24")
        await go(pilot, "space")
        await picture(pilot, "looked at closely")
        await go(pilot, "escape", "enter")
        await picture(pilot, "asked about")
        await go(pilot, "escape")
        await pilot.resize_terminal(120, 40)
        await picture(pilot, "120x40")


async def test_picture_of_a_celebrated_purchase(
    rich: World, make_app: App, picture: Picture
) -> None:
    async with make_app(rich, room="shop").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, "starter-kit")
        await go(pilot, "enter", "enter")
        await picture(pilot, "80x24")
        await pilot.resize_terminal(120, 40)
        await picture(pilot, "120x40")


async def test_picture_of_hostile_things(rich: World, make_app: App, picture: Picture) -> None:
    async with make_app(rich, room="shop").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        hostile = [room._by_slug[slug] for slug in ("link", "broken", "wide")]
        room.goods.offer(hostile, keep=False)
        await settle(pilot)
        for offer in hostile:
            assert facts_text(room).startswith(offer.name[:12])
            await go(pilot, "down")
        await go(pilot, "home")
        await picture(pilot)


async def test_picture_of_the_narrowest_terminal(
    rich: World, make_app: App, picture: Picture
) -> None:
    async with make_app(rich, room="shop").run_test(size=(60, 20)) as pilot:
        await picture(pilot)


async def test_picture_without_colour(
    owner: World, make_app: App, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with make_app(owner, room="shop").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, "starter-kit")
        await picture(pilot)
