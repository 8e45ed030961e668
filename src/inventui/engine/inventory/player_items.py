"""One player item: as a row, as a line of the inventory, and found by its number."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from inventui.db.guards.sql import HELD_SQL
from inventui.db.statements import Connection, Statement
from inventui.engine.core.catalogue_item import CatalogueItem
from inventui.engine.inventory.models import ItemLine, RefusedItem
from inventui.rules.core.enums import Status
from inventui.rules.core.refusal import Reason, Refusal


class ListedColumns(Protocol):
    """Any row of a player item that a line of the inventory can be made of."""

    @property
    def id(self) -> int:
        """The player item's number."""

    @property
    def item_id(self) -> int:
        """The number of its item."""

    @property
    def status(self) -> str:
        """Its status, as it is stored."""

    @property
    def locked(self) -> int:
        """Whether its player locked it."""

    @property
    def acquired_at(self) -> int:
        """When the player got it."""

    @property
    def held_until(self) -> int | None:
        """When it expires in escrow, or None."""

    @property
    def durability(self) -> int | None:
        """What a piece of gear has left."""


class PlayerItemState(NamedTuple):
    """A player item as of now: its player, item, status, lock, and what lists show besides."""

    id: int
    player_id: int
    item_id: int
    status: str
    locked: int
    acquired_at: int
    held_until: int | None
    durability: int | None


# CROSS JOIN keeps SQLite from scanning all player items in search of these few.
_PLAYER_ITEMS = Statement(
    "SELECT p.id, p.player_id, p.item_id, p.status, p.locked, p.acquired_at, p.held_until,"
    " p.durability FROM json_each(:ids) j CROSS JOIN player_item p ON p.id = j.value"
    " WHERE p.status IS NOT NULL",
    PlayerItemState,
)

_FREE = Statement(
    "SELECT id FROM player_item INDEXED BY player_item_held_of_item WHERE player_id = :player"
    " AND item_id = :item AND {held} AND status = 'owned' AND locked = 0"
    " ORDER BY id LIMIT :limit",
    int,
    held=HELD_SQL,
)
_LARGEST_ID = 2**63
"""SQLite has no larger whole number, and refuses one as a parameter."""


def line_of(row: ListedColumns, item: CatalogueItem) -> ItemLine:
    """A player item as a line of the inventory."""
    status = Status(row.status)
    return ItemLine(
        id=row.id,
        name=item.name,
        category=item.category,
        rarity=item.rarity,
        value=item.value,
        status=status,
        locked=bool(row.locked),
        acquired_at=row.acquired_at,
        sprite=item.sprite,
        emoji=item.emoji,
        style=item.style,
        is_default=item.is_default,
        held_until=row.held_until if status is Status.ESCROWED else None,
        durability=row.durability,
        most_durability=item.durability,
        brings=next(iter(item.figures.items()), None),
    )


def player_items_of(
    connection: Connection, player: int, ids: Iterable[int]
) -> tuple[list[PlayerItemState], list[RefusedItem]]:
    """A player's items among `ids` in their order, and a refusal for each other number."""
    wanted = list(dict.fromkeys(ids))
    possible = [number for number in wanted if 0 < number < _LARGEST_ID]
    found = {
        row.id: row for row in connection.execute(_PLAYER_ITEMS, {"ids": json.dumps(possible)})
    }
    rows, refused = [], []
    for number in wanted:
        row = found.get(number)
        if row is None:
            refused.append(RefusedItem(number, unknown_player_item(number)))
        elif row.player_id != player:
            refused.append(RefusedItem(number, not_yours(number)))
        else:
            rows.append(row)
    return rows, refused


def oldest_free(connection: Connection, player: int, item: int, limit: int) -> list[int]:
    """Numbers of a player's oldest player items of an item that are owned and not locked."""
    asked = {"player": player, "item": item, "limit": limit}
    return list(connection.execute(_FREE, asked))


def player_item_of(connection: Connection, player: int, number: int) -> PlayerItemState | Refusal:
    """One of a player's items, or the refusal that says why not."""
    rows, refused = player_items_of(connection, player, [number])
    return refused[0].refusal if refused else rows[0]


def unknown_player_item(number: int) -> Refusal:
    """The refusal for a number that no player item has."""
    return Refusal(
        Reason.UNKNOWN_ITEM,
        f"There is no thing number {number}. Look one up with: inventui inventory",
        {"id": number},
    )


def not_yours(number: int) -> Refusal:
    """The refusal for another player's player item; it says nothing more about it."""
    return Refusal(
        Reason.NOT_YOURS,
        f"Thing number {number} belongs to somebody else. Look yours up with: inventui inventory",
        {"id": number},
    )
