"""Stacks of the inventory: equal player items as one line, which opens into its pieces.

How many of an item are worn, listed, offered or locked is counted by triggers and by the index of
what is locked, so the stacks of a player are known without looking at their player items. Of each
stack the newest pieces are then read by key. So a list of stacks is as long as what there is
differs, whatever a player has of it, and costs as much in any world.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import fields, replace
from typing import TYPE_CHECKING, NamedTuple

from inventui.db.guards.sql import HELD_SQL
from inventui.db.statements import Connection, Statement
from inventui.engine.core.catalogue_item import CatalogueItem
from inventui.engine.core.counts import counts_of
from inventui.engine.inventory.models import (
    MOST_AT_ONCE,
    InventoryQuery,
    ItemLine,
    StackLine,
)
from inventui.engine.inventory.pages import COUNTS, LOCKED, matches
from inventui.engine.inventory.player_items import PlayerItemState, line_of
from inventui.engine.inventory.rows import COLUMNS
from inventui.engine.inventory.sort_keys import sort_key
from inventui.rules.core.categories import GEAR
from inventui.rules.core.counters import Counted
from inventui.rules.core.enums import Status
from inventui.rules.inventory.inventory import TAB_CATEGORIES, InventoryTab, Sort

if TYPE_CHECKING:
    from inventui.engine.core.context import Context

MOST_PIECES = 1_000
"""So many of the newest pieces an open stack shows."""

_PIECES = Statement(
    "SELECT {columns} FROM player_item INDEXED BY player_item_held_of_item"
    " WHERE player_id = :player AND item_id = :item AND {held} AND status = :status"
    " AND locked = :locked AND (durability = :durability OR :any_wear = 1)"
    " ORDER BY id DESC LIMIT :limit",
    PlayerItemState,
    columns=COLUMNS,
    held=HELD_SQL,
)
_OLDEST = Statement(
    "SELECT id FROM player_item INDEXED BY player_item_held_of_item"
    " WHERE player_id = :player AND item_id = :item AND {held} AND status = :status"
    " AND locked = :locked AND (durability = :durability OR :any_wear = 1)"
    " ORDER BY id LIMIT :limit",
    int,
    held=HELD_SQL,
)
_GEAR = Statement(
    "SELECT {columns} FROM player_item INDEXED BY player_item_held_of_item"
    " WHERE player_id = :player AND item_id = :item AND {held} ORDER BY id DESC",
    PlayerItemState,
    columns=COLUMNS,
    held=HELD_SQL,
)
_WORN = Statement(
    "SELECT {columns} FROM player_item INDEXED BY player_item_slot"
    " WHERE player_id = :player AND status = 'equipped'",
    PlayerItemState,
    columns=COLUMNS,
)
_WAITING = Statement(
    "SELECT {columns} FROM player_item INDEXED BY player_item_status"
    " WHERE player_id = :player AND status = '{escrowed}' ORDER BY id DESC",
    PlayerItemState,
    columns=COLUMNS,
    escrowed=Status.ESCROWED,
)


class _Kind(NamedTuple):
    """What the pieces of a stack have in common."""

    item: CatalogueItem
    status: Status
    locked: bool
    durability: int | None
    number: int


class ItemStacks:
    """Reads one player's items as stacks.

    Args:
        world: where.
        player: the player's number.
        free: if given, only what is owned and not locked is shown, of the items for which it is
            true.
    """

    def __init__(
        self, world: Context, player: int, free: Callable[[CatalogueItem], bool] | None = None
    ) -> None:
        self._world, self._player, self._free = world, player, free

    def lines(
        self, query: InventoryQuery, opened: Collection[int] = (), *, oldest: bool = False
    ) -> tuple[StackLine, ...]:
        """All lines of a query in its order; each stack whose key is in `opened` with its pieces.

        What everybody owns from the start stands on its own tabs only.

        Args:
            query: which player items, in which order.
            opened: keys of the stacks whose pieces are shown.
            oldest: whether `pieces` of a line are the oldest, those first, not the newest.
        """
        with self._world.store.read() as connection:
            if query.tab is InventoryTab.ESCROW or query.status is Status.ESCROWED:
                return self._waiting(connection, query)
            found = [
                (kind, self._newest(connection, kind, min(kind.number, MOST_AT_ONCE)))
                for kind in self._kinds(connection, query)
            ]
            lines = [_stack_line(kind, rows) for kind, rows in found if rows]
            if oldest:
                lines = [self._with_oldest(connection, line) for line in lines]
            if query.sort is Sort.NEWEST:
                lines.sort(key=lambda line: -line.id)
            else:
                by_item = {kind.item.id: sort_key(kind.item, query.sort) for kind, _ in found}
                lines.sort(key=lambda line: (by_item[line.item], -line.id))
            return tuple(self._opened(connection, lines, set(opened)))

    def pieces(self, lines: Iterable[StackLine], most: int) -> tuple[int, ...]:
        """Numbers of the pieces of these lines as of now, the newest of each first."""
        numbers: dict[int, None] = {}
        with self._world.store.read() as connection:
            for line in lines:
                if line.count == 1:
                    numbers[line.id] = None
                elif len(numbers) < most:
                    rows = self._newest(connection, self._kind_of(connection, line), most)
                    numbers.update(dict.fromkeys(row.id for row in rows))
        return tuple(numbers)[:most]

    def _kinds(self, connection: Connection, query: InventoryQuery) -> Iterator[_Kind]:
        """What there is of the items that match, by status, lock and wear."""
        asked = {"player": self._player}
        locked = dict(connection.execute(LOCKED, asked).all())
        bound = {
            status: dict(counts_of(connection, self._player, Counted(status)))
            for status in (Status.EQUIPPED, Status.LISTED, Status.OFFERED)
        }
        worn = Counter(row.item_id for row in connection.execute(_WORN, asked) if row.locked)
        for row in connection.execute(COUNTS, asked).all():
            item = self._world.catalogue.item(connection, row.item_id)
            if not row.held or not self._shows(query, item):
                continue
            kinds: list[_Kind]
            if item.category in GEAR:
                kinds = self._by_wear(connection, item)
            else:
                others = {status: counts.get(item.id, 0) for status, counts in bound.items()}
                shut = locked.get(item.id, 0)
                free = row.held - sum(others.values()) - shut
                kinds = [
                    _Kind(item, Status.OWNED, False, None, free),
                    _Kind(item, Status.OWNED, True, None, shut),
                ]
                for status, number in others.items():
                    locked_too = status is Status.EQUIPPED and worn[item.id] > 0
                    kinds.append(_Kind(item, status, locked_too, None, number))
            yield from (kind for kind in kinds if kind.number > 0 and self._wants(query, kind))

    def _by_wear(self, connection: Connection, item: CatalogueItem) -> list[_Kind]:
        """The kinds of a piece of gear; there is room for ten pieces in all."""
        rows = connection.execute(_GEAR, {"player": self._player, "item": item.id})
        kinds = Counter((Status(row.status), bool(row.locked), row.durability) for row in rows)
        return [_Kind(item, *kind, number) for kind, number in kinds.items()]

    def _shows(self, query: InventoryQuery, item: CatalogueItem) -> bool:
        return (
            item.category in TAB_CATEGORIES[query.tab]
            and not (query.tab is InventoryTab.ALL and item.is_default)
            and matches(query, item)
            and (self._free is None or self._free(item))
        )

    def _wants(self, query: InventoryQuery, kind: _Kind) -> bool:
        if self._free is not None:
            return kind.status is Status.OWNED and not kind.locked
        return query.status in (None, kind.status)

    def _newest(self, connection: Connection, kind: _Kind, limit: int) -> list[PlayerItemState]:
        return connection.execute(_PIECES, self._asked(kind, limit)).all()

    def _with_oldest(self, connection: Connection, line: StackLine) -> StackLine:
        """A line whose pieces are the oldest, those first."""
        if line.count <= MOST_AT_ONCE:
            return replace(line, pieces=line.pieces[::-1])
        asked = self._asked(self._kind_of(connection, line), MOST_AT_ONCE)
        return replace(line, pieces=tuple(connection.execute(_OLDEST, asked)))

    def _asked(self, kind: _Kind, limit: int) -> dict[str, object]:
        return {
            "player": self._player,
            "item": kind.item.id,
            "status": str(kind.status),
            "locked": int(kind.locked),
            "durability": kind.durability or 0,
            "any_wear": int(kind.durability is None),
            "limit": limit,
        }

    def _opened(
        self, connection: Connection, lines: Iterable[StackLine], opened: set[int]
    ) -> Iterator[StackLine]:
        """These lines, with the newest pieces of those that are open below them."""
        for line in lines:
            if line.count == 1 or line.key not in opened:
                yield line
                continue
            yield replace(line, opened=True)
            kind = self._kind_of(connection, line)
            for row in self._newest(connection, kind, MOST_PIECES):
                yield _stack_line(kind._replace(number=1), [row], inside=True)

    def _kind_of(self, connection: Connection, line: StackLine) -> _Kind:
        item = self._world.catalogue.item(connection, line.item)
        return _Kind(item, line.status, line.locked, line.durability, line.count)

    def _waiting(self, connection: Connection, query: InventoryQuery) -> tuple[StackLine, ...]:
        """What waits in escrow, a few player items with an end of their own each."""
        rows = connection.execute(_WAITING, {"player": self._player}).all()
        pairs = [(self._world.catalogue.item(connection, row.item_id), row) for row in rows]
        found = [(item, row) for item, row in pairs if matches(query, item)]
        if query.sort is not Sort.NEWEST:
            found.sort(key=lambda pair: sort_key(pair[0], query.sort))
        return tuple(
            _stack_line(_Kind(item, Status.ESCROWED, False, None, 1), [row]) for item, row in found
        )


def _stack_line(kind: _Kind, rows: list[PlayerItemState], *, inside: bool = False) -> StackLine:
    newest = line_of(rows[0], kind.item)
    return StackLine(
        **{field.name: getattr(newest, field.name) for field in fields(ItemLine)},
        item=kind.item.id,
        count=kind.number,
        pieces=tuple(row.id for row in rows),
        inside=inside,
    )
