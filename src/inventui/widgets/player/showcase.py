"""A small preview of a player's page that shows the part which a category changes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from textual.geometry import Region

from inventui.rules.core.categories import COSMETICS, Category, Preview
from inventui.widgets.canvas.canvas import Canvas
from inventui.widgets.canvas.celebration import celebrate
from inventui.widgets.canvas.tab_labels import strip_runs
from inventui.widgets.colour import Pen, ink_on, mix
from inventui.widgets.player.canvas_widget import CanvasWidget
from inventui.widgets.player.collection import draw_collection
from inventui.widgets.player.entrance import entrance_runs
from inventui.widgets.player.page import page_canvas, page_card_box
from inventui.widgets.player.player_card import card_canvas, draw_card

if TYPE_CHECKING:
    from inventui.widgets.canvas.appearance import Appearance
    from inventui.widgets.items.card import Face
    from inventui.widgets.player.card_facts import CardFacts

PULP = frozenset(category for category in COSMETICS if category.preview is Preview.BIGPULP)
"""Categories that are seen on BigPulp."""

SAMPLE_TABS = (("All", "214"), ("Frames", "5"), ("Titles", "7"), ("Gear", "6"))
CARD_ABOVE = 5
"""Lines of the card above a collection."""


def scene(
    facts: CardFacts,
    look: Appearance,
    category: Category | None,
    width: int,
    height: int,
    faces: tuple[Face, ...] = (),
    phase: float = 0.0,
) -> Canvas:
    """What shows best what a category does, in so many cells.

    Args:
        facts: whose page it is.
        look: with the player item on.
        category: what the player item is; None for the card alone.
        width: cells across.
        height: lines.
        faces: some of the player's collection.
        phase: where what moves stands.
    """
    match Preview.CARD if category is None else category.preview:
        case Preview.BIGPULP:
            return page_canvas(facts, look, width, height, "", phase)
        case Preview.COLLECTION:
            return _collection(facts, look, width, height, faces, phase)
        case Preview.TABS if height >= 6:
            return _tabs(facts, look, width, height)
        case Preview.ENTRANCE if height >= 6:
            return _entrance(facts, look, width, height)
        case Preview.CELEBRATION:
            return _celebration(facts, look, width, height)
        case _:
            return card_canvas(facts, look, width, height, phase)


@lru_cache(maxsize=32)
def _collection(
    facts: CardFacts,
    look: Appearance,
    width: int,
    height: int,
    faces: tuple[Face, ...],
    phase: float,
) -> Canvas:
    canvas = Canvas(width, height, look.page)
    above = CARD_ABOVE if height >= 12 else 0
    if above:
        box = page_card_box(Region(0, 0, width, above))
        draw_card(canvas, box, facts, look, phase=phase, stats=False)
    shelf = Region(2, above + 1 if above else 0, width - 4, height - above - (1 if above else 0))
    draw_collection(canvas, shelf, faces, look, phase)
    return canvas


@lru_cache(maxsize=32)
def _tabs(facts: CardFacts, look: Appearance, width: int, height: int) -> Canvas:
    canvas = Canvas(width, height, look.page)
    runs = strip_runs(SAMPLE_TABS, 1, look[Category.TABS_STYLE], width - 2, look.page)
    canvas.write(1, 0, runs, clear=False)
    line = mix(ink_on(look.page), look.page, 0.7)
    canvas.put(0, 1, "─" * width, Pen(line))
    canvas.paste(card_canvas(facts, look, width, height - 2), 0, 2)
    return canvas


@lru_cache(maxsize=32)
def _entrance(facts: CardFacts, look: Appearance, width: int, height: int) -> Canvas:
    canvas = Canvas(width, height, look.page)
    canvas.paste(card_canvas(facts, look, width, height - 1), 0, 0)
    canvas.write(2, height - 1, entrance_runs(look, width - 4), clear=False)
    return canvas


@lru_cache(maxsize=32)
def _celebration(facts: CardFacts, look: Appearance, width: int, height: int) -> Canvas:
    canvas = Canvas(width, height, look.page)
    canvas.paste(card_canvas(facts, look, width, height), 0, 0)
    celebrate(canvas, look[Category.CELEBRATION], facts.name, 1.0)
    return canvas


class Showcase(CanvasWidget):
    """A live preview: the player's own page with one more player item on.

    Nothing is mounted and nothing is measured when another player item is shown: one picture is
    painted, and the lines that differ are drawn.
    """

    DEFAULT_CSS = """
    Showcase { width: 1fr; height: 1fr; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.facts: CardFacts | None = None
        self.look: Appearance | None = None
        self.category: Category | None = None
        self.faces: tuple[Face, ...] = ()

    def show(
        self,
        facts: CardFacts | None,
        look: Appearance,
        category: Category | None = None,
        *,
        faces: tuple[Face, ...] = (),
        motion: bool = False,
    ) -> None:
        """Show a page.

        Args:
            facts: whose it is; None for an empty picture.
            look: `trying(...)` for what is looked at, or what the player wears.
            category: what is looked at, so that its part of the page is in the light.
            faces: some of the player's collection, for the layouts of it.
            motion: whether anything may move, `session.motion`.
        """
        self.rest()
        self.facts, self.look, self.category, self.faces = facts, look, category, faces
        self.page_back = look.page
        self.keep_moving(motion and self._moves)
        self.repaint()

    @property
    def _moves(self) -> bool:
        look = self.look
        if look is None or self.facts is None:
            return False
        ticker = self.category is Category.COLLECTION_LAYOUT
        return look.moving or (ticker and look[Category.COLLECTION_LAYOUT].word == "ticker")

    def play(self, *, motion: bool) -> None:
        """Play what the player item looked at does once: its entrance or its celebration."""
        look = self.look
        if look is None or self.facts is None:
            return
        if self.category is Category.ENTRANCE_ANIMATION:
            self.enter(look[Category.ENTRANCE_ANIMATION].word, motion=motion)
        elif self.category is Category.CELEBRATION and motion:
            self.celebrate(look[Category.CELEBRATION], self.facts.name, motion=True)

    def paint(self, width: int, height: int) -> Canvas:
        """The picture for the present size."""
        facts, look = self.facts, self.look
        if facts is None or look is None:
            return Canvas(width, height, self.page_back)
        if self.category is Category.CELEBRATION and self._party is not None:
            return card_canvas(facts, look, width, height, self.phase)
        return scene(facts, look, self.category, width, height, self.faces, self.phase)
