"""Ways through the map of rooms: digits for groups, tabs in them, the leader and a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType

from inventui.app.deliveries import Delivering
from inventui.screens.registry import ROOMS
from inventui.widgets.entries import grouped
from inventui.widgets.frame.actions import EVERYWHERE, Action, HasActions
from inventui.widgets.frame.room import Room
from inventui.widgets.lists.row_list import DENSE, ROOMY, RowList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widget import AwaitMount

    from inventui.widgets.entries import RoomEntry


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

    def action_room(self, slug: str, place: str | None = None) -> None:
        """Go to a room; to a part of it, the first if `place` is empty, else the last shown."""
        self._end_map()
        self.session.part = place
        if slug == self.current_mode and isinstance(self.screen, Room):
            self.screen.show_part()
        else:
            self.switch_mode(slug)

    def switch_mode(self, mode: str) -> AwaitMount:
        """Go to another room."""
        left = self._room()
        switched = super().switch_mode(mode)
        if left is not None and left is not self._room():
            left.let_go()
            self.forget_drawn()
        return switched

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
