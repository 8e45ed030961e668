"""A curve over days as lines of text, in braille, with the edges of its band as dots."""

from __future__ import annotations

from collections.abc import Sequence

from inventui.widgets.canvas.price_chart import ACROSS, BLANK, DOTS, DOWN, line_between

LEAST_WIDTH, LEAST_HEIGHT = 24, 4
"""Cells below which nothing is drawn."""

APART = 3
"""Dots from one dot of an edge to the next."""


def axis_figure(value: float) -> str:
    """A number on an axis, at most seven cells."""
    for size, mark in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if abs(value) >= size:
            return f"{value / size * (10 if mark == 'k' else 1):.3g}{mark}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def curve_plot(
    middle: Sequence[float], width: int, height: int, *, low: Sequence[float] = (),
    high: Sequence[float] = (), first: str = "day 1", last: str = "",
) -> list[str]:  # fmt: skip
    """The plot, `height` lines of at most `width` cells; the lowest line is the axis of days.

    Args:
        middle: the curve, a value a day.
        width: cells.
        height: lines.
        low: the lower edge of its band, if it has one.
        high: the upper one.
        first: what the first day is called.
        last: what the last one is called; its number, if nothing is said.

    Returns:
        Nothing where there is no value, or no room.
    """
    if width < LEAST_WIDTH or height < LEAST_HEIGHT or not middle:
        return []
    values = [*middle, *low, *high]
    floor, top = min(0.0, *values), max(0.0, *values)
    if top == floor:
        top = floor + 1
    rows = height - 1
    labels = {0: axis_figure(top), rows - 1: axis_figure(floor)}
    if rows >= 5:
        at = rows // 2
        labels[at] = axis_figure(top - (top - floor) * (at * DOWN + 1) / (rows * DOWN - 1))
    gutter = max(map(len, labels.values()))
    columns = width - gutter - 1
    cells = [[0] * columns for _ in range(rows)]

    def dots(curve: Sequence[float]) -> list[tuple[int, int]]:
        wide, tall = columns * ACROSS - 1, rows * DOWN - 1
        return [
            (
                day * wide // max(1, len(curve) - 1),
                round((value - floor) / (top - floor) * tall),
            )
            for day, value in enumerate(curve)
        ]

    for curve, every in ((low, APART), (high, APART), (middle, 1)):
        points = dots(curve)
        for start, end in zip(points, [*points[1:], *points[-1:]], strict=True):
            for x, y in line_between(start, end):
                if x % every == 0:
                    up = rows * DOWN - 1 - y
                    cells[up // DOWN][x // ACROSS] |= DOTS[up % DOWN][x % ACROSS]
    drawn = [
        f"{labels.get(row, ''):>{gutter}}┤" + "".join(chr(BLANK + cell) for cell in line)
        for row, line in enumerate(cells)
    ]
    final = last or f"day {len(middle):,}"
    gap = " " * max(1, columns - len(first) - len(final))
    return [*drawn, f"{' ' * (gutter + 1)}{first}{gap}{final}"]
