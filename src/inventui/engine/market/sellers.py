"""Sellers: buying an item from the shop, the daily gear shop or a stall, whoever asks least."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.engine.core.buyers import visitor
from inventui.engine.core.operation import Draft, Intent, perform
from inventui.engine.market.black_market import BlackMarket
from inventui.engine.market.gear_shop import GearShop
from inventui.engine.shop.models import Purchase
from inventui.engine.shop.shop import Shop
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.shop import Offer, Price, Seller, check_buy, price_for

if TYPE_CHECKING:
    from inventui.engine.core.context import Player

_Decide = Callable[[Draft, str], Purchase | Refusal]

_ABSENT = frozenset({Reason.UNKNOWN_ITEM, Reason.NOT_FOR_SALE, Reason.SOLD_OUT})
"""Refusals of a seller who does not have the item: another one may have it."""


class Sellers:
    """The shop, the daily gear shop and the black market, for one player."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world
        self._shop, self._gear_shop = Shop(handle), GearShop(handle)
        self._black_market = BlackMarket(handle)

    def buy(
        self, slug: str, seller: Seller | None = None, key: str | None = None
    ) -> Purchase | Refusal:
        """Buy an item from one seller, or from the one who has it and asks least."""
        match seller:
            case Seller.SHOP:
                return self._shop.buy(slug, key)
            case Seller.GEAR_SHOP:
                return self._gear_shop.buy(slug, key)
            case Seller.MARKET:
                return self._black_market.buy(slug, key)
        request = {"item": slug, "from": "any"}
        intent = Intent("buy", request, self._handle.id, uuid4().hex if key is None else key)
        return perform(self._world, intent, lambda draft: self._cheapest(draft, slug), Purchase)

    def _cheapest(self, draft: Draft, slug: str) -> Purchase | Refusal:
        connection = draft.connection
        buyer = visitor(connection, self._handle.id).buyer
        stall = self._black_market.stall(draft, slug)
        offers: list[tuple[Offer | Refusal, _Decide]] = [
            (self._shop.offer(connection, slug), self._shop.decide),
            (self._gear_shop.offer(draft, slug), self._gear_shop.decide),
            (stall if isinstance(stall, Refusal) else stall.offer, self._black_market.decide),
        ]
        best: _Decide = self._shop.decide
        asked: Price | None = None
        for offer, decide in offers:
            if isinstance(offer, Refusal):
                continue
            refusal = check_buy(offer, buyer, draft.at)
            if refusal is not None and refusal.reason in _ABSENT:
                continue
            price = price_for(offer, buyer)
            if asked is None or _sum(price) < _sum(asked):
                best, asked = decide, price
        return best(draft, slug)


def _sum(price: Price) -> tuple[int, int]:
    # Gems are scarce and nothing changes them into oranges: the fewest gems come first.
    return price.gems, price.oranges
