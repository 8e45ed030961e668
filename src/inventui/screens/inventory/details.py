"""A player item's whole card in a window, for what the pane has no room for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from inventui.rules.core.categories import COSMETICS
from inventui.widgets.frame.dialogs import Dialog
from inventui.widgets.items.card_preview import CardPreview
from inventui.widgets.player.card_facts import own_facts
from inventui.widgets.player.try_on import Model, Subject, TryOn

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.inventory.models import ItemDetail


class ItemDetailsDialog(Dialog[None]):
    """Shows one thing; arrows scroll where it is longer than the terminal."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "close", "Close", show=False),
        Binding("j", "app.simulate_key('down')", show=False),
        Binding("k", "app.simulate_key('up')", show=False),
    ]

    DEFAULT_CSS = """
    ItemDetailsDialog #card { height: auto; max-height: 100%; }
    ItemDetailsDialog #mirror { height: 9; margin-bottom: 1; }
    """

    def __init__(self, detail: ItemDetail, worn: ItemDetail | None = None) -> None:
        self.detail, self.worn = detail, worn
        super().__init__(detail.line.name)

    def compose_dialog(self) -> ComposeResult:
        """The card."""
        with VerticalScroll(id="card"):
            card = CardPreview(self.detail, free=True)
            card.worn = self.worn
            if self.detail.line.category in COSMETICS:
                card.pictured = False
                yield TryOn(id="mirror")
            yield card

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one("#card").focus()
        line, facts = self.detail.line, own_facts(self.session)
        if facts is not None:
            for mirror in self.query(TryOn):
                subject = Subject(line.category, line.style)
                mirror.try_on(subject, Model(facts, self.session.outlook))
