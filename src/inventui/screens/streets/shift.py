"""Shifts: working them, the daily bonus, and claiming what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from textual import on

from inventui.rules.core.clock import DAY
from inventui.rules.core.enums import Currency
from inventui.rules.core.money import money_words
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.streets.streets import SHIFT_PAUSE, STREAK, check_shift
from inventui.screens.streets.stand import Stand
from inventui.screens.streets.text import wait_words
from inventui.widgets.entries import Place
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.toasts import ToastKind, toast
from inventui.widgets.session import WorldChanged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.engine.inventory.models import Claim, EscrowItem
    from inventui.engine.streets.models import DailyPaid, ShiftPaid
    from inventui.rules.streets.streets import ShiftStyle

OWN = Place("inventory", "See it in your inventory")
SELL = Place("inventory", "See what you could sell")


class Shifts(Room):
    """A room with a juice stand and a daily bonus."""

    chosen = False
    """Whether the player would rather work by choice."""

    waiting: tuple[EscrowItem, ...] = ()
    """What waits in escrow, what goes soonest in front."""

    @property
    def stand(self) -> Stand:
        """The juice stand."""
        raise NotImplementedError

    @property
    def works_by_choice(self) -> bool:
        """Whether a shift is a choice: wanted, or because nothing may move."""
        return self.chosen or not self.session.motion

    def action_by_choice(self) -> None:
        """The other way to work."""
        self.chosen = not self.chosen
        self.stand.by_choice = self.works_by_choice
        self.stand.not_paid()
        self.refresh_bindings()

    # Shifts

    def work(self) -> None:
        """Close the tap that is open, or begin a shift."""
        stand, player = self.stand, self.session.player
        if stand.playing:
            stand.press()
            return
        if player is None or stand.view is None or self.acting("shift"):
            return
        refusal = self.too_early()
        if refusal is not None:
            stand.say(refusal.message)
        elif stand.by_choice:
            self._work(stand.style)
        else:
            stand.begin(player.id)
            self.refresh_bindings()

    def too_early(self) -> Refusal | None:
        """Why a shift may not begin just now."""
        view, now = self.stand.view, self.session.now()
        if view is None:
            return None
        today = view.shifts_today if view.at // DAY == now // DAY else 0
        return check_shift(today, view.next_shift_at - SHIFT_PAUSE, now)

    @on(Stand.Poured)
    def _poured(self, event: Stand.Poured) -> None:
        self._work(event.skill)

    def _work(self, skill: int | ShiftStyle) -> None:
        player, key = self.session.player, uuid4().hex
        if player is not None:
            self.act(
                lambda: player.streets.play(skill, key),
                self._paid,
                refused=self._not_paid,
                group="shift",
            )

    def _paid(self, paid: ShiftPaid) -> None:
        self.stand.pay(paid, motion=self.session.motion)
        self.refresh_bindings()
        if paid.rank_up:
            toast(self, f"You are {paid.rank_up} now!", ToastKind.SUCCESS, title="✓ Rank up")
        if paid.crate is not None:
            from inventui.screens.streets.crate import CrateScreen

            number = paid.crate.item_id
            self.app.push_screen(CrateScreen(paid.crate), lambda yes: self.claim_if(yes, number))

    def _not_paid(self, refusal: Refusal) -> None:
        self.stand.not_paid()
        self._too_soon(refusal)
        # Another program may have worked in the meantime.
        self.app.post_message(WorldChanged())

    def _too_soon(self, refusal: Refusal) -> None:
        toast(self, refusal.message, ToastKind.ERROR, title="✗ Not yet")

    # The bonus

    def action_daily(self) -> None:
        """Take today's bonus."""
        player, key = self.session.player, uuid4().hex
        if player is not None:
            self.act(
                lambda: player.streets.daily(key), self._bonus, refused=self._too_soon,
                group="daily",
            )  # fmt: skip

    def _bonus(self, paid: DailyPaid) -> None:
        if paid.streak == STREAK:
            from inventui.screens.streets.bonus import BonusScreen

            self.app.push_screen(BonusScreen(paid))
            return
        oranges = money_words(paid.oranges, Currency.ORANGES)
        wait = wait_words(paid.next_at - paid.at)
        toast(
            self, f"Day {paid.streak} of {STREAK}: {oranges}. The next in {wait}.",
            ToastKind.SUCCESS, title="✓ Daily bonus",
        )  # fmt: skip

    # Escrow

    def see_escrow(self, items: Sequence[EscrowItem]) -> None:
        """This waits to be claimed."""
        self.waiting = tuple(items)
        words = ""
        if items:
            first = items[0]
            words = f"claims {first.line.name}"
            if first.held_until is not None:
                words += f": {wait_words(first.held_until - self.session.now())} left"
        self.stand.waiting = words

    def action_claim(self) -> None:
        """Claim what goes soonest."""
        if self.waiting:
            self.claim_if(True, self.waiting[0].line.id)

    def claim_if(self, yes: bool | None, number: int) -> None:
        """Take a player item out of escrow, if that is wanted."""
        player, key = self.session.player, uuid4().hex
        if player is not None and yes:
            self.act(
                lambda: player.escrow.claim(number, key), self._claimed,
                refused=self._not_claimed, group="claim",
            )  # fmt: skip

    def _claimed(self, claim: Claim) -> None:
        toast(self, f"{claim.name} is yours.", ToastKind.SUCCESS, title="✓ Claimed", place=OWN)

    def _not_claimed(self, refusal: Refusal) -> None:
        place = SELL if refusal.reason is Reason.NO_ROOM else None
        toast(self, refusal.message, ToastKind.ERROR, title="✗ Not claimed", place=place)
        self.app.post_message(WorldChanged())
