"""Trading: with whom, what for what; the same from every room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.screens.trades.balance import OfferDraft
from inventui.screens.trades.editor import TradeEditor
from inventui.screens.trades.partner_dialog import PartnerDialog
from inventui.screens.trades.text import offered_words
from inventui.widgets.entries import Place
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.toasts import ToastKind, toast

if TYPE_CHECKING:
    from inventui.engine.inventory.models import ItemLine
    from inventui.engine.trades.models import TradeMade, TradeView

TRADES = Place("trades", "See your trades")


class Trading(Room):
    """A room from which one offers trades; every step can be left with escape."""

    def offer_somebody(self, player_item: ItemLine | None = None) -> None:
        """Offer a trade to somebody who is asked for, perhaps with a player item in it already."""
        player = self.session.player
        assert player is not None

        def chosen(name: str | None) -> None:
            if name is not None:
                self.offer_to(name, player_item)

        title = "Trade with whom?" if player_item is None else f"Offer {player_item.name} to whom?"
        self.app.push_screen(PartnerDialog(player, title), chosen)

    def offer_to(self, other: str, player_item: ItemLine | None = None) -> None:
        """Offer somebody a trade."""
        self._edit(OfferDraft(other, give=() if player_item is None else (player_item,)))

    def answer_with_another(self, trade: TradeView) -> None:
        """Answer an offer with another one, which begins as the one that was made."""
        self._edit(OfferDraft.turned(trade))

    def show_trade(self, number: int) -> None:
        """A trade has changed; a room that shows trades may go there."""

    def _edit(self, draft: OfferDraft) -> None:
        player = self.session.player
        assert player is not None

        def done(made: TradeMade | None) -> None:
            if made is None:
                return
            self.show_trade(made.trade)
            # What a neighbour says to it is told by a notification, as a person's answer is.
            if made.answer is None:
                place = None if TRADES.room == self.ROOM else TRADES
                toast(self, offered_words(made), ToastKind.SUCCESS, title="✓ Offered", place=place)

        self.app.push_screen(TradeEditor(player, draft), done)
