"""Pages of the bazaar, as quick at a million open listings as at a thousand.

`listing_count` counts the open listings of each item, a few hundred rows at most. Filters and
totals are computed from those counts, for one's own listings from the counts of what one has
listed; the numbers of the listings on a page come from
indexes (`counts`), and only those listings are read in full.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.bazaar.counts import BY_ITEM, Entry, OpenNumbers
from inventui.engine.bazaar.models import BazaarQuery, ListingLine, ListingPage, ListingWindow
from inventui.engine.bazaar.transfer import ListingRecord
from inventui.engine.core.buyers import Visitor, visitor
from inventui.engine.core.catalogue_item import CatalogueItem
from inventui.engine.core.counts import counts_of
from inventui.engine.inventory.models import ItemLine
from inventui.engine.inventory.pages import MOST_ON_A_PAGE
from inventui.engine.inventory.sort_keys import ItemStack, sort_key
from inventui.rules.bazaar import ListingState, OpenListing, Shopper, check_purchase
from inventui.rules.core.categories import GEAR
from inventui.rules.core.counters import Counted
from inventui.rules.core.enums import Status
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.search import parse_search
from inventui.rules.inventory.inventory import TAB_CATEGORIES, InventoryTab

if TYPE_CHECKING:
    from inventui.engine.core.context import Context


class _CountRow(NamedTuple):
    item_id: int
    listed: int


_COUNTS = Statement("SELECT item_id, listed FROM listing_count WHERE listed > 0", _CountRow)


class _EntryRow(NamedTuple):
    id: int
    item_id: int
    price: int
    until: int


_ENTRY = Statement("SELECT id, item_id, price, until FROM listing WHERE id = :id", _EntryRow)


class _LineRow(NamedTuple):
    id: int
    player_item_id: int
    item_id: int
    price: int
    at: int
    until: int
    state: str
    seller_id: int
    seller: str
    neighbour: int


_LINES = Statement(
    "SELECT l.id, l.player_item_id, l.item_id, l.price, l.at, l.until, l.state, l.seller_id,"
    " s.name AS seller, n.id IS NOT NULL AS neighbour FROM json_each(:ids) j"
    " CROSS JOIN listing l ON l.id = j.value CROSS JOIN player s ON s.id = l.seller_id"
    " LEFT JOIN neighbour n ON n.player_id = l.seller_id",
    _LineRow,
)


class _WearRow(NamedTuple):
    id: int
    durability: int


# Among a million rows each lies on a disk page of its own, so a player item's row is read only
# for what nothing else tells: how worn a piece of gear is.
_WEAR = Statement(
    "SELECT p.id, p.durability FROM json_each(:ids) j CROSS JOIN player_item p ON p.id = j.value",
    _WearRow,
)


class BazaarPages:
    """Reads open listings in order, as one player sees them."""

    def __init__(self, world: Context, player: int) -> None:
        """Read for `player`."""
        self._world = world
        self._player = player

    def count(self, query: BazaarQuery) -> int:
        """How many listings match."""
        with self._world.store.read() as connection:
            return self._shelf(connection, query).total

    def page(self, query: BazaarQuery, after: int | None, limit: int) -> ListingPage | Refusal:
        """The page that follows the listing `after`, or the first; a refusal if there is none."""
        limit = max(1, min(limit, MOST_ON_A_PAGE))
        with self._world.store.read() as connection:
            last = None if after is None else self._entry(connection, after)
            if after is not None and last is None:
                return Refusal(
                    Reason.INVALID_CURSOR,
                    f"No page can follow {after}: no listing has that number. Take the `next` of "
                    "the page before, or leave it out.",
                    {"after": after},
                )
            shelf = self._shelf(connection, query)
            # One more than asked for tells whether another page follows.
            ids = shelf.after(last, limit + 1)
            lines = self.lines(connection, ids[:limit])
        return ListingPage(lines, shelf.total, lines[-1].id if len(ids) > limit else None)

    def window(
        self, query: BazaarQuery, start: int, limit: int, anchor: tuple[int, int] | None
    ) -> ListingWindow:
        """The lines from place `start` on."""
        start, limit = max(0, start), max(1, min(limit, MOST_ON_A_PAGE))
        with self._world.store.read() as connection:
            found = self._shelf(connection, query).window(start, limit, anchor)
            lines = self.lines(connection, found.ids)
        return ListingWindow(lines, found.shift, found.linked, found.about)

    def lines(self, connection: Connection, ids: Sequence[int]) -> tuple[ListingLine, ...]:
        """The listings with these numbers, in this order, as the player sees them now."""
        if not ids:
            return ()
        at = self._world.clock.now()
        buying = visitor(connection, self._player)
        rows = {row.id: row for row in connection.execute(_LINES, {"ids": json.dumps(list(ids))})}
        catalogue = self._world.catalogue
        items = {number: catalogue.item(connection, rows[number].item_id) for number in ids}
        gear = [rows[number].player_item_id for number in ids if items[number].category in GEAR]
        worn = {}
        if gear:
            found = connection.execute(_WEAR, {"ids": json.dumps(gear)})
            worn = {row.id: row.durability for row in found}
        return tuple(self._line(rows[number], items[number], worn, buying, at) for number in ids)

    def _line(
        self,
        row: _LineRow,
        item: CatalogueItem,
        worn: Mapping[int, int],
        buying: Visitor,
        at: int,
    ) -> ListingLine:
        mine = row.seller_id == self._player
        return ListingLine(
            id=row.id,
            player_item=ItemLine(
                id=row.player_item_id,
                name=item.name,
                category=item.category,
                rarity=item.rarity,
                value=item.value,
                status=Status.LISTED,
                locked=False,
                acquired_at=row.at,
                sprite=item.sprite,
                emoji=item.emoji,
                style=item.style,
                durability=worn.get(row.player_item_id),
                most_durability=item.durability,
            ),
            price=row.price,
            seller=row.seller,
            neighbour=bool(row.neighbour),
            mine=mine,
            at=row.at,
            until=row.until,
            held=buying.held.get(item.id, 0),
            refusal=check_purchase(open_listing(row, item, mine), shopper(buying, item), at),
        )

    def _shelf(self, connection: Connection, query: BazaarQuery) -> OpenNumbers:
        search = parse_search(query.search)
        categories = (
            TAB_CATEGORIES[query.tab] if query.tab is not InventoryTab.ESCROW else frozenset()
        )

        def matches(item: CatalogueItem) -> bool:
            return (
                item.category in categories
                and (query.rarity is None or item.rarity is query.rarity)
                and item.value >= query.min_value
                and search.finds(item, item.value, item.description)
            )

        catalogue = self._world.catalogue
        counts: Iterable[tuple[int, int]] = (
            counts_of(connection, self._player, Counted.LISTED)
            if query.mine
            else connection.execute(_COUNTS).all()
        )
        listed = [ItemStack(catalogue.item(connection, item), number) for item, number in counts]
        kinds = [kind for kind in listed if matches(kind.item)]
        if query.sort in BY_ITEM:
            kinds.sort(key=lambda kind: sort_key(kind.item, BY_ITEM[query.sort]))
        return OpenNumbers(
            connection,
            query.sort,
            kinds,
            sum(kind.number for kind in listed),
            lambda number: self._entry(connection, number),
            self._player if query.mine else None,
        )

    def _entry(self, connection: Connection, number: int) -> Entry | None:
        """A listing by its number, in any state; None if no listing has it."""
        if not 0 < number < 2**63:
            return None
        row = connection.execute(_ENTRY, {"id": number}).first()
        if row is None:
            return None
        item = self._world.catalogue.item(connection, row.item_id)
        return Entry(row.id, item, row.price, row.until)


def open_listing(row: _LineRow | ListingRecord, item: CatalogueItem, mine: bool) -> OpenListing:
    """A listing as the rules of buying take it; `mine`, whether the buyer listed it."""
    return OpenListing(
        item.name, item.category, row.price, row.until, ListingState(row.state), mine
    )


def shopper(buying: Visitor, item: CatalogueItem) -> Shopper:
    """A customer as the rules of buying an item take one."""
    return Shopper(
        oranges=buying.purse.oranges,
        owns=item.id in buying.held,
        gear_held=buying.buyer.gear_held,
    )
