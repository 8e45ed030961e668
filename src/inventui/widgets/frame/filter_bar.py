"""One line of what can be set for a list, each part with its key and a click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from inventui.widgets.entries import sign
from inventui.widgets.frame.actions import HasActions
from inventui.widgets.theme import DIM

if TYPE_CHECKING:
    from textual.events import Click, Leave, MouseMove

GAP = 3
"""Cells between two parts."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Something that can be set.

    Attributes:
        title: what is set, e.g. `sort`; `key` in it is shown as its key.
        key: a letter of the title.
        value: how it is set now.
        action: the screen's action that a click runs.
        chosen: whether it is set to something of its own.
    """

    title: str
    key: str
    value: Content
    action: str
    chosen: bool = False

    def content(self, own: str = "") -> Content:
        """The part as it is drawn, with a key of the player's own if there is one."""
        before, key, after = self.title.partition(self.key)
        if own:
            # `/ search` has its key beside it, `order` within.
            after = after if after.startswith(" ") else f" {self.title}"
            before, key = "", own
        title = Content.assemble((before, DIM), (key, "bold $primary"), (after, DIM))
        value = self.value.stylize("bold") if self.chosen else self.value
        return title + " " + value if value else title


class FilterBar(Widget):
    """Settings at the left, a sum at the right where there is room for it."""

    DEFAULT_CSS = """
    FilterBar { height: 1; width: 1fr; color: $foreground; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.settings: tuple[Setting, ...] = ()
        self.sum = Content("")
        self._hover = ""

    def show(self, settings: Sequence[Setting], sum: Content) -> None:
        """Show these settings and that sum."""
        self.settings, self.sum = tuple(settings), sum
        self.refresh()

    def _layout(self) -> list[tuple[int, Setting, Content]]:
        """Each part that fits, with its column."""
        column, placed = 1, []
        for setting in self.settings:
            content = setting.content(self._own_key(setting))
            if column + content.cell_length > self.size.width:
                break
            placed.append((column, setting, content))
            column += content.cell_length + GAP
        return placed

    def render(self) -> Content:
        """The line for the present width."""
        line = Content("")
        for column, setting, content in self._layout():
            shown = content.stylize("underline") if setting.action == self._hover else content
            line += " " * (column - line.cell_length) + shown
        gap = self.size.width - line.cell_length - self.sum.cell_length - 1
        return line + " " * gap + self.sum + " " if gap >= GAP else line

    def _own_key(self, setting: Setting) -> str:
        """The key that the player chose for a setting, as it is written, or an empty text."""
        screen = self.screen
        action = screen.action_of(setting.action) if isinstance(screen, HasActions) else None
        if action is None or not isinstance(screen, HasActions):
            return ""
        keys = screen.keys_of(action)
        return "" if keys == action.keys else sign(keys[0])

    def _at(self, x: int) -> str:
        for column, setting, content in self._layout():
            if column <= x < column + content.cell_length:
                return setting.action
        return ""

    async def _on_click(self, event: Click) -> None:
        action = self._at(event.x)
        if action:
            await self.run_action(f"screen.do({action!r})")

    def _on_mouse_move(self, event: MouseMove) -> None:
        hover = self._at(event.x)
        if hover != self._hover:
            self._hover = hover
            self.refresh()

    def _on_leave(self, _: Leave) -> None:
        self._hover = ""
        self.refresh()
