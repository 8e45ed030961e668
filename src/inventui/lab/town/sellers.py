"""The daily gear shop and the black market of a town."""

from __future__ import annotations

from dataclasses import dataclass

from inventui.lab.town.belongings import check_swap
from inventui.lab.town.catalogue import TownItem
from inventui.lab.town.people import Townsman
from inventui.lab.town.town import Town, TownStall
from inventui.rules.core.clock import DAY
from inventui.rules.core.enums import Status
from inventui.rules.core.money import HouseAccount
from inventui.rules.core.ranks import standing
from inventui.rules.core.refusal import Refusal
from inventui.rules.market.black_market import (
    discounted,
    draw_rotation,
    rotation_at,
    stall_offer,
)
from inventui.rules.market.gear_shop import check_reroll, draw_shop, reroll_price
from inventui.rules.shop import (
    Buyer,
    Limit,
    Offer,
    Price,
    check_buy,
    price_for,
    quote_bundle,
    worn_on_buying,
)


@dataclass(frozen=True, slots=True)
class GearOnSale:
    """Gear that a seller has now, and what it costs in oranges."""

    item: TownItem
    price: int


def gear_today(town: Town, me: Townsman) -> list[GearOnSale]:
    """The gear of somebody's shop of today, which is drawn at the first look."""
    day = town.at // DAY
    if me.gear_day != day:
        town.begin("gear_shop", me)
        me.gear_day, me.rerolls = day, 0
        _draw(town, me)
    items = (town.catalogue.items[slug] for slug in me.gear_items)
    return [GearOnSale(item, item.offer.price.oranges) for item in items]


def reroll(town: Town, me: Townsman) -> Refusal | None:
    """Draw somebody's shop of today again, for gems."""
    gear_today(town, me)
    refusal = check_reroll(me.rerolls, me.gems, town.at)
    if refusal is not None:
        return refusal
    town.begin("reroll", me)
    town.charge_gems(me, HouseAccount.REROLL, reroll_price(me.rerolls))
    me.rerolls += 1
    _draw(town, me)
    return None


def _draw(town: Town, me: Townsman) -> None:
    rank, pool = standing(me.experience).rank, town.catalogue.gear_pool
    me.gear_items = draw_shop(town.seed, me.id, me.gear_day, me.rerolls, rank, pool)


def gear_offer(item: TownItem) -> Offer:
    """A gear shop's offer of an item."""
    price = Price(item.offer.price.oranges)
    return Offer(item.slug, item.name, item.category, price, active=True, limit=Limit())


def stalls(town: Town) -> list[TownStall]:
    """The stalls of the present rotation, which is drawn at anybody's first look."""
    number = rotation_at(town.at)
    if town.rotation != number:
        town.begin_for_nobody("rotation")
        town.rotation = number
        town.stalls = [
            TownStall(stall, town.catalogue.items[stall.item])
            for stall in draw_rotation(town.seed, number, town.catalogue.gear_pool)
        ]
    return town.stalls


def market_offer(town: Town, stall: TownStall) -> Offer:
    """What a stall offers now."""
    item = stall.item
    price = discounted(item.offer.price.oranges, stall.stall.discount)
    return stall_offer(
        town.rotation, item.slug, item.name, item.category, price, stall.stall.stock, stall.sold
    )


def market_now(town: Town) -> list[GearOnSale]:
    """The gear of the black market of which pieces are left."""
    return [
        GearOnSale(stall.item, market_offer(town, stall).price.oranges)
        for stall in stalls(town)
        if stall.sold < stall.stall.stock
    ]


def buy(town: Town, me: Townsman, offer: Offer, sink: HouseAccount) -> Refusal | None:
    """Buy an offer, and put on what has a slot; of a bundle only what is not owned is bought."""
    owned = frozenset(piece.item.slug for piece in me.pieces.values())
    buyer = Buyer(oranges=me.oranges, gems=me.gems, owned=owned, gear_held=me.gear_held())
    refusal = check_buy(offer, buyer, town.at)
    if refusal is not None:
        return refusal
    price = price_for(offer, buyer)
    wanted = quote_bundle(offer, owned).wanted if offer.contents else (offer,)
    town.begin("buy", me)
    town.spend(me, sink, price.oranges)
    town.charge_gems(me, sink, price.gems)
    bought = [town.give(me, [town.catalogue.items[part.slug]])[0] for part in wanted]
    for piece in bought:
        slot = worn_on_buying(piece.item.category) and piece.status is Status.OWNED
        if slot and check_swap(town, me, piece.item) is None:
            town.put_on(me, piece)
    return None
