"""A list of an odds table's entries with rarity, value, chance and a bar, best first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from inventui.rules.cases.fairness import TICKETS
from inventui.widgets.lists.row_list import RowList
from inventui.widgets.text import padded
from inventui.widgets.theme import MARKER, percent, rarity_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.rules.cases.odds import OddsEntry, OddsTable

EIGHTHS = " ▏▎▍▌▋▊▉█"
LEAST_NAME, MOST_NAME = 12, 28
LEAST_BAR, MOST_BAR = 3, 40

BAR_HELP = (
    "The bars grow with the square root of the chance, so that the rare ones can be seen too."
)


def percent_decimals(table: OddsTable) -> int:
    """Digits after the point (2–4) that show every chance of a table within a twentieth."""
    for decimals in (2, 3):
        step = 10 ** (4 - decimals)
        if all(abs(e.parts - _rounded(e.parts, step)) * 20 <= e.parts for e in table.entries):
            return decimals
    return 4


def _rounded(parts: int, step: int) -> int:
    return (parts + step // 2) // step * step


def bar(share: float, cells: int) -> str:
    """A bar of so many cells, filled to `share` in eighths; anything above 0 shows."""
    eighths = min(cells * 8, max(round(share * cells * 8), 1 if share > 0 else 0))
    full, rest = divmod(eighths, 8)
    return ("█" * full + (EIGHTHS[rest] if rest else "")).ljust(cells)


def best_first(table: OddsTable) -> list[int]:
    """The numbers of a table's entries from the most valuable down, the rarer first."""
    entries = table.entries
    return sorted(range(len(entries)), key=lambda i: (-entries[i].value, entries[i].parts, i))


class OddsList(RowList[int]):
    """The entries of a case under a cursor; its rows are their numbers, best first."""

    DEFAULT_CSS = """
    OddsList > .row-list--cursor { background: $surface; }
    OddsList:focus > .row-list--cursor { background: $primary 25%; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(lambda number: number, id=id)
        self.table: OddsTable | None = None
        self._decimals = 2

    def show(self, table: OddsTable) -> None:
        """Show a table; the cursor stays where it is if it is the same one."""
        same = self.table is not None and self.table.hash == table.hash
        if not same:
            self.table = table
            self._decimals = percent_decimals(table)
            self.offer(best_first(table), at=0)

    def draw_row(self, row: int, width: int, *, current: bool) -> Sequence[Content]:
        """One entry in one line."""
        assert self.table is not None
        entry = self.table.entries[row]
        marker = MARKER if current and self.has_focus else " "
        values, chances = self._columns()
        room = width - 5 - values - chances - 3
        name, cells = self._share(room)
        line = Content.assemble(
            (marker, "$primary bold"),
            rarity_mark(entry.rarity),
            " ",
            padded(entry.name, name),
            " ",
            (f"{entry.value:>{values},}", "bold"),
            " ",
        )
        if cells:
            share = self._bar_share(entry)
            line += Content.styled(bar(share, cells), f"$rarity-{entry.rarity}") + " "
        return [line + f"{percent(entry.parts, self._decimals):>{chances}}"]

    def _columns(self) -> tuple[int, int]:
        assert self.table is not None
        values = max(len(f"{e.value:,}") for e in self.table.entries)
        chances = max(len(percent(e.parts, self._decimals)) for e in self.table.entries)
        return values, chances

    def _share(self, room: int) -> tuple[int, int]:
        """Cells of the name and of the bar: names first, then the bar, down to none."""
        assert self.table is not None
        longest = max(Content(e.name).cell_length for e in self.table.entries)
        name = min(max(longest, LEAST_NAME), MOST_NAME, max(LEAST_NAME, room - LEAST_BAR))
        cells = min(room - name, MOST_BAR)
        if cells < LEAST_BAR:
            return max(1, room + 1), 0
        return name, cells

    def _bar_share(self, entry: OddsEntry) -> float:
        assert self.table is not None
        most = max(e.parts for e in self.table.entries)
        return float((entry.parts / most) ** 0.5)


def ticket_words(table: OddsTable, index: int) -> str:
    """The tickets that win an entry: `tickets 0–2,599 of 1,000,000`."""
    first, past = table.ticket_range(index)
    if past - first == 1:
        return f"ticket {first:,} of {TICKETS:,}"
    return f"tickets {first:,}–{past - 1:,} of {TICKETS:,}"
