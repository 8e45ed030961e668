"""Escrow: player items that wait for their player, and claiming them.

They are the player's already, take up no room, and expire one by one; what puts them there is
`core.item_grants`, what lets them expire `time.expiries`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.core.buyers import visitor
from inventui.engine.core.operation import Draft, Intent, perform
from inventui.engine.inventory.models import Claim, EscrowItem, EscrowView
from inventui.engine.inventory.player_items import line_of, player_item_of
from inventui.rules.core import lifecycle
from inventui.rules.core.enums import Acquisition, Event, Status
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.escrow import check_claim

if TYPE_CHECKING:
    from inventui.engine.core.context import Player

_SELECT = (
    "SELECT id, item_id, status, locked, acquired_at, held_until, acquisition, source, durability"
    " FROM player_item"
)


class _WithSource(NamedTuple):
    """A player item, with how and from whom its player got it."""

    id: int
    item_id: int
    status: str
    locked: int
    acquired_at: int
    held_until: int | None
    acquisition: str
    source: str
    durability: int | None


_WAITING = Statement(
    "{select} WHERE player_id = :player AND status = 'escrowed'"
    " ORDER BY held_until IS NULL, held_until, id",
    _WithSource,
    select=_SELECT,
)
_PLAYER_ITEM = Statement("{select} WHERE id = :player_item", _WithSource, select=_SELECT)


class Escrow:
    """One player's escrow."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world

    def view(self) -> EscrowView:
        """What waits in escrow, in the order in which it expires."""
        at = self._world.clock.now()
        with self._world.store.read() as connection:
            gear = self._gear_held(connection)
            rows = connection.execute(_WAITING, {"player": self._handle.id}).all()
            items = tuple(self._item(connection, row, gear, at) for row in rows)
        return EscrowView(items, lifecycle.ESCROW_ROOM, gear, lifecycle.GEAR_ROOM, at)

    def claim(self, item_id: int, key: str | None = None) -> Claim | Refusal:
        """Take a player item out of escrow into the inventory; gear needs room there."""
        request = {"item": item_id}
        intent = Intent("claim", request, self._handle.id, uuid4().hex if key is None else key)
        return perform(self._world, intent, lambda draft: self._claim(draft, item_id), Claim)

    def _claim(self, draft: Draft, item_id: int) -> Claim | Refusal:
        connection = draft.connection
        mine = player_item_of(connection, self._handle.id, item_id)
        if isinstance(mine, Refusal):
            return mine
        row = connection.execute(_PLAYER_ITEM, {"player_item": item_id}).one()
        gear = self._gear_held(connection)
        found = self._item(connection, row, gear, draft.at)
        if found.refusal is not None:
            return found.refusal
        operation = draft.begin()
        operation.move([item_id], Status.ESCROWED, Event.CLAIM)
        return Claim(operation.id, item_id, found.line.name, found.line.category)

    def _gear_held(self, connection: Connection) -> int:
        return visitor(connection, self._handle.id).buyer.gear_held

    def _item(
        self, connection: Connection, row: _WithSource, gear_held: int, at: int
    ) -> EscrowItem:
        item = self._world.catalogue.item(connection, row.item_id)
        line = line_of(row, item)
        return EscrowItem(
            line=line,
            acquisition=Acquisition(row.acquisition),
            source=row.source,
            figures=item.figures,
            durability=row.durability,
            refusal=check_claim(
                item.name, item.category, line.status, row.held_until, gear_held, at
            ),
        )
