"""A list of things in columns, with marks: any length, drawn a line at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Generic

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.style import Style

from inventui.widgets.item_columns import Column, Part, cells_of, fitting
from inventui.widgets.item_pages import Row
from inventui.widgets.long_list import LongList
from inventui.widgets.look import MARKER

if TYPE_CHECKING:
    from rich.style import Style as RichStyle
    from textual import events

MARK = "◉"
EDGE = 3
"""Cells before the columns: mark, cursor, a space."""
DRAWN = 1024
"""Lines kept as they were drawn."""


class ItemList(LongList[Row], Generic[Row]):
    """Rows of a `Source` in columns, under a cursor, with marks by id.

    Args:
        columns: how a row is drawn.
        identify: a row's id; marks and the cursor follow it through changes.
        empty: what stands in the middle when there is no row.
        markable: whether space marks.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("shift+up,K", "sweep(-1)", "Mark up", show=False),
        Binding("shift+down,J", "sweep(1)", "Mark down", show=False),
        Binding("space", "mark", "Mark", show=False),
    ]

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "item-list--cursor",
        "item-list--hover",
        "item-list--marker",
        "item-list--waiting",
    }

    DEFAULT_CSS = """
    ItemList {
        & > .item-list--cursor { background: $foreground 10%; text-style: bold; }
        & > .item-list--hover { background: $foreground 5%; }
        & > .item-list--marker { color: $primary; text-style: bold; }
        & > .item-list--waiting { color: $foreground 30%; }
        &:focus > .item-list--cursor { background: $primary 25%; }
    }
    """

    class MarksChanged(Message):
        """Something was marked or unmarked."""

    def __init__(
        self, columns: Sequence[Column[Row]], identify: Callable[[Row], int], *,
        empty: str | Content = "", markable: bool = True,
        id: str | None = None, classes: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__(identify, id=id, classes=classes)
        self.columns = tuple(columns)
        self.empty = empty
        self.markable = markable
        self.marks: dict[int, Row] = {}
        self._hover: int | None = None
        self._strips: LRUCache[tuple[int, bool, bool, bool, bool], Strip] = LRUCache(DRAWN)
        self._styles: dict[tuple[str, str, bool], RichStyle] = {}
        self._fitted: list[tuple[Column[Row], int]] = []
        self._width = -1
        self._empty_lines: list[Strip] = []

    @property
    def pointed(self) -> Row | None:
        """The row under the mouse, else that under the cursor."""
        hovered = self._hovered()
        return self.row if hovered is None else self.pages.row(hovered)

    def say_empty(self, empty: str | Content) -> None:
        """What stands in the middle from now on when there is no row."""
        if empty != self.empty:
            self.empty = empty
            self.redraw()

    # Marks

    def set_marks(self, rows: Sequence[Row]) -> None:
        """Mark these rows and no other."""
        self.marks = {self.identify(row): row for row in rows}
        self.refresh()
        self.post_message(self.MarksChanged())

    def toggle_mark(self, index: int) -> None:
        """Mark a row, or take its mark away; nothing while it is not loaded."""
        row = self.pages.row(index)
        if row is None or not self.markable:
            return
        identity = self.identify(row)
        if self.marks.pop(identity, None) is None:
            self.marks[identity] = row
        self.refresh_line(index)
        self.post_message(self.MarksChanged())

    def action_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away."""
        self.toggle_mark(self.cursor)

    def action_sweep(self, rows: int) -> None:
        """Mark the row under the cursor and move on."""
        row = self.row
        if row is not None and self.identify(row) not in self.marks:
            self.toggle_mark(self.cursor)
        self.move_to(self.cursor + rows)

    # The mouse

    def _hovered(self) -> int | None:
        """The index under the mouse."""
        if self._hover is None:
            return None
        index = self.scroll_offset.y + self._hover
        return index if index < self.count else None

    def _hover_at(self, line: int | None) -> None:
        if line != self._hover:
            before, self._hover = self._hovered(), line
            for changed in (before, self._hovered()):
                if changed is not None:
                    self.refresh_line(changed)
            self.point()

    def move_to(self, index: int) -> None:
        """Put the cursor on a row, and show it; it counts more than a mouse that rests."""
        hovered, self._hover = self._hovered(), None
        if hovered is not None:
            self.refresh_line(hovered)
        super().move_to(index)

    def _on_mouse_move(self, event: events.MouseMove) -> None:
        offset = event.get_content_offset(self)
        self._hover_at(None if offset is None else offset.y)

    def _on_leave(self, _: events.Leave) -> None:
        self._hover_at(None)

    async def _on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or (index := self.scroll_offset.y + offset.y) >= self.count:
            return
        self.move_to(index)
        if offset.x < EDGE:
            self.action_mark()
        elif event.chain == 2:
            self.action_choose()

    # Drawing

    def redraw(self) -> None:
        """Draw every row anew: something that the columns draw has changed."""
        self._strips.clear()
        self._empty_lines.clear()
        super().redraw()

    def redraw_row(self, index: int) -> None:
        """Draw one row anew."""
        for key in [key for key in self._strips.keys() if key[0] == index]:  # noqa: SIM118
            self._strips.discard(key)
        self.refresh_line(index)

    def notify_style_update(self) -> None:
        """Another theme."""
        self._styles.clear()
        super().notify_style_update()
        self.redraw()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some of the lines that are seen."""
        width = self.scrollable_content_region.width
        if width != self._width:
            self._strips.clear()
            self._empty_lines.clear()
            self._width, self._fitted = width, fitting(self.columns, width - EDGE)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        index = self.scroll_offset.y + y
        if index >= self.count:
            return self._empty_line(y)
        row = self.pages.row(index)
        marked = row is not None and self.identify(row) in self.marks
        key = (index, index == self.cursor, index == self._hovered(), marked, self.has_focus)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._draw(row, *key[1:4])
        return strip

    def _draw(self, row: Row | None, cursor: bool, hovered: bool, marked: bool) -> Strip:
        part = "item-list--cursor" if cursor else "item-list--hover" if hovered else ""
        edge = f"{MARK if marked else ' '}{MARKER if cursor else ' '} "
        parts: list[Part] = [(edge, "item-list--marker")]
        if row is None:
            parts.append(("┄" * (self._width // 3), "item-list--waiting"))
        else:
            parts += cells_of(self._fitted, row)
        segments = [Segment(text, self._style(part, style)) for text, style in parts if text]
        return Strip(segments).adjust_cell_length(self._width, self._style(part, ""))

    def _style(self, part: str, style: str) -> RichStyle:
        """The style of a stretch; `style` is one of our component classes or as in markup."""
        key = (part, style, self.has_focus)
        found = self._styles.get(key)
        if found is None:
            base = self.get_visual_style(part) if part else self.get_visual_style()
            if style.startswith("item-list--"):
                base += self.get_visual_style(style, partial=True)
            elif style:
                base += Style.parse(style)
            found = self._styles[key] = base.rich_style
        return found

    def _empty_line(self, y: int) -> Strip:
        """A line below the last row; in an empty list, of the text in its middle."""
        base = self._style("", "")
        if self.count or not self.ready:
            return Strip.blank(self._width, base)
        if not self._empty_lines:
            text = self.empty if isinstance(self.empty, Content) else Content(self.empty)
            lines = text.wrap(max(1, self._width - 4))
            style = self.get_visual_style()
            self._empty_lines = [Strip(line.render_segments(style)) for line in lines]
        offset = y - max(0, (self.high - len(self._empty_lines)) // 2)
        if not 0 <= offset < len(self._empty_lines):
            return Strip.blank(self._width, base)
        line = self._empty_lines[offset]
        left = Strip.blank((self._width - line.cell_length) // 2, base)
        return Strip.join([left, line]).adjust_cell_length(self._width, base)
