"""What the streets show: their panes, and all that is asked for them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inventui.engine.inventory.models import EscrowItem
    from inventui.engine.streets.models import StreetsView, TargetView
    from inventui.engine.world import PlayerHandle


class StreetsPane(StrEnum):
    """The parts of the room."""

    PLAY = "play"
    DAILY = "daily"
    ROB = "rob"

    def beside(self, by: int) -> StreetsPane:
        """The pane so many further, round the ends."""
        panes = list(StreetsPane)
        return panes[(panes.index(self) + by) % len(panes)]


TITLES = {StreetsPane.PLAY: "Play", StreetsPane.DAILY: "Daily bonus", StreetsPane.ROB: "Rob"}


@dataclass(frozen=True, slots=True)
class StreetsState:
    """What the room shows."""

    view: StreetsView
    targets: tuple[TargetView, ...]
    escrow: tuple[EscrowItem, ...]


def look_around(player: PlayerHandle, whom: str = "") -> StreetsState:
    """Ask for all of it; `whom` is listed in any case. Blocks: for a thread."""
    # Neighbours who move in or earn do so before anything is shown of them.
    targets = player.streets.targets(whom)
    return StreetsState(player.streets.view(), targets, player.escrow.view().items)
