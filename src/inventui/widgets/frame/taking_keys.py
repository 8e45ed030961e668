"""How the app takes keys: one after another, one held down only once, a letter after the leader."""

from __future__ import annotations

import asyncio
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.events import Event, Key, MouseDown, Paste
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input

from inventui.widgets.entries import by_letter, sign
from inventui.widgets.frame.actions import EVERYWHERE, WAYS, keys_of
from inventui.widgets.frame.held_keys import MOVING, NEXT, HeldKeys
from inventui.widgets.frame.room import LEADER, Room
from inventui.widgets.frame.toasts import FOLLOW_KEY
from inventui.widgets.frame.workers import OPENING, Opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen
    from textual.timer import Timer
    from textual.widget import Widget

    from inventui.widgets.session import Session

ROUNDS = 2
"""How often a message follows a key: what a widget posts for the key is one step behind it."""

MOST_ROUNDS = 6
"""How often at most, while the focus still moves."""

PAUSE = 0.4
"""Seconds after the leader key until the letters are shown."""

LOOK = 0.02
"""Seconds after which it is looked whether that message was lost, or a window opens."""

MOST_LOOKS = 100
"""How often, until the next key is taken all the same."""


EDITING = frozenset(
    key
    for binding in Binding.make_bindings(Input.BINDINGS)
    if binding.action != "submit"
    for key in binding.key.split(",")
)
"""Keys by which a field is edited, beside letters."""


class KeyPassed(Message):
    """Goes the way of a key, behind it, from the focused widget up to the app."""

    def __init__(self, start: Widget, round: int) -> None:
        self.start, self.round, self.looks = start, round, MOST_LOOKS
        super().__init__()


class TakesKeys(App[None]):
    """An app in which a key that is held down does once what it does, and answers nothing.

    A key or a paste is taken when the key before it has done its work, so that what is typed
    right after a key that opens a field is typed into the field.
    """

    session: Session

    def __init__(self) -> None:
        super().__init__()
        self._keys = HeldKeys()
        self._doubt: Timer | None = None
        self._typed: deque[Key | Paste] = deque()
        self._busy = False
        """Whether a key is at work."""
        self._seen: Screen[Any] | None = None
        """The screen that has been laid out for keys."""
        self._behind: KeyPassed | None = None
        """What follows that key."""
        self._lost: asyncio.TimerHandle | None = None
        self._awaiting: Timer | bool = False

    async def on_event(self, event: Event) -> None:
        """Take a key or a paste, or let it wait for those before it."""
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            self._typed.append(event)
            if self._goes_into_a_field(event):
                self._look_again()
            await self._take_next()
        else:
            if isinstance(event, MouseDown):
                self._end_map()
            await super().on_event(event)

    def simulate_key(self, key: str) -> None:
        """Take a key that stands for the one at work, before those that were typed after it."""
        self._typed.appendleft(Key(key, None))
        self.call_later(self._take_next)

    async def _take_next(self) -> None:
        """Take what was typed first, unless a key is at work."""
        if self._busy or not self._typed:
            return
        event, start = self._typed.popleft(), self.focused or self.screen
        self._busy = True
        if isinstance(event, Key):
            await self._take(event)
        else:
            self._end_map()
            await super().on_event(event)
        self._follow(start, 1)

    def _follow(self, start: Widget, round: int) -> None:
        """Send a message behind the key."""
        if not self._is_shown(start):
            start = self.focused or self.screen
        self._behind = KeyPassed(start, round)
        start.post_message(self._behind)
        self._try_later(self._find_lost, self._behind, MOST_LOOKS)

    def _try_later(self, then: Callable[..., object], *args: object) -> None:
        self._lost = asyncio.get_running_loop().call_later(LOOK, then, *args)

    def _is_shown(self, widget: Widget) -> bool:
        return widget.is_attached and widget.is_running and widget.screen is self.screen

    def _find_lost(self, behind: KeyPassed, looks: int) -> None:
        """A screen that closes may take the message with it."""
        if looks and self._is_shown(behind.start):
            self._try_later(self._find_lost, behind, looks - 1)
        else:
            self.post_message(behind)

    def pop_screen(self) -> AwaitComplete:
        """Close the top screen, and know that what it was to pass on is lost."""
        popped = super().pop_screen()
        if self._behind is not None and not self._is_shown(self._behind.start):
            self.post_message(self._behind)
        return popped

    def on_opened(self, _: Opened) -> None:
        """What the key asked for is there."""
        self._look_again()

    def _look_again(self) -> None:
        """Look at once whether the next key may be taken, if it waits for an answer."""
        if self._behind is not None and not self._behind.round:
            self.post_message(self._behind)

    def _goes_into_a_field(self, event: Key | Paste) -> bool:
        """Whether it only changes what stands in the focused field, so that it need not wait."""
        edits = isinstance(event, Paste) or event.is_printable or event.key in EDITING
        return edits and isinstance(self.focused, Input)

    def _waits(self) -> bool:
        """Whether the next key waits for the answer to what the last one asked for."""
        if self._typed and self._goes_into_a_field(self._typed[0]):
            return False
        return any(w.group == OPENING and not w.is_finished for w in self.workers)

    async def on_key_passed(self, event: KeyPassed) -> None:
        """The key has done its work once nothing is behind it and the focus stays."""
        if event is not self._behind:
            return
        if self._lost is not None:
            self._lost.cancel()
        start = self.focused or self.screen
        most = ROUNDS if start is event.start else MOST_ROUNDS
        if event.round < most:
            self._follow(start, event.round + 1)
        elif event.looks and self._waits():
            # Round 0: it waits.
            event.round, event.looks = 0, event.looks - 1
            self._try_later(self.post_message, event)
        elif self._typed and self._seen is not self.screen:
            # What a new screen hides at first loses the focus once it is laid out.
            self._seen = self.screen
            self._seen.call_after_refresh(self.post_message, event)
            self._try_later(self._find_lost, event, MOST_LOOKS)
        else:
            self._busy, self._behind = False, None
            await self._take_next()

    async def _take(self, event: Key) -> None:
        self.session.held = held = self.is_held(event)
        self.session.withheld = False
        if self._doubt is not None:
            self._doubt.stop()
            self._doubt = None
        if held and self._keys.doubtful:
            self._doubt = self.set_timer(NEXT, partial(self._pressed_anew, event))
        if self.steers(event):
            return
        if held and isinstance(self.screen, ModalScreen) and not self._may_repeat(event):
            return
        await super().on_event(event)

    async def _pressed_anew(self, event: Key) -> None:
        """Do what a key does that came twice and is not held down, if that was withheld."""
        self._doubt = None
        if self.session.withheld:
            self.session.held = self.session.withheld = False
            await super().on_event(Key(event.key, event.character))

    def is_held(self, event: Key) -> bool:
        """Whether it comes from a key that is held down; a program that types holds none."""
        return not self.is_headless and self._keys.press(event.key, event.time)

    def _may_repeat(self, event: Key) -> bool:
        """Whether it moves or types."""
        typed = event.is_printable and isinstance(self.focused, Input)
        moves = (keys_of(self.session, f"{EVERYWHERE}.{way}", "") for way in WAYS)
        return typed or event.key in MOVING or any(event.key in keys for keys in moves)

    # The leader

    def action_room(self, slug: str, place: str | None = None) -> None:
        """Go to a room; to a part of it, the first if `place` is empty, else the last shown."""
        raise NotImplementedError

    def action_leader(self) -> None:
        """Wait for a letter; show what each leads to, unless it comes at once."""
        if not self._awaiting and isinstance(self.screen, Room):
            self._awaiting = True
            if self.session.motion:
                self._awaiting = self.set_timer(PAUSE, self._show_map)
            else:
                self._show_map()

    def _show_map(self) -> None:
        from inventui.widgets.frame.which_key import WhichKey

        if isinstance(self.screen, Room):
            self.screen.mount(WhichKey(sign(self.leader)))

    def _end_map(self) -> None:
        if not self._awaiting:
            return
        if self._awaiting and not isinstance(self._awaiting, bool):
            self._awaiting.stop()
        self._awaiting = False
        if self.screen_stack:
            self.screen.query("WhichKey").remove()

    @property
    def leader(self) -> str:
        """The key that a letter follows."""
        return keys_of(self.session, LEADER.id or "", LEADER.key)[0]

    def steers(self, event: Key) -> bool:
        """Take the leader key, and the letter after it: one that follows at once acts nowhere.

        Any key takes toasts away that stand until one is pressed.
        """
        self._end_toasts(event.key)
        if getattr(self.screen, "TAKES_ALL_KEYS", False):
            self.screen.post_message(event)
            return True
        if self._awaiting:
            self._end_map()
            if event.key == self.leader:
                self.simulate_key("home")
            elif (place := by_letter(self.session.rooms).get(event.key)) is not None:
                self.action_room(*place)
            return True
        leads = event.key == self.leader and not isinstance(self.focused, Input)
        if leads and isinstance(self.screen, Room):
            if not self.session.held:
                self.action_leader()
            return True
        return False

    def _end_toasts(self, key: str) -> None:
        """Take toasts away that stand until a key, and where they lead if that is not the key."""
        session = self.session
        if session.settings.toast_seconds:
            return
        self.clear_notifications()
        follow = keys_of(session, f"{EVERYWHERE}.follow", FOLLOW_KEY)
        if session.place is not None and key not in follow:
            session.place = None
            self.refresh_bindings()
