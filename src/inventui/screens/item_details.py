"""A thing's whole card in a window, for what the pane has no room for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from inventui.widgets.card_preview import CardPreview
from inventui.widgets.dialogs import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.models import ItemDetail


class ItemDetailsDialog(Dialog[None]):
    """Shows one thing; arrows scroll where it is longer than the terminal."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "close", "Close", show=False),
        Binding("j", "app.simulate_key('down')", show=False),
        Binding("k", "app.simulate_key('up')", show=False),
    ]

    DEFAULT_CSS = """
    ItemDetailsDialog #card { height: auto; max-height: 100%; }
    """

    def __init__(self, detail: ItemDetail) -> None:
        self.detail = detail
        super().__init__(detail.line.name)

    def compose_dialog(self) -> ComposeResult:
        """The card."""
        with VerticalScroll(id="card"):
            yield CardPreview(self.detail, free=True)

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one("#card").focus()
