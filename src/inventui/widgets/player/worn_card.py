"""The player's card as text for a pane that has another colour than the player's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Region

from inventui.rules.core.categories import Category
from inventui.rules.core.style import Style
from inventui.widgets.canvas.canvas import Canvas
from inventui.widgets.colour import runs_content
from inventui.widgets.player.player_card import draw_card

if TYPE_CHECKING:
    from inventui.widgets.canvas.appearance import Appearance
    from inventui.widgets.player.card_facts import CardFacts


def on_ground(look: Appearance, back: str) -> Appearance:
    """The same look on a page of another colour, `#rrggbb`."""
    return look.wearing({Category.PAGE_BACKGROUND: Style("colour", (back,))})


def canvas_content(canvas: Canvas) -> Content:
    """A canvas as one piece of content, for widgets that take that."""
    return Content("\n").join(runs_content(canvas.line(y)) for y in range(canvas.height))


def worn_card(facts: CardFacts, look: Appearance, width: int, height: int, back: str) -> Content:
    """The card in so many cells."""
    canvas = Canvas(width, height, back)
    draw_card(canvas, Region(0, 0, width, height), facts, on_ground(look, back))
    return canvas_content(canvas)
