"""What a player does about an offer: accept, decline, answer with another, take back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.engine.trades.models import TradeEnded, TradeView
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.people.gifts import check_message
from inventui.rules.trades.trades import Side, TradeEvent, TradeState, check_end
from inventui.screens.trades.pane import question
from inventui.screens.trades.start import Trading
from inventui.screens.trades.text import accepted_words, side_words
from inventui.widgets.entries import Place
from inventui.widgets.frame.dialogs import ConfirmDialog, InputDialog
from inventui.widgets.frame.toasts import ToastKind, toast
from inventui.widgets.session import TRADED

if TYPE_CHECKING:
    from collections.abc import Callable

    from inventui.widgets.frame.room import Room

NOTHING_HERE = Refusal(Reason.NOTHING_TO_DO, "There is no trade under the cursor.")

ASKED = 58
"""Cells of a line in a question, where the terminal is wide enough for all of its window."""

UNSPOKEN = (Reason.NOT_YOUR_TURN, Reason.ENDED, Reason.EXPIRED, Reason.NOTHING_TO_DO)
"""Why a key is not shown at all: it is for others, or for another time."""


class TradesActions:
    """What a room's actions do with the trade under its cursor, and why not.

    Args:
        room: where it is asked and told.
        trade: says which trade is under the cursor.
        show: goes to the trade of a number, which has changed.
    """

    def __init__(
        self, room: Room, trade: Callable[[], TradeView | None], show: Callable[[int], object]
    ) -> None:
        self.room, self._trade, self.show = room, trade, show
        self.trading = Trading(room, show)

    @property
    def trade(self) -> TradeView | None:
        """The one under the cursor."""
        return self._trade()

    # What may be done

    def why_none(self) -> Refusal | None:
        """None if there is a trade under the cursor."""
        return NOTHING_HERE if self.trade is None else None

    def why_not(self, event: TradeEvent) -> Refusal | None:
        """Why the player can't do this with the trade under the cursor, or None if they can."""
        trade = self.trade
        if trade is None:
            return NOTHING_HERE
        side = Side.PROPOSER if trade.mine else Side.PARTNER
        now = self.room.session.now()
        refusal = check_end(side, event, trade.state, trade.until, now, trade.other)
        if refusal is None and event is TradeEvent.ACCEPT:
            refusal = trade.refusal
        return refusal

    # Answering

    def accept(self) -> None:
        """Accept, once both sides have been said."""
        trade = self.trade
        if trade is None or self.room.acting("trade"):
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._end(trade, TradeEvent.ACCEPT)

        words = question(trade, min(ASKED, self.room.size.width * 96 // 100 - 6))
        title = f"Accept the offer of {trade.other}?"
        self.room.app.push_screen(
            ConfirmDialog(title, words, yes="Accept", no="Leave it"), answered
        )

    def take_back(self) -> None:
        """Take one's own offer back, after a question."""
        trade = self.trade
        if trade is None or self.room.acting("trade"):
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._end(trade, TradeEvent.TAKE_BACK)

        words = f"You have {side_words(trade.give)} back then. {trade.other} is told so."
        self.room.app.push_screen(
            ConfirmDialog("Take the offer back?", words, yes="Take back", no="Leave it"), answered
        )

    def decline(self) -> None:
        """Decline, with a word if one likes."""
        trade, player, key = self.trade, self.room.session.player, uuid4().hex
        if trade is None or player is None or self.room.acting("trade"):
            return

        def done(ended: TradeEnded | None) -> None:
            if ended is not None:
                self._ended(ended, trade)

        self.room.app.push_screen(
            InputDialog[TradeEnded](
                f"Decline the offer of {trade.other}?",
                f"{trade.other} has {side_words(trade.get)} back then, and is told so.",
                yes="Decline",
                placeholder="a word to go with it, if you like",
                check=lambda text: check_message(text.strip()),
                operation=lambda text: player.trades.end(
                    trade.id, TradeEvent.DECLINE, key, text.strip()
                ),
            ),
            done,
        )

    def counter(self) -> None:
        """Answer with another offer, which begins as the one that was made."""
        trade = self.trade
        if trade is not None and not self.room.acting("trade"):
            self.trading.answer_with_another(trade)

    def _end(self, trade: TradeView, event: TradeEvent) -> None:
        player, key = self.room.session.player, uuid4().hex
        assert player is not None
        self.room.act(
            lambda: player.trades.end(trade.id, event, key),
            lambda ended: self._ended(ended, trade),
            refused=self._not_done,
            group="trade",
            changes=TRADED,
        )

    def _ended(self, ended: TradeEnded, trade: TradeView) -> None:
        self.show(trade.id)
        match ended.state:
            case TradeState.ACCEPTED:
                player_item = next(iter(ended.received), None)
                place = None
                if player_item is not None:
                    place = Place("inventory", "See it in your inventory", player_item)
                toast(
                    self.room,
                    accepted_words(ended),
                    ToastKind.SUCCESS,
                    title="✓ Traded",
                    place=place,
                )
            case TradeState.DECLINED:
                words = f"{ended.other} is told that you declined."
                toast(self.room, words, ToastKind.SUCCESS, title="✓ Declined")
            case _:
                words = f"You have {side_words(trade.give)} back."
                toast(self.room, words, ToastKind.SUCCESS, title="✓ Taken back")

    def _not_done(self, refusal: Refusal) -> None:
        """Say why, and look again: the world may not be as it is shown."""
        toast(self.room, refusal.message, ToastKind.ERROR, title="✗ Nothing was traded")
        self.room.look_again()

    # Others

    def visit(self) -> None:
        """To the drawer of the other one."""
        trade = self.trade
        if trade is not None:
            self.room.session.whom = trade.other
            self.room.enter_room("drawer")
