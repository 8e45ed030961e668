"""How the list is laid out: rows or cards, stacks closed or opened into their pieces."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inventui.engine.inventory.models import StackLine
from inventui.screens.inventory.tiles import tiles_for
from inventui.widgets.items.item_figures import BRINGS_CELLS, brings_words
from inventui.widgets.lists.columns import Column, Part
from inventui.widgets.lists.item_list import ItemList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inventui.screens.inventory.items import OwnItems

BRINGS_FROM = 56
"""Cells of the list from which it says what gear brings."""

PLAIN_LAYOUTS = ("grid", "list")
"""Collection layouts with which dense rows stand here; the others bring what they are."""


class OwnList(ItemList[StackLine]):
    """A list of player items that says what gear brings, where there is room for it."""

    def columns_for(self, width: int) -> Sequence[Column[StackLine]]:
        """One column more where it is wide; a name that needs its cells takes them."""
        rarity, name, *others = self.columns
        if width < BRINGS_FROM:
            return self.columns
        name = replace(name, width=name.width - BRINGS_CELLS - 1)
        brings = Column(_brings, BRINGS_CELLS, right=True, narrow=lambda _, __: ("", ""))
        return rarity, name, brings, *others


def _brings(line: StackLine) -> Part:
    return (brings_words(*line.brings), "$foreground 80%") if line.brings else ("", "")


class ListLayout:
    """The layout of a list of player items.

    Args:
        items: the list.
        now: the time that ages count from.

    Attributes:
        opened: keys of the stacks whose pieces are listed.
    """

    def __init__(self, items: OwnItems, now: Callable[[], int]) -> None:
        self.opened: set[int] = set()
        self._items = items
        self._tiles = tiles_for(now)
        self._turned = False

    def lay_out(self) -> None:
        """Draw dense rows, cards, or what the layout that is worn brings; turned round by a key."""
        session = self._items.room.session
        plain = session.layout in PLAIN_LAYOUTS
        rows = plain and session.settings.rows != "roomy"
        tiles = self._tiles["grid" if plain else session.layout] if rows == self._turned else None
        self._items.listed.lay_out(tiles)

    def turn(self) -> None:
        """From rows to cards, or back."""
        self._turned = not self._turned
        self.lay_out()

    def name_of_look(self) -> str:
        """A stack opens, and closes again."""
        row = self._items.row
        if row is None or row.count == 1:
            return "Look"
        return "Close" if row.opened else "Open"

    def turn_stack(self) -> bool:
        """Open the stack under the cursor, or close it; False if there is none."""
        row = self._items.row
        if row is None or row.count == 1:
            return False
        self.opened ^= {row.key}
        return True
