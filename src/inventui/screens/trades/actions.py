"""What one does about an offer: accept, decline, answer with another, take back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.engine.trades.models import TradeEnded, TradeView
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.people.people import check_message
from inventui.rules.trades.trades import Side, TradeEvent, TradeState, check_end
from inventui.screens.trades.pane import question
from inventui.screens.trades.start import Trading
from inventui.screens.trades.text import accepted_words, side_words
from inventui.widgets.entries import Place
from inventui.widgets.frame.dialogs import ConfirmDialog, InputDialog
from inventui.widgets.frame.toasts import ToastKind, toast
from inventui.widgets.session import WorldChanged

if TYPE_CHECKING:
    from textual import events

NOTHING_HERE = Refusal(Reason.NOTHING_TO_DO, "There is no trade under the cursor.")

ASKED = 58
"""Cells of a line in a question, where the terminal is wide enough for all of its window."""

NOT_SPOKEN_OF = (Reason.NOT_YOUR_TURN, Reason.ENDED, Reason.EXPIRED, Reason.NOTHING_TO_DO)
"""Why a key is not shown at all: it is for others, or for another time."""

EVENTS = {
    "accept": TradeEvent.ACCEPT,
    "decline": TradeEvent.DECLINE,
    "counter": TradeEvent.COUNTER,
    "take_back": TradeEvent.TAKE_BACK,
}
"""The actions that end an offer."""


class TradesActions(Trading):
    """The part of the room that acts."""

    @property
    def trade(self) -> TradeView | None:
        """The one under the cursor."""
        raise NotImplementedError

    # What may be done

    def refusal(self, action: str) -> Refusal | None:
        """Why something can't be done with the trade under the cursor, or None if it can."""
        if action == "offer":
            return None
        trade = self.trade
        if trade is None:
            return NOTHING_HERE
        if action not in EVENTS:
            return None
        side = Side.PROPOSER if trade.mine else Side.PARTNER
        now, event = self.session.now(), EVENTS[action]
        refusal = check_end(side, event, trade.state, trade.until, now, trade.other)
        if refusal is None and event is TradeEvent.ACCEPT:
            refusal = trade.refusal
        return refusal

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of what can't be done are dim; what is not the player's to do is not shown."""
        if action in (*EVENTS, "visit", "look") and self.is_mounted:
            refusal = self.refusal(action)
            if refusal is not None:
                return False if refusal.reason in NOT_SPOKEN_OF else None
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> Refusal:
        """What the world says against it."""
        return self.refusal(action) or super().why_not(action)

    def on_key(self, event: events.Key) -> None:
        """A key that can do nothing answers why."""
        for command in self.ACTIONS:
            if event.key in command.key.split(",") and command.action in EVENTS:
                refusal = self.refusal(command.action)
                if refusal is not None:
                    event.stop()
                    self.say_refusal(refusal)

    # Answering

    def action_accept(self) -> None:
        """Accept, once both sides have been said."""
        trade = self.trade
        if trade is None or self.acting("trade"):
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._end(trade, TradeEvent.ACCEPT)

        words = question(trade, min(ASKED, self.size.width * 96 // 100 - 6))
        title = f"Accept the offer of {trade.other}?"
        self.app.push_screen(ConfirmDialog(title, words, yes="Accept", no="Leave it"), answered)

    def action_take_back(self) -> None:
        """Take one's own offer back, after a question."""
        trade = self.trade
        if trade is None or self.acting("trade"):
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._end(trade, TradeEvent.TAKE_BACK)

        words = f"You have {side_words(trade.give)} back then. {trade.other} is told so."
        self.app.push_screen(
            ConfirmDialog("Take the offer back?", words, yes="Take back", no="Leave it"), answered
        )

    def action_decline(self) -> None:
        """Decline, with a word if one likes."""
        trade, player, key = self.trade, self.session.player, uuid4().hex
        if trade is None or player is None or self.acting("trade"):
            return

        def done(ended: TradeEnded | None) -> None:
            if ended is not None:
                self._ended(ended, trade)

        self.app.push_screen(
            InputDialog[TradeEnded](
                f"Decline the offer of {trade.other}?",
                f"{trade.other} has {side_words(trade.get)} back then, and is told so.",
                yes="Decline",
                placeholder="a word to go with it, if you like",
                check=lambda text: check_message(text.strip()),
                deed=lambda text: player.trades.end(
                    trade.id, TradeEvent.DECLINE, key, text.strip()
                ),
            ),
            done,
        )

    def action_counter(self) -> None:
        """Answer with another offer, which begins as the one that was made."""
        trade = self.trade
        if trade is not None and not self.acting("trade"):
            self.answer_with_another(trade)

    def _end(self, trade: TradeView, event: TradeEvent) -> None:
        player, key = self.session.player, uuid4().hex
        assert player is not None
        self.act(
            lambda: player.trades.end(trade.id, event, key),
            lambda ended: self._ended(ended, trade),
            refused=self._not_done,
            group="trade",
        )

    def _ended(self, ended: TradeEnded, trade: TradeView) -> None:
        self.show_trade(trade.id)
        match ended.state:
            case TradeState.ACCEPTED:
                player_item = next(iter(ended.received), None)
                place = None
                if player_item is not None:
                    place = Place("inventory", "See it in your inventory", player_item)
                toast(self, accepted_words(ended), ToastKind.SUCCESS, title="✓ Traded", place=place)
            case TradeState.DECLINED:
                words = f"{ended.other} is told that you declined."
                toast(self, words, ToastKind.SUCCESS, title="✓ Declined")
            case _:
                words = f"You have {side_words(trade.give)} back."
                toast(self, words, ToastKind.SUCCESS, title="✓ Taken back")

    def _not_done(self, refusal: Refusal) -> None:
        """Say why, and look again: the world may not be as it is shown."""
        toast(self, refusal.message, ToastKind.ERROR, title="✗ Nothing was traded")
        self.app.post_message(WorldChanged())

    # Others

    def action_offer(self) -> None:
        """Ask whom, then what for what."""
        self.offer_somebody()

    def action_visit(self) -> None:
        """To the drawer of the other one."""
        trade = self.trade
        if trade is not None:
            self.session.whom = trade.other
            self.app.call_later(self.app.run_action, "room('drawer')")
