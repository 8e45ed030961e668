"""Read models of drawers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inventui.engine.core.models import PlayerCard
from inventui.engine.inventory.models import ItemLine, Statistics
from inventui.engine.wardrobe.models import WornItem
from inventui.rules.core.categories import Category


@dataclass(frozen=True, slots=True)
class Splat:
    """Something thrown at a drawer, shown until a time (milliseconds since 1970 UTC)."""

    thrower: str
    until: int


@dataclass(frozen=True, slots=True)
class DrawerView:
    """A player's page as others see it.

    Attributes:
        worn: what is in each slot that is not empty.
        best: the most valuable collectibles, best first.
        visitors: how often others have visited.
        fed: whether BigPulp was given a donut that still counts.
    """

    player: PlayerCard
    worn: Mapping[Category, WornItem]
    best: tuple[ItemLine, ...]
    statistics: Statistics
    visitors: int
    splats: tuple[Splat, ...]
    fed: bool
