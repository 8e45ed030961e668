"""Where the sparks of a celebration are at a moment: a pure function for each style."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import shake_256
from typing import NamedTuple


class Seed(NamedTuple):
    """What tells a spark from others: its number and four parts of chance, 0.0 to 1.0."""

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
