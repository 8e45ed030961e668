"""Numbers of open listings by their place in an order, as quick among many as among few.

What stands at a place is counted from the start or the end of an order, from a known place or from
the counts of blocks of numbers. Where all of those are far away, the listings at *about* that
place are told from a sample (`samples`), and what is read next to them follows them by key. So
no place costs more in a larger bazaar; whoever comes near an end from there learns from a
stretch by how much their places were wrong.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.bazaar.queries import ListingOrder
from inventui.engine.bazaar.ranges import RowRange, block_bounds
from inventui.engine.bazaar.reads import OpenListings
from inventui.engine.bazaar.samples import about
from inventui.engine.core.catalogue_item import CatalogueItem
from inventui.engine.inventory.sort_keys import ItemStack, sort_key
from inventui.rules.bazaar import BazaarSort
from inventui.rules.inventory.inventory import Sort

FAR = 4_000
"""Most listings that are read to count up to a place."""

MORE = 100
"""So many more than asked for are read near an end, to learn the true places."""

LINKED = 200
"""So far from a listing whose place is about right others are told from it."""

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


class _Block(NamedTuple):
    block: int
    listed: int


_BLOCKS = Statement(
    "SELECT block, listed FROM listing_block WHERE listed > 0 ORDER BY block DESC", _Block
)


@dataclass(frozen=True, slots=True)
class NumberWindow:
    """Numbers of listings that follow each other.

    Attributes:
        shift: what must be added to the place that was asked for to be that of the first; if
            `linked`, to all places that follow from the anchor's. Nothing stands before 0.
        linked: whether they were found by following the order from the anchor.
        about: whether the places are only about right.
    """

    ids: tuple[int, ...]
    shift: int = 0
    linked: bool = False
    about: bool = False


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
        self._listings = OpenListings(connection, self._order, listed, seller)
        self._entry = entry
        self.total = sum(kind.number for kind in kinds)

    def after(self, last: Entry | None, limit: int) -> list[int]:
        """The `limit` listings that follow `last`, or the first ones."""
        return self._walk(last, limit)

    def window(self, start: int, limit: int, anchor: tuple[int, int] | None) -> NumberWindow:
        """The listings from place `start` on; `anchor` is the (place, number) of one of them."""
        limit = min(limit, self.total - start)
        if limit <= 0:
            return NumberWindow(())
        if self._countable():
            return NumberWindow(tuple(self._counted(start, limit, anchor) or ()))
        near = None if anchor is None else self._entry(anchor[1])
        if anchor and near and -limit - LINKED <= start - anchor[0] <= LINKED:
            return self._linked(near, anchor[0], start, start + limit)
        counted = self._counted(start, limit, None, FAR)
        return self._about(start, limit) if counted is None else NumberWindow(tuple(counted))

    def _countable(self) -> bool:
        """Whether no place is too far from both ends to count up to it."""
        runs = [[kind] for kind in self._kinds] if self._sort in BY_ITEM else [self._kinds]
        return all(
            self._listings.cost(run, sum(kind.number for kind in run) // 2) <= FAR for run in runs
        )

    def _walk(
        self,
        entry: Entry | None,
        limit: int,
        *,
        backwards: bool = False,
        itself: bool = False,
    ) -> list[int]:
        """The listings next to one, or the first ones; with `itself` that one too."""
        key = None
        if entry is not None:
            before = (1 if self._order.falling else -1) * itself
            key = entry.key(self._order), entry.id + before
        if self._sort not in BY_ITEM:
            return self._listings.stretch(self._kinds, 0, limit, key, backwards=backwards)
        ids: list[int] = []
        for kind in self._kinds_from(entry, backwards=backwards):
            bound = key if entry is not None and kind.item.id == entry.item.id else None
            part = self._listings.stretch([kind], 0, limit - len(ids), bound, backwards=backwards)
            ids = part + ids if backwards else ids + part
            if len(ids) >= limit:
                break
        return ids

    def _kinds_from(self, entry: Entry | None, *, backwards: bool) -> Sequence[ItemStack]:
        """The items from that of a listing on, in the direction of reading."""
        kinds = self._kinds[::-1] if backwards else self._kinds
        if entry is None:
            return kinds
        by = BY_ITEM[self._sort]
        place = sort_key(entry.item, by)
        return [
            kind
            for kind in kinds
            if sort_key(kind.item, by) == place or (sort_key(kind.item, by) < place) is backwards
        ]

    def _linked(self, entry: Entry, place: int, start: int, end: int) -> NumberWindow:
        """The listings that stand from `start` to `end` if `entry` stands at `place`.

        Near an end more is read: either that is the end, which tells the true places, or there
        is more than was thought.
        """
        true, about = place, True
        before, after = max(0, place - start), max(0, end - place)
        back, on = list[int](), list[int]()
        if before:
            before += MORE * (start < MORE)
            back = self._walk(entry, before, backwards=True)
            about = len(back) == before
            true = max(place, len(back)) if about else len(back)
        if after:
            after += MORE * (end > self.total - MORE)
            on = self._walk(entry, after, itself=True)
            if len(on) < after:
                true, about = self.total - len(on), False
            elif about:
                true = min(true, self.total - len(on))
        ids, first = back + on, len(back) - place
        ids = ids[max(0, first + start) : first + end]
        return NumberWindow(tuple(ids), true - place, linked=True, about=about)

    def _about(self, start: int, limit: int) -> NumberWindow:
        """The listings from about place `start` on."""
        kinds, place, total = self._kinds, start, self.total
        if self._sort in BY_ITEM:
            bounds = list(accumulate(kind.number for kind in self._kinds))
            index = bisect_right(bounds, start)
            kinds, total = [kinds[index]], kinds[index].number
            place = start - bounds[index] + total
        items = {kind.item.id for kind in kinds}
        number = about(self._connection, self._order, items, place / total, self._listings.seller)
        entry = None if number is None else self._entry(number)
        if entry is None:
            return NumberWindow(tuple(self._counted(start, limit, None) or ()))
        ids = self._walk(entry, limit, itself=True)
        if len(ids) < limit:
            return NumberWindow(tuple(ids), self.total - len(ids) - start)
        return NumberWindow(tuple(ids), about=True)

    def _counted(
        self, start: int, limit: int, anchor: tuple[int, int] | None, most: int | None = None
    ) -> list[int] | None:
        """The listings from place `start` on; None if more than `most` must be passed over."""
        if self._sort not in BY_ITEM:
            return self._run(self._kinds, start, limit, anchor, most)
        ids: list[int] = []
        bounds = list(accumulate(kind.number for kind in self._kinds))
        index = bisect_right(bounds, start)
        while index < len(self._kinds) and len(ids) < limit:
            kind = self._kinds[index]
            before = bounds[index] - kind.number
            near = anchor and (anchor[0] - before, anchor[1])
            if near and not 0 <= near[0] < kind.number:
                near = None
            part = self._run([kind], max(0, start - before), limit - len(ids), near, most)
            if part is None:
                return None
            ids += part
            index += 1
        return ids

    def _run(
        self,
        kinds: Sequence[ItemStack],
        start: int,
        limit: int,
        anchor: tuple[int, int] | None,
        most: int | None,
    ) -> list[int] | None:
        """Listings from place `start` on, read from the start, the end, the anchor or a block."""
        total = sum(kind.number for kind in kinds)
        near = None if anchor is None else self._entry(anchor[1])
        bounds, listings = [], self._listings
        if self._sort is BazaarSort.NEWEST and listings.seller is None and total == listings.listed:
            bounds = block_bounds(self._connection.execute(_BLOCKS).all())
        run = RowRange(start, min(limit, total - start), total, anchor if near else None, bounds)
        direction, skip, after = run.shortest_way()
        if most is not None and listings.cost(kinds, skip) > most:
            return None
        bound = None
        if after is not None:
            # Only in the order of numbers it may be a bound between blocks.
            key = near.key(self._order) if near is not None and near.id == after else after
            bound = key, after
        return listings.stretch(kinds, skip, run.limit, bound, backwards=direction == "back")
