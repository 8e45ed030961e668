"""Writes of the bazaar: put a listing up, sell it, take it back, let it expire.

Players, neighbours and time use the same four; none of them checks a rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.item_grants import Receipt, hand_on
from inventui.engine.core.ledger import Purse, room_in
from inventui.engine.core.notify import notify
from inventui.engine.core.operation import Operation
from inventui.rules.bazaar import DURATION, ListingState, fee, home_words, sold_words
from inventui.rules.core.enums import Acquisition, Event, Status, Tone
from inventui.rules.core.money import Currency, HouseAccount, check_purse
from inventui.rules.core.refusal import Refusal

if TYPE_CHECKING:
    from inventui.engine.core.context import Context

PLACE = "bazaar"
"""The room that notifications of sales lead to."""

_LISTING = (
    "SELECT l.id, l.seller_id, l.player_item_id, l.item_id, l.price, l.until, l.state,"
    " l.fee, i.name AS item, s.name AS seller, EXISTS (SELECT 1 FROM neighbour n"
    " WHERE n.player_id = l.seller_id) AS neighbour FROM listing l"
    " JOIN item i ON i.id = l.item_id JOIN player s ON s.id = l.seller_id"
)


class ListingRecord(NamedTuple):
    """A listing with its item's and its seller's names, and whether a computer plays the seller."""

    id: int
    seller_id: int
    player_item_id: int
    item_id: int
    price: int
    until: int
    state: str
    fee: int
    item: str
    seller: str
    neighbour: int


_ONE = Statement("{listing} WHERE l.id = :id", ListingRecord, listing=_LISTING)
_OVERDUE = Statement(
    "{listing} WHERE l.state = 'open' AND l.seller_id = :seller AND l.until <= :at"
    " ORDER BY l.until, l.id",
    ListingRecord,
    listing=_LISTING,
)
_NEW = Statement(
    "INSERT INTO listing (operation_id, seller_id, player_item_id, item_id, price, at, until,"
    " state, fee) SELECT :operation, :seller, id, item_id, :price, :at, :until, 'open', :fee"
    " FROM player_item WHERE id = :player_item RETURNING id",
    int,
)
_END = Statement(
    "UPDATE listing SET state = :state, ended_by = :operation, buyer_id = :buyer,"
    " bought_id = :bought WHERE id = :id"
)


def find_listing(connection: Connection, number: int) -> ListingRecord | None:
    """A listing by its number, in any state; None if no listing has it."""
    # SQLite takes no larger number, and a command may name any.
    if not 0 < number < 2**63:
        return None
    return connection.execute(_ONE, {"id": number}).first()


def overdue_listings(connection: Connection, seller: int, at: int) -> list[ListingRecord]:
    """A player's open listings whose time is up at `at`, in the order in which it ran out."""
    return connection.execute(_OVERDUE, {"seller": seller, "at": at}).all()


def put_up(operation: Operation, seller: int, player_item: int, price: int) -> int:
    """List a player item that its seller owns; the listing's number.

    The listing keeps today's fee, so a number that changes tomorrow does not change it.
    """
    operation.move([player_item], Status.OWNED, Event.LIST)
    values = {
        "operation": operation.id,
        "seller": seller,
        "player_item": player_item,
        "price": price,
        "fee": fee(price),
        "at": operation.at,
        "until": operation.at + DURATION,
    }
    return int(operation.connection.execute(_NEW, values).one())


def take_home(
    operation: Operation,
    listings: Sequence[ListingRecord],
    state: ListingState = ListingState.TAKEN_BACK,
) -> None:
    """End open listings without a sale: their player items are owned again."""
    if not listings:
        return
    operation.move([row.player_item_id for row in listings], Status.LISTED, Event.DELIST)
    operation.connection.execute_many(_END, [_ended(operation, row, state) for row in listings])


def expire_listings(
    operation: Operation, seller: int, listings: Sequence[ListingRecord]
) -> tuple[str, ...]:
    """End a player's overdue listings and notify the player; the player items' names."""
    take_home(operation, listings, ListingState.EXPIRED)
    for row in listings:
        if not row.neighbour:
            said = home_words(row.item)
            notify(operation, seller, "unsold", Tone.INFO, said, PLACE, row.player_item_id)
    return tuple(row.item for row in listings)


def check_seller(connection: Connection, listing: ListingRecord, seller: Purse) -> Refusal | None:
    """None if the seller of a listing can be paid its price."""
    room = room_in(connection, seller.accounts[Currency.ORANGES])
    return check_purse(listing.seller, listing.price, room, Currency.ORANGES)


def hand_over(
    world: Context,
    operation: Operation,
    listing: ListingRecord,
    buyer: int,
    name: str,
    purses: tuple[Purse, Purse],
) -> int:
    """Sell an open listing: player item and price change hands, the house keeps the fee.

    Args:
        world: whose house is paid.
        operation: the buyer's, under way.
        listing: what is sold.
        buyer: the buyer's number.
        name: the buyer's name.
        purses: the buyer's and the seller's.

    Returns:
        The number of the buyer's new player item.
    """
    oranges, price = Currency.ORANGES, listing.price
    mine, theirs = (purse.accounts[oranges] for purse in purses)
    house = world.house[HouseAccount.BAZAAR_FEE, oranges]
    kept = listing.fee
    operation.move([listing.player_item_id], Status.LISTED, Event.SELL)
    bought = hand_on(
        operation.connection,
        operation,
        Receipt(buyer, Acquisition.BAZAAR, price, listing.seller),
        listing.player_item_id,
        Event.ACQUIRE,
    )
    operation.transfer("bazaar", oranges, price, mine, theirs)
    operation.transfer(HouseAccount.BAZAAR_FEE, oranges, kept, theirs, house)
    operation.connection.execute(
        _END, _ended(operation, listing, ListingState.SOLD, buyer=buyer, bought=bought)
    )
    if not listing.neighbour:
        said = sold_words(name, listing.item, price, kept)
        player_item = listing.player_item_id
        notify(operation, listing.seller_id, "sold", Tone.SUCCESS, said, PLACE, player_item)
    return bought


def _ended(
    operation: Operation,
    listing: ListingRecord,
    state: ListingState,
    *,
    buyer: int | None = None,
    bought: int | None = None,
) -> Mapping[str, object]:
    return {
        "id": listing.id,
        "state": str(state),
        "operation": operation.id,
        "buyer": buyer,
        "bought": bought,
    }
