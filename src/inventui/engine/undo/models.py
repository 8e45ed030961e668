"""Read models and outcomes of undo."""

from dataclasses import dataclass

from inventui.engine.core.models import Balance
from inventui.rules.undo import Undoable


@dataclass(frozen=True, slots=True)
class Undo:
    """What can be taken back.

    Attributes:
        operation: the number of the operation.
        name: of its first player item.
        number: of player items.
        oranges: what would go back to the house.
        receiver: the friend who would not get it, or an empty text.
        until: from when on it can't be taken back any more.
    """

    operation: int
    kind: Undoable
    name: str
    number: int
    oranges: int
    receiver: str
    until: int


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back.

    Attributes:
        operation: the number of the operation that took it back.
        undone: the number of the one that was taken back.
        name: of its first player item.
        number: of player items.
        item_id: number of the first one.
        oranges: what went back to the house.
        receiver: the friend who did not get it, or an empty text.
    """

    operation: int
    undone: int
    kind: Undoable
    name: str
    number: int
    item_id: int
    oranges: int
    receiver: str
    balance: Balance
    repeat: bool = False
