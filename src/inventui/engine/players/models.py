"""Outcomes of administration."""

from __future__ import annotations

from dataclasses import dataclass

from inventui.engine.core.models import Balance


@dataclass(frozen=True, slots=True)
class Grant:
    """The outcome of a grant."""

    operation: int
    player: str
    oranges: int
    gems: int
    item_id: int | None
    item_name: str | None
    balance: Balance
    repeat: bool = False
