"""Sprites: small pixel pictures, as text.

The first line gives the colours, one letter each (`o=#ff8800 l=#66bb33`); each line
after it is a row of pixels, one letter a pixel, `.` for none. Two rows of pixels make
one row of the terminal. A sprite is at most 16 × 16 pixels; the base pack's are 12 × 12.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

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
