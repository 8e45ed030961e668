"""The melt: five pictures run together, glow, and clear up into the one that came out."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from textual.strip import Strip

from inventui.rules.core.sprite import parse
from inventui.widgets.canvas.canvas import Canvas
from inventui.widgets.colour import mix
from inventui.widgets.items.reel import SPIN_SECONDS, Reel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.geometry import Size

    from inventui.engine.core.models import CaseDetail
    from inventui.widgets.canvas.sprite import Colour, Pixels
    from inventui.widgets.items.card import Face
    from inventui.widgets.items.reel import ReelPlan

GATHERED, BREWED = 0.4, 0.72
"""Moments (0.0 to 1.0) when the five have met, and when the one begins to show."""

LINES = 12
"""Lines of the whole picture."""

GLOW = "#fff4dc"
PLAIN = "#a89f94"
"""The colour of what has no picture."""

FLICKERS = 36
"""Patterns of the glow in all."""


def pixels_of(sprite: str) -> Pixels:
    """The pixels of a sprite; a plain disc for what has none."""
    try:
        rows = parse(sprite).rows
    except ValueError:
        rows = ()
    return rows or disc(12, PLAIN)


@lru_cache(maxsize=8)
def disc(size: int, colour: str) -> Pixels:
    """A filled circle."""
    middle = (size - 1) / 2
    return tuple(
        tuple(
            colour if (x - middle) ** 2 + (y - middle) ** 2 <= (size / 2) ** 2 else None
            for x in range(size)
        )
        for y in range(size)
    )


@lru_cache(maxsize=16384)
def _chance(*parts: int) -> float:
    """A number from 0.0 to below 1.0 that only depends on its parts."""
    return int.from_bytes(blake2b(repr(parts).encode(), digest_size=4).digest()) / 2**32


def melt_at(
    sources: Sequence[Pixels], won: Pixels, moment: float, width: int, lines: int = LINES
) -> Pixels:
    """A moment of the melt as pixels, two to a line.

    Args:
        sources: what goes in.
        won: what comes out.
        moment: 0.0 at the beginning, 1.0 when only what came out is seen.
        width: columns.
        lines: lines.
    """
    picture: list[list[Colour]] = [[None] * width for _ in range(2 * lines)]
    if moment < GATHERED:
        way = (moment / GATHERED) ** 2
        for place, pixels in enumerate(sources):
            start = (place + 0.5) / len(sources) * width
            _lay(picture, pixels, round(start + (width / 2 - start) * way), 1)
        return tuple(map(tuple, picture))
    colours = [pixel for pixels in sources for row in pixels for pixel in row if pixel]
    glowing = min(1.0, (moment - GATHERED) / (BREWED - GATHERED))
    shown = max(0.0, (moment - BREWED) / (1 - BREWED))
    flicker = int(moment * FLICKERS)
    ball = disc(max(len(won), len(won[0])), PLAIN)

    def pixel(x: int, y: int) -> Colour:
        mine = won[y][x] if y < len(won) and x < len(won[y]) else None
        if shown >= 1 or _chance(x, y) < shown:
            return mine
        if ball[y][x] is None:
            return None
        drawn = colours[int(_chance(x, y, flicker) * len(colours))]
        return mix(drawn, GLOW, round(0.75 * glowing * (1 - shown), 2))

    brew = tuple(tuple(pixel(x, y) for x in range(len(ball[0]))) for y in range(len(ball)))
    tight = 2 * len(brew) > len(picture)
    _lay(picture, brew, width // 2, 1 if tight or glowing < 0.3 else 2)
    return tuple(map(tuple, picture))


def _lay(picture: list[list[Colour]], pixels: Pixels, middle: int, scale: int) -> None:
    """Paint pixels around a column, half way down."""
    left = middle - len(pixels[0]) * scale // 2
    top = (len(picture) - len(pixels) * scale) // 2
    for y, row in enumerate(pixels):
        for x, colour in enumerate(row):
            if colour is None:
                continue
            for down in range(scale):
                for across in range(scale):
                    at, line = left + x * scale + across, top + y * scale + down
                    if 0 <= line < len(picture) and 0 <= at < len(picture[0]):
                        picture[line][at] = colour


class Melt(Reel):
    """Plays in the place of a reel.

    Args:
        sprites: pictures of what goes in.
    """

    def __init__(self, sprites: Sequence[str], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.sources = [pixels_of(sprite) for sprite in sprites] or [disc(12, PLAIN)]
        self.won: Pixels = disc(12, PLAIN)
        self._drawn: list[Strip] = []

    def load(self, plan: ReelPlan, case: CaseDetail, won: Face) -> None:  # noqa: ARG002
        """Put in what came out, at the beginning."""
        self.plan, self.won = plan, pixels_of(won.drawn)
        self.show_at(0.0)
        self.refresh(layout=True)

    def show_at(self, elapsed: float) -> None:
        """Draw the moment after so many seconds."""
        self.elapsed = elapsed
        self._drawn.clear()
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Always the same."""
        return LINES

    def notify_style_update(self) -> None:
        """Another theme."""
        super().notify_style_update()
        self._drawn.clear()

    def on_resize(self) -> None:
        """Another size."""
        self._drawn.clear()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the present moment."""
        width, height = self.size
        if not self._drawn:
            back = self.background_colors[1].hex6.lower()
            canvas = Canvas(width, height, back)
            moment = min(1.0, self.elapsed / SPIN_SECONDS)
            canvas.pixels(0, 0, melt_at(self.sources, self.won, moment, width, height))
            self._drawn = canvas.strips()
        if y >= len(self._drawn):
            return Strip.blank(width, self.visual_style.rich_style)
        return self._drawn[y]
