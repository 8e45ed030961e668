"""Buyers: what every seller asks about a player who buys, or looks at what is on sale."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from inventui.db.guards.sql import words
from inventui.db.statements import Connection, Statement
from inventui.engine.core.ledger import Purse, purse_of
from inventui.rules.core.categories import GEAR
from inventui.rules.shop import Buyer, Offer


class _Held(NamedTuple):
    item_id: int
    slug: str
    category: str
    held: int
    escrowed: int


_COLUMNS = (
    "SELECT i.id AS item_id, i.slug, i.category, h.held, h.escrowed FROM holding h"
    " JOIN item i ON i.id = h.item_id WHERE h.player_id = :player"
    " AND (h.held > 0 OR h.escrowed > 0)"
)
_HELD = Statement(_COLUMNS, _Held)
_ASKED = Statement(
    "{columns} AND (i.category IN {gear} OR i.slug IN (SELECT value FROM json_each(:slugs, '$')))",
    _Held,
    columns=_COLUMNS,
    gear=words(GEAR),
)
_WORN = Statement(
    "SELECT item_id FROM player_item WHERE player_id = :player AND status = 'equipped'", int
)


@dataclass(frozen=True, slots=True)
class Customer:
    """A player who may buy something, in one transaction.

    Attributes:
        id: the player's number.
        purse: what the player has.
        buyer: what the rules ask about.
    """

    id: int
    purse: Purse
    buyer: Buyer


@dataclass(frozen=True, slots=True)
class Visitor(Customer):
    """A player who looks at what is on sale.

    Attributes:
        held: how many of each item the player has, by the item's number.
        worn: numbers of the items that are worn.
    """

    held: Mapping[int, int]
    worn: frozenset[int]


def customer(connection: Connection, player: int, offer: Offer) -> Customer:
    """What sellers ask about a player who wants one of their offers, in this transaction."""
    slugs = json.dumps([offer.slug, *(part.slug for part in offer.contents)])
    rows = connection.execute(_ASKED, {"player": player, "slugs": slugs}).all()
    purse = purse_of(connection, player)
    return Customer(player, purse, _buyer(purse, rows))


def visitor(connection: Connection, player: int) -> Visitor:
    """The same of a player who may want any, and what they have."""
    rows = connection.execute(_HELD, {"player": player}).all()
    purse = purse_of(connection, player)
    held = {row.item_id: row.held + row.escrowed for row in rows}
    worn = frozenset(connection.execute(_WORN, {"player": player}))
    return Visitor(player, purse, _buyer(purse, rows), held, worn)


def _buyer(purse: Purse, rows: Sequence[_Held]) -> Buyer:
    # What waits in escrow takes up no room.
    gear = sum(row.held for row in rows if row.category in GEAR)
    return Buyer(frozenset(row.slug for row in rows), gear, purse.oranges, purse.gems)
