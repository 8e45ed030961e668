"""A thing's way, and what an audit found, as read models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inventui.engine.models.inventory import ItemLine
from inventui.rules.enums import Event, Status


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """One line of a thing's journal."""

    at: int
    from_status: Status | None
    to_status: Status
    event: Event
    operation: int
    kind: str
    player: str
    item_id: int


@dataclass(frozen=True, slots=True)
class ItemHistory:
    """A thing's way from its roll or purchase to now, oldest first.

    `origin` names what made it: the acquisition of its first row, with the roll or price.
    """

    item: ItemLine
    events: tuple[HistoryEvent, ...]
    origin: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """One thing that an audit looked at."""

    name: str
    ok: bool
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What an audit found."""

    checks: tuple[AuditCheck, ...]

    @property
    def ok(self) -> bool:
        """Whether every check holds."""
        return all(check.ok for check in self.checks)
