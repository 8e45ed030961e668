"""What Home shows, as it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inventui.engine.core.models import CaseSummary
    from inventui.engine.home.models import NextSteps
    from inventui.engine.inventory.models import ItemLine, Statistics
    from inventui.engine.world import PlayerHandle, World

LATELY = 40
"""Most of the latest player items that Home asks for."""


@dataclass(frozen=True, slots=True)
class HomeState:
    """What Home shows; `lately` leaves out what everybody owns from the start."""

    view: NextSteps
    statistics: Statistics
    lately: tuple[ItemLine, ...]
    cheapest: CaseSummary | None


def look_around(world: World, player: PlayerHandle) -> HomeState:
    """Ask for everything that Home shows. Runs in a thread."""
    from inventui.engine.inventory.models import InventoryQuery

    page = player.inventory.page(InventoryQuery(), limit=LATELY)
    cases = world.catalogue.cases()
    return HomeState(
        player.home.look(),
        player.inventory.statistics(),
        tuple(item for item in getattr(page, "items", ()) if not item.is_default),
        min(cases, key=lambda case: case.price, default=None),
    )
