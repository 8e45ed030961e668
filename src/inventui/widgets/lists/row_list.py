"""A list of rows in memory under a cursor, drawn line by line.

Every list whose rows are all known stands on `RowList`; one whose rows are read in pages as
they are seen is a `LongList`. A row is no widget: Textual's line API asks for the lines in
sight, a row is drawn once for each look it has (under the cursor, under the mouse, with the
focus), and its lines are kept until the rows, the width or the theme change. So a key costs two
rows, however many there are: at 500 rows 6 ms, as much as Textual's OptionList, where a menu
drawn as one text took 57 ms, and mounting a widget a row takes 4.5 s at 1,000.

What must hold: every row takes the same number of lines, so that a line's row is a division;
a row's picture depends on nothing but the row, the width and the looks above (what else changes
it calls `redraw`); `cursor` is the index of a row, or 0 where there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.style import Style

Row = TypeVar("Row")

DENSE, ROOMY = "-dense", "-roomy"
"""Classes of the app: no rows stand a line apart, or all of them do."""


LIST_KEYS: list[BindingType] = [
    Binding("up", "move(-1)", "Up", show=False),
    Binding("k", "move(-1)", "Up", show=False, id="everywhere.up"),
    Binding("down", "move(1)", "Down", show=False),
    Binding("j", "move(1)", "Down", show=False, id="everywhere.down"),
    Binding("pageup,ctrl+b", "move_page(-1)", "Page up", show=False),
    Binding("pagedown,ctrl+f", "move_page(1)", "Page down", show=False),
    Binding("home", "first", "First", show=False),
    Binding("end", "last", "Last", show=False),
    Binding("G", "last", "Last", show=False, id="everywhere.last"),
]
"""The keys of every list."""


class RowList(ScrollView, Generic[Row], can_focus=True, inherit_bindings=False):
    """Rows under a cursor; what derives from it writes `draw_row`.

    Args:
        identify: what a row is known by; the cursor follows it through changes.
        lines: lines that a row takes.
        airy: whether the rows stand a line apart where all of them fit that way.
    """

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = LIST_KEYS

    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--cursor", "row-list--hover"}

    DEFAULT_CSS = """
    RowList {
        height: 1fr; background: $surface; color: $foreground;
        overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1;
        & > .row-list--cursor { background: $foreground 10%; }
        & > .row-list--hover { background: $foreground 5%; }
        &:focus > .row-list--cursor { background: $primary 25%; }
    }
    """

    class Moved(Message):
        """The cursor stands on another row."""

        row: object

        def __init__(self, control: RowList[Any], index: int) -> None:
            self._control, self.index, self.row = control, index, control.rows[index]
            super().__init__()

        @property
        def control(self) -> RowList[Any]:
            """The list."""
            return self._control

    class Chosen(Moved):
        """A row was clicked as often as it takes to choose it."""

    SPACED: ClassVar[bool] = True
    """Whether the rows can stand a line apart."""

    clicks = 2
    """Clicks that choose a row."""

    def __init__(
        self, identify: Callable[[Row], object], *, lines: int = 1, airy: bool = False,
        id: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__(id=id)
        self.identify = identify
        self.rows: Sequence[Row] = ()
        self.now = 0
        """The world's time, by which ages are told."""
        self.cursor = 0
        self.row_lines = lines
        """Lines of a row, the free one between airy rows among them."""
        self._least_lines, self._airy = lines, airy
        self._hover: int | None = None
        self._drawn: dict[tuple[int, bool, bool, bool], Sequence[Strip]] = {}
        self._width = -1

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @property
    def row(self) -> Row | None:
        """The one under the cursor."""
        return self.rows[self.cursor] if self.rows else None

    def find(self, identity: object) -> int | None:
        """The index of the row that is known by that."""
        known = (index for index, row in enumerate(self.rows) if self.identify(row) == identity)
        return next(known, None)

    def draw_row(self, row: Row, width: int, *, current: bool) -> Sequence[Content]:
        """The lines of a row, each at most `width` cells; what is missing stays empty."""
        raise NotImplementedError

    def offer(self, rows: Sequence[Row], now: int | None = None, at: int | None = None) -> None:
        """Show these rows.

        Args:
            rows: all there are.
            now: the world's time, if ages are told.
            at: the index that the cursor is put on. Without one it stays with its row, or
                in its place where that row is gone.
        """
        here = None if self.row is None else self.identify(self.row)
        follow = at is not None or self._in_sight(self.cursor)
        self.rows = rows
        self.now = self.now if now is None else now
        found = at if at is not None or here is None else self.find(here)
        self.cursor = max(0, min(self.cursor if found is None else found, self.count - 1))
        self._measure()
        self.redraw()
        if follow:
            self._keep_in_sight()

    def redraw(self) -> None:
        """Draw every row anew."""
        self._drawn.clear()
        self.refresh()

    def let_go(self) -> None:
        """Keep no row: nobody sees them for a while."""
        self._drawn.clear()

    def _refresh_row(self, index: int) -> None:
        self.refresh_lines(index * self.row_lines, self.row_lines)

    def move_to(self, index: int) -> None:
        """Put the cursor on a row, and show it."""
        index = max(0, min(index, self.count - 1))
        if index != self.cursor and self.count:
            self._refresh_row(self.cursor)
            self.cursor = index
            self._refresh_row(index)
            self.post_message(self.Moved(self, index))
        self._keep_in_sight()

    def action_move(self, rows: int) -> None:
        """Move the cursor by so many rows."""
        self.move_to(self.cursor + rows)

    def action_move_page(self, pages: int) -> None:
        """Move the cursor by so many screens."""
        high = self.scrollable_content_region.height // self.row_lines
        self.move_to(self.cursor + pages * max(1, high - 1))

    def action_first(self) -> None:
        """To the first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """To the last row."""
        self.move_to(self.count - 1)

    def _in_sight(self, index: int) -> bool:
        line, height = index * self.row_lines, self.scrollable_content_region.height
        return not height or -self.row_lines < line - self.scroll_offset.y < height

    def _keep_in_sight(self) -> None:
        region = Region(0, self.cursor * self.row_lines, 1, self.row_lines)
        self.scroll_to_region(region, animate=False, force=True)

    def _measure(self) -> None:
        air = self._stands_airy()
        self.row_lines = self._least_lines + air
        self._width = self.scrollable_content_region.width
        self.virtual_size = Size(self._width, self.count * self.row_lines)

    def _stands_airy(self) -> bool:
        """Whether rows stand a line apart: where all of them fit so, or as the player wants it."""
        wanted = self.app.classes if self.is_attached else frozenset[str]()
        if self.SPACED and ROOMY in wanted:
            return True
        fits = self.count * (self._least_lines + 1) <= self.size.height
        return self._airy and fits and DENSE not in wanted

    def set_apart(self) -> None:
        """The player wants the rows closer, or wider apart."""
        self._measure()
        self.redraw()
        self._keep_in_sight()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw what is seen of some lines."""
        if self.scrollable_content_region.width != self._width:
            self._measure()
            self._drawn.clear()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        index, line = divmod(self.scroll_offset.y + y, self.row_lines)
        if index >= self.count:
            return Strip.blank(self.size.width, self.visual_style.rich_style)
        current, hovered = index == self.cursor, index == self._hover
        key = (index, current, hovered, self.has_focus)
        if key not in self._drawn:
            part = "row-list--cursor" if current else "row-list--hover" if hovered else ""
            style = self.get_visual_style(part) if part else self.visual_style
            lines = self.draw_row(self.rows[index], self._width, current=current)
            strips = [self._strip(content, style) for content in lines]
            blank = Strip.blank(self._width, self.visual_style.rich_style)
            self._drawn[key] = (strips + [blank] * self.row_lines)[: self.row_lines]
        return self._drawn[key][line]

    def _strip(self, content: Content, style: Style) -> Strip:
        width = max(1, self._width)
        strips = Visual.to_strips(self, content.truncate(width), width, 1, style)
        return strips[0].adjust_cell_length(self._width, style.rich_style)

    def notify_style_update(self) -> None:
        """Another theme, or the focus came or went."""
        super().notify_style_update()
        self._drawn.clear()

    def on_resize(self) -> None:
        """Another size."""
        self.set_apart()

    # The mouse

    def _row_at(self, event: events.MouseEvent) -> int | None:
        offset = event.get_content_offset(self)
        if offset is None:
            return None
        index = int(self.scroll_offset.y + offset.y) // self.row_lines
        return index if index < self.count else None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show what a click would choose."""
        self._hover_on(self._row_at(event))

    def on_leave(self) -> None:
        """The mouse is elsewhere."""
        self._hover_on(None)

    def _hover_on(self, index: int | None) -> None:
        if index != self._hover:
            for changed in (self._hover, index):
                if changed is not None:
                    self._refresh_row(changed)
            self._hover = index

    def on_click(self, event: events.Click) -> None:
        """Put the cursor there."""
        index = self._row_at(event)
        if index is None:
            return
        self.move_to(index)
        if event.chain == self.clicks:
            self.post_message(self.Chosen(self, index))
