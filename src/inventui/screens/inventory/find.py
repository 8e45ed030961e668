"""Where in the inventory a player item stands: under the filters that are set, or under others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inventui.engine.inventory.models import InventoryQuery, ItemLine, StackLine
from inventui.rules.core.enums import Status
from inventui.rules.core.lifecycle import ENDS
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.inventory import InventoryTab

if TYPE_CHECKING:
    from collections.abc import Callable

    from inventui.engine.world import PlayerHandle
    from inventui.screens.inventory.items import OwnItems


@dataclass(frozen=True, slots=True)
class Found:
    """A list that shows a player item, the row at which it stands, and the stack to open."""

    query: InventoryQuery
    index: int
    stack: int | None = None


def find_player_item(
    player: PlayerHandle, shown: InventoryQuery, player_item: int
) -> Found | Refusal:
    """A list in which a player item stands. Blocks: for a thread.

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
    if detail.line.is_default:
        tab = InventoryTab(detail.line.category.tab)
    newest = InventoryQuery(tab=tab)
    for query in (shown, newest):
        for index, line in enumerate(player.inventory.stacks(query)):
            if line.count == 1 and line.id == player_item:
                return Found(query, index)
            if line.count > 1 and _equal(line, detail.line):
                return _in_stack(player, query, line.key, player_item, index)
    return Found(newest, 0)


def look_for(
    items: OwnItems, shown: InventoryQuery, player_item: int, then: Callable[[Found], object]
) -> None:
    """Find a player item in a thread and show where it stands; if it is gone, that is said."""
    player, room = items.player, items.room

    def seen(found: Found | Refusal) -> None:
        if isinstance(found, Refusal):
            room.say_refusal(found)
        else:
            then(found)

    room.ask(lambda: find_player_item(player, shown, player_item), seen, group="find")


def _equal(stack: StackLine, line: ItemLine) -> bool:
    """Whether a player item is one of a stack."""
    return (stack.name, stack.value, stack.status, stack.locked, stack.durability) == (
        line.name, line.value, line.status, line.locked, line.durability
    )  # fmt: skip


def _in_stack(
    player: PlayerHandle, query: InventoryQuery, stack: int, player_item: int, index: int
) -> Found:
    """The piece of a stack that is opened for it; the stack itself, if the piece is too old."""
    for at, line in enumerate(player.inventory.stacks(query, (stack,))):
        if line.inside and line.id == player_item:
            return Found(query, at, stack)
    return Found(query, index)
