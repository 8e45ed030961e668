"""Shifts: working them, the daily bonus, and claiming what was found."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.db.errors import WorldError
from inventui.rules.core.clock import DAY
from inventui.rules.core.money import Currency, money_words
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.streets import daily_bonus, shifts
from inventui.rules.streets.shifts import check_shift
from inventui.screens.shared.player_items import idle_words, own_place
from inventui.screens.streets.stand import Stand
from inventui.screens.streets.text import wait_words
from inventui.widgets.entries import Place
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.toasts import ToastKind, toast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.engine.inventory.models import Claim, EscrowItem
    from inventui.engine.streets.models import DailyPaid, ShiftPaid
    from inventui.rules.streets.shifts import ShiftStyle

SELL = Place("inventory", "See what you could sell")


class Shifts:
    """Shifts at a room's juice stand, the daily bonus, and what a crate left in escrow.

    Attributes:
        room: the room, which has a `Stand`.
        chosen: whether the player would rather work by choice.
        waiting: what waits in escrow, what goes soonest in front.
        begun: the key with which the shift under way is begun.
    """

    def __init__(self, room: Room) -> None:
        self.room = room
        self.chosen = False
        self.waiting: tuple[EscrowItem, ...] = ()
        self.begun: str | None = None

    @property
    def stand(self) -> Stand:
        """The juice stand."""
        return self.room.query_one(Stand)

    @property
    def works_by_choice(self) -> bool:
        """Whether a shift is a choice: wanted, or because nothing may move."""
        return self.chosen or not self.room.session.motion

    def switch_choice(self) -> None:
        """The other way to work."""
        self.chosen = not self.chosen
        self.stand.by_choice = self.works_by_choice
        self.stand.not_paid()
        self.room.refresh_bindings()

    # Shifts

    def work(self) -> None:
        """Close the tap that is open, or begin a shift."""
        stand, player = self.stand, self.room.session.player
        if stand.playing:
            stand.press()
            return
        if player is None or stand.view is None or self.room.acting("shift"):
            return
        refusal = self.too_early()
        if refusal is not None:
            stand.say(refusal.message)
        elif stand.by_choice or stand.view.abandoned:
            self.play(stand.style)
        else:
            self.begun = None
            stand.begin(player.id)
            self.room.refresh_bindings()

    def too_early(self) -> Refusal | None:
        """Why a shift may not begin just now."""
        view, now = self.stand.view, self.room.session.now()
        if view is None:
            return None
        today = view.shifts_today if view.at // DAY == now // DAY else 0
        return check_shift(today, view.next_shift_at - shifts.SHIFT_PAUSE, now)

    def begin(self) -> None:
        """Have the shift under way count, before anything can be known of how it went."""
        player, key = self.room.session.player, uuid4().hex
        self.begun = key
        if player is not None:
            self.room.act(
                lambda: player.streets.begin(key), refused=self._not_paid, group="begin",
                changes=frozenset(),
            )  # fmt: skip

    def play(self, skill: int | ShiftStyle) -> None:
        """Work a shift with so much skill, or in this style."""
        player, key, begun = self.room.session.player, uuid4().hex, self.begun
        if player is not None:
            self.room.act(
                lambda: player.streets.play(skill, key, begun=begun),
                self._paid,
                refused=self._not_paid,
                group="shift",
            )

    def end(self, stand: Stand) -> None:
        """Work the shift that is under way at a stand, without waiting for anything or telling."""
        player, skill = self.room.session.player, stand.poured()
        if player is not None and skill is not None:
            with suppress(WorldError):
                player.streets.play(skill, begun=self.begun)

    def _paid(self, paid: ShiftPaid) -> None:
        self.stand.pay(paid, motion=self.room.session.motion)
        self.room.refresh_bindings()
        if paid.abandoned:
            said = "You left a shift with its tap open: that one counts first."
            toast(self.room, said, ToastKind.INFO, title="✓ Counted")
        if paid.rank_up:
            toast(self.room, f"You are {paid.rank_up} now!", ToastKind.SUCCESS, title="✓ Rank up")
        if paid.crate is not None:
            from inventui.screens.streets.crate import CrateScreen

            number = paid.crate.item_id
            self.room.app.push_screen(
                CrateScreen(paid.crate), lambda yes: self.claim_if(yes, number)
            )

    def _not_paid(self, refusal: Refusal) -> None:
        self.stand.not_paid()
        self._too_soon(refusal)
        # Another program may have worked in the meantime.
        self.room.look_again()

    def _too_soon(self, refusal: Refusal) -> None:
        toast(self.room, refusal.message, ToastKind.ERROR, title="✗ Not yet")

    # The bonus

    def take_bonus(self) -> None:
        """Take today's bonus."""
        player, key = self.room.session.player, uuid4().hex
        if player is not None:
            self.room.act(
                lambda: player.streets.daily(key), self._bonus, refused=self._too_soon,
                group="daily",
            )  # fmt: skip

    def _bonus(self, paid: DailyPaid) -> None:
        if paid.streak == daily_bonus.STREAK:
            from inventui.screens.streets.bonus import BonusScreen

            self.room.app.push_screen(BonusScreen(paid))
            return
        oranges = money_words(paid.oranges, Currency.ORANGES)
        wait = wait_words(paid.next_at - paid.at)
        toast(
            self.room, f"Day {paid.streak} of {daily_bonus.STREAK}: {oranges}. The next in {wait}.",
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
                words += f": {wait_words(first.held_until - self.room.session.now())} left"
        self.stand.waiting = words

    def claim(self) -> None:
        """Claim what goes soonest."""
        if self.waiting:
            self.claim_if(True, self.waiting[0].line.id)

    def claim_if(self, yes: bool | None, number: int) -> None:
        """Take a player item out of escrow, if that is wanted."""
        player, key = self.room.session.player, uuid4().hex
        if player is not None and yes:
            self.room.act(
                lambda: player.escrow.claim(number, key), self._claimed,
                refused=self._not_claimed, group="claim",
            )  # fmt: skip

    def _claimed(self, claim: Claim) -> None:
        toast(
            self.room, f"{claim.name} is yours.{idle_words(claim.category)}",
            ToastKind.SUCCESS, title="✓ Claimed", place=own_place(claim.item_id),
        )  # fmt: skip

    def _not_claimed(self, refusal: Refusal) -> None:
        place = SELL if refusal.reason is Reason.NO_ROOM else None
        toast(self.room, refusal.message, ToastKind.ERROR, title="✗ Not claimed", place=place)
        self.room.look_again()
