"""Rerolling the day's gear shop: the question, the deed, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.rules.core.refusal import Reason, Refusal
from inventui.screens.market.text import reroll_question, rerolled_words
from inventui.screens.shop.base import SellerRoom
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.frame.toasts import ToastKind, toast

if TYPE_CHECKING:
    from inventui.engine.market.models import GearShopView, Reroll

REROLLED = Refusal(Reason.NO_LONGER_AVAILABLE, "The shop has changed meanwhile: no gems were paid.")


class Rerolling(SellerRoom):
    """The part of the Market room that rerolls."""

    @property
    def gear_shop(self) -> GearShopView | None:
        """Today's gear shop, while it is on show."""
        raise NotImplementedError

    def action_reroll(self) -> None:
        """Ask, then pay gems for another choice."""
        view, card = self.gear_shop, self.session.card
        if view is None or card is None or self.acting("reroll"):
            return
        if view.reroll_refusal is not None:
            self._not_rerolled(view.reroll_refusal)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._reroll(view)

        self.app.push_screen(
            ConfirmDialog(
                "Reroll your gear shop?", reroll_question(view, card), yes="Reroll", no="Leave it"
            ),
            answered,
        )

    def _reroll(self, asked: GearShopView) -> None:
        player, key, now = self.session.player, uuid4().hex, self.gear_shop
        if player is None:
            return
        if now is None or (now.day, now.rerolls) != (asked.day, asked.rerolls):
            self._not_rerolled(REROLLED)
            return
        self.act(
            lambda: player.gear_shop.reroll(key), self._rerolled,
            refused=self._not_rerolled, group="reroll",
        )  # fmt: skip

    def _rerolled(self, reroll: Reroll) -> None:
        toast(self, rerolled_words(reroll), ToastKind.SUCCESS, title="✓ Rerolled")

    def _not_rerolled(self, refusal: Refusal) -> None:
        toast(self, refusal.message, ToastKind.ERROR, title="✗ Not rerolled")
