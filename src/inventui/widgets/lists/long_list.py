"""A list of any length under a cursor, of which only the pages in sight are loaded.

A world may hold a million player items, so neither the rows nor a widget a row can be kept. A
`Source` tells how many rows there are and reads a stretch of them in a thread; `PageCache`
keeps pages of 100 rows, 24 at most, and the list draws lines from them (Textual's line API:
10,000 rows stand in 0.07 s, in an OptionList in 0.40 s, as ListView widgets in 30 s). What is
not loaded yet is drawn as a blank row, and a key never waits for the database.

One worker loads. It always reads what is missing for what is seen by then, so stretches that
were scrolled past are never asked for. A read is given the nearest known row as an anchor, for
a stretch found by key takes 0.06 ms in a million rows and by OFFSET up to 1.3 s. Far from any
known row a source may give what stands *about* there: all else is dropped then, the cursor
comes along, and what is scrolled to from there follows by key. Near an end the source tells by
how much the indexes were wrong, and the bar moves, not the rows.

What must hold: only the worker changes `pages`, between two awaits; the cursor is an index and
follows its row's id when the list is read again; `count` is what the source said last, and a
page that comes short corrects it; what is seen stays until the new rows are there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Generic

from textual import work
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView

from inventui.widgets.errors import plain_sentence
from inventui.widgets.line_cache import KeptLines
from inventui.widgets.lists.page_cache import Anchor, PageCache, Row, SeenRows, Source, read_view
from inventui.widgets.lists.row_list import LIST_KEYS
from inventui.widgets.lists.scroll_bar import UprightBar

if TYPE_CHECKING:
    from textual import events


class LongList(KeptLines, ScrollView, Generic[Row], can_focus=True, inherit_bindings=False):
    """The loading and the cursor of a list; what derives from it draws the rows.

    Args:
        identify: a row's id; the cursor follows it through changes.
    """

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        *LIST_KEYS,
        Binding("left", "step(-1)", "Left", show=False),
        Binding("right", "step(1)", "Right", show=False),
        Binding("enter", "choose", "Look", show=False),
    ]

    DEFAULT_CSS = """
    LongList {
        height: 1fr; background: $surface; color: $foreground;
        overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1;
    }
    """

    class Pointed(Message):
        """Cursor or mouse points at another row, or at the same one as it is now."""

        def __init__(self, row: object | None) -> None:
            self.row = row
            super().__init__()

    class Chosen(Message):
        """Enter or a double click on a row."""

        def __init__(self, row: object) -> None:
            self.row = row
            super().__init__()

    class Loaded(Message):
        """Another list is shown, or the same one as it is now."""

        def __init__(self, count: int) -> None:
            self.count = count
            super().__init__()

    def __init__(
        self, identify: Callable[[Row], int], *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.identify = identify
        self.on_point: Callable[[], None] | None = None
        """Called as soon as another row is pointed at, so that what is drawn for it comes
        in the same frame; the message `Pointed` comes a frame later."""
        self.across = 1
        """Rows that stand side by side."""
        self.lines = 1
        """Lines of the screen that a row takes."""
        self.cursor = 0
        self.pages: PageCache[Row] = PageCache()
        self._source: Source[Row] | None = None
        self._wanted: tuple[Source[Row], bool, int] | None = None
        self._loading = False

    def on_mount(self) -> None:
        """The bar is drawn as lines too."""
        self.vertical_scrollbar.renderer = UprightBar  # type: ignore[misc]

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self.pages.count

    @property
    def ready(self) -> bool:
        """Whether it is known what is in the list."""
        return self._source is not None

    @property
    def row(self) -> Row | None:
        """The row under the cursor; None while it is not loaded or there is none."""
        return self.pages.row(self.cursor)

    @property
    def pointed(self) -> Row | None:
        """The row to look at."""
        return self.row

    @property
    def high(self) -> int:
        """Rows that are seen at once, those that are cut off among them."""
        height = self.scrollable_content_region.height
        return max(1, -(-height // self.lines)) * self.across

    @property
    def top(self) -> int:
        """The first row that is seen."""
        return self.scroll_offset.y // self.lines * self.across

    def line_of(self, index: int) -> int:
        """The line of the whole list at which a row begins."""
        return index // self.across * self.lines

    def show(self, source: Source[Row], *, keep: bool = False, at: int = 0) -> None:
        """Show the rows of a source; what is seen stays until the new rows are there.

        Args:
            source: where they come from.
            keep: stay at the cursor's row, for a list that is much the same.
            at: the row that the cursor is put on otherwise.
        """
        if keep and self._wanted is not None:
            _, keep, at = self._wanted
        self._wanted = (source, keep, at)
        self._load()

    def redraw(self) -> None:
        """Draw every row anew."""
        self.refresh()

    def point(self) -> None:
        """Tell which row is to be looked at."""
        if self.on_point is not None:
            self.on_point()
        self.post_message(self.Pointed(self.pointed))

    # Loading

    def _load(self) -> None:
        """Load what is missing: one read at a time, always for what is wanted by then."""
        if not self._loading and self.is_attached and (self._wanted or self._missing()):
            self._loading = True
            self._loader()

    def _missing(self) -> list[int]:
        return self.pages.missing(self.top, self.high, self.cursor)

    @work(group="load")
    async def _loader(self) -> None:
        try:
            while self.is_attached:
                if self._wanted is not None:
                    await self._take(*self._wanted)
                elif missing := self._missing():
                    await self._fill(missing[0])
                else:
                    break
        except Exception as error:
            said = plain_sentence(error)
            if said is None:
                raise
            self.app.notify(said, severity="error", markup=False)
        finally:
            self._loading = False

    async def _take(self, source: Source[Row], keep: bool, at: int) -> None:
        """Show another list, or the same one as it is now."""
        self._wanted = None
        view = SeenRows(self.top, self.high, self.cursor) if keep else SeenRows(0, self.high, at)
        known = self._known(source) if keep else []
        pages, shift = await asyncio.to_thread(read_view, source, view, self.identify, known)
        top, cursor, row = self.top, self.cursor, self.row
        seen = not keep or top <= cursor < top + self.high
        self._source, self.pages = source, pages
        if keep:
            found = None
            if row is not None:
                found = pages.find(self.identify(row), cursor + shift, self.identify)
            self.cursor = cursor + shift if found is None else found
            top += self.cursor - cursor
        else:
            self.cursor, top = at, 0
        self._count_changed()
        self.scroll_to(y=self.line_of(max(0, top)), animate=False, force=True)
        if seen:
            self._show_cursor()
        self.redraw()
        self.point()

    def _known(self, source: Source[Row]) -> list[Anchor]:
        """Where one is in a list that is too long to count; nothing in another list."""
        if not self.pages.about or source != self._source:
            return []
        rows = ((index, self.pages.row(index)) for index in (self.cursor, self.top))
        return [(index, self.identify(row)) for index, row in rows if row is not None]

    async def _fill(self, page: int) -> None:
        """Load one page more."""
        source, pages = self._source, self.pages
        assert source is not None
        span = pages.span(page)
        near = pages.nearest(span.start)
        anchor = None if near is None else (near[0], self.identify(near[1]))
        found = await asyncio.to_thread(source.window, span.start, len(span), anchor)
        count = pages.count
        jumped, shift = pages.take(page, found)
        if jumped:
            # The row under the cursor is too far away to know what lies between.
            self.cursor = max(self.top, min(self.cursor, self.top + self.high - 1))
        if shift:
            self.cursor += shift
            self.scroll_to(y=self.line_of(max(0, self.top + shift)), animate=False, force=True)
        if pages.count != count or jumped or shift:
            self._count_changed()
        self.redraw()
        self.point()

    def _count_changed(self) -> None:
        self.cursor = max(0, min(self.cursor, self.count - 1))
        self._measure()
        self.post_message(self.Loaded(self.count))

    def _measure(self) -> None:
        """How long the whole list is."""
        lines = -(-self.count // self.across) * self.lines
        self.virtual_size = Size(self.scrollable_content_region.width, lines)

    # Moving

    def move_to(self, index: int) -> None:
        """Put the cursor on a row, and show it."""
        before, self.cursor = self.cursor, max(0, min(index, self.count - 1))
        self.refresh_row(before)
        self.refresh_row(self.cursor)
        self._show_cursor()
        self._load()
        self.point()

    def refresh_row(self, index: int) -> None:
        """Draw the lines of a row."""
        self.refresh_lines(self.line_of(index), self.lines)

    def _show_cursor(self) -> None:
        height = max(1, self.scrollable_content_region.height)
        top, line = self.scroll_offset.y, self.line_of(self.cursor)
        if line < top or self.lines >= height:
            self.scroll_to(y=line, animate=False, force=True)
        elif line + self.lines > top + height:
            self.scroll_to(y=line + self.lines - height, animate=False, force=True)

    def action_move(self, rows: int) -> None:
        """Move the cursor up or down."""
        self.move_to(self.cursor + rows * self.across)

    def action_step(self, rows: int) -> None:
        """Move the cursor left or right."""
        self.move_to(self.cursor + rows)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where rows stand one below the other, left and right are for others."""
        return self.across > 1 if action == "step" else super().check_action(action, parameters)

    def action_move_page(self, pages: int) -> None:
        """Move the cursor by so many screens."""
        seen = self.scrollable_content_region.height // self.lines
        self.action_move(pages * max(1, seen - 1))

    def action_first(self) -> None:
        """To the first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """To the last row."""
        self.move_to(self.count - 1)

    def action_choose(self) -> None:
        """Look closer at the row under the cursor."""
        if self.row is not None:
            self.post_message(self.Chosen(self.row))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Another part is seen: load it."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._load()

    def _on_resize(self, _: events.Resize) -> None:
        self.redraw()
        self._show_cursor()
        self._load()
