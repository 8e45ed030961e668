"""What happened to a player as a list under a cursor, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.screens.history.text import feed_row
from inventui.widgets.lists.paged_rows import PagedRows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from inventui.engine.history.feed_models import FeedLine


class FeedList(PagedRows["FeedLine"]):
    """Lines of a feed, a row each."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(lambda line: line.operation, id=id)

    def grow_older(self, now: int) -> None:
        """Tell the ages anew."""
        self.now = now
        self.redraw()

    def draw_row(self, row: FeedLine, width: int, *, current: bool) -> Sequence[Content]:
        """When, what, which player items, sums."""
        return (feed_row(row, self.now, width, current=current),)
