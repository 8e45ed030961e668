"""The workshop's lists: what may be fused, and what was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from inventui.engine.inventory.models import ItemLine
from inventui.rules.workshop import check_put
from inventui.screens.workshop.text import past_rows
from inventui.widgets.lists.columns import Column, age, number, rarity_part
from inventui.widgets.lists.item_list import ItemList
from inventui.widgets.lists.paged_rows import PagedRows
from inventui.widgets.theme import DIM

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.content import Content

    from inventui.engine.inventory.models import InventoryQuery
    from inventui.engine.workshop.models import FusionLine
    from inventui.engine.world import PlayerHandle
    from inventui.rules.core.refusal import Refusal

NAME_CELLS = 16
"""Cells that a name has at least before its age is left out."""


@dataclass(frozen=True, slots=True)
class Fusible:
    """The rows of the list: what of a player's items may be fused."""

    player: PlayerHandle
    query: InventoryQuery

    def count(self) -> int:
        """How many."""
        return self.player.workshop.count(self.query)

    def window(
        self, start: int, limit: int, anchor: tuple[int, int] | None
    ) -> tuple[ItemLine, ...]:
        """Those from `start` on."""
        return self.player.workshop.window(self.query, start, limit, anchor)


def fusible_columns(now: Callable[[], int]) -> tuple[Column[ItemLine], ...]:
    """The columns of what may be fused: rarity, name, value, how long held."""
    return (
        Column(lambda line: rarity_part(line.rarity), 3),
        Column(lambda line: (line.name, ""), NAME_CELLS, stretch=True),
        Column(lambda line: (number(line.value, 7), ""), 7, right=True),
        Column(lambda line: (age(line.acquired_at, now()), DIM), 6, right=True, rank=1),
    )


class FusibleList(ItemList[ItemLine]):
    """Player items under a cursor; those that are marked lie on the bench."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.do('fuse')", "Fuse"),
        Binding("space", "mark", "Put on"),
    ]

    class NotPut(Message):
        """A player item can't be put on the bench."""

        def __init__(self, refusal: Refusal) -> None:
            self.refusal = refusal
            super().__init__()

    def toggle_mark(self, index: int) -> None:
        """Put a player item on the bench, or take it off; what does not belong there is refused."""
        row = self.pages.row(index)
        if row is None:
            return
        if row.id not in self.marks:
            refusal = check_put(
                [player_item.rarity for player_item in self.marks.values()], row.rarity
            )
            if refusal is not None:
                self.post_message(self.NotPut(refusal))
                return
        super().toggle_mark(index)

    def action_choose(self) -> None:
        """A double click puts it on the bench, or takes it off."""
        self.action_mark()


class PastList(PagedRows["FusionLine"]):
    """Fusions of the past, two lines each."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(lambda fusion: fusion.id, lines=2, id=id)

    def draw_row(self, row: FusionLine, width: int, *, current: bool) -> Sequence[Content]:
        """What came out and when; what went in below."""
        return past_rows(row, self.now, width, current=current)
