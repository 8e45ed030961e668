"""What every part of the inventory's screen stands on: the list, and what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.widgets import Static

from inventui.engine.inventory.models import InventoryQuery, ItemDetail, ItemLine
from inventui.rules.core.categories import GEAR
from inventui.rules.core.refusal import Refusal
from inventui.screens.shared.item_list_text import SaleTotals, marks_words
from inventui.widgets.frame.room import Room
from inventui.widgets.lists.item_list import ItemList

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inventui.engine.wardrobe.models import WornItem
    from inventui.engine.world import PlayerHandle
    from inventui.rules.core.categories import Category


@dataclass(frozen=True, slots=True)
class Things:
    """The rows of the list: what of a player's items a query shows."""

    player: PlayerHandle
    query: InventoryQuery

    def count(self) -> int:
        """How many."""
        return self.player.inventory.count(self.query)

    def window(
        self, start: int, limit: int, anchor: tuple[int, int] | None
    ) -> tuple[ItemLine, ...]:
        """Those from `start` on."""
        return self.player.inventory.window(self.query, start, limit, anchor)


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


class ItemRoom(Room):
    """A room with a list of player items.

    Attributes:
        shown: what the list shows.
        detail: the player item on the card.
        weighed: what the marked player items come to, as last asked.
        changed: ids of what a deed has just changed, until the list is read again.
    """

    def __init__(self) -> None:
        super().__init__()
        self.shown = InventoryQuery()
        self.detail: ItemDetail | None = None
        self.weighed = SaleTotals()
        self.changed: set[int] = set()

    @property
    def player_items(self) -> ItemList[ItemLine]:
        """The list."""
        found: ItemList[ItemLine] = self.query_one("#things", ItemList)
        return found

    @property
    def player(self) -> PlayerHandle:
        """Whose player items these are; only once there is a player."""
        player = self.session.player
        assert player is not None
        return player

    def changing(self, line: ItemLine) -> bool:
        """Whether a player item may not be as it is shown: a second press is no second deed."""
        return self.acting() or line.id in self.changed

    def say_marks(self) -> None:
        """Draw the last line: what is marked, and where the cursor is."""
        player_items = self.player_items
        words = marks_words(
            self.weighed,
            len(player_items.marks),
            player_items.cursor,
            player_items.count,
            self.size.width,
        )
        self.query_one("#marks", Static).update(words, layout=False)

    def mind_legal(self) -> None:
        """Find out what may be done now."""
