"""Colours as `#rrggbb`, mixed and kept legible, and pens to write with."""

from __future__ import annotations

from colorsys import hls_to_rgb, rgb_to_hls
from functools import lru_cache
from typing import NamedTuple

from rich.color import Color
from rich.style import Style as RichStyle
from textual.content import Content
from textual.style import Style

LEAST_CONTRAST = 3.4
"""Between letters and what is behind them (WCAG's ratio; 1 is none, 21 the most)."""

LIGHT, DARK = "#f4ebdb", "#1a1410"


class Pen(NamedTuple):
    """How a cell is written.

    Attributes:
        front: `#rrggbb`, or empty for what the terminal takes.
        back: the same for what is behind; empty keeps what is there.
        manner: words of Rich's styles, e.g. `bold italic`.
    """

    front: str = ""
    back: str = ""
    manner: str = ""


class TextRun(NamedTuple):
    """Some text in one pen."""

    text: str
    pen: Pen = Pen()


Runs = tuple[TextRun, ...]


def run(text: str, front: str = "", manner: str = "", back: str = "") -> TextRun:
    """Some text with a pen made from its parts."""
    return TextRun(text, Pen(front, back, manner))


@lru_cache(maxsize=4096)
def rich_style(pen: Pen) -> RichStyle:
    """The pen as Rich knows it."""
    colours = RichStyle(
        color=Color.parse(pen.front) if pen.front else None,
        bgcolor=Color.parse(pen.back) if pen.back else None,
    )
    return colours + RichStyle.parse(pen.manner) if pen.manner else colours


@lru_cache(maxsize=2048)
def content_style(pen: Pen) -> Style:
    """The pen as Textual knows it."""
    return Style.from_rich_style(rich_style(pen))


def runs_content(runs: Runs) -> Content:
    """The runs as one piece of content; its text is never read as markup."""
    return Content.assemble(*(Content.styled(text, content_style(pen)) for text, pen in runs))


# Colours


@lru_cache(maxsize=4096)
def rgb(colour: str) -> tuple[int, int, int]:
    """The parts of `#rrggbb`."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@lru_cache(maxsize=16384)
def mix(colour: str, other: str, share: float) -> str:
    """`colour` with so much (0.0 to 1.0) of `other` in it."""
    parts = (
        round(here + (there - here) * share)
        for here, there in zip(rgb(colour), rgb(other), strict=True)
    )
    return "#{:02x}{:02x}{:02x}".format(*parts)


@lru_cache(maxsize=4096)
def luminance(colour: str) -> float:
    """How light a colour is, 0.0 to 1.0 (WCAG's relative luminance)."""
    red, green, blue = (
        part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in rgb(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(back: str) -> str:
    """Plain letters that are read well on a colour."""
    return LIGHT if contrast(LIGHT, back) >= contrast(DARK, back) else DARK


@lru_cache(maxsize=4096)
def legible(colour: str, back: str, least: float = LEAST_CONTRAST) -> str:
    """`colour`, moved towards light or dark as far as it takes to be read on `back`."""
    if contrast(colour, back) >= least:
        return colour
    aim = "#ffffff" if contrast("#ffffff", back) >= contrast("#000000", back) else "#000000"
    for step in range(1, 11):
        moved = mix(colour, aim, step / 10)
        if contrast(moved, back) >= least:
            return moved
    return aim


@lru_cache(maxsize=1024)
def ramp(colours: tuple[str, ...], place: float) -> str:
    """The colour at a place (0.0 to 1.0) of a gradient through all of `colours`."""
    if len(colours) == 1:
        return colours[0]
    along = min(1.0, max(0.0, place)) * (len(colours) - 1)
    index = min(int(along), len(colours) - 2)
    return mix(colours[index], colours[index + 1], round(along - index, 3))


@lru_cache(maxsize=512)
def hue(place: float) -> str:
    """A bright colour of the rainbow; 0.0 and 1.0 are the same red."""
    parts = hls_to_rgb(place % 1.0, 0.66, 0.95)
    return "#{:02x}{:02x}{:02x}".format(*(round(part * 255) for part in parts))


@lru_cache(maxsize=512)
def shade(colour: str, by: float) -> str:
    """`colour`, darker for a negative `by` and lighter for a positive one (−1.0 to 1.0)."""
    red, green, blue = (part / 255 for part in rgb(colour))
    tone, light, strength = rgb_to_hls(red, green, blue)
    light = min(1.0, max(0.0, light + by))
    parts = hls_to_rgb(tone, light, strength)
    return "#{:02x}{:02x}{:02x}".format(*(round(part * 255) for part in parts))
