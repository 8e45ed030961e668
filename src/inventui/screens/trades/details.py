"""A trade in a window, for what the pane has no room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.screens.trades.pane import TradeFacts
from inventui.widgets.frame.dialogs import DetailsDialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from inventui.engine.trades.models import TradeView


class TradeDetailsDialog(DetailsDialog):
    """Shows one trade.

    Args:
        trade: the trade.
        before: the offers that it answers, the latest first.
    """

    DEFAULT_CSS = """
    TradeDetailsDialog #window { width: 76; }
    """

    def __init__(self, trade: TradeView, before: Sequence[TradeView]) -> None:
        self.trade, self.before = trade, before
        super().__init__(f"A trade with {trade.other}")

    def compose_details(self) -> ComposeResult:
        """Both sides, and all that was said."""
        yield TradeFacts(free=True, id="facts")

    def on_mount(self) -> None:
        """All of it is known."""
        self.query_one(TradeFacts).show(self.trade, self.before)
