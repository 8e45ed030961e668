"""The second line: the rooms, with the keys that lead there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from inventui.rules.core.categories import Category
from inventui.rules.core.style import Style
from inventui.widgets.entries import RoomEntry
from inventui.widgets.session import session_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.events import Click, MouseMove


DEFAULT = Style("default")

GAP = 2
"""Cells between rooms where there is room for everything."""


def doors(rooms: Sequence[RoomEntry], current: str) -> list[RoomEntry]:
    """The rooms of the bar: those with a digit, and the one that one is in."""
    return [entry for entry in rooms if entry.key.isdecimal() or entry.slug == current]


def places(rooms: Sequence[RoomEntry], current: str, width: int) -> list[tuple[int, str]]:
    """The column and the text of each door.

    Where it is narrow the rooms close up; then titles go, those farthest from the current
    room first, its own never.
    """
    shown = doors(rooms, current)
    texts, gap = [entry.label for entry in shown], GAP
    if _cells(texts, gap) > width:
        gap = 1
        if _cells(texts, gap) > width:
            texts, gap = _folded(shown, current, width), GAP
    column, found = 1, []
    for text in texts:
        found.append((column, text))
        column += len(text) + gap
    return found


def _cells(texts: Sequence[str], gap: int) -> int:
    """The width of a line of doors, with a cell at either end."""
    return sum(map(len, texts)) + gap * (len(texts) - 1) + 2


def _folded(shown: Sequence[RoomEntry], current: str, width: int) -> list[str]:
    """Keys, with the titles of the current room and of as many of its neighbours as fit."""
    here = next((i for i, entry in enumerate(shown) if entry.slug == current), 0)
    texts = [entry.key if entry.key.isdecimal() else entry.label for entry in shown]
    for index in sorted(range(len(shown)), key=lambda i: (abs(i - here), i < here)):
        titled = [*texts[:index], shown[index].label, *texts[index + 1 :]]
        if index != here and _cells(titled, GAP) > width:
            break
        texts = titled
    return texts


def room_line(
    rooms: Sequence[RoomEntry], current: str, hover: str, width: int, *,
    style: Style = DEFAULT, back: str = "#000000",
) -> Content:  # fmt: skip
    """The rooms in one line, the current one as the tabs style has it."""
    line = Content("")
    shown = doors(rooms, current)
    for entry, (column, text) in zip(shown, places(rooms, current, width), strict=True):
        if entry.slug == current:
            line += " " * (column - 1 - line.cell_length)
            line = line[: column - 1] + current_room(text, style, back)
        else:
            label = Content(text).stylize("underline" if entry.slug == hover else "")
            line += " " * (column - line.cell_length) + label.stylize("$primary", 0, 1)
    if line.cell_length < width:
        line += " "
    return line.truncate(width, ellipsis=True)


def current_room(text: str, style: Style, back: str) -> Content:
    """The room that one is in."""
    if style == DEFAULT:
        return Content.styled(f" {text} ", "bold reverse")
    # The first paint does without it.
    from inventui.widgets.canvas.tab_labels import tab_label

    return tab_label(text, True, style, back=back)


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
        session = session_of(self)
        style = session.appearance[Category.TABS_STYLE] if session.worn else DEFAULT
        back = self.background_colors[1].hex6.lower()
        return room_line(
            session.rooms, self.current, self._hover, self.size.width, style=style, back=back
        )

    def _at(self, x: int) -> str:
        """The slug of the room drawn at a column, or an empty text."""
        rooms = session_of(self).rooms
        shown = doors(rooms, self.current)
        drawn = places(rooms, self.current, self.size.width)
        for entry, (column, text) in zip(shown, drawn, strict=True):
            if column - 1 <= x <= column + len(text):
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
