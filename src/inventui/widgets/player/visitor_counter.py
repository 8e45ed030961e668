"""Draws the visitor counter of a page in each of its styles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.rules.core.categories import Category
from inventui.widgets.canvas.canvas import runs_length
from inventui.widgets.colour import Runs, ink_on, legible, mix, run, shade

if TYPE_CHECKING:
    from inventui.widgets.canvas.appearance import Appearance

BRAILLE = dict(zip("1234567890", "⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚", strict=True))
"""Digits as Braille writes them, after a sign that a number follows."""

NUMBER_SIGN = "⠼"
FIVE, ONE = "╫╫", "│"
MOST_STROKES = 20
"""A tally of more counts the rest in figures."""


def counter_runs(visitors: int, look: Appearance, cells: int) -> Runs:
    """How often a drawer was visited; nothing if that is hidden, or there is no room."""
    style = look[Category.VISITOR_COUNTER]
    colour = legible(style.colour(look.ink), look.ground)
    dim = mix(colour, look.ground, 0.45)
    match style.word:
        case "digits":
            runs: Runs = (run(f" {visitors:04} ", colour, "bold"), run("visitors ", dim))
        case "odometer":
            wheel, gap = shade(look.ground, 0.13), shade(look.ground, -0.05)
            if look.plain != ink_on("#000000"):
                wheel, gap = shade(look.ground, -0.13), shade(look.ground, 0.05)
            ink = legible(style.colour(look.ink), wheel)
            runs = (
                run("▐", gap),
                *(
                    part
                    for digit in f"{visitors:05}"
                    for part in (run(digit, ink, "bold", wheel), run("│", gap, "", wheel))
                ),
                run("▌", gap),
            )
        case "neon":
            tube, air = mix(colour, "#ffffff", 0.35), mix(look.ground, colour, 0.28)
            runs = (
                run("▐", air), run(f" {visitors:,} seen it ", legible(tube, air), "bold", air),
                run("▌", air),
            )  # fmt: skip
        case "dots":
            cells_of = "".join(BRAILLE[digit] for digit in f"{visitors}")
            runs = (run(f" {NUMBER_SIGN}{cells_of} ", colour), run(f"{visitors:,} ", dim))
        case "tally":
            shown = min(visitors, MOST_STROKES)
            strokes = " ".join([FIVE] * (shown // 5) + [ONE * (shown % 5)] * (shown % 5 > 0))
            rest = f" +{visitors - shown:,}" if visitors > shown else ""
            runs = (run(f" {strokes or '·'}", colour, "bold"), run(f"{rest} ", dim))
        case _:
            return ()
    return runs if runs_length(runs) <= cells else _short(visitors, colour, cells)


def _short(visitors: int, colour: str, cells: int) -> Runs:
    figure = f" {visitors} "
    return (run(figure, colour),) if len(figure) <= cells else ()
