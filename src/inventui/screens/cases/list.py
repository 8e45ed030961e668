"""The list of cases: two lines a case, what it costs above, what it gives below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from inventui.rules.cases.cases import affordable
from inventui.widgets.items.odds_table import percent_of
from inventui.widgets.lists.row_list import RowList, padded
from inventui.widgets.theme import MARKER, ORANGE, RARITY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.engine.core.models import CaseSummary

LINES = 2
BEST_WITH_NAME = 42
"""Cells from which the best prize is named."""


class CaseList(RowList):
    """Cases under a cursor; a price that can't be paid is dim."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cases: tuple[CaseSummary, ...] = ()
        self.oranges = 0
        self.row_lines = LINES

    @property
    def case(self) -> CaseSummary | None:
        """The case under the cursor."""
        return self.cases[self.cursor] if self.cases else None

    def show(self, cases: Sequence[CaseSummary], oranges: int) -> None:
        """Show these cases to a player with so many oranges; the cursor stays on its case."""
        here = self.case
        self.cases, self.oranges = tuple(cases), oranges
        ids = [case.id for case in cases]
        cursor = ids.index(here.id) if here is not None and here.id in ids else 0
        self._space_out(len(ids))
        self.show_rows(len(ids), cursor)

    def on_resize(self) -> None:
        """More room, more air."""
        self._space_out(self.count)
        super().on_resize()

    def _space_out(self, count: int) -> None:
        airy = count * (LINES + 1) <= self.size.height
        self.row_lines = LINES + 1 if airy else LINES

    def draw_row(self, index: int, width: int, *, current: bool) -> Sequence[Content]:
        """Name and price, then the return and the best prize."""
        case = self.cases[index]
        price = f"{ORANGE} {case.price:>6,} "
        price_cells = Content(price).cell_length
        paid = affordable(case.price, self.oranges) > 0
        first = Content.assemble(
            (f"{MARKER if current else ' '} ", "$primary bold"),
            (padded(case.name, width - 2 - price_cells), "bold" if current else ""),
            (price, "" if paid else "$foreground 40%"),
        )
        best = RARITY[case.best_rarity]
        returns = f"  returns {percent_of(case.return_to_player)}"
        prize = f"{best.shape} {case.best_value:,} "
        gap = width - len(returns) - len(prize)
        name = ""
        if width >= BEST_WITH_NAME:
            name = Content(case.best_name).truncate(max(0, gap - 3), ellipsis=True).plain + " "
        second = Content.assemble(
            (returns, "$foreground 60%"),
            " " * max(1, gap - Content(name).cell_length),
            (name, "$foreground 60%"),
            (prize, best.style),
        )
        return [first, second]
