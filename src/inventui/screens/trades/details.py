"""A trade in a window, for what the pane has no room for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from inventui.screens.trades.pane import TradeFacts
from inventui.widgets.frame.dialogs import Dialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from inventui.engine.trades.models import TradeView


class TradeDetailsDialog(Dialog[None]):
    """Shows one trade; arrows scroll where it is longer than the terminal.

    Args:
        trade: the trade.
        before: the offers that it answers, the latest first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "close", "Close", show=False),
        Binding("j", "app.simulate_key('down')", show=False),
        Binding("k", "app.simulate_key('up')", show=False),
    ]

    DEFAULT_CSS = """
    TradeDetailsDialog #window { width: 76; }
    TradeDetailsDialog #all { height: auto; max-height: 100%; }
    """

    def __init__(self, trade: TradeView, before: Sequence[TradeView]) -> None:
        self.trade, self.before = trade, before
        super().__init__(f"A trade with {trade.other}")

    def compose_dialog(self) -> ComposeResult:
        """Both sides, and all that was said."""
        with VerticalScroll(id="all"):
            yield TradeFacts(free=True, id="facts")

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one("#all").focus()
        self.query_one(TradeFacts).show(self.trade, self.before)
