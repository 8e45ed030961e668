"""What a player was told, as a list: what is new has a mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from inventui.rules.core.enums import Tone
from inventui.widgets.lists.paged_rows import PagedRows
from inventui.widgets.text import cut_words
from inventui.widgets.theme import DIM, MARKER, ago

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inventui.engine.notifications.models import Notification

SIGNS = {
    Tone.SUCCESS: ("✓ ", "$text-success"),
    Tone.ERROR: ("✗ ", "$text-error"),
    Tone.INFO: ("· ", DIM),
    Tone.GIFT: ("🎁", ""),
}
"""Each tone as a sign of two cells."""

NEW = "●"
AGED = 12
"""Cells of the age, blanks included."""

PLACED = 15
"""Cells of the room it leads to, where that stands on the same line."""

ONE_LINE = 96
"""Cells from which a line holds all of a notification."""


def told_rows(
    told: Notification, now: int, width: int, place: str, *, current: bool
) -> list[Content]:
    """A notification: mark, tone, words, age, and where it leads; in two lines where it is narrow.

    Args:
        told: the notification.
        now: the world's time.
        width: cells of a line.
        place: title of the room it leads to, or an empty text.
        current: whether the cursor is on it.
    """
    sign, style = SIGNS[told.tone]
    age = Content.styled(f" {ago(told.at, now):>{AGED - 2}} ", DIM)
    left = Content.assemble(
        (f"{MARKER if current else ' '} ", "$primary"),
        (f"{' ' if told.seen else NEW} ", "bold $primary"),
        (sign, style), " ",
    )  # fmt: skip
    goes = Content.styled(f" {place} " if place else "", "$primary 80%")
    if width >= ONE_LINE:
        age += goes + " " * (PLACED - goes.cell_length)
    room = max(8, width - left.cell_length - age.cell_length)
    style = "$foreground 80%" if told.seen else "bold"
    if width >= ONE_LINE:
        words = Content.styled(cut_words(told.message, room), style)
        return [left + words + " " * (room - words.cell_length) + age]
    lines = Content(told.message).wrap(room) or [Content("")]
    first = lines[0].truncate(room, ellipsis=True).stylize(style)
    first += " " * (room - first.cell_length)
    second_room = max(4, width - left.cell_length - goes.cell_length - 1)
    rest = Content(cut_words(" ".join(line.plain for line in lines[1:]), second_room))
    gap = " " * max(0, second_room - rest.cell_length + 1)
    indent = Content(" " * left.cell_length)
    return [left + first + age, (indent + rest.stylize(style) + gap + goes).truncate(width)]


class ToldList(PagedRows["Notification"]):
    """Notifications, the newest first; two lines each where it is narrow."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(lambda told: told.id, lines=2, id=id)
        self.titles: Mapping[str, str] = {}

    def show(self, told: Sequence[Notification], titles: Mapping[str, str], now: int) -> None:
        """Show these; the cursor stays on its line, or on the first.

        Args:
            told: the newest first.
            titles: the rooms there are, by their words.
            now: the world's time.
        """
        self.titles = titles
        self.offer(told, now, None if self.cursor else 0)

    def _measure(self) -> None:
        self._least_lines = 1 if self.scrollable_content_region.width >= ONE_LINE else 2
        super()._measure()

    def draw_row(self, row: Notification, width: int, *, current: bool) -> Sequence[Content]:
        """Mark, tone, words, age, and where it leads."""
        place = self.titles.get(row.place, "")
        return told_rows(row, self.now, width, place, current=current)
