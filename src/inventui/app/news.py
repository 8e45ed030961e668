"""Hearing of changes: what is due is awarded, what is true is shown, what was told is told."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType

from inventui.app.players import Playing
from inventui.db.errors import WorldError
from inventui.widgets import errors
from inventui.widgets.entries import Place
from inventui.widgets.frame.actions import EVERYWHERE
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.toasts import FOLLOW_KEY, MOST_TOASTS, ToastKind, toast
from inventui.widgets.frame.undo import UNDO_SECONDS, remember
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
    from textual.screen import Screen
    from textual.timer import Timer

    from inventui.engine.core.context import Listener
    from inventui.engine.notifications.models import Notification
    from inventui.engine.world import PlayerHandle

LISTENING_LOOKS = 15
"""Where others are heard of as they write, every how many turns to look all the same."""

MOMENT = 0.1
"""Seconds within which all that is heard of is looked for at once."""

PACKS_CHANGED = "The owner of this world changed its packs: what is on show here is up to date."

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
        # Once it is shown, its giver can't take it back any more.
        with suppress(WorldError):
            player.notifications.show_gifts()
    heard = session.heard[player.id]
    try:
        player.achievements.award()
    except Exception as error:
        # What can't be written now is due later; whoever acts is told why.
        if errors.plain_sentence(error) is None:
            raise
    told, seen = player.notifications.fresh(heard), session.seen
    gifts = [each.id for each in told if each.kind == "gift" and not each.seen]
    if gifts:
        with suppress(WorldError):
            player.notifications.shown(gifts)
    if told or seen is None or changes == EVERYTHING:
        return News(PlayerSnapshot.of(player), told)
    return News(seen.renewed(player, changes), told)


class Hearing(Playing):
    """The part of the app that heeds changes of the world, its own and other programs'."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(FOLLOW_KEY, "follow", "Show me", id=f"{EVERYWHERE}.follow")
    ]

    watch_seconds: float
    _seen_version: object = None
    _seen_catalogue: object = None
    _watching = False
    _listener: Listener | None = None
    _turns = 0
    _soon: Timer | None = None
    _changes: Changes = frozenset()
    """What has changed since somebody last looked, as far as anybody said."""
    _hidden: Changes = frozenset()
    """The same of what changed while a screen hid the room: it asks by itself once it is shown."""

    async def play_as(self, player: PlayerHandle) -> None:
        """Go on as this player; what is due is awarded once they are shown."""
        self.session.news = ()
        await super().play_as(player)
        self._changes = EVERYTHING
        background(self, self._look, group="look", exclusive=True)

    def on_mount(self) -> None:
        """What waits for a reveal or a dialog to close is asked for and told then."""
        self.screen_change_signal.subscribe(self, self._screen_changed)

    def _screen_changed(self, screen: Screen[Any]) -> None:
        if isinstance(screen, Room):
            self.call_later(self._tell)
            if self._hidden:
                background(self, self._look, group="look", exclusive=True)

    def on_world_changed(self, message: WorldChanged) -> None:
        """Ask for what may have changed, and show it, once any of it can be seen."""
        self.session.take_outcome(message.outcome)
        if self.session.undos or getattr(message.outcome, "can_be_undone", False):
            remember(self.session, message.outcome)
            # The key is shown while it does something.
            self.refresh_bindings()
            self.set_timer(UNDO_SECONDS, self.refresh_bindings)
        if self._is_hidden():
            self._hidden |= message.changes
            # What is being asked for is older than the outcome.
            self.workers.cancel_group(self, "look")
        else:
            self._changes |= message.changes
            background(self, self._look, group="look", exclusive=True)

    def _is_hidden(self) -> bool:
        """Whether the screen on top shows nothing that may change, and hides what does."""
        top = self.screen if self.screen_stack else None
        return not (top is None or hasattr(top, "show_state") or top.styles.background.a < 1)

    async def _look(self) -> None:
        session, player = self.session, self.session.player
        if player is None:
            return
        first = player.id not in session.heard
        changes, hidden = self._changes, self._hidden
        if not changes and not hidden:
            changes = EVERYTHING
        if self.watch_seconds and self._seen_version is None and session.world is not None:
            # What others write from now on, however soon, is new.
            self._seen_version = await asyncio.to_thread(session.world.version_token)
        news = await asyncio.to_thread(listen, player, session, changes | hidden)
        if session.player is not player:
            return
        self._changes -= changes
        self._hidden -= hidden
        if news.told:
            session.heard[player.id] = news.told[-1].id
            # What was taken back before it was shown is told of once, by what it says of that.
            session.news += tuple(each for each in news.told if not each.seen)
        elif first and news.appearance.card == session.card:
            return
        self.see(news.appearance)
        self.show_state(EVERYTHING if news.told else changes)
        self._tell()

    async def _mind_others(self) -> None:
        """Look for what other programs write; where they are heard of, only now and then."""
        if self._listener is None:
            await self._listen()
        self._turns += 1
        if self._listener is None or self._turns % LISTENING_LOOKS == 0:
            await self._watch()

    async def _listen(self) -> None:
        """Hear of what others write, where the world is on a server that tells."""
        world = self.session.world
        if world is None or not getattr(world, "listens", False):
            return
        try:
            listener = await asyncio.to_thread(world.listen)
            asyncio.get_running_loop().add_reader(listener.fileno(), self._hear)
        except Exception as error:
            # Then it is looked for; a loop of Windows hears of no connection.
            if not isinstance(error, NotImplementedError) and errors.plain_sentence(error) is None:
                raise
            return
        self._listener = listener
        await self._watch()

    def _hear(self) -> None:
        if self._listener is None or not self._listener.heard():
            self._stop_listening()
        if self._soon is None:
            self._soon = self.set_timer(MOMENT, self._look_soon)

    async def _look_soon(self) -> None:
        self._soon = None
        await self._watch()

    def _stop_listening(self) -> None:
        listener, self._listener = self._listener, None
        if listener is not None:
            asyncio.get_running_loop().remove_reader(listener.fileno())
            listener.close()

    def on_unmount(self) -> None:
        """Nobody is there any more to hear of anything."""
        self._stop_listening()

    async def _watch(self) -> None:
        """See whether another program has changed the world."""
        token = getattr(self.session.world, "version_token", None)
        if token is None or self._watching:
            return
        self._watching = True
        try:
            version = await asyncio.to_thread(token)
            if await asyncio.to_thread(self._is_other_catalogue):
                self.post_message(WorldChanged())
                toast(self, PACKS_CHANGED, ToastKind.INFO)
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

    def _is_other_catalogue(self) -> bool:
        """Whether the packs of the world were changed, and are read anew. For a thread."""
        world = self.session.world
        if world is None or not hasattr(world, "catalogue_token"):
            return False
        before, self._seen_catalogue = self._seen_catalogue, world.catalogue_token()
        changed = before not in (None, self._seen_catalogue)
        if changed:
            world.read_constants()
            world.catalogue.read_anew()
        return changed

    def _tell(self) -> None:
        """Show what the player was told, unless a dialog or a reel has their eye."""
        session = self.session
        if not self.screen_stack or not isinstance(self.screen, Room):
            return
        news, session.news = session.news, ()
        # Of more than fit, the last toast counts the rest.
        shown = news if len(news) <= MOST_TOASTS else news[: MOST_TOASTS - 1]
        rest = len(news) - len(shown)
        # One key leads to one place: that of the last toast which has one.
        leading = next((n for n in reversed(shown) if self._place(n) is not None), None)
        for one in shown:
            place = self._place(one) if one is leading else None
            title = TITLES.get(one.kind, "")
            toast(self, one.message, ToastKind(one.tone), title=title, place=place)
        if rest:
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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A toast's key is there as long as it leads anywhere."""
        if action == "follow":
            return self.session.place is not None and isinstance(self.screen, Room)
        return super().check_action(action, parameters)

    def action_follow(self) -> None:
        """Go where the last toast leads, for the sake of a player item if it is about one."""
        place, self.session.place = self.session.place, None
        if place is None:
            return
        self.refresh_bindings()
        self.session.player_item, self.session.category = place.player_item, place.category
        self.session.part = "" if place.player_item is None else None
        if place.room == self.current_mode and isinstance(self.screen, Room):
            self.screen.show_state()
            self.screen.show_part()
        else:
            self.switch_mode(place.room)
