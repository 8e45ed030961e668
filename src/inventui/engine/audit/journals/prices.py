"""Purchases, checked against what the catalogue asked for then, and what was on sale."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection
from sqlmodel import col

from inventui.db.tables.catalogue import ItemRow
from inventui.db.tables.journal import MoveRow, OperationRow, PlayerItemRow
from inventui.db.tables.market import GearShopRow, StallSaleRow
from inventui.db.tables.select import select
from inventui.engine.audit.audited_numbers import Prices, catalogues_of
from inventui.engine.audit.check import columns_of, numbers_of, records, rows, told
from inventui.rules.core.clock import DAY


class _Purchase(NamedTuple):
    id: int = OperationRow.id
    player_id: int | None = OperationRow.player_id
    request: str = OperationRow.request
    outcome: str | None = OperationRow.outcome
    at: int = OperationRow.at


class _Bought(NamedTuple):
    operation_id: int = MoveRow.operation_id
    id: int = PlayerItemRow.id
    item_id: int = PlayerItemRow.item_id
    acquisition: str = PlayerItemRow.acquisition


def check_prices(connection: Connection) -> Iterator[str]:
    """What was bought is what was asked for, at the price and the discount of its seller then."""
    catalogues = catalogues_of(connection)
    items = {
        slug: (number, category)
        for number, slug, category in rows(
            connection, select(ItemRow.id, ItemRow.slug, ItemRow.category)
        )
    }
    bought: dict[int, list[_Bought]] = defaultdict(list)
    for thing in records(
        connection,
        _Bought,
        columns_of(_Bought)
        .select_from(PlayerItemRow)
        .join(MoveRow, col(MoveRow.player_item_id) == PlayerItemRow.id)
        .where(MoveRow.version == 1, col(PlayerItemRow.acquisition).in_(("purchase", "bundle")))
        .order_by(col(PlayerItemRow.id)),
    ):
        bought[thing.operation_id].append(thing)
    stalls = {operation for (operation,) in rows(connection, select(StallSaleRow.operation_id))}
    shops: dict[tuple[int | None, int], set[int]] = defaultdict(set)
    for player, day, listed in rows(
        connection, select(GearShopRow.player_id, GearShopRow.day, GearShopRow.items)
    ):
        shops[player, day].update(numbers_of(told(f'{{"items":{listed}}}').get("items")))
    for purchase in records(
        connection, _Purchase, columns_of(_Purchase).where(OperationRow.kind == "buy")
    ):
        what, things = f"purchase {purchase.id}", bought.pop(purchase.id, [])
        answer, asked = told(purchase.outcome), told(purchase.request)
        seller = answer.get("seller", "shop")
        item, category = items.get(str(asked.get("item")), (0, ""))
        if answer.get("slug") != asked.get("item") or asked.get("from", "shop") not in (
            seller,
            "any",
        ):
            yield f"{what} is of another item or seller than was asked for"
        if numbers_of(answer.get("item_ids")) != [thing.id for thing in things]:
            yield f"{what} gave other things than it tells of"
        if category != "bundle" and [thing.item_id for thing in things] != [item]:
            yield f"{what} gave other things than were asked for"
        how = "bundle" if category == "bundle" else "purchase"
        if {thing.acquisition for thing in things} != {how}:
            yield f"{what} gave things by another way than {how}"
        on_sale = {
            "shop": category != "collectible",
            "gear_shop": item in shops[purchase.player_id, purchase.at // DAY],
            "market": purchase.id in stalls,
        }
        if not on_sale.get(str(seller), False):
            yield f"{what} is of what its seller {seller} did not sell"
        prices = catalogues.at(purchase.id)
        if prices is not None and seller != "market":
            figures = [answer.get(name) for name in ("full_oranges", "full_gems", "discount")]
            due = _price(prices, item, [thing.item_id for thing in things], category)
            if due is None or figures != due:
                yield f"{what} was for {figures}, its seller asked for {due}"
            elif not _available(prices, item, purchase.at):
                yield f"{what} was made while the item was not on sale"
    for operation in sorted(bought):
        yield f"operation {operation} gave what was bought, and is no purchase"


def _price(prices: Prices, item: int, given: list[int], category: str) -> list[int] | None:
    """Full oranges and gems, and the discount in percent; None of what was not for sale."""
    if item not in prices.items:
        return None
    oranges, gems, _, details = prices.items[item]
    if category != "bundle":
        return [oranges, gems, 0] if oranges or gems else None
    if not given or any(each not in prices.items for each in given):
        return None
    return [
        sum(prices.items[each][0] for each in given),
        sum(prices.items[each][1] for each in given),
        int(details.get("discount", 0)),
    ]


def _available(prices: Prices, item: int, at: int) -> bool:
    details = prices.items[item][3]
    since, until = details.get("available_from"), details.get("available_until")
    return not ((isinstance(since, int) and at < since) or (isinstance(until, int) and at >= until))
