"""The second line: the rooms, with the keys that lead there."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from inventui.widgets.session import session_of

if TYPE_CHECKING:
    from textual.events import Click, MouseMove
    from textual.screen import Screen


@dataclass(frozen=True, slots=True)
class RoomEntry:
    """Where a room is found.

    Attributes:
        slug: its word on every floor, also the name of its mode.
        key: the key that leads there.
        title: what the room bar calls it.
        module: where its class is; imported when first entered.
        name: the class.
        help: one sentence for the palette.
    """

    slug: str
    key: str
    title: str
    module: str
    name: str
    help: str

    def make(self) -> Screen[object]:
        """A new screen of this room."""
        made: Screen[object] = getattr(import_module(self.module), self.name)()
        return made


def room_line(rooms: tuple[RoomEntry, ...], current: str, hover: str, width: int) -> Content:
    """The rooms in one line; titles go first where it is narrow, the current one's last."""
    for titles in (True, False):
        parts = []
        for entry in rooms:
            here = entry.slug == current
            title = f" {entry.title}" if titles or here else ""
            style = "bold reverse" if here else "underline" if entry.slug == hover else ""
            label = f" {entry.key}{title} "
            key_style = "" if here else "$primary"
            parts.append(
                Content(label).stylize(style).stylize(key_style, 1, 2)
                if style
                else Content(label).stylize(key_style, 1, 2)
            )
        line = Content("").join(parts)
        if line.cell_length <= width:
            return line
    return line.truncate(width, ellipsis=True)


class RoomBar(Widget):
    """Marks the room one is in; a click goes to another."""

    DEFAULT_CSS = """
    RoomBar { height: 1; background: $surface; color: $foreground 80%; }
    """

    def __init__(self, current: str) -> None:
        self.current = current
        self._hover = ""
        super().__init__()

    def render(self) -> Content:
        """The line for the present width."""
        return room_line(session_of(self).rooms, self.current, self._hover, self.size.width)

    def _at(self, x: int) -> str:
        """The slug of the room drawn at a column, or an empty text."""
        rooms = session_of(self).rooms
        full = sum(len(entry.title) + 4 for entry in rooms) <= self.size.width
        edge = 0
        for entry in rooms:
            titled = full or entry.slug == self.current
            edge += len(entry.title) + 4 if titled else 3
            if x < edge:
                return entry.slug
        return ""

    async def _on_click(self, event: Click) -> None:
        slug = self._at(event.x)
        if slug:
            await self.run_action(f"app.room({slug!r})")

    def _on_mouse_move(self, event: MouseMove) -> None:
        hover = self._at(event.x)
        if hover != self._hover:
            self._hover = hover
            self.refresh()

    def on_leave(self) -> None:
        """Nothing is pointed at."""
        self._hover = ""
        self.refresh()
