"""Reveals: openings and fusions that were decided, and have yet to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from inventui.db.statements import Statement
from inventui.engine.cases.models import Opening
from inventui.engine.cases.open import Cases
from inventui.engine.core.operation import adapter
from inventui.engine.workshop.models import Fused

if TYPE_CHECKING:
    from inventui.engine.core.context import Player


class _PendingRow(NamedTuple):
    id: int
    kind: str
    outcome: str | None


_PENDING = Statement(
    "SELECT o.id, o.kind, o.outcome FROM operation o JOIN player p ON p.id = o.player_id"
    " WHERE p.id = :player AND o.id > p.revealed_operation_id AND o.kind IN ('open', 'fuse')"
    " ORDER BY o.id",
    _PendingRow,
)
_REVEALED = Statement(
    "UPDATE player SET revealed_operation_id = max(revealed_operation_id, :operation)"
    " WHERE id = :player"
)


class Reveals:
    """What one player has yet to be shown."""

    def __init__(self, handle: Player) -> None:
        """Show it to the player of `handle`."""
        self._handle = handle
        self._world = handle.world
        self._cases = Cases(handle)

    def pending(self) -> tuple[Opening, ...]:
        """Openings and fusions whose reveal was never finished, oldest first."""
        with self._world.store.read() as connection:
            rows = connection.execute(_PENDING, {"player": self._handle.id}).all()
            return tuple(
                self._cases.recall(connection, row.id)
                if row.kind == "open"
                else _fused(str(row.outcome))
                for row in rows
            )

    def revealed(self, operation_id: int) -> None:
        """Note that an opening or fusion, and every earlier one, was shown."""
        with self._world.store.write() as connection:
            connection.execute(_REVEALED, {"player": self._handle.id, "operation": operation_id})


def _fused(outcome: str) -> Opening:
    """A fusion as a reveal shows it."""
    return cast(Fused, adapter(Fused).validate_json(outcome)).opening
