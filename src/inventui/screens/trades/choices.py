"""Player items to choose for a trade, marked under a cursor; what can't be offered is faint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from inventui.engine.inventory.models import ItemLine, StackLine
from inventui.rules.trades.trades import MOST_THINGS, Terms, check_terms
from inventui.widgets.lists.columns import Column, number
from inventui.widgets.lists.item_columns import item_columns, stack_name
from inventui.widgets.lists.stack_choice import StackChoice
from inventui.widgets.theme import FAINT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.rules.core.refusal import Refusal
    from inventui.widgets.lists.columns import Part


Check = Callable[[ItemLine], "Refusal | None"]


def offer_columns(now: Callable[[], int], check: Check) -> tuple[Column[StackLine], ...]:
    """The columns of an inventory, faint for what can't be offered."""

    def faint(draw: Callable[[StackLine], Part]) -> Callable[[StackLine], Part]:
        def drawn(line: StackLine) -> Part:
            text, style = draw(line)
            return text, style if check(line) is None else FAINT

        return drawn

    columns: tuple[Column[StackLine], ...] = item_columns(now)
    mark, name, _, *rest = columns
    name = replace(name, narrow=lambda line, cells: (stack_name(line, cells), ""))
    # Two lists stand side by side: names need the room more than sums.
    value: Column[StackLine] = Column(
        lambda line: (number(line.value, 7), ""), 7, right=True, rank=1
    )
    return tuple(replace(column, draw=faint(column.draw)) for column in (mark, name, value, *rest))


class TradeItemList(StackChoice):
    """Stacks of which pieces are chosen; what can't be, says why instead.

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
        super().__init__(offer_columns(now, check), lambda line: line.key, id=id)

    @property
    def chosen(self) -> Sequence[ItemLine]:
        """The player items that are chosen, in the order in which they were."""
        return tuple(self.marks.values())

    def why_not_choose(self, line: StackLine) -> Refusal | None:
        """Why a piece can't be chosen besides those that are, or None."""
        return self.check(line) or check_terms(Terms(len(self.marks) + 1, 0, 1, 0, ""))

    def takes_off(self, row: StackLine) -> bool:
        """Whether a mark puts what is chosen of a stack back: all of it is, or can't be offered."""
        left = self.piece_left(row)
        return left is None or (self.is_marked(row) and self.check(left) is not None)

    def most_of(self, row: StackLine) -> int:
        """How many of a stack can be chosen beside the others that are."""
        others = len(self.marks) - len(self.chosen_of(row))
        return max(0, min(row.count, MOST_THINGS - others))

    def choose_number(self, row: StackLine, number: int) -> None:
        """Choose so many of a stack: more of it, or put those back that were chosen last."""
        for piece in self.chosen_of(row)[number:]:
            del self.marks[piece]
        while len(self.chosen_of(row)) < number and (left := self.piece_left(row)) is not None:
            self.marks[left.id] = left
        self.redraw()
        self.post_message(self.MarksChanged())

    def toggle_mark(self, index: int) -> None:
        """Choose one more of a stack, or put back what is chosen of it."""
        row = self.pages.row(index)
        if row is not None:
            self.choose(row, self._refused)

    def action_sweep(self, rows: int) -> None:
        """Choose one more of the stack under the cursor and move on; stay where it can't be."""
        row = self.row
        left = None if row is None else self.piece_left(row)
        refusal = None if left is None else self.why_not_choose(left)
        if refusal is not None:
            self._refused(refusal)
            return
        if left is not None:
            self.toggle_mark(self.cursor)
        self.move_to(self.cursor + rows)

    def _refused(self, refusal: Refusal) -> None:
        self.post_message(self.Refused(refusal))
