"""A chart of one number over its changes, in block elements, with numbers on its axes."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from inventui.rules.core.clock import to_datetime
from inventui.widgets.theme import DIM

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVELS = " ▁▂▃▄▅▆▇█"

Point = tuple[int, int]
"""A time (milliseconds since 1970-01-01 UTC) and a value."""


def columns(values: Sequence[int], width: int) -> list[int]:
    """Exactly `width` values: the last of each stretch, or each repeated."""
    count = len(values)
    return [values[min(count - 1, ((column + 1) * count - 1) // width)] for column in range(width)]


def short(number: int) -> str:
    """A number for an axis, at most six cells: `9,950`, `12.4k`, `3.1M`."""
    for factor, sign in ((10**9, "G"), (10**6, "M")):
        if number >= factor:
            return f"{number / factor:.1f}{sign}"
    return f"{number / 1000:.1f}k" if number >= 100_000 else f"{number:,}"


def plot_text(points: Sequence[Point], width: int, height: int) -> Content:
    """The chart, `height` lines of `width` cells; the lowest line is the axis of time."""
    if height < 3 or width < 20 or not points:
        return Content("")
    values = [value for _, value in points]
    high, low = max(values), min(values)
    # A chart from zero shows how much is left; only small swings of large sums are magnified.
    floor = 0 if low < high / 2 or high == low else low - (high - low) // 4
    span = max(1, high - floor)
    rows = height - 1
    labels = {0: short(high), rows - 1: short(floor)}
    if rows >= 5:
        labels[rows // 2] = short(floor + span * (rows - 1 - rows // 2) // max(1, rows - 1))
    gutter = max(len(label) for label in labels.values())
    room = width - gutter - 1
    heights = [(value - floor) * rows * 8 // span for value in columns(values, room)]
    lines = []
    for row in range(rows):
        base = (rows - 1 - row) * 8
        axis = f"{labels.get(row, ''):>{gutter}}"
        lines.append(
            Content.assemble((axis, DIM), ("┤", "$foreground 40%")) + _cells(heights, base)
        )
    lines.append(time_axis(points, gutter, room))
    return Content("\n").join(lines)


def _cells(heights: list[int], base: int) -> Content:
    """One row: bright where the number stands, dim below it."""
    parts = []
    for filled, run in groupby(heights, lambda level: level > base + 8):
        glyphs = "".join(LEVELS[max(0, min(8, level - base))] for level in run)
        if base == 0:
            # A line along the bottom, so that an empty purse is still drawn.
            glyphs = glyphs.replace(" ", "▁")
        parts.append((glyphs, "$primary 35%" if filled else "$primary"))
    return Content.assemble(*parts)


def time_axis(points: Sequence[Point], gutter: int, room: int) -> Content:
    """First and last time under a chart of `room` cells, right of `gutter` cells and an axis."""
    first, last = to_datetime(points[0][0]), to_datetime(points[-1][0])
    form = "%H:%M" if first.date() == last.date() else "%Y-%m-%d"
    left, right = f"{first:{form}}", f"{last:{form}} UTC"
    if len(left) + len(right) >= room:
        left = ""
    gap = " " * max(0, room - len(left) - len(right))
    return Content.styled(" " * (gutter + 1) + left + gap + right, DIM)


class Plot(Widget):
    """Draws the points that it was given last."""

    DEFAULT_CSS = """
    Plot { height: 8; width: 1fr; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        self._points: tuple[Point, ...] = ()
        super().__init__(id=id)

    def show(self, points: tuple[Point, ...]) -> None:
        """Draw these, oldest first."""
        self._points = points
        self.refresh()

    def render(self) -> Content:
        """The chart in the present size."""
        return plot_text(self._points, *self.content_size)
