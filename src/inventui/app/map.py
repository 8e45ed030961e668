"""Ways through the map of rooms: digits for groups, tabs in them, the leader and a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key
from textual.widgets import Input

from inventui.app.deliveries import Delivering
from inventui.screens.registry import ROOMS
from inventui.widgets.entries import by_letter, grouped, sign
from inventui.widgets.frame.actions import EVERYWHERE, Action, HasActions, keys_of
from inventui.widgets.frame.room import LEADER, Room
from inventui.widgets.frame.toasts import FOLLOW_KEY
from inventui.widgets.lists.row_list import DENSE, ROOMY, RowList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.events import Event
    from textual.timer import Timer

    from inventui.widgets.entries import RoomEntry

PAUSE = 0.4
"""Seconds after the leader key until the letters are shown."""


class Mapped(Delivering):
    """The part of the app that leads from room to room."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                group.key,
                f"group({group.slug!r})",
                group.title,
                show=False,
                id=f"{EVERYWHERE}.group-{group.slug}",
            )
            for group, _ in grouped(ROOMS)
        ),
        *(
            Binding(
                key,
                f"room({entry.slug!r})",
                entry.title,
                show=False,
                id=f"{EVERYWHERE}.room-{entry.slug}",
            )
            for entry in ROOMS
            for key in entry.keys
            if key != entry.group.key
        ),
        Binding(
            "less_than_sign",
            "tab(-1)",
            "Previous room",
            show=False,
            id=f"{EVERYWHERE}.tab-previous",
        ),
        Binding(
            "greater_than_sign", "tab(1)", "Next room", show=False, id=f"{EVERYWHERE}.tab-next"
        ),
        Binding(
            "ctrl+p",
            "command_palette",
            "Palette",
            show=False,
            priority=True,
            tooltip="Find any command by its name",
            id=f"{EVERYWHERE}.palette",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._awaiting: Timer | bool = False

    def action_room(self, slug: str, place: str | None = None) -> None:
        """Go to a room; to a part of it, the first if `place` is empty, else the last shown."""
        self._end_map()
        self.session.part = place
        if slug == self.current_mode and isinstance(self.screen, Room):
            self.screen.show_part()
        else:
            self.switch_mode(slug)

    def action_group(self, slug: str) -> None:
        """Go to a group's first room, and from each of its rooms to the next."""
        entries = self._beside()
        if entries and entries[0].group.slug == slug:
            if self.session.held:
                self.session.withheld = True
            else:
                self.action_tab(1)
            return
        first = next((entry for entry in self.session.rooms if entry.group.slug == slug), None)
        if first is not None:
            self.action_room(first.slug)

    def action_tab(self, by: int) -> None:
        """Go to another room of the same group, round the ends."""
        entries = self._beside()
        if len(entries) > 1:
            slugs = [entry.slug for entry in entries]
            self.action_room(slugs[(slugs.index(self.current_mode) + by) % len(slugs)])

    def _beside(self) -> list[RoomEntry]:
        """The rooms of the present group."""
        for _, entries in grouped(self.session.rooms):
            if any(entry.slug == self.current_mode for entry in entries):
                return entries
        return []

    # Help and palette

    def action_help(self) -> None:
        """Explain the screen that is shown."""
        from inventui.app.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def runner(self, screen: HasActions, action: Action[Any]) -> Callable[[], object]:
        """What takes an action, or says why not."""

        def run() -> None:
            if screen.offers(action.id):
                action.run(screen)
            else:
                screen.say_refusal(screen.why_not(action.id))

        return lambda: self.call_later(run)

    # The leader

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
        if self._awaiting and not isinstance(self._awaiting, bool):
            self._awaiting.stop()
        self._awaiting = False
        if self.screen_stack:
            self.screen.query("WhichKey").remove()

    @property
    def leader(self) -> str:
        """The key that a letter follows."""
        return keys_of(self.session, LEADER.id or "", LEADER.key)[0]

    def heed_rows(self) -> None:
        """From now on the rows of lists stand as close as the settings say."""
        rows = self.session.settings.rows
        self.set_class(rows == "dense", DENSE)
        self.set_class(rows == "roomy", ROOMY)
        if self.screen_stack:
            for rows_shown in self.screen.query(RowList):
                rows_shown.set_apart()

    def heed_keys(self) -> None:
        """From now on the keys are those of the session."""
        from inventui.screens.keymap import keymap, map_of

        own = dict(self.session.own.keys)
        self.session.rooms, self.session.own.keymap = map_of(own), keymap(own)
        self.set_keymap(dict(self.session.own.keymap))
        if self.screen_stack:
            self.screen.query("RoomBar").refresh()

    def steers(self, event: Key) -> bool:
        """Take the leader key, and the letter after it: one that follows at once acts nowhere."""
        if getattr(self.screen, "TAKES_ALL_KEYS", False):
            self.screen.post_message(event)
            return True
        if self._awaiting:
            self._end_map()
            if event.key == self.leader:
                self.post_message(type(event)("home", None))
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

    async def on_event(self, event: Event) -> None:
        """A key takes toasts away that stand until one is pressed; all else ends the pane."""
        if isinstance(event, Key) and not event.is_forwarded:
            self._end_toasts(event.key)
        if self._awaiting and type(event).__name__ in {"Paste", "MouseDown"}:
            self._end_map()
        await super().on_event(event)
