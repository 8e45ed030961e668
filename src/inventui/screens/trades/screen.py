"""Trades: what was offered for what, what waits for an answer, and what became of it.

Open trades are always all known, the others page by page. Who made the offer under the cursor
decides which keys there are: the proposer takes back; the partner accepts, declines or answers
with another offer. A trade says itself why it can't be accepted now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from inventui.engine.trades.models import TradePage, TradeView
from inventui.rules.core.refusal import Refusal
from inventui.rules.trades.trades import TradeEvent, TradeState
from inventui.screens.trades.actions import UNSPOKEN, TradesActions
from inventui.screens.trades.list import TradeList, in_order
from inventui.screens.trades.pane import TradeFacts
from inventui.widgets.frame.actions import Action
from inventui.widgets.frame.empty_pane import EmptyPane
from inventui.widgets.frame.own_keys import said_with_own_keys
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.workers import OPENING
from inventui.widgets.lists.paged_rows import PagedRows
from inventui.widgets.lists.row_list import RowList

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from inventui.engine.world import PlayerHandle

SLIM = 72
"""Columns below which list and pane are equally wide."""

AT_ONCE = 1_000
"""Trades that are asked for at once at most."""

PAGE = 50

CHAIN = 6
"""How many earlier offers are shown that one answers."""

NOTHING = (
    "Nobody has offered you anything, and you have offered nothing.\n\n"
    "$offer makes an offer: things and oranges of yours for things and oranges of anybody's. "
    "Neighbours answer at once and say why not; what you offer is held until then."
)


def look_at_all(player: PlayerHandle, known: int) -> tuple[TradePage, TradePage]:
    """What is open, and the newest of everything. Blocks: for a thread."""
    # In whole pages, so that a new trade does not push the oldest one out.
    limit = min(AT_ONCE, max(1, -(-known // PAGE)) * PAGE)
    return player.trades.list(open_only=True, limit=AT_ONCE), player.trades.list(limit=limit)


def chain_of(player: PlayerHandle, trade: TradeView) -> tuple[TradeView, ...]:
    """The offers that one answers, the latest first. Blocks: for a thread."""
    chain: list[TradeView] = []
    earlier = trade.counter_of
    while earlier is not None and len(chain) < CHAIN:
        found = player.trades.view(earlier)
        if isinstance(found, Refusal):
            break
        chain.append(found)
        earlier = found.counter_of
    return tuple(chain)


class TradesRoom(Room):
    """Every trade at the left, both sides of the one under the cursor at the right."""

    ROOM = "trades"
    TITLE_TEXT = "Trades"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#trades"

    actions: TradesActions

    HELP = (
        "Things and oranges of one side against things and oranges of the other's. What waits "
        "for your answer stands first, then your own open offers, then what is over. What is "
        "offered is held: nobody can sell or wear it until the offer ends. It stands for 48 "
        "hours; whoever made it may take it back, whoever got it may accept, decline or answer "
        "with another offer. Accepting moves everything at once, or nothing. Values are what "
        "the house would pay; a neighbour weighs by its own taste, and says why not."
    )

    ACTIONS: ClassVar[tuple[Action[TradesRoom], ...]] = (
        Action("accept", "a", "Accept", "Accept the offer, after a question",
               lambda room: room.actions.accept(),
               legal=lambda room: room.actions.why_not(TradeEvent.ACCEPT), unspoken=UNSPOKEN,
               group="Offer"),
        Action("decline", "d", "Decline", "Decline the offer, with a word if you like",
               lambda room: room.actions.decline(),
               legal=lambda room: room.actions.why_not(TradeEvent.DECLINE), unspoken=UNSPOKEN,
               group="Offer"),
        Action("counter", "c", "Counter", "Answer with another offer",
               lambda room: room.actions.counter(),
               legal=lambda room: room.actions.why_not(TradeEvent.COUNTER), unspoken=UNSPOKEN,
               group="Offer"),
        Action("take-back", "x", "Take back", "Take your own offer back",
               lambda room: room.actions.take_back(),
               legal=lambda room: room.actions.why_not(TradeEvent.TAKE_BACK), unspoken=UNSPOKEN,
               group="Offer"),
        Action("offer", "o", "New offer", "Offer somebody a trade",
               lambda room: room.actions.trading.offer_somebody(), group="Trades"),
        Action("visit", "v", "Drawer", "Look at the other one's drawer",
               lambda room: room.actions.visit(), legal=lambda room: room.actions.why_none(),
               here=lambda room: room.trade is not None, group="Trades"),
        Action("closer", "enter,space", "Look", "Show all of this trade",
               lambda room: room.look(), legal=lambda room: room.actions.why_none(),
               here=lambda room: room.trade is not None, footer=False, group="Trades"),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._open: tuple[TradeView, ...] = ()
        self._all: tuple[TradeView, ...] | None = None
        self._next: int | None = None
        self._at: int | None = None
        self._chains: dict[int, tuple[TradeView, ...]] = {}
        self.actions = TradesActions(self, lambda: self.trade, self.show_trade)

    def compose_room(self) -> ComposeResult:
        """List and detail, or why there is nothing."""
        with Horizontal(id="panes"):
            yield TradeList(id="trades")
            with Vertical(id="trade", classes="pane"):
                yield TradeFacts(id="facts")
            yield EmptyPane(id="none", classes="pane")

    def on_mount(self) -> None:
        """The time that is left grows shorter while one looks."""
        self._show()
        self.set_interval(60, self._grow_older)

    def on_resize(self, event: events.Resize) -> None:
        """Where it is narrow neither pane is wider than the other."""
        self.set_class(event.size.width < SLIM, "-slim")

    def _grow_older(self) -> None:
        if self.is_current and self.session.player is not None:
            now = self.session.now()
            if any(t.state is TradeState.OPEN and t.until <= now for t in self._open):
                self.refresh_room()
            else:
                self._show()

    # What is shown

    @property
    def trade(self) -> TradeView | None:
        """The one under the cursor."""
        return self.query_one(TradeList).row

    def forget(self) -> None:
        """Show another player nothing of the one before."""
        super().forget()
        self._all, self._open = None, ()
        self._chains.clear()

    def refresh_room(self) -> None:
        """Ask for as many as are known already, and for what is new."""
        player = self.player
        known = len(self._all or ())
        self.ask(lambda: look_at_all(player, known), self._seen, group="trades")

    def _seen(self, pages: tuple[TradePage, TradePage]) -> None:
        opened, everything = pages
        self._open, self._all, self._next = opened.trades, everything.trades, everything.next
        self._show()

    def show_trade(self, number: int) -> None:
        """Put the cursor on a trade as soon as it is listed."""
        self._at = number

    @on(PagedRows.Wants)
    def _wants(self) -> None:
        player, before = self.session.player, self._next
        if player is not None and before is not None:
            self.ask(
                lambda: player.trades.list(before=before, limit=PAGE),
                lambda page: self._more(page, before),
                group="older-trades",
            )

    def _more(self, page: TradePage, before: int) -> None:
        if before == self._next:
            self._all, self._next = (*(self._all or ()), *page.trades), page.next
            self._show()

    def _show(self) -> None:
        everything = {trade.id: trade for trade in (*(self._all or ()), *self._open)}
        trades = in_order(everything.values())
        listed = self.query_one(TradeList)
        self._at = self.session.take_trade() or self._at
        at, self._at = (self._at, None) if self._at in everything else (None, self._at)
        listed.show(trades, self.session.now(), at)
        waiting = sum(trade.waits_for_me for trade in trades)
        mine = sum(trade.state is TradeState.OPEN and trade.mine for trade in trades)
        listed.border_title = "Trades" + (f" · {waiting:,} wait for you" if waiting > 1 else "")
        if waiting == 1:
            listed.border_title = "Trades · 1 waits for you"
        listed.border_subtitle = f"{mine:,} of yours open" if mine else ""
        none = self.query_one("#none", Static)
        none.border_title = "Trades"
        none.update(
            Content(
                said_with_own_keys(self, NOTHING) if self._all is not None else "Looking them up …"
            )
        )
        listed.display = self.query_one("#trade").display = bool(trades)
        none.display = not trades
        self._show_trade()

    def _show_trade(self) -> None:
        trade, facts = self.trade, self.query_one(TradeFacts)
        known = () if trade is None else self._chains.get(trade.counter_of or 0, ())
        facts.show(trade, known)
        if trade is not None:
            pane = self.query_one("#trade")
            pane.border_title = Content(f"With {trade.other}")
            pane.border_subtitle = f"trade {trade.id:,}"
            self._look_back(trade)
        self.refresh_bindings()

    def _look_back(self, trade: TradeView) -> None:
        player, earlier = self.session.player, trade.counter_of
        if earlier is None or earlier in self._chains or player is None:
            return

        def seen(chain: tuple[TradeView, ...]) -> None:
            # What was answered is over: it stays as it is.
            self._chains[earlier] = chain
            if self.trade is not None and self.trade.id == trade.id:
                self.query_one(TradeFacts).show(self.trade, chain)

        self.ask(lambda: chain_of(player, trade), seen, group="chain")

    @on(RowList.Moved)
    def _moved(self) -> None:
        self._show_trade()

    @on(RowList.Chosen)
    def _double_clicked(self) -> None:
        self.look()

    def look(self) -> None:
        """Show all of it."""
        from inventui.screens.trades.details import TradeDetailsDialog

        trade, player = self.trade, self.session.player
        if trade is not None and player is not None:
            self.ask(
                lambda: chain_of(player, trade),
                lambda chain: self.app.push_screen(TradeDetailsDialog(trade, chain)),
                group=OPENING,
            )
