"""A list whose rows come a page at a time: it says when it wants more of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from textual.message import Message

from inventui.widgets.lists.row_list import Row, RowList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

AHEAD = 10
"""So many rows before the end of what is known, more is asked for."""


def renewed(
    known: Sequence[Row], newest: Sequence[Row], number: Callable[[Row], int]
) -> tuple[Row, ...] | None:
    """The newest page in the place of what is known of it, then the older rows that are known.

    None if there may be rows between the two, or nothing is known.

    Args:
        known: rows with falling numbers.
        newest: the first page of the same list as it is now.
        number: a row's.
    """
    if not known or not newest or number(newest[-1]) > number(known[0]):
        return None
    return (*newest, *(row for row in known if number(row) < number(newest[-1])))


class PagedRows(RowList[Row]):
    """Rows of which more come as one nears the end of those that are known."""

    class Wants(Message):
        """Cursor or sight comes near the end of what is known; said once for each page."""

        def __init__(self, control: PagedRows[Any]) -> None:
            self._control = control
            super().__init__()

        @property
        def control(self) -> PagedRows[Any]:
            """The list."""
            return self._control

    _asked = -1

    def offer(self, rows: Sequence[Row], now: int | None = None, at: int | None = None) -> None:
        """Show these rows."""
        super().offer(rows, now, at)
        self._asked = -1
        self._look_ahead()

    def renew(self, newest: Sequence[Row], now: int) -> bool:
        """Show the newest page before what is known, for rows known by falling numbers.

        The cursor stays with its row, or on the first. False (and nothing happens) if there
        may be rows between that page and those that are known.
        """
        rows = renewed(self.rows, newest, cast("Callable[[Row], int]", self.identify))
        if rows is None:
            return False
        self.offer(rows, now, None if self.cursor else 0)
        return True

    def extend(self, rows: Sequence[Row]) -> None:
        """Further rows of the same list."""
        self.offer((*self.rows, *rows))

    def move_to(self, index: int) -> None:
        """Put the cursor on a row, and look ahead."""
        super().move_to(index)
        self._look_ahead()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """The mouse scrolls too."""
        super().watch_scroll_y(old_value, new_value)
        self._look_ahead()

    def set_apart(self) -> None:
        """More may be seen than is known."""
        super().set_apart()
        self._look_ahead()

    def _look_ahead(self) -> None:
        seen = (self.scroll_offset.y + self.size.height) // self.row_lines
        if self.count and max(self.cursor, seen) + AHEAD >= self.count != self._asked:
            self._asked = self.count
            self.post_message(self.Wants(self))
