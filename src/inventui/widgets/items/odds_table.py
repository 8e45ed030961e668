"""A list of an odds table's entries with rarity, value, chance and a bar, best first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from inventui.rules.cases.fairness import TICKETS
from inventui.widgets.items.odds_rows import EntryRow, GroupRow, OddsRow, PoolRow, odds_rows
from inventui.widgets.lists.row_list import RowList
from inventui.widgets.text import counted, padded
from inventui.widgets.theme import DIM, MARKER, percent, rarity_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from inventui.rules.cases.odds import OddsTable

EIGHTHS = " ▏▎▍▌▋▊▉█"
LEAST_NAME, MOST_NAME = 12, 28
LEAST_BAR, MOST_BAR = 3, 40
FOLDED, UNFOLDED = "+", "−"

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


class OddsList(RowList[OddsRow]):
    """The entries of a case under a cursor, best first.

    Entries of a group stand in one row until it is unfolded, those of several pools below a row
    that says how often an opening rolls there.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "unfold", "Unfold"),
        Binding("right", "unfold", "Unfold", show=False),
        Binding("left", "fold", "Fold", show=False),
    ]

    DEFAULT_CSS = """
    OddsList > .row-list--cursor { background: $surface; }
    OddsList:focus > .row-list--cursor { background: $primary 25%; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(lambda row: row, id=id)
        self.table: OddsTable | None = None
        self._parts: tuple[int, ...] = ()
        self._unfolded: frozenset[GroupRow] = frozenset()
        self._decimals = 2
        self._columns: _Layout | None = None

    def show(self, table: OddsTable, since: int = 0) -> None:
        """Show a table; the cursor stays where it is if it is the same one.

        Args:
            table: the odds.
            since: rolls since its guarantee's last hit, which chances follow.
        """
        same = self.table is not None and self.table.hash == table.hash
        parts = table.parts_at(since)
        if not same:
            self.table, self._parts = table, parts
            self._unfolded = frozenset()
            self._decimals = percent_decimals(table)
            self._offer(at=0)
        elif parts != self._parts:
            self._parts = parts
            self._offer()

    @property
    def entry(self) -> int | None:
        """The number of the entry under the cursor; None if it is none."""
        return self.row.entry if isinstance(self.row, EntryRow) else None

    @property
    def group(self) -> GroupRow | None:
        """The group under the cursor; None if it is none."""
        return self.row if isinstance(self.row, GroupRow) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a group is folded and unfolded; elsewhere these keys are the room's."""
        if action == "unfold":
            return self.group is not None
        if action == "fold":
            return self.group in self._unfolded
        return super().check_action(action, parameters)

    def action_unfold(self) -> None:
        """Show a group's entries below it, or hide them again."""
        if self.group is not None:
            self._unfolded ^= {self.group}
            self._offer()

    action_fold = action_unfold

    def on_click(self, event: events.Click) -> None:
        """A click on a group unfolds it, or folds it again."""
        index = self._row_at(event)
        if index is not None and event.chain == 1 and isinstance(self.rows[index], GroupRow):
            self.move_to(index)
            self.action_unfold()

    def _offer(self, at: int | None = None) -> None:
        assert self.table is not None
        self._columns = None
        self.offer(odds_rows(self.table, self._unfolded), at=at)

    def draw_row(self, row: OddsRow, width: int, *, current: bool) -> Sequence[Content]:
        """One row in one line."""
        assert self.table is not None
        marker = (MARKER if current and self.has_focus else " ", "$primary bold")
        if isinstance(row, PoolRow):
            return [Content.assemble(marker, (pool_words(row), DIM))]
        if self._columns is None or self._columns.width != width:
            self._columns = self._laid_out(width)
        layout, numbers = self._columns, entries_of(row)
        best = max((self.table.entries[n] for n in numbers), key=lambda e: e.rarity.rank)
        parts = sum(self._parts[n] for n in numbers)
        nothing = not best.item
        value = "–" if nothing else self._worth(row, short=layout.short)
        named = self._named(row)
        # A name that is too long takes the cells of its bar, if those are enough.
        over = max(0, Content(named).cell_length - layout.name)
        over = over if layout.bar and over <= layout.bar else 0
        line = Content.assemble(
            marker,
            Content("   ") if nothing else rarity_mark(best.rarity),
            " ",
            padded(named, layout.name + over),
            " ",
            (f"{value:>{layout.values}}", "bold"),
            " ",
        )
        if over:
            line += " " * (layout.bar - over + 1)
        elif layout.bar:
            share = float((parts / layout.most) ** 0.5)
            style = DIM if nothing else f"$rarity-{best.rarity}"
            line += Content.styled(bar(share, layout.bar), style) + " "
        line += f"{percent(parts, self._decimals):>{layout.chances}}"
        return [line.stylize(DIM) if nothing else line]

    def _named(self, row: GroupRow | EntryRow) -> str:
        assert self.table is not None
        if isinstance(row, GroupRow):
            sign = UNFOLDED if row in self._unfolded else FOLDED
            return f"{sign} {len(row.entries):,} {row.name}"
        return "  " * row.grouped + self.table.entries[row.entry].name

    def _worth(self, row: GroupRow | EntryRow, *, short: bool = False) -> str:
        assert self.table is not None
        values = [self.table.entries[number].value for number in entries_of(row)]
        least, most = min(values), max(values)
        if least == most:
            return f"{most:,}"
        return f"≤{most:,}" if short else f"{least:,}–{most:,}"

    def _laid_out(self, width: int) -> _Layout:
        """Cells of each column: names first, then the bar, down to none."""
        rows = [row for row in self.rows if not isinstance(row, PoolRow)]
        sums = [sum(self._parts[number] for number in entries_of(row)) for row in rows]
        chances = max(len(percent(parts, self._decimals)) for parts in sums)
        longest = max(Content(self._named(row)).cell_length for row in rows)
        for short in (False, True):
            values = max(len(self._worth(row, short=short)) for row in rows)
            room = width - 5 - values - chances - 3
            if room >= LEAST_NAME + LEAST_BAR:
                break
        name = min(max(longest, LEAST_NAME), MOST_NAME, max(LEAST_NAME, room - LEAST_BAR))
        cells = min(room - name, MOST_BAR)
        if cells < LEAST_BAR:
            name, cells = max(1, room + 1), 0
        return _Layout(width, name, values, cells, chances, short, max(sums))


@dataclass(frozen=True, slots=True)
class _Layout:
    """Cells of the columns at a width; `most` parts fill the bar."""

    width: int
    name: int
    values: int
    bar: int
    chances: int
    short: bool
    most: int


def entries_of(row: GroupRow | EntryRow) -> tuple[int, ...]:
    """The numbers of the entries that a row stands for."""
    return row.entries if isinstance(row, GroupRow) else (row.entry,)


def pool_words(row: PoolRow) -> str:
    """How often an opening rolls in a pool: `2 rolls of these 3`."""
    return f"{counted(row.rolls, 'roll')} of these {row.entries:,}"


def ticket_words(table: OddsTable, index: int, since: int = 0) -> str:
    """The tickets that win an entry: `tickets 0–2,599 of 1,000,000`.

    Args:
        table: the odds.
        index: which entry.
        since: rolls since its guarantee's last hit.
    """
    first, past = table.ticket_range(index, since)
    if past == first:
        return f"no ticket of {TICKETS:,}"
    if past - first == 1:
        return f"ticket {first:,} of {TICKETS:,}"
    return f"tickets {first:,}–{past - 1:,} of {TICKETS:,}"
