"""Durability: gear wears down, and breaks when no point is left."""

from typing import NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.notify import notify
from inventui.engine.core.operation import Operation
from inventui.rules.core.enums import Event, Status, Tone


class _Gear(NamedTuple):
    player_id: int
    status: str
    durability: int
    name: str


_GEAR = Statement(
    "SELECT p.player_id, p.status, p.durability, i.name FROM player_item p"
    " JOIN item i ON i.id = p.item_id WHERE p.id = :player_item",
    _Gear,
)
_WEAR = Statement(
    "INSERT INTO condition (operation_id, player_item_id, number, uses, durability)"
    " SELECT :operation, id, condition + 1, uses, :left FROM player_item WHERE id = :player_item"
)


def wear_down(connection: Connection, operation: Operation, player_item: int, points: int) -> int:
    """Take points of durability off a piece of gear; at 0 it breaks and its owner is told.

    Returns:
        The points that are left.
    """
    row = connection.execute(_GEAR, {"player_item": player_item}).one()
    left = max(0, int(row.durability) - points)
    connection.execute(_WEAR, {"operation": operation.id, "player_item": player_item, "left": left})
    if left == 0:
        operation.move([player_item], Status(row.status), Event.BREAK)
        notify(
            operation,
            row.player_id,
            "broken",
            Tone.ERROR,
            f"{row.name} broke. It had been through enough.",
            item=player_item,
        )
    return left
