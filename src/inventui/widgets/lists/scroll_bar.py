"""A scroll bar drawn as strips: Textual's own is rendered through a console at every key."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.color import Color
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.scrollbar import ScrollBarRender
from textual.strip import Strip
from textual.visual import Visual

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.style import Style
    from textual.visual import RenderOptions

_BLACK = Color.parse("black")


class UprightBar(ScrollBarRender, Visual):
    """Textual's vertical scroll bar, drawn as strips."""

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions  # noqa: ARG002
    ) -> list[Strip]:  # fmt: skip
        """The lines of the bar."""
        own = self.style if isinstance(self.style, RichStyle) else RichStyle.parse(self.style)
        size = max(1, height or 1)
        place = (self.virtual_size, self.window_size, self.position)
        return list(_lines(place, width, size, own, style.rich_style))

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002
        """Cells that it takes."""
        return self.thickness

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002
        """Lines that it takes at least."""
        return 1


@lru_cache(maxsize=256)
def _lines(
    place: tuple[float, float, float], width: int, height: int, own: RichStyle, base: RichStyle
) -> tuple[Strip, ...]:
    whole, seen, position = place
    bar = ScrollBarRender.render_bar(
        height, whole, seen, position, width,
        back_color=own.bgcolor or _BLACK, bar_color=own.color or _BLACK,
    )  # fmt: skip
    return tuple(_line(segment.text, base, segment.style, width) for segment in bar.segments)


@lru_cache(maxsize=256)
def _line(text: str, base: RichStyle, own: RichStyle | None, width: int) -> Strip:
    return Strip([Segment(text, base if own is None else base + own)], width)
