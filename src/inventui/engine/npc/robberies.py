"""Robberies and visits of neighbours, written while a player's time is caught up with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.db.statements import Statement
from inventui.engine.core.item_grants import Receipt, hand_on, receive_items
from inventui.engine.core.ledger import Purse, pay, purse_of, receive, room_in
from inventui.engine.core.notify import notify
from inventui.engine.core.operation import Operation
from inventui.engine.core.people import write_friend_event
from inventui.engine.inventory.durability import wear_down
from inventui.engine.people.friends import TOLD
from inventui.engine.people.gift_transfer import give_item, tell_of_gift, write_gift
from inventui.engine.property.models import RobberyLine, VisitLine
from inventui.rules.core.enums import Acquisition, Event, Status, Tone
from inventui.rules.core.money import Currency, HouseAccount, money_words
from inventui.rules.people.friends import FriendEvent
from inventui.rules.streets.robbery import STOLEN_HELD, fine
from inventui.rules.time.situation import NeighbourRobbery, NeighbourVisit, VisitKind

if TYPE_CHECKING:
    from inventui.engine.core.context import Context

_ROBBERY = Statement(
    "INSERT INTO robbery (operation_id, robber_id, victim_id, at, chance, success, oranges,"
    " stolen_id, roll_id, period) VALUES (:operation, :robber, :victim, :at, :chance, :success,"
    " :oranges, :stolen, NULL, :period)"
)
_NAME = Statement(
    "SELECT i.name FROM player_item p JOIN item i ON i.id = p.item_id WHERE p.id = :player_item",
    str,
)
_BONDS = {
    VisitKind.ACCEPT: FriendEvent.ACCEPT,
    VisitKind.DECLINE: FriendEvent.DECLINE,
    VisitKind.REQUEST: FriendEvent.REQUEST,
}


def write_robbery(
    world: Context,
    operation: Operation,
    player: int,
    robbery: NeighbourRobbery,
    purse: Purse,
    broken: list[str],
) -> RobberyLine:
    """Write a robbery by a neighbour; the name of armour that broke is added to `broken`."""
    connection, neighbour = operation.connection, robbery.neighbour
    theirs = purse_of(connection, neighbour.player)
    mine = purse.accounts[Currency.ORANGES]
    stolen = stolen_name = None
    amount = robbery.oranges
    if robbery.success:
        amount = min(amount, room_in(connection, theirs.accounts[Currency.ORANGES]))
        operation.transfer(
            "robbery", Currency.ORANGES, amount, mine, theirs.accounts[Currency.ORANGES]
        )
    else:
        amount = fine(theirs.oranges)
        pay(operation, world.house, theirs, HouseAccount.FINE, Currency.ORANGES, amount)
    if robbery.stolen is not None:
        stolen_name = connection.execute(_NAME, {"player_item": robbery.stolen}).one()
        operation.move([robbery.stolen], Status.OWNED, Event.STEAL)
        receipt = Receipt(neighbour.player, Acquisition.THEFT, 0, f"player {player}")
        stolen = hand_on(connection, operation, receipt, robbery.stolen, Event.DROP, STOLEN_HELD)
    connection.execute(
        _ROBBERY,
        {
            "operation": operation.id,
            "robber": neighbour.player,
            "victim": player,
            "at": robbery.at,
            "chance": robbery.chance,
            "success": robbery.success,
            "oranges": amount,
            "stolen": stolen,
            "period": robbery.period,
        },
    )
    _notify_robbery(operation, player, robbery, amount, stolen_name)
    if (
        robbery.armour is not None
        and wear_down(connection, operation, robbery.armour, robbery.wear) == 0
    ):
        broken.append(connection.execute(_NAME, {"player_item": robbery.armour}).one())
    lost = amount if robbery.success else 0
    return RobberyLine(robbery.at, neighbour.name, robbery.success, lost, stolen_name)


def _notify_robbery(
    operation: Operation, player: int, robbery: NeighbourRobbery, amount: int, stolen: str | None
) -> None:
    if not robbery.success:
        notify(
            operation,
            player,
            "foiled",
            Tone.SUCCESS,
            f"{robbery.neighbour.name} tried to rob you and failed.",
            "streets",
        )
        return
    took = money_words(amount, Currency.ORANGES)
    if stolen is not None:
        took += f" and {stolen}"
    notify(
        operation,
        player,
        "robbed",
        Tone.ERROR,
        f"{robbery.neighbour.name} robbed you of {took}.",
        "streets",
    )


def write_visit(
    world: Context, operation: Operation, player: int, visit: NeighbourVisit, purse: Purse
) -> VisitLine:
    """Write a neighbour's visit: it answered a request, made one, or brought a present."""
    visitor = visit.neighbour
    name, oranges = "", 0
    if visit.kind in _BONDS:
        event = _BONDS[visit.kind]
        write_friend_event(operation, visitor.player, player, event)
        tone = Tone.SUCCESS if event is FriendEvent.ACCEPT else Tone.INFO
        said = TOLD[event].format(name=visitor.name)
        notify(operation, player, f"friend_{event}", tone, said, "people")
    elif visit.kind is VisitKind.ORANGES:
        name, oranges = _bring_oranges(world, operation, player, visit, purse)
    else:
        name = _bring_item(world, operation, player, visit)
    return VisitLine(visit.at, visitor.name, visit.kind, oranges, name)


def _bring_oranges(
    world: Context, operation: Operation, player: int, visit: NeighbourVisit, purse: Purse
) -> tuple[str, int]:
    """Write a present of oranges, as many as the player can have; their text and number.

    The house pays the neighbour first, so that what it earned and trades with is not used up.
    """
    connection, neighbour = operation.connection, visit.neighbour
    theirs, mine = purse_of(connection, neighbour.player), purse.accounts[Currency.ORANGES]
    wanted = min(visit.oranges, room_in(connection, mine))
    given = receive(operation, world.house, theirs, HouseAccount.PLAY, Currency.ORANGES, wanted)
    words = money_words(given, Currency.ORANGES)
    if given:
        operation.transfer("gift", Currency.ORANGES, given, theirs.accounts[Currency.ORANGES], mine)
        write_gift(operation, neighbour.player, player, None, None, given, 0, "")
        tell_of_gift(operation, neighbour.name, player, words, "", None)
    return words, given


def _bring_item(world: Context, operation: Operation, player: int, visit: NeighbourVisit) -> str:
    """Write a present of an item; its name."""
    connection = operation.connection
    item = world.catalogue.by_slug(connection, visit.item)
    receipt = Receipt(visit.neighbour.player, Acquisition.STARTER, 0, "the market")
    (given,) = receive_items(connection, operation, receipt, [item])
    received = give_item(operation, visit.neighbour.name, player, given, False)
    write_gift(operation, visit.neighbour.player, player, given, received, 0, 0, "")
    tell_of_gift(operation, visit.neighbour.name, player, item.name, "", received)
    return item.name
