"""A list of stacks of which pieces are chosen: a mark takes the first piece that is left."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from inventui.engine.inventory.models import ItemLine, StackLine
from inventui.widgets.lists.item_list import ItemList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inventui.rules.core.refusal import Refusal


def alone(line: ItemLine) -> StackLine:
    """A player item as a line of its own."""
    if isinstance(line, StackLine):
        return line
    known = {field.name: getattr(line, field.name) for field in fields(ItemLine)}
    return StackLine(**known, pieces=(line.id,))


def kind_of(line: ItemLine) -> tuple[object, ...]:
    """What equal player items have in common."""
    return (
        line.name, line.category, line.rarity, line.value, line.status, line.locked,
        line.durability,
    )  # fmt: skip


class StackChoice(ItemList[StackLine]):
    """Stacks under a cursor; marks are the pieces that are chosen, by their number."""

    def set_marks(self, rows: Sequence[ItemLine]) -> None:
        """Choose these player items and no other."""
        self.marks = {row.id: alone(row) for row in rows}
        self.redraw()
        self.post_message(self.MarksChanged())

    def is_marked(self, row: StackLine) -> bool:
        """Whether a piece of it is chosen."""
        return bool(self.chosen_of(row))

    def chosen_of(self, row: StackLine) -> tuple[int, ...]:
        """The pieces of it that are chosen, also such as are not among those that are known."""
        kind = kind_of(row)
        return tuple(
            number
            for number, mark in self.marks.items()
            if number in row.pieces or (row.count > 1 and kind_of(mark) == kind)
        )

    def piece_left(self, row: StackLine) -> StackLine | None:
        """The first piece of a stack that is not chosen, among those that are known."""
        left = next((piece for piece in row.pieces if piece not in self.marks), None)
        if left is None or len(self.chosen_of(row)) >= row.count:
            return None
        return row if row.count == 1 else replace(row, id=left, count=1, pieces=(left,))

    def why_not_choose(self, line: StackLine) -> Refusal | None:  # noqa: ARG002
        """Why a piece can't be chosen besides those that are, or None."""
        return None

    def takes_off(self, row: StackLine) -> bool:
        """Whether a mark puts what is chosen of a stack back, for no more of it can be chosen."""
        left = self.piece_left(row)
        return left is None or (self.is_marked(row) and self.why_not_choose(left) is not None)

    def choose(self, row: StackLine, refused: Callable[[Refusal], object]) -> None:
        """Choose the next piece of a stack, or put back what is chosen of it."""
        piece = self.piece_left(row)
        if piece is None or self.takes_off(row):
            for number in self.chosen_of(row):
                del self.marks[number]
        else:
            refusal = self.why_not_choose(piece)
            if refusal is not None:
                refused(refusal)
                return
            self.marks[piece.id] = piece
        self.redraw_row(self.cursor)
        self.post_message(self.MarksChanged())
