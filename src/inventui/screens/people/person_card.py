"""Somebody's card as they wear it, as one picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.widgets.canvas.appearance import appearance
from inventui.widgets.player.canvas_widget import CanvasWidget
from inventui.widgets.player.card_facts import facts_of
from inventui.widgets.player.player_card import card_canvas

if TYPE_CHECKING:
    from inventui.engine.drawer.models import DrawerView
    from inventui.widgets.canvas.appearance import Appearance
    from inventui.widgets.canvas.canvas import Canvas
    from inventui.widgets.player.card_facts import CardFacts


class PersonCard(CanvasWidget):
    """The card of a player, as their drawer shows it; their purse is not on it."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: tuple[CardFacts, Appearance] | None = None

    def show(self, drawer: DrawerView | None, *, motion: bool) -> None:
        """Show somebody's card, or nobody's."""
        self._shown = None
        if drawer is not None:
            look = appearance({category: item.style for category, item in drawer.worn.items()})
            facts = facts_of(drawer.player, drawer.statistics, visitors=drawer.visitors, own=False)
            self._shown = facts, look
            self.page_back = look.page
            self.keep_moving(motion and look.moving)
        self.repaint()

    def paint(self, width: int, height: int) -> Canvas:
        """The card for the present size."""
        if self._shown is None:
            return super().paint(width, height)
        return card_canvas(*self._shown, width, height, self.phase)
