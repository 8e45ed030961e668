"""Sprites on screen: two pixels to a cell, drawn with half blocks."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from textual.color import Color
from textual.content import Content, Span
from textual.style import Style
from textual.widget import Widget

from inventui.rules.core.sprite import Sprite, parse

if TYPE_CHECKING:
    from textual.geometry import Size

UPPER, LOWER, FULL, NONE = "▀", "▄", "█", " "

Colour = str | None
Pixels = tuple[tuple[Colour, ...], ...]
"""Rows of colours, None where nothing is painted; two rows make a row of cells."""


@lru_cache(maxsize=1024)
def sprite_lines(text: str, scale: int = 1) -> tuple[Content, ...]:
    """The rows of a sprite, `scale` cells to a pixel's width; none for a text that is no sprite.

    What is transparent has no style, so that it takes on whatever lies behind.
    """
    return pixel_lines(_parsed(text).rows, scale)


@lru_cache(maxsize=256)
def pixel_lines(pixels: Pixels, scale: int = 1) -> tuple[Content, ...]:
    """Rows of pixels, an even number, as lines of half blocks."""
    rows = [[pixel for pixel in row for _ in range(scale)] for row in pixels]
    rows = [row for row in rows for _ in range(scale)]
    return tuple(
        _line(list(zip(upper, lower, strict=True)))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    )


@lru_cache(maxsize=1024)
def sprite_content(text: str, scale: int = 1) -> Content:
    """A sprite as one piece of several lines."""
    return Content("\n").join(sprite_lines(text, scale))


@lru_cache(maxsize=1024)
def sprite_size(text: str, scale: int = 1) -> tuple[int, int]:
    """(columns, rows) that a sprite takes on screen."""
    sprite = _parsed(text)
    return sprite.width * scale, sprite.height * scale // 2


def picture_lines(text: str, emoji: str, width: int, height: int, scale: int = 1) -> list[Content]:
    """A sprite in the middle of `width` × `height` cells; without one its emoji stands there."""
    lines = list(sprite_lines(text, scale)) or [Content(emoji or "?")]
    above = max(0, (height - len(lines)) // 2)
    blank = Content(" " * width)
    centred = [_centred(line, width) for line in lines[:height]]
    return ([blank] * above + centred + [blank] * height)[:height]


def _parsed(text: str) -> Sprite:
    try:
        return parse(text)
    except ValueError:
        return Sprite(())


def _centred(line: Content, width: int) -> Content:
    line = line.truncate(width)
    left = (width - line.cell_length) // 2
    return Content(" " * left) + line + " " * (width - left - line.cell_length)


def _line(cells: list[tuple[Colour, Colour]]) -> Content:
    text = ""
    spans = []
    for (upper, lower), run in groupby(cells):
        glyph, style = _cell(upper, lower)
        start = len(text)
        text += glyph * len(list(run))
        if style is not None:
            spans.append(Span(start, len(text), style))
    return Content(text, spans)


def _cell(upper: Colour, lower: Colour) -> tuple[str, Style | None]:
    if upper is None and lower is None:
        return NONE, None
    if upper is None:
        return LOWER, _style(lower)
    if lower is None:
        return UPPER, _style(upper)
    if upper == lower:
        # A full block keeps the silhouette even where colours are thrown away.
        return FULL, _style(upper)
    return UPPER, _style(upper, lower)


@lru_cache(maxsize=4096)
def _style(front: Colour, back: Colour = None) -> Style:
    return Style(
        foreground=Color.parse(front) if front else None,
        background=Color.parse(back) if back else None,
    )


class SpriteView(Widget):
    """A sprite as a widget of its own, as large as the sprite is."""

    DEFAULT_CSS = """
    SpriteView { width: auto; height: auto; content-align: center middle; }
    """

    def __init__(
        self, sprite: str = "", emoji: str = "", *, scale: int = 1, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.sprite, self.emoji, self.scale = sprite, emoji, scale

    def show(self, sprite: str, emoji: str = "", *, scale: int | None = None) -> None:
        """Show another sprite."""
        self.sprite, self.emoji = sprite, emoji
        self.scale = self.scale if scale is None else scale
        self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """The sprite's columns."""
        return max(2, sprite_size(self.sprite, self.scale)[0])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """The sprite's rows."""
        return max(1, sprite_size(self.sprite, self.scale)[1])

    def render(self) -> Content:
        """The sprite, or the emoji that stands for it."""
        if not sprite_lines(self.sprite):
            return Content(self.emoji)
        return sprite_content(self.sprite, self.scale)
