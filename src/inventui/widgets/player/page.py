"""A player's page: their card, with BigPulp in his place beside it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from textual.geometry import Region

from inventui.rules.core.categories import Category
from inventui.widgets.bigpulp.picture import BARE, HIDDEN, WIDTH, figure
from inventui.widgets.bigpulp.speech import DOWN, LEFT, RIGHT, bubble
from inventui.widgets.bigpulp.text import line_for
from inventui.widgets.canvas.canvas import Canvas
from inventui.widgets.colour import Pen, mix
from inventui.widgets.player.card_facts import stats_lines
from inventui.widgets.player.player_card import draw_card

if TYPE_CHECKING:
    from inventui.widgets.canvas.appearance import Appearance
    from inventui.widgets.player.card_facts import CardFacts

BESIDE = 60
"""Cells across from which BigPulp stands beside the card, instead of above or below it."""

COLUMN = 24
"""Most cells of the column that he has to himself there."""

FEWEST = 5
"""Lines of him that must be seen, down to his eyes."""


NARROW = 34
"""Cells across below which his words stand above him, for want of room beside him."""

WORDS_LINES = 4
"""Lines that his words take there."""

WIDEST, HIGHEST = 68, 22
"""Cells and lines of the largest card; on a larger page it stands in the middle."""

BARE_HIGHEST = 14
"""Lines of the largest card with its figures below BigPulp."""

CARD_LINES = 6
"""Fewest lines of a card on a page that is shared."""


class Places(NamedTuple):
    """Where the parts of a page are; `stats` only where the figures stand by themselves."""

    card: Region
    pulp: Region
    stats: Region | None = None


def places(look: Appearance, width: int, height: int) -> Places:
    """Where card, BigPulp and figures are on a page of so many cells."""
    position = look[Category.BIGPULP_POSITION].word
    if width >= BESIDE and position in ("right", "left", "far_left"):
        return _beside(position, width, height)
    across, high = min(width, WIDEST), len(figure(look)) // 2
    x = (width - across) // 2
    wanted = high + (position == "bottom") + WORDS_LINES * (width < NARROW)
    zone = max(FEWEST, min(wanted, height - CARD_LINES + (width < NARROW)))
    zone = min(zone, height)
    rest = min(height - zone, BARE_HIGHEST if position == "above_stats" else HIGHEST)
    y = (height - zone - rest) // 2
    # Who looks over an edge stays at it.
    pulp_x = 0 if position == "far_left" else x
    match position:
        case "top":
            return Places(Region(x, y + zone, across, rest), Region(x, y, across, zone))
        case "above_stats":
            figures = min(rest, 3 if rest >= CARD_LINES + 3 else 1)
            card = rest - figures
            return Places(
                Region(x, y, across, card),
                Region(x, y + card, across, zone),
                Region(x, y + card + zone, across, figures),
            )
        case "bottom":
            return Places(Region(x, y, across, rest), Region(x, height - zone, across, zone))
        case _:
            return Places(
                Region(x, y, across, rest), Region(pulp_x, y + rest, across + x - pulp_x, zone)
            )


def _beside(position: str, width: int, height: int) -> Places:
    """BigPulp has a column to himself, as high as the card."""
    column = min(COLUMN, max(WIDTH + 2, width - 38))
    across, down = min(width - column, WIDEST), min(height, HIGHEST)
    x, y = (width - across - column) // 2, (height - down) // 2
    if position == "right":
        return Places(Region(x, y, across, down), Region(x + across, y, column, down))
    return Places(
        Region(x + column, y, across, down),
        Region(0 if position == "far_left" else x, y, column, down),
    )


def draw_pulp(canvas: Canvas, box: Region, look: Appearance, words: str = "") -> None:
    """Draw BigPulp and what he says in the part of a page that is his."""
    position = look[Category.BIGPULP_POSITION].word
    said = words or line_for(look[Category.BIGPULP_MOOD].word)
    pixels = figure(look)
    if box.width < NARROW:
        _draw_column(canvas, box, look, said)
        return
    # Side by side: he, and his words in what is left of the width.
    lines = min(len(pixels) // 2, box.height)
    y = box.bottom - lines
    if position == "bottom":
        # He looks up from below the edge.
        seen = min(max(FEWEST, len(pixels) // 2 - 2), box.height - 1)
        y = box.bottom - seen
    x = {"right": box.right - WIDTH - 1, "far_left": box.x - HIDDEN}.get(position, box.x + 1)
    canvas.pixels(x, y, pixels[: 2 * (box.bottom - y)])
    at = x + WIDTH + (position != "far_left")
    room = (x - box.x - 1) if position == "right" else box.right - at
    balloon = bubble(said, look, room, box.height, RIGHT if position == "right" else LEFT)
    if position == "right":
        at = x - balloon.width - 1
    canvas.paste(balloon, at, box.y + max(0, (box.height - balloon.height) // 2))


def _draw_column(canvas: Canvas, box: Region, look: Appearance, said: str) -> None:
    """He stands at the bottom of a column, his words above him: whole sentences if one fits."""
    pixels = figure(look)
    # Where it is low he says nothing rather than be all hat.
    least = len(pixels) // 2 - (BARE - FEWEST)
    wanted = max(WORDS_LINES, bubble(said, look, box.width - 1, tail=DOWN).height)
    high = min(len(pixels) // 2, box.height, max(least, box.height - wanted))
    far = look[Category.BIGPULP_POSITION].word == "far_left"
    wide = box.width > COLUMN
    x = box.x - HIDDEN if far else box.x + (box.width - WIDTH) // 2
    if wide and not far:
        x = {"left": box.x + 1, "right": box.right - WIDTH - 1}.get(
            look[Category.BIGPULP_POSITION].word, x
        )
    down = 1 if box.height > high + wanted else 0
    y = box.bottom - high - down
    canvas.pixels(x, y, pixels[: 2 * high])
    if wanted > y - box.y:
        # Above a low hat is room.
        y += next((row for row, dots in enumerate(pixels) if any(dots)), 0) // 2
    sentences = re.split(r"(?<=[.!?…]) ", said)
    while sentences[1:] and wanted > y - box.y:
        sentences.pop()
        wanted = bubble(" ".join(sentences), look, box.width - 1, tail=DOWN).height
    balloon = bubble(" ".join(sentences), look, box.width - 1, y - box.y, DOWN)
    at = box.x + (1 if far else max(0, (box.width - balloon.width) // 2))
    canvas.paste(balloon, at, max(box.y, y - balloon.height))


def draw_stats(canvas: Canvas, box: Region, facts: CardFacts, look: Appearance) -> None:
    """The figures by themselves, on a strip of the card's ground."""
    canvas.fill(box, look.ground)
    canvas.put(box.x, box.y, "▔" * box.width, Pen(mix(look.ground, look.ink, 0.5)))
    y = box.y + (box.height > 1)
    for number, runs in enumerate(stats_lines(facts, look, box.width - 4, box.bottom - y)):
        canvas.write(box.x + 2, y + number, runs)


def page_card_box(box: Region) -> Region:
    """Where the frame runs within the card's part of a page."""
    across, down = (2 if box.width >= 44 else 1), (1 if box.height >= 15 else 0)
    return box.shrink((down, across, down, across))


@lru_cache(maxsize=32)
def page_canvas(
    facts: CardFacts, look: Appearance, width: int, height: int, words: str = "", phase: float = 0.0
) -> Canvas:
    """A whole page in so many cells. Don't paint on it: it is kept."""
    canvas = Canvas(width, height, look.page)
    where = places(look, width, height)
    draw_card(
        canvas, page_card_box(where.card), facts, look, phase=phase, stats=where.stats is None
    )
    if where.stats is not None:
        draw_stats(canvas, where.stats, facts, look)
    draw_pulp(canvas, where.pulp, look, words)
    return canvas
