"""The workshop's lists: what may be fused, and what was."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from inventui.engine.inventory.models import StackLine
from inventui.rules.workshop import check_put
from inventui.screens.workshop.text import past_rows
from inventui.widgets.lists.columns import Column, age, number, rarity_part
from inventui.widgets.lists.item_columns import stack_name
from inventui.widgets.lists.paged_rows import PagedRows
from inventui.widgets.lists.stack_choice import StackChoice
from inventui.widgets.theme import DIM

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.content import Content

    from inventui.engine.workshop.models import FusionLine
    from inventui.rules.core.refusal import Refusal

NAME_CELLS = 16
"""Cells that a name has at least before its age is left out."""


def fusible_columns(now: Callable[[], int]) -> tuple[Column[StackLine], ...]:
    """The columns of what may be fused: rarity, name, value, how long held."""
    return (
        Column(lambda line: rarity_part(line.rarity), 3),
        Column(lambda line: (stack_name(line), ""), NAME_CELLS, stretch=True),
        Column(
            lambda line: (number(line.value, 7), ""), 7, right=True, narrow=lambda _, __: ("", "")
        ),
        Column(lambda line: (age(line.acquired_at, now()), DIM), 6, right=True, rank=1),
    )


class FusibleList(StackChoice):
    """Player items under a cursor; those that are marked lie on the bench."""

    BORDER_TITLE = "To fuse"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.do('fuse')", "Fuse"),
        Binding("space", "mark", "Put on"),
    ]

    class NotPut(Message):
        """A player item can't be put on the bench."""

        def __init__(self, refusal: Refusal) -> None:
            self.refusal = refusal
            super().__init__()

    def say_place(self) -> None:
        """Say at which row the cursor stands."""
        self.border_subtitle = f"{self.cursor + 1:,} of {self.count:,}" if self.count else ""

    def toggle_mark(self, index: int) -> None:
        """Put a player item on the bench, or take it off; what does not belong there is refused."""
        row = self.pages.row(index)
        if row is not None:
            self.choose(row, lambda refusal: self.post_message(self.NotPut(refusal)))

    def why_not_choose(self, line: StackLine) -> Refusal | None:
        """Why it can't lie on the bench beside what does, or None."""
        return check_put([piece.rarity for piece in self.marks.values()], line.rarity)

    def action_sweep(self, rows: int) -> None:
        """Put a piece on and move on."""
        self.action_mark()
        self.move_to(self.cursor + rows)

    def action_choose(self) -> None:
        """A double click puts it on the bench, or takes it off."""
        self.action_mark()


class PastList(PagedRows["FusionLine"]):
    """Fusions of the past, two lines each."""

    BORDER_TITLE = "What was fused"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.do('history')", "History", show=False)
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(lambda fusion: fusion.id, lines=2, id=id)

    def draw_row(self, row: FusionLine, width: int, *, current: bool) -> Sequence[Content]:
        """What came out and when; what went in below."""
        return past_rows(row, self.now, width, current=current)
