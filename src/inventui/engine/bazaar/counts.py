"""Numbers of open listings in an order, as quick among many as among few.

Everybody's listings are read from indexes: all items' from one over all items, one item's
from one that has the item in front. Of several items each item's first listings ("heads") are
merged, and of no item more is read than can be among the next listings of all. One
player's own listings are few and are sorted in memory.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple

from inventui.db.statements import Connection, statement
from inventui.engine.bazaar.queries import ListingOrder, Reads
from inventui.engine.core.catalogue import CatalogueItem
from inventui.engine.inventory.sort_keys import ItemStack, RowRange, from_last, sort_key
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


_NEWEST = ListingOrder("id", "listing_open", falling=True)
_CHEAPEST = ListingOrder("price", "listing_open_price")
_DEAREST = ListingOrder("price", "listing_open_price", falling=True)
_ENDING = ListingOrder("until", "listing_open_until")
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


class _HeadsRow(NamedTuple):
    item: int
    heads: str


class PublicListings:
    """The numbers of everybody's open listings of some items, in an order."""

    def __init__(
        self,
        connection: Connection,
        sort: BazaarSort,
        kinds: Sequence[ItemStack],
        listed: int,
        entry: Callable[[int], Entry | None],
    ) -> None:
        """Read within one transaction.

        Args:
            connection: reads.
            sort: the order.
            kinds: the items, with how many listings of each; sorted if the order is one of
                `BY_ITEM`.
            listed: how many listings are open in all.
            entry: finds a listing by its number, in any state.
        """
        self._connection = connection
        self._sort = sort
        self._order = ORDERS[sort]
        self._kinds = kinds
        self._listed = listed
        self._entry = entry
        self.total = sum(kind.number for kind in kinds)

    def after(self, last: Entry | None, limit: int) -> list[int]:
        """The `limit` listings that follow `last`, or the first ones."""
        if self._sort not in BY_ITEM:
            return self._stretch(self._kinds, 0, limit, last)
        ids: list[int] = []
        item = None if last is None else last.item
        for kind, bound in from_last(
            self._kinds, BY_ITEM[self._sort], item, None if last is None else last.id
        ):
            ids += self._stretch([kind], 0, limit - len(ids), None if bound is None else last)
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
        run = RowRange(start, min(limit, total - start), total, anchor if near else None)
        direction, skip, after = run.shortest_way()
        bound = None if after is None else near
        return self._stretch(kinds, skip, run.limit, bound, backwards=direction == "back")

    def _stretch(
        self,
        kinds: Sequence[ItemStack],
        skip: int,
        limit: int,
        last: Entry | None,
        *,
        backwards: bool = False,
    ) -> list[int]:
        """Listings of these items beyond `last`, in order, even if they are read backwards."""
        if not kinds or limit <= 0:
            return []
        total = sum(kind.number for kind in kinds)
        one = len(kinds) == 1
        asked: dict[str, object] = {"limit": limit, "offset": skip}
        if last is not None:
            asked |= {"key": last.key(self._order), "last": last.id}
        reads = Reads(self._order, last is not None, backwards)
        if one or total == self._listed:
            asked["item"] = kinds[0].item.id
            ids = self._read(reads.walk("item_id = :item" if one else ""), asked)
        else:
            items = [kind.item.id for kind in kinds]
            asked["items"] = json.dumps(items)
            if skip + limit <= MERGED:
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


class OwnListings:
    """The numbers of one player's own open listings, in an order."""

    def __init__(self, sort: BazaarSort, entries: Sequence[Entry]) -> None:
        """Sort these listings."""
        self._sort = sort
        self._places = sorted((own_place(entry, sort), entry.id) for entry in entries)
        self.total = len(self._places)

    def after(self, last: Entry | None, limit: int) -> list[int]:
        """The `limit` listings that follow `last`, or the first ones."""
        start = 0
        if last is not None:
            start = bisect_right(self._places, (own_place(last, self._sort), last.id))
        return self.window(start, limit)

    def window(self, start: int, limit: int, _: tuple[int, int] | None = None) -> list[int]:
        """The listings from place `start` on; they are too few to need an anchor."""
        return [number for _, number in self._places[start : start + limit]]


def own_place(entry: Entry, sort: BazaarSort) -> tuple[Any, ...]:
    """The sort key of a listing in an order."""
    order = ORDERS[sort]
    sign = -1 if order.falling else 1
    within = (sign * entry.key(order), sign * entry.id)
    return (*sort_key(entry.item, BY_ITEM[sort]), *within) if sort in BY_ITEM else within
