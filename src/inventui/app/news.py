"""Hearing of changes: what is due is awarded, what is true is shown, what was told is told."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inventui.app.players import Playing
from inventui.widgets import errors
from inventui.widgets.entries import Place
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.toasts import ToastKind, toast
from inventui.widgets.frame.workers import background
from inventui.widgets.session import (
    EVERYTHING,
    Changes,
    PlayerSnapshot,
    Session,
    WorldChanged,
)
from inventui.widgets.text import counted

if TYPE_CHECKING:
    from inventui.engine.notifications.models import Notification
    from inventui.engine.world import PlayerHandle

MOST_TOASTS = 3
"""Notifications that are shown one by one; of more the rest are counted."""

TITLES = {"achieved": "🏆 Well done"}
"""What stands above a toast of these kinds, instead of what its tone says."""


@dataclass(frozen=True, slots=True)
class News:
    """How the player looks now, and what they were told since somebody last listened."""

    appearance: PlayerSnapshot
    told: tuple[Notification, ...]


def listen(player: PlayerHandle, session: Session, changes: Changes) -> News:
    """Award what is due, then ask for what is new. Blocks: for a thread.

    What was told may be of anything: then all is asked anew.
    """
    if player.id not in session.heard:
        session.heard[player.id] = player.notifications.latest()
    heard = session.heard[player.id]
    try:
        player.achievements.award()
    except Exception as error:
        # What can't be written now is due later; whoever acts is told why.
        if errors.plain_sentence(error) is None:
            raise
    told, seen = player.notifications.fresh(heard), session.seen
    if told or seen is None or changes == EVERYTHING:
        return News(PlayerSnapshot.of(player), told)
    return News(seen.renewed(player, changes), told)


class Hearing(Playing):
    """The part of the app that heeds changes of the world, its own and other programs'."""

    _seen_version: object = None
    _watching = False
    _changes: Changes = frozenset()
    """What has changed since somebody last looked, as far as anybody said."""

    async def play_as(self, player: PlayerHandle) -> None:
        """Go on as this player; what is due is awarded once they are shown."""
        self.session.news = ()
        await super().play_as(player)
        self._changes = EVERYTHING
        background(self, self._look, group="look", exclusive=True)

    def on_mount(self) -> None:
        """What waits for a dialog to close is told then."""
        self.screen_change_signal.subscribe(self, lambda _: self.call_later(self._tell))

    def on_world_changed(self, message: WorldChanged) -> None:
        """Ask for what may have changed, and show it."""
        self._changes |= message.changes
        background(self, self._look, group="look", exclusive=True)

    async def _look(self) -> None:
        session, player = self.session, self.session.player
        if player is None:
            return
        first = player.id not in session.heard
        changes = self._changes or EVERYTHING
        news = await asyncio.to_thread(listen, player, session, changes)
        if session.player is not player:
            return
        self._changes -= changes
        if news.told:
            session.heard[player.id] = news.told[-1].id
            session.news += news.told
        elif first and news.appearance.card == session.card:
            return
        self.see(news.appearance)
        self.show_state(EVERYTHING if news.told else changes)
        self._tell()

    async def _watch(self) -> None:
        """See whether another program has changed the world."""
        token = getattr(self.session.world, "version_token", None)
        if token is None or self._watching:
            return
        self._watching = True
        try:
            version = await asyncio.to_thread(token)
        except Exception as error:
            # What can't be read now may be readable in two seconds; whoever acts is told why.
            if errors.plain_sentence(error) is None:
                raise
            return
        finally:
            self._watching = False
        if self._seen_version not in (None, version):
            self.post_message(WorldChanged())
        self._seen_version = version

    def _tell(self) -> None:
        """Show what the player was told, unless a dialog or a reel has their eye."""
        session = self.session
        if not self.screen_stack or not isinstance(self.screen, Room):
            return
        news, session.news = session.news, ()
        shown, rest = news[:MOST_TOASTS], len(news) - MOST_TOASTS
        # One key leads to one place: that of the last toast which has one.
        leading = next((n for n in reversed(shown) if self._place(n) is not None), None)
        for one in shown:
            place = self._place(one) if one is leading else None
            title = TITLES.get(one.kind, "")
            toast(self, one.message, ToastKind(one.tone), title=title, place=place)
        if rest > 0:
            more = counted(rest, "more notification")
            toast(self, f"And {more}.", place=Place("notifications", "Read them all"))

    def _place(self, told: Notification) -> Place | None:
        """Where a notification leads from here."""
        here = isinstance(self.screen, Room) and told.place == self.screen.ROOM
        player_item = told.item_id if told.place == "inventory" else None
        if here and player_item is None:
            return None
        for entry in self.session.rooms:
            if entry.slug == told.place:
                words = f"Go to {entry.title}" if player_item is None else "Show me"
                return Place(entry.slug, words, player_item)
        return None
