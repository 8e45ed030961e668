"""The player's card: name, rank, figures and avatar in the styles that are worn."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from textual.geometry import Region

from inventui.rules.core.categories import Category
from inventui.widgets.canvas.canvas import Canvas, runs_length
from inventui.widgets.player.card_layouts import LAYOUTS
from inventui.widgets.player.card_sheet import Sheet
from inventui.widgets.player.frames import paint_frame
from inventui.widgets.player.patterns import paint_background
from inventui.widgets.player.visitor_counter import counter_runs

if TYPE_CHECKING:
    from inventui.widgets.canvas.appearance import Appearance
    from inventui.widgets.player.card_facts import CardFacts

ROOMY = 44
"""Cells across from which a card keeps a wider margin."""

HIGH = 15
"""Lines from which it keeps one above and below."""


def draw_card(
    canvas: Canvas,
    box: Region,
    facts: CardFacts,
    look: Appearance,
    *,
    phase: float = 0.0,
    stats: bool = True,
) -> None:
    """Draw a card whose frame is the rim of `box`."""
    if box.width < 6 or box.height < 3:
        return
    paint_background(canvas, box, look)
    paint_frame(canvas, box, look)
    inside = box.shrink((1, 1, 1, 1))
    across, down = (2 if box.width >= ROOMY else 1), (1 if box.height >= HIGH else 0)
    inner = inside.shrink((down, across, down, across))
    if inner.width >= 4 and inner.height >= 1:
        layout = LAYOUTS.get(look[Category.CARD_STYLE].word, LAYOUTS["default"])
        layout(Sheet(canvas, facts, look, inside, inner, phase, stats))
    counter = counter_runs(facts.visitors, look, box.width - 6)
    if counter:
        x = box.right - 2 - runs_length(counter)
        canvas.fill(Region(x, box.bottom - 1, runs_length(counter), 1), look.ground)
        canvas.write(x, box.bottom - 1, counter, clear=False)


@lru_cache(maxsize=64)
def card_canvas(
    facts: CardFacts, look: Appearance, width: int, height: int, phase: float = 0.0
) -> Canvas:
    """A card on its page, in so many cells. Don't paint on it: it is kept."""
    canvas = Canvas(width, height, look.page)
    across, down = (2 if width >= ROOMY else 1), (1 if height >= HIGH else 0)
    box = Region(0, 0, width, height).shrink((down, across, down, across))
    draw_card(canvas, box, facts, look, phase=phase)
    return canvas
