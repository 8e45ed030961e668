"""Draws frames around a card, and the page around the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.geometry import Region

from inventui.rules.core.categories import Category
from inventui.widgets.colour import Pen, mix, ramp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inventui.widgets.canvas.appearance import Appearance
    from inventui.widgets.canvas.canvas import Canvas

INSIDE, OUTSIDE, TURNED_IN, TURNED_OUT = range(4)
"""Where a line lies: on the card, on the page, or as what is left free of either."""


class Lines(NamedTuple):
    """The glyphs of a frame, three to an edge, and where each edge's line lies."""

    top: str
    left: str
    right: str
    bottom: str
    across: int = INSIDE
    at_left: int = INSIDE
    at_right: int = INSIDE


FRAMES: Mapping[str, Lines] = {
    "rounded": Lines("╭─╮", "│", "│", "╰─╯"),
    "heavy": Lines("┏━┓", "┃", "┃", "┗━┛"),
    "double": Lines("╔═╗", "║", "║", "╚═╝"),
    "dashed": Lines("┏╍┓", "╏", "╏", "┗╍┛"),
    "ascii": Lines("+-+", "|", "|", "+-+"),
    "thick": Lines("█▀█", "█", "█", "█▄█"),
    "tall": Lines("▊▔▎", "▊", "▎", "▊▁▎", INSIDE, TURNED_OUT, OUTSIDE),
    "wide": Lines("▁▁▁", "▎", "▊", "▔▔▔", OUTSIDE, INSIDE, TURNED_IN),
    "hkey": Lines("▔▔▔", " ", " ", "▁▁▁"),
}
"""The frames; Textual's borders of the same names look the same."""

CROP_MARKS = Lines("┌ ┐", " ", " ", "└ ┘")
"""What a card without a frame has: room for one."""


def paint_frame(canvas: Canvas, box: Region, look: Appearance) -> None:
    """Draw the frame on the rim of `box`, inside which the card is painted already."""
    lines = FRAMES.get(look[Category.FRAME].word, CROP_MARKS)
    colours = look[Category.FRAME].colours or (mix(look.ground, look.plain, 0.25),)
    width, height = box.size
    if width < 2 or height < 2:
        return
    right, bottom = box.right - 1, box.bottom - 1
    # Two colours run from the corner at the top to the one at the bottom.
    way = width + 2 * height

    def draw(x: int, y: int, glyph: str, where: int) -> None:
        colour = ramp(colours, round((x - box.x + 2 * (y - box.y)) / way, 2))
        card, page = canvas.back_at(x, y), look.page
        pens = (
            Pen(colour, card), Pen(colour, page), Pen(card, colour), Pen(page, colour)
        )  # fmt: skip
        canvas.put(x, y, glyph, pens[where])

    at_left, at_right = (
        (lines.at_left, lines.at_right) if lines.across == INSIDE else (OUTSIDE, OUTSIDE)
    )
    for y, edge in ((box.y, lines.top), (bottom, lines.bottom)):
        draw(box.x, y, edge[0], at_left)
        for x in range(box.x + 1, right):
            draw(x, y, edge[1], lines.across)
        draw(right, y, edge[2], at_right)
    for y in range(box.y + 1, bottom):
        draw(box.x, y, lines.left, lines.at_left)
        draw(right, y, lines.right, lines.at_right)
