"""The list of gifts, those given and those got."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from inventui.widgets.items.people_text import gift_rows
from inventui.widgets.lists.paged_rows import PagedRows

if TYPE_CHECKING:
    from textual.content import Content

    from inventui.engine.people.models import GiftLine


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
