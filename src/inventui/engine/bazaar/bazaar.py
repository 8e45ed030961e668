"""Bazaar: list a player item at a price, buy it at once, take it back, see what became of it.

A listing is `open` until it is `sold`, `taken_back` or `expired`, and never opens again. While
it is open its player item has the status `listed`, in which the lifecycle allows nothing but
selling and delisting, so no other room has to ask about listings
(`test_what_is_listed_can_be_used_nowhere_else`). What must hold:

- A sale is one operation. The seller's row ends as `sold` and the buyer's begins with it as its
  origin, the price goes from buyer to seller, the fee from seller to house; either all of that
  or nothing (`tests/engine/test_market_faults.py`, `test_market_kills.py`).
- A listing keeps price and fee from the moment it is put up; triggers and audit compare a sale
  with the listing, not with today's numbers
  (`test_a_listing_is_sold_for_the_fee_of_the_day_it_was_put_up`).
- A listing expires at its own moment, however late anybody looks: a player's time is caught up
  with before each of their operations, and the seller's before anybody buys from them
  (`test_after_exactly_seven_days_it_is_home_whoever_looks_first`). An overdue listing that
  nothing has caught up with is shown with the refusal that it will meet.
- No page and no price history grows slower with the bazaar (`pages`, `counts`, `queries`).

Rules and numbers are in `rules.bazaar`, writes in `transfer`; neighbours (`npc.bazaar_period`)
and time (`time.expiries`) use the same writes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.bazaar.ends import ends_of
from inventui.engine.bazaar.models import (
    BazaarQuery,
    Bought,
    Delisted,
    Listed,
    ListingDetail,
    ListingEnds,
    ListingLine,
    ListingPage,
    ListingWindow,
    PriceHistory,
)
from inventui.engine.bazaar.pages import BazaarPages, open_listing
from inventui.engine.bazaar.prices import prices_of
from inventui.engine.bazaar.transfer import check_seller, find_listing, hand_over, put_up, take_home
from inventui.engine.core.catalogue_item import CatalogueItem
from inventui.engine.core.context import Look
from inventui.engine.core.item_grants import gear_room
from inventui.engine.core.ledger import Purse, purse_of
from inventui.engine.core.models import Balance
from inventui.engine.core.operation import Draft, Intent, perform
from inventui.engine.inventory.item_detail import detail_of
from inventui.engine.inventory.player_items import PlayerItemState, player_item_of
from inventui.rules.bazaar import (
    DURATION,
    LEAST_PRICE,
    ItemToList,
    ListingState,
    Shopper,
    check_delist,
    check_list,
    check_open,
    check_price,
    check_purchase,
    fee,
    unknown_listing,
)
from inventui.rules.core import lifecycle
from inventui.rules.core.categories import GEAR
from inventui.rules.core.enums import Status
from inventui.rules.core.refusal import Reason, Refusal

if TYPE_CHECKING:
    from inventui.engine.core.context import Player

PAGE = 50


_PLAYER_ITEM = Statement(
    "SELECT p.id, p.player_id, p.item_id, p.status, p.locked, p.acquired_at, p.held_until,"
    " p.durability FROM listing l JOIN player_item p ON p.id = l.player_item_id"
    " WHERE l.id = :listing",
    PlayerItemState,
)
_OF_PLAYER_ITEM = Statement(
    "SELECT id FROM listing WHERE state = 'open' AND player_item_id = :player_item", int
)
_OWNS = Statement(
    "SELECT 1 FROM holding WHERE player_id = :me AND item_id = :item AND held + escrowed > 0",
    int,
)


class Bazaar:
    """The bazaar as one player sees it."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world
        self._pages = BazaarPages(self._world, handle.id)

    def page(
        self, query: BazaarQuery, after: int | None = None, limit: int = PAGE
    ) -> ListingPage | Refusal:
        """The open listings that follow the listing `after`, or the first ones."""
        self._world.before_look(Look.BAZAAR)
        return self._pages.page(query, after, limit)

    def window(
        self, query: BazaarQuery, start: int, limit: int, anchor: tuple[int, int] | None = None
    ) -> ListingWindow:
        """The lines from place `start` on, by following the order from a known (place, id).

        In a long list, far from its ends and the anchor, those at about that place.
        """
        self._world.before_look(Look.BAZAAR)
        return self._pages.window(query, start, limit, anchor)

    def count(self, query: BazaarQuery) -> int:
        """How many listings match."""
        self._world.before_look(Look.BAZAAR)
        return self._pages.count(query)

    def detail(self, listing_id: int) -> ListingDetail | Refusal:
        """An open listing with its player item's provenance and its item's prices."""
        at = self._world.clock.now()
        with self._world.store.read() as connection:
            row = find_listing(connection, listing_id)
            if row is None:
                return unknown_listing(listing_id)
            state = ListingState(row.state)
            if state is not ListingState.OPEN:
                refusal = check_open(row.item, state, row.until, at)
                assert refusal is not None
                return refusal
            (line,) = self._pages.lines(connection, [listing_id])
            player_item = connection.execute(_PLAYER_ITEM, {"listing": listing_id}).one()
            detail = detail_of(self._world.catalogue, connection, player_item)
            item = self._world.catalogue.item(connection, row.item_id)
            prices = prices_of(connection, item, at)
        # How many the seller holds is nobody else's business.
        return ListingDetail(line, replace(detail, same_held=line.held), prices)

    def of_player_item(self, item_id: int) -> ListingLine | Refusal:
        """The open listing of one of the player's items."""
        with self._world.store.read() as connection:
            row = player_item_of(connection, self._handle.id, item_id)
            if isinstance(row, Refusal):
                return row
            number = connection.execute(_OF_PLAYER_ITEM, {"player_item": item_id}).first()
            if number is None:
                name = self._world.catalogue.item(connection, row.item_id).name
                return Refusal(Reason.NOTHING_TO_DO, f"{name} is not listed at the bazaar.")
            (line,) = self._pages.lines(connection, [number])
            return line

    def prices(self, item_slug: str) -> PriceHistory | Refusal:
        """At which prices an item went, and what is asked for it now."""
        with self._world.store.read() as connection:
            item = self._world.catalogue.find(connection, item_slug)
            if isinstance(item, Refusal):
                return item
            return prices_of(connection, item, self._world.clock.now())

    def suggest(self, item_id: int) -> PriceHistory | Refusal:
        """What to ask for one of the player's items, and why."""
        with self._world.store.read() as connection:
            row = player_item_of(connection, self._handle.id, item_id)
            if isinstance(row, Refusal):
                return row
            item = self._world.catalogue.item(connection, row.item_id)
            return prices_of(connection, item, self._world.clock.now())

    def why_not(self, item_id: int) -> Refusal | None:
        """Why one of the player's items can't be listed now, or None if it can."""
        with self._world.store.read() as connection:
            row = player_item_of(connection, self._handle.id, item_id)
            return row if isinstance(row, Refusal) else self._check(connection, row, LEAST_PRICE)

    def list(self, item_id: int, price: int, key: str | None = None) -> Listed | Refusal:
        """List a player item for so many oranges; the listing is open for 7 days."""
        refusal = check_price(price)
        if refusal is not None:
            return refusal
        intent = self._intent("list", {"item": item_id, "price": price}, key)
        return perform(self._world, intent, lambda draft: self._list(draft, item_id, price), Listed)

    def delist(self, listing_id: int, key: str | None = None) -> Delisted | Refusal:
        """Take one of the player's own open listings back."""
        intent = self._intent("delist", {"listing": listing_id}, key)
        return perform(self._world, intent, lambda draft: self._delist(draft, listing_id), Delisted)

    def buy(self, listing_id: int, key: str | None = None) -> Bought | Refusal:
        """Buy an open listing; the seller gets the price less the fee."""
        intent = self._intent("bazaar_buy", {"listing": listing_id}, key)
        return perform(self._world, intent, lambda draft: self._buy(draft, listing_id), Bought)

    def ends(self, before: int | None = None, limit: int = PAGE) -> ListingEnds:
        """The player's ended listings and purchases, the newest first; see `ends_of`."""
        with self._world.store.read() as connection:
            return ends_of(connection, self._handle.id, before, limit)

    def _intent(self, kind: str, request: dict[str, object], key: str | None) -> Intent:
        return Intent(kind, request, self._handle.id, uuid4().hex if key is None else key)

    def _check(self, connection: Connection, row: PlayerItemState, price: int) -> Refusal | None:
        item = self._world.catalogue.item(connection, row.item_id)
        player_item = ItemToList(item.name, Status(row.status), bool(row.locked), item.is_default)
        return check_list(player_item, price)

    def _list(self, draft: Draft, item_id: int, price: int) -> Listed | Refusal:
        connection, me = draft.connection, self._handle.id
        row = player_item_of(connection, me, item_id)
        if isinstance(row, Refusal):
            return row
        refusal = self._check(connection, row, price)
        if refusal is not None:
            return refusal
        name = self._world.catalogue.item(connection, row.item_id).name
        operation = draft.begin()
        number = put_up(operation, me, item_id, price)
        until = operation.at + DURATION
        return Listed(operation.id, number, item_id, name, price, fee(price), until)

    def _delist(self, draft: Draft, listing_id: int) -> Delisted | Refusal:
        row = find_listing(draft.connection, listing_id)
        if row is None:
            return unknown_listing(listing_id)
        mine = row.seller_id == self._handle.id
        refusal = check_delist(row.item, ListingState(row.state), mine=mine)
        if refusal is not None:
            return refusal
        operation = draft.begin()
        take_home(operation, [row])
        return Delisted(operation.id, listing_id, row.player_item_id, row.item)

    def _buy(self, draft: Draft, listing_id: int) -> Bought | Refusal:
        connection, me, world = draft.connection, self._handle.id, self._world
        row = find_listing(connection, listing_id)
        if row is not None and row.seller_id != me:
            # Catching up with the seller's time may end this very listing.
            draft.settle(row.seller_id)
            row = find_listing(connection, listing_id)
        if row is None:
            return unknown_listing(listing_id)
        item = world.catalogue.item(connection, row.item_id)
        purse = purse_of(connection, me)
        listing = open_listing(row, item, row.seller_id == me)
        purses = purse, purse_of(connection, row.seller_id)
        refusal = check_purchase(
            listing, self._shopper(connection, purse, item), draft.at
        ) or check_seller(connection, row, purses[1])
        if refusal is not None:
            return refusal
        operation = draft.begin()
        bought = hand_over(world, operation, row, me, self._handle.name, purses)
        return Bought(
            operation=operation.id,
            listing=listing_id,
            item_id=bought,
            name=item.name,
            rarity=item.rarity,
            category=item.category,
            price=row.price,
            fee=row.fee,
            seller=row.seller,
            balance=Balance(purse.oranges - row.price, purse.gems),
            at=operation.at,
        )

    def _shopper(self, connection: Connection, purse: Purse, item: CatalogueItem) -> Shopper:
        """The player as a buyer of one item; nothing else that they hold is read."""
        me = self._handle.id
        owns = connection.execute(_OWNS, {"me": me, "item": item.id}).first() is not None
        gear = lifecycle.GEAR_ROOM - gear_room(connection, me) if item.category in GEAR else 0
        return Shopper(purse.oranges, owns, gear)
