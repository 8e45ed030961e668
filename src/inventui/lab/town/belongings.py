"""What somebody in a town does with what is theirs: claim, sell, wear, use up, and pay for it."""

from __future__ import annotations

from collections.abc import Iterable

from inventui.lab.town.catalogue import TownItem
from inventui.lab.town.people import Piece, Townsman
from inventui.lab.town.town import Town
from inventui.rules.achievements import Condition
from inventui.rules.consumables import check_donut, check_repair, check_use, repaired
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY
from inventui.rules.core.enums import ConsumableKind, Status
from inventui.rules.core.money import Currency, HouseAccount, can_pay
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.escrow import check_claim
from inventui.rules.inventory.inventory import check_sell
from inventui.rules.property import check_arrears, check_leave


def claim(town: Town, me: Townsman, piece: Piece) -> Refusal | None:
    """Take something out of escrow."""
    status = piece.status if piece.id in me.pieces else Status.EXPIRED
    item = piece.item
    refusal = check_claim(
        item.name, item.category, status, piece.held_until, me.gear_held(), town.at
    )
    if refusal is None:
        town.begin("claim", me)
        piece.status, piece.since = Status.OWNED, town.at
    return refusal


def sell(town: Town, me: Townsman, pieces: Iterable[Piece]) -> Refusal | None:
    """Sell to the house what it buys."""
    sold = [
        piece
        for piece in pieces
        if piece.id in me.pieces
        and check_sell(piece.item.name, piece.item.category, piece.status, locked=False) is None
    ]
    if not sold:
        return Refusal(Reason.NOTHING_TO_DO, "There is nothing to sell.")
    town.begin("sell", me)
    for piece in sold:
        del me.pieces[piece.id]
    oranges = sum(piece.item.value for piece in sold)
    town.pay(me, HouseAccount.SALE, oranges)
    me.tally[Condition.ITEMS_SOLD] += len(sold)
    me.note_most(Condition.BIGGEST_SALE, oranges)
    return None


def equip(town: Town, me: Townsman, piece: Piece) -> Refusal | None:
    """Put on a piece of gear."""
    if me.pieces.get(piece.id) is not piece or piece.status is not Status.OWNED:
        return Refusal(Reason.WRONG_STATUS, "That can't be put on.")
    refusal = check_swap(town, me, piece.item)
    if refusal is not None:
        return refusal
    town.begin("equip", me)
    town.put_on(me, piece)
    return None


def check_swap(town: Town, me: Townsman, item: TownItem) -> Refusal | None:
    """None if what is in an item's slot may come off for it."""
    worn = me.worn(item.category)
    if worn is None or item.category is not Category.HOUSING:
        return None
    less = item.figure("upkeep") < worn.item.figure("upkeep")
    rested = less and me.rested_on == town.at // DAY
    owed = sum(due for _, due in me.unpaid)
    return check_leave(worn.item.name, len(me.unpaid), owed, rested=rested)


def pay_upkeep(town: Town, me: Townsman) -> Refusal | None:
    """Pay all upkeep that is due."""
    total = sum(due for _, due in me.unpaid)
    refusal = check_arrears(len(me.unpaid)) or can_pay(total, me.oranges, Currency.ORANGES)
    if refusal is not None:
        return refusal
    town.begin("upkeep", me)
    town.charge(me, HouseAccount.UPKEEP, total)
    me.unpaid = ()
    return None


def use(town: Town, me: Townsman, piece: Piece, target: Piece | None = None) -> Refusal | None:
    """Eat a donut, or repair a piece of gear; at its last use a consumable is gone."""
    item = piece.item
    refusal = check_use(item.name, item.category, piece.status)
    if refusal is not None:
        return refusal
    kind = ConsumableKind(item.figures["kind"])
    if kind is ConsumableKind.DONUT:
        refusal = check_donut(item.name, already_fed=me.fed)
    elif kind is ConsumableKind.REPAIR_KIT and target is not None:
        gear = target.item
        refusal = check_repair(
            gear.name, gear.category, target.status, target.durability, gear.durability
        )
    else:
        refusal = Refusal(Reason.NO_TARGET, "Say what it is for.")
    if refusal is not None:
        return refusal
    town.begin("use", me)
    if target is None:
        me.fed = True
    else:
        target.durability = repaired(target.durability, target.item.durability)
    piece.uses -= 1
    if not piece.uses:
        del me.pieces[piece.id]
    return None
