"""Avatars: a slice of citrus for each name, made from the name's hash."""

from __future__ import annotations

import math
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from textual.geometry import Size

from inventui.widgets.colour import legible, mix, shade

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inventui.rules.core.style import Style
    from inventui.widgets.canvas.sprite import Pixels

FRUITS = (
    ("#ff9a2e", "#ffd9a0", "#ffb347"),
    ("#f2c12e", "#fff3b8", "#ffe066"),
    ("#6fbf3a", "#e4f7c6", "#a6de63"),
    ("#ff7a5c", "#ffe0cc", "#ff5470"),
    ("#d94a2b", "#ffc9a8", "#a81f3d"),
    ("#ff8a1f", "#ffe9c9", "#ff6f3c"),
    ("#c9d64f", "#f7fbd6", "#e8f07a"),
    ("#b86bd9", "#f0ddfa", "#d99af2"),
)
"""Rind, pith and flesh of each fruit; the last one grows on no tree."""

SIZES: Mapping[str, tuple[tuple[int, int], ...]] = {
    "tiny": ((4, 4), (4, 4), (6, 6)),
    "small": ((6, 6), (6, 6), (8, 8)),
    "normal": ((8, 8), (8, 8), (12, 12)),
    "large": ((10, 10), (12, 12), (16, 16)),
    "huge": ((12, 12), (16, 16), (20, 20)),
    "wide": ((14, 6), (16, 8), (22, 12)),
}
"""Pixels across and down on a low card, on a middling one and on a tall one."""

MIDDLING, TALL = 9, 15
"""Lines inside the frame from which a card is one of those."""

MARGINS: Mapping[str, int] = {"none": 0, "double": 3}
"""Pixels that a glow takes on each side, where they are not `MARGIN`."""

MARGIN = 2
LEAST = 4
"""Pixels of the smallest slice."""


def avatar_pixels(word: str, glow: str, room: Size, lines: int) -> Size:
    """Pixels of a slice: as its size says, or as much as its glow leaves of the room.

    Args:
        word: a word of the avatar sizes.
        glow: a word of the glows.
        room: cells there are.
        lines: how many the card has inside its frame.
    """
    sizes = SIZES.get(word, SIZES["normal"])
    width, height = sizes[(lines >= MIDDLING) + (lines >= TALL)]
    margin = 2 * MARGINS.get(glow, MARGIN)
    while width + margin > room.width or height + margin > 2 * room.height:
        if min(width, height) <= LEAST:
            return Size(0, 0)
        width, height = width - 2, height - 2
    return Size(width, height)


def avatar_cells(word: str, glow: str, room: Size, lines: int) -> Size:
    """Cells that a slice takes with its glow; none where there is no room for one."""
    width, height = avatar_pixels(word, glow, room, lines)
    margin = 2 * MARGINS.get(glow, MARGIN)
    return Size(width + margin, (height + margin) // 2) if width else Size(0, 0)


@lru_cache(maxsize=256)
def slice_of(name: str, width: int, height: int) -> Pixels:
    """The slice of a name: rind outside, pith, then wedges of flesh in its own pattern."""
    seed = sha256(name.encode("utf-8", "replace")).digest()
    rind, pith, flesh = FRUITS[seed[0] % len(FRUITS)]
    tones = (flesh, shade(flesh, 0.1), shade(flesh, -0.1))
    tone_of = [tones[part % 3] for part in seed[2:8]]
    half = min(width, height) / 2
    small = half <= 4
    # In each half: more than a picture of so few pixels can show would be a blur.
    wedges = (2 if small else 3) + seed[1] % 2
    rows = []
    for y in range(height):
        row: list[str | None] = []
        for x in range(width):
            # The halves mirror each other, as in a fruit that was cut well.
            across = abs(x + 0.5 - width / 2) / (width / 2)
            down = (y + 0.5 - height / 2) / (height / 2)
            away = math.hypot(across, down)
            depth = (1 - away) * half
            if depth < -0.16:
                row.append(None)
            elif depth < (0.8 if small else 1.15):
                row.append(shade(rind, -0.09) if down > 0.4 else rind)
            elif not small and depth < 2.0:
                row.append(pith)
            else:
                wedge = (math.atan2(down, across) / math.pi + 0.5) * wedges + 0.5
                seam = abs(wedge - round(wedge)) / wedges * math.pi * away * half
                if seam < (0.3 if small else 0.42) or away * half < 0.8:
                    row.append(mix(pith, flesh, 0.15))
                else:
                    row.append(tone_of[int(wedge)])
        rows.append(tuple(row))
    return tuple(rows)


@lru_cache(maxsize=256)
def avatar(name: str, width: int, height: int, glow: Style, ground: str) -> Pixels:
    """A slice with its glow around it, on a card of the colour `ground`."""
    fruit = slice_of(name, width, height)
    margin = MARGINS.get(glow.word, MARGIN)
    if not margin:
        return fruit
    full_width, full_height = width + 2 * margin, height + 2 * margin
    colour = legible(glow.colour("#ffffff"), ground, 2.0)
    beads = _beads(full_width, full_height, width, height) if glow.word == "dots" else frozenset()
    rows = []
    for y in range(full_height):
        row: list[str | None] = []
        for x in range(full_width):
            inside = margin <= x < margin + width and margin <= y < margin + height
            pixel = fruit[y - margin][x - margin] if inside else None
            if pixel is None and (x, y) in beads:
                pixel = colour
            elif pixel is None:
                across = (x + 0.5 - full_width / 2) / (width / 2)
                down = (y + 0.5 - full_height / 2) / (height / 2)
                away = (math.hypot(across, down) - 1) * min(width, height) / 2
                pixel = _glow(glow.word, colour, ground, away)
            row.append(pixel)
        rows.append(tuple(row))
    return tuple(rows)


def _glow(word: str, colour: str, ground: str, away: float) -> str | None:
    """The colour of a pixel that is so far outside the rind, or None for the card's own."""
    match word:
        case "soft" if away < 2.3:
            return mix(ground, colour, round(max(0.0, 0.66 - 0.26 * away), 2))
        case "ring" if 0.75 < away < 1.95:
            return colour
        case "neon" if away < 2.3:
            return colour if away < 0.95 else mix(ground, colour, 0.3)
        case "double" if away < 0.85 or 1.9 < away < 2.95:
            return colour
        case _:
            return None


def _beads(
    full_width: int, full_height: int, width: int, height: int
) -> frozenset[tuple[int, int]]:
    """Pixels of beads strung evenly around a slice."""
    number = 8 if max(width, height) <= 8 else 12
    found = set()
    for index in range(number):
        angle = (index + 0.5) / number * math.tau
        x = full_width / 2 + math.cos(angle) * (width / 2 + 1.4)
        y = full_height / 2 + math.sin(angle) * (height / 2 + 1.4)
        found.add((int(x), int(y)))
    return frozenset(found)
