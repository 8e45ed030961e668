"""A short list to choose from, a title and a note a row; the choice has a marker.

It is as high as its items, or as it is made, and has no bar: an arrow at the edge says that
it goes on out of sight.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.strip import Strip

from inventui.widgets.lists.row_list import RowList
from inventui.widgets.text import cut_words
from inventui.widgets.theme import MARKER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.events import MouseScrollDown, MouseScrollUp
    from textual.geometry import Size


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One line to choose.

    Attributes:
        id: what is answered.
        title: plain text.
        note: stands at the right, dim.
        quiet: whether all of it is dim.
        short: stands there instead where there is no room for the note.
        room: where it leads; stands before the note where there is room for both.
    """

    id: str
    title: str
    note: str = ""
    quiet: bool = False
    short: str = ""
    room: str = ""


class Menu(RowList[MenuItem]):
    """Items under a cursor; enter or a click chooses one.

    Args:
        items: what there is to choose from.
        choosable: whether enter means anything, or looking is all.
    """

    class Moved(RowList.Moved):
        """The cursor is on another item."""

        row: MenuItem

    class Chosen(RowList.Chosen):
        """Enter or a click on an item."""

        row: MenuItem

    SPACED = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Choose"),
    ]

    DEFAULT_CSS = """
    Menu {
        height: auto; width: 1fr; background: transparent; overflow-y: hidden;
        & > .row-list--cursor, & > .row-list--hover { background: transparent; }
        &:focus > .row-list--cursor { background: transparent; }
    }
    """

    def __init__(self, *items: MenuItem, id: str | None = None, choosable: bool = True) -> None:
        super().__init__(lambda item: item.id, id=id)
        self.rows = items
        self.choosable = choosable
        self.clicks = 1 if choosable else 0

    def on_mount(self) -> None:
        """What the cursor is on from the start is told too."""
        self._measure()
        self._tell()

    def _tell(self) -> None:
        if self.rows:
            self.post_message(self.Moved(self, self.cursor))

    def offer(
        self, rows: Sequence[MenuItem], now: int | None = None, at: int | None = None
    ) -> None:
        """Show these items."""
        before = self.row
        super().offer(rows, now, at)
        if before is None or (self.row and self.row.id != before.id):
            self._tell()

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """As wide as there is room."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """A line for each item."""
        return max(1, self.count)

    def draw_row(self, row: MenuItem, width: int, *, current: bool) -> Sequence[Content]:
        """Marker, title, note."""
        free = width - cell_len(row.title) - 5
        # What it is matters more than what is said about it.
        notes = [row.note, row.short]
        whole = " · ".join(part for part in (row.room, row.note) if part)
        # Two more blanks part a room's name from a title, which are both words.
        if row.room and cell_len(whole) + 2 <= free:
            notes.insert(0, whole)
        fitting = (note for note in notes if cell_len(note) <= free)
        note = Content(next(fitting, ""))
        room = width - note.cell_length - 5
        title = Content(cut_words(row.title, max(1, room)))
        gap = " " * max(1, width - title.cell_length - note.cell_length - 4)
        line = Content.assemble(
            f" {MARKER if current else ' '} ", title, gap, note.stylize("" if current else "dim"),
            " ",
        )  # fmt: skip
        if not current:
            return (line.stylize("$foreground 70%") if row.quiet else line,)
        return (line.stylize("bold reverse $primary" if self.has_focus else "bold"),)

    def render_line(self, y: int) -> Strip:
        """A row, with an arrow at its end where the list goes on out of sight."""
        strip, top, height = super().render_line(y), self.scroll_offset.y, self.size.height
        if y == height - 1 and top + height < self.count:
            edge = "↓"
        elif y == 0 < top:
            edge = "↑"
        else:
            return strip
        last = strip.crop(strip.cell_length - 1)
        return Strip.join(
            [strip.crop(0, strip.cell_length - 1), Strip([s._replace(text=edge) for s in last])]
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:  # noqa: ARG002
        """Where enter means nothing, the footer does not show it."""
        return self.choosable or action != "choose"

    def action_choose(self) -> None:
        """Answer with the item under the cursor."""
        if self.rows:
            self.post_message(self.Chosen(self, self.cursor))

    def _on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        self.action_move(1)
        event.stop()

    def _on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        self.action_move(-1)
        event.stop()
