"""Above the list: what each tab holds, what is filtered by, what everything is worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from inventui.rules.inventory.inventory import InventoryTab
from inventui.screens.shared.item_list_text import empty_words, settings, tab_labels
from inventui.widgets.frame.filter_bar import FilterBar
from inventui.widgets.frame.own_keys import with_own_keys
from inventui.widgets.frame.tab_strip import TabStrip
from inventui.widgets.theme import DIM, money

if TYPE_CHECKING:
    from inventui.engine.inventory.models import InventoryQuery, Statistics
    from inventui.screens.inventory.items import OwnItems
    from inventui.screens.shared.filters import FilteredRoom


class Overview:
    """Tabs and bar of a list of player items, and what it says when it is empty.

    Args:
        room: the room.
        items: its list.

    Attributes:
        counts: what each tab holds; empty until it is known.
        statistics: what everything comes to.
    """

    def __init__(self, room: FilteredRoom[InventoryQuery], items: OwnItems) -> None:
        self.counts: Mapping[InventoryTab, int] = {}
        self.statistics: Statistics | None = None
        self._room, self._items = room, items

    def look(self) -> None:
        """Ask for the counts anew."""
        inventory = self._items.player.inventory
        self._room.ask(
            lambda: (inventory.tab_counts(), inventory.statistics()), self._seen, group="overview"
        )

    def _seen(self, answer: tuple[Mapping[InventoryTab, int], Statistics]) -> None:
        self.counts, self.statistics = answer
        self._room.show_settings()
        self.say_empty()

    def say_empty(self) -> None:
        """Say why an empty list is empty."""
        held, counts = self.counts.get(InventoryTab.ALL, 0), self.counts
        owned = not counts or any(counts.values())
        words = empty_words(self._room.shown, held, any_owned=owned)
        self._items.listed.say_empty(with_own_keys(self._room, words))

    def draw(self) -> None:
        """Draw tabs and bar."""
        room, shown = self._room, self._room.shown
        room.query_one(TabStrip).show(tab_labels(self.counts, shown.tab), shown.tab)
        worth = Content("")
        if self.statistics is not None:
            worth = Content.styled("worth ", DIM) + money(self.statistics.total_value)
        room.query_one(FilterBar).show(settings(shown, searching=room.searching), worth)
