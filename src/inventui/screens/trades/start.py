"""Trading: with whom, what for what; the same from every room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.screens.shared.person_dialog import PersonDialog
from inventui.screens.trades.balance import OfferDraft
from inventui.screens.trades.editor import TradeEditor
from inventui.screens.trades.text import offered_words
from inventui.widgets.entries import Place
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.toasts import ToastKind, toast

if TYPE_CHECKING:
    from collections.abc import Callable

    from inventui.engine.inventory.models import ItemLine
    from inventui.engine.trades.models import TradeMade, TradeView

TRADES = Place("trades", "See your trades")


class Trading:
    """Lets a player offer trades from a room; every step can be left with escape.

    Args:
        room: where it is asked and told.
        offered: is told the number of each trade that is offered.
    """

    def __init__(self, room: Room, offered: Callable[[int], object] | None = None) -> None:
        self.room, self.offered = room, offered

    def offer_somebody(self, player_item: ItemLine | None = None) -> None:
        """Offer a trade to somebody who is asked for, perhaps with a player item in it already."""
        player = self.room.session.player
        assert player is not None

        def chosen(name: str | None) -> None:
            if name is not None:
                self.offer_to(name, player_item)

        title = "Trade with whom?" if player_item is None else f"Offer {player_item.name} to whom?"
        self.room.app.push_screen(PersonDialog(player, title), chosen)

    def offer_to(self, other: str, player_item: ItemLine | None = None) -> None:
        """Offer somebody a trade."""
        self._edit(OfferDraft(other, give=() if player_item is None else (player_item,)))

    def answer_with_another(self, trade: TradeView) -> None:
        """Answer an offer with another one, which begins as the one that was made."""
        self._edit(OfferDraft.turned(trade))

    def _edit(self, draft: OfferDraft) -> None:
        player = self.room.session.player
        assert player is not None

        def done(made: TradeMade | None) -> None:
            if made is None:
                return
            if self.offered is not None:
                self.offered(made.trade)
            # What a neighbour says to it is told by a notification, as a person's answer is.
            if made.answer is None:
                place = None if TRADES.room == self.room.ROOM else TRADES
                toast(
                    self.room,
                    offered_words(made),
                    ToastKind.SUCCESS,
                    title="✓ Offered",
                    place=place,
                )

        self.room.app.push_screen(TradeEditor(player, draft), done)
