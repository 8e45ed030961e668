"""Draws a moment of a celebration over a picture, in each of the styles for it."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.strip import Strip
from textual.widget import Widget

from inventui.rules.core.style import Style
from inventui.widgets.canvas.particles import FLIGHTS, seeds
from inventui.widgets.colour import Pen
from inventui.widgets.theme import NIGHT_MARKET

if TYPE_CHECKING:
    from textual.timer import Timer

    from inventui.widgets.canvas.canvas import Canvas

    _Base = Widget
else:
    _Base = object

FRAMES_A_SECOND = 24

SECONDS: Mapping[str, float] = {
    "confetti": 0.9,
    "fireworks": 1.6,
    "rain": 1.4,
    "fountain": 1.4,
    "coins": 1.4,
    "hearts": 1.6,
}
"""How long each one flies before it comes to rest."""

COLOURS: Mapping[str, tuple[str, ...]] = {
    "confetti": (
        "$rarity-legendary", "$rarity-epic", "$primary", "$rarity-rare", "$rarity-uncommon"
    ),
    "fireworks": ("$rarity-legendary", "$rarity-epic", "$rarity-rare"),
    "rain": ("$rarity-rare", "#9fd8ff", "#6f86c9"),
    "fountain": ("$rarity-rare", "#b8f0ff", "#7ce0d3"),
    "coins": ("$rarity-legendary", "#f2b632", "#ffe9a0"),
    "hearts": ("#ff3d6b", "#ff8fa8", "#ff5f9e"),
}  # fmt: skip
"""What each one is painted with when its style names no colours."""

CONFETTI = Style("confetti")
"""What flies for players who wear nothing else."""

MANY = 60
"""Sparks that fill a card."""


class Spark(NamedTuple):
    """What is seen of a spark: a glyph in a colour (`#rrggbb` or a variable of the theme)."""

    glyph: str
    colour: str


def sparks_at(
    style: Style, seed: str, count: int, flown: float, width: int, height: int
) -> dict[int, dict[int, Spark]]:
    """Sparks by line and column at a moment.

    Args:
        style: a celebration; anything else flies as confetti.
        seed: the same seed gives the same sparks.
        count: how many.
        flown: 0.0 at the start, 1.0 at rest.
        width: cells of the picture.
        height: its lines.
    """
    word = style.word if style.word in FLIGHTS else CONFETTI.word
    colours = style.colours or COLOURS[word]
    flight = FLIGHTS[word]
    lines: dict[int, dict[int, Spark]] = {}
    for spark in seeds(seed, count):
        place = flight(spark, count, flown, height)
        if place is None:
            continue
        x, y = round(place[0] * (width - 1)), round(place[1] * (height - 1))
        if 0 <= x < width and 0 <= y < height:
            colour = colours[round(spark.d * 255) % len(colours)]
            lines.setdefault(y, {})[x] = Spark(place[2], colour)
    return lines


def plain_colour(colour: str) -> str:
    """`#rrggbb` of a colour that may be a variable of the theme, for pages of their own."""
    if not colour.startswith("$"):
        return colour
    name = colour[1:]
    return NIGHT_MARKET.variables.get(name) or str(getattr(NIGHT_MARKET, name))


def celebrate(canvas: Canvas, style: Style, seed: str, flown: float, count: int = MANY) -> None:
    """Paint a moment of a celebration over a canvas, where nothing is written."""
    for y, line in sparks_at(style, seed, count, flown, canvas.width, canvas.height).items():
        for x, spark in line.items():
            if all(canvas.is_free(near, y) for near in (x - 1, x, x + 1)):
                canvas.put(x, y, spark.glyph, Pen(plain_colour(spark.colour), manner="bold"))


class Celebrating(_Base):
    """Mixin for widgets that sparks fly over; there are none until it is lit."""

    _style, _seed, _count = CONFETTI, "", 0
    _flown = 1.0
    _timer: Timer | None = None
    _sparks: Mapping[int, Mapping[int, Spark]] = MappingProxyType({})
    """The sparks by line and column, as they are now."""

    def light(self, seed: str, count: int, *, motion: bool, style: Style = CONFETTI) -> None:
        """Let sparks fly; without motion they are at rest at once.

        Args:
            seed: the same seed flies the same way.
            count: how many sparks.
            motion: whether anything may move.
            style: the celebration that the player wears, `look[Category.CELEBRATION]`.
        """
        self.put_out()
        self._style, self._seed, self._count = style, seed, count
        if not motion:
            self.show_at(1.0)
            return
        seconds = SECONDS.get(style.word, SECONDS[CONFETTI.word])
        began = monotonic()
        self.show_at(0.0)

        def frame() -> None:
            flown = (monotonic() - began) / seconds
            self.show_at(flown)
            if flown >= 1 and self._timer is not None:
                self._timer.stop()
                self._timer = None

        self._timer = self.set_interval(1 / FRAMES_A_SECOND, frame)

    def put_out(self) -> None:
        """Take the sparks away."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._count = 0
        self.show_at(1.0)

    def show_at(self, flown: float) -> None:
        """Draw the moment when the sparks are so far (0.0 to 1.0) on their way."""
        self._flown = min(1.0, flown)
        self._place()
        self.refresh()

    def on_resize(self) -> None:
        """Another size."""
        self._place()
        self.refresh()

    def _place(self) -> None:
        self._sparks = sparks_at(
            self._style, self._seed, self._count, self._flown, *self.size
        )  # fmt: skip

    def with_sparks(self, strip: Strip, y: int) -> Strip:
        """A line with the sparks that fly over it, wherever nothing is written."""
        for x, spark in self._sparks.get(y, {}).items():
            if not strip.crop(max(0, x - 1), x + 2).text.isspace():
                continue
            under = next(iter(strip.crop(x, x + 1))).style or RichStyle.null()
            colour = self._get_style(spark.colour).foreground
            style = under + RichStyle(color=colour.rich_color if colour else None, bold=True)
            strip = Strip.join(
                [strip.crop(0, x), Strip([Segment(spark.glyph, style)], 1), strip.crop(x + 1)]
            )
        return strip


class Celebration(Celebrating, Widget):
    """Fills its region with sparks."""

    DEFAULT_CSS = """
    Celebration { width: 1fr; height: 1fr; background: $background; }
    """

    ALLOW_SELECT = False

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        base = self.visual_style
        line = self._sparks.get(y)
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
