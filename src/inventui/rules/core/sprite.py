"""Sprites: small pixel pictures, as text.

The first line gives the colours, one letter each (`o=#ff8800 l=#66bb33`); each line
after it is a row of pixels, one letter a pixel, `.` for none. Two rows of pixels make
one row of the terminal. A sprite is at most 16 × 16 pixels; the base pack's are 12 × 12.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from inventui.rules.core.enums import Rarity

WIDEST = 16
HIGHEST = 16
EMPTY = "."

_COLOUR = re.compile(r"([A-Za-z0-9])=(#[0-9a-fA-F]{6})")


@dataclass(frozen=True, slots=True)
class Sprite:
    """A picture: rows of colours (`#rrggbb`), None for a pixel without one."""

    rows: tuple[tuple[str | None, ...], ...]

    @property
    def width(self) -> int:
        """Pixels across, which is also columns of the terminal."""
        return len(self.rows[0]) if self.rows else 0

    @property
    def height(self) -> int:
        """Pixels down: twice the rows of the terminal."""
        return len(self.rows)


@lru_cache(maxsize=1024)
def parse(text: str) -> Sprite:
    """The picture that a sprite's text describes; an empty text is an empty picture.

    Raises:
        ValueError: a letter has no colour, rows differ in length, or it is too large.
    """
    if not text:
        return Sprite(())
    header, *lines = text.strip("\n").split("\n")
    colours = {}
    for word in header.split():
        match = _COLOUR.fullmatch(word)
        if match is None:
            raise ValueError(f"{word!r} is no colour; write a letter, =, and #rrggbb")
        colours[match[1]] = match[2].lower()
    if not lines or len(lines) > HIGHEST or len(lines) % 2:
        raise ValueError(f"a sprite has 2 to {HIGHEST} rows, an even number, not {len(lines)}")
    width = len(lines[0])
    rows = []
    for number, line in enumerate(lines, 1):
        if len(line) != width or not 1 <= width <= WIDEST:
            raise ValueError(f"row {number} has {len(line)} pixels; all need the same, 1–{WIDEST}")
        unknown = next((p for p in line if p != EMPTY and p not in colours), None)
        if unknown is not None:
            raise ValueError(f"row {number} has the pixel {unknown!r}, which has no colour")
        rows.append(tuple(None if p == EMPTY else colours[p] for p in line))
    return Sprite(tuple(rows))


_SHAPES: Mapping[Rarity, tuple[str, tuple[int, ...], tuple[str, ...]]] = MappingProxyType(
    {
        Rarity.COMMON: (
            "#a89f94",
            (0, 4, 8, 8, 10, 10, 10, 10, 8, 8, 4, 0),
            ("####", "#...", "#...", "#...", "####"),
        ),
        Rarity.UNCOMMON: (
            "#7ccf6a",
            (0, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 0),
            ("#..#", "#..#", "#..#", "#..#", "####"),
        ),
        Rarity.RARE: (
            "#5fa8ff",
            (2, 4, 6, 8, 10, 12, 12, 10, 8, 6, 4, 2),
            ("###.", "#..#", "###.", "#.#.", "#..#"),
        ),
        Rarity.EPIC: (
            "#c58bff",
            (2, 2, 4, 6, 8, 12, 12, 8, 6, 4, 2, 2),
            ("####", "#...", "###.", "#...", "####"),
        ),
        Rarity.LEGENDARY: (
            "#ffd34d",
            (2, 2, 4, 4, 12, 10, 8, 8, 8, 10, 10, 10),
            ("#...", "#...", "#...", "#...", "####"),
        ),
    }
)
"""The stand-in of each rarity: its colour, how wide each row of its shape is, and its letter."""

_LETTER_AT = 4
"""The row and the column where the letter begins, which is cut out of the shape."""

_NOTCH: Mapping[tuple[Rarity, int], int] = MappingProxyType(
    {(Rarity.LEGENDARY, 9): 2, (Rarity.LEGENDARY, 10): 4, (Rarity.LEGENDARY, 11): 8}
)
"""How much of the middle of a row is left out, which parts the points of a star."""


@lru_cache(maxsize=len(Rarity))
def stand_in(rarity: Rarity) -> str:
    """The text of the sprite that stands in for one that is missing.

    It has the rarity's shape, with its letter left out of it, so that both show without colour.
    """
    colour, widths, letter = _SHAPES[rarity]
    size = len(widths)
    grid = [[False] * size for _ in range(size)]
    for y, width in enumerate(widths):
        notch = _NOTCH.get((rarity, y), 0)
        for x in range(size):
            # Twice the distance from the middle, which lies between two pixels.
            grid[y][x] = notch < abs(2 * x + 1 - size) + 1 <= width
    for y, line in enumerate(letter, _LETTER_AT):
        for x, pixel in enumerate(line, _LETTER_AT):
            if pixel == "#":
                grid[y][x] = False
    rows = ["".join("o" if painted else EMPTY for painted in row) for row in grid]
    return "\n".join([f"o={colour}", *rows])


def drawn(sprite: str, emoji: str, rarity: Rarity) -> str:
    """The sprite to draw: its own; none for what has an emoji; else its rarity's stand-in."""
    return sprite or ("" if emoji else stand_in(rarity))
