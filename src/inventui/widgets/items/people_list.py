"""Everybody who lives here as a list under a cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.widgets.items.people_text import person_row
from inventui.widgets.lists.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from inventui.engine.people.models import FriendLine


class PeopleList(RowList["FriendLine"]):
    """Everybody who lives here, a row each."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(lambda person: person.player, id=id)

    def draw_row(self, row: FriendLine, width: int, *, current: bool) -> Sequence[Content]:
        """Face, name, rank, bond."""
        return (person_row(row, width, current=current),)
