"""A `LongList` of which rows can be marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic

from textual.binding import Binding, BindingType
from textual.message import Message

from inventui.widgets.lists.long_list import LongList
from inventui.widgets.lists.page_cache import Row


class MarkedList(LongList[Row], Generic[Row]):
    """Rows of a `Source` under a cursor, with marks by id.

    Args:
        identify: a row's id; marks and the cursor follow it through changes.
        markable: whether space marks.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("shift+up", "sweep(-1)", "Mark up", show=False),
        Binding("K", "sweep(-1)", "Mark up", show=False, id="everywhere.mark-up"),
        Binding("shift+down", "sweep(1)", "Mark down", show=False),
        Binding("J", "sweep(1)", "Mark down", show=False, id="everywhere.mark-down"),
        Binding("space", "mark", "Mark", show=False),
    ]

    class MarksChanged(Message):
        """Something was marked or unmarked."""

    def __init__(
        self, identify: Callable[[Row], int], *, markable: bool,
        id: str | None = None, classes: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__(identify, id=id, classes=classes)
        self.markable = markable
        self.marks: dict[int, Row] = {}

    def set_marks(self, rows: Sequence[Row]) -> None:
        """Mark these rows and no other."""
        self.marks = {self.identify(row): row for row in rows}
        self.refresh()
        self.post_message(self.MarksChanged())

    def is_marked(self, row: Row) -> bool:
        """Whether a row is drawn as marked."""
        return self.identify(row) in self.marks

    def toggle_mark(self, index: int) -> None:
        """Mark a row, or take its mark away; nothing while it is not loaded."""
        row = self.pages.row(index)
        if row is None or not self.markable:
            return
        identity = self.identify(row)
        if self.marks.pop(identity, None) is None:
            self.marks[identity] = row
        self.refresh_row(index)
        self.post_message(self.MarksChanged())

    def action_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away."""
        self.toggle_mark(self.cursor)

    def action_sweep(self, rows: int) -> None:
        """Mark the row under the cursor and move on."""
        row = self.row
        if row is not None and self.identify(row) not in self.marks:
            self.toggle_mark(self.cursor)
        self.move_to(self.cursor + rows)
