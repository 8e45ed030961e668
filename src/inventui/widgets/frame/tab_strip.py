"""Tabs in one line, with counts; a click chooses one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from inventui.rules.core.categories import Category
from inventui.widgets.canvas.tab_labels import tab_label
from inventui.widgets.session import session_of

if TYPE_CHECKING:
    from textual.events import Click, Leave, MouseMove

    from inventui.rules.core.style import Style


@dataclass(frozen=True, slots=True)
class TabLabel:
    """A tab.

    Attributes:
        slug: its word.
        title: what it is called.
        count: what is behind it, as text, e.g. `214` or `6/10`.
    """

    slug: str
    title: str
    count: str = ""

    @property
    def text(self) -> str:
        """Title and count with a cell either side."""
        return f" {self.title} {self.count} " if self.count else f" {self.title} "


def tabs_shown(widths: Sequence[int], active: int, room: int) -> range:
    """Which tabs fit so many cells, the active one among them: as far left as it goes.

    One cell stands between two tabs, and two at each end that hides something.
    """
    first = 0
    while True:
        left = room - (2 if first else 0)
        last = first
        used = 0
        while last < len(widths):
            need = widths[last] + (1 if last > first else 0)
            more = 2 if last + 1 < len(widths) else 0
            if used + need + more > left and last > first:
                break
            used += need
            last += 1
        if active < last or first >= active:
            return range(first, last)
        first += 1


class TabStrip(Widget):
    """A line of tabs, one of them active; asks for another with `Chosen`.

    The active one stands out as the player's tabs style has it.
    """

    DEFAULT_CSS = """
    TabStrip { height: 1; background: $background; color: $foreground 70%; }
    """

    class Chosen(Message):
        """Another tab is wanted."""

        def __init__(self, slug: str) -> None:
            self.slug = slug
            super().__init__()

    def __init__(
        self, tabs: Sequence[TabLabel] = (), active: str = "", *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.tabs = tuple(tabs)
        self.active = active
        self._hover = ""
        self._shown: object = None

    def show(self, tabs: Sequence[TabLabel], active: str) -> None:
        """Show these tabs, that one as active."""
        shown = (tuple(tabs), active, self.tabs_style)
        if shown != self._shown:
            self.tabs, self.active, _ = self._shown = shown
            self.refresh()

    def step(self, by: int) -> None:
        """Ask for the tab so many places further, round the ends."""
        if len(self.tabs) > 1:
            index = (self._index + by) % len(self.tabs)
            self.post_message(self.Chosen(self.tabs[index].slug))

    @property
    def _index(self) -> int:
        return next((i for i, tab in enumerate(self.tabs) if tab.slug == self.active), 0)

    def _layout(self) -> tuple[str, list[tuple[int, TabLabel]], str]:
        """What stands at the left end, each tab with its column, what stands at the right."""
        widths = [Content(tab.text).cell_length for tab in self.tabs]
        shown = tabs_shown(widths, self._index, self.size.width)
        column = 2 if shown.start else 0
        placed = []
        for index in shown:
            placed.append((column, self.tabs[index]))
            column += widths[index] + 1
        return (
            "‹ " if shown.start else "",
            placed,
            " ›" if shown.stop < len(self.tabs) else "",
        )

    def render(self) -> Content:
        """The line for the present width."""
        left, placed, right = self._layout()
        style, back = self.tabs_style, self.background_colors[1].hex6.lower()
        parts = []
        for _, tab in placed:
            here = tab.slug == self.active
            part = tab_label(tab.title, here, style, tab.count, back=back)
            if tab.slug == self._hover and not here:
                part = part.stylize("underline", 1, 1 + len(tab.title))
            parts.append(part)
        line = Content(left) + Content.styled("│", "$foreground 30%").join(parts) + right
        return line.truncate(self.size.width)

    @property
    def tabs_style(self) -> Style:
        """How the active tab stands out."""
        return session_of(self).appearance[Category.TABS_STYLE]

    def _at(self, x: int) -> str:
        for column, tab in self._layout()[1]:
            if column <= x < column + Content(tab.text).cell_length:
                return tab.slug
        return ""

    async def _on_click(self, event: Click) -> None:
        slug = self._at(event.x)
        if slug and slug != self.active:
            self.post_message(self.Chosen(slug))

    def _on_mouse_move(self, event: MouseMove) -> None:
        hover = self._at(event.x)
        if hover != self._hover:
            self._hover = hover
            self.refresh()

    def _on_leave(self, _: Leave) -> None:
        self._hover = ""
        self.refresh()
