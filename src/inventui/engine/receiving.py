"""Receiving: how new things reach a player, into the inventory or into escrow.

Gear takes up room; without room it goes to escrow, and a fourth thing there makes the
oldest expire. Nothing is lost silently.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from inventui.engine.catalogue import CatalogueItem
from inventui.engine.operation import Operation
from inventui.rules.clock import HOUR
from inventui.rules.enums import GEAR, Acquisition, Event, Status
from inventui.rules.gear import FULL_DURABILITY
from inventui.rules.lifecycle import ESCROW_ROOM, GEAR_ROOM

DROP_HELD = 24 * HOUR
"""How long escrow keeps what dropped."""

_LAST = text("SELECT coalesce(max(id), 0) FROM player_item")
_NEW = text(
    "INSERT INTO player_item (id, player_id, item_id, category, status, version, locked,"
    " acquired_at, acquisition, price_paid, gems_paid, source, uses, durability, condition,"
    " held_until) VALUES (:id, :player, :item, :category, NULL, 0, 0, :at, :acquisition, :price,"
    " :gems, :source, :uses, :durability, 0, :held_until)"
)
_GEAR_HELD = text(
    "SELECT coalesce(sum(h.held), 0) FROM holding h JOIN item i ON i.id = h.item_id"
    " WHERE h.player_id = :player AND i.category IN ('weapon', 'armor', 'business', 'housing')"
)
_ESCROWED = text(
    "SELECT id FROM player_item WHERE player_id = :player AND status = 'escrowed' ORDER BY id"
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """How a player comes by things.

    Attributes:
        price: what was paid for each, in oranges.
        gems: what was paid for each, in gems.
        source: from whom or what.
    """

    player: int
    acquisition: Acquisition
    price: int
    source: str
    gems: int = 0


def receive_items(
    connection: Connection, operation: Operation, receipt: Receipt, items: Sequence[CatalogueItem]
) -> list[int]:
    """Give a player new things, in order; the player items' numbers."""
    # The write lock is held: nobody else numbers things now.
    first = int(connection.execute(_LAST).scalar_one()) + 1
    events = _events(connection, receipt.player, items)
    connection.execute(
        _NEW,
        [
            {
                "id": first + index,
                "player": receipt.player,
                "item": item.id,
                "category": str(item.category),
                "at": operation.at,
                "acquisition": str(receipt.acquisition),
                "price": receipt.price,
                "gems": receipt.gems,
                "source": receipt.source,
                "uses": item.details.get("uses"),
                "durability": _durability(item),
                "held_until": operation.at + DROP_HELD if event is Event.DROP else None,
            }
            for index, (item, event) in enumerate(zip(items, events, strict=True))
        ],
    )
    operation.move_new((first + index, event) for index, event in enumerate(events))
    if Event.DROP in events:
        waiting = [row.id for row in connection.execute(_ESCROWED, {"player": receipt.player})]
        overdue = waiting[: max(0, len(waiting) - ESCROW_ROOM)]
        if overdue:
            operation.move(overdue, Status.ESCROWED, Event.EXPIRE)
    return list(range(first, first + len(items)))


def _durability(item: CatalogueItem) -> int | None:
    if item.category not in GEAR:
        return None
    return int(item.details.get("durability", FULL_DURABILITY))


def _events(connection: Connection, player: int, items: Sequence[CatalogueItem]) -> list[Event]:
    if not any(item.category in GEAR for item in items):
        return [Event.ACQUIRE] * len(items)
    room = GEAR_ROOM - int(connection.execute(_GEAR_HELD, {"player": player}).scalar_one())
    events = []
    for item in items:
        is_gear = item.category in GEAR
        events.append(Event.DROP if is_gear and room <= 0 else Event.ACQUIRE)
        room -= is_gear
    return events
