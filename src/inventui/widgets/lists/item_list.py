"""A `MarkedList` that draws its rows in columns or as tiles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Generic

from rich.segment import Segment
from textual.cache import LRUCache
from textual.color import Color
from textual.content import Content
from textual.geometry import Offset, Region
from textual.strip import Strip
from textual.style import Style

from inventui.widgets.lists.columns import Column, Part, cells_of, fitting
from inventui.widgets.lists.marked_list import MarkedList
from inventui.widgets.lists.page_cache import Row
from inventui.widgets.lists.tiles import Tiles, tile_pens
from inventui.widgets.theme import MARKER

if TYPE_CHECKING:
    from rich.style import Style as RichStyle
    from textual import events

MARK = "◉"
PARTS = ("", "item-list--hover", "item-list--cursor", "item-list--cursor")
"""The component class of a row: what is under the cursor counts more than what is hovered."""

EDGE = 3
"""Cells before the columns: mark, cursor, a space."""
DRAWN = 1024
"""Lines kept as they were drawn."""


class ItemList(MarkedList[Row], Generic[Row]):
    """Rows of a `Source` in columns, under a cursor, with marks by id.

    Args:
        columns: how a row is drawn.
        identify: a row's id; marks and the cursor follow it through changes.
        markable: whether space marks.
    """

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

    def __init__(
        self, columns: Sequence[Column[Row]], identify: Callable[[Row], int], *,
        markable: bool = True,
        id: str | None = None, classes: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__(identify, markable=markable, id=id, classes=classes)
        self.columns = tuple(columns)
        self.empty: str | Content = ""
        """What stands in the middle when there is no row."""
        self.tiles: Tiles[Row] | None = None
        self._hover: Offset | None = None
        self._strips: LRUCache[tuple[int, bool, bool, bool, bool], Sequence[Strip]] = LRUCache(
            DRAWN
        )
        self._styles: dict[tuple[str, str, bool], RichStyle] = {}
        self._fitted: list[tuple[Column[Row], int]] = []
        self._width = -1
        self._empty_lines: list[Strip] = []

    @property
    def pointed(self) -> Row | None:
        """The row under the mouse, else that under the cursor."""
        return self.row if (index := self._hovered()) is None else self.pages.row(index)

    def lay_out(self, tiles: Tiles[Row] | None) -> None:
        """Draw rows as tiles from now on, or as lines in columns; the cursor stays."""
        if tiles is self.tiles:
            return
        self.tiles = tiles
        self.lines = 1 if tiles is None else tiles.lines
        self._fit_tiles()
        self._measure()
        self.redraw()
        self._show_cursor()

    def _fit_tiles(self) -> None:
        width = self.scrollable_content_region.width
        self.across = 1 if self.tiles is None else max(1, width // self.tiles.width)

    def columns_for(self, width: int) -> Sequence[Column[Row]]:  # noqa: ARG002
        """The columns where there are so many cells for them."""
        return self.columns

    def fit_anew(self) -> None:
        """Ask for the columns once more, because other ones are wanted now."""
        self._width = -1
        self.redraw()

    def say_empty(self, empty: str | Content) -> None:
        """What stands in the middle from now on when there is no row."""
        if empty != self.empty:
            self.empty = empty
            self.redraw()

    # The mouse

    def _hovered(self) -> int | None:
        """The index under the mouse."""
        return None if self._hover is None else self._index_at(self._hover)

    def _index_at(self, offset: Offset) -> int | None:
        """The row drawn at a place of what is seen."""
        band = (self.scroll_offset.y + offset.y) // self.lines
        column = 0
        if self.across > 1:
            column = offset.x * self.across // max(1, self.scrollable_content_region.width)
        index = band * self.across + min(column, self.across - 1)
        return index if index < self.count else None

    def _hover_at(self, offset: Offset | None) -> None:
        before = self._hovered()
        self._hover = offset
        if before != self._hovered():
            for changed in (before, self._hovered()):
                if changed is not None:
                    self.refresh_row(changed)
            self.point()

    def move_to(self, index: int) -> None:
        """Put the cursor on a row, and show it; it counts more than a mouse that rests."""
        hovered, self._hover = self._hovered(), None
        if hovered is not None:
            self.refresh_row(hovered)
        super().move_to(index)

    def _on_mouse_move(self, event: events.MouseMove) -> None:
        self._hover_at(event.get_content_offset(self))

    def _on_leave(self, _: events.Leave) -> None:
        self._hover_at(None)

    async def _on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        index = None if offset is None else self._index_at(offset)
        if offset is None or index is None:
            return
        self.move_to(index)
        if offset.x < EDGE and self.tiles is None:
            self.action_mark()
        elif event.chain == 2:
            self.action_choose()

    # Drawing

    def redraw(self) -> None:
        """Draw every row anew: something that the columns draw has changed."""
        self._strips.clear()
        self._empty_lines.clear()
        super().redraw()

    def let_go(self) -> None:
        """Keep no row: nobody sees them for a while."""
        super().let_go()
        self._strips.clear()

    def redraw_row(self, index: int) -> None:
        """Draw one row anew."""
        for key in [key for key in self._strips.keys() if key[0] == index]:  # noqa: SIM118
            self._strips.discard(key)
        self.refresh_row(index)

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
            self._width = width
            # The bar has the last cell; where there is none, the name leaves it free.
            spare = 1 if width == self.size.width else 0
            self._fitted = [
                (column, max(1, cells - spare) if column.stretch else cells)
                for column, cells in fitting(self.columns_for(width - EDGE), width - EDGE)
            ]
            self._fit_tiles()
        return super().render_lines(crop)

    def _on_resize(self, _: events.Resize) -> None:
        # Before the cursor is brought into sight.
        self._fit_tiles()
        self._measure()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        band, line = divmod(self.scroll_offset.y + y, self.lines)
        first = band * self.across
        if first >= self.count:
            return self._empty_line(y)
        if self.tiles is None:
            return self._row_strips(first)[0]
        seen = range(first, min(first + self.across, self.count))
        strips = [self._row_strips(index)[line] for index in seen]
        return Strip.join(strips).adjust_cell_length(self._width, self._style("", ""))

    def _row_strips(self, index: int) -> Sequence[Strip]:
        """The lines of a row, drawn or kept."""
        row = self.pages.row(index)
        marked = row is not None and self.is_marked(row)
        key = (index, index == self.cursor, index == self._hovered(), marked, self.has_focus)
        strips = self._strips.get(key)
        if strips is None:
            if self.tiles is None:
                strips = [self._draw(row, *key[1:4])]
            else:
                part = PARTS[2 * key[1] + key[2]]
                pens = tile_pens(self._style(part, ""), self.theme_colour, *key[1:4])
                strips = self.tiles.draw(row, self._width // self.across, pens)
            self._strips[key] = strips
        return strips

    def theme_colour(self, name: str) -> str:
        """A colour of the theme as `#rrggbb`, for what is painted."""
        return Color.parse(self.app.theme_variables[name]).hex6.lower()

    def _draw(self, row: Row | None, cursor: bool, hovered: bool, marked: bool) -> Strip:
        part = PARTS[2 * cursor + hovered]
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
