"""Trades that neighbours propose to persons, in a period of the bazaar."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.ledger import purse_of
from inventui.engine.core.operation import Operation
from inventui.engine.inventory.player_items import oldest_free
from inventui.engine.trades.notify import notify_offer
from inventui.engine.trades.state import NewTrade, TradeRecord, find_trade, write_trade
from inventui.rules.bazaar import resale
from inventui.rules.core.categories import GEAR, Category
from inventui.rules.core.enums import Rarity
from inventui.rules.npc.bazaar_period import PricedItem, Trader, pick_offer, pick_proposer
from inventui.rules.npc.valuation import category_words
from inventui.rules.trades.trades import DURATION

if TYPE_CHECKING:
    from inventui.engine.core.context import Context

_PERSONS = Statement(
    "SELECT p.id FROM player p WHERE NOT EXISTS"
    " (SELECT 1 FROM neighbour n WHERE n.player_id = p.id)"
    " AND (p.created_at < :at OR p.created_at > :now) ORDER BY p.id",
    int,
)


class _HeldItem(NamedTuple):
    id: int
    value: int
    price_oranges: int
    price_gems: int


_HELD = Statement(
    "SELECT i.id, i.value, i.price_oranges, i.price_gems FROM holding h"
    " JOIN item i ON i.id = h.item_id WHERE h.player_id = :player AND h.held > 0 ORDER BY i.slug",
    _HeldItem,
)
_HAS = Statement(
    "SELECT 1 FROM holding WHERE player_id = :player AND item_id = :item AND held + escrowed > 0",
    int,
)


class Neighbour(NamedTuple):
    """A neighbour who has moved in: its slug and details in the pack, its number and name here."""

    slug: str
    details: str
    id: int
    name: str

    @property
    def trader(self) -> Trader:
        """The neighbour as the rules of the bazaar's periods take it."""
        details = json.loads(self.details)
        return Trader(
            self.slug,
            frozenset(map(Category, details.get("taste", ()))),
            Rarity(details.get("favourite_rarity", Rarity.COMMON)),
        )


def trade_proposers(
    world: Context, connection: Connection, number: int, at: int, neighbours: Sequence[Neighbour]
) -> Mapping[int, Neighbour]:
    """Which persons are offered a trade in a period, and by which neighbour."""
    # An offer that would have run out by now is not made: nobody could have answered it.
    if not neighbours or world.clock.now() >= at + DURATION:
        return {}
    by_slug = {neighbour.slug: neighbour for neighbour in neighbours}
    traders = [neighbour.trader for neighbour in neighbours]
    proposers = {}
    for person in connection.execute(_PERSONS, {"at": at, "now": world.clock.now()}).all():
        proposer = pick_proposer(world.seed, number, person, traders)
        if proposer is not None:
            proposers[person] = by_slug[proposer.slug]
    return proposers


def offer_trade(
    world: Context, operation: Operation, number: int, person: int, neighbour: Neighbour
) -> list[int]:
    """Let a neighbour offer oranges for a player item to its taste; the trade's number, if any."""
    connection, catalogue = operation.connection, world.catalogue
    priced = []
    for held in connection.execute(_HELD, {"player": person}).all():
        item = catalogue.item(connection, held.id)
        had = connection.execute(_HAS, {"player": neighbour.id, "item": item.id}).first()
        # A default is nobody's to give; gear needs room, and two of a cosmetic nobody needs.
        unwanted = item.category in GEAR or (had and item.category is not Category.COLLECTIBLE)
        if item.is_default or unwanted:
            continue
        worth = resale(held.value, held.price_oranges, held.price_gems)
        priced.append(PricedItem(item.slug, item.category, item.rarity, worth))
    oranges = purse_of(connection, neighbour.id).oranges
    trader = neighbour.trader
    chosen = pick_offer(world.seed, number, person, trader, oranges, priced)
    if chosen is None:
        return []
    slug, price = chosen
    item = catalogue.by_slug(connection, slug)
    free = oldest_free(connection, person, item.id, 1)
    if not free:
        return []
    message = f"I collect {category_words(item.category)}. What do you say?"
    if item.category not in trader.taste:
        message = f"I like what is {item.rarity}. What do you say?"
    new = NewTrade(neighbour.id, person, (), price, free, 0, message, None)
    written = write_trade(world, operation, new)
    trade = find_trade(connection, person, written)
    assert isinstance(trade, TradeRecord)
    notify_offer(world, operation, trade)
    return [written]
