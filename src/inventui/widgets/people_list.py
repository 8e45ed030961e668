"""People and gifts as lists under a cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from inventui.widgets.people_words import gift_rows, person_row
from inventui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from inventui.engine.models import FriendLine, GiftLine

AHEAD = 10
"""So many rows before the end of what is known, more is asked for."""


class PeopleList(RowList):
    """Everybody who lives here, a row each."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.people: Sequence[FriendLine] = ()

    def offer(self, people: Sequence[FriendLine]) -> None:
        """There are these now; the cursor stays with whom it pointed at."""
        here = None if self.person is None else self.person.player
        self.people = people
        at = next((i for i, line in enumerate(people) if line.player == here), self.cursor)
        self.show_rows(len(people), at)

    @property
    def person(self) -> FriendLine | None:
        """The one under the cursor."""
        return self.people[self.cursor] if self.cursor < len(self.people) else None

    def draw_row(self, index: int, width: int, *, current: bool) -> Sequence[Content]:
        """Face, name, rank, bond."""
        return (person_row(self.people[index], width, current=current),)


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


class GiftList(PagedRows):
    """Gifts, two lines each."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.gifts: tuple[GiftLine, ...] = ()
        self.now = 0
        self.row_lines = 2

    def show(self, gifts: Sequence[GiftLine], now: int) -> None:
        """Show these; the cursor stays on its gift."""
        here = self.gifts[self.cursor].id if self.cursor < len(self.gifts) else None
        self.gifts, self.now = tuple(gifts), now
        at = next((i for i, gift in enumerate(gifts) if gift.id == here), 0)
        self.show_rows(len(gifts), at)

    def draw_row(self, index: int, width: int, *, current: bool) -> Sequence[Content]:
        """What, who and when; the message below."""
        return gift_rows(self.gifts[index], self.now, width, current=current)
