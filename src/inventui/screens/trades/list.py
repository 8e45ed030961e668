"""Trades as a list under a cursor: what waits for an answer first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.rules.trades.trades import TradeState
from inventui.screens.trades.text import trade_rows
from inventui.widgets.lists.paged_rows import PagedRows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.content import Content

    from inventui.engine.trades.models import TradeView


def in_order(trades: Iterable[TradeView]) -> list[TradeView]:
    """What waits for one's own answer, then one's open offers, then what is over."""

    def rank(trade: TradeView) -> tuple[int, int]:
        if trade.waits_for_me:
            # What ends first wants its answer first.
            return 0, trade.until
        if trade.state is TradeState.OPEN:
            return 1, -trade.id
        return 2, -trade.id

    return sorted(trades, key=rank)


class TradeList(PagedRows["TradeView"]):
    """Trades, three lines each."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(lambda trade: trade.id, lines=3, id=id)

    def show(self, trades: Sequence[TradeView], now: int, number: int | None = None) -> None:
        """Show these; the cursor goes to the trade with that number, or stays on its own.

        Where an offer under the cursor was answered with another one, it goes on to that.
        """
        here = self.row
        if number is None and here is not None and here.state is TradeState.OPEN:
            number = next((trade.id for trade in trades if trade.counter_of == here.id), None)
        at = next((i for i, trade in enumerate(trades) if trade.id == number), None)
        self.offer(trades, now, at)

    def draw_row(self, row: TradeView, width: int, *, current: bool) -> Sequence[Content]:
        """Who, what for what, how it stands."""
        return trade_rows(row, self.now, width, current=current)
