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


class TradeList(PagedRows):
    """Trades, three lines each."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.trades: tuple[TradeView, ...] = ()
        self.now = 0
        self.row_lines = 3

    @property
    def trade(self) -> TradeView | None:
        """The one under the cursor."""
        return self.trades[self.cursor] if self.cursor < len(self.trades) else None

    def show(self, trades: Sequence[TradeView], now: int, at: int | None = None) -> None:
        """Show these; the cursor goes to the one numbered `at`, or stays on its trade.

        Where an offer under the cursor was answered with another one, it goes on to that.
        """
        here = self.trade
        wanted = at
        if here is not None and at is None:
            answer = next((t.id for t in trades if t.counter_of == here.id), here.id)
            wanted = answer if here.state is TradeState.OPEN else here.id
        self.trades, self.now = tuple(trades), now
        places = {trade.id: index for index, trade in enumerate(trades)}
        self.show_rows(len(trades), places.get(wanted, self.cursor) if wanted else 0)

    def draw_row(self, index: int, width: int, *, current: bool) -> Sequence[Content]:
        """Who, what for what, how it stands."""
        return trade_rows(self.trades[index], self.now, width, current=current)
