"""Reveals: openings and fusions that were decided, and have yet to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inventui.db.statements import Statement
from inventui.engine.cases.models import Opening
from inventui.engine.cases.open import recall
from inventui.engine.core.outcome_json import load

if TYPE_CHECKING:
    from inventui.engine.core.context import Player


class _PendingRow(NamedTuple):
    id: int
    kind: str
    outcome: str | None


MOST_PENDING = 100
"""Openings and fusions that are read at once, the latest of them."""

_OF_KIND = (
    "SELECT * FROM (SELECT o.id, o.kind, o.outcome FROM player p CROSS JOIN operation o"
    " ON o.player_id = p.id AND o.kind = '{kind}' AND o.id > p.revealed_operation_id"
    " WHERE p.id = :player ORDER BY o.id DESC LIMIT {most}) {kind}_"
)
_PENDING = Statement(
    "{opened} UNION ALL {fused}",
    _PendingRow,
    opened=_OF_KIND.format(kind="open", most=MOST_PENDING),
    fused=_OF_KIND.format(kind="fuse", most=MOST_PENDING),
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

    def pending(self) -> tuple[Opening, ...]:
        """The latest openings and fusions whose reveal was never finished, oldest first."""
        with self._world.store.read() as connection:
            rows = sorted(connection.execute(_PENDING, {"player": self._handle.id}))
            return tuple(
                recall(self._world.catalogue, connection, row.id)
                if row.kind == "open"
                else _fused(str(row.outcome))
                for row in rows[-MOST_PENDING:]
            )

    def revealed(self, operation_id: int) -> None:
        """Note that an opening or fusion, and every earlier one, was shown."""
        with self._world.store.write() as connection:
            connection.execute(_REVEALED, {"player": self._handle.id, "operation": operation_id})


def _fused(outcome: str) -> Opening:
    """A fusion as a reveal shows it."""
    from inventui.engine.workshop.models import Fused

    return load(Fused, outcome).opening
