"""Gift transfer: what a gift writes for both sides, whether a player or a neighbour gives it."""

from inventui.db.statements import Statement
from inventui.engine.core.item_grants import Receipt, gear_room, hand_on
from inventui.engine.core.notify import notify
from inventui.engine.core.operation import Operation
from inventui.rules.core.enums import Acquisition, Event, Status, Tone
from inventui.rules.inventory.escrow import GIFT_HELD
from inventui.rules.people.gifts import gift_words

_GIFT = Statement(
    "INSERT INTO gift (operation_id, giver_id, receiver_id, at, given_id, received_id, oranges,"
    " gems, message) VALUES (:operation, :giver, :receiver, :at, :given, :received, :oranges,"
    " :gems, :message)"
)


def give_item(
    operation: Operation,
    giver: str,
    receiver: int,
    player_item: int,
    is_gear: bool,
) -> int:
    """End the giver's row of a player item and begin the receiver's; the new row's number."""
    connection = operation.connection
    waits = is_gear and gear_room(connection, receiver) <= 0
    operation.move([player_item], Status.OWNED, Event.GIFT)
    return hand_on(
        connection,
        operation,
        Receipt(receiver, Acquisition.GIFT, 0, giver),
        player_item,
        Event.DROP if waits else Event.ACQUIRE,
        GIFT_HELD if waits else None,
    )


def write_gift(
    operation: Operation,
    giver: int,
    receiver: int,
    given: int | None,
    received: int | None,
    oranges: int,
    gems: int,
    message: str,
) -> None:
    """Write the line of a gift."""
    operation.connection.execute(
        _GIFT,
        {
            "operation": operation.id,
            "giver": giver,
            "receiver": receiver,
            "at": operation.at,
            "given": given,
            "received": received,
            "oranges": oranges,
            "gems": gems,
            "message": message,
        },
    )


def tell_of_gift(
    operation: Operation, giver: str, receiver: int, what: str, message: str, item: int | None
) -> None:
    """Notify a player of a gift, with its message."""
    said = gift_words(giver, what, message)
    place = "inventory" if item is not None else "wallet"
    notify(operation, receiver, "gift", Tone.GIFT, said, place, item)
