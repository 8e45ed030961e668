"""The list of gifts, those given and those got."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from inventui.widgets.items.people_text import gift_rows
from inventui.widgets.lists.paged_rows import PagedRows

if TYPE_CHECKING:
    from textual.content import Content

    from inventui.engine.people.models import GiftLine


class GiftList(PagedRows["GiftLine"]):
    """Gifts, two lines each."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(lambda gift: gift.id, lines=2, id=id)

    def draw_row(self, row: GiftLine, width: int, *, current: bool) -> Sequence[Content]:
        """What, who and when; the message below."""
        return gift_rows(row, self.now, width, current=current)
