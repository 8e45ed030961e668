"""Output for people: sentences, labelled values and tables that fit the terminal's width."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from inventui.cli.core.errors import OutputError
from inventui.cli.core.style import HEADING, LABEL, mark
from inventui.rules.core.enums import Rarity
from inventui.rules.core.text import printable

PIPED_WIDTH = 100
NARROWEST, WIDEST = 20, 500
GAP = 2


Row = TypeVar("Row")
Row_contra = TypeVar("Row_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class TableColumn(Generic[Row_contra]):
    """A column of a table.

    Attributes:
        title: its heading.
        cell: what of a row stands in it.
        drop: 0 stays whatever the width; of the others the highest goes first.
        right: numbers stand to the right.
        least: fewest cells it may be cut to, with an ellipsis; 0 is never cut.
    """

    title: str
    cell: Callable[[Row_contra], object]
    drop: int = 0
    right: bool = False
    least: int = 0


class _Rare(Protocol):
    @property
    def rarity(self) -> Rarity: ...


def _mark(row: _Rare) -> Text:
    return mark(row.rarity)


MARK = TableColumn("", _mark)
"""A column with the rarity of each row."""


def plain(value: object) -> Text:
    """A value as text: whole numbers with separators, control characters made visible."""
    if isinstance(value, Text):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Text(f"{value:,}")
    return Text(printable(str(value)))


class _Paper(Console):
    def on_broken_pipe(self) -> None:
        # Rich would leave the program with an exit status of its own.
        raise OutputError(None)


class Page:
    """Standard output for people."""

    def __init__(self) -> None:
        piped = not sys.stdout.isatty()
        self.console = _Paper(
            file=sys.stdout,
            width=_piped_width() if piped else None,
            highlight=False,
            markup=False,
            emoji=False,
        )
        self.piped = piped

    @property
    def width(self) -> int:
        """The width in cells."""
        return self.console.width

    def say(self, *parts: object, style: str = "") -> None:
        """Print a sentence, wrapped unless the output is piped."""
        text = Text(style=style)
        for part in parts:
            text.append_text(plain(part))
        self.console.print(text, soft_wrap=self.piped)

    def blank(self) -> None:
        """Print an empty line."""
        self.console.print()

    def heading(self, *parts: object) -> None:
        """Print a heading."""
        self.say(*parts, style=HEADING)

    def facts(self, facts: Sequence[tuple[str, object]]) -> None:
        """Print labels with their values, one to a line; long values fold, none is cut."""
        texts = [(label, plain(value)) for label, value in facts]
        wide = max(cell_len(label) for label, _ in texts) + GAP
        room = self.width - wide
        if self.piped or all(text.cell_len <= room for _, text in texts):
            for label, text in texts:
                line = Text(set_cell_size(label, wide), style=LABEL)
                self.console.print(Text.assemble(line, text), soft_wrap=True)
            return
        for label, text in texts:
            self.console.print(Text(label, style=LABEL))
            self.console.print(text, overflow="fold")

    def repeated(self, repeat: bool) -> None:
        """Say that nothing has changed, if the request was a repeat of an earlier one."""
        if repeat:
            self.say("This was done before; nothing has changed.")

    def onward(self, after: int | None) -> None:
        """Say how to ask for the next page of a list, unless this is the last."""
        if after is not None:
            self.say(f"For the next page add --after {after}.", style=LABEL)

    def table(self, rows: Iterable[Row], *columns: TableColumn[Row]) -> None:
        """Print a table; if it is too wide, columns go by priority, then the widest is cut."""
        cells = [[plain(column.cell(row)) for column in columns] for row in rows]
        natural = [
            max([cell_len(column.title), *(row[i].cell_len for row in cells)])
            for i, column in enumerate(columns)
        ]
        widths = fit(columns, natural, self.width)
        titles = [Text(column.title, style=LABEL) for column in columns]
        for row in [titles, *cells]:
            line = Text()
            for i, width in widths.items():
                cell = row[i].copy()
                cell.truncate(width, overflow="ellipsis")
                blank = " " * (width - cell.cell_len)
                line.append("" if not line else " " * GAP)
                line.append_text(Text.assemble(blank, cell) if columns[i].right else cell)
                line.append("" if columns[i].right else blank)
            line.rstrip()
            self.console.print(line, no_wrap=True, overflow="ignore", crop=False)


def fit(columns: Sequence[TableColumn[Any]], natural: Sequence[int], room: int) -> dict[int, int]:
    """Which columns to draw, and how wide, so that they fit into `room` cells.

    Args:
        columns: what may go and what may be cut.
        natural: how wide each would like to be.
        room: cells across.

    Returns:
        Index of each column that stays, with its width, in their order.
    """
    widths = dict(enumerate(natural))

    def least() -> int:
        return sum(min(width, columns[i].least or width) for i, width in widths.items()) + GAP * (
            len(widths) - 1
        )

    while least() > room:
        droppable = [i for i in widths if columns[i].drop]
        if not droppable:
            break
        del widths[max(droppable, key=lambda i: (columns[i].drop, i))]
    excess = sum(widths.values()) + GAP * (len(widths) - 1) - room
    for _ in range(excess):
        # A cell at a time off the widest, so that no column pays for all.
        cuttable = [i for i in widths if columns[i].least and widths[i] > columns[i].least]
        if not cuttable:
            break
        widths[max(cuttable, key=lambda i: widths[i])] -= 1
    return widths


def _piped_width() -> int:
    columns = os.environ.get("COLUMNS", "")
    sensible = columns.isascii() and columns.isdigit() and int(columns[:6]) > 0
    return min(max(int(columns[:6]), NARROWEST), WIDEST) if sensible else PIPED_WIDTH
