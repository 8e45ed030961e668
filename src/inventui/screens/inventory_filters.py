"""What of the inventory is listed: tabs, sort orders, filters, search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from inventui.engine.models import InventoryQuery, Statistics
from inventui.rules.enums import Rarity
from inventui.rules.inventory import Sort, Tab
from inventui.screens.inventory_base import Things
from inventui.screens.inventory_marks import ItemMarks
from inventui.screens.inventory_words import check_least, least_value, settings, tab_labels
from inventui.widgets.dialogs import InputDialog
from inventui.widgets.filter_bar import FilterBar
from inventui.widgets.look import money
from inventui.widgets.tab_strip import TabStrip


class SearchInput(Input):
    """The text to look for; arrow down goes on to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "submit", "To the list", show=False),
    ]


class ItemFilters(ItemMarks):
    """Decides what the list shows.

    Attributes:
        counts: what each tab holds; empty until it is known.
        statistics: what everything comes to.
    """

    def __init__(self) -> None:
        super().__init__()
        self.counts: Mapping[Tab, int] = {}
        self.statistics: Statistics | None = None

    def list_things(self, *, keep: bool = False) -> None:
        """List what is wanted now."""
        player = self.session.player
        if player is not None:
            self.things.show(Things(player, self.shown), keep=keep)
        self.show_settings()

    def show_settings(self) -> None:
        """Draw tabs and bar."""
        labels = tab_labels(self.counts, self.shown.tab)
        self.query_one(TabStrip).show(labels, self.shown.tab)
        worth = Content("")
        if self.statistics is not None:
            worth = Content.styled("worth ", "$foreground 60%")
            worth += money(self.statistics.total_value)
        self.query_one(FilterBar).show(settings(self.shown, searching=self._searching), worth)

    def _set(self, query: InventoryQuery) -> None:
        """Show something else of it, from the top."""
        if query != self.shown:
            self.shown = query
            self.list_things()
            self.weigh_marks()

    # Tabs, sort, filters, search

    @on(TabStrip.Chosen)
    def _tab_chosen(self, event: TabStrip.Chosen) -> None:
        self._set(replace(self.shown, tab=Tab(event.slug)))

    def action_tab(self, by: int) -> None:
        """To another tab."""
        self.query_one(TabStrip).step(by)

    def action_sort(self) -> None:
        """The next sort order."""
        orders = list(Sort)
        order = orders[(orders.index(self.shown.sort) + 1) % len(orders)]
        self._set(replace(self.shown, sort=order))

    def action_rarity(self) -> None:
        """The next rarity, the rarest first, after the last one all of them."""
        choices = [None, *reversed(Rarity)]
        choice = choices[(choices.index(self.shown.rarity) + 1) % len(choices)]
        self._set(replace(self.shown, rarity=choice))

    def action_rarity_here(self) -> None:
        """The same, by the key that mends gear."""
        self.action_rarity()

    def action_least(self) -> None:
        """Ask for the least value."""

        def take(text: str | None) -> None:
            if text is not None:
                self._set(replace(self.shown, min_value=least_value(text) or 0))

        value = str(self.shown.min_value) if self.shown.min_value else ""
        self.app.push_screen(
            InputDialog(
                "Worth at least", "Show only what is worth so many oranges or more; 0 shows all.",
                value=value, yes="Show", placeholder="0", check=check_least,
            ),
            take,
        )  # fmt: skip

    @property
    def _searching(self) -> bool:
        return self.query_one("#search").has_class("-open")

    def action_search(self) -> None:
        """Type what to look for."""
        search = self.query_one("#search", Input)
        search.add_class("-open")
        search.focus()
        self.show_settings()

    @on(Input.Changed, "#search")
    def _search_changed(self, event: Input.Changed) -> None:
        self._set(replace(self.shown, search=event.value.strip()))

    @on(Input.Submitted, "#search")
    def _search_done(self) -> None:
        self.things.focus()
        if not self.shown.search:
            self._close_search()

    def _close_search(self) -> None:
        search = self.query_one("#search", Input)
        search.remove_class("-open")
        search.value = ""
        self.things.focus()
        self.show_settings()

    def action_back(self) -> None:
        """Escape ends the search, then clears the filters, then leads home."""
        plain = InventoryQuery(tab=self.shown.tab, sort=self.shown.sort)
        if self._searching or self.shown != plain:
            only_search = self.query_one("#search").has_focus
            query = replace(self.shown, search="") if only_search else plain
            self._close_search()
            self._set(query)
        else:
            super().action_back()
