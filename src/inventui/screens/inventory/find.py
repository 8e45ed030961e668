"""Where in the inventory a player item stands: under the filters that are set, or under others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inventui.engine.inventory.models import InventoryQuery
from inventui.rules.core.enums import Status
from inventui.rules.core.lifecycle import ENDS
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.inventory import InventoryTab

if TYPE_CHECKING:
    from inventui.engine.world import PlayerHandle

NEAR = 1_000
"""So many rows of a list are looked through for a player item."""


@dataclass(frozen=True, slots=True)
class Found:
    """A list that shows a player item, and the row at which it stands."""

    query: InventoryQuery
    index: int


def find_player_item(
    player: PlayerHandle, shown: InventoryQuery, player_item: int
) -> Found | Refusal:
    """A list in which a player item stands near the top. Blocks: for a thread.

    Args:
        player: whose inventory it is.
        shown: the list that is shown; it stays if the player item stands there.
        player_item: its number.
    """
    detail = player.inventory.detail(player_item)
    if isinstance(detail, Refusal):
        return detail
    name, status = detail.line.name, detail.line.status
    if status in ENDS:
        return Refusal(Reason.ENDED, f"You do not have {name} any more.", {"id": player_item})
    tab = InventoryTab.ESCROW if status is Status.ESCROWED else InventoryTab.ALL
    newest, called = InventoryQuery(tab=tab), InventoryQuery(tab=tab, search=name)
    for query in (shown, newest, called):
        lines = player.inventory.window(query, 0, NEAR)
        index = next((at for at, line in enumerate(lines) if line.id == player_item), None)
        if index is not None:
            return Found(query, index)
    return Found(called, 0)
