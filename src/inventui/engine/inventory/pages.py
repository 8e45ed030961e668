"""Pages of the inventory: filtered, sorted, and as quick at a million player items as at 1,000.

What a filter or a sort order asks (category, rarity, value, name) is the same for all player
items of one item. So a query is answered in two steps. First it is decided among the counts of
the table `holding`, one row for each item that the player has, a few hundred at most: which
items match, in which order, and how many player items there are of each (an `ItemStack`). Only
then are rows read, those of one page, through the index (player, item, id). Sorted by newest
all stacks are one run of rows, read through the index (player, id).

A page is found by key, not by number: it follows the player item that ended the page before
(`after`), so nothing is shown twice or left out when something is sold in between, and no row is
skipped. The counts must agree with the rows: the triggers keep `holding`, and the audit recounts
it.

With `free` the same pages show only what is owned and not locked, for a trade or a fusion. Its
counts are those of `holding` less what is worn, listed or offered, which is counted by the table
`counter`, as every other status is, and less the few that are locked, which have an index of
their own.

`tests/engine/test_inventory.py` fails if pages differ from a plain sort of everything;
`python -m benchmarks list` shows a page that reads more than it needs.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from inventui.db.guards.sql import LOCKED_SQL
from inventui.db.statements import Connection, Statement, statement
from inventui.engine.core.catalogue_item import CatalogueItem
from inventui.engine.core.counts import counts_of
from inventui.engine.inventory.models import InventoryPage, InventoryQuery, ItemLine
from inventui.engine.inventory.sort_keys import (
    ItemStack,
    from_last,
    sort_key,
)
from inventui.rules.core.counters import BY_STATUS, Counted
from inventui.rules.core.enums import Status
from inventui.rules.core.lifecycle import HELD
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.search import parse_search
from inventui.rules.inventory.inventory import TAB_CATEGORIES, InventoryTab, Sort

if TYPE_CHECKING:
    from inventui.engine.core.context import Context
from inventui.engine.inventory.player_items import PlayerItemState, line_of
from inventui.engine.inventory.rows import FREE, RowQuery, condition_of, rows_of

MOST_ON_A_PAGE = 1_000


_AMONG = (
    "SELECT p.id, p.item_id FROM json_each(:ids) j CROSS JOIN player_item p ON p.id = j.value"
    " WHERE player_id = :player AND {condition}"
)


class _ItemOf(NamedTuple):
    id: int
    item_id: int


class ItemCount(NamedTuple):
    """How many player items of an item a player has in the inventory and in escrow."""

    item_id: int
    held: int
    escrowed: int


COUNTS = Statement(
    "SELECT item_id, held, escrowed FROM holding WHERE player_id = :player", ItemCount
)


class _Number(NamedTuple):
    item_id: int
    number: int


LOCKED = Statement(
    "SELECT item_id, count(*) AS number FROM player_item INDEXED BY player_item_locked"
    " WHERE player_id = :player AND {locked} GROUP BY item_id",
    _Number,
    locked=LOCKED_SQL,
)


_ITEM_OF_ONE = Statement(
    "SELECT item_id FROM player_item WHERE id = :id AND player_id = :player", int
)


class InventoryPages:
    """Reads one player's items in order."""

    def __init__(
        self, world: Context, player: int, free: Callable[[CatalogueItem], bool] | None = None
    ) -> None:
        """Read what `player` has.

        Args:
            world: where.
            player: the player's number.
            free: if given, only what is owned and not locked is shown, of the items for which
                it is true; no query may ask for a status or for escrow then.
        """
        self._world = world
        self._player = player
        self._free = free

    def count(self, query: InventoryQuery) -> int:
        """How many player items match."""
        with self._world.store.read() as connection:
            return sum(stack.number for stack in self._stacks(connection, query))

    def page(self, query: InventoryQuery, after: int | None, limit: int) -> InventoryPage | Refusal:
        """The page that follows the player item `after`."""
        limit = max(1, min(limit, MOST_ON_A_PAGE))
        with self._world.store.read() as connection:
            stacks = self._stacks(connection, query)
            total = sum(stack.number for stack in stacks)
            item_id = None
            if after is not None:
                item_id = self._item_of(connection, after)
                if item_id is None:
                    return Refusal(
                        Reason.INVALID_CURSOR,
                        f"No page can follow {after}: it is none of your things. Take the `next` "
                        "of the page before, or leave it out.",
                        {"after": after},
                    )
            # One more than asked for tells whether another page follows.
            if query.sort is Sort.NEWEST:
                rows = rows_of(connection, self._asked(query), stacks, limit + 1, after=after)
            else:
                rows = []
                for stack, bound in from_last(
                    stacks, query.sort, self._known(connection, item_id), after
                ):
                    rows += rows_of(
                        connection, self._asked(query), [stack], limit + 1 - len(rows), after=bound
                    )
                    if len(rows) > limit:
                        break
            lines = self._lines(connection, rows[:limit])
        return InventoryPage(lines, total, lines[-1].id if len(rows) > limit else None)

    def matching(self, query: InventoryQuery, among: Iterable[int]) -> frozenset[int]:
        """Which of these player items the query shows."""
        ids = json.dumps([number for number in among if 0 < number < 2**63])
        condition = FREE if self._free else condition_of(query)
        with self._world.store.read() as connection:
            stacks = {stack.item.id for stack in self._stacks(connection, query)}
            rows = connection.execute(
                statement(_AMONG.format(condition=condition), _ItemOf),
                {"ids": ids, "player": self._player},
            )
            return frozenset(row.id for row in rows if row.item_id in stacks)

    def _stacks(self, connection: Connection, query: InventoryQuery) -> list[ItemStack]:
        """The items that match, in the query's order, with how many there are of each."""
        counts: Iterable[tuple[int, int]]
        asked: dict[str, object] = {"player": self._player}
        if query.status is not None and query.status in BY_STATUS:
            counts = counts_of(connection, self._player, Counted(query.status))
        else:
            held = connection.execute(COUNTS, asked)
            escrow = query.status is Status.ESCROWED or (
                query.status is None and query.tab is InventoryTab.ESCROW
            )
            counts = [(row.item_id, row.escrowed if escrow else row.held) for row in held]
        bound: Counter[int] = Counter()
        if self._free is not None or query.status is Status.OWNED:
            for status in HELD - {Status.OWNED}:
                bound.update(dict(counts_of(connection, self._player, Counted(status))))
        if self._free is not None:
            bound.update(dict(connection.execute(LOCKED, asked).all()))
        categories = TAB_CATEGORIES[query.tab]
        stacks = []
        for item_id, number in counts:
            if number <= bound[item_id]:
                continue
            item = self._world.catalogue.item(connection, item_id)
            if (
                item.category in categories
                and matches(query, item)
                and (self._free is None or self._free(item))
            ):
                stacks.append(ItemStack(item, number - bound[item_id], bound[item_id]))
        if query.sort is not Sort.NEWEST:
            stacks.sort(key=lambda stack: sort_key(stack.item, query.sort))
        return stacks

    def _asked(self, query: InventoryQuery) -> RowQuery:
        return RowQuery(self._player, query, self._free is not None)

    def _item_of(self, connection: Connection, number: int) -> int | None:
        if not 0 < number < 2**63:
            return None
        found = connection.execute(_ITEM_OF_ONE, {"id": number, "player": self._player})
        item_id = found.first()
        return None if item_id is None else int(item_id)

    def _known(self, connection: Connection, item_id: int | None) -> CatalogueItem | None:
        return None if item_id is None else self._world.catalogue.item(connection, item_id)

    def _lines(
        self, connection: Connection, rows: Sequence[PlayerItemState]
    ) -> tuple[ItemLine, ...]:
        catalogue = self._world.catalogue
        return tuple(line_of(row, catalogue.item(connection, row.item_id)) for row in rows)


def matches(query: InventoryQuery, item: CatalogueItem) -> bool:
    """Whether rarity, value and search of a query find an item; its tab is no part of it."""
    return (
        (query.rarity is None or item.rarity is query.rarity)
        and item.value >= query.min_value
        and parse_search(query.search).finds(item, item.value, item.description)
    )
