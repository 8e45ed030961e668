"""Bazaar: listing items at a price, buying at once, taking back, and what became of it all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.bazaar.models import (
    BazaarQuery,
    Bought,
    Delisted,
    Listed,
    ListingDetail,
    ListingEnd,
    ListingEnds,
    ListingLine,
    ListingPage,
    PriceHistory,
)
from inventui.engine.bazaar.pages import BazaarPages, ware_of
from inventui.engine.bazaar.prices import prices_of
from inventui.engine.bazaar.transfer import hand_over, listing_row, put_up, take_home
from inventui.engine.core.catalogue import CatalogueItem
from inventui.engine.core.item_grants import gear_room
from inventui.engine.core.ledger import Purse, purse_of
from inventui.engine.core.models import Balance
from inventui.engine.core.operation import Draft, Intent, perform
from inventui.engine.inventory.inventory import player_item_of
from inventui.engine.inventory.item_detail import detail_of
from inventui.rules.bazaar import (
    DURATION,
    LEAST_PRICE,
    Asked,
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
from inventui.rules.core.categories import GEAR
from inventui.rules.core.enums import Rarity, Status
from inventui.rules.core.lifecycle import GEAR_ROOM
from inventui.rules.core.refusal import Reason, Refusal

if TYPE_CHECKING:
    from inventui.engine.core.context import Player

PAGE = 50
MOST_ON_A_PAGE = 1_000


class _PlayerItemRow(NamedTuple):
    id: int
    item_id: int
    status: str
    locked: int
    acquired_at: int
    held_until: int | None
    durability: int | None


_PLAYER_ITEM = Statement(
    "SELECT p.id, p.item_id, p.status, p.locked, p.acquired_at, p.held_until, p.durability"
    " FROM listing l JOIN player_item p ON p.id = l.player_item_id WHERE l.id = :listing",
    _PlayerItemRow,
)
_OF_PLAYER_ITEM = Statement(
    "SELECT id FROM listing WHERE state = 'open' AND player_item_id = :player_item", int
)
_OWNS = Statement(
    "SELECT 1 FROM holding WHERE player_id = :me AND item_id = :item AND held + escrowed > 0",
    int,
)
_ENDED_BY = Statement("SELECT ended_by FROM listing WHERE id = :id", int)


class _EndRow(NamedTuple):
    ended_by: int
    id: int
    bought: int


_ENDS = Statement(
    "SELECT ended_by, id, 0 AS bought FROM listing INDEXED BY listing_of_seller"
    " WHERE seller_id = :me {before} UNION ALL"
    " SELECT ended_by, id, 1 AS bought FROM listing INDEXED BY listing_of_buyer"
    " WHERE state = 'sold' AND buyer_id = :me {before} ORDER BY 1 DESC, 2 DESC LIMIT :limit",
    _EndRow,
    before="AND ended_by <= :operation AND (ended_by < :operation OR id < :before)",
)


class _EndRow2(NamedTuple):
    id: int
    name: str
    rarity: str
    state: str
    price: int
    fee: int
    seller: str
    buyer: str | None
    at: int


_END = Statement(
    "SELECT l.id, i.name, i.rarity, l.state, l.price,"
    " CASE WHEN l.state = 'sold' THEN l.fee ELSE 0 END AS fee, s.name AS seller, b.name AS buyer,"
    " o.at FROM listing l JOIN item i ON i.id = l.item_id JOIN player s ON s.id = l.seller_id"
    " JOIN operation o ON o.id = l.ended_by LEFT JOIN player b ON b.id = l.buyer_id"
    " WHERE l.id = :id",
    _EndRow2,
)


class _SumRow(NamedTuple):
    sold: int
    earned: int
    fees: int


_SUMS = Statement(
    "SELECT count(*) AS sold, coalesce(sum(price - fee), 0) AS earned,"
    " coalesce(sum(fee), 0) AS fees FROM listing INDEXED BY listing_sold"
    " WHERE state = 'sold' AND seller_id = :me",
    _SumRow,
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
        self._world.hooks.visit_bazaar(self._world)
        return self._pages.page(query, after, limit)

    def window(
        self, query: BazaarQuery, start: int, limit: int, anchor: tuple[int, int] | None = None
    ) -> tuple[ListingLine, ...]:
        """The lines from place `start` on; a known (place, id) near it makes that quick."""
        self._world.hooks.visit_bazaar(self._world)
        return self._pages.window(query, start, limit, anchor)

    def count(self, query: BazaarQuery) -> int:
        """How many listings match."""
        self._world.hooks.visit_bazaar(self._world)
        return self._pages.count(query)

    def detail(self, listing_id: int) -> ListingDetail | Refusal:
        """An open listing with its player item's provenance and its item's prices."""
        at = self._world.clock.now()
        with self._world.store.read() as connection:
            row = listing_row(connection, listing_id)
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
        """Put a player item up for so many oranges; it stands for 7 days."""
        refusal = check_price(price)
        if refusal is not None:
            return refusal
        intent = self._intent("list", {"item": item_id, "price": price}, key)
        return perform(self._world, intent, lambda draft: self._list(draft, item_id, price), Listed)

    def delist(self, listing_id: int, key: str | None = None) -> Delisted | Refusal:
        """Take a player item back that nobody bought yet."""
        intent = self._intent("delist", {"listing": listing_id}, key)
        return perform(self._world, intent, lambda draft: self._delist(draft, listing_id), Delisted)

    def buy(self, listing_id: int, key: str | None = None) -> Bought | Refusal:
        """Buy what is listed: it is in the inventory at once, the money with the seller."""
        intent = self._intent("bazaar_buy", {"listing": listing_id}, key)
        return perform(self._world, intent, lambda draft: self._buy(draft, listing_id), Bought)

    def ends(self, before: int | None = None, limit: int = PAGE) -> ListingEnds:
        """What became of the player's listings, and what they bought, the newest first.

        Args:
            before: goes on after a page: what it gave as `next`.
            limit: most lines, 1 to 1,000.
        """
        limit, me = max(1, min(limit, MOST_ON_A_PAGE)), self._handle.id
        asked: dict[str, Any] = {"me": me, "operation": 2**63 - 1, "before": 0, "limit": limit + 1}
        with self._world.store.read() as connection:
            if before is not None:
                number = before if 0 < before < 2**63 else 0
                found = connection.execute(_ENDED_BY, {"id": number}).first()
                asked |= {"operation": found or 0, "before": number}
            rows = connection.execute(_ENDS, asked).all()
            lines = tuple(
                _end(connection.execute(_END, {"id": row.id}).one(), bought=bool(row.bought))
                for row in rows[:limit]
            )
            sums = connection.execute(_SUMS, {"me": me}).one()
        more = lines[-1].id if len(rows) > limit else None
        return ListingEnds(lines, sums.sold, sums.earned, sums.fees, more)

    def _intent(self, kind: str, request: dict[str, object], key: str | None) -> Intent:
        return Intent(kind, request, self._handle.id, uuid4().hex if key is None else key)

    def _check(self, connection: Connection, row: Any, price: int) -> Refusal | None:
        item = self._world.catalogue.item(connection, row.item_id)
        player_item = Asked(item.name, Status(row.status), bool(row.locked), item.is_default)
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
        row = listing_row(draft.connection, listing_id)
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
        row = listing_row(connection, listing_id)
        if row is None:
            return unknown_listing(listing_id)
        if row.seller_id != me:
            draft.settle(row.seller_id)
            row = listing_row(connection, listing_id)
        item = world.catalogue.item(connection, row.item_id)
        purse = purse_of(connection, me)
        ware = ware_of(row, item, row.seller_id == me)
        refusal = check_purchase(ware, self._shopper(connection, purse, item), draft.at)
        if refusal is not None:
            return refusal
        purses = purse, purse_of(connection, row.seller_id)
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
        """What is asked of a buyer of one item; nothing else that they hold is read."""
        me = self._handle.id
        owns = connection.execute(_OWNS, {"me": me, "item": item.id}).first() is not None
        gear = GEAR_ROOM - gear_room(connection, me) if item.category in GEAR else 0
        return Shopper(purse.oranges, owns, gear)


def _end(row: Any, *, bought: bool) -> ListingEnd:
    return ListingEnd(
        id=row.id,
        name=row.name,
        rarity=Rarity(row.rarity),
        state=ListingState(row.state),
        price=row.price,
        fee=row.fee,
        other=(row.seller if bought else row.buyer) or "",
        bought=bought,
        at=row.at,
    )
