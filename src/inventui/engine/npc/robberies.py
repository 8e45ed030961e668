"""Raids and calls: what neighbours did to a player, written where time is made up for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.db.statements import Statement
from inventui.engine.core.item_grants import Receipt, hand_on, receive_items
from inventui.engine.core.ledger import Purse, purse_of
from inventui.engine.core.notify import notify
from inventui.engine.core.operation import Operation
from inventui.engine.core.people import write_friend_event
from inventui.engine.inventory.durability import wear_down
from inventui.engine.people.friends import TOLD
from inventui.engine.people.gift_transfer import give_item, tell_of_gift, write_gift
from inventui.engine.property.models import CallLine, RaidLine
from inventui.rules.core.enums import Acquisition, Currency, Event, Status
from inventui.rules.core.money import HouseAccount, money_words
from inventui.rules.notifications import Tone
from inventui.rules.people.people import FriendEvent
from inventui.rules.streets.streets import STOLEN_HELD, fine
from inventui.rules.time.situation import CallKind, NeighbourCall, Raid

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
    CallKind.ACCEPT: FriendEvent.ACCEPT,
    CallKind.DECLINE: FriendEvent.DECLINE,
    CallKind.REQUEST: FriendEvent.REQUEST,
}


def suffer_raid(
    world: Context, operation: Operation, player: int, raid: Raid, purse: Purse, broken: list[str]
) -> RaidLine:
    """Write that a neighbour came to rob; names of gear that broke are added to `broken`."""
    connection, raider = operation.connection, raid.raider
    theirs = purse_of(connection, raider.player)
    mine = purse.accounts[Currency.ORANGES]
    stolen = stolen_name = None
    amount = raid.oranges
    if raid.success:
        operation.transfer(
            "robbery", Currency.ORANGES, amount, mine, theirs.accounts[Currency.ORANGES]
        )
    else:
        amount = fine(theirs.oranges)
        operation.transfer(
            HouseAccount.FINE,
            Currency.ORANGES,
            amount,
            theirs.accounts[Currency.ORANGES],
            world.house[HouseAccount.FINE, Currency.ORANGES],
        )
    if raid.stolen is not None:
        stolen_name = str(connection.execute(_NAME, {"player_item": raid.stolen}).one())
        operation.move([raid.stolen], Status.OWNED, Event.STEAL)
        receipt = Receipt(raider.player, Acquisition.THEFT, 0, f"player {player}")
        stolen = hand_on(connection, operation, receipt, raid.stolen, Event.DROP, STOLEN_HELD)
    connection.execute(
        _ROBBERY,
        {
            "operation": operation.id,
            "robber": raider.player,
            "victim": player,
            "at": raid.at,
            "chance": raid.chance,
            "success": raid.success,
            "oranges": amount,
            "stolen": stolen,
            "period": raid.period,
        },
    )
    _tell_of_raid(operation, player, raid, stolen_name)
    if raid.armour is not None and wear_down(connection, operation, raid.armour, raid.wear) == 0:
        broken.append(str(connection.execute(_NAME, {"player_item": raid.armour}).one()))
    return RaidLine(raid.at, raider.name, raid.success, raid.oranges, stolen_name)


def _tell_of_raid(operation: Operation, player: int, raid: Raid, stolen: str | None) -> None:
    if not raid.success:
        notify(
            operation,
            player,
            "foiled",
            Tone.SUCCESS,
            f"{raid.raider.name} tried to rob you and failed.",
            "streets",
        )
        return
    took = money_words(raid.oranges, Currency.ORANGES)
    if stolen is not None:
        took += f" and {stolen}"
    notify(
        operation,
        player,
        "robbed",
        Tone.ERROR,
        f"{raid.raider.name} robbed you of {took}.",
        "streets",
    )


def receive_call(
    world: Context, operation: Operation, player: int, call: NeighbourCall, purse: Purse
) -> CallLine:
    """Write that a neighbour answered, asked, or brought a present."""
    caller = call.raider
    name = ""
    if call.kind in _BONDS:
        event = _BONDS[call.kind]
        write_friend_event(operation, caller.player, player, event)
        tone = Tone.SUCCESS if event is FriendEvent.ACCEPT else Tone.INFO
        said = TOLD[event].format(name=caller.name)
        notify(operation, player, f"friend_{event}", tone, said, "people")
    elif call.kind is CallKind.ORANGES:
        name = _bring_oranges(world, operation, player, call, purse)
    else:
        name = _bring_item(world, operation, player, call)
    return CallLine(call.at, caller.name, call.kind, call.oranges, name)


def _bring_oranges(
    world: Context, operation: Operation, player: int, call: NeighbourCall, purse: Purse
) -> str:
    """A present of oranges, which the neighbour has earned for it: its purse stays its own."""
    theirs = purse_of(operation.connection, call.raider.player).accounts[Currency.ORANGES]
    house = world.house[HouseAccount.PLAY, Currency.ORANGES]
    mine = purse.accounts[Currency.ORANGES]
    operation.transfer(HouseAccount.PLAY, Currency.ORANGES, call.oranges, house, theirs)
    operation.transfer("gift", Currency.ORANGES, call.oranges, theirs, mine)
    write_gift(operation, call.raider.player, player, None, None, call.oranges, 0, "")
    words = money_words(call.oranges, Currency.ORANGES)
    tell_of_gift(operation, call.raider.name, player, words, "", None)
    return words


def _bring_item(world: Context, operation: Operation, player: int, call: NeighbourCall) -> str:
    connection = operation.connection
    item = world.catalogue.by_slug(connection, call.item)
    receipt = Receipt(call.raider.player, Acquisition.STARTER, 0, "the market")
    (given,) = receive_items(connection, operation, receipt, [item])
    received = give_item(operation, call.raider.name, player, given, False)
    write_gift(operation, call.raider.player, player, given, received, 0, 0, "")
    tell_of_gift(operation, call.raider.name, player, item.name, "", received)
    return item.name
