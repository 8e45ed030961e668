"""Entrance animations: the lines of a page while it comes in, in each style."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.strip import Strip

from inventui.rules.core.categories import Category
from inventui.widgets.colour import Runs, mix, rich_style, run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.widgets.canvas.appearance import Appearance
    from inventui.widgets.colour import Pen

SECONDS = 0.55
"""How long any entrance takes."""

WORDS = ("fade", "slide", "drop", "curtain", "typewriter")
"""The entrances there are; everything else is simply there."""

CURSOR = "█"


def entering(strips: Sequence[Strip], word: str, moment: float, back: str) -> list[Strip]:
    """What is seen of a page at a moment of its entrance.

    Args:
        strips: the whole page, all lines of the same width.
        word: the entrance.
        moment: 0.0 at its beginning; from 1.0 on all is there.
        back: `#rrggbb` of what is seen where the page is not yet.
    """
    if moment >= 1.0 or word not in WORDS or not strips:
        return list(strips)
    moment = max(0.0, moment)
    width, height = strips[0].cell_length, len(strips)
    empty = rich_style(_pen(back))
    # Heavy player items slow down before they stand.
    eased = 1 - (1 - moment) ** 3
    match word:
        case "fade":
            share = round(1 - moment, 2)
            return [_faded(strip, back, share) for strip in strips]
        case "slide":
            gone = width - round(width * eased)
            return [_beside(strip, gone, width, empty) for strip in strips]
        case "drop":
            gone = height - round(height * eased)
            blank = Strip.blank(width, empty)
            return [blank if y >= height - gone else strips[y + gone] for y in range(height)]
        case "curtain":
            return [_parted(strip, width, eased, back) for strip in strips]
        case _:
            written = round(moment * width * height)
            return [
                _typed(strip, written - y * width, width, back) for y, strip in enumerate(strips)
            ]


def _pen(back: str, front: str = "") -> Pen:
    return run("", front, "", back).pen


def _faded(strip: Strip, back: str, share: float) -> Strip:
    segments = [
        Segment(segment.text, _paled(segment.style or RichStyle.null(), back, share))
        for segment in strip
    ]
    return Strip(segments, strip.cell_length)


@lru_cache(maxsize=8192)
def _paled(style: RichStyle, back: str, share: float) -> RichStyle:
    front = style.color.get_truecolor().hex if style.color else back
    behind = style.bgcolor.get_truecolor().hex if style.bgcolor else back
    return style + rich_style(_pen(mix(behind, back, share), mix(front, back, share)))


def _beside(strip: Strip, gone: int, width: int, empty: RichStyle) -> Strip:
    """The right end of a page that comes in from the left."""
    if gone >= width:
        return Strip.blank(width, empty)
    return Strip.join([strip.crop(gone, width), Strip.blank(gone, empty)]).adjust_cell_length(
        width, empty
    )


def _parted(strip: Strip, width: int, eased: float, back: str) -> Strip:
    """The middle of a page between two halves of a curtain."""
    half = width / 2 * eased
    left, right = round(width / 2 - half), round(width / 2 + half)
    cloth = rich_style(_pen(mix(back, "#8c1c2b", 0.55), "#c23a45"))
    fold = "▏▕  " * (width // 4 + 1)
    sides = [
        Strip([Segment(fold[:left], cloth)], left),
        strip.crop(left, right),
        Strip([Segment(fold[: width - right], cloth)], width - right),
    ]
    return Strip.join(sides).adjust_cell_length(width, rich_style(_pen(back)))


def _typed(strip: Strip, written: int, width: int, back: str) -> Strip:
    """The beginning of a line, and the cursor behind it."""
    empty = rich_style(_pen(back))
    if written >= width:
        return strip
    if written < 0:
        return Strip.blank(width, empty)
    cursor = Strip([Segment(CURSOR, rich_style(_pen(back, "#ffb347")))], 1)
    rest = max(0, width - written - 1)
    return Strip.join(
        [strip.crop(0, written), cursor, Strip.blank(rest, empty)]
    ).adjust_cell_length(width, empty)


def entrance_runs(look: Appearance, cells: int) -> Runs:
    """An entrance in words and signs, for where nothing may move."""
    signs = {
        "fade": "░░▒▒▓▓██",
        "slide": "▏▎▍▌▋▊▉█▸",
        "drop": "▔▀▆▇█ ▾",
        "curtain": "▓▒░ · ░▒▓",
        "typewriter": "t·y·p·e·█",
    }
    word = look[Category.ENTRANCE_ANIMATION].word
    words = f" comes in: {word}" if word in signs else " comes in quietly"
    runs = (run(signs.get(word, "—"), look.ink), run(words, look.faint))
    return runs if sum(len(part.text) for part in runs) <= cells else runs[:1]
