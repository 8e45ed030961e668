"""The columns of a list of player items, as the inventory shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from inventui.engine.inventory.models import StackLine
from inventui.rules.core.enums import Status
from inventui.rules.inventory.gear import is_worn_out
from inventui.widgets.text import cut_words
from inventui.widgets.theme import DIM

if TYPE_CHECKING:
    from inventui.engine.inventory.models import ItemLine
from inventui.widgets.lists.columns import Column, Part, age, number, rarity_part, rest

Line = TypeVar("Line", bound="ItemLine")

LOCKED = "🔒"
"""Two cells wide, as the fonts of terminals have it."""

STATUS_BADGES = {
    Status.EQUIPPED: "⚑",
    Status.LISTED: "↗",
    Status.OFFERED: "⇄",
    Status.ESCROWED: "↓",
}
"""A one-cell sign of each status that is held but not simply owned."""


def badges(line: ItemLine) -> str:
    """The signs of a player item that is locked, worn, listed, offered or in escrow."""
    return (LOCKED if line.locked else "") + STATUS_BADGES.get(line.status, "")


def wear_bar(durability: int, most: int, cells: int = 5) -> str:
    """What a piece of gear has left, as a bar: `▰▰▰▱▱`; never empty before it breaks."""
    full = min(cells, -(-durability * cells // max(1, most)))
    return "▰" * full + "▱" * (cells - full)


def how_long(line: ItemLine, now: int) -> str:
    """In at most six cells how long an item still waits, or lasts, or else is held already."""
    if line.held_until is not None:
        return rest(line.held_until, now)
    if line.durability is not None:
        return wear_bar(line.durability, line.most_durability) + "!" * is_worn_out(line.durability)
    return age(line.acquired_at, now)


def stack_name(line: ItemLine, cells: int | None = None) -> str:
    """The name of a line, with how many it stands for: `Bent Straw ×17`.

    Where that is more than `cells`, the name is cut, and the number is whole.
    """
    if not isinstance(line, StackLine):
        return line.name
    if line.inside:
        return f"└ {line.name}"
    times = f" ×{line.count:,}" if line.count > 1 else ""
    if cells is None or not times:
        return line.name + times
    return cut_words(line.name, cells - len(times)) + times


def item_columns(now: Callable[[], int], name_cells: int = 12) -> tuple[Column[Line], ...]:
    """The columns of a list of player items: rarity, name, value, badges, how long held.

    A name has at least `name_cells`: before it is cut, other columns go.

    Of what waits in escrow it is told how long it will; of gear, what is left of it.
    """

    def time(line: Line) -> Part:
        style = "$text-error" if is_worn_out(line.durability) else DIM
        if line.held_until is not None:
            style = "$text-warning"
        return how_long(line, now()), style

    return (
        Column(lambda line: rarity_part(line.rarity), 3),
        Column(lambda line: (stack_name(line), ""), name_cells, stretch=True),
        Column(lambda line: (number(line.value, 9), ""), 9, right=True, rank=1),
        Column(time, 6, right=True, rank=3),
        Column(lambda line: (badges(line), "$warning"), 3, rank=2),
    )
