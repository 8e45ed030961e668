"""People and gifts as lists under a cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.widgets.items.people_text import person_row
from inventui.widgets.lists.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from inventui.engine.people.models import FriendLine


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
