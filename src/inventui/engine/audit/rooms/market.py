"""Black market and daily gear shops, checked: what was drawn, sold and rerolled."""

import hmac
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeGuard

from sqlalchemy import Connection, and_
from sqlmodel import col

from inventui.db.tables.catalogue import WorldSettingRow
from inventui.db.tables.journal import OperationRow, PlayerItemRow, TransferRow
from inventui.db.tables.market import (
    GearShopRow,
    MarketRotationRow,
    MarketStallRow,
    StallSaleRow,
)
from inventui.db.tables.players import AccountRow
from inventui.db.tables.select import maybe, select
from inventui.engine.audit.audited_numbers import economy_of
from inventui.engine.audit.check import (
    PAYEE,
    begun_by,
    columns_of,
    numbers_of,
    payments,
    records,
    rows,
    told,
)
from inventui.rules.core.clock import DAY
from inventui.rules.core.enums import Rarity
from inventui.rules.market.black_market import PERIOD


def check_rotations(connection: Connection) -> Iterator[str]:
    """Each rotation is the one that the world's seed gives from the pool of its time."""
    seeds = select(WorldSettingRow.value).where(WorldSettingRow.name == "seed")
    seed = next((seed for (seed,) in rows(connection, seeds)), None)
    stalls: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for stall, rotation, item, full_price, price, discount, stock in rows(
        connection,
        select(
            MarketStallRow.id,
            MarketStallRow.rotation_id,
            MarketStallRow.item_id,
            MarketStallRow.full_price,
            MarketStallRow.price,
            MarketStallRow.discount,
            MarketStallRow.stock,
        ).order_by(col(MarketStallRow.id)),
    ):
        stalls[rotation].append((item, stock, discount))
        if price != full_price * (100 - discount) // 100:
            yield f"stall {stall} asks {price}, not {full_price} less {discount} %"
    economy = economy_of(connection)
    for rotation, number, operation, outcome in rows(
        connection,
        select(
            MarketRotationRow.id,
            MarketRotationRow.number,
            MarketRotationRow.operation_id,
            maybe(OperationRow.outcome),
        )
        .select_from(MarketRotationRow)
        .outerjoin(
            OperationRow,
            and_(
                col(OperationRow.id) == MarketRotationRow.operation_id,
                col(OperationRow.kind) == "rotation",
            ),
        ),
    ):
        answer = told(outcome)
        pool = answer.get("pool")
        if answer.get("number") != number or seed is None or not _is_pool(pool):
            yield f"rotation {number} was written by no operation of its own"
        elif stalls[rotation] != _drawn(seed, number, pool, economy.at(operation)):
            yield f"rotation {number} differs from what the world's seed gives"


def _is_pool(pool: object) -> TypeGuard[dict[str, list[int]]]:
    return isinstance(pool, dict) and all(isinstance(items, list) for items in pool.values())


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


class _Sale(NamedTuple):
    id: int = StallSaleRow.id
    operation_id: int = StallSaleRow.operation_id
    stall_id: int = StallSaleRow.stall_id
    item_id: int | None = maybe(MarketStallRow.item_id)
    price: int | None = maybe(MarketStallRow.price)
    rotation: int | None = maybe(MarketRotationRow.number)
    at: int | None = maybe(OperationRow.at)
    buyer: int | None = maybe(OperationRow.player_id)
    got: int | None = maybe(PlayerItemRow.item_id)
    price_paid: int | None = maybe(PlayerItemRow.price_paid)
    owner: int | None = maybe(PlayerItemRow.player_id)
    acquisition: str | None = maybe(PlayerItemRow.acquisition)
    began: int | None = begun_by(StallSaleRow.player_item_id)


_SALES = (
    columns_of(_Sale)
    .select_from(StallSaleRow)
    .outerjoin(MarketStallRow, col(MarketStallRow.id) == StallSaleRow.stall_id)
    .outerjoin(MarketRotationRow, col(MarketRotationRow.id) == MarketStallRow.rotation_id)
    .outerjoin(OperationRow, col(OperationRow.id) == StallSaleRow.operation_id)
    .outerjoin(PlayerItemRow, col(PlayerItemRow.id) == StallSaleRow.player_item_id)
)


def check_stalls(connection: Connection) -> Iterator[str]:
    """A stall is counted down by its sales, each paid in full while its rotation held."""
    sold: Counter[int] = Counter()
    sales: dict[int, int | None] = {}
    for sale in records(connection, _Sale, _SALES):
        sold[sale.stall_id] += 1
        sales[sale.operation_id] = sale.price
        if sale.got != sale.item_id or sale.price_paid != sale.price:
            yield f"sale {sale.id} of a stall gave another thing, or for another price"
        due = (sale.operation_id, sale.buyer, "purchase")
        if (sale.began, sale.owner, sale.acquisition) != due:
            yield f"sale {sale.id} of a stall belongs to another purchase"
        if sale.rotation is None or sale.at is None or sale.at // PERIOD != sale.rotation:
            yield f"sale {sale.id} was made when its rotation was over"
    for stall, stock, shown in rows(
        connection, select(MarketStallRow.id, MarketStallRow.stock, MarketStallRow.sold)
    ):
        if shown != sold[stall] or shown > stock:
            yield f"stall {stall} shows {shown} of {stock} sold, {sold[stall]} were"
    paid = _paid(connection, "black_market", "oranges")
    for operation in paid.keys() | sales.keys():
        if paid.get(operation) != sales.get(operation):
            yield f"operation {operation} paid the black market for what no stall sold"


class _Shop(NamedTuple):
    id: int = GearShopRow.id
    operation_id: int = GearShopRow.operation_id
    player_id: int = GearShopRow.player_id
    day: int = GearShopRow.day
    rerolls: int = GearShopRow.rerolls
    rank: str = GearShopRow.rank
    items: str = GearShopRow.items
    at: int | None = maybe(OperationRow.at)
    owner: int | None = maybe(OperationRow.player_id)


def check_gear_shops(connection: Connection) -> Iterator[str]:
    """A day's shops follow each other, made for the rank of then; each reroll is paid."""
    shops = list(
        records(
            connection,
            _Shop,
            columns_of(_Shop)
            .select_from(GearShopRow)
            .outerjoin(OperationRow, col(OperationRow.id) == GearShopRow.operation_id)
            .order_by(col(GearShopRow.id)),
        )
    )
    experience = rows(
        connection,
        select(TransferRow.operation_id, TransferRow.to_balance, AccountRow.player_id)
        .select_from(TransferRow)
        .join(AccountRow, col(AccountRow.id) == TransferRow.to_account_id)
        .where(
            AccountRow.currency == "experience",
            col(AccountRow.player_id).in_(select(GearShopRow.player_id)),
        )
        .order_by(col(TransferRow.id)),
    )
    line = next(experience, None)
    held: Counter[int | None] = Counter()
    count: Counter[tuple[int, int]] = Counter()
    due: dict[int, int] = {}
    economy = economy_of(connection)
    for shop in shops:
        while line is not None and line[0] < shop.operation_id:
            _, balance, player = line
            held[player] = balance
            line = next(experience, None)
        now = economy.at(shop.operation_id)
        yield from _faults_of_shop(shop, held[shop.player_id], now)
        if shop.rerolls != count[shop.player_id, shop.day]:
            yield f"gear shop {shop.id} does not follow the last of its day"
        count[shop.player_id, shop.day] += 1
        if shop.rerolls:
            due[shop.operation_id] = now["gear_shop.first_reroll"] * 2 ** (shop.rerolls - 1)
    paid = _paid(connection, "reroll", "gems")
    for operation in paid.keys() | due.keys():
        if paid.get(operation) != due.get(operation):
            yield (
                f"operation {operation} paid {paid.get(operation, 0)} gems for a reroll, "
                f"not {due.get(operation, 0)}"
            )


def _faults_of_shop(shop: _Shop, experience: int, numbers: Mapping[str, Any]) -> Iterator[str]:
    rank = [name for name, least in numbers["ranks.ranks"] if experience >= least][-1]
    if shop.rank != rank:
        yield f"gear shop {shop.id} was made for a {shop.rank}, its player was {rank}"
    items = numbers_of(told(f'{{"items":{shop.items}}}').get("items"))
    if not items and shop.items != "[]":
        yield f"gear shop {shop.id} lists what can't be read"
    if len(items) != len(set(items)) or len(items) > numbers["gear_shop.sizes"].get(shop.rank, 0):
        yield f"gear shop {shop.id} holds {len(items)} things, or one of them twice"
    if shop.owner != shop.player_id or shop.at is None or shop.at // DAY != shop.day:
        yield f"gear shop {shop.id} was made by somebody else, or on another day"


def _paid(connection: Connection, house: str, currency: str) -> dict[int, int]:
    """What each operation paid to an account of the house."""
    paid: Counter[int] = Counter()
    for line in payments(connection, PAYEE.house == house, PAYEE.currency == currency):
        paid[line.operation_id] += line.amount
    return paid
