"""Workshop: what may be fused, quotes of a fusion, fusing, and past fusions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.catalogue_item import CatalogueItem
from inventui.engine.core.outcome_json import load
from inventui.engine.inventory.models import InventoryPage, InventoryQuery, StackLine
from inventui.engine.inventory.pages import InventoryPages
from inventui.engine.inventory.player_items import line_of
from inventui.engine.inventory.stacks import ItemStacks
from inventui.engine.workshop.fuse import KIND, Fusing
from inventui.engine.workshop.models import Fused, FusionInput, FusionLine, FusionQuote
from inventui.engine.workshop.pools import cheapest_of
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.inventory import InventoryTab
from inventui.rules.workshop import may_be_fused, next_rarity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inventui.engine.core.context import Player

MOST_LINES = 1_000


class _PastFusion(NamedTuple):
    id: int
    at: int
    rarity: str
    fee: int
    odds_table_id: int
    entry: int
    player_item_id: int


_PAST = Statement(
    "SELECT f.id, o.at, f.rarity, f.fee, r.odds_table_id, r.entry, r.player_item_id FROM fusion f"
    " JOIN operation o ON o.id = f.operation_id JOIN roll r ON r.id = f.roll_id"
    " WHERE f.player_id = :player AND f.id < :before ORDER BY f.id DESC LIMIT :limit",
    _PastFusion,
)
_WENT_IN = Statement(
    "SELECT i.name FROM fusion_input f JOIN player_item p ON p.id = f.player_item_id"
    " JOIN item i ON i.id = p.item_id WHERE f.fusion_id = :fusion ORDER BY f.id",
    str,
)
MOST_PENDING = 100
"""Fusions that are read at once, the latest of them."""

_PENDING = Statement(
    "SELECT o.outcome FROM player p CROSS JOIN operation o ON o.player_id = p.id"
    " AND o.kind = '{kind}' AND o.id > p.revealed_operation_id WHERE p.id = :player"
    " ORDER BY o.id DESC LIMIT {most}",
    str,
    kind=KIND,
    most=MOST_PENDING,
)


class Workshop:
    """The workshop, used by one player."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world
        self._pages = InventoryPages(self._world, handle.id, _may_be_fused)
        self._stacks = ItemStacks(self._world, handle.id, _may_be_fused)
        self._fusing = Fusing(handle)

    def player_items(
        self, query: InventoryQuery, after: int | None = None, limit: int = 50
    ) -> InventoryPage | Refusal:
        """A page of what may be fused: collectibles that are owned, not locked, not legendary.

        The query's tab and status are ignored. `count` and `matching` go with it, as the
        inventory's do.
        """
        return self._pages.page(_fusible(query), after, limit)

    def stacks(self, query: InventoryQuery) -> tuple[StackLine, ...]:
        """All that may be fused, equal things as one line."""
        return self._stacks.lines(_fusible(query))

    def count(self, query: InventoryQuery) -> int:
        """How many player items may be fused."""
        return self._pages.count(_fusible(query))

    def matching(self, query: InventoryQuery, among: Iterable[int]) -> frozenset[int]:
        """Which of these player items the query shows."""
        return self._pages.matching(_fusible(query), among)

    def counts(self) -> Mapping[Rarity, int]:
        """How many player items of each rarity may be fused."""
        return {
            rarity: self.count(InventoryQuery(rarity=rarity))
            for rarity in Rarity
            if next_rarity(rarity) is not None
        }

    def cheapest(self, rarity: Rarity) -> tuple[int, ...]:
        """The five cheapest player items of a rarity that may be fused, or those there are."""
        with self._world.store.read() as connection:
            return tuple(cheapest_of(self._world, connection, self._handle.id, rarity))

    def quote(self, item_ids: Sequence[int]) -> FusionQuote | Refusal:
        """What a fusion of these player items, any number of them, would be; nothing is changed.

        A refusal if one of them is not the player's; any other refusal stands in the quote.
        """
        with self._world.store.read() as connection:
            found = self._fusing.inspect(connection, item_ids)
            if isinstance(found, Refusal):
                return found
            entries = found.odds.entries if found.odds is not None else ()
            won = [self._world.catalogue.by_slug(connection, entry.item) for entry in entries]
        return FusionQuote(
            inputs=tuple(
                FusionInput(line_of(row, item), brought.case, brought.case_name)
                for row, item, brought in zip(found.rows, found.items, found.brought, strict=True)
            ),
            rarity=found.rarity,
            result=None if found.rarity is None else next_rarity(found.rarity),
            fee=0 if found.odds is None else found.odds.price,
            value=sum(item.value for item in found.items),
            odds=found.odds,
            sprites=tuple(item.sprite for item in won),
            emoji=tuple(item.emoji for item in won),
            refusal=found.refusal,
        )

    def fuse(
        self, item_ids: Sequence[int], key: str | None = None, odds_hash: str | None = None
    ) -> Fused | Refusal:
        """Make five collectibles of one rarity into one of the next.

        The outcome is committed before this returns; a reveal only shows it.

        Args:
            item_ids: five different player items, in any order.
            key: idempotency key.
            odds_hash: of the table that the player saw; another one is refused.
        """
        return self._fusing.fuse({"items": sorted(item_ids)}, lambda _: item_ids, key, odds_hash)

    def fuse_cheapest(
        self, rarity: Rarity, key: str | None = None, odds_hash: str | None = None
    ) -> Fused | Refusal:
        """Fuse the five cheapest player items of a rarity, as of the transaction."""
        return self._fusing.fuse(
            {"cheapest": str(rarity)},
            lambda connection: cheapest_of(self._world, connection, self._handle.id, rarity),
            key,
            odds_hash,
        )

    def past(self, before: int | None = None, limit: int = 50) -> tuple[FusionLine, ...]:
        """Past fusions, the newest first; `before` is the number of the last one already seen."""
        asked = {
            "player": self._handle.id,
            "before": 2**63 - 1 if before is None else max(0, min(before, 2**63 - 1)),
            "limit": max(1, min(limit, MOST_LINES)),
        }
        with self._world.store.read() as connection:
            rows = connection.execute(_PAST, asked).all()
            return tuple(self._past(connection, row) for row in rows)

    def _past(self, connection: Connection, row: _PastFusion) -> FusionLine:
        won = self._world.catalogue.odds(connection, row.odds_table_id).entries[row.entry]
        return FusionLine(
            id=row.id,
            at=row.at,
            rarity=Rarity(row.rarity),
            names=tuple(connection.execute(_WENT_IN, {"fusion": row.id})),
            fee=row.fee,
            entry=won.name,
            value=won.value,
            result=won.rarity,
            item_id=row.player_item_id,
        )

    def pending(self) -> tuple[Fused, ...]:
        """The latest fusions whose reveal was never finished, the oldest first."""
        with self._world.store.read() as connection:
            rows = connection.execute(_PENDING, {"player": self._handle.id}).all()
        return tuple(load(Fused, outcome) for outcome in reversed(rows))


def _may_be_fused(item: CatalogueItem) -> bool:
    return may_be_fused(item.category, item.rarity)


def _fusible(query: InventoryQuery) -> InventoryQuery:
    return replace(query, tab=InventoryTab.ALL, status=None)
