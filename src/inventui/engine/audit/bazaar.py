"""The bazaar, checked."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from inventui.engine.audit.check import rows
from inventui.engine.audit.economy import Economy
from inventui.rules.bazaar import BAZAAR_PERIOD

_MOVED = (
    "(SELECT max(m.operation_id) FROM move m WHERE m.player_item_id = p.id AND m.event = '{}'"
    " AND m.operation_id = {})"
)


def check_listings(connection: Connection) -> Iterator[str]:
    """A listing begins and ends with its item; a sale pays the seller, and the house its fee."""
    open_player_items: Counter[int] = Counter()
    sold: Counter[int] = Counter()
    bought: Counter[int] = Counter()
    paid: dict[tuple[int, str], list[int]] = defaultdict(list)
    economy = Economy(connection)
    for row in rows(
        connection,
        "SELECT l.*, o.at AS written, p.player_id AS owner, p.item_id AS is_item,"
        " p.status, e.at AS ended_at, n.player_id AS new_owner, n.origin_id,"
        " n.acquisition, n.price_paid,"
        f" {_MOVED.format('list', 'l.operation_id')} AS put_up,"
        f" {_MOVED.format('sell', 'l.ended_by')} AS went,"
        f" {_MOVED.format('delist', 'l.ended_by')} AS came_home FROM listing l"
        " LEFT JOIN operation o ON o.id = l.operation_id"
        " LEFT JOIN player_item p ON p.id = l.player_item_id"
        " LEFT JOIN operation e ON e.id = l.ended_by"
        " LEFT JOIN player_item n ON n.id = l.bought_id ORDER BY l.id",
    ):
        what = f"listing {row.id}"
        if (row.owner, row.is_item) != (row.seller_id, row.item_id) or row.put_up is None:
            yield f"{what} did not put up thing {row.player_item_id} of player {row.seller_id}"
        numbers = economy.at(row.operation_id)
        if not 1 <= row.price <= numbers["bazaar.most_price"]:
            yield f"{what} asks for {row.price} oranges"
        fee = max(numbers["bazaar.least_fee"], row.price * numbers["bazaar.fee_percent"] // 100)
        if row.fee != fee:
            yield f"{what} is to pay a fee of {row.fee} for {row.price} oranges, not {fee}"
        if row.at != row.written or row.until != row.at + numbers["bazaar.duration"]:
            yield f"{what} is not of the moment of its operation, or not for its time"
        if row.state == "open":
            open_player_items[row.player_item_id] += 1
        elif row.state == "sold":
            sold[row.player_item_id] += 1
            bought[row.bought_id] += 1
            paid[row.ended_by, "price"].append(row.price)
            paid[row.ended_by, "fee"].append(row.fee)
            yield from _check_sale(what, row)
        else:
            yield from _check_return(what, row)
    yield from _check_player_items(connection, open_player_items, sold, bought)
    yield from _check_payments(connection, paid)


def _check_sale(what: str, row: Any) -> Iterator[str]:
    """A sale ended the seller's row, began the buyer's, and was in time."""
    if row.status != "sold" or row.went is None:
        yield f"{what} is sold, but thing {row.player_item_id} is {row.status}"
    begun = (row.new_owner, row.origin_id, row.acquisition, row.price_paid)
    if begun != (row.buyer_id, row.player_item_id, "bazaar", row.price):
        yield f"{what} did not begin thing {row.bought_id} of player {row.buyer_id}"
    if row.buyer_id == row.seller_id:
        yield f"{what} was bought by its own seller"
    if row.ended_at >= row.until:
        yield f"{what} was bought after its time"


def _check_return(what: str, row: Any) -> Iterator[str]:
    """What nobody bought came home, by its owner or after its time."""
    if row.came_home is None:
        yield f"{what} is {row.state}, but thing {row.player_item_id} did not come home"
    if row.buyer_id is not None or row.bought_id is not None:
        yield f"{what} is {row.state}, but somebody bought it"
    if row.state == "expired" and row.ended_at < row.until:
        yield f"{what} ended before its time"


def _check_player_items(
    connection: Connection,
    open_player_items: Counter[int],
    sold: Counter[int],
    bought: Counter[int],
) -> Iterator[str]:
    """Each listed item has one open listing, each item that was bought there one that sold it."""
    listed = {
        row.id for row in rows(connection, "SELECT id FROM player_item WHERE status = 'listed'")
    }
    for player_item in listed | open_player_items.keys():
        if (player_item in listed, open_player_items[player_item]) != (True, 1):
            yield f"thing {player_item} has {open_player_items[player_item]} open listings"
    for row in rows(
        connection,
        "SELECT DISTINCT player_item_id AS id FROM move"
        " WHERE from_status = 'listed' AND event = 'sell'",
    ):
        if sold[row.id] != 1:
            yield f"thing {row.id} went from the bazaar in {sold[row.id]} sales"
    for row in rows(connection, "SELECT id FROM player_item WHERE acquisition = 'bazaar'"):
        if bought[row.id] != 1:
            yield f"thing {row.id} is said to be from the bazaar, {bought[row.id]} sales tell of it"


def _check_payments(
    connection: Connection, paid: dict[tuple[int, str], list[int]]
) -> Iterator[str]:
    """Prices and fees are the transfers that say so, between whom the listings name."""
    moved: dict[tuple[int, str], list[int]] = defaultdict(list)
    for row in rows(
        connection,
        "SELECT t.operation_id, t.amount, t.kind, f.player_id AS payer, r.player_id AS payee,"
        " r.house, (SELECT count(*) FROM listing l WHERE l.ended_by = t.operation_id"
        " AND l.state = 'sold' AND ((r.house IS NULL AND l.buyer_id = f.player_id"
        " AND l.seller_id = r.player_id AND l.price = t.amount)"
        " OR (r.house IS NOT NULL AND l.seller_id = f.player_id AND l.fee = t.amount)))"
        " AS meant FROM transfer t JOIN account f ON f.id = t.from_account_id"
        " JOIN account r ON r.id = t.to_account_id"
        " WHERE t.kind = 'bazaar' OR r.house = 'bazaar_fee'",
    ):
        if not row.meant:
            yield f"operation {row.operation_id} moved {row.amount} in the bazaar for no sale"
        moved[row.operation_id, "fee" if row.house else "price"].append(row.amount)
    for place in paid.keys() | moved.keys():
        if sorted(paid[place]) != sorted(moved[place]):
            operation, which = place
            yield (
                f"operation {operation}: sales come to a {which} of {sum(paid[place])}, "
                f"{sum(moved[place])} moved"
            )


def check_listing_counts(connection: Connection) -> Iterator[str]:
    """The counts that the bazaar's pages rely on are the numbers of listed player items."""
    counted = {
        row.item_id: row.listed
        for row in rows(
            connection,
            "SELECT item_id, count(*) AS listed FROM player_item WHERE status = 'listed'"
            " GROUP BY item_id",
        )
    }
    for row in rows(connection, "SELECT * FROM listing_count"):
        due = counted.pop(row.item_id, 0)
        if due != row.listed:
            yield f"item {row.item_id} is counted to be listed {row.listed} times, not {due}"
    for item, due in counted.items():
        yield f"item {item} is listed {due} times uncounted"


def check_bazaar_turns(connection: Connection) -> Iterator[str]:
    """A turn is had once, by an operation of its own, and not before its time."""
    seen: Counter[int] = Counter()
    for row in rows(
        connection,
        "SELECT b.id, b.number, o.kind, o.player_id, o.at FROM bazaar_turn b"
        " LEFT JOIN operation o ON o.id = b.operation_id ORDER BY b.id",
    ):
        seen[row.number] += 1
        if (row.kind, row.player_id) != ("bazaar_turn", None):
            yield f"turn {row.number} of the bazaar belongs to no operation of its own"
        elif row.at < row.number * BAZAAR_PERIOD:
            yield f"turn {row.number} of the bazaar was had before its time"
    for number, times in seen.items():
        if times > 1:
            yield f"turn {number} of the bazaar was had {times} times"
