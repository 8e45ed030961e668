"""`KeptLines`: a widget whose lines are kept with border and padding between frames."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Self

from textual.cache import LRUCache
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Size
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

if TYPE_CHECKING:
    from rich.style import Style as RichStyle
    from textual.geometry import Region

KEPT = 512
"""Lines kept with what is beside them."""


Look = tuple[Size, tuple[Color, Color], Sequence[LineFilter]]
"""What a frame depends on: size, colours behind and within, what the terminal needs."""


class Frame(NamedTuple):
    """What is around the content, as it is drawn.

    Attributes:
        width: cells of the content.
        back: the style of what a line is too short for.
        veiled: the lines too are drawn in a way of Textual's.
    """

    look: Look
    top: Sequence[Strip]
    bottom: Sequence[Strip]
    left: Strip
    right: Strip
    width: int
    back: RichStyle
    veiled: bool


class KeptLines(Widget):
    """A widget that draws by `render_line`, and gives the same strip for what is the same.

    Textual puts border, padding and the terminal's colours to a line whenever it is drawn,
    also where a list was only scrolled. Here that is kept with the strip itself; so is then
    what the terminal is sent for it.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._frame: Frame | None = None
        self._framed: LRUCache[int, tuple[Strip, Strip]] = LRUCache(KEPT)

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Draw anew; all of it where no region is given, and then with what is around it."""
        if not regions:
            self._frame = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def let_go(self) -> None:
        """Keep no line: nobody sees them for a while."""
        self._frame = None
        self._framed.clear()

    def notify_style_update(self) -> None:
        """Another theme, or the focus came or went."""
        super().notify_style_update()
        self._frame = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some of the lines that are seen."""
        look = self.outer_size, self.background_colors, self.get_line_filters()
        frame = self._frame
        if frame is None or frame.look != look:
            frame = self._frame = self._draw_frame(look)
        if frame.veiled:
            return super().render_lines(crop)
        height, top = look[0].height, len(frame.top)
        end = height - len(frame.bottom)
        strips = []
        for y in crop.line_range:
            if y < top:
                strips.append(frame.top[y])
            elif y >= end:
                strips.append(frame.bottom[y - end])
            else:
                strips.append(self._in_frame(frame, self.render_line(y - top)))
        if crop.column_span != (0, look[0].width):
            return [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def put_together(self, line: Strip) -> None:
        """Put to a line that will be drawn soon what is beside it."""
        if self._frame is not None:
            self._in_frame(self._frame, line)

    def _in_frame(self, frame: Frame, line: Strip) -> Strip:
        kept = self._framed.get(id(line))
        if kept is None:
            inner = line.adjust_cell_length(frame.width, frame.back)
            _, (_, background), filters = frame.look
            for each in filters:
                inner = inner.apply_filter(each, background)
            if frame.left.cell_length or frame.right.cell_length:
                inner = Strip.join([frame.left, inner, frame.right])
            # As long as the line is kept, nothing else has its number.
            kept = self._framed[id(line)] = (line, inner)
        return kept[1]

    def _draw_frame(self, look: Look) -> Frame:
        self._framed.clear()
        size, (base, background), _ = look
        styles = self.styles
        gutter = styles.gutter
        lines = super().render_lines(size.region)
        end = max(gutter.top, size.height - gutter.bottom)
        left = right = Strip([], 0)
        if gutter.top < end:
            left = lines[gutter.top].crop(0, gutter.left)
            right = lines[gutter.top].crop(size.width - gutter.right)
        return Frame(
            look, lines[: gutter.top], lines[end:], left, right, self.size.width,
            Style(background=base + background).rich_style,
            veiled=bool(self.opacity < 1 or styles.text_opacity < 1 or styles.tint.a),
        )  # fmt: skip
