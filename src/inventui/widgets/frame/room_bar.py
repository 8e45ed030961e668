"""The second line: the groups of rooms with their digits, and the rooms of the present one.

The groups stand in the same columns whichever room one is in. The rooms of the present group
follow as tabs, as many as there is room for; where there is none, the group is called by the room.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from inventui.rules.core.categories import Category
from inventui.rules.core.style import Style
from inventui.widgets.entries import RoomEntry, grouped, sign
from inventui.widgets.frame.tab_strip import tabs_shown
from inventui.widgets.session import session_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.events import Click, MouseMove

    from inventui.room import RoomGroup


DEFAULT = Style("default")

GAP = 2
"""Cells between groups where there is room for it."""

PARTED = "│"
"""Between the groups and the rooms of the present one."""


@dataclass(frozen=True, slots=True)
class Door:
    """Something of the bar that leads somewhere.

    Attributes:
        column: where its text begins.
        text: what stands there.
        call: the app's action that leads there.
        here: whether one is there.
        key: how many cells of the text are its key.
    """

    column: int
    text: str
    call: str
    here: bool
    key: int = 0


@dataclass(frozen=True, slots=True)
class BarLayout:
    """Where everything stands.

    Attributes:
        groups: a door each.
        tabs: doors to rooms of the present group.
        parted: the column of the line between the two, or None.
        more: columns and signs that say that there are tabs out of sight.
    """

    groups: list[Door]
    tabs: list[Door]
    parted: int | None = None
    more: tuple[tuple[int, str], ...] = ()


def layout(rooms: Sequence[RoomEntry], current: str, width: int) -> BarLayout:
    """Lay the bar out for so many columns."""
    groups = grouped(rooms)
    titles = [group.title for group, _ in groups]
    widest = max((len(entry.title) for entry in rooms), default=0)
    beside = widest + len("│ ‹  › ")
    for gap in (GAP, 1):
        end = _end(groups, titles, gap)
        if end + beside <= width:
            doors = _groups(groups, titles, current, gap)
            return _with_tabs(doors, _rooms_beside(groups, current), current, end, width)
    # No tab fits beside the groups: the present group is called by the room. One gap suits all.
    for close, gap in ((False, GAP), (False, 1), (True, 1)):
        most = max(_end(groups, _called(groups, entry.slug), gap) for entry in rooms)
        if close or most <= width:
            titles = _called(groups, current)
            return BarLayout(_groups(groups, titles, current, gap, close=close), [])
    raise AssertionError("the last one is always taken")


def _called(groups: Sequence[tuple[RoomGroup, list[RoomEntry]]], current: str) -> list[str]:
    """Titles of the groups; the present one is called by its room."""
    return [
        next((entry.title for entry in entries if entry.slug == current), group.title)
        for group, entries in groups
    ]


def _end(groups: Sequence[object], titles: Sequence[str], gap: int) -> int:
    """The column after the last group, with a free cell at either end."""
    return sum(len(title) + 2 for title in titles) + gap * (len(groups) - 1) + 2


def _rooms_beside(
    groups: Sequence[tuple[RoomGroup, list[RoomEntry]]], current: str
) -> list[RoomEntry]:
    for _, entries in groups:
        if len(entries) > 1 and any(entry.slug == current for entry in entries):
            return entries
    return []


def _groups(
    groups: Sequence[tuple[RoomGroup, list[RoomEntry]]], titles: Sequence[str], current: str,
    gap: int, *, close: bool = False,
) -> list[Door]:  # fmt: skip
    column, doors = 0 if close else 1, []
    for (group, entries), title in zip(groups, titles, strict=True):
        here = any(entry.slug == current for entry in entries)
        key = sign(group.key)
        text = f"{key}{'' if close else ' '}{title}"
        doors.append(Door(column, text, f"app.group({group.slug!r})", here, len(key)))
        column += len(text) + gap
    return doors


def _with_tabs(
    doors: list[Door], entries: Sequence[RoomEntry], current: str, column: int, width: int
) -> BarLayout:
    if not entries:
        return BarLayout(doors, [])
    at = next(i for i, entry in enumerate(entries) if entry.slug == current)
    shown = tabs_shown([len(entry.title) + 2 for entry in entries], at, width - column - 2)
    parted, column = column, column + 2
    more = []
    if shown.start:
        more.append((column, "‹"))
        column += 2
    tabs = []
    for entry in entries[shown.start : shown.stop]:
        call = f"app.room({entry.slug!r})"
        tabs.append(Door(column + 1, entry.title, call, entry.slug == current))
        column += len(entry.title) + 3
    if shown.stop < len(entries):
        more.append((column, "›"))
    return BarLayout(doors, tabs, parted, tuple(more))


def room_line(
    rooms: Sequence[RoomEntry], current: str, hover: str, width: int, *,
    style: Style = DEFAULT, back: str = "#000000",
) -> Content:  # fmt: skip
    """The bar; where one is stands out as the tabs style has it, what leads to `hover` is lined."""
    bar = layout(rooms, current, width)
    parts: list[tuple[int, Content]] = []
    for door in (*bar.groups, *bar.tabs):
        # Of group and room, the room is where one is.
        if door.here and (door in bar.tabs or not bar.tabs):
            lead = min(1, door.column)
            # A sign before or after it would stand beyond an edge.
            drawn = style if 0 < door.column < width - len(door.text) else DEFAULT
            parts.append((door.column - lead, current_room(door.text, drawn, back)[1 - lead :]))
            continue
        label = Content(door.text).stylize("underline" if door.call == hover else "")
        if door.here:
            label = label.stylize("bold $primary")
        parts.append((door.column, label.stylize("bold $primary", 0, door.key)))
    if bar.parted is not None:
        parts.append((bar.parted, Content.styled(PARTED, "$foreground 40%")))
    parts += [(column, Content.styled(text, "$foreground 60%")) for column, text in bar.more]
    line = Content("")
    for column, part in sorted(parts, key=lambda part: part[0]):
        line += " " * (column - line.cell_length) + part
    # The cell after the room that one is in may stand beyond the edge.
    over = line.cell_length - width
    line = line[:-1] if over == 1 else line
    return line.truncate(width, ellipsis=True, pad=True)


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
        """What a click on a column calls, or an empty text."""
        bar = layout(session_of(self).rooms, self.current, self.size.width)
        for column, text in bar.more:
            if column <= x <= column + 1:
                return f"app.tab({-1 if text == '‹' else 1})"
        for door in (*bar.groups, *bar.tabs):
            if door.column - 1 <= x <= door.column + len(door.text):
                return door.call
        return ""

    async def _on_click(self, event: Click) -> None:
        call = self._at(event.x)
        if call:
            await self.run_action(call)

    def _on_mouse_move(self, event: MouseMove) -> None:
        hover = self._at(event.x)
        if hover != self._hover:
            self._hover = hover
            self.refresh()

    def on_leave(self) -> None:
        """Nothing is pointed at."""
        self._hover = ""
        self.refresh()
