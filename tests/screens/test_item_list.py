"""The long list: what it loads, how it draws, where cursor and marks stay."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from inventui.engine.inventory.models import ItemLine
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY, HOUR, MINUTE, SECOND
from inventui.rules.core.enums import Rarity, Status
from inventui.widgets.canvas.canvas import clusters
from inventui.widgets.lists.columns import Column, age, cells_of, cut, fitting, number, rest
from inventui.widgets.lists.item_columns import badges, item_columns
from inventui.widgets.lists.item_list import ItemList
from inventui.widgets.lists.page_cache import KEPT, PAGE, PageCache, Stretch
from inventui.widgets.theme import theme_variable_defaults
from tests.screens.conftest import START, go, settle

MILLION = 1_000_000

NAMES = ("Lemon", "界" * 40, "🍊" * 40, "a\nb\tc\x1b[31m", "[@click=x]y[/]", "")


def line(number: int, **changes: Any) -> ItemLine:
    """A thing with this id, and everything else following from it."""
    made = ItemLine(
        id=number,
        name=f"Thing {number}",
        category=Category.COLLECTIBLE,
        rarity=list(Rarity)[number % 5],
        value=number * 10,
        status=Status.OWNED,
        locked=False,
        acquired_at=START - number * MINUTE,
        sprite="",
        emoji="",
    )
    return replace(made, **changes)


@dataclass
class Numbers:
    """Things with the ids from `first` on, without those that are gone."""

    size: int
    gone: set[int] = field(default_factory=set)
    pretended: int | None = None
    windows: list[tuple[int, int]] = field(default_factory=list)
    anchors: list[tuple[int, int] | None] = field(default_factory=list)
    wait_for: threading.Event | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    names: Sequence[str] = ()

    def _line(self, number: int) -> ItemLine:
        names = {"name": self.names[number - 1]} if self.names else {}
        return line(number, **self.changes, **names)

    def count(self) -> int:
        return self.size - len(self.gone) if self.pretended is None else self.pretended

    def window(
        self, start: int, limit: int, anchor: tuple[int, int] | None
    ) -> Sequence[ItemLine] | Stretch[ItemLine]:
        self.windows.append((start, limit))
        self.anchors.append(anchor)
        if self.wait_for is not None:
            assert self.wait_for.wait(30)
        if not self.gone:
            return [self._line(i + 1) for i in range(start, min(start + limit, self.size))]
        ids = [i + 1 for i in range(self.size) if i + 1 not in self.gone]
        return [self._line(i) for i in ids[start : start + limit]]


@dataclass
class Far(Numbers):
    """Too many to count: a jump shows what stands `wrong` places farther on."""

    wrong: int = 0

    def window(self, start: int, limit: int, anchor: tuple[int, int] | None) -> Stretch[ItemLine]:
        ids = [number for number in range(1, self.size + 1) if number not in self.gone]
        self.windows.append((start, limit))
        limit = min(limit, len(ids) - start)
        if anchor is not None and abs(start - anchor[0]) <= 3 * PAGE:
            shift = bisect_left(ids, anchor[1]) - anchor[0]
            first = start + shift
            at_end = min(start, first, len(ids) - limit - max(start, first)) < PAGE
            rows = ids[max(0, first) : max(0, first + limit)]
            return Stretch(self._lines(rows), shift * at_end, linked=True, about=not at_end)
        if min(start, len(ids) - start - limit) < PAGE:
            return Stretch(self._lines(ids[start : start + limit]))
        first = start + self.wrong
        rows = self._lines(ids[first : first + limit])
        # One that comes short ends where the list does.
        short = len(rows) < limit
        return Stretch(rows, (len(ids) - len(rows) - start) * short, about=not short)

    def _lines(self, ids: Sequence[int]) -> list[ItemLine]:
        return [self._line(number) for number in ids]


class ListApp(App[None]):
    """A list and nothing else."""

    def __init__(self, source: Numbers | None = None, *, empty: str = "", **options: Any) -> None:
        super().__init__()
        self.source, self.empty = source, empty
        self.options = options
        self.pointed: list[object] = []
        self.chosen: list[object] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme_variable_defaults(True)

    def compose(self) -> ComposeResult:
        yield ItemList(item_columns(lambda: START), lambda row: row.id, **self.options)

    def on_mount(self) -> None:
        self.player_items.focus()
        self.player_items.say_empty(self.empty)
        if self.source is not None:
            self.player_items.show(self.source)

    @property
    def player_items(self) -> ItemList[ItemLine]:
        found: ItemList[ItemLine] = self.query_one(ItemList)
        return found

    def on_long_list_pointed(self, event: ItemList.Pointed) -> None:
        self.pointed.append(event.row)

    def on_long_list_chosen(self, event: ItemList.Chosen) -> None:
        self.chosen.append(event.row)


def drawn(app: ListApp) -> list[str]:
    """The lines of the list as text."""
    player_items = app.player_items
    return [player_items.render_line(y).text for y in range(player_items.size.height)]


def shown(app: ListApp) -> list[str]:
    """The names that are drawn."""
    return [text[7:].split("  ")[0].strip() for text in drawn(app) if text.strip()]


async def jump(app: ListApp, pilot: Pilot[None], place: int) -> None:
    """As by the bar."""
    app.player_items.scroll_to(y=place, animate=False, force=True)
    await settle(pilot)


def numbers_shown(app: ListApp) -> list[int]:
    """The numbers of what is drawn."""
    return [int(name.split()[1]) for name in shown(app)]


async def keys(pilot: Pilot[None], *pressed: str) -> None:
    for key in pressed:
        await pilot.press(key)
        await settle(pilot)


class TestLoading:
    async def test_a_million_things_load_no_more_windows_than_a_thousand(self) -> None:
        asked = {}
        for size in (1_000, MILLION):
            source = Numbers(size)
            app = ListApp(source)
            async with app.run_test(size=(80, 20)) as pilot:
                await settle(pilot)
                await keys(
                    pilot, *["down"] * 30, *["pagedown"] * 3, "end", *["up"] * 25, "pageup", "home"
                )
                assert app.player_items.row == line(1)
            asked[size] = len(source.windows)
        assert asked[MILLION] == asked[1_000]

    async def test_only_what_is_seen_and_a_page_either_side_is_loaded(self) -> None:
        source = Numbers(MILLION)
        app = ListApp(source)
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            assert source.windows == [(0, PAGE), (PAGE, PAGE)]
            await keys(pilot, *["down"] * 40)
            assert source.windows == [(0, PAGE), (PAGE, PAGE)]
            await keys(pilot, "end")
            last = MILLION - PAGE
            assert source.windows[2:] == [(last, PAGE), (last - PAGE, PAGE)]
            assert app.player_items.row == line(MILLION)

    async def test_scrolling_through_everything_keeps_a_bounded_number_of_pages(
        self, trust: bool
    ) -> None:
        source = Numbers(10_000)
        app = ListApp(source)
        async with app.run_test(size=(80, 60)) as pilot:
            await settle(pilot)
            for _ in range(80 if trust else 2 * KEPT):
                await go(pilot, "pagedown")
            assert len({start for start, _ in source.windows}) > KEPT
            assert len(app.player_items.pages) <= KEPT

    async def test_windows_that_are_scrolled_past_while_one_loads_are_never_asked_for(self) -> None:
        source = Numbers(MILLION)
        app = ListApp(source)
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            before = len(source.windows)
            source.wait_for = threading.Event()
            for _ in range(100):
                await pilot.press("pagedown")
            cursor = app.player_items.cursor
            assert cursor > 10 * PAGE
            assert app.player_items.row is None
            assert "┄" in drawn(app)[-1]
            source.wait_for.set()
            await settle(pilot)
            assert app.player_items.row == line(cursor + 1)
            # The one that was being read, what is seen, a page either side.
            assert len(source.windows) - before <= 5

    async def test_each_anchor_names_a_row_at_its_true_place(self) -> None:
        source = Numbers(5_000)
        app = ListApp(source)
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            await keys(pilot, "end", *["pageup"] * 12, "home", *["pagedown"] * 30)
            anchors = [anchor for anchor in source.anchors if anchor is not None]
            assert len(anchors) > 5
            assert all(identity == index + 1 for index, identity in anchors)

    async def test_a_list_that_has_become_shorter_ends_where_its_last_row_is(self) -> None:
        source = Numbers(250, pretended=400)
        app = ListApp(source)
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            await keys(pilot, "end", *["pageup"] * 8, "end")
            assert app.player_items.count == 250
            assert app.player_items.row == line(250)

    async def test_nothing_is_said_to_be_empty_before_that_is_known(self) -> None:
        app = ListApp(None, empty="nothing at all")
        async with app.run_test(size=(80, 20)) as pilot:
            assert not any(text.strip() for text in drawn(app))
            app.player_items.show(Numbers(0))
            await settle(pilot)
            assert any("nothing at all" in text for text in drawn(app))

    async def test_of_several_lists_wanted_while_one_loads_only_the_last_is_read(self) -> None:
        gate = threading.Event()
        first, between, last = Numbers(10, wait_for=gate), Numbers(20), Numbers(30)
        app = ListApp(first)
        async with app.run_test(size=(80, 20)) as pilot:
            await pilot.pause()
            app.player_items.show(between)
            app.player_items.show(last)
            gate.set()
            await settle(pilot)
            assert app.player_items.count == 30
            assert not between.windows


class TestPlace:
    async def test_the_cursor_follows_its_thing_when_others_go(self) -> None:
        app = ListApp(Numbers(300))
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            await keys(pilot, *["down"] * 40)
            offset = app.player_items.cursor - app.player_items.scroll_offset.y
            app.player_items.show(Numbers(300, gone={3, 5, 7, 299}), keep=True)
            await settle(pilot)
            assert app.player_items.row == line(41)
            assert app.player_items.cursor == 37
            assert app.player_items.cursor - app.player_items.scroll_offset.y == offset

    async def test_the_next_thing_takes_the_place_of_one_that_is_gone(self) -> None:
        app = ListApp(Numbers(300))
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            await keys(pilot, *["down"] * 4)
            app.player_items.show(Numbers(300, gone={5}), keep=True)
            await settle(pilot)
            assert (app.player_items.cursor, app.player_items.row) == (4, line(6))

    async def test_the_cursor_stays_on_the_list_when_its_end_goes(self) -> None:
        app = ListApp(Numbers(40))
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            await keys(pilot, "end")
            app.player_items.show(Numbers(3), keep=True)
            await settle(pilot)
            assert (app.player_items.cursor, app.player_items.row) == (2, line(3))
            assert shown(app) == ["Thing 1", "Thing 2", "Thing 3"]

    async def test_another_list_is_seen_from_its_top(self) -> None:
        app = ListApp(Numbers(300))
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            await keys(pilot, "end")
            app.player_items.show(Numbers(200))
            await settle(pilot)
            assert (app.player_items.cursor, app.player_items.scroll_offset.y) == (0, 0)

    async def test_another_list_that_is_refreshed_before_it_is_read_is_seen_from_its_top(
        self,
    ) -> None:
        app = ListApp(Numbers(300))
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            await keys(pilot, "end")
            app.player_items.show(Numbers(200))
            app.player_items.show(Numbers(200), keep=True)
            await settle(pilot)
            assert (app.player_items.cursor, app.player_items.scroll_offset.y) == (0, 0)

    async def test_a_view_that_the_wheel_moved_stays_where_it_is(self) -> None:
        app = ListApp(Numbers(300))
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            app.player_items.scroll_to(y=100, animate=False, force=True)
            await settle(pilot)
            app.player_items.show(Numbers(300), keep=True)
            await settle(pilot)
            assert (app.player_items.cursor, app.player_items.scroll_offset.y) == (0, 100)
            assert shown(app)[0] == "Thing 101"

    async def test_keys_move_the_cursor_and_keep_it_in_sight(self) -> None:
        app = ListApp(Numbers(300))
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            for pressed, place in (
                ("down", 1), ("j", 2), ("up", 1), ("k", 0), ("up", 0), ("pagedown", 19),
                ("pageup", 0), ("end", 299), ("down", 299), ("home", 0), ("G", 299), ("home", 0),
            ):  # fmt: skip
                before = len(app.pointed)
                await keys(pilot, pressed)
                assert app.player_items.cursor == place
                assert f"Thing {place + 1}" in shown(app)
                if len(app.pointed) > before:
                    assert app.pointed[-1] == line(place + 1)
            assert app.pointed[-1] == line(1)

    async def test_enter_chooses_the_thing_under_the_cursor(self) -> None:
        app = ListApp(Numbers(5))
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            await keys(pilot, "down", "enter")
            assert app.chosen == [line(2)]

    async def test_no_key_hurts_an_empty_list(self) -> None:
        app = ListApp(Numbers(0), empty="none")
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            await keys(pilot, "down", "up", "end", "home", "pagedown", "space", "enter", "J")
            assert (app.player_items.cursor, app.player_items.row, app.chosen) == (0, None, [])


def test_rows_from_before_a_jump_that_meets_the_end_are_dropped() -> None:
    pages = PageCache[int](2_000)
    pages.put(0, range(PAGE))
    assert pages.take(10, Stretch(range(1_950, 2_000), 950)) == (True, 950)
    assert not len(pages)


@pytest.mark.parametrize("wrong", [-230, -7, 0, 7, 230])
class TestFar:
    async def test_whoever_scrolls_on_from_a_jump_sees_everything_once(self, wrong: int) -> None:
        source = Far(2_000, wrong=wrong)
        app = ListApp(source)
        for pressed, last in (("pagedown", 2_000), ("pageup", 1)):
            async with app.run_test(size=(80, 30)) as pilot:
                await settle(pilot)
                await jump(app, pilot, 1_000)
                numbers = numbers_shown(app)
                assert numbers[0] == 1_001 + wrong
                seen = set(numbers)
                while app.player_items.row != line(last):
                    before = numbers
                    await keys(pilot, pressed)
                    numbers = numbers_shown(app)
                    assert numbers == list(range(numbers[0], numbers[-1] + 1))
                    assert set(before) & set(numbers)
                    seen |= set(numbers)
                assert seen == set(range(min(seen), max(seen) + 1))
                assert app.player_items.cursor == last - 1
                assert app.player_items.count == 2_000
            app = ListApp(source)

    async def test_the_cursor_comes_along(self, wrong: int) -> None:
        app = ListApp(Far(2_000, wrong=wrong))
        async with app.run_test(size=(80, 30)) as pilot:
            await settle(pilot)
            await jump(app, pilot, 1_000)
            assert app.player_items.row == app.pointed[-1] == line(1_001 + wrong)
            await keys(pilot, "down")
            assert app.player_items.row == line(1_002 + wrong)
            await keys(pilot, "home")
            assert app.player_items.row == line(1)
            await keys(pilot, "down")
            assert app.player_items.row == line(2)

    @pytest.mark.parametrize("place", [2, 1_000, 1_996])
    async def test_what_is_seen_stays_when_something_goes(self, wrong: int, place: int) -> None:
        source = Far(2_000, wrong=wrong)
        app = ListApp(source)
        async with app.run_test(size=(80, 30)) as pilot:
            await settle(pilot)
            await jump(app, pilot, place)
            await keys(pilot, *["down"] * 3)
            row, numbers = app.player_items.row, numbers_shown(app)
            assert row is not None
            source.gone |= {row.id - 2, row.id + 2}
            app.player_items.show(source, keep=True)
            await settle(pilot)
            assert app.player_items.row == row
            seen = numbers_shown(app)
            assert not {row.id - 2, row.id + 2} & set(seen)
            assert len(seen) >= len(numbers) - 1
            assert seen == sorted(seen)


class TestMarks:
    async def test_marks_belong_to_things_not_to_lines(self) -> None:
        app = ListApp(Numbers(300))
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            await keys(pilot, "down", "space", "down", "down", "space")
            assert set(app.player_items.marks) == {2, 4}
            app.player_items.show(Numbers(300, gone={1, 3}), keep=True)
            await settle(pilot)
            assert set(app.player_items.marks) == {2, 4}
            assert [text[0] for text in drawn(app)[:3]] == ["◉", "◉", " "]

    async def test_space_again_takes_the_mark_away(self) -> None:
        app = ListApp(Numbers(3))
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            await keys(pilot, "space", "space")
            assert not app.player_items.marks

    async def test_shift_and_an_arrow_mark_one_after_another(self) -> None:
        app = ListApp(Numbers(300))
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            await keys(pilot, "shift+down", "shift+down", "J", "down", "shift+up")
            assert set(app.player_items.marks) == {1, 2, 3, 5}

    async def test_a_list_without_marks_takes_none(self) -> None:
        app = ListApp(Numbers(3), markable=False)
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            await keys(pilot, "space")
            assert not app.player_items.marks


class TestMouse:
    async def test_a_click_moves_the_cursor_and_two_choose(self) -> None:
        app = ListApp(Numbers(300))
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            await pilot.click(ItemList, offset=(20, 5))
            assert app.player_items.cursor == 5
            await pilot.click(ItemList, offset=(20, 7), times=2)
            await settle(pilot)
            assert app.chosen == [line(8)]

    async def test_a_click_on_the_edge_marks(self) -> None:
        app = ListApp(Numbers(300))
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            await pilot.click(ItemList, offset=(0, 5))
            assert set(app.player_items.marks) == {6}

    async def test_a_click_below_the_last_row_does_nothing(self) -> None:
        app = ListApp(Numbers(3))
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            await pilot.click(ItemList, offset=(0, 9))
            assert (app.player_items.cursor, app.player_items.marks) == (0, {})

    async def test_the_mouse_points_until_it_leaves_or_a_key_moves_the_cursor(self) -> None:
        app = ListApp(Numbers(3))
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            await pilot.hover(ItemList, offset=(20, 2))
            assert (app.player_items.pointed, app.player_items.row) == (line(3), line(1))
            assert app.pointed[-1] == line(3)
            await keys(pilot, "down")
            assert app.player_items.pointed == line(2)
            await pilot.hover(ItemList, offset=(20, 0))
            assert app.player_items.pointed == line(1)
            await pilot.hover(ItemList, offset=(20, 15))
            assert app.player_items.pointed == line(2)


class TestDrawing:
    async def test_every_line_is_as_wide_as_the_list(self) -> None:
        app = ListApp(Numbers(len(NAMES), names=NAMES, changes={"value": 10**15}))
        async with app.run_test(size=(80, 20)) as pilot:
            for width in (20, 30, 46, 60, 80, 140):
                await pilot.resize_terminal(width, 20)
                await settle(pilot)
                lines = drawn(app)
                assert {cell_len(text) for text in lines} == {width}
                assert all(text.isprintable() for text in lines)

    async def test_a_name_is_drawn_as_it_is_written(self) -> None:
        app = ListApp(Numbers(1, changes={"name": "[@click=app.quit]x[/nope] $primary"}))
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            assert "[@click=app.quit]x[/nope] $primary" in drawn(app)[0]

    async def test_columns_go_in_order_where_it_is_narrow(self) -> None:
        seen = []
        app = ListApp(Numbers(1, changes={"value": 1_234_567, "locked": True}))
        async with app.run_test(size=(80, 20)) as pilot:
            for width in (60, 40, 36, 30, 22):
                await pilot.resize_terminal(width, 20)
                await settle(pilot)
                text = drawn(app)[0]
                seen.append(("Thing 1" in text, "1,234,567" in text, "🔒" in text, " min" in text))
        assert seen == [
            (True, True, True, True),
            (True, True, True, True),
            (True, True, True, False),
            (True, True, False, False),
            (True, False, False, False),
        ]

    async def test_rarity_shows_without_colour(self) -> None:
        app = ListApp(Numbers(5))
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            marks = [text[3:6] for text in drawn(app)[:5]]
            assert marks == ["▪ U", "◆ R", "✦ E", "★ L", "· C"]

    async def test_the_cursor_shows_without_colour(self) -> None:
        app = ListApp(Numbers(5))
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            await keys(pilot, "down")
            assert [text[1] for text in drawn(app)[:3]] == [" ", "▸", " "]

    async def test_what_is_drawn_is_kept_until_it_changes(self) -> None:
        app = ListApp(Numbers(50))
        async with app.run_test(size=(80, 20)) as pilot:
            await settle(pilot)
            player_items = app.player_items
            before = [player_items.render_line(y) for y in range(20)]
            await keys(pilot, "down")
            after = [player_items.render_line(y) for y in range(20)]
            assert [a is b for a, b in zip(before, after, strict=True)] == [False] * 2 + [True] * 18


def test_the_pages_hold_their_rows_and_say_what_is_missing() -> None:
    pages: PageCache[int] = PageCache(1_000)
    assert pages.missing(350, 20, 350) == [3, 4, 2]
    assert pages.missing(395, 20, 5) == [3, 4, 0, 5, 2]
    assert pages.missing(350, 20, 350, around=False) == [3]
    pages.put(3, range(300, 400))
    assert pages.missing(350, 20, 350) == [4, 2]
    assert (pages.row(300), pages.row(399), pages.row(400), pages.row(-1)) == (300, 399, None, None)
    assert pages.nearest(0) == (300, 300)
    assert pages.nearest(999) == (399, 399)
    assert pages.find(333, 0, lambda row: row) == 333
    assert pages.find(3, 0, lambda row: row) is None


def test_an_empty_list_misses_nothing() -> None:
    pages: PageCache[int] = PageCache(0)
    assert pages.missing(0, 20, 0) == []
    assert pages.nearest(0) is None


COLUMNS: Sequence[Column[str]] = (
    Column(lambda row: (row[:3], ""), 3),
    Column(lambda row: (row, "bold"), 8, stretch=True),
    Column(lambda row: (row[::-1], ""), 10, right=True, rank=1),
    Column(lambda row: (row, ""), 6, rank=2),
)


@given(st.text(), st.integers(12, 200))
def test_a_row_is_exactly_as_wide_as_it_should_be(text: str, width: int) -> None:
    parts = cells_of(fitting(COLUMNS, width), text)
    assert cell_len("".join(part for part, _ in parts)) == width


@given(st.text(), st.integers(0, 40))
def test_a_cut_text_fits_and_is_whole_where_there_is_room(text: str, cells: int) -> None:
    short = cut(text, cells)
    assert cell_len(short) <= cells
    if text.isprintable() and cell_len(text) <= cells:
        assert short == text


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (-HOUR, "now"),
        (59 * SECOND, "now"),
        (MINUTE, "1 min"),
        (59 * MINUTE, "59 min"),
        (HOUR, "1 h"),
        (23 * HOUR, "23 h"),
        (DAY, "1 d"),
        (29 * DAY, "29 d"),
        (30 * DAY, "4 w"),
        (364 * DAY, "52 w"),
        (365 * DAY, "1 y"),
        (99 * 365 * DAY, "99 y"),
    ],
)
def test_an_age_is_said_shortly(passed: int, words: str) -> None:
    assert age(START, START + passed) == words
    assert cell_len(words) <= 6


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (-1, "0 min"),
        (59 * SECOND, "0 min"),
        (59 * MINUTE, "59 min"),
        (HOUR, "1 h"),
        (2 * DAY, "48 h"),
    ],
)
def test_the_time_left_in_escrow_is_said_shortly(left: int, words: str) -> None:
    assert rest(START + left, START) == words
    assert cell_len(words) <= 6


def test_of_what_waits_the_time_left_is_told_and_of_the_rest_its_age() -> None:
    time = item_columns(lambda: START)[3]
    assert time.draw(line(2))[0] == "2 min"
    waiting = line(2, status=Status.ESCROWED, held_until=START + 3 * HOUR)
    assert time.draw(waiting) == ("3 h", "$text-warning")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (12_450, "12,450"),
        (99_999_999, "99,999,999"),
        (123_456_789, "123.5 m"),
        (3_200_000_000, "3.2 bn"),
        (2**53 - 1, "9,007.2 tn"),
    ],
)
def test_a_number_keeps_its_size_in_ten_cells(value: int, words: str) -> None:
    assert number(value) == words
    assert cell_len(words) <= 10


def test_badges_fit_their_column() -> None:
    badge = item_columns(lambda: 0)[-1]
    for status in Status:
        assert cell_len(badges(line(1, status=status, locked=True))) <= badge.width


def test_only_what_is_special_has_a_badge() -> None:
    said: Callable[..., str] = lambda **changes: badges(line(1, **changes))  # noqa: E731
    assert said() == ""
    assert said(locked=True) == "🔒"
    assert said(status=Status.EQUIPPED) == "⚑"
    assert said(status=Status.LISTED, locked=True) == "🔒↗"


@pytest.mark.parametrize("name", ["می\u200cخواهم", "क्\u200dष", "👩\u200d🚀 ana", "❤\ufe0f"])
def test_joiners_that_shape_a_name_are_drawn_with_it(name: str) -> None:
    assert cut(name, 20) == name
    assert "".join(shown for shown, _ in clusters(name)) == name
    assert cut(f"{name}\u200d", 20) == f"{name}�"
