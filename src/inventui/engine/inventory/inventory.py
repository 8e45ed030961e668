"""Inventory: what a player holds, and selling, locking and discarding it.

What takes several player items (selling, locking) does all that it can in one operation, and
names each of the others with its reason; if it can do nothing at all, it is refused.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.core.catalogue_item import CatalogueItem
from inventui.engine.core.ledger import purse_of, receive
from inventui.engine.core.models import Balance
from inventui.engine.core.operation import Draft, Intent, perform
from inventui.engine.inventory.item_detail import detail_of
from inventui.engine.inventory.models import (
    Discard,
    InventoryPage,
    InventoryQuery,
    ItemDetail,
    LockChange,
    RefusedItem,
    Sale,
    SaleQuote,
    StackLine,
    Statistics,
)
from inventui.engine.inventory.pages import COUNTS, InventoryPages
from inventui.engine.inventory.player_items import (
    PlayerItemState,
    player_items_of,
)
from inventui.engine.inventory.stacks import ItemStacks
from inventui.rules.core.enums import Event, Rarity, Status
from inventui.rules.core.money import Currency, HouseAccount
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.inventory import (
    TAB_CATEGORIES,
    InventoryTab,
    check_discard,
    check_lock,
    check_sell,
)

if TYPE_CHECKING:
    from inventui.engine.core.context import Player


_LOCK = Statement(
    "UPDATE player_item SET locked = :locked WHERE id IN (SELECT value FROM json_each(:ids))"
)
T = TypeVar("T")


class Inventory:
    """One player's items."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world
        self._pages = InventoryPages(self._world, handle.id)
        self._stacks = ItemStacks(self._world, handle.id)

    def page(
        self, query: InventoryQuery, after: int | None = None, limit: int = 50
    ) -> InventoryPage | Refusal:
        """The lines that follow the player item `after`, or the first ones."""
        return self._pages.page(query, after, limit)

    def stacks(
        self, query: InventoryQuery, opened: Collection[int] = (), *, oldest: bool = False
    ) -> tuple[StackLine, ...]:
        """Everything that matches, equal things as one line; see `ItemStacks.lines`."""
        return self._stacks.lines(query, opened, oldest=oldest)

    def pieces(self, lines: Iterable[StackLine], most: int) -> tuple[int, ...]:
        """Numbers of the player items that these lines stand for, the newest of each first."""
        return self._stacks.pieces(lines, most)

    def count(self, query: InventoryQuery) -> int:
        """How many player items match."""
        return self._pages.count(query)

    def matching(self, query: InventoryQuery, among: Iterable[int]) -> frozenset[int]:
        """Which of these player items the query shows."""
        return self._pages.matching(query, among)

    def tab_counts(self) -> Mapping[InventoryTab, int]:
        """How many player items each tab holds, without what everybody has from the start."""
        counts = dict.fromkeys(InventoryTab, 0)
        with self._world.store.read() as connection:
            for row in connection.execute(COUNTS, {"player": self._handle.id}):
                item = self._world.catalogue.item(connection, row.item_id)
                if item.is_default:
                    continue
                counts[InventoryTab.ESCROW] += row.escrowed
                for tab, categories in TAB_CATEGORIES.items():
                    if tab is not InventoryTab.ESCROW and item.category in categories:
                        counts[tab] += row.held
        return counts

    def statistics(self) -> Statistics:
        """Totals of everything held but for what everybody has, and what was spent in all."""
        number = total = highest = 0
        by_rarity: dict[Rarity, int] = dict.fromkeys(Rarity, 0)
        with self._world.store.read() as connection:
            for row in connection.execute(COUNTS, {"player": self._handle.id}):
                item = self._world.catalogue.item(connection, row.item_id)
                if not row.held or item.is_default:
                    continue
                number += row.held
                total += row.held * item.value
                highest = max(highest, item.value)
                by_rarity[item.rarity] += row.held
            spent = purse_of(connection, self._handle.id).spent
        return Statistics(number, total, by_rarity, highest, spent)

    def detail(self, item_id: int) -> ItemDetail | Refusal:
        """Everything about one player item, with its provenance."""
        with self._world.store.read() as connection:
            rows, refused = self._player_items(connection, [item_id])
            if refused:
                return refused[0].refusal
            return detail_of(self._world.catalogue, connection, rows[0])

    def quote(self, ids: Iterable[int]) -> SaleQuote:
        """What selling these player items would bring right now; nothing is changed."""
        with self._world.store.read() as connection:
            sold, total, refused = self._sellable(connection, ids)
        return SaleQuote(tuple(row.id for row in sold), total, tuple(refused))

    def sell(self, ids: Iterable[int], key: str | None = None) -> Sale | Refusal:
        """Sell player items to the house in one operation; what can't be sold is named and kept."""
        wanted = list(dict.fromkeys(ids))
        intent = self._intent("sell", {"items": wanted}, key)
        return self._perform(intent, lambda draft: self._sell(draft, wanted), Sale)

    def _sell(self, draft: Draft, wanted: list[int]) -> Sale | Refusal:
        connection = draft.connection
        sold, total, refused = self._sellable(connection, wanted)
        if not sold:
            return _nothing("sold", refused)
        purse = purse_of(connection, self._handle.id)
        operation = draft.begin()
        operation.move([row.id for row in sold], Status.OWNED, Event.SELL)
        paid = receive(
            operation, self._world.house, purse, HouseAccount.SALE, Currency.ORANGES, total
        )
        return Sale(
            operation=operation.id,
            items_sold=len(sold),
            total_value=paid,
            balance=Balance(purse.oranges + paid, purse.gems),
            refused=tuple(refused),
            unpaid=operation.unpaid,
        )

    def lock(
        self, ids: Iterable[int], locked: bool, key: str | None = None
    ) -> LockChange | Refusal:
        """Lock or unlock items: what is locked can't be sold, given, listed or thrown away."""
        wanted = list(dict.fromkeys(ids))
        intent = self._intent("lock", {"items": wanted, "locked": locked}, key)
        return self._perform(intent, lambda draft: self._lock(draft, wanted, locked), LockChange)

    def _lock(self, draft: Draft, wanted: list[int], locked: bool) -> LockChange | Refusal:
        connection = draft.connection
        rows, refused = self._player_items(connection, wanted)
        alive = []
        for row in rows:
            item = self._world.catalogue.item(connection, row.item_id)
            refusal = check_lock(item.name, Status(row.status))
            if refusal is not None:
                refused.append(RefusedItem(row.id, refusal))
            else:
                alive.append(row)
        if not alive:
            return _nothing("locked" if locked else "unlocked", refused)
        changing = [row.id for row in alive if bool(row.locked) is not locked]
        operation = draft.begin()
        connection.execute(_LOCK, {"locked": int(locked), "ids": json.dumps(changing)})
        return LockChange(operation.id, locked, len(changing), tuple(refused))

    def discard(self, item_id: int, key: str | None = None) -> Discard | Refusal:
        """Throw a player item away for good."""
        intent = self._intent("discard", {"item": item_id}, key)
        return self._perform(intent, lambda draft: self._discard(draft, item_id), Discard)

    def _discard(self, draft: Draft, item_id: int) -> Discard | Refusal:
        rows, refused = self._player_items(draft.connection, [item_id])
        if refused:
            return refused[0].refusal
        row = rows[0]
        item = self._world.catalogue.item(draft.connection, row.item_id)
        refusal = check_discard(
            item.name, Status(row.status), locked=bool(row.locked), is_default=item.is_default
        )
        if refusal is not None:
            return refusal
        operation = draft.begin()
        operation.move([item_id], Status.OWNED, Event.DISCARD)
        return Discard(operation.id, item_id, item.name)

    def _intent(self, kind: str, request: Mapping[str, object], key: str | None) -> Intent:
        return Intent(kind, request, self._handle.id, uuid4().hex if key is None else key)

    def _perform(
        self, intent: Intent, decide: Callable[[Draft], T | Refusal], outcome: type[T]
    ) -> T | Refusal:
        return perform(self._world, intent, decide, outcome)

    def _sellable(
        self, connection: Connection, ids: Iterable[int]
    ) -> tuple[list[PlayerItemState], int, list[RefusedItem]]:
        """What the house would buy, the sum of it, and a refusal for each other number."""
        rows, refused = self._player_items(connection, ids)
        items: dict[int, CatalogueItem] = {}
        sold, total = [], 0
        for row in rows:
            item = items.get(row.item_id)
            if item is None:
                item = items[row.item_id] = self._world.catalogue.item(connection, row.item_id)
            refusal = check_sell(
                item.name, item.category, Status(row.status), locked=bool(row.locked)
            )
            if refusal is not None:
                refused.append(RefusedItem(row.id, refusal))
            else:
                sold.append(row)
                total += item.value
        return sold, total, refused

    def _player_items(
        self, connection: Connection, ids: Iterable[int]
    ) -> tuple[list[PlayerItemState], list[RefusedItem]]:
        """This player's items among `ids` in their order, and a refusal for each other number."""
        return player_items_of(connection, self._handle.id, ids)


def _nothing(done: str, refused: list[RefusedItem]) -> Refusal:
    """The refusal for a request of which nothing could be done."""
    if len(refused) == 1:
        return refused[0].refusal
    if not refused:
        return Refusal(Reason.NOTHING_TO_DO, f"Nothing was named to be {done}.")
    by_reason: dict[Reason, int] = defaultdict(int)
    for item in refused:
        by_reason[item.refusal.reason] += 1
    first = refused[0].refusal
    return Refusal(
        first.reason,
        f"None of these {len(refused):,} things can be {done}. The first: {first.message}",
        {
            "refused": [
                {"id": item.id, "reason": str(item.refusal.reason), "message": item.refusal.message}
                for item in refused
            ]
        },
    )
