"""BigPulp, the orange who keeps the market: his picture, dressed as the player likes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from inventui.rules.clock import DAY
from inventui.widgets.bigpulp_parts import (
    ACCESSORIES, BARE_HEADED, BODY, FIXED, HATS, LEAF, MOODS, SECOND, Part,
)  # fmt: skip
from inventui.widgets.canvas import Canvas, Pixels
from inventui.widgets.paint import shade

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inventui.engine.models import CaseSummary, PlayerCard
    from inventui.rules.style import Style
    from inventui.widgets.style import Outlook

WIDTH = 18
"""Cells of his picture: the body's and room for brims."""

BARE, HATTED = 7, 10
"""Lines of his picture, without a hat and with one."""

_LEFT, _ABOVE = 2, 6
"""Pixels around the body's corner."""


def figure(look: Outlook) -> Pixels:
    """BigPulp in hat, mood and accessory, feet at the bottom."""
    return _figure(look.bigpulp_hat, look.bigpulp_mood.word, look.bigpulp_accessory)


def figure_lines(look: Outlook) -> int:
    """Lines of the terminal that he takes."""
    return HATTED if look.bigpulp_hat.word in HATS else BARE


@lru_cache(maxsize=128)
def _figure(hat: Style, mood: str, accessory: Style) -> Pixels:
    grid: list[list[str | None]] = [[None] * WIDTH for _ in range(2 * HATTED)]
    _lay(grid, BODY, FIXED)
    if hat.word in BARE_HEADED or hat.word not in HATS:
        _lay(grid, LEAF, FIXED)
    for part in MOODS.get(mood, MOODS["none"]):
        _lay(grid, part, FIXED)
    if accessory.word in ACCESSORIES:
        _lay(grid, ACCESSORIES[accessory.word], _tones(accessory))
    if hat.word in HATS:
        _lay(grid, HATS[hat.word], _tones(hat))
    rows = tuple(tuple(row) for row in grid)
    return rows if hat.word in HATS else rows[2 * (HATTED - BARE) :]


def _tones(style: Style) -> dict[str, str]:
    first = style.colour("#f4ebdb")
    second = style.colours[1] if len(style.colours) > 1 else SECOND.get(style.word, first)
    return {
        **FIXED,
        "a": first,
        "A": shade(first, -0.13),
        "L": shade(first, 0.17),
        "b": second,
        "B": shade(second, -0.13),
    }


def _lay(grid: list[list[str | None]], part: Part, colours: Mapping[str, str]) -> None:
    for down, row in enumerate(part.rows, part.y + _ABOVE):
        for across, letter in enumerate(row, part.x + _LEFT):
            if letter != "." and 0 <= across < WIDTH and 0 <= down < len(grid):
                grid[down][across] = colours[letter]
