"""The bazaar, checked."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from inventui.db.tables.bazaar import BazaarTurnRow, ListingBlockRow, ListingCountRow, ListingRow
from inventui.db.tables.journal import MoveRow, OperationRow, PlayerItemRow, TransferRow
from inventui.db.tables.select import maybe, select, value
from inventui.engine.audit.audited_numbers import economy_of
from inventui.engine.audit.check import (
    PAYEE,
    begun_at,
    columns_of,
    moved_in,
    payments,
    records,
    rows,
    set_backs,
)
from inventui.rules.bazaar import BAZAAR_PERIOD
from inventui.rules.core.counters import BLOCK

_Sums = dict[tuple[int, str], list[int]]
"""The prices, or the fees, of the sales of an operation."""


_END = aliased(OperationRow)
_BOUGHT = aliased(PlayerItemRow)


class _Listing(NamedTuple):
    id: int = ListingRow.id
    operation_id: int = ListingRow.operation_id
    seller_id: int = ListingRow.seller_id
    player_item_id: int = ListingRow.player_item_id
    item_id: int = ListingRow.item_id
    price: int = ListingRow.price
    at: int = ListingRow.at
    until: int = ListingRow.until
    state: str = ListingRow.state
    ended_by: int | None = ListingRow.ended_by
    buyer_id: int | None = ListingRow.buyer_id
    bought_id: int | None = ListingRow.bought_id
    fee: int = ListingRow.fee
    written: int | None = maybe(OperationRow.at)
    ended_at: int | None = maybe(_END.at)
    owner: int | None = maybe(PlayerItemRow.player_id)
    is_item: int | None = maybe(PlayerItemRow.item_id)
    status: str | None = PlayerItemRow.status
    new_owner: int | None = maybe(_BOUGHT.player_id)
    origin_id: int | None = _BOUGHT.origin_id
    acquisition: str | None = maybe(_BOUGHT.acquisition)
    price_paid: int | None = maybe(_BOUGHT.price_paid)
    put_up: bool = moved_in("list", ListingRow.player_item_id, ListingRow.operation_id)
    went: bool = moved_in("sell", ListingRow.player_item_id, ListingRow.ended_by)
    came_home: bool = moved_in("delist", ListingRow.player_item_id, ListingRow.ended_by)


_LISTINGS = (
    columns_of(_Listing)
    .select_from(ListingRow)
    .outerjoin(OperationRow, col(OperationRow.id) == ListingRow.operation_id)
    .outerjoin(_END, col(_END.id) == ListingRow.ended_by)
    .outerjoin(PlayerItemRow, col(PlayerItemRow.id) == ListingRow.player_item_id)
    .outerjoin(_BOUGHT, col(_BOUGHT.id) == ListingRow.bought_id)
    .order_by(col(ListingRow.id))
)


def check_listings(connection: Connection) -> Iterator[str]:
    """A listing begins and ends with its item; a sale pays the seller, and the house its fee."""
    open_player_items: Counter[int] = Counter()
    sold: Counter[int] = Counter()
    bought: Counter[int] = Counter()
    sales: list[_Listing] = []
    economy, backs = economy_of(connection), set_backs(connection)
    for listing in records(connection, _Listing, _LISTINGS):
        what = f"listing {listing.id}"
        item = (listing.owner, listing.is_item)
        if item != (listing.seller_id, listing.item_id) or not listing.put_up:
            yield (
                f"{what} did not put up thing {listing.player_item_id} "
                f"of player {listing.seller_id}"
            )
        numbers = economy.at(listing.operation_id)
        if not 1 <= listing.price <= numbers["bazaar.most_price"]:
            yield f"{what} asks for {listing.price} oranges"
        fee = max(numbers["bazaar.least_fee"], listing.price * numbers["bazaar.fee_percent"] // 100)
        if listing.fee != fee:
            yield (
                f"{what} is to pay a fee of {listing.fee} for {listing.price} oranges, not {fee}"
            )
        begun = begun_at(backs, listing.operation_id, listing.written, listing.ended_by)
        if (listing.at, listing.until) != (begun, listing.at + numbers["bazaar.duration"]):
            yield f"{what} is not of the moment of its operation, or not for its time"
        if listing.state == "open":
            open_player_items[listing.player_item_id] += 1
        elif listing.state == "sold":
            sold[listing.player_item_id] += 1
            if listing.bought_id is not None:
                bought[listing.bought_id] += 1
            sales.append(listing)
            yield from _check_sale(what, listing)
        else:
            yield from _check_return(what, listing)
    yield from _check_player_items(connection, open_player_items, sold, bought)
    yield from _check_payments(connection, sales)


def _check_sale(what: str, listing: _Listing) -> Iterator[str]:
    """A sale ended the seller's row, began the buyer's, and was in time."""
    if listing.status != "sold" or not listing.went:
        yield f"{what} is sold, but thing {listing.player_item_id} is {listing.status}"
    begun = (listing.new_owner, listing.origin_id, listing.acquisition, listing.price_paid)
    if begun != (listing.buyer_id, listing.player_item_id, "bazaar", listing.price):
        yield f"{what} did not begin thing {listing.bought_id} of player {listing.buyer_id}"
    if listing.buyer_id == listing.seller_id:
        yield f"{what} was bought by its own seller"
    if listing.ended_at is None or listing.ended_at >= listing.until:
        yield f"{what} was bought after its time"


def _check_return(what: str, listing: _Listing) -> Iterator[str]:
    """What nobody bought came home, by its owner or after its time."""
    if not listing.came_home:
        yield f"{what} is {listing.state}, but thing {listing.player_item_id} did not come home"
    if listing.buyer_id is not None or listing.bought_id is not None:
        yield f"{what} is {listing.state}, but somebody bought it"
    if listing.state == "expired" and (listing.ended_at or 0) < listing.until:
        yield f"{what} ended before its time"


def _check_player_items(
    connection: Connection,
    open_player_items: Counter[int],
    sold: Counter[int],
    bought: Counter[int],
) -> Iterator[str]:
    """Each listed item has one open listing, each item that was bought there one that sold it."""
    listed = {
        player_item
        for (player_item,) in rows(
            connection, select(PlayerItemRow.id).where(PlayerItemRow.status == "listed")
        )
    }
    for player_item in listed | open_player_items.keys():
        if (player_item in listed, open_player_items[player_item]) != (True, 1):
            yield f"thing {player_item} has {open_player_items[player_item]} open listings"
    for (player_item,) in rows(
        connection,
        select(MoveRow.player_item_id)
        .where(MoveRow.from_status == "listed", MoveRow.event == "sell")
        .distinct(),
    ):
        if sold[player_item] != 1:
            yield f"thing {player_item} went from the bazaar in {sold[player_item]} sales"
    for (player_item,) in rows(
        connection, select(PlayerItemRow.id).where(PlayerItemRow.acquisition == "bazaar")
    ):
        if bought[player_item] != 1:
            yield (
                f"thing {player_item} is said to be from the bazaar, "
                f"{bought[player_item]} sales tell of it"
            )


def _check_payments(connection: Connection, sales: list[_Listing]) -> Iterator[str]:
    """Prices and fees are the transfers that say so, between whom the listings name."""
    paid: _Sums = defaultdict(list)
    meant: set[tuple[int, int | None, int | None, int]] = set()
    for sale in sales:
        if sale.ended_by is None:
            continue
        paid[sale.ended_by, "price"].append(sale.price)
        paid[sale.ended_by, "fee"].append(sale.fee)
        meant.add((sale.ended_by, sale.buyer_id, sale.seller_id, sale.price))
        meant.add((sale.ended_by, sale.seller_id, None, sale.fee))
    moved: _Sums = defaultdict(list)
    for line in payments(
        connection, or_(col(TransferRow.kind) == "bazaar", col(PAYEE.house) == "bazaar_fee")
    ):
        if (line.operation_id, line.payer, line.payee, line.amount) not in meant:
            yield f"operation {line.operation_id} moved {line.amount} in the bazaar for no sale"
        moved[line.operation_id, "fee" if line.payee_house else "price"].append(line.amount)
    for place in paid.keys() | moved.keys():
        if sorted(paid[place]) != sorted(moved[place]):
            operation, which = place
            yield (
                f"operation {operation}: sales come to a {which} of {sum(paid[place])}, "
                f"{sum(moved[place])} moved"
            )


def check_listing_counts(connection: Connection) -> Iterator[str]:
    """The counts that the bazaar's pages rely on are the numbers of listed player items."""
    counted: dict[int, int] = dict(
        rows(
            connection,
            select(PlayerItemRow.item_id, value(func.count()))
            .where(PlayerItemRow.status == "listed")
            .group_by(col(PlayerItemRow.item_id)),
        )
    )
    sold: dict[int, int] = dict(
        rows(
            connection,
            select(ListingRow.item_id, value(func.count()))
            .where(ListingRow.state == "sold")
            .group_by(col(ListingRow.item_id)),
        )
    )
    for item, listed, number in rows(
        connection,
        select(ListingCountRow.item_id, ListingCountRow.listed, ListingCountRow.sold),
    ):
        due = counted.pop(item, 0)
        if due != listed:
            yield f"item {item} is counted to be listed {listed} times, not {due}"
        if sold.get(item, 0) != number:
            yield f"item {item} is counted to be sold {number} times, not {sold.get(item, 0)}"
    for item, due in counted.items():
        yield f"item {item} is listed {due} times uncounted"
    block = col(ListingRow.id) // BLOCK
    blocks: dict[int, int] = dict(
        rows(
            connection,
            select(value(block), value(func.count()))
            .where(ListingRow.state == "open")
            .group_by(block),
        )
    )
    for place, listed in rows(connection, select(ListingBlockRow.block, ListingBlockRow.listed)):
        due = blocks.pop(place, 0)
        if due != listed:
            yield f"block {place} of listings is counted to have {listed} open, not {due}"
    for place, due in blocks.items():
        yield f"block {place} of listings has {due} open uncounted"


def check_bazaar_turns(connection: Connection) -> Iterator[str]:
    """A period is had once, by an operation of its own, and not before its time."""
    seen: Counter[int] = Counter()
    for number, kind, player, at in rows(
        connection,
        select(
            BazaarTurnRow.number,
            maybe(OperationRow.kind),
            OperationRow.player_id,
            maybe(OperationRow.at),
        )
        .select_from(BazaarTurnRow)
        .outerjoin(OperationRow, col(OperationRow.id) == BazaarTurnRow.operation_id)
        .order_by(col(BazaarTurnRow.id)),
    ):
        seen[number] += 1
        if (kind, player) != ("bazaar_turn", None) or at is None:
            yield f"turn {number} of the bazaar belongs to no operation of its own"
        elif at < number * BAZAAR_PERIOD:
            yield f"turn {number} of the bazaar was had before its time"
    for number, times in seen.items():
        if times > 1:
            yield f"turn {number} of the bazaar was had {times} times"
