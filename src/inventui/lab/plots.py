"""Plots as SVG: lines with bands over days, with axes and a legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 760, 420
LEFT, RIGHT, TOP, BOTTOM = 80, 150, 44, 44
COLOURS = ("#d1660a", "#2f6fb5", "#3d8b40", "#a23b72", "#6b5ca5", "#8c6d1f", "#1f8c86", "#555555")


@dataclass(frozen=True, slots=True)
class Curve:
    """A line over days; `low` and `high` are the edges of its band, if it has one."""

    name: str
    middle: Sequence[float]
    low: Sequence[float] = ()
    high: Sequence[float] = ()


def _ticks(most: float) -> list[float]:
    """Round numbers from 0 up to at least `most`."""
    step = 1.0
    while most / step > 6:
        step *= 10
    while most / step < 1.2 and step > 1e-9:
        step /= 10
    for factor in (5, 2):
        if most / (step / factor) <= 6:
            step /= factor
            break
    ticks = [0.0]
    while ticks[-1] < most:
        ticks.append(ticks[-1] + step)
    return ticks


def figure(value: float) -> str:
    """A number on an axis."""
    for size, mark in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.3g}{mark}"
    return f"{value:.3g}"


def plot(title: str, curves: Sequence[Curve], unit: str) -> str:
    """An SVG of curves over days, from day 1 on."""
    days = max((len(curve.middle) for curve in curves), default=1)
    most = max((max(curve.high or curve.middle or (0,)) for curve in curves), default=1) or 1
    ticks = _ticks(most)
    wide, tall = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def x(day: float) -> float:
        return LEFT + wide * day / max(1, days - 1)

    def y(value: float) -> float:
        return TOP + tall * (1 - max(0.0, value) / ticks[-1])

    def points(values: Sequence[float], days: Sequence[int]) -> str:
        return " ".join(f"{x(d):.1f},{y(v):.1f}" for d, v in zip(days, values, strict=True))

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="system-ui, sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fffdf8"/>',
        f'<text x="{LEFT}" y="24" font-size="16" font-weight="600">{escape(title)}</text>',
    ]
    for tick in ticks:
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(tick):.1f}" y2="{y(tick):.1f}" '
            f'stroke="#e3d9c6"/><text x="{LEFT - 8}" y="{y(tick) + 4:.1f}" text-anchor="end">'
            f"{figure(tick)}</text>"
        )
    for day in sorted({1, days, *(days * part // 4 for part in (1, 2, 3))} - {0}):
        parts.append(
            f'<text x="{x(day - 1):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">'
            f"{day}</text>"
        )
    parts.append(
        f'<text x="{LEFT + wide / 2}" y="{HEIGHT - 8}" text-anchor="middle">day</text>'
        f'<text x="{LEFT - 8}" y="{TOP - 10}" text-anchor="end">{escape(unit)}</text>'
    )
    for number, curve in enumerate(curves):
        colour, every = COLOURS[number % len(COLOURS)], range(len(curve.middle))
        if curve.low and curve.high:
            edge = points(curve.high, every) + " " + points(curve.low[::-1], every[::-1])
            parts.append(f'<polygon points="{edge}" fill="{colour}" fill-opacity="0.14"/>')
        parts.append(
            f'<polyline points="{points(curve.middle, every)}" fill="none" stroke="{colour}" '
            f'stroke-width="2"/>'
        )
        place = TOP + 12 + number * 20
        parts.append(
            f'<line x1="{WIDTH - RIGHT + 14}" x2="{WIDTH - RIGHT + 34}" y1="{place - 4}" '
            f'y2="{place - 4}" stroke="{colour}" stroke-width="3"/>'
            f'<text x="{WIDTH - RIGHT + 40}" y="{place}">{escape(curve.name)}</text>'
        )
    return "\n".join([*parts, "</svg>", ""])
