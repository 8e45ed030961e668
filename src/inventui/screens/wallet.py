"""The wallet: what a player has, how it went, and every line of the ledger.

The ledger is read in pages, newest first, of all currencies or of one. A line tells the balance
after it, so that no line has to be added up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from inventui.rules.core.money import Currency
from inventui.screens.wallet_list import LedgerList, what
from inventui.widgets.canvas.chart import Plot, Point
from inventui.widgets.frame.actions import Action
from inventui.widgets.frame.room import Room
from inventui.widgets.text import LABEL_EDGES, fitting_words
from inventui.widgets.theme import exact

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.history.models import LedgerPage
    from inventui.engine.world import PlayerHandle

PAGE = 100
"""Lines asked for at once."""

FILTERS: tuple[Currency | None, ...] = (None, *Currency)


@dataclass(frozen=True, slots=True)
class WalletState:
    """What the wallet shows at first."""

    page: LedgerPage
    series: tuple[Point, ...]


def look_inside(player: PlayerHandle, currency: Currency | None) -> WalletState:
    """The first page of the ledger, and the chart. Runs in a thread."""
    return WalletState(player.wallet.ledger(limit=PAGE, currency=currency), player.wallet.series())


class WalletRoom(Room):
    """Balances, chart, ledger."""

    ROOM = "wallet"
    TITLE_TEXT = "Wallet"
    ACTIONS: ClassVar[tuple[Action[WalletRoom], ...]] = (
        Action("wallet-filter", "f", "Filter", "Show all lines, or one currency's",
               lambda room: room.next_currency()),
        Action("wallet-top", "t", "Newest", "Back to the newest line",
               lambda room: room.newest()),
    )  # fmt: skip
    HELP = (
        "Every change of your oranges, gems and experience is a line here, the newest first, "
        "with what you had after it. Nothing is ever changed or taken out of a ledger. The "
        "chart shows your oranges, one column for each change. The line under the ledger tells "
        "the exact time of the line that you are on, and the operation that it belongs to."
    )
    CSS_PATH = "wallet.tcss"
    AUTO_FOCUS = "#ledger"

    def __init__(self) -> None:
        self._currency: Currency | None = None
        self._shown: Currency | str | None = "nothing yet"
        self._next: int | None = None
        self._total = 0
        super().__init__()

    def compose_room(self) -> ComposeResult:
        """Chart above, ledger below."""
        with Vertical(id="money", classes="pane") as money_pane:
            money_pane.border_title = "Balance"
            yield Plot(id="chart")
        with Vertical(id="book", classes="pane") as book:
            book.border_title = "Ledger"
            yield Static(id="heads")
            yield LedgerList(id="ledger")

    def forget(self) -> None:
        """Show another player nothing of the one before."""
        super().forget()
        self._currency, self._shown, self._next = None, "nothing yet", None

    def refresh_room(self) -> None:
        """Ask for the newest lines and the chart."""
        player, currency = self.session.player, self._currency
        if player is not None:
            self.ask(lambda: look_inside(player, currency), self._seen)

    def _seen(self, state: WalletState) -> None:
        ledger = self.query_one(LedgerList)
        now, self._total = self.session.now(), state.page.total
        if self._shown != self._currency or not ledger.renew(state.page.lines, now):
            ledger.offer(state.page.lines, now, 0)
            self._shown, self._next = self._currency, state.page.next
        self.query_one(Plot).show(state.series)
        card = self.session.card
        if card is not None:
            self.query_one("#money").border_title = Content.assemble(
                "Balance  ", ("🍊 ", ""), (f"{card.oranges:,}", "bold $foreground"),
                ("   💎 ", ""), (f"{card.gems:,}", "bold $foreground"),
            )  # fmt: skip
        what = "all" if self._currency is None else str(self._currency)
        self.query_one("#book").border_title = f"Ledger · {what} · {self._total:,} lines"
        self._show_heads()
        self._show_line()

    def on_resize(self) -> None:
        """The heads stand over their columns, and the line below fits."""
        self.call_after_refresh(self._show_heads)
        self.call_after_refresh(self._show_line)

    def _show_heads(self) -> None:
        ledger = self.query_one(LedgerList)
        heads = self.query_one("#heads", Static)
        if not ledger.count:
            what = "" if self._currency is None else f" in {self._currency}"
            heads.update(
                Content.styled(
                    f"No line{what} yet. Opening or selling something makes one.", "$foreground 70%"
                )
            )
            return
        heads.update(Content.styled(ledger.heads(), "$foreground 50%"))

    def on_paged_rows_wants(self) -> None:
        """The next page."""
        player, after, currency = self.session.player, self._next, self._currency
        if player is not None and after is not None:
            self.ask(
                lambda: player.wallet.ledger(after=after, limit=PAGE, currency=currency),
                lambda page: self._more(page, after),
                group="page",
            )

    def _more(self, page: LedgerPage, after: int) -> None:
        if after == self._next:
            self._next = page.next
            self.query_one(LedgerList).extend(page.lines)

    def on_row_list_moved(self) -> None:
        """Tell of the line exactly."""
        self._show_line()

    def _show_line(self) -> None:
        line = self.query_one(LedgerList).row
        if line is None:
            return
        book = self.query_one("#book")
        said, when = what(line), exact(line.at)
        operation = f" · operation {line.operation:,}"
        short = f"{line.subject or said} · {when[:16]} UTC{operation}"
        book.border_subtitle = Content(
            fitting_words(
                (book.outer_size.width or self.app.size.width) - LABEL_EDGES,
                f"{said} · {when}{operation}", f"{said} · {when[:16]} UTC{operation}",
                short, short.removesuffix(operation), said,
            )
        )  # fmt: skip

    def next_currency(self) -> None:
        """All, then each currency, then all again."""
        self._currency = FILTERS[(FILTERS.index(self._currency) + 1) % len(FILTERS)]
        self.query_one(LedgerList).move_to(0)
        self.refresh_room()

    def newest(self) -> None:
        """To the first line."""
        self.query_one(LedgerList).move_to(0)
