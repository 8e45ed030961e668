"""Black market and daily gear shops, checked: what was drawn, sold and rerolled."""

import hmac
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

from inventui.engine.audit.check import rows
from inventui.engine.audit.economy import Economy
from inventui.rules.core.clock import DAY
from inventui.rules.core.enums import Rarity
from inventui.rules.market.black_market import PERIOD


def check_rotations(connection: Connection) -> Iterator[str]:
    """Each rotation is the one that the world's seed gives from the pool of its time."""
    seed = next(rows(connection, "SELECT value FROM world_setting WHERE name = 'seed'"), None)
    stalls: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for row in rows(connection, "SELECT * FROM market_stall ORDER BY id"):
        stalls[row.rotation_id].append((row.item_id, row.stock, row.discount))
        if row.price != row.full_price * (100 - row.discount) // 100:
            yield f"stall {row.id} asks {row.price}, not {row.full_price} less {row.discount} %"
    economy = Economy(connection)
    for row in rows(
        connection,
        "SELECT r.id, r.number, r.operation_id, o.outcome FROM market_rotation r"
        " LEFT JOIN operation o ON o.id = r.operation_id AND o.kind = 'rotation'",
    ):
        told = json.loads(row.outcome or "{}")
        if told.get("number") != row.number or seed is None:
            yield f"rotation {row.number} was written by no operation of its own"
        elif stalls[row.id] != _drawn(
            seed.value, row.number, told.get("pool", {}), economy.at(row.operation_id)
        ):
            yield f"rotation {row.number} differs from what the world's seed gives"


def _drawn(
    seed: str, number: int, pool: dict[str, list[int]], numbers: Mapping[str, Any]
) -> list[tuple[int, int, int]]:
    """(item, stock, discount) of each stall, drawn again from the words of the seed."""
    words = _words(seed, f"black-market:{number}")

    def below(limit: int) -> int:
        return next(word % limit for word in words if word < 2**32 // limit * limit)

    found = []
    legendary, stocks = pool.get(Rarity.LEGENDARY, []), numbers["black_market.stocks"]
    if below(100) < numbers["black_market.legendary_chance"] and legendary:
        item = legendary[below(len(legendary))]
        least, most = stocks[Rarity.LEGENDARY]
        discount = numbers["black_market.featured_discount"]
        found.append((item, least + below(most - least + 1), discount))
    counts = numbers["black_market.counts"]
    # From the rarest down, as they are drawn.
    for rarity in sorted(counts, key=lambda name: -Rarity(name).rank):
        rest = list(pool.get(rarity, []))
        fewest, most = counts[rarity]
        wanted = fewest + below(most - fewest + 1)
        items = [rest.pop(below(len(rest))) for _ in range(min(wanted, len(rest)))]
        least, most = stocks[rarity]
        found += [(item, least + below(most - least + 1), 0) for item in items]
    return found


def _words(seed: str, message: str) -> Iterator[int]:
    """The 32-bit numbers of a stream of the world's draws, without end."""
    cursor = 0
    while True:
        block = hmac.digest(seed.encode(), f"{message}:{cursor}".encode(), "sha256")
        for start in range(0, len(block), 4):
            yield int.from_bytes(block[start : start + 4], "big")
        cursor += 1


def check_stalls(connection: Connection) -> Iterator[str]:
    """A stall is counted down by its sales, each paid in full while its rotation held."""
    sold: Counter[int] = Counter()
    sales: dict[int, int] = {}
    for row in rows(
        connection,
        "SELECT s.id, s.operation_id, s.stall_id, t.item_id, t.price, r.number, o.at, o.player_id,"
        " p.item_id AS got, p.price_paid, p.player_id AS owner, p.acquisition,"
        " m.operation_id AS began FROM stall_sale s"
        " LEFT JOIN market_stall t ON t.id = s.stall_id"
        " LEFT JOIN market_rotation r ON r.id = t.rotation_id"
        " LEFT JOIN operation o ON o.id = s.operation_id"
        " LEFT JOIN player_item p ON p.id = s.player_item_id"
        " LEFT JOIN move m ON m.player_item_id = p.id AND m.version = 1",
    ):
        sold[row.stall_id] += 1
        sales[row.operation_id] = row.price
        if row.got != row.item_id or row.price_paid != row.price:
            yield f"sale {row.id} of a stall gave another thing, or for another price"
        if (row.began, row.owner, row.acquisition) != (row.operation_id, row.player_id, "purchase"):
            yield f"sale {row.id} of a stall belongs to another purchase"
        if row.number is None or row.at // PERIOD != row.number:
            yield f"sale {row.id} was made when its rotation was over"
    for row in rows(connection, "SELECT id, stock, sold FROM market_stall"):
        if row.sold != sold[row.id] or row.sold > row.stock:
            yield f"stall {row.id} shows {row.sold} of {row.stock} sold, {sold[row.id]} were"
    paid = _paid(connection, "black_market", "oranges")
    for operation in paid.keys() | sales.keys():
        if paid.get(operation) != sales.get(operation):
            yield f"operation {operation} paid the black market for what no stall sold"


def check_gear_shops(connection: Connection) -> Iterator[str]:
    """A day's shops follow each other, made for the rank of then; each reroll is paid."""
    shops = list(
        rows(
            connection,
            "SELECT g.*, o.at, o.player_id AS owner FROM gear_shop g"
            " LEFT JOIN operation o ON o.id = g.operation_id ORDER BY g.id",
        )
    )
    experience = rows(
        connection,
        "SELECT t.operation_id, t.to_balance, a.player_id FROM transfer t"
        " JOIN account a ON a.id = t.to_account_id WHERE a.currency = 'experience'"
        " AND a.player_id IN (SELECT player_id FROM gear_shop) ORDER BY t.id",
    )
    line = next(experience, None)
    held: Counter[int] = Counter()
    count: Counter[tuple[int, int]] = Counter()
    due: dict[int, int] = {}
    economy = Economy(connection)
    for row in shops:
        while line is not None and line.operation_id < row.operation_id:
            held[line.player_id] = line.to_balance
            line = next(experience, None)
        now = economy.at(row.operation_id)
        yield from _faults_of_shop(row, held[row.player_id], now)
        if row.rerolls != count[row.player_id, row.day]:
            yield f"gear shop {row.id} does not follow the last of its day"
        count[row.player_id, row.day] += 1
        if row.rerolls:
            due[row.operation_id] = now["gear_shop.first_reroll"] * 2 ** (row.rerolls - 1)
    paid = _paid(connection, "reroll", "gems")
    for operation in paid.keys() | due.keys():
        if paid.get(operation) != due.get(operation):
            yield (
                f"operation {operation} paid {paid.get(operation, 0)} gems for a reroll, "
                f"not {due.get(operation, 0)}"
            )


def _faults_of_shop(row: Any, experience: int, numbers: Mapping[str, Any]) -> Iterator[str]:
    rank = [name for name, least in numbers["ranks.ranks"] if experience >= least][-1]
    if row.rank != rank:
        yield f"gear shop {row.id} was made for a {row.rank}, its player was {rank}"
    items = json.loads(row.items)
    if len(items) != len(set(items)) or len(items) > numbers["gear_shop.sizes"].get(row.rank, 0):
        yield f"gear shop {row.id} holds {len(items)} things, or one of them twice"
    if row.owner != row.player_id or row.at // DAY != row.day:
        yield f"gear shop {row.id} was made by somebody else, or on another day"


def _paid(connection: Connection, house: str, currency: str) -> dict[int, int]:
    """What each operation paid to an account of the house."""
    return {
        row.operation_id: row.total
        for row in rows(
            connection,
            "SELECT t.operation_id, sum(t.amount) AS total FROM transfer t JOIN account a"
            f" ON a.id = t.to_account_id WHERE a.house = '{house}' AND a.currency = '{currency}'"
            " GROUP BY t.operation_id",
        )
    }
