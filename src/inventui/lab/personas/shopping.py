"""What personas buy of the house."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from inventui.lab.personas.actor import Actor
from inventui.lab.personas.model import Persona
from inventui.lab.town.catalogue import TownCatalogue, TownItem
from inventui.lab.town.sellers import GearOnSale
from inventui.rules.core.categories import Category
from inventui.rules.core.refusal import Refusal
from inventui.rules.shop import Buyer, price_for


def invest(persona: Persona, actor: Actor, catalogue: TownCatalogue) -> Iterator[int]:
    """Buy in the shop the dearest of each kind that is better and can be paid."""
    for category in persona.invests:
        purse = actor.oranges - persona.reserve
        worn = actor.worn(Category(category))
        better = [
            item
            for item in catalogue.for_sale(Category(category))
            if item.offer.price.oranges <= purse and _better(persona, item, worn)
        ]
        owned = {piece.item.slug for piece in actor.pieces()}
        for item in reversed(better):
            if item.slug not in owned and actor.buy(item.slug) is None:
                break
    yield 0


_WORTH = {
    Category.WEAPON: "rob_bonus",
    Category.ARMOR: "defence_bonus",
    Category.HOUSING: "insurance",
}


def _better(persona: Persona, item: TownItem, worn: TownItem | None) -> bool:
    """Whether a persona would have an item rather than what it wears."""
    if item.category is Category.BUSINESS:
        before = 0 if worn is None else _earns(worn)
        return _earns(item) * persona.payback >= item.offer.price.oranges and _earns(item) > before
    if item.category is Category.HOUSING and item.rarity.rank > persona.home.rank:
        return False
    name = _WORTH[item.category]
    return worn is None or item.figure(name) > worn.figure(name)


def _earns(item: TownItem) -> int:
    """What a business brings a day."""
    return item.figure("revenue") - item.figure("operating_cost")


def gear(persona: Persona, actor: Actor, _: TownCatalogue) -> Iterator[int]:
    """The same in its gear shop."""
    _buy_best(persona, actor, actor.gear_today(), actor.buy_gear)
    yield 0


def reroll(persona: Persona, actor: Actor, catalogue: TownCatalogue) -> Iterator[int]:
    """Let the gear shop be drawn again, if gems suffice, and buy there again."""
    if actor.reroll() is None:
        yield from gear(persona, actor, catalogue)


def shop(persona: Persona, actor: Actor, catalogue: TownCatalogue) -> Iterator[int]:
    """Buy of each category that is named the dearest that it lacks and can pay, or one for gems."""
    for category in persona.shops:
        purse = (actor.oranges - persona.reserve) * persona.share // 100
        owned = frozenset(piece.item.slug for piece in actor.pieces())
        buyer = Buyer(owned, 0, purse, actor.gems)
        payable = [
            (price.oranges, price.gems, item.slug)
            for item in catalogue.shop[category]
            if item.slug not in owned
            and not (price := price_for(item.offer, buyer)).free
            and price.oranges <= purse
            and price.gems <= actor.gems
        ]
        if payable:
            actor.buy(max(payable)[2])
    yield 0


def market(persona: Persona, actor: Actor, _: TownCatalogue) -> Iterator[int]:
    """The same at the black market."""
    _buy_best(persona, actor, actor.market_now(), actor.buy_at_market)
    yield 0


def _buy_best(
    persona: Persona,
    actor: Actor,
    offered: Sequence[GearOnSale],
    buy: Callable[[str], Refusal | None],
) -> None:
    """Buy of each kind that a persona invests in the dearest that is better and can be paid."""
    for category in persona.invests:
        purse, worn = actor.oranges - persona.reserve, actor.worn(Category(category))
        owned = {piece.item.slug for piece in actor.pieces()}
        better = [
            found
            for found in offered
            if found.item.category == category
            and found.price <= purse
            and found.item.slug not in owned
            and _better(persona, found.item, worn)
        ]
        for found in sorted(better, key=lambda found: (-found.price, found.item.slug)):
            if buy(found.item.slug) is None:
                break
