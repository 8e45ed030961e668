"""Lists whose rows are all known: the cursor, more of them, and what a key draws."""

from collections.abc import Sequence

import pytest
from textual.app import App, ComposeResult
from textual.content import Content

from inventui.widgets.lists.menu import Menu, MenuItem
from inventui.widgets.lists.paged_rows import PagedRows, renewed


class Numbers(PagedRows[int]):
    """Numbers, a row each; counts what it draws."""

    def __init__(self) -> None:
        super().__init__(lambda number: number)
        self.drawn: list[int] = []

    def draw_row(self, row: int, width: int, *, current: bool) -> Sequence[Content]:
        """The number."""
        self.drawn.append(row)
        return (Content(str(row)),)


class Lists(App[None]):
    """A list of numbers and a menu."""

    def __init__(self) -> None:
        super().__init__()
        self.wants = 0
        self.moved: list[str] = []

    def compose(self) -> ComposeResult:
        """Both."""
        yield Numbers()
        yield Menu(MenuItem("a", "A"), MenuItem("b", "B"), MenuItem("c", "C"))

    def on_paged_rows_wants(self) -> None:
        """More is wanted."""
        self.wants += 1

    def on_menu_moved(self, event: Menu.Moved) -> None:
        """Another item."""
        self.moved.append(event.row.id)

    @property
    def numbers(self) -> Numbers:
        """The list."""
        return self.query_one(Numbers)


async def test_the_cursor_stays_with_its_row_or_in_its_place() -> None:
    app = Lists()
    async with app.run_test():
        app.numbers.offer([5, 4, 3, 2, 1])
        app.numbers.move_to(2)
        app.numbers.offer([7, 6, 5, 4, 3, 2, 1])
        assert (app.numbers.cursor, app.numbers.row) == (4, 3)
        app.numbers.offer([7, 6, 5, 4, 2, 1])
        assert (app.numbers.cursor, app.numbers.row) == (4, 2), "its row is gone"
        app.numbers.offer([7, 6])
        assert (app.numbers.cursor, app.numbers.row) == (1, 6), "its place too"
        app.numbers.offer([])
        assert (app.numbers.cursor, app.numbers.row) == (0, None)
        app.numbers.offer([9, 8], at=1)
        assert app.numbers.row == 8


async def test_a_list_scrolled_away_from_its_cursor_stays_there_when_rows_are_added() -> None:
    app = Lists()
    async with app.run_test() as pilot:
        app.numbers.offer(range(200, 0, -1))
        await pilot.pause()
        app.numbers.scroll_to(y=100, animate=False, force=True)
        app.numbers.extend([0])
        await pilot.pause()
        assert app.numbers.scroll_offset.y == 100
        app.numbers.action_move(1)
        assert app.numbers.scroll_offset.y < 100, "a key leads back to the cursor"


async def test_a_key_draws_no_more_than_two_rows_however_many_there_are() -> None:
    app = Lists()
    async with app.run_test() as pilot:
        app.numbers.offer(range(5_000))
        app.numbers.focus()
        await pilot.pause()
        app.numbers.drawn.clear()
        await pilot.press("down")
        await pilot.pause()
        assert sorted(app.numbers.drawn) == [0, 1]


async def test_more_is_asked_for_once_for_each_page_by_keys_and_by_scrolling() -> None:
    app = Lists()
    async with app.run_test() as pilot:
        app.numbers.offer(range(100))
        await pilot.pause()
        assert app.wants == 0
        app.numbers.scroll_to(y=90, animate=False, force=True)
        app.numbers.scroll_to(y=92, animate=False, force=True)
        await pilot.pause()
        assert app.wants == 1
        app.numbers.extend(range(100, 200))
        app.numbers.move_to(190)
        app.numbers.move_to(191)
        await pilot.pause()
        assert app.wants == 2


@pytest.mark.parametrize("width", [1, 2, 3])
async def test_a_list_that_has_room_for_no_cell_is_drawn_empty(width: int) -> None:
    app = Lists()
    async with app.run_test(size=(80, 24)) as pilot:
        app.numbers.styles.width, app.numbers.styles.padding = width, (0, 1)
        app.numbers.offer((1, 2, 3))
        await pilot.pause()
        assert app.numbers.scrollable_content_region.width <= 1
        app.numbers.redraw()
        await pilot.pause()
        assert app.return_code in (None, 0)


async def test_a_menu_tells_what_its_cursor_is_on_at_first_and_when_its_item_is_gone() -> None:
    app = Lists()
    async with app.run_test() as pilot:
        menu = app.query_one(Menu)
        menu.focus()
        await pilot.press("down", "down")
        menu.offer([MenuItem("b", "B"), MenuItem("c", "C, again")])
        menu.offer([MenuItem("b", "B")])
        await pilot.pause()
        assert app.moved == ["a", "b", "c", "b"]


@pytest.mark.parametrize(
    ("known", "newest", "expected"),
    [
        ([], [3, 2], None),
        ([3, 2], [], None),
        ([3, 2, 1], [9, 8], None),
        ([3, 2, 1], [4, 3], (4, 3, 2, 1)),
        ([3, 2, 1], [5, 4, 3, 2, 1, 0], (5, 4, 3, 2, 1, 0)),
    ],
)
def test_a_newest_page_takes_the_place_of_what_is_known_of_it(
    known: list[int], newest: list[int], expected: tuple[int, ...] | None
) -> None:
    assert renewed(known, newest, lambda number: number) == expected
