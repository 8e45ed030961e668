"""Outcomes of administration."""

from __future__ import annotations

from dataclasses import dataclass

from inventui.engine.core.models import Balance

MOST_ON_A_PAGE = 1_000
"""Players that are listed at once."""


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
