"""Draws backgrounds: the pattern behind a card, and its colours."""

from __future__ import annotations

from functools import lru_cache
from hashlib import shake_256
from typing import TYPE_CHECKING

from inventui.rules.core.categories import Category
from inventui.widgets.canvas.canvas import Canvas
from inventui.widgets.colour import Pen, contrast, ink_on, legible, mix

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.geometry import Region

    from inventui.rules.core.style import Style
    from inventui.widgets.canvas.appearance import Appearance

QUIET = 0.34
"""How much of the second colour a pattern shows."""

FAINTEST = 2.6
"""Contrast that the faintest letters keep where a ground runs from one colour to another."""

TILES: Mapping[str, tuple[str, ...]] = {
    "dots": ("·   ", "  · "),
    "stripes": ("╱   ", "   ╱", "  ╱ ", " ╱  "),
    "waves": ("╭──╮    ", "╯  ╰────"),
    "bricks": ("┬───┴───", "┴───┬───"),
}
"""Patterns that repeat: rows of a tile."""

SCATTERED: Mapping[str, tuple[str, int]] = {
    "stars": ("✦··✧·⋆", 8),
    "rain": ("│╷╵╎│", 6),
    "citrus": ("⊛⊛◦·", 9),
}
"""Patterns that are strewn: glyphs, and one in how many cells has one."""


@lru_cache(maxsize=64)
def strewn(word: str, width: int, height: int) -> tuple[tuple[int, int, str], ...]:
    """Where a strewn pattern has its glyphs; the same for the same size."""
    glyphs, apart = SCATTERED[word]
    noise = shake_256(f"{word}:{width}".encode()).digest(2 * width * height)
    found = []
    last = (-9, -9)
    for place in range(width * height):
        y, x = divmod(place, width)
        chance, which = noise[2 * place], noise[2 * place + 1]
        if chance % apart == 0 and (y != last[1] or x - last[0] > 3):
            found.append((x, y, glyphs[which % len(glyphs)]))
            last = (x, y)
    return tuple(found)


def paint_background(canvas: Canvas, box: Region, look: Appearance) -> None:
    """Fill the card with its ground and pattern."""
    canvas.paste(
        background(look[Category.BACKGROUND], look.ground, box.width, box.height), box.x, box.y
    )


@lru_cache(maxsize=64)
def background(style: Style, ground: str, width: int, height: int) -> Canvas:
    """A background as a canvas of its own. Don't paint on it: it is kept."""
    canvas = Canvas(width, height, ground)
    if len(style.colours) < 2:
        return canvas
    word, figure = style.word, style.colours[1]
    line = mix(ground, figure, QUIET + 0.12 * (word == "dots"))
    if word in TILES:
        tile = TILES[word]
        for y in range(height):
            row = tile[y % len(tile)]
            canvas.put(0, y, (row * (width // len(row) + 1))[:width], Pen(line))
    elif word in SCATTERED:
        for x, y, glyph in strewn(word, width, height):
            bright = mix(ground, figure, QUIET + 0.2 * (glyph in "✦✧⊛│"))
            canvas.put(x, y, glyph, Pen(bright))
    elif word == "checks":
        dark = mix(ground, figure, 0.16)
        for y in range(height):
            for x in range(4 * (y // 2 % 2), width, 8):
                canvas.put(x, y, "    "[: width - x], Pen("", dark))
    else:
        most = _deepest(ground, figure)
        for y in range(height):
            back = mix(ground, figure, round(most * y / max(1, height - 1), 2))
            canvas.put(0, y, " " * width, Pen("", back))
    return canvas


def _deepest(ground: str, figure: str) -> float:
    """How far a ground may turn into its second colour with faint letters still legible."""
    faint = legible(mix(ink_on(ground), ground, 0.4), ground)
    for share in (0.75, 0.6, 0.45, 0.3):
        if contrast(faint, mix(ground, figure, share)) >= FAINTEST:
            return share
    return 0.15
