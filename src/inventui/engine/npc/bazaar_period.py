"""Turns of the bazaar: in each 6-hour period the neighbours buy, list and offer trades.

A turn is an operation of the world, had once, whoever looks first, at the moment when its
period began. What
persons and neighbours earned, paid and lost before that moment is settled first, so it
makes no difference how late, and in how many pieces, turns are made up for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.bazaar.pages import shopper, ware_of
from inventui.engine.bazaar.transfer import (
    come_home,
    hand_over,
    listing_row,
    overdue_listings,
    put_up,
)
from inventui.engine.core.customer import customer
from inventui.engine.core.item_grants import Receipt, receive_items
from inventui.engine.core.lazy_init import first_look
from inventui.engine.core.ledger import purse_of
from inventui.engine.core.operation import Intent, Operation
from inventui.engine.core.settings import neighbours_away
from inventui.engine.npc.move_in import settle_neighbour
from inventui.engine.npc.trade_offers import offer_trade, trade_calls, trader_of
from inventui.engine.trades.notify import expire_trades
from inventui.engine.trades.state import overdue_trades
from inventui.rules.bazaar import check_purchase, resale
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Acquisition, Rarity
from inventui.rules.npc.bazaar_period import (
    MOST_LISTED,
    Good,
    NeighbourWare,
    Trader,
    pick_listing,
    pick_purchase,
)

if TYPE_CHECKING:
    from inventui.engine.core.context import Context

_NEW = Statement("INSERT INTO bazaar_turn (operation_id, number) VALUES (:operation, :number)")


class _TraderRow(NamedTuple):
    slug: str
    details: str
    id: int
    name: str


_TRADERS = Statement(
    "SELECT n.slug, n.details, p.id, p.name FROM neighbour n JOIN player p ON p.id = n.player_id"
    " WHERE n.active ORDER BY n.slug",
    _TraderRow,
)


class _GoodRow(NamedTuple):
    id: int
    item_id: int
    price: int
    seller_id: int


_GOODS = Statement(
    "SELECT l.id, l.item_id, l.price, l.seller_id FROM listing l INDEXED BY listing_open"
    " WHERE l.state = 'open' AND l.at < :at AND l.until > :at AND NOT EXISTS"
    " (SELECT 1 FROM neighbour n WHERE n.player_id = l.seller_id) ORDER BY l.id DESC LIMIT :most",
    _GoodRow,
)


class _WareRow(NamedTuple):
    slug: str
    category: str
    rarity: str
    value: int
    price_oranges: int
    price_gems: int


_WARES = Statement(
    "SELECT slug, category, rarity, value, price_oranges, price_gems FROM item WHERE active"
    " AND category NOT IN ('weapon', 'armor', 'business', 'housing', 'bundle')"
    " AND (value > 0 OR price_oranges > 0) AND json_extract(details, '$.stock_limit') IS NULL"
    " AND json_extract(details, '$.available_from') IS NULL"
    " AND json_extract(details, '$.available_until') IS NULL"
    " AND NOT coalesce(json_extract(details, '$.default'), 0) ORDER BY slug",
    _WareRow,
)


class _PriceRow(NamedTuple):
    price_oranges: int
    price_gems: int


_PRICES = Statement("SELECT price_oranges, price_gems FROM item WHERE id = :item", _PriceRow)
_LISTED = Statement(
    "SELECT count(*) FROM listing WHERE seller_id = :seller AND state = 'open'", int
)

MOST_GOODS = 500
"""How many of the newest listings neighbours look at."""

SOURCE = "the market"
"""Where what neighbours bring comes from."""


def run_period(
    world: Context, connection: Connection, number: int, at: int, *, first: bool
) -> None:
    """Let the neighbours buy and list, as an operation of the world.

    Args:
        world: where.
        connection: a write transaction in which no operation is under way.
        number: the turn's.
        at: when it is had.
        first: whether it is the bazaar's first: then each of them lists something.
    """
    away = neighbours_away(connection)
    traders = [] if away else connection.execute(_TRADERS).all()
    goods = connection.execute(_GOODS, {"at": at, "most": MOST_GOODS}).all() if traders else []
    calls = trade_calls(world, connection, number, at, traders)
    if goods or calls:
        for person in sorted({row.seller_id for row in goods} | calls.keys()):
            world.settle(connection, person, at)
        for trader in traders:
            settle_neighbour(world, connection, trader.id, at)
        # What ran out, or was robbed, until then changes what can be bought.
        goods = connection.execute(_GOODS, {"at": at, "most": MOST_GOODS}).all()
    intent = Intent("bazaar_turn", {"number": number}, None, f"bazaar:{number}")

    def write(operation: Operation) -> Mapping[str, object]:
        connection.execute(_NEW, {"operation": operation.id, "number": number})
        wares = _wares(connection) if traders else []
        sold, listed = [], []
        for row in traders:
            trader = trader_of(row)
            come_home(operation, row.id, overdue_listings(connection, row.id, at))
            expire_trades(world, operation, overdue_trades(connection, row.id, at))
            sold += _buy(world, operation, number, trader, row, goods)
            listed += _list(world, operation, number, trader, row.id, wares, first)
        offered = [
            trade
            for person, row in calls.items()
            for trade in offer_trade(world, operation, number, person, row)
        ]
        return {"number": number, "sold": sold, "listed": listed, "offered": offered}

    first_look(world, connection, at, intent, write)


def _buy(
    world: Context,
    operation: Operation,
    number: int,
    trader: Trader,
    row: Any,
    goods: Sequence[Any],
) -> list[int]:
    """Let a neighbour buy what it likes best; the listing's number, if any."""
    connection = operation.connection
    if not goods:
        return []
    buying = customer(world.catalogue, connection, row.id)
    offered = []
    for good in goods:
        listing = listing_row(connection, good.id)
        item = world.catalogue.item(connection, good.item_id)
        may = shopper(buying, item)
        if check_purchase(ware_of(listing, item, False), may, operation.at) is not None:
            continue
        price = connection.execute(_PRICES, {"item": item.id}).one()
        worth = resale(item.value, price.price_oranges, price.price_gems)
        offered.append(Good(good.id, item.category, item.rarity, worth, good.price))
    chosen = pick_purchase(world.seed, number, trader, buying.purse.oranges, offered)
    if chosen is None:
        return []
    listing = listing_row(connection, chosen)
    purses = buying.purse, purse_of(connection, listing.seller_id)
    hand_over(world, operation, listing, row.id, row.name, purses)
    return [chosen]


def _list(
    world: Context,
    operation: Operation,
    number: int,
    trader: Trader,
    player: int,
    wares: Sequence[NeighbourWare],
    first: bool,
) -> list[int]:
    """Let a neighbour bring something and list it; the listing's number, if any."""
    connection = operation.connection
    if connection.execute(_LISTED, {"seller": player}).one() >= MOST_LISTED:
        return []
    chosen = pick_listing(world.seed, number, trader, wares, sure=first)
    if chosen is None:
        return []
    slug, price = chosen
    item = world.catalogue.by_slug(connection, slug)
    receipt = Receipt(player, Acquisition.STARTER, 0, SOURCE)
    (player_item,) = receive_items(connection, operation, receipt, [item])
    return [put_up(operation, player, player_item, price)]


def _wares(connection: Connection) -> list[NeighbourWare]:
    return [
        NeighbourWare(
            row.slug,
            Category(row.category),
            Rarity(row.rarity),
            row.value or row.price_oranges,
        )
        for row in connection.execute(_WARES)
    ]
