"""Drawer: a player's page as others see it, and visits."""

from __future__ import annotations

from typing import NamedTuple

from inventui.db.guards.sql import FED_SQL
from inventui.db.statements import Statement
from inventui.engine.core.context import Player
from inventui.engine.core.counts import count_of
from inventui.engine.core.operation import Draft, Intent, perform
from inventui.engine.core.outcomes import Visited
from inventui.engine.drawer.models import DrawerView, Splat
from inventui.engine.inventory.inventory import Inventory
from inventui.engine.inventory.models import InventoryPage, InventoryQuery
from inventui.engine.players.cards import card_of_anyone
from inventui.engine.players.players import Players
from inventui.engine.wardrobe.wardrobe import worn_by
from inventui.rules.consumables import POOP_LASTS
from inventui.rules.core.clock import DAY
from inventui.rules.core.counters import Counted
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.inventory import InventoryTab, Sort

BEST_SHOWN = 8
"""How many collectibles a drawer shows."""

_VISIT = Statement(
    "INSERT INTO visit (operation_id, visitor_id, host_id) VALUES (:operation, :visitor, :host)"
)
_KEPT = Statement("SELECT 1 FROM operation WHERE scope = :scope AND key = :key", int)


class _Splat(NamedTuple):
    name: str
    until: int


_SPLATS = Statement(
    "SELECT p.name, e.until FROM effect e INDEXED BY effect_until"
    " JOIN player p ON p.id = e.by_player_id WHERE e.player_id = :player AND e.kind = 'splat'"
    " AND e.until > :now AND e.until <= :now + {lasts} ORDER BY e.id DESC",
    _Splat,
    lasts=POOP_LASTS,
)
_FED = Statement(
    "SELECT 1 FROM effect INDEXED BY effect_fed WHERE player_id = :player AND {fed}",
    int,
    fed=FED_SQL,
)


class Drawer:
    """The drawers that one player can see."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world
        self._players = Players(handle.world)

    def show(self, name: str | None = None) -> DrawerView | Refusal:
        """The player's own drawer, or another's; that is a visit, which counts once a day (UTC)."""
        host = self._handle
        if name is not None:
            found = self._players.find(name, anyone=True)
            if isinstance(found, Refusal):
                return found
            host = Player(self._world, found.id, found.name)
        if host.id != self._handle.id:
            self._visit(host.id)
        return self._view(host)

    def peek(self, name: str) -> DrawerView | Refusal:
        """Somebody's drawer without a visit: nothing is written."""
        found = self._players.find(name, anyone=True)
        if isinstance(found, Refusal):
            return found
        return self._view(Player(self._world, found.id, found.name))

    def _view(self, host: Player) -> DrawerView:
        inventory = Inventory(host)
        best = inventory.page(
            InventoryQuery(tab=InventoryTab.COLLECTIBLES, sort=Sort.VALUE), None, BEST_SHOWN
        )
        assert isinstance(best, InventoryPage)
        statistics = inventory.statistics()
        with self._world.store.read() as connection:
            now = self._world.clock.now()
            splats = connection.execute(_SPLATS, {"player": host.id, "now": now})
            return DrawerView(
                player=card_of_anyone(connection, host.id, host.name),
                worn=worn_by(self._world.catalogue, connection, host.id),
                best=best.items,
                statistics=statistics,
                visitors=count_of(connection, host.id, Counted.VISITS),
                splats=tuple(Splat(row.name, row.until) for row in splats),
                fed=connection.execute(_FED, {"player": host.id}).first() is not None,
            )

    def _visit(self, host: int) -> None:
        """Write a visit; the key makes it one a day."""
        key = f"visit:{host}:{self._world.clock.now() // DAY}"
        # Looked up first, so that a second look on a day waits for no writer.
        with self._world.store.read() as connection:
            scope = {"scope": self._handle.id, "key": key}
            if connection.execute(_KEPT, scope).first() is not None:
                return
        intent = Intent("visit", {"host": host}, self._handle.id, key)

        def visit(draft: Draft) -> Visited:
            operation = draft.begin()
            draft.connection.execute(
                _VISIT, {"operation": operation.id, "visitor": self._handle.id, "host": host}
            )
            return Visited(operation.id, host)

        perform(self._world, intent, visit, Visited)
