"""No name of the base pack is cut at 80 columns, and no word at 60 where a shorter one is true."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from textual.geometry import Region

from inventui.content.loader import load_pack
from inventui.content.source import base_pack
from inventui.engine.bazaar.models import BazaarQuery
from inventui.engine.history.feed_models import FeedItem, FeedLine
from inventui.engine.inventory.models import InventoryQuery, ItemDetail
from inventui.engine.trades.models import TradeSide
from inventui.engine.world import World
from inventui.rooms import ROOMS
from inventui.rules.core.categories import GEAR, Category
from inventui.rules.core.enums import Event
from inventui.rules.core.ranks import RANKS
from inventui.rules.home import rank_opens
from inventui.rules.shop import Price
from inventui.screens.bazaar.lists import ListingList
from inventui.screens.cases.card_wall import lay_out
from inventui.screens.cases.list import CaseList
from inventui.screens.collections.wall import LARGE, SMALL
from inventui.screens.history.row import feed_row
from inventui.screens.inventory.tiles import tiles_for
from inventui.screens.shop.gear_text import Rack, gear_words
from inventui.screens.shop.list import ShopList
from inventui.screens.shop.text import price_words
from inventui.screens.trades.text import side_row
from inventui.screens.workshop.slots_picture import CARD, Bench
from inventui.widgets.canvas.appearance import DEFAULT, trying
from inventui.widgets.canvas.canvas import Canvas
from inventui.widgets.frame.tab_strip import TabStrip
from inventui.widgets.items.card import Face, card_size, card_up, tile_up
from inventui.widgets.items.odds_table import OddsList
from inventui.widgets.items.refusal_badges import BADGES, Badge
from inventui.widgets.lists.columns import cells_of
from inventui.widgets.lists.item_list import ItemList
from inventui.widgets.lists.tiles import TilePens
from inventui.widgets.player.collection import draw_collection
from inventui.widgets.text import cut_words, fitting_words, name_lines, shortened
from tests.builders import a_player, a_world, done, given, opened
from tests.screens.conftest import go, player_of, settle
from tests.screens.pictures import draw, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from inventui.app.app import InventuiApp
    from inventui.room import RoomDescriptor

PACK = load_pack(base_pack())
ITEMS = PACK.items


@pytest.fixture(scope="module")
def night_market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """ana, who may pay for anything, in a world of the base pack."""
    path = tmp_path_factory.mktemp("names") / "world.db"
    with a_world(path, pack=base_pack()) as world:
        ana = a_player(world, oranges=10**6)
        opened(ana, "citrus-crate", 50)
        ana.reveals.revealed(max(opening.operation for opening in ana.reveals.pending()))
        line = ana.inventory.stacks(InventoryQuery())[0]
        ana.bazaar.list(line.id, 2_400)
        yield world


def drawn(shown: ItemList[Any], row: object) -> str:
    """A row as it is drawn where the list stands."""
    return "".join(text for text, _ in cells_of(shown._fitted, row))


async def test_no_name_is_cut_in_the_shop(
    night_market: World, make_app: Callable[..., InventuiApp]
) -> None:
    lines = night_market.player("ana").shop.lines()
    async with make_app(night_market, room="shop").run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        shown = pilot.app.screen_stack[0].query_one(ShopList)
        for line in lines:
            row = drawn(shown, line)
            assert line.name in row
            price = price_words(line.price, tight=True)
            assert price.replace(" ", "") in row.replace(" ", "") or line.owned


async def test_no_badge_of_the_shop_is_cut_to_a_letter_at_eighty_columns(
    night_market: World, make_app: Callable[..., InventuiApp]
) -> None:
    lines = night_market.player("ana").shop.lines()
    async with make_app(night_market, room="shop").run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        shown = pilot.app.screen_stack[0].query_one(ShopList)
        for line in lines:
            badge, *_ = drawn(shown, line).partition(line.name)[2].split()
            assert len(badge) > 1 or not badge.isalpha(), (line.name, badge)


async def test_no_name_is_cut_in_the_black_market(
    night_market: World, make_app: Callable[..., InventuiApp]
) -> None:
    async with make_app(night_market, room="black_market").run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        shown = pilot.app.screen_stack[0].query_one(ShopList)
        line = shown.row
        assert line is not None
        for item in ITEMS:
            if item.category in GEAR:
                price = Price(item.price_oranges or 0, item.price_gems or 0)
                row = drawn(
                    shown,
                    replace(line, slug=item.id, name=item.name, price=price, full_price=price),
                )
                assert item.name in row


async def test_no_name_is_cut_in_the_bazaar(
    night_market: World, make_app: Callable[..., InventuiApp]
) -> None:
    async with make_app(night_market, room="bazaar").run_test(size=(80, 24)) as pilot:
        await go(pilot, "m")
        shown = pilot.app.screen_stack[0].query_one("#listings", ItemList)
        line = shown.row
        assert line is not None
        for item in ITEMS:
            what = replace(line.player_item, name=item.name)
            for price in (40, 15_000, 999_999):
                assert item.name in drawn(shown, replace(line, player_item=what, price=price))


async def test_no_name_is_cut_in_the_workshop_or_the_inventory(
    night_market: World, make_app: Callable[..., InventuiApp]
) -> None:
    for room in ("workshop", "inventory"):
        async with make_app(night_market, room=room).run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            shown = pilot.app.screen_stack[0].query_one("#things", ItemList)
            line = shown.row
            assert line is not None
            for item in ITEMS:
                if room == "inventory" or item.category is Category.COLLECTIBLE:
                    row = replace(line, name=item.name, count=17, value=item.value)
                    if room == "workshop":
                        bench = pilot.app.screen_stack[0].query_one(Bench)
                        bench.show([row], {row.id: "After-Hours Museum"})
                        assert item.name in bench.render().plain
                    assert f"{item.name} ×17" in drawn(shown, row), room


def test_no_name_is_cut_on_the_wall_of_a_collection() -> None:
    for tile in (SMALL, LARGE):
        for item in ITEMS:
            if item.category is Category.COLLECTIBLE:
                assert " ".join(name_lines(item.name, tile.width - 1)) in (
                    item.name, item.name.replace("-", "- "),
                )  # fmt: skip


def whole(name: str, lines: Iterable[str]) -> bool:
    """Whether a name is told whole in so many lines, which may part it at a hyphen."""
    said = " ".join(line.strip() for line in lines if line.strip())
    return said in (name, name.replace("-", "- "))


def test_no_name_is_cut_on_the_cards_of_the_reel_or_the_tiles_of_its_wall() -> None:
    for case in PACK.cases:
        items = [item for item in ITEMS if item.id in {entry.item for entry in case.entries}]
        faces = tuple(
            Face(item.name, item.value, item.rarity, item.sprite, item.emoji) for item in items
        )
        assert faces, case.id
        size = card_size(faces)
        tile = lay_out(100, size, 77, 18)
        assert tile.tiles
        for face in faces:
            names = [line.plain for line in card_up(face, size)[size.picture : -1]]
            assert whole(face.name, names)
            assert face.name in tile_up(face, tile.width)[0].plain


@pytest.mark.parametrize("height", [5, 7, 9, 12])
@pytest.mark.parametrize("layout", ["grid", "gallery", "shelf"])
def test_no_name_is_cut_in_a_layout_of_a_drawer(layout: str, height: int) -> None:
    look = trying(DEFAULT, Category.COLLECTION_LAYOUT, layout)
    for item in ITEMS:
        if item.category is Category.COLLECTIBLE:
            face = Face(item.name, item.value, item.rarity, item.sprite, item.emoji)
            canvas = Canvas(76, height, "#000000")
            draw_collection(canvas, Region(0, 0, 76, height), [face], look)
            lines = [canvas.strip(y).text.replace("▌", "") for y in range(height)]
            assert any(whole(item.name, lines[y : y + 2]) for y in range(height)), lines


@pytest.mark.parametrize("layout", tiles_for(lambda: 0))
def test_no_name_is_cut_in_a_layout_of_the_inventory(night_market: World, layout: str) -> None:
    tile = tiles_for(lambda: 0)[layout]
    if tile is None:
        return
    # The list beside the preview at 80 columns.
    wide = 46 // max(1, 46 // tile.width)
    pens = TilePens("#ffffff", "#000000", lambda _: "#888888")
    line = player_of(night_market).inventory.stacks(InventoryQuery())[0]
    for item in ITEMS:
        row = replace(line, name=item.name, count=17, value=item.value, category=item.category)
        said = " ".join(strip.text for strip in tile.draw(row, wide, pens)).casefold()
        for word in (*item.name.casefold().replace("-", "- ").split(), "×17"):
            assert word in said, (item.name, said)


def test_a_badge_says_what_fits_and_never_half_a_word() -> None:
    left = Badge("37/100 LEFT", "37 LEFT", "$warning")
    assert [left.within(cells) for cells in (9, 7, 6, 2, 1)] == [
        "37 LEFT",
        "37 LEFT",
        "37",
        "37",
        "",
    ]
    basic = Badge("BASIC", "BASIC", "")
    assert [basic.within(cells) for cells in (5, 4, 1, 0)] == ["BASIC", "BAS.", "", ""]
    for badge in BADGES.values():
        assert badge.within(1) == badge.sign


def test_no_line_about_gear_is_cut_whatever_of_the_base_pack_is_worn(night_market: World) -> None:
    ana = player_of(night_market)
    gear = [line for line in ana.shop.lines() if line.category in GEAR]
    worn = done(ana.inventory.detail(given(night_market, ana, "apron-of-record")), ItemDetail)
    for sold, rival in product(gear, gear):
        if sold.category is rival.category and sold.slug != rival.slug:
            piece = replace(worn.line, id=0, name=rival.name, category=rival.category)
            rack = Rack({rival.category: replace(worn, line=piece, figures=rival.figures)}, 2)
            lines = [text.plain for text in gear_words(sold, rack, night_market.clock.now(), 28)]
            assert not [line for line in lines if line.endswith("…")]


def test_a_figure_of_gear_gives_up_its_name_before_itself() -> None:
    pays = Badge("pays 2,700 a day", "pays 2,700", "", "2,700")
    assert [pays.within(cells) for cells in (10, 9, 4)] == ["pays 2,700", "2,700", ""]


@pytest.mark.parametrize("width", range(30, 60))
def test_the_best_of_a_case_is_named_in_full_or_not_at_all(width: int, night_market: World) -> None:
    shown = CaseList()
    for case in night_market.catalogue.cases():
        second = shown.draw_row(case, width, current=False)[1].plain
        assert "…" not in second
        assert case.best_name in second or width < 46
        assert f" {case.best_value:,}" in second


async def test_no_name_is_cut_among_the_odds_of_a_case(
    night_market: World, make_app: Callable[..., InventuiApp]
) -> None:
    async with make_app(night_market, room="cases").run_test(size=(80, 24)) as pilot:
        for case in night_market.catalogue.cases():
            await settle(pilot)
            odds = pilot.app.screen.query_one(OddsList)
            assert odds.table is not None
            width = odds.size.width - 1
            for row, entry in zip(odds.rows, odds.table.entries, strict=True):
                (drawn_row,) = odds.draw_row(row, width, current=False)
                assert entry.name in drawn_row.plain, case.id
                assert drawn_row.cell_length <= width
            await go(pilot, "down")


def test_no_name_is_cut_in_the_line_of_a_side_of_a_trade(night_market: World) -> None:
    stack = player_of(night_market).inventory.stacks(InventoryQuery())[0]
    for item in ITEMS:
        if item.category is Category.COLLECTIBLE:
            side = TradeSide("bo", False, (replace(stack, name=item.name),), 0, item.value)
            assert item.name in side_row(side, 25, bright=True).plain


SHORTENED = re.compile(
    r"[0-9a-f]{4}…[0-9a-f]{4}"  # Digits of a hash, which a key shows in full.
    r"|(Open|Keys |Passphrase |Rename ana )…"  # What asks for more.
)
"""What may end in an ellipsis in a room of who owns nothing yet."""


@pytest.mark.parametrize("entry", [entry for entry in ROOMS if entry.title], ids=lambda e: e.slug)
async def test_no_room_cuts_a_word_in_the_smallest_terminal(
    entry: RoomDescriptor, tmp_path: Path, make_app: Callable[..., InventuiApp]
) -> None:
    with a_world(tmp_path / "world.db", pack=base_pack()) as world:
        a_player(world)
        app = make_app(world, room=entry.slug)
        async with app.run_test(size=(60, 20)) as pilot:
            await settle(pilot)
            strips = list(pilot.app.screen.query(TabStrip))[:1]
            for _ in range(max(1, *(len(strip.tabs) for strip in strips), 1)):
                lines = words(draw(app, shell=True))
                assert not [line for line in lines if "…" in SHORTENED.sub("", line)]
                if strips:
                    strips[0].step(1)
                    await settle(pilot)


def test_what_is_cut_loses_whole_words() -> None:
    assert cut_words("Golden Squeezer of the Seventh Stall", 20) == "Golden Squeezer of…"
    assert cut_words("Achieved First Crack, Regular", 21) == "Achieved First Crack…"
    assert cut_words("Whole", 5) == "Whole"
    assert cut_words("Unbreakable", 6) == "Unbre…"
    assert cut_words("An unbreakable one", 10) == "An unbrea…"
    assert cut_words("界" * 100, 9) == "界界界界…"
    assert fitting_words(9, "key of this world", "this key") == "this key"
    assert fitting_words(6, "key of this world", "this key") == "this…"


def test_a_sentence_under_a_border_ends_at_a_comma() -> None:
    assert shortened("Work a shift, take the bonus, rob", 33) == "Work a shift, take the bonus, rob"
    assert shortened("Work a shift, take the bonus, rob", 29) == "Work a shift, take the bonus"
    assert shortened("Work a shift, take the bonus, rob", 12) == "Work a shift"


def test_the_hint_under_the_menu_of_home_and_the_next_rank_are_whole_at_sixty_columns() -> None:
    for entry in ROOMS:
        for told in (entry, *entry.places) if entry.slug != "home" else ():
            assert "…" not in shortened(told.help, 29), told.slug
    for level in range(len(RANKS)):
        assert "…" not in shortened(rank_opens(RANKS[level][1]), 24)


@pytest.mark.parametrize("width", [56, 76, 90, 136])
def test_a_row_of_history_names_player_items_whole_and_counts_the_others(width: int) -> None:
    for item, count in product(ITEMS, (1, 2, 40)):
        if item.category is Category.COLLECTIBLE:
            items = tuple(
                FeedItem(number, f"{item.name}{' Two' * (number % 2)}", item.rarity, Event.ACQUIRE)
                for number in range(count)
            )
            line = FeedLine(
                1, 0, "open", "You opened cases", True, "", -10_000, 10, 0, items, False, ""
            )  # fmt: skip
            row = feed_row(line, 0, width, current=False).plain
            assert "−🍊 10,000  +💎 10" in row
            if count == 1:
                assert item.name in row or width == 56, row
            assert row.count("…") <= 1, row
            before, ellipsis, _ = row.partition("…")
            last = before.rsplit("  ", 1)[-1].strip("+ ·▪◆✦★")
            assert not ellipsis or re.match(rf"{re.escape(last)}\b", f"{item.name} Two"), row


def test_a_neighbour_who_does_not_fit_is_called_by_the_first_name(night_market: World) -> None:
    shown = ListingList(lambda: 0, id="listings")
    line = night_market.player("ana").bazaar.page(BazaarQuery()).lines[0]
    seller = shown.columns_for(68)[5]
    assert seller.narrow is not None
    for name in (neighbour.name for neighbour in PACK.neighbours):
        theirs = replace(line, seller=name, neighbour=True, mine=False)
        said = seller.narrow(theirs, seller.width)[0]
        assert said.startswith(f"🏠 {name.split()[0]}")
        assert "…" not in said


async def test_the_last_cell_of_a_list_is_free_with_and_without_a_bar(
    night_market: World, make_app: Callable[..., InventuiApp]
) -> None:
    for room in ("inventory", "bazaar", "shop", "workshop"):
        async with make_app(night_market, room=room).run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            shown: ItemList[Any] = pilot.app.screen.query(ItemList).first()
            bar = shown.scrollable_content_region.width < shown.size.width
            ends = {shown.render_line(y).text[-1] for y in range(shown.count)}
            assert bar or ends == {" "}, room


@pytest.mark.parametrize("size", [(120, 40), (140, 45), (200, 60)])
async def test_no_name_is_cut_under_the_pictures_of_the_bench(
    size: tuple[int, int], night_market: World, make_app: Callable[..., InventuiApp]
) -> None:
    async with make_app(night_market, room="workshop").run_test(size=size) as pilot:
        await settle(pilot)
        line = pilot.app.screen.query_one("#things", ItemList).row
        bench = pilot.app.screen.query_one(Bench)
        assert line is not None
        assert bench.pitch
        for item in ITEMS:
            if item.category is Category.COLLECTIBLE:
                bench.show([replace(line, name=item.name)], {line.id: ""})
                left = (bench.size.width - 4 * bench.pitch - CARD.width) // 2
                lines = bench.render().plain.split("\n")
                assert whole(item.name, [text[left : left + CARD.width] for text in lines[-4:-2]])


def test_a_title_is_told_whole_without_its_marks_or_in_two_lines() -> None:
    titles = [item.name for item in ITEMS if item.category is Category.TITLE]
    assert titles
    for title, cells in product(titles, range(14, 30)):
        look = trying(DEFAULT, Category.TITLE, title)
        lines = ["".join(run.text for run in runs) for runs in look.title_lines(cells, 2)]
        assert whole(title, [line.strip("« »") for line in lines]), (cells, lines)
