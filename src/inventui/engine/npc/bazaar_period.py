"""A period of the bazaar: what the neighbours buy, list and offer in it.

Each 6-hour period is one operation of the world, written once, whoever looks first, at the
moment when it began. The time of every person and neighbour concerned is caught up with up to
that moment first, so it makes no difference how late, or in how many pieces, periods are run
(`test_it_makes_no_difference_when_and_how_often_one_looks`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.bazaar.pages import open_listing, shopper
from inventui.engine.bazaar.prices import shop_price
from inventui.engine.bazaar.transfer import (
    check_seller,
    expire_listings,
    find_listing,
    hand_over,
    overdue_listings,
    put_up,
)
from inventui.engine.core.buyers import visitor
from inventui.engine.core.item_grants import Receipt, receive_items
from inventui.engine.core.lazy_init import first_look
from inventui.engine.core.ledger import purse_of
from inventui.engine.core.operation import Intent, Operation
from inventui.engine.core.settings import neighbours_away
from inventui.engine.npc.move_in import settle_neighbour
from inventui.engine.npc.trade_offers import Neighbour, offer_trade, trade_proposers
from inventui.engine.trades.notify import expire_trades
from inventui.engine.trades.state import overdue_trades
from inventui.rules.bazaar import check_purchase, resale
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Acquisition, Rarity
from inventui.rules.npc import bazaar_period
from inventui.rules.npc.bazaar_period import PricedItem, PricedListing, pick_listing, pick_purchase

if TYPE_CHECKING:
    from inventui.engine.core.context import Context

_NEW = Statement("INSERT INTO bazaar_turn (operation_id, number) VALUES (:operation, :number)")


_NEIGHBOURS = Statement(
    "SELECT n.slug, n.details, p.id, p.name FROM neighbour n"
    " CROSS JOIN player p ON p.id = n.player_id"
    " WHERE n.active = 1 ORDER BY n.slug",
    Neighbour,
)


class _PersonListing(NamedTuple):
    id: int
    item_id: int
    price: int
    seller_id: int


_PERSONS_LISTINGS = Statement(
    "SELECT l.id, l.item_id, l.price, l.seller_id FROM listing l INDEXED BY listing_open"
    " WHERE l.state = 'open' AND l.at < :at AND l.until > :at AND NOT EXISTS"
    " (SELECT 1 FROM neighbour n WHERE n.player_id = l.seller_id) ORDER BY l.id DESC LIMIT :most",
    _PersonListing,
)


class _Supply(NamedTuple):
    slug: str
    category: str
    rarity: str
    value: int
    price_oranges: int


_SUPPLY = Statement(
    "SELECT slug, category, rarity, value, price_oranges FROM item WHERE active = 1"
    " AND category NOT IN ('weapon', 'armor', 'business', 'housing', 'bundle')"
    " AND (value > 0 OR price_oranges > 0) AND json_extract(details, '$.stock_limit') IS NULL"
    " AND json_extract(details, '$.available_from') IS NULL"
    " AND json_extract(details, '$.available_until') IS NULL"
    " AND coalesce(CAST(json_extract(details, '$.default') AS BIGINT), 0) = 0 ORDER BY slug",
    _Supply,
)
_LISTED = Statement(
    "SELECT count(*) FROM listing WHERE seller_id = :seller AND state = 'open'", int
)

MOST_LISTINGS = 500
"""How many of the newest listings of persons neighbours look at."""

SOURCE = "the market"
"""What the provenance of a neighbour's goods names."""


def run_period(
    world: Context, connection: Connection, number: int, at: int, *, first: bool
) -> None:
    """Run a period of the bazaar as an operation of the world.

    Args:
        world: where.
        connection: a write transaction in which no operation is under way.
        number: the period's.
        at: when it happens.
        first: whether it is the bazaar's first: then every neighbour lists an item.
    """
    away = neighbours_away(connection)
    neighbours = [] if away else connection.execute(_NEIGHBOURS).all()
    asked = {"at": at, "most": MOST_LISTINGS}
    listings = connection.execute(_PERSONS_LISTINGS, asked).all() if neighbours else []
    proposers = trade_proposers(world, connection, number, at, neighbours)
    if listings or proposers:
        for person in sorted({row.seller_id for row in listings} | proposers.keys()):
            world.settle(connection, person, at, False)
        for neighbour in neighbours:
            settle_neighbour(world, connection, neighbour.id, at)
        # What ran out, or was robbed, until then changes what can be bought.
        listings = connection.execute(_PERSONS_LISTINGS, asked).all()
    intent = Intent("bazaar_turn", {"number": number}, None, f"bazaar:{number}")

    def write(operation: Operation) -> Mapping[str, object]:
        connection.execute(_NEW, {"operation": operation.id, "number": number})
        supply = _supply(connection) if neighbours else []
        sold, listed = [], []
        for neighbour in neighbours:
            player = neighbour.id
            expire_listings(operation, player, overdue_listings(connection, player, at))
            expire_trades(world, operation, overdue_trades(connection, player, at))
            sold += _buy(world, operation, number, neighbour, listings)
            listed += _list(world, operation, number, neighbour, supply, first)
        offered = [
            trade
            for person, neighbour in proposers.items()
            for trade in offer_trade(world, operation, number, person, neighbour)
        ]
        return {"number": number, "sold": sold, "listed": listed, "offered": offered}

    first_look(world, connection, at, intent, write)


def _buy(
    world: Context,
    operation: Operation,
    number: int,
    neighbour: Neighbour,
    listings: Sequence[_PersonListing],
) -> list[int]:
    """Let a neighbour buy the best bargain; the listing's number, if it bought any."""
    connection = operation.connection
    if not listings:
        return []
    buying = visitor(connection, neighbour.id)
    offered, found = [], {}
    for row in listings:
        # Read again: a neighbour before this one may have bought it in this very period.
        listing = find_listing(connection, row.id)
        assert listing is not None
        item = world.catalogue.item(connection, row.item_id)
        may = shopper(buying, item)
        seller = purse_of(connection, row.seller_id)
        refusal = check_purchase(open_listing(listing, item, False), may, operation.at)
        if (refusal or check_seller(connection, listing, seller)) is not None:
            continue
        worth = resale(item.value, *shop_price(connection, item))
        offered.append(PricedListing(row.id, item.category, item.rarity, worth, row.price))
        found[row.id] = listing
    trader = neighbour.trader
    chosen = pick_purchase(world.seed, number, trader, buying.purse.oranges, offered)
    if chosen is None:
        return []
    purses = buying.purse, purse_of(connection, found[chosen].seller_id)
    hand_over(world, operation, found[chosen], neighbour.id, neighbour.name, purses)
    return [chosen]


def _list(
    world: Context,
    operation: Operation,
    number: int,
    neighbour: Neighbour,
    supply: Sequence[PricedItem],
    first: bool,
) -> list[int]:
    """Let a neighbour get an item and list it; the listing's number, if it listed any."""
    connection, player = operation.connection, neighbour.id
    if connection.execute(_LISTED, {"seller": player}).one() >= bazaar_period.MOST_LISTED:
        return []
    chosen = pick_listing(world.seed, number, neighbour.trader, supply, sure=first)
    if chosen is None:
        return []
    slug, price = chosen
    item = world.catalogue.by_slug(connection, slug)
    receipt = Receipt(player, Acquisition.STARTER, 0, SOURCE)
    (player_item,) = receive_items(connection, operation, receipt, [item])
    return [put_up(operation, player, player_item, price)]


def _supply(connection: Connection) -> list[PricedItem]:
    return [
        PricedItem(
            row.slug,
            Category(row.category),
            Rarity(row.rarity),
            row.value or row.price_oranges,
        )
        for row in connection.execute(_SUPPLY)
    ]
