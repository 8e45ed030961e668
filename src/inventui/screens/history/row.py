"""A line of the feed in one row, in as many cells as there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from inventui.screens.history.text import items_words, sums_short, words_of
from inventui.widgets.lists.columns import age
from inventui.widgets.text import cut_words
from inventui.widgets.theme import DIM, MARKER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.engine.history.feed_models import FeedLine

AGE_CELLS = 7
"""Cells of the age, with a blank."""

LEAST_MESSAGE, LEAST_ITEM = 12, 12
"""Cells from which a message, or a player item that does not fit, is begun in a row."""


def feed_row(line: FeedLine, now: int, width: int, *, current: bool) -> Content:
    """A line of the feed in one row: when, what, which player items, sums.

    Args:
        line: the line.
        now: the world's time.
        width: cells of the row.
        current: whether the cursor is on it.
    """
    left = Content.assemble(
        (f"{MARKER if current else ' '} ", "$primary"), (f"{age(line.at, now):<{AGE_CELLS}}", DIM)
    )
    right = sums_short(line)
    right = "  " + right + " " if right else Content(" ")
    room = max(8, width - left.cell_length - right.cell_length)
    said = _told(line, room)
    return left + said + " " * (room - said.cell_length) + right


def _told(line: FeedLine, room: int) -> Content:
    """What happened and to which player items, in so many cells: whole ones, the others counted."""
    words = words_of(line)
    brief = words.removeprefix("You ")
    brief = brief[:1].upper() + brief[1:]
    items = items_words(line, brief=True)
    for told in (
        _with_items(line, words, items_words(line), room),
        _with_items(line, brief, items, room),
        _with_items(line, brief, items, room, counted=False),
    ):
        if told is not None:
            return told
    left = room - cell_len(brief) - 2
    if items and left >= LEAST_ITEM:
        item, named = items[0], cut_words(items[0].plain, left)
        if named == item.plain:
            return Content(f"{brief}  ") + item
        if item.plain[len(named) - 1] in " ,":
            return Content(f"{brief}  ") + item[: len(named) - 1] + "…"
    if cell_len(brief) > room and items and items[0].cell_length + 2 <= room // 2:
        # Long words leave half the room to what they are about.
        return Content(cut_words(brief, room - items[0].cell_length - 2)) + "  " + items[0]
    return Content(words if cell_len(words) <= room else cut_words(brief, room))


def _with_items(
    line: FeedLine, said: str, items: Sequence[Content], room: int, *, counted: bool = True
) -> Content | None:
    """So many of the player items as fit whole after what is said; None if not one does.

    The others are `counted`, or there is an ellipsis for them.
    """
    for kept in range(len(items), -1, -1):
        if not kept and items:
            return None
        left_out = len(items) - kept
        told = Content("  ").join([Content(said), *items[:kept]])
        if line.more or left_out:
            more = "and more" if line.more else f"and {left_out:,} more"
            told += Content.styled(f"  {more if counted else '…'}", DIM)
        if told.cell_length <= room:
            break
    if line.message and not left_out and room - told.cell_length >= LEAST_MESSAGE:
        message = cut_words(f"“{line.message}”", room - told.cell_length - 2)
        told += "  " + Content.styled(message, f"italic {DIM}")
    return told if told.cell_length <= room else None
