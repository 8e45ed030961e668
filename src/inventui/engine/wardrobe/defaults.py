"""Defaults: the cosmetics that every player owns and wears from the start."""

from __future__ import annotations

from inventui.db.statements import Connection, Statement
from inventui.engine.core.catalogue import Catalogue
from inventui.engine.core.item_grants import Receipt, receive_items
from inventui.engine.core.operation import Operation
from inventui.rules.core.enums import Acquisition, Event, Status

_DEFAULTS = Statement(
    "SELECT i.id FROM item i WHERE i.active = 1"
    " AND CAST(json_extract(i.details, '$.default') AS BIGINT) = 1"
    " AND NOT EXISTS (SELECT 1 FROM player_item p WHERE p.player_id = :player"
    " AND p.item_id = i.id) ORDER BY i.id",
    int,
)


_FULL_SLOTS = Statement(
    "SELECT category FROM player_item WHERE player_id = :player AND status = 'equipped'",
    str,
)


def missing_defaults(connection: Connection, player: int) -> list[int]:
    """Numbers of the default items that a player never got."""
    return connection.execute(_DEFAULTS, {"player": player}).all()


def give_defaults(
    catalogue: Catalogue, connection: Connection, operation: Operation, player: int
) -> list[int]:
    """Give a player the defaults that they lack, and put on those whose slot is empty."""
    items = [catalogue.item(connection, number) for number in missing_defaults(connection, player)]
    if not items:
        return []
    receipt = Receipt(player, Acquisition.STARTER, 0, "the start")
    numbers = receive_items(connection, operation, receipt, items)
    full = set(connection.execute(_FULL_SLOTS, {"player": player}))
    wear = [n for n, item in zip(numbers, items, strict=True) if item.category not in full]
    operation.move(wear, Status.OWNED, Event.EQUIP)
    return numbers
