"""Past prices as a line of dots over time, in braille, with the price that is asked now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from inventui.widgets.canvas.chart import short, time_axis
from inventui.widgets.theme import DIM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.widgets.canvas.chart import Point

ACROSS, DOWN = 2, 4
"""Dots to a cell of braille."""

BLANK = 0x2800
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a cell, by row and column."""

LEAST_WIDTH, LEAST_HEIGHT = 24, 3
"""Cells below which nothing is drawn."""

NOW = "◂"
"""Stands at the right edge, at the price that is asked now."""


def scale(value: int, low: int, high: int, steps: int) -> int:
    """Which of so many steps a value between two others falls on; the middle one if all are one."""
    if high <= low:
        return (steps - 1) // 2
    return (value - low) * (steps - 1) // (high - low)


def line_between(start: tuple[int, int], end: tuple[int, int]) -> list[tuple[int, int]]:
    """The dots of a straight line, both ends among them."""
    (x, y), (to_x, to_y) = start, end
    steps = max(abs(to_x - x), abs(to_y - y))
    if not steps:
        return [start]
    return [
        (x + round((to_x - x) * step / steps), y + round((to_y - y) * step / steps))
        for step in range(steps + 1)
    ]


def braille(points: Sequence[tuple[int, int]], columns: int, rows: int) -> list[str]:
    """Lines of braille through these dots, (0, 0) at the left of the lowest one."""
    cells = [[0] * columns for _ in range(rows)]
    last = points[0]
    for point in points:
        for x, y in line_between(last, point):
            up = rows * DOWN - 1 - y
            cells[up // DOWN][x // ACROSS] |= DOTS[up % DOWN][x % ACROSS]
        last = point
    return ["".join(chr(BLANK + cell) for cell in row) for row in cells]


def price_plot(
    points: Sequence[Point], width: int, height: int, *, median: int | None = None,
    now: int | None = None,
) -> Content:  # fmt: skip
    """The chart, `height` lines of `width` cells; the lowest line is the axis of time.

    Args:
        points: when something went and for how much, the oldest first.
        width: cells.
        height: lines.
        median: a price at which a faint line stands.
        now: a price that is marked at the right edge.

    Returns:
        Nothing where there are fewer than two points, or no room.
    """
    if height < LEAST_HEIGHT or width < LEAST_WIDTH or len(points) < 2:
        return Content("")
    prices = [price for _, price in points] + ([] if now is None else [now])
    low, high = min(prices), max(prices)
    rows = height - 1
    labels = {0: short(high), rows - 1: short(low)} if high > low else {rows // 2: short(low)}
    gutter = max(map(len, labels.values()))
    columns = width - gutter - 2
    first, last = points[0][0], points[-1][0]
    dots = [
        (scale(at, first, last, columns * ACROSS), scale(price, low, high, rows * DOWN))
        for at, price in points
    ]
    drawn = braille(dots, columns, rows)
    middle = None if median is None else _row(median, low, high, rows)
    marked = None if now is None else _row(now, low, high, rows)
    lines = []
    for row, cells in enumerate(drawn):
        line = Content.assemble((f"{labels.get(row, ''):>{gutter}}", DIM), ("┤", "$foreground 40%"))
        line += _line(cells, faint=row == middle)
        line += Content.styled(NOW if row == marked else " ", "bold $text-success")
        lines.append(line)
    lines.append(time_axis(points, gutter, columns + 1))
    return Content("\n").join(lines)


def _row(price: int, low: int, high: int, rows: int) -> int:
    """The line of the chart at which a price stands."""
    return rows - 1 - scale(max(low, min(price, high)), low, high, rows * DOWN) // DOWN


def _line(cells: str, *, faint: bool) -> Content:
    """A line of the chart: where nothing is drawn, the median may show."""
    line = Content("")
    empty = chr(BLANK)
    start = 0
    while start < len(cells):
        end = start
        while end < len(cells) and (cells[end] == empty) is (cells[start] == empty):
            end += 1
        if cells[start] == empty:
            line += Content.styled(("┈" if faint else " ") * (end - start), "$foreground 40%")
        else:
            line += Content.styled(cells[start:end], "$primary")
        start = end
    return line
