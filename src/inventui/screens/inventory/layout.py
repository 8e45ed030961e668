"""How the list is laid out: rows or cards, stacks closed or opened into their pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.screens.inventory.tiles import tiles_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from inventui.screens.inventory.items import OwnItems

PLAIN_LAYOUTS = ("grid", "list")
"""Collection layouts with which dense rows stand here; the others bring what they are."""


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
