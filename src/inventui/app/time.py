"""Time in the app: made up for while one plays, and told when one comes back."""

from __future__ import annotations

import asyncio
from hashlib import sha256
from typing import TYPE_CHECKING

from inventui.app.news import Hearing
from inventui.widgets import errors
from inventui.widgets.entries import Place
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.toasts import ToastKind, toast
from inventui.widgets.session import EVERYTHING, WorldChanged

if TYPE_CHECKING:
    from inventui.app.away_text import Absence
    from inventui.engine.property.models import Settled
    from inventui.engine.world import PlayerHandle

EVERY = 60.0
"""Seconds between two looks at the clock; what falls due within them is looked at in time."""

LATE = 0.2
"""Seconds after a boundary of time at which it is surely over."""


def seen_key(player: PlayerHandle) -> str:
    """What a player of a world is remembered by; two worlds have two seeds."""
    return f"{sha256(player.world.seed.encode()).hexdigest()[:12]}:{player.id}"


def catch_up(player: PlayerHandle, seen: int) -> tuple[tuple[Settled, ...], Absence | None]:
    """Make up for a player's time. Blocks: for a thread.

    Args:
        player: whose.
        seen: the last operation of time that they were told of.

    Returns:
        What was made up for since, and the same to be told, if there is anything to tell.
    """
    player.catch_up()
    spans = player.happened(seen)
    if all(span.is_quiet for span in spans):
        return spans, None
    from inventui.app.away_text import Absence

    return spans, Absence(spans, player.property.view().home, player.world.clock.now())


class CatchingUp(Hearing):
    """The part of the app that minds the time."""

    def __init__(self) -> None:
        super().__init__()
        self._here: int | None = None
        self._untold: Absence | None = None
        self._fault = ""

    async def play_as(self, player: PlayerHandle) -> None:
        """Go on as this player; whatever happened to them is told once they are shown."""
        self._here = self._untold = None
        key = seen_key(player)
        if key not in self.session.settings.seen:
            # The room's first look may make up for time too: that is told as well.
            last = await asyncio.to_thread(player.last_settled)
            self.session.settings.seen[key] = last
        await super().play_as(player)

    def mind_time(self) -> None:
        """Look at the clock from now on."""
        self.set_interval(EVERY, self._minute)

    def _minute(self) -> None:
        """Something may have fallen due; what does before the next look is looked at then."""
        from inventui.rules.property import PERIOD

        left = (PERIOD - self.session.now() % PERIOD) / 1_000
        if left < EVERY:
            self.set_timer(left + LATE, self._boundary)
        self._boundary()

    def _boundary(self) -> None:
        if self.session.player is not None:
            self.post_message(WorldChanged())

    async def _look(self) -> None:
        """Before anything is asked, time is made up for."""
        await self._catch_up()
        await super()._look()

    async def _catch_up(self) -> None:
        session, player = self.session, self.session.player
        if player is None:
            return
        first = self._here != player.id
        if first:
            await self._room_answered()
        try:
            key = await asyncio.to_thread(seen_key, player)
            seen = session.settings.seen[key]
            spans, absence = await asyncio.to_thread(catch_up, player, seen)
            away = absence is not None and (first or absence.is_long)
            if away and player.id in session.heard:
                # The dialog says all of it: nothing of it is told twice.
                session.heard[player.id] = await asyncio.to_thread(player.notifications.latest)
        except Exception as error:
            self._say_fault(error)
            return
        self._say_set_back(player)
        if session.player is not player:
            return
        self._fault, self._here = "", player.id
        if spans:
            self._changes = EVERYTHING
        last = spans[-1].operation if spans else seen
        if last != seen:
            session.settings.seen[key] = last
            if not session.demo:
                self.save_settings()
        if absence is None:
            return
        if away:
            self._untold = absence
            self._tell_absence()
        else:
            self._tell_takings(absence)

    def _tell_takings(self, absence: Absence) -> None:
        """What came in while they play is told in passing."""
        from inventui.app.away_text import takings_words

        if words := takings_words(absence.spans):
            here = isinstance(self.screen, Room) and self.screen.ROOM == "property"
            place = None if here else Place("property", "See your property")
            toast(self, words, ToastKind.INFO, place=place)

    async def _room_answered(self) -> None:
        """Wait until the room has shown what it asked for first."""
        asked = [worker._task for worker in self.workers if worker.group == "ask" and worker._task]
        if asked:
            # Not the workers' own wait: who is called off while waiting would call them off too.
            await asyncio.wait(asked)

    def _say_set_back(self, player: PlayerHandle) -> None:
        """That the clock was set back is told once, and all that shows is asked again."""
        told, player.world.set_back = player.world.set_back, None
        if told is not None:
            self._changes = EVERYTHING
            self.notify(told.words, severity="warning", markup=False, timeout=20)

    def _say_fault(self, error: Exception) -> None:
        """A world that can't be written is told once, not each minute."""
        said = errors.plain_sentence(error)
        if said is None:
            raise error
        if said != self._fault:
            self._fault = said
            self.notify(said, severity="error", markup=False)

    def _tell(self) -> None:
        """What happened meanwhile comes before what is new."""
        if self._untold is None:
            super()._tell()
        else:
            self._tell_absence()

    def _tell_absence(self) -> None:
        """Show it, unless a dialog or a reel has their eye: then once that is closed."""
        if self._untold is not None and self.screen_stack and isinstance(self.screen, Room):
            from inventui.app.away import AwayDialog

            absence, self._untold = self._untold, None
            self.push_screen(AwayDialog(absence))
