"""A short list under a cursor, each row of a fixed number of lines, drawn line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.style import Style


def padded(text: str, cells: int) -> str:
    """`text` in exactly so many cells, cut with … or filled with blanks."""
    content = Content(text).truncate(max(0, cells), ellipsis=True)
    return content.plain + " " * (cells - content.cell_length)


class RowList(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows by number; a subclass writes `draw_row`."""

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup,ctrl+b", "move_page(-1)", "Page up", show=False),
        Binding("pagedown,ctrl+f", "move_page(1)", "Page down", show=False),
        Binding("home", "move_to(0)", "First", show=False),
        Binding("end,G", "move_to(1000000)", "Last", show=False),
    ]

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

        def __init__(self, rows: RowList, index: int) -> None:
            self.rows, self.index = rows, index
            super().__init__()

        @property
        def control(self) -> RowList:
            """The list."""
            return self.rows

    class Chosen(Moved):
        """A row was clicked twice."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.count = 0
        self.cursor = 0
        self.row_lines = 1
        """Lines of a row."""
        self._hover: int | None = None
        self._rows: dict[tuple[int, bool, bool, bool], Sequence[Strip]] = {}
        self._width = -1

    def draw_row(self, index: int, width: int, *, current: bool) -> Sequence[Content]:
        """The lines of a row, each at most `width` cells; what is missing stays empty."""
        raise NotImplementedError

    def show_rows(self, count: int, cursor: int = 0) -> None:
        """There are other rows from now on."""
        self.count = count
        self.cursor = max(0, min(cursor, count - 1))
        self._measure()
        self.redraw()
        self._keep_in_sight()

    def redraw(self) -> None:
        """Draw every row anew."""
        self._rows.clear()
        self.refresh()

    def move_to(self, index: int) -> None:
        """Put the cursor on a row, and show it."""
        index = max(0, min(index, self.count - 1))
        if index != self.cursor and self.count:
            self.cursor = index
            self.refresh()
            self.post_message(self.Moved(self, index))
        self._keep_in_sight()

    def action_move(self, rows: int) -> None:
        """Move the cursor by so many rows."""
        self.move_to(self.cursor + rows)

    def action_move_page(self, pages: int) -> None:
        """Move the cursor by so many screens."""
        high = self.scrollable_content_region.height // self.row_lines
        self.move_to(self.cursor + pages * max(1, high - 1))

    def action_move_to(self, index: int) -> None:
        """Move the cursor to a row."""
        self.move_to(index)

    def _keep_in_sight(self) -> None:
        region = Region(0, self.cursor * self.row_lines, 1, self.row_lines)
        self.scroll_to_region(region, animate=False, force=True)

    def _measure(self) -> None:
        self._width = self.scrollable_content_region.width
        self.virtual_size = Size(self._width, self.count * self.row_lines)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw what is seen of some lines."""
        if self.scrollable_content_region.width != self._width:
            self._measure()
            self._rows.clear()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        index, line = divmod(self.scroll_offset.y + y, self.row_lines)
        if index >= self.count:
            return Strip.blank(self.size.width, self.visual_style.rich_style)
        current, hovered = index == self.cursor, index == self._hover
        key = (index, current, hovered, self.has_focus)
        if key not in self._rows:
            part = "row-list--cursor" if current else "row-list--hover" if hovered else ""
            style = self.get_visual_style(part) if part else self.visual_style
            lines = self.draw_row(index, self._width, current=current)
            strips = [self._strip(content, style) for content in lines]
            blank = Strip.blank(self._width, self.visual_style.rich_style)
            self._rows[key] = (strips + [blank] * self.row_lines)[: self.row_lines]
        return self._rows[key][line]

    def _strip(self, content: Content, style: Style) -> Strip:
        strips = Visual.to_strips(self, content.truncate(self._width), self._width, 1, style)
        return strips[0].adjust_cell_length(self._width, style.rich_style)

    def notify_style_update(self) -> None:
        """Another theme, or the focus came or went."""
        super().notify_style_update()
        self._rows.clear()

    def on_resize(self) -> None:
        """Another size."""
        self._measure()
        self.redraw()
        self._keep_in_sight()

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
            self._hover = index
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor there."""
        index = self._row_at(event)
        if index is None:
            return
        self.move_to(index)
        if event.chain == 2:
            self.post_message(self.Chosen(self, index))
