"""Trade calls: neighbours who offer a person a trade, in a turn of the bazaar."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.ledger import purse_of
from inventui.engine.core.operation import Operation
from inventui.engine.inventory.inventory import oldest_free
from inventui.engine.trades.notify import tell_of_offer
from inventui.engine.trades.state import NewDeal, deal_of, write_deal
from inventui.rules.bazaar import resale
from inventui.rules.core.categories import GEAR, Category
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Refusal
from inventui.rules.npc.bazaar_period import NeighbourWare, Trader, pick_caller, pick_offer
from inventui.rules.npc.valuation import category_words
from inventui.rules.trades.trades import DURATION

if TYPE_CHECKING:
    from inventui.engine.core.context import Context

_PERSONS = Statement(
    "SELECT p.id FROM player p WHERE NOT EXISTS"
    " (SELECT 1 FROM neighbour n WHERE n.player_id = p.id) AND p.created_at < :at ORDER BY p.id",
    int,
)


class _WareRow(NamedTuple):
    id: int
    slug: str
    category: str
    rarity: str
    value: int
    price_oranges: int
    price_gems: int


_WARES = Statement(
    "SELECT i.id, i.slug, i.category, i.rarity, i.value, i.price_oranges, i.price_gems"
    " FROM holding h JOIN item i ON i.id = h.item_id WHERE h.player_id = :player AND h.held > 0"
    " ORDER BY i.slug",
    _WareRow,
)
_HAS = Statement(
    "SELECT 1 FROM holding WHERE player_id = :player AND item_id = :item AND held + escrowed > 0",
    int,
)


def trader_of(row: Any) -> Trader:
    """A neighbour's row, with its slug and details, as one that deals."""
    details = json.loads(row.details)
    return Trader(
        row.slug,
        frozenset(map(Category, details.get("taste", ()))),
        Rarity(details.get("favourite_rarity", Rarity.COMMON)),
    )


def trade_calls(
    world: Context, connection: Connection, number: int, at: int, traders: Sequence[Any]
) -> Mapping[int, Any]:
    """Which person is offered a trade in a turn, and the row of the neighbour that does."""
    if not traders or world.clock.now() >= at + DURATION:
        return {}
    by_slug = {row.slug: row for row in traders}
    dealing = [trader_of(row) for row in traders]
    calls = {}
    for person in connection.execute(_PERSONS, {"at": at}).all():
        caller = pick_caller(world.seed, number, person, dealing)
        if caller is not None:
            calls[person] = by_slug[caller.slug]
    return calls


def offer_trade(
    world: Context, operation: Operation, number: int, person: int, row: Any
) -> list[int]:
    """Let a neighbour offer oranges for a player item to its taste; the trade's number, if any."""
    connection, catalogue = operation.connection, world.catalogue
    wares = []
    for line in connection.execute(_WARES, {"player": person}).all():
        item = catalogue.item(connection, line.id)
        had = connection.execute(_HAS, {"player": row.id, "item": item.id}).first()
        # A default is nobody's to give; gear needs room, and two of a cosmetic nobody needs.
        unwanted = item.category in GEAR or (had and item.category is not Category.COLLECTIBLE)
        if item.is_default or unwanted:
            continue
        worth = resale(line.value, line.price_oranges, line.price_gems)
        wares.append(NeighbourWare(item.slug, item.category, item.rarity, worth))
    oranges = purse_of(connection, row.id).oranges
    chosen = pick_offer(world.seed, number, person, trader_of(row), oranges, wares)
    if chosen is None:
        return []
    slug, price = chosen
    item = catalogue.by_slug(connection, slug)
    free = oldest_free(connection, person, item.id, 1)
    if not free:
        return []
    message = f"I collect {category_words(item.category)}. What do you say?"
    if item.category not in trader_of(row).taste:
        message = f"I like what is {item.rarity}. What do you say?"
    new = NewDeal(row.id, person, (), price, free, 0, message, None)
    trade = write_deal(world, operation, new)
    deal = deal_of(connection, person, trade)
    if isinstance(deal, Refusal):
        raise AssertionError(f"an offer was written that nobody finds: {deal}")
    tell_of_offer(world, operation, deal)
    return [trade]
