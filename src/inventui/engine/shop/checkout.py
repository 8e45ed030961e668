"""Checkout: what every seller writes once the rules agree to a purchase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inventui.engine.core.buyers import Customer
from inventui.engine.core.item_grants import Receipt, receive_items
from inventui.engine.core.ledger import pay, spend
from inventui.engine.core.models import Balance
from inventui.engine.core.operation import Draft, Operation
from inventui.engine.shop.models import Purchase
from inventui.engine.wardrobe.wardrobe import wear_bought
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Acquisition
from inventui.rules.core.money import Currency, HouseAccount
from inventui.rules.shop import Offer, Price, Seller, worn_on_buying

if TYPE_CHECKING:
    from inventui.engine.core.context import Context


@dataclass(frozen=True, slots=True)
class Checkout:
    """A purchase that is to be written.

    Attributes:
        offer: the item or the bundle.
        seller: who sells it.
        wanted: what the buyer gets: of a bundle only what they do not own yet.
        full: the price before the discount.
        price: what is paid.
        discount: in percent.
        source: what the provenance of the player items names.
        sink: the house's account that is paid.
    """

    offer: Offer
    seller: Seller
    wanted: tuple[Offer, ...]
    full: Price
    price: Price
    discount: int
    source: str
    sink: HouseAccount


def close(world: Context, draft: Draft, buying: Customer, deal: Checkout) -> Purchase:
    """Begin the operation: pay, own, and put on what has a slot."""
    connection, purse, price = draft.connection, buying.purse, deal.price
    operation = draft.begin()
    spending = spend(operation, world.house, purse, deal.sink, price.oranges)
    pay(operation, world.house, purse, deal.sink, Currency.GEMS, price.gems)
    numbers = _receive(world, operation, buying.id, deal)
    worn = tuple(
        part.name
        for number, part in zip(numbers, deal.wanted, strict=True)
        if worn_on_buying(part.category)
        and wear_bought(world.catalogue, connection, operation, buying.id, number)
    )
    offer = deal.offer
    return Purchase(
        operation=operation.id,
        slug=offer.slug,
        name=offer.name,
        category=offer.category,
        rarity=world.catalogue.by_slug(connection, offer.slug).rarity,
        oranges_paid=price.oranges,
        gems_paid=price.gems,
        full_oranges=deal.full.oranges,
        full_gems=deal.full.gems,
        discount=deal.discount,
        item_ids=tuple(numbers),
        names=tuple(part.name for part in deal.wanted),
        worn=worn,
        balance=Balance(purse.oranges - price.oranges, purse.gems - price.gems + spending.gems),
        experience_gained=spending.experience,
        rank_up=spending.rank_up,
        seller=deal.seller,
    )


def _receive(world: Context, operation: Operation, player: int, deal: Checkout) -> list[int]:
    """Give what was bought, each player item with its share of the price paid; their numbers."""
    bundle = deal.offer.category is Category.BUNDLE
    acquisition = Acquisition.BUNDLE if bundle else Acquisition.PURCHASE
    oranges = shares(deal.price.oranges, [part.price.oranges for part in deal.wanted])
    gems = shares(deal.price.gems, [part.price.gems for part in deal.wanted])
    numbers = []
    for part, paid, paid_gems in zip(deal.wanted, oranges, gems, strict=True):
        receipt = Receipt(player, acquisition, paid, deal.source, paid_gems)
        item = world.catalogue.by_slug(operation.connection, part.slug)
        numbers += receive_items(operation.connection, operation, receipt, [item])
    return numbers


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """`total` split by weight into whole parts that sum to it; the remainder goes to the first."""
    whole = sum(weights)
    if not whole:
        return [total, *[0] * (len(weights) - 1)]
    parts = [total * weight // whole for weight in weights]
    parts[0] += total - sum(parts)
    return parts
