"""Rows of which more come as one nears the end of those that are known."""

from __future__ import annotations

from textual.message import Message

from inventui.widgets.lists.row_list import RowList

AHEAD = 10
"""So many rows before the end of what is known, more is asked for."""


class PagedRows(RowList):
    """Rows of which more come as one nears the end of those that are known."""

    class Wants(Message):
        """The cursor comes near the end of what is known."""

        def __init__(self, rows: PagedRows) -> None:
            self.rows = rows
            super().__init__()

        @property
        def control(self) -> PagedRows:
            """The list."""
            return self.rows

    def move_to(self, index: int) -> None:
        """Put the cursor on a row, and look ahead."""
        super().move_to(index)
        if self.cursor + AHEAD >= self.count:
            self.post_message(self.Wants(self))
