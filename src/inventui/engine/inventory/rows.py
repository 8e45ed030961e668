"""Rows of player items in order, read through the index that passes over the fewest."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from inventui.db.guards.sql import HELD_SQL
from inventui.db.statements import Connection, statement
from inventui.engine.inventory.models import InventoryQuery
from inventui.engine.inventory.player_items import PlayerItemState
from inventui.engine.inventory.sort_keys import (
    ItemStack,
)
from inventui.rules.core.enums import Status
from inventui.rules.inventory.inventory import InventoryTab, Sort

FEW = 2_000
"""Up to so many matches are collected item by item and sorted; of more, the newest of all
player items are read until enough of them match."""


COLUMNS = "id, player_id, item_id, status, locked, acquired_at, held_until, durability"


_RANGE = (
    "SELECT {columns} FROM player_item INDEXED BY {index} WHERE player_id = :player"
    " AND {condition} {among} ORDER BY id DESC LIMIT :limit"
)


_AMONG_ITEMS = "AND {unary}item_id IN (SELECT value FROM json_each(:items))"


_OWNED_UNLOCKED = f"status = '{Status.OWNED}' AND locked = 0"


FREE = f"{HELD_SQL} AND {_OWNED_UNLOCKED}"


def condition_of(query: InventoryQuery) -> str:
    """Which statuses are shown; spelled as the partial index is, or SQLite would not use it."""
    if query.status is not None:
        return f"status = '{query.status}'"
    if query.tab is InventoryTab.ESCROW:
        return f"status = '{Status.ESCROWED}'"
    return HELD_SQL


@dataclass(frozen=True, slots=True)
class RowQuery:
    """Whose player items are read, and which.

    Attributes:
        free: whether only what is owned and not locked is read.
    """

    player: int
    query: InventoryQuery
    free: bool = False

    @property
    def everything(self) -> bool:
        """Whether all that is held is read, the newest first."""
        return not self.free and self.query == InventoryQuery(sort=Sort.NEWEST)


def rows_of(
    connection: Connection,
    asked: RowQuery,
    stacks: Sequence[ItemStack],
    limit: int,
    *,
    after: int | None = None,
) -> list[PlayerItemState]:
    """Rows of these items, newest first, below `after`."""
    if not stacks or limit <= 0:
        return []
    query = asked.query
    values: dict[str, object] = {"player": asked.player, "limit": limit}
    # `INDEXED BY` and a unary plus, which hides a column from the planner, fix the plan: SQLite
    # would now and then sort a million rows instead of reading a page of them in order.
    # Where none of these is worn, listed, offered or locked, no row needs to be looked at
    # to be skipped: the shorter condition lets SQLite skip within the index.
    free = asked.free and any(stack.bound for stack in stacks)
    if query.status is not None or query.tab is InventoryTab.ESCROW:
        index, unary = "player_item_status", "+"
    elif len(stacks) == 1 or (
        not asked.everything and sum(k.number + k.bound for k in stacks) <= FEW
    ):
        index, unary = "player_item_held_of_item", ""
    elif free:
        index, unary = "player_item_status", "+"
    else:
        index, unary = "player_item_held", "+"
    among = ""
    if len(stacks) == 1:
        among = f"AND {unary}item_id = :item"
        values["item"] = stacks[0].item.id
    elif not asked.everything:
        among = _AMONG_ITEMS.format(unary=unary)
        values["items"] = json.dumps([stack.item.id for stack in stacks])
    if after is not None:
        among += " AND id < :after"
        values["after"] = after
    condition = FREE if free else condition_of(query)
    if free and index == "player_item_status":
        condition = _OWNED_UNLOCKED
    return connection.execute(
        statement(
            _RANGE.format(columns=COLUMNS, index=index, condition=condition, among=among),
            PlayerItemState,
        ),
        values,
    ).all()
