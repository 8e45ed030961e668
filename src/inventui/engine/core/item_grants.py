"""Item grants: how new player items reach a player, in the inventory or in escrow.

Gear takes up room; without room it goes to escrow, and a fourth player item there makes the
oldest expire. Their player is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from inventui.db.statements import Connection, Statement
from inventui.engine.core.catalogue_item import CatalogueItem
from inventui.engine.core.notify import notify
from inventui.engine.core.operation import Operation
from inventui.rules.core import lifecycle
from inventui.rules.core.categories import GEAR
from inventui.rules.core.enums import Acquisition, Event, Status, Tone
from inventui.rules.inventory import escrow
from inventui.rules.inventory.escrow import waits_words
from inventui.rules.inventory.gear import FULL_DURABILITY

_LAST = Statement("SELECT coalesce(max(id), 0) FROM player_item", int)
_NEW = Statement(
    "INSERT INTO player_item (id, player_id, item_id, category, status, version, locked,"
    " acquired_at, acquisition, price_paid, gems_paid, source, uses, durability, condition,"
    " held_until) VALUES (:id, :player, :item, :category, NULL, 0, 0, :at, :acquisition, :price,"
    " :gems, :source, :uses, :durability, 0, :held_until)"
)
_HAND_ON = Statement(
    "INSERT INTO player_item (id, player_id, item_id, category, status, version, locked,"
    " acquired_at, acquisition, price_paid, gems_paid, source, uses, durability, condition,"
    " held_until, origin_id) SELECT :id, :player, item_id, category, NULL, 0, 0, :at, :acquisition,"
    " :price, 0, :source, uses, durability, 0, :held_until, id FROM player_item WHERE id = :origin"
)
_GEAR_HELD = Statement(
    "SELECT coalesce(sum(h.held), 0) FROM holding h JOIN item i ON i.id = h.item_id"
    " WHERE h.player_id = :player AND i.category IN ('weapon', 'armor', 'business', 'housing')",
    int,
)
_NAME = Statement(
    "SELECT i.name FROM player_item p JOIN item i ON i.id = p.item_id WHERE p.id = :player_item",
    str,
)


_ESCROWED = Statement(
    "SELECT id FROM player_item WHERE player_id = :player AND status = 'escrowed' ORDER BY id",
    int,
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Who gets player items, and how.

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
    """Give a player new player items; their numbers, in the order of `items`."""
    # The write lock is held: nobody else numbers player items now.
    first = int(connection.execute(_LAST).one()) + 1
    events = _events(connection, receipt.player, items)
    connection.execute_many(
        _NEW,
        [
            _row(first + index, operation, receipt, item, event)
            for index, (item, event) in enumerate(zip(items, events, strict=True))
        ],
    )
    operation.move_new((first + index, event) for index, event in enumerate(events))
    waiting = [index for index, event in enumerate(events) if event is Event.DROP]
    if waiting:
        # Of more than escrow holds, the oldest are let go at once, and told of as that.
        stay = waiting[-lifecycle.ESCROW_ROOM :]
        words = waits_words([items[index].name for index in stay])
        to, item = "inventory", first + stay[0]
        notify(operation, receipt.player, "escrowed", Tone.INFO, words, to, item)
        _make_room_in_escrow(connection, operation, receipt.player)
    return list(range(first, first + len(items)))


def drop_item(
    connection: Connection, operation: Operation, receipt: Receipt, item: CatalogueItem
) -> int:
    """Put one new player item into a player's escrow for 24 h; its number."""
    number = int(connection.execute(_LAST).one()) + 1
    connection.execute(_NEW, _row(number, operation, receipt, item, Event.DROP))
    operation.move_new([(number, Event.DROP)])
    _make_room_in_escrow(connection, operation, receipt.player)
    return number


def hand_on(
    connection: Connection,
    operation: Operation,
    receipt: Receipt,
    origin: int,
    event: Event,
    held: int | None = None,
) -> int:
    """Begin the row of a player item's next owner, where `origin` has just ended.

    Args:
        connection: of the operation.
        operation: the one under way.
        receipt: who gets it, how, for how many oranges, and from whom.
        origin: the row that ended; the player item keeps its uses and durability.
        event: ACQUIRE into the inventory, or DROP into escrow.
        held: how long escrow keeps it, in milliseconds.

    Returns:
        The new row's number.
    """
    number = int(connection.execute(_LAST).one()) + 1
    connection.execute(
        _HAND_ON,
        {
            "id": number,
            "player": receipt.player,
            "at": operation.at,
            "acquisition": str(receipt.acquisition),
            "price": receipt.price,
            "source": receipt.source,
            "held_until": None if held is None else operation.at + held,
            "origin": origin,
        },
    )
    operation.move_new([(number, event)])
    if event is Event.DROP:
        _make_room_in_escrow(connection, operation, receipt.player)
    return number


def hand_on_all(operation: Operation, handed: Sequence[tuple[Receipt, int]]) -> list[int]:
    """Begin the rows of the next owners of items that have just ended, into their inventories.

    Args:
        operation: the one under way.
        handed: who gets each and how, and the row that ended.

    Returns:
        The new rows' numbers, in order.
    """
    if not handed:
        return []
    connection = operation.connection
    first = int(connection.execute(_LAST).one()) + 1
    connection.execute_many(
        _HAND_ON,
        [
            {
                "id": first + index,
                "player": receipt.player,
                "at": operation.at,
                "acquisition": str(receipt.acquisition),
                "price": receipt.price,
                "source": receipt.source,
                "held_until": None,
                "origin": origin,
            }
            for index, (receipt, origin) in enumerate(handed)
        ],
    )
    numbers = list(range(first, first + len(handed)))
    operation.move_new((number, Event.ACQUIRE) for number in numbers)
    return numbers


def expire(
    connection: Connection, operation: Operation, player: int, player_items: Sequence[int], why: str
) -> list[str]:
    """End player items that wait in escrow, and tell the player why; their names."""
    names = [
        str(connection.execute(_NAME, {"player_item": player_item}).one())
        for player_item in player_items
    ]
    if player_items:
        operation.move(list(player_items), Status.ESCROWED, Event.EXPIRE)
    for name, player_item in zip(names, player_items, strict=True):
        notify(
            operation,
            player,
            "expired",
            Tone.INFO,
            f"Escrow let go of {name}: {why}.",
            item=player_item,
        )
    return names


def _make_room_in_escrow(connection: Connection, operation: Operation, player: int) -> None:
    """Let the oldest player items expire that escrow has no room for."""
    waiting = connection.execute(_ESCROWED, {"player": player}).all()
    overdue = waiting[: max(0, len(waiting) - lifecycle.ESCROW_ROOM)]
    expire(
        connection, operation, player, overdue, f"it holds {lifecycle.ESCROW_ROOM} things at most"
    )


def _row(
    number: int, operation: Operation, receipt: Receipt, item: CatalogueItem, event: Event
) -> dict[str, object]:
    return {
        "id": number,
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
        "held_until": operation.at + escrow.DROP_HELD if event is Event.DROP else None,
    }


def _durability(item: CatalogueItem) -> int | None:
    if item.category not in GEAR:
        return None
    return int(item.details.get("durability", FULL_DURABILITY))


def gear_room(connection: Connection, player: int) -> int:
    """For how many more pieces of gear a player has room."""
    return lifecycle.GEAR_ROOM - int(connection.execute(_GEAR_HELD, {"player": player}).one())


def _events(connection: Connection, player: int, items: Sequence[CatalogueItem]) -> list[Event]:
    if not any(item.category in GEAR for item in items):
        return [Event.ACQUIRE] * len(items)
    room = gear_room(connection, player)
    events = []
    for item in items:
        is_gear = item.category in GEAR
        events.append(Event.DROP if is_gear and room <= 0 else Event.ACQUIRE)
        room -= is_gear
    return events
