"""A light celebration: sparks that fall from above and come to rest as stars."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from hashlib import shake_256
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.timer import Timer

FLIGHT_SECONDS = 0.9
FRAMES_A_SECOND = 24
GLYPHS = "✦·★◆·▪"
COLOURS = ("$rarity-legendary", "$rarity-epic", "$primary", "$rarity-rare", "$rarity-uncommon")


@dataclass(frozen=True, slots=True)
class Spark:
    """One spark: where it comes to rest (0.0 to 1.0 across and down), and how it looks."""

    x: float
    y: float
    glyph: str
    colour: str


@lru_cache(maxsize=8)
def sparks(seed: str, count: int) -> tuple[Spark, ...]:
    """So many sparks, the same for the same seed."""
    noise = shake_256(seed.encode()).digest(4 * count)
    return tuple(
        Spark(
            noise[i] / 255,
            noise[i + 1] / 255,
            GLYPHS[noise[i + 2] % len(GLYPHS)],
            COLOURS[noise[i + 3] % len(COLOURS)],
        )
        for i in range(0, 4 * count, 4)
    )


class Confetti(Widget):
    """Fills its region with sparks; draws nothing until it is lit."""

    DEFAULT_CSS = """
    Confetti { width: 1fr; height: 1fr; background: $background; }
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = set()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sparks: tuple[Spark, ...] = ()
        self._flown = 1.0
        self._timer: Timer | None = None
        self._lines: dict[int, dict[int, Spark]] = {}

    def light(self, seed: str, count: int, *, motion: bool) -> None:
        """Let sparks fly; without motion they are at rest at once."""
        self.put_out()
        self._sparks = sparks(seed, count)
        if not motion:
            self.show_at(1.0)
            return
        began = monotonic()
        self.show_at(0.0)

        def frame() -> None:
            flown = (monotonic() - began) / FLIGHT_SECONDS
            self.show_at(flown)
            if flown >= 1 and self._timer is not None:
                self._timer.stop()
                self._timer = None

        self._timer = self.set_interval(1 / FRAMES_A_SECOND, frame)

    def put_out(self) -> None:
        """Draw nothing."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._sparks = ()
        self.show_at(1.0)

    def show_at(self, flown: float) -> None:
        """Draw the moment when the sparks are so far (0.0 to 1.0) on their way."""
        self._flown = min(1.0, flown)
        self._place()
        self.refresh()

    def on_resize(self) -> None:
        """Another size."""
        self._place()

    def _place(self) -> None:
        """Work out where each spark is now: they fall ever slower, and most at the sides."""
        width, height = self.size
        above = (1 - self._flown) ** 2 * height
        self._lines = {}
        for spark in self._sparks:
            x = round((1 - math.cos(math.pi * spark.x)) / 2 * (width - 1))
            y = round(spark.y * (height - 1) - above * (0.4 + spark.x))
            self._lines.setdefault(y, {})[x] = spark

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        base = self.visual_style
        line = self._lines.get(y)
        if not line:
            return Strip.blank(self.size.width, base.rich_style)
        segments = []
        column = 0
        for x, spark in sorted(line.items()):
            style = base + self._get_style(spark.colour)
            segments.append(Segment(" " * (x - column), base.rich_style))
            segments.append(Segment(spark.glyph, style.rich_style))
            column = x + 1
        return Strip(segments, column).adjust_cell_length(self.size.width, base.rich_style)
