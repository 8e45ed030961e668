"""Daily gear shop: each player's own, drawn on the day's first look and again by each reroll.

A shop follows from the world's seed, the player, the day, the number of rerolls and the player's
rank at that moment. It is written when it is drawn, with its rank, so a rank-up changes the
next shop, not this one
(`test_a_shop_stays_that_of_the_rank_of_its_first_look_until_it_is_rerolled`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.core.buyers import customer, visitor
from inventui.engine.core.catalogue_item import CatalogueItem
from inventui.engine.core.context import Look
from inventui.engine.core.lazy_init import first_look
from inventui.engine.core.ledger import pay, purse_of
from inventui.engine.core.models import Balance
from inventui.engine.core.operation import Draft, Intent, Operation, perform
from inventui.engine.market.models import GearShopView, Reroll
from inventui.engine.shop.checkout import Checkout, close
from inventui.engine.shop.gear_stock import gear_line, gear_pool, is_active, price_now
from inventui.engine.shop.models import Purchase
from inventui.rules.core.categories import GEAR
from inventui.rules.core.money import Currency, HouseAccount, check_price
from inventui.rules.core.ranks import standing
from inventui.rules.core.refusal import Refusal, foremost
from inventui.rules.market.gear_shop import (
    check_reroll,
    day_at,
    draw_shop,
    ends,
    not_in_shop,
    reroll_price,
)
from inventui.rules.shop import Offer, Price, Seller, check_buy

if TYPE_CHECKING:
    from inventui.engine.core.context import Player

SOURCE = "gear shop"
"""What the provenance of a player item from a daily gear shop names."""


class _KeptShop(NamedTuple):
    rerolls: int
    rank: str
    items: str


_LATEST = Statement(
    "SELECT rerolls, rank, items FROM gear_shop WHERE player_id = :player AND day = :day"
    " ORDER BY rerolls DESC LIMIT 1",
    _KeptShop,
)
_NEW = Statement(
    "INSERT INTO gear_shop (operation_id, player_id, day, rerolls, rank, items)"
    " VALUES (:operation, :player, :day, :rerolls, :rank, :items)"
)


@dataclass(frozen=True, slots=True)
class DailyStock:
    """A shop as it was drawn: after so many rerolls, for a rank, of these items."""

    rerolls: int
    rank: str
    items: tuple[CatalogueItem, ...]


class GearShop:
    """One player's daily gear shop."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world

    def today(self) -> GearShopView:
        """Today's shop; drawn on the first look, the same until a reroll or midnight UTC."""
        at = self._world.clock.now()
        self._world.before_look(Look.GEAR_SHOP, self._handle)
        with self._world.store.read() as connection:
            stock = self._stock(connection, day_at(at)) or self._drawn(connection, day_at(at), 0)
            return self._view(connection, stock, at)

    def open_today(self) -> None:
        """Write today's shop, which the player is about to look at, if it was not yet."""
        at = self._world.clock.now()
        with self._world.store.read() as connection:
            kept = self._stock(connection, day_at(at)) is not None
        if not kept:
            with self._world.store.write() as connection:
                self._kept(connection, at)

    def reroll(self, key: str | None = None, shown: int | None = None) -> Reroll | Refusal:
        """Pay gems to draw today's shop again; each reroll of a day costs twice the last.

        A price other than the one that was `shown` is refused.
        """
        intent = Intent("reroll", {}, self._handle.id, uuid4().hex if key is None else key)
        return perform(self._world, intent, lambda draft: self._reroll(draft, shown), Reroll)

    def _reroll(self, draft: Draft, shown: int | None) -> Reroll | Refusal:
        connection = draft.connection
        stock = self._kept(connection, draft.at)
        purse = purse_of(connection, self._handle.id)
        refusal = foremost(
            check_reroll(stock.rerolls, purse.gems, draft.at),
            check_price(reroll_price(stock.rerolls), shown, Currency.GEMS),
        )
        if refusal is not None:
            return refusal
        price, day = reroll_price(stock.rerolls), day_at(draft.at)
        operation = draft.begin()
        house = self._world.house
        pay(operation, house, purse, HouseAccount.REROLL, Currency.GEMS, price)
        slugs = self._write(operation, day, stock.rerolls + 1)
        return Reroll(
            operation=operation.id,
            day=day,
            rerolls=stock.rerolls + 1,
            gems_paid=price,
            items=slugs,
            balance=Balance(purse.oranges, purse.gems - price),
        )

    def buy(
        self, slug: str, key: str | None = None, shown: Price | None = None
    ) -> Purchase | Refusal:
        """Buy one piece from today's shop at the catalogue's price, and put it on.

        A price other than the one that was `shown` is refused.
        """
        request = {"item": slug, "from": str(Seller.GEAR_SHOP)}
        intent = Intent("buy", request, self._handle.id, uuid4().hex if key is None else key)
        return perform(self._world, intent, lambda draft: self.decide(draft, slug, shown), Purchase)

    def decide(self, draft: Draft, slug: str, shown: Price | None = None) -> Purchase | Refusal:
        """Sell one piece inside a draft, or refuse."""
        offer = self.offer(draft, slug)
        if isinstance(offer, Refusal):
            return offer
        buying = customer(draft.connection, self._handle.id, offer)
        refusal = check_buy(offer, buying.buyer, draft.at, shown)
        if refusal is not None:
            return refusal
        deal = Checkout(
            offer=offer,
            seller=Seller.GEAR_SHOP,
            wanted=(offer,),
            full=offer.price,
            price=offer.price,
            discount=0,
            source=SOURCE,
            sink=HouseAccount.SHOP,
        )
        return close(self._world, draft, buying, deal)

    def offer(self, draft: Draft, slug: str) -> Offer | Refusal:
        """Today's offer of an item, or a refusal; the shop is drawn if it was not yet."""
        connection = draft.connection
        item = self._world.catalogue.find(connection, slug)
        if isinstance(item, Refusal):
            return item
        if item.category in GEAR and item in self._kept(connection, draft.at).items:
            return _offer(connection, item)
        return not_in_shop(slug, item.name, draft.at)

    def _view(self, connection: Connection, stock: DailyStock, at: int) -> GearShopView:
        buying = visitor(connection, self._handle.id)
        offers = [(item, _offer(connection, item)) for item in stock.items]
        return GearShopView(
            day=day_at(at),
            ends=ends(day_at(at)),
            rank=stock.rank,
            rerolls=stock.rerolls,
            reroll_price=reroll_price(stock.rerolls),
            reroll_refusal=check_reroll(stock.rerolls, buying.purse.gems, at),
            offers=tuple(
                gear_line(
                    item,
                    offer,
                    Seller.GEAR_SHOP,
                    buying,
                    at,
                    full_price=offer.price.oranges,
                )
                for item, offer in offers
            ),
            at=at,
        )

    def _stock(self, connection: Connection, day: int) -> DailyStock | None:
        row = connection.execute(_LATEST, {"player": self._handle.id, "day": day}).first()
        if row is None:
            return None
        items = (self._world.catalogue.item(connection, item) for item in json.loads(row.items))
        return DailyStock(row.rerolls, row.rank, tuple(items))

    def _kept(self, connection: Connection, at: int) -> DailyStock:
        """Today's shop inside a write transaction, drawn there if the player has not looked yet."""
        day = day_at(at)
        if self._stock(connection, day) is None:
            intent = Intent("gear_shop", {"day": day}, self._handle.id, f"gear-shop:{day}:0")
            first_look(
                self._world,
                connection,
                at,
                intent,
                lambda operation: {"day": day, "items": self._write(operation, day, 0)},
            )
        stock = self._stock(connection, day)
        assert stock is not None
        return stock

    def _drawn(self, connection: Connection, day: int, rerolls: int) -> DailyStock:
        """A day's shop for the rank that the player has now, as it is kept or will be."""
        world, player = self._world, self._handle.id
        rank = standing(purse_of(connection, player).experience).rank
        slugs = draw_shop(world.seed, player, day, rerolls, rank, gear_pool(connection))
        items = tuple(world.catalogue.by_slug(connection, slug) for slug in slugs)
        return DailyStock(rerolls, rank, items)

    def _write(self, operation: Operation, day: int, rerolls: int) -> tuple[str, ...]:
        """Draw and keep a shop; its slugs."""
        connection = operation.connection
        stock = self._drawn(connection, day, rerolls)
        connection.execute(
            _NEW,
            {
                "operation": operation.id,
                "player": self._handle.id,
                "day": day,
                "rerolls": rerolls,
                "rank": stock.rank,
                "items": json.dumps([item.id for item in stock.items]),
            },
        )
        return tuple(item.slug for item in stock.items)


def _offer(connection: Connection, item: CatalogueItem) -> Offer:
    price, active = price_now(connection, item), is_active(connection, item)
    return Offer(item.slug, item.name, item.category, Price(price), active)
