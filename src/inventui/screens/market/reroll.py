"""Rerolling the day's gear shop: the question, the reroll, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.rules.core.money import asks_whatever_the_price
from inventui.rules.core.refusal import Reason, Refusal
from inventui.screens.market.text import reroll_question, reroll_words, rerolled_words
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.frame.toasts import ToastKind, toast

if TYPE_CHECKING:
    from collections.abc import Callable

    from inventui.engine.market.models import GearShopView, Reroll
    from inventui.widgets.frame.room import Room

ONLY_GEAR_SHOP = Refusal(
    Reason.NOTHING_TO_DO, "The black market turns by itself; only the gear shop rerolls."
)
REROLLED = Refusal(Reason.NO_LONGER_AVAILABLE, "The shop has changed meanwhile: no gems were paid.")


class Rerolling:
    """Lets a player reroll the gear shop.

    Args:
        room: where it is asked and told.
        gear_shop: today's gear shop, while it is on show.
    """

    def __init__(self, room: Room, gear_shop: Callable[[], GearShopView | None]) -> None:
        self.room, self.gear_shop = room, gear_shop

    def why_not(self) -> Refusal | None:
        """None if the gear shop is on show."""
        return ONLY_GEAR_SHOP if self.gear_shop() is None else None

    def name(self) -> str:
        """What it is called, with what it costs now."""
        view = self.gear_shop()
        return "Reroll" if view is None else reroll_words(view)

    def reroll(self) -> None:
        """Ask, then pay gems for another choice."""
        view, card = self.gear_shop(), self.room.session.card
        if view is None or card is None or self.room.acting("reroll"):
            return
        if view.reroll_refusal is not None:
            self._not_rerolled(view.reroll_refusal)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._reroll(view)

        if not asks_whatever_the_price(self.room.session.questions):
            self._reroll(view)
            return
        self.room.app.push_screen(
            ConfirmDialog(
                "Reroll your gear shop?", reroll_question(view, card), yes="Reroll", no="Leave it"
            ),
            answered,
        )

    def _reroll(self, asked: GearShopView) -> None:
        player, key, now = self.room.session.player, uuid4().hex, self.gear_shop()
        if player is None:
            return
        if now is None or (now.day, now.rerolls) != (asked.day, asked.rerolls):
            self._not_rerolled(REROLLED)
            return
        self.room.act(
            lambda: player.gear_shop.reroll(key, asked.reroll_price), self._rerolled,
            refused=self._not_rerolled, group="reroll",
        )  # fmt: skip

    def _rerolled(self, reroll: Reroll) -> None:
        toast(self.room, rerolled_words(reroll), ToastKind.SUCCESS, title="✓ Rerolled")

    def _not_rerolled(self, refusal: Refusal) -> None:
        toast(self.room, refusal.message, ToastKind.ERROR, title="✗ Not rerolled")
