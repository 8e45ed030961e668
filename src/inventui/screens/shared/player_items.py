"""A player's items as rows of a list, and one of them with what it would replace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inventui.rules.core.categories import GEAR
from inventui.rules.core.refusal import Refusal
from inventui.rules.home import PUT_ON
from inventui.widgets.entries import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from inventui.engine.inventory.models import (
        ItemDetail,
        StackLine,
    )
    from inventui.engine.wardrobe.models import WornItem
    from inventui.engine.world import PlayerHandle
    from inventui.rules.core.categories import Category


def own_place(item_id: int) -> Place:
    """Where a player item of one's own lies."""
    return Place("inventory", "See it in your inventory", item_id)


def idle_words(category: Category) -> str:
    """What gear wants that has just come, or an empty text for anything else."""
    if category not in GEAR:
        return ""
    return f"\nIt does nothing for you until you {PUT_ON.get(category, 'wear').lower()} it."


@dataclass(slots=True)
class StackRows:
    """The rows of a list of stacks, as they were when they were counted.

    Args:
        read: all of them, in order. Blocks: for a thread.
    """

    read: Callable[[], tuple[StackLine, ...]]
    lines: tuple[StackLine, ...] = ()

    def count(self) -> int:
        """How many."""
        self.lines = self.read()
        return len(self.lines)

    def window(
        self,
        start: int,
        limit: int,
        anchor: tuple[int, int] | None,  # noqa: ARG002
    ) -> tuple[StackLine, ...]:
        """Those from `start` on."""
        return self.lines[start : start + limit]


def look_closer(
    player: PlayerHandle, worn: Mapping[Category, WornItem], number: int
) -> tuple[ItemDetail | Refusal, ItemDetail | None]:
    """A player item, and for gear what is in its slot now. Blocks: for a thread."""
    detail = player.inventory.detail(number)
    if isinstance(detail, Refusal) or detail.line.category not in GEAR:
        return detail, None
    rival = worn.get(detail.line.category)
    found = None if rival is None else player.inventory.detail(rival.item_id)
    return detail, None if isinstance(found, Refusal) else found
