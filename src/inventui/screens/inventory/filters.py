"""What of the inventory is listed: tabs, sort orders, filters, search."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content
from textual.widgets import Input

from inventui.engine.inventory.models import InventoryQuery, Statistics
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.inventory import InventoryTab, Sort
from inventui.screens.inventory.find import Found, find_player_item
from inventui.screens.inventory.marks import ItemMarks
from inventui.screens.shared.filters import Filtering
from inventui.screens.shared.item_list_text import settings, tab_labels
from inventui.screens.shared.item_room import Things
from inventui.widgets.frame.filter_bar import FilterBar
from inventui.widgets.frame.tab_strip import TabStrip
from inventui.widgets.theme import DIM, money


class ItemFilters(ItemMarks, Filtering[InventoryQuery]):
    """Decides what the list shows.

    Attributes:
        counts: what each tab holds; empty until it is known.
        statistics: what everything comes to.
    """

    ORDERS = tuple(Sort)

    def __init__(self) -> None:
        super().__init__()
        self.counts: Mapping[InventoryTab, int] = {}
        self.statistics: Statistics | None = None

    def plain(self) -> InventoryQuery:
        """Tab and order stay."""
        return InventoryQuery(tab=self.shown.tab, sort=self.shown.sort)

    def list_player_items(self, *, keep: bool = False, at: int = 0) -> None:
        """List what is wanted now; the cursor stays, or is put on a row."""
        player = self.session.player
        if player is not None:
            self.player_items.show(Things(player, self.shown), keep=keep, at=at)
        self.show_settings()

    def show_settings(self) -> None:
        """Draw tabs and bar."""
        labels = tab_labels(self.counts, self.shown.tab)
        self.query_one(TabStrip).show(labels, self.shown.tab)
        worth = Content("")
        if self.statistics is not None:
            worth = Content.styled("worth ", DIM)
            worth += money(self.statistics.total_value)
        self.query_one(FilterBar).show(settings(self.shown, searching=self.searching), worth)

    def show_only(self, query: InventoryQuery) -> None:
        """Show something else of it, from the top; what is marked and in sight has changed."""
        changed = query != self.shown
        super().show_only(query)
        if changed:
            self.weigh_marks()

    def point_at(self, player_item: int) -> None:
        """Put the cursor on a player item, with other filters only where these hide it."""
        player, shown = self.player, self.shown
        self.ask(
            lambda: find_player_item(player, shown, player_item),
            self._player_item_found,
            group="find",
        )

    def _player_item_found(self, found: Found | Refusal) -> None:
        if isinstance(found, Refusal):
            self.say_refusal(found)
            return
        self.shown = found.query
        search = self.query_one("#search", Input)
        search.value = found.query.search
        search.set_class(bool(found.query.search), "-open")
        self.list_player_items(at=found.index)
        self.weigh_marks()
        self.focus_list()

    def focus_list(self) -> None:
        """Go on in the list."""
        self.player_items.focus()

    def action_rarity_here(self) -> None:
        """The same as `action_rarity`, by the key that mends gear."""
        self.action_rarity()
