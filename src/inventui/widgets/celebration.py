"""Celebrations: what flies when something good drops, in each of the styles for it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import shake_256
from time import monotonic
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.strip import Strip
from textual.widget import Widget

from inventui.rules.style import Style
from inventui.widgets.look import NIGHT_MARKET
from inventui.widgets.paint import Pen

if TYPE_CHECKING:
    from textual.timer import Timer

    from inventui.widgets.canvas import Canvas

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


class Seed(NamedTuple):
    """What makes a spark its own: its number and four parts of chance, 0.0 to 1.0."""

    number: int
    a: float
    b: float
    c: float
    d: float


Place = tuple[float, float, str] | None
"""Across and down (0.0 to 1.0), and a glyph; None while it is not seen."""

Flight = Callable[[Seed, int, float, int], Place]
"""Where a spark of so many is at a moment (0.0 to 1.0), in a picture of so many lines."""


@lru_cache(maxsize=16)
def seeds(seed: str, count: int) -> tuple[Seed, ...]:
    """So many sparks, the same for the same seed."""
    noise = shake_256(seed.encode("utf-8", "replace")).digest(4 * count)
    return tuple(
        Seed(number, *(part / 255 for part in noise[4 * number : 4 * number + 4]))
        for number in range(count)
    )


def _pick(glyphs: str, part: float) -> str:
    return glyphs[round(part * 255) % len(glyphs)]


def _confetti(spark: Seed, _: int, flown: float, height: int) -> Place:
    """From the middle to everywhere: fast at first, falling a little at the end."""
    way = 1 - (1 - flown) ** 3
    lift = math.sin(math.pi * flown) * 0.15 * height / max(1, height - 1)
    glyph = _pick("✦·★◆·▪", spark.c)
    return 0.5 + (spark.a - 0.5) * way, 0.5 + (spark.b - 0.5) * way - lift, glyph


BURSTS = ((0.24, 0.34), (0.74, 0.26), (0.5, 0.6), (0.14, 0.72), (0.86, 0.66))
"""Where rockets burst."""
RAYS = 10


def _fireworks(spark: Seed, count: int, flown: float, _: int) -> Place:
    """Rockets rise one after another, and burst into rays."""
    bursts = max(1, min(len(BURSTS), count // (2 * RAYS)))
    x, y = BURSTS[spark.number % bursts]
    began = 0.45 * (spark.number % bursts) / bursts
    ring = spark.number // bursts
    moment = (flown - began) / (1 - 0.45)
    if moment <= 0:
        return None
    if moment < 0.3:
        # The rocket: one spark of each burst, rising.
        return (x, 1 - (1 - y) * moment / 0.3, "╵") if ring == 0 else None
    spread = min(1.0, (moment - 0.3) / 0.7)
    spread = 1 - (1 - spread) ** 2
    angle = (ring % RAYS) / RAYS * math.tau
    out = (1 + ring // RAYS) / (1 + max(1, count // bursts) // RAYS)
    away = 0.24 * out * spread
    glyph = "✺" if ring == 0 else "✦" if out > 0.6 else "∙"
    if ring == 0:
        away = 0.0
    return x + math.cos(angle) * away * 0.8, y + math.sin(angle) * away * 1.25, glyph


def _rain(spark: Seed, _: int, flown: float, __: int) -> Place:
    """Drops fall through the whole picture."""
    speed = 1 + (spark.c > 0.5)
    y = (spark.b + speed * flown) % 1.0
    if speed * flown < 1.0 and y < spark.b:
        y = spark.b * flown
    return spark.a, y, "│" if spark.c > 0.5 else _pick("╷'╵", spark.d)


def _fountain(spark: Seed, _: int, flown: float, __: int) -> Place:
    """A jet rises in the middle and falls to both sides."""
    along = spark.c * (1 - (1 - flown) ** 2)
    high = 0.55 + 0.45 * spark.b
    x = 0.5 + (spark.a - 0.5) * 1.5 * along
    y = 1 - 4 * high * along * (1 - along)
    return (x, min(1.0, y), "•∘°·"[int(along * 3.9)]) if 0 <= x <= 1 else None


def _coins(spark: Seed, count: int, flown: float, height: int) -> Place:
    """Coins turn as they fall, and come to rest as a heap."""
    layers = 5
    layer = spark.number * layers // max(1, count)
    # Each layer of the heap is narrower than the one below it.
    x = 0.5 + (spark.a - 0.5) * (1 - layer / layers)
    floor = 1 - layer / max(1, height - 1)
    start = -0.3 - 0.7 * spark.b - 0.25 * layer
    y = min(floor, start + (floor - start) * flown * (1.15 + 0.4 * spark.c))
    if y < 0:
        return None
    glyph = "●" if y >= floor else "●◐│◑"[int(flown * 22 + spark.d * 4) % 4]
    return x, y, glyph


def _hearts(spark: Seed, _: int, flown: float, __: int) -> Place:
    """Hearts rise from below, swaying."""
    y = 1.15 - (1.15 - spark.b) * flown ** (0.6 + 0.6 * spark.c)
    x = spark.a + math.sin((flown + spark.d) * math.tau) * 0.03 * (1 - flown)
    return (x, y, "♥" if spark.c > 0.3 else "♡") if 0 <= y <= 1 and 0 <= x <= 1 else None


FLIGHTS: Mapping[str, Flight] = {
    "confetti": _confetti,
    "fireworks": _fireworks,
    "rain": _rain,
    "fountain": _fountain,
    "coins": _coins,
    "hearts": _hearts,
}
"""How each celebration flies."""


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
            style: the celebration that the player wears, `Outlook.celebration`.
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
        """Draw nothing."""
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
