"""The list of cases: two lines a case, what it costs above, what it gives below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from inventui.rules.cases.cases import affordable
from inventui.widgets.lists.row_list import RowList
from inventui.widgets.text import cut_words, padded
from inventui.widgets.theme import DIM, MARKER, ORANGE, RARITY, percent_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.engine.core.models import CaseSummary

BEST_WITH_NAME = 42
"""Cells from which the best prize is named, where its name fits."""


class CaseList(RowList["CaseSummary"]):
    """Cases under a cursor; a price that can't be paid is dim."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(lambda case: case.id, lines=2, airy=True, id=id)
        self.oranges = 0

    def show(self, cases: Sequence[CaseSummary], oranges: int) -> None:
        """Show these cases to a player with so many oranges."""
        self.oranges = oranges
        self.offer(cases)

    def draw_row(self, row: CaseSummary, width: int, *, current: bool) -> Sequence[Content]:
        """Name and price, then the return and the best prize."""
        price = f"{ORANGE} {row.price:>6,} "
        price_cells = Content(price).cell_length
        paid = affordable(row.price, self.oranges) > 0
        first = Content.assemble(
            (f"{MARKER if current else ' '} ", "$primary bold"),
            (
                padded(cut_words(row.name, width - 3 - price_cells), width - 2 - price_cells),
                "bold" if current else "",
            ),
            (price, "" if paid else "$foreground 40%"),
        )
        best = RARITY[row.best_rarity]
        returns = f"  returns {percent_of(row.return_to_player)}"
        prize = f"{best.shape} {row.best_value:,} "
        gap = width - len(returns) - len(prize)
        name = f"{row.best_name} "
        if width < BEST_WITH_NAME or Content(name).cell_length >= gap:
            name = ""
        second = Content.assemble(
            (returns, DIM),
            " " * max(1, gap - Content(name).cell_length),
            (name, DIM),
            (prize, best.style),
        )
        return [first, second]
