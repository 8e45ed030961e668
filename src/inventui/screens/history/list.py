"""What happened to a player as a list under a cursor, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.screens.history.row import feed_row
from inventui.screens.history.text import merged
from inventui.widgets.lists.paged_rows import PagedRows, renewed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from inventui.engine.history.feed_models import FeedLine


class FeedList(PagedRows["FeedLine"]):
    """Lines of a feed, a row each; equal ones that follow one another are one row.

    Attributes:
        lines: all that are known.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(lambda line: line.operation, id=id)
        self.lines: tuple[FeedLine, ...] = ()

    def show(
        self, lines: Sequence[FeedLine], now: int | None = None, at: int | None = None
    ) -> None:
        """Show these lines."""
        self.lines = tuple(lines)
        self.offer(merged(self.lines), now, at)

    def renew(self, newest: Sequence[FeedLine], now: int) -> bool:
        """Show the newest page before what is known, as any list of pages does."""
        lines = renewed(self.lines, newest, lambda line: line.operation)
        if lines is None:
            return False
        self.show(lines, now, None if self.cursor else 0)
        return True

    def extend(self, rows: Sequence[FeedLine]) -> None:
        """Further lines of the same feed."""
        self.show((*self.lines, *rows))

    def grow_older(self, now: int) -> None:
        """Tell the ages anew."""
        self.now = now
        self.redraw()

    def draw_row(self, row: FeedLine, width: int, *, current: bool) -> Sequence[Content]:
        """When, what, which player items, sums."""
        return (feed_row(row, self.now, width, current=current),)
