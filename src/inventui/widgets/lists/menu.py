"""A short list to choose from: the choice has a marker, is reversed, and scrolls into sight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from inventui.widgets.theme import MARKER

if TYPE_CHECKING:
    from textual.events import Click, MouseScrollDown, MouseScrollUp
    from textual.geometry import Size


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One player item to choose.

    Attributes:
        id: what is answered.
        title: plain text.
        note: stands at the right, dim.
    """

    id: str
    title: str
    note: str = ""


class Menu(Widget, can_focus=True):
    """One line an item, drawn in one go.

    Args:
        items: what there is to choose from.
        choosable: whether enter means anything, or looking is all.
    """

    class Chosen(Message):
        """Enter or a click on an item."""

        def __init__(self, menu: Menu, item: MenuItem) -> None:
            self.menu = menu
            self.item = item
            super().__init__()

        @property
        def control(self) -> Menu:
            """The menu that sent it."""
            return self.menu

    class Moved(Message):
        """The cursor is on another item."""

        def __init__(self, menu: Menu, item: MenuItem) -> None:
            self.menu = menu
            self.item = item
            super().__init__()

        @property
        def control(self) -> Menu:
            """The menu that sent it."""
            return self.menu

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("home,g", "jump(0)", "First", show=False),
        Binding("end,G", "jump(-1)", "Last", show=False),
        Binding("pageup", "move(-10)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("enter", "choose", "Choose"),
    ]

    DEFAULT_CSS = """
    Menu { height: auto; width: 1fr; }
    """

    cursor: reactive[int] = reactive(0)
    items: reactive[tuple[MenuItem, ...]] = reactive(tuple)

    def __init__(self, *items: MenuItem, id: str | None = None, choosable: bool = True) -> None:
        self._top = 0
        self.choosable = choosable
        super().__init__(id=id)
        self.set_reactive(Menu.items, items)

    @property
    def chosen(self) -> MenuItem | None:
        """The item under the cursor."""
        return self.items[self.cursor] if self.items else None

    def validate_cursor(self, cursor: int) -> int:
        """Keep it on an item."""
        return max(0, min(cursor, len(self.items) - 1))

    def watch_cursor(self) -> None:
        """Tell of it."""
        if self.chosen is not None:
            self.post_message(self.Moved(self, self.chosen))

    def watch_items(self, old: tuple[MenuItem, ...], new: tuple[MenuItem, ...]) -> None:
        """Stay on the list, however short it has become."""
        if len(old) != len(new) and self.styles.auto_dimensions:
            self.refresh(layout=True)
        self.cursor = self.validate_cursor(self.cursor)
        if not old:
            self.watch_cursor()

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """As wide as there is room."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """A line for each item."""
        return max(1, len(self.items))

    def render(self) -> Content:
        """The items in sight."""
        width, height = self.content_size
        if self.cursor < self._top:
            self._top = self.cursor
        elif height and self.cursor >= self._top + height:
            self._top = self.cursor - height + 1
        self._top = max(0, min(self._top, len(self.items) - height))
        shown = self.items[self._top : self._top + height]
        lines = [self._line(self._top + i, item, width) for i, item in enumerate(shown)]
        return Content("\n").join(lines)

    def _edge(self, index: int) -> str:
        """What ends a line: an arrow where the list goes on out of sight."""
        last = self._top + self.content_size.height - 1
        if index == last < len(self.items) - 1:
            return "↓"
        return "↑" if index == self._top > 0 else " "

    def _line(self, index: int, item: MenuItem, width: int) -> Content:
        here, edge = index == self.cursor, self._edge(index)
        note = Content(item.note)
        if cell_len(item.title) + note.cell_length + 5 > width:
            # What it is matters more than what is said about it.
            note = Content("")
        room = width - note.cell_length - 5
        title = Content(item.title).truncate(max(1, room), ellipsis=True)
        gap = " " * max(1, width - title.cell_length - note.cell_length - 4)
        line = Content.assemble(
            f" {MARKER if here else ' '} ", title, gap, note.stylize("" if here else "dim"), edge
        )
        if not here:
            return line
        return line.stylize("bold reverse $primary" if self.has_focus else "bold")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:  # noqa: ARG002
        """Where enter means nothing, the footer does not show it."""
        return self.choosable or action != "choose"

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.cursor += by

    def action_jump(self, to: int) -> None:
        """To the first item, or with −1 to the last."""
        self.cursor = to % max(1, len(self.items))

    def action_choose(self) -> None:
        """Answer with the item under the cursor."""
        if self.chosen is not None:
            self.post_message(self.Chosen(self, self.chosen))

    async def _on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        if offset is not None and self._top + offset.y < len(self.items):
            self.cursor = self._top + offset.y
            if self.choosable:
                self.action_choose()

    def _on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        self.cursor += 1
        event.stop()

    def _on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        self.cursor -= 1
        event.stop()
