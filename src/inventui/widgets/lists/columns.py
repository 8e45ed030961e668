"""Columns of an `ItemList`: which fit, how a row is drawn in them, and what cells say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from rich.cells import cell_len, set_cell_size

from inventui.rules.core.clock import DAY, HOUR, MINUTE
from inventui.rules.core.text import visible
from inventui.widgets.text import cut_words
from inventui.widgets.theme import RARITY

if TYPE_CHECKING:
    from inventui.rules.core.enums import Rarity

Row = TypeVar("Row")

Part = tuple[str, str]
"""A stretch of plain text and its style, e.g. `("★ L", "$rarity-legendary")`."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column.

    Attributes:
        draw: the cell of a row.
        width: cells it takes; of a column that stretches, the fewest.
        stretch: takes what the others leave. One column of a list does.
        right: aligned to the right.
        rank: where it is narrow, the column with the highest rank goes first; 0 stays.
        narrow: the cell of a row in so many cells, for a row whose name needs the room, or
            where it does not fit whole; without one, only the blanks of a column are given to
            the name, and what does not fit is cut.
    """

    draw: Callable[[Row], Part]
    width: int
    stretch: bool = False
    right: bool = False
    rank: int = 0
    narrow: Callable[[Row, int], Part] | None = None


def fitting(columns: Sequence[Column[Row]], width: int) -> list[tuple[Column[Row], int]]:
    """The columns that fit so many cells, with the cells of each, one cell between them."""
    kept = list(columns)
    while (
        sum(column.width + 1 for column in kept) - 1 > width
        and (least := max(kept, key=lambda column: column.rank)).rank
    ):
        kept.remove(least)
    left = width - (sum(column.width + 1 for column in kept) - 1)
    return [(c, c.width + left if c.stretch else c.width) for c in kept]


def cut(text: str, cells: int) -> str:
    """`text` in at most so many cells, with … where something is missing.

    What would act on the terminal instead of being drawn becomes `�`.
    """
    if not text.isprintable():
        text = visible(text, "�")
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, cells - 1).rstrip() + "…" if cells > 0 else ""


def cells_of(fitted: Sequence[tuple[Column[Row], int]], row: Row) -> list[Part]:
    """A row as stretches of text, together exactly as wide as its columns.

    What stretches, which is the name, is the last to be cut: the blanks of the other columns go
    to it, then what these can say more shortly.
    """
    columns = [column for column, _ in fitted]
    widths = [width for _, width in fitted]
    drawn = [column.draw(row) for column in columns]
    name = next((at for at, column in enumerate(columns) if column.stretch), None)
    if name is not None:
        _give_way(columns, widths, drawn, row, name)
    parts: list[Part] = []
    for position, (column, width) in enumerate(zip(columns, widths, strict=True)):
        style = drawn[position][1]
        text = drawn[position][0]
        if column.narrow is not None and cell_len(text) > width:
            text = column.narrow(row, width)[0]
        if column.stretch and text.isprintable():
            text = cut_words(text, width)
        text = cut(text, width)
        blank = " " * (width - cell_len(text))
        gap = " " if position else ""
        if column.right:
            parts += [(gap + blank, ""), (text, style)]
        else:
            parts += [(gap, ""), (text, style), (blank, "")]
    return parts


def _give_way(
    columns: Sequence[Column[Row]], widths: list[int], drawn: list[Part], row: Row, name: int
) -> None:
    """Give cells of other columns to a name that is longer than its own."""
    lacking = cell_len(drawn[name][0]) - widths[name]
    others = [at for at in range(len(columns)) if at != name]
    for at in others:
        if lacking > 0:
            given = min(lacking, max(0, widths[at] - cell_len(drawn[at][0])))
            widths[at] -= given
            widths[name] += given
            lacking -= given
    # First what loses nothing but blanks.
    for at, lossless in ((at, lossless) for lossless in (True, False) for at in others):
        shorter = columns[at].narrow
        if lacking <= 0 or shorter is None:
            continue
        before = widths[at]
        short = shorter(row, max(0, before - lacking))
        if lossless and short[0].replace(" ", "") != drawn[at][0].replace(" ", ""):
            continue
        drawn[at] = short
        widths[at] = min(before, cell_len(short[0]))
        widths[name] += before - widths[at]
        lacking -= before - widths[at]


def number(value: int, cells: int = 10) -> str:
    """A whole number with separators, or rounded where that is too long: `12,450`, `3.2 bn`."""
    text = f"{value:,}"
    if len(text) <= cells:
        return text
    for size, word in ((10**12, "tn"), (10**9, "bn"), (10**6, "m")):
        if abs(value) >= size:
            return f"{value / size:,.1f} {word}"
    return text


def age(at: int, now: int) -> str:
    """How long ago in at most six cells: `now`, `5 min`, `2 h`, `3 d`, `7 w`, `2 y`."""
    passed = max(0, now - at)
    for unit, most, word in (
        (MINUTE, HOUR, "min"),
        (HOUR, DAY, "h"),
        (DAY, 30 * DAY, "d"),
        (7 * DAY, 365 * DAY, "w"),
    ):
        if passed < unit:
            return "now"
        if passed < most:
            return f"{passed // unit} {word}"
    return f"{passed // (365 * DAY)} y"


def rest(until: int, now: int) -> str:
    """How much time is left in at most six cells: `47 h`, `5 min`, `0 min`."""
    left = max(0, until - now)
    return f"{left // HOUR} h" if left >= HOUR else f"{left // MINUTE} min"


def rarity_part(rarity: Rarity) -> Part:
    """Shape and letter of a rarity in its colour, three cells."""
    look = RARITY[rarity]
    return f"{look.shape} {look.letter}", look.style
