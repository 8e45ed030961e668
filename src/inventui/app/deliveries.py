"""Certificates in the app: what is still to be written is tried again when one comes back."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from inventui import config
from inventui.app.time import CatchingUp
from inventui.widgets import errors
from inventui.widgets.entries import Place
from inventui.widgets.frame.toasts import ToastKind, toast
from inventui.widgets.frame.workers import background
from inventui.widgets.session import WorldChanged

if TYPE_CHECKING:
    from inventui.engine.withdrawals.models import Delivery
    from inventui.engine.world import PlayerHandle

SEE = Place("withdrawals", "See your withdrawals")


def try_again(player: PlayerHandle) -> tuple[Delivery, ...]:
    """Write the certificates that are still to be written. Blocks: for a thread."""
    if not player.withdrawals.pending():
        return ()
    return player.withdrawals.deliver(config.certificates_dir())


class Delivering(CatchingUp):
    """The part of the app that owes certificates."""

    async def play_as(self, player: PlayerHandle) -> None:
        """Go on as this player; what is owed to them is written meanwhile."""
        await super().play_as(player)
        background(self, partial(self._deliver, player), group="deliver")

    async def _deliver(self, player: PlayerHandle) -> None:
        await self._room_answered()
        try:
            done = await asyncio.to_thread(try_again, player)
        except Exception as error:
            # What can't be noted now is owed still; whoever acts is told why.
            if errors.plain_sentence(error) is None:
                raise
            return
        if self.session.player is not player:
            return
        for delivery in done:
            if delivery.trouble:
                trouble = self.session.kind.told(delivery.trouble)
                toast(self, trouble, ToastKind.ERROR, place=SEE)
            else:
                words = f"The certificate of {delivery.name} is written."
                toast(self, words, ToastKind.SUCCESS, place=SEE)
        if done:
            self.post_message(WorldChanged())
