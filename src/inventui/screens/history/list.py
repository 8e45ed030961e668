"""What happened to a player as a list under a cursor, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.screens.history.text import feed_row
from inventui.widgets.lists.paged_rows import AHEAD, PagedRows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from inventui.engine.history.feed_models import FeedLine, FeedPage


class FeedList(PagedRows):
    """Lines of a feed, a row each."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: tuple[FeedLine, ...] = ()
        self.now = 0

    @property
    def line(self) -> FeedLine | None:
        """The one under the cursor."""
        return self.lines[self.cursor] if self.cursor < len(self.lines) else None

    def show(self, lines: Sequence[FeedLine], now: int) -> None:
        """Begin anew with these lines, the cursor on the first."""
        self._put(lines, now, 0)
        self.scroll_to(y=0, animate=False, force=True)

    def renew(self, newest: FeedPage, now: int) -> bool:
        """Put the newest page in the place of what is known of it and add what is new.

        The cursor stays on its line, or on the first. False (and nothing happens) if there
        may be lines between that page and those that are known.
        """
        if not newest.lines or not self.lines:
            return False
        oldest = newest.lines[-1].operation
        if oldest > self.lines[0].operation:
            return False
        here = self.line if self.cursor else None
        lines = (*newest.lines, *(line for line in self.lines if line.operation < oldest))
        at = 0
        if here is not None:
            at = next((i for i, one in enumerate(lines) if one.operation == here.operation), 0)
        self._put(lines, now, at)
        return True

    def extend(self, lines: Sequence[FeedLine]) -> None:
        """Further lines of the same feed."""
        self._put((*self.lines, *lines), self.now, self.cursor)

    def grow_older(self, now: int) -> None:
        """Tell the ages anew."""
        self.now = now
        self.redraw()

    def _put(self, lines: Sequence[FeedLine], now: int, cursor: int) -> None:
        self.lines, self.now = tuple(lines), now
        self.show_rows(len(self.lines), cursor)
        self._look_ahead()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """The mouse scrolls too."""
        super().watch_scroll_y(old_value, new_value)
        self._look_ahead()

    def on_resize(self) -> None:
        """More may be seen than is known."""
        super().on_resize()
        self._look_ahead()

    def _look_ahead(self) -> None:
        if self.count and int(self.scroll_y) + self.size.height + AHEAD >= self.count:
            self.post_message(self.Wants(self))

    def draw_row(self, index: int, width: int, *, current: bool) -> Sequence[Content]:
        """When, what, which player items, sums."""
        return (feed_row(self.lines[index], self.now, width, current=current),)
