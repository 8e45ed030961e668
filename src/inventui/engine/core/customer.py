"""Customer: what every seller asks about a player before a purchase."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.catalogue import Catalogue
from inventui.engine.core.ledger import Purse, purse_of
from inventui.rules.core.categories import GEAR
from inventui.rules.shop import Buyer


class _Held(NamedTuple):
    item_id: int
    held: int
    escrowed: int


_HELD = Statement(
    "SELECT item_id, held, escrowed FROM holding WHERE player_id = :player"
    " AND (held > 0 OR escrowed > 0)",
    _Held,
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
        held: how many of each item the player has, by the item's number.
        worn: numbers of the items that are worn.
    """

    id: int
    purse: Purse
    buyer: Buyer
    held: Mapping[int, int]
    worn: frozenset[int]


def customer(catalogue: Catalogue, connection: Connection, player: int) -> Customer:
    """What sellers ask about a player, in this transaction."""
    purse = purse_of(connection, player)
    owned, gear, held = set(), 0, {}
    for row in connection.execute(_HELD, {"player": player}):
        item = catalogue.item(connection, row.item_id)
        owned.add(item.slug)
        held[item.id] = row.held + row.escrowed
        # What waits in escrow takes up no room.
        gear += row.held if item.category in GEAR else 0
    worn = frozenset(connection.execute(_WORN, {"player": player}))
    buyer = Buyer(frozenset(owned), gear, purse.oranges, purse.gems)
    return Customer(player, purse, buyer, held, worn)
