"""Numbers of open listings in an order, as quick among many as among few.

Everybody's listings are read from indexes: all items' from one over all items, one item's
from one that has the item in front. Of several items each item's first listings ("heads") are
merged, and of no item more is read than can be among the next listings of all. One
player's own listings are read from indexes with the seller in front.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from inventui.db.statements import Connection, Statement, statement
from inventui.engine.bazaar.queries import ListingOrder, Reads
from inventui.engine.core.catalogue_item import CatalogueItem
from inventui.engine.inventory.sort_keys import ItemStack, RowRange, block_bounds, from_last
from inventui.rules.bazaar import BazaarSort
from inventui.rules.inventory.inventory import Sort

GLANCE = 3
"""A glance reads so many times what would hold enough matches if they were spread evenly."""

GLANCED = 2_000
"""Most listings read by a glance; beyond that, merging the items' heads is cheaper."""

MERGED = 400
"""Up to so far ahead heads are merged; a jump farther on reads along an index."""

FOREMOST = 4
"""How many items' heads are read on first when they may not be enough."""

SPARSE = 8
"""For a jump, matches that are fewer than one in so many are gathered item by item."""

BY_ITEM: Mapping[BazaarSort, Sort] = {
    BazaarSort.VALUE: Sort.VALUE,
    BazaarSort.RARITY: Sort.RARITY,
    BazaarSort.NAME: Sort.NAME,
}
"""Orders of items; listings of one item follow each other by price."""


_NEWEST = ListingOrder("id", "listing_open", "listing_own", falling=True)
_CHEAPEST = ListingOrder("price", "listing_open_price", "listing_own_price")
_DEAREST = ListingOrder("price", "listing_open_price", "listing_own_price", falling=True)
_ENDING = ListingOrder("until", "listing_open_until", "listing_due")
ORDERS: Mapping[BazaarSort, ListingOrder] = {
    BazaarSort.NEWEST: _NEWEST,
    BazaarSort.ENDING: _ENDING,
    BazaarSort.CHEAPEST: _CHEAPEST,
    BazaarSort.DEAREST: _DEAREST,
    **dict.fromkeys(BY_ITEM, _CHEAPEST),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A listing with all that places it in any order."""

    id: int
    item: CatalogueItem
    price: int
    until: int

    def key(self, order: ListingOrder) -> int:
        """Its value in an order's column."""
        return int(getattr(self, order.column))


class _NumberRow(NamedTuple):
    key: int
    id: int


class _Block(NamedTuple):
    block: int
    listed: int


_BLOCKS = Statement(
    "SELECT block, listed FROM listing_block WHERE listed > 0 ORDER BY block DESC", _Block
)


class _HeadsRow(NamedTuple):
    item: int
    heads: str


class OpenNumbers:
    """The numbers of open listings of some items, in an order: everybody's, or one seller's."""

    def __init__(
        self,
        connection: Connection,
        sort: BazaarSort,
        kinds: Sequence[ItemStack],
        listed: int,
        entry: Callable[[int], Entry | None],
        seller: int | None = None,
    ) -> None:
        """Read within one transaction.

        Args:
            connection: reads.
            sort: the order.
            kinds: the items, with how many listings of each; sorted if the order is one of
                `BY_ITEM`.
            listed: how many listings are open in all, of this seller if one is given.
            entry: finds a listing by its number, in any state.
            seller: whose listings are read; without it everybody's.
        """
        self._connection = connection
        self._sort = sort
        self._order = ORDERS[sort]
        self._kinds = kinds
        self._listed = listed
        self._entry = entry
        self._seller = seller
        self.total = sum(kind.number for kind in kinds)

    def after(self, last: Entry | None, limit: int) -> list[int]:
        """The `limit` listings that follow `last`, or the first ones."""
        place = None if last is None else (last.key(self._order), last.id)
        if self._sort not in BY_ITEM:
            return self._stretch(self._kinds, 0, limit, place)
        ids: list[int] = []
        item = None if last is None else last.item
        for kind, bound in from_last(
            self._kinds, BY_ITEM[self._sort], item, None if last is None else last.id
        ):
            ids += self._stretch([kind], 0, limit - len(ids), None if bound is None else place)
            if len(ids) >= limit:
                break
        return ids

    def window(self, start: int, limit: int, anchor: tuple[int, int] | None) -> list[int]:
        """The listings from place `start` on; `anchor` is the place of one that is known."""
        if self._sort not in BY_ITEM:
            return self._run(self._kinds, start, limit, anchor)
        ids: list[int] = []
        bounds = list(accumulate(kind.number for kind in self._kinds))
        index = bisect_right(bounds, start)
        while index < len(self._kinds) and len(ids) < limit:
            kind = self._kinds[index]
            before = bounds[index] - kind.number
            near = anchor and (anchor[0] - before, anchor[1])
            if near and not 0 <= near[0] < kind.number:
                near = None
            ids += self._run([kind], max(0, start - before), limit - len(ids), near)
            index += 1
        return ids

    def _run(
        self, kinds: Sequence[ItemStack], start: int, limit: int, anchor: tuple[int, int] | None
    ) -> list[int]:
        """Listings from place `start` on, read from the start, the end or the anchor's place."""
        total = sum(kind.number for kind in kinds)
        near = None if anchor is None else self._entry(anchor[1])
        bounds = []
        if self._sort is BazaarSort.NEWEST and self._seller is None and total == self._listed:
            bounds = block_bounds(self._connection.execute(_BLOCKS).all())
        run = RowRange(start, min(limit, total - start), total, anchor if near else None, bounds)
        direction, skip, after = run.shortest_way()
        bound = None
        if after is not None:
            # Only in the order of numbers it may be a bound between blocks.
            key = near.key(self._order) if near is not None and near.id == after else after
            bound = key, after
        return self._stretch(kinds, skip, run.limit, bound, backwards=direction == "back")

    def _stretch(
        self,
        kinds: Sequence[ItemStack],
        skip: int,
        limit: int,
        last: tuple[int, int] | None,
        *,
        backwards: bool = False,
    ) -> list[int]:
        """Listings beyond `last`, a (key, number), in order, even if they are read backwards."""
        if not kinds or limit <= 0:
            return []
        total = sum(kind.number for kind in kinds)
        mine = self._seller is not None
        one = len(kinds) == 1 and (not mine or self._order.column == "price")
        asked: dict[str, object] = {"limit": limit, "offset": skip}
        if last is not None:
            asked |= {"key": last[0], "last": last[1]}
        if mine:
            asked["me"] = self._seller
        reads = Reads(self._order, last is not None, backwards, mine)
        if one or total == self._listed:
            asked["item"] = kinds[0].item.id
            ids = self._read(reads.walk("item_id = :item" if one else ""), asked)
        else:
            items = [kind.item.id for kind in kinds]
            asked["items"] = json.dumps(items)
            if not mine and skip + limit <= MERGED:
                ids = self._next(reads, items, total, skip, limit, asked)
            else:
                rare = total * SPARSE < self._listed
                ids = self._read(reads.gather() if rare else reads.sift(), asked)
        return ids[::-1] if backwards else ids

    def _read(self, sql: str, asked: Mapping[str, object]) -> list[int]:
        return [row.id for row in self._connection.execute(statement(sql, _NumberRow), asked)]

    def _next(
        self,
        reads: Reads,
        items: Sequence[int],
        total: int,
        skip: int,
        limit: int,
        asked: Mapping[str, object],
    ) -> list[int]:
        """The next listings of several items: by a glance along the index, or by merging."""
        need = skip + limit
        seen = GLANCE * need * self._listed // total
        if seen <= GLANCED:
            ids = self._read(reads.glance(), {**asked, "seen": seen})
            if len(ids) == limit or seen >= self._listed:
                return ids
        return self._merge(reads, items, need, asked)[skip:]

    def _merge(
        self, reads: Reads, items: Sequence[int], need: int, asked: Mapping[str, object]
    ) -> list[int]:
        """The next `need` listings of these items.

        Of each item the first few ("heads") are read. Only an item all of whose heads are among
        the best so far can have more among them, and none of those lies beyond the last of the
        best; so only such items are read on, up to there, the foremost items first: what they
        bring may leave nothing to read of the others.
        """
        each = 1 + need // len(items)
        known = self._heads(reads, items, {**asked, "each": each})
        bound = {**asked, "each": need}
        best = _first(known, reads, need)
        more = [item for item in items if len(known[item]) == each < need]
        for foremost in (FOREMOST, len(items)):
            if len(best) == need:
                among = set(best)
                more = [item for item in more if known[item][-1] in among]
                bound["upto"] = best[-1][0]
            more.sort(key=lambda item: known[item][0], reverse=reads.falling)
            if more:
                known |= self._heads(reads, more[:foremost], bound)
                best, more = _first(known, reads, need), more[foremost:]
        return [number for _, number in best]

    def _heads(
        self, reads: Reads, items: Sequence[int], asked: Mapping[str, object]
    ) -> dict[int, list[tuple[int, int]]]:
        """The first keys and numbers of each item, in order."""
        found = statement(reads.heads(upto="upto" in asked), _HeadsRow)
        rows = self._connection.execute(found, {**asked, "items": json.dumps(items)})
        return {
            row.item: sorted(
                ((key, number) for key, number in json.loads(row.heads)), reverse=reads.falling
            )
            for row in rows
        }


def _first(
    known: Mapping[int, Sequence[tuple[int, int]]], reads: Reads, need: int
) -> list[tuple[int, int]]:
    """The first `need` of all heads."""
    heads = (head for found in known.values() for head in found)
    return sorted(heads, reverse=reads.falling)[:need]
