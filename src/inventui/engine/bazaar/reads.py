"""Numbers of open listings beyond a known one, in an order: those of all items, one or several.

All items' listings are read from indexes over all items, one item's from one that has the item in
front. Of several items each item's first listings ("heads") are merged, and of no item more is
read than can be among the next listings of all. One player's own listings are read from indexes
with the seller in front.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from inventui.db.statements import Connection, statement
from inventui.engine.bazaar.queries import ListingOrder, Reads
from inventui.engine.inventory.sort_keys import ItemStack

GLANCE = 3
"""A glance reads so many times what would hold enough matches if they were spread evenly."""

GLANCED = 2_000
"""Most listings read by a glance; beyond that, merging the items' heads is cheaper."""

MERGED = 400
"""Up to so far ahead heads are merged; what lies farther on is read along an index."""

SORTED = 2
"""So many passed over cost as much as one that is gathered item by item, and then sorted."""

FOREMOST = 4
"""How many items' heads are read on first when they may not be enough."""


class _NumberRow(NamedTuple):
    key: int
    id: int


class _HeadsRow(NamedTuple):
    item: int
    heads: str


class OpenListings:
    """Reads numbers of open listings in an order: everybody's, or one seller's.

    Args:
        connection: reads.
        order: the order.
        listed: how many listings are open in all, of this seller if one is given.
        seller: whose listings are read; without it everybody's.
    """

    def __init__(
        self, connection: Connection, order: ListingOrder, listed: int, seller: int | None = None
    ) -> None:
        self.connection = connection
        self.order = order
        self.listed = listed
        self.seller = seller

    def of_all(self, kinds: Sequence[ItemStack]) -> bool:
        """Whether these are all that is listed, or of one item, so that none is passed over."""
        return self._of_one(kinds) or sum(kind.number for kind in kinds) == self.listed

    def cost(self, kinds: Sequence[ItemStack], rows: int) -> int:
        """About how many listings are read for the next `rows` of these items."""
        total = sum(kind.number for kind in kinds)
        if not total or self.of_all(kinds) or (self.seller is None and rows <= MERGED):
            return min(rows, total)
        return min(total, rows * self.listed // total)

    def stretch(
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
        mine = self.seller is not None
        one = self._of_one(kinds)
        asked: dict[str, object] = {"limit": limit, "offset": skip}
        if last is not None:
            asked |= {"key": last[0], "last": last[1]}
        if mine:
            asked["me"] = self.seller
        reads = Reads(self.order, last is not None, backwards, mine)
        if one or total == self.listed:
            asked["item"] = kinds[0].item.id
            ids = self._read(reads.walk("item_id = :item" if one else ""), asked)
        else:
            items = [kind.item.id for kind in kinds]
            asked["items"] = json.dumps(items)
            if not mine and skip + limit <= MERGED:
                ids = self._next(reads, items, total, skip, limit, asked)
            else:
                rare = total * SORTED <= (skip + limit) * self.listed // total
                ids = self._read(reads.gather() if rare else reads.sift(), asked)
        return ids[::-1] if backwards else ids

    def _of_one(self, kinds: Sequence[ItemStack]) -> bool:
        # Of one item a seller's listings are in the order of price alone.
        return len(kinds) == 1 and (self.seller is None or self.order.column == "price")

    def _read(self, sql: str, asked: Mapping[str, object]) -> list[int]:
        return [row.id for row in self.connection.execute(statement(sql, _NumberRow), asked)]

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
        seen = GLANCE * need * self.listed // total
        if seen <= GLANCED:
            ids = self._read(reads.glance(), {**asked, "seen": seen})
            if len(ids) == limit or seen >= self.listed:
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
        rows = self.connection.execute(found, {**asked, "items": json.dumps(items)})
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
