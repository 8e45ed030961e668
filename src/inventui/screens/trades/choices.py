"""Player items to choose for a trade, marked under a cursor; what can't be offered is faint."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from inventui.engine.inventory.models import ItemLine
from inventui.rules.trades.trades import Terms, check_terms
from inventui.widgets.lists.columns import Column, number
from inventui.widgets.lists.item_columns import item_columns
from inventui.widgets.lists.item_list import ItemList
from inventui.widgets.theme import FAINT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.rules.core.refusal import Refusal
    from inventui.widgets.lists.columns import Part


Check = Callable[[ItemLine], "Refusal | None"]


def offer_columns(now: Callable[[], int], check: Check) -> tuple[Column[ItemLine], ...]:
    """The columns of an inventory, faint for what can't be offered."""

    def faint(draw: Callable[[ItemLine], Part]) -> Callable[[ItemLine], Part]:
        def drawn(line: ItemLine) -> Part:
            text, style = draw(line)
            return text, style if check(line) is None else FAINT

        return drawn

    columns: tuple[Column[ItemLine], ...] = item_columns(now)
    mark, name, _, *rest = columns
    # Two lists stand side by side: names need the room more than sums.
    value: Column[ItemLine] = Column(
        lambda line: (number(line.value, 7), ""), 7, right=True, rank=1
    )
    return tuple(
        Column(faint(column.draw), column.width, column.stretch, column.right, column.rank)
        for column in (mark, name, value, *rest)
    )


class TradeItemList(ItemList[ItemLine]):
    """Marks are what is chosen; what can't be, says why instead.

    Args:
        now: the world's time.
        check: why a player item can't be offered, or None.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "Choose"),
        Binding("enter", "mark", "Choose", show=False),
    ]

    class Refused(Message):
        """A player item was not chosen."""

        def __init__(self, refusal: Refusal) -> None:
            self.refusal = refusal
            super().__init__()

    def __init__(self, now: Callable[[], int], check: Check, *, id: str) -> None:
        self.check = check
        super().__init__(offer_columns(now, check), lambda line: line.id, id=id)

    @property
    def chosen(self) -> Sequence[ItemLine]:
        """The player items that are chosen, in the order in which they were."""
        return tuple(self.marks.values())

    def _refusal(self, line: ItemLine) -> Refusal | None:
        """Why a player item can't be chosen besides those that are."""
        if line.id in self.marks:
            return None
        return self.check(line) or check_terms(Terms(len(self.marks) + 1, 0, 1, 0, ""))

    def toggle_mark(self, index: int) -> None:
        """Choose a player item, or put it back."""
        line = self.pages.row(index)
        refusal = None if line is None else self._refusal(line)
        if refusal is not None:
            self.post_message(self.Refused(refusal))
        else:
            super().toggle_mark(index)

    def action_sweep(self, rows: int) -> None:
        """Choose the player item under the cursor and move on; stay where it can't be."""
        line = self.row
        refusal = None if line is None else self._refusal(line)
        if refusal is not None:
            self.post_message(self.Refused(refusal))
        else:
            super().action_sweep(rows)
