"""A player item's whole card in a window, for what the pane has no room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.rules.core.categories import COSMETICS
from inventui.widgets.frame.dialogs import DetailsDialog
from inventui.widgets.items.card_preview import CardPreview
from inventui.widgets.player.card_facts import own_facts
from inventui.widgets.player.try_on import Model, Subject, TryOn

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.inventory.models import ItemDetail


class ItemDetailsDialog(DetailsDialog):
    """Shows one thing."""

    DEFAULT_CSS = """
    ItemDetailsDialog #picture, ItemDetailsDialog.-tall #picture { height: 9; }
    """

    def __init__(self, detail: ItemDetail, worn: ItemDetail | None = None) -> None:
        self.detail, self.worn = detail, worn
        super().__init__(detail.line.name)

    def compose_details(self) -> ComposeResult:
        """The card."""
        card = CardPreview(self.detail, free=True)
        card.worn = self.worn
        if self.detail.line.category in COSMETICS:
            card.pictured = False
            yield TryOn(id="picture")
        yield card

    def on_mount(self) -> None:
        """All of it is known."""
        line, facts = self.detail.line, own_facts(self.session)
        if facts is not None:
            for mirror in self.query(TryOn):
                subject = Subject(line.category, line.style)
                mirror.try_on(subject, Model(facts, self.session.appearance))
