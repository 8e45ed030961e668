"""A list that is narrowed down: tab, sort order, rarity, least value, search."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual import on
from textual.widgets import Input

from inventui.engine.bazaar.models import BazaarQuery
from inventui.engine.inventory.models import InventoryQuery
from inventui.rules.core.enums import Rarity
from inventui.rules.inventory.inventory import InventoryTab
from inventui.screens.shared.item_list_text import check_least, least_value
from inventui.widgets.frame.actions import Action, always, everywhere
from inventui.widgets.frame.dialogs import InputDialog
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.tab_strip import TabStrip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inventui.rules.core.refusal import Refusal

Query = TypeVar("Query", InventoryQuery, BazaarQuery)


def search_action(
    *, legal: Callable[[Any], Refusal | None] = always, here: Callable[[Any], bool] = everywhere
) -> Action[Any]:
    """The action that opens the search of a `FilteredRoom`."""
    return Action(
        "search", "slash", "Search", "Show what words find, also cat:frame r:epic <5000",
        lambda room: room.open_search(), legal=legal, here=here, group="List",
    )  # fmt: skip


def list_actions(
    orders: str,
    *,
    rarity: str = "",
    tab: str = "tab",
    tab_keys: tuple[str, str] = ("right,tab", "left,shift+tab"),
    legal: Callable[[Any], Refusal | None] = always,
    here: Callable[[Any], bool] = everywhere,
    footer: bool = False,
) -> tuple[Action[Any], ...]:
    """The actions that order a `FilteredRoom`'s list, narrow it down, and go through its tabs.

    Args:
        orders: what it is sorted by, in words.
        rarity: keys of the next rarity; with none, neither rarity nor value can be chosen.
        tab: what a tab holds.
        tab_keys: keys of the next tab and of the one before.
        legal: why it can't be done now.
        here: whether the list is shown.
        footer: whether the footer shows the sorting.
    """

    def action(
        id: str, key: str, title: str, help: str, run: Callable[[Any], object], shown: bool = False
    ) -> Action[Any]:
        return Action(id, key, title, help, run, legal, here, footer=shown, group="List")

    worth = (
        action("rarity", rarity, "Rarity", "Show one rarity only", lambda room: room.next_rarity()),
        action("least", "v", "Value from", "Show what is worth at least so much",
               lambda room: room.ask_least()),
    )  # fmt: skip
    return (
        action("sort", "o", "Sort", f"Sort by {orders}", lambda room: room.next_order(), footer),
        *(worth if rarity else ()),
        action("tab-next", tab_keys[0], f"Next {tab}", "To the tab at the right",
               lambda room: room.step_tab(1)),
        action("tab-previous", tab_keys[1], f"Previous {tab}", "To the tab at the left",
               lambda room: room.step_tab(-1)),
    )  # fmt: skip


class FilteredRoom(Room, Generic[Query]):
    """A room with a `TabStrip`, a `FilterBar` and a `SearchInput` called `search`.

    A room writes `plain` and `list_player_items`, and draws tabs and bar in `show_settings`.

    Attributes:
        shown: what the list shows.
    """

    ORDERS: ClassVar[Sequence[Any]] = ()
    """The sort orders, in the order of the key that goes from one to the next."""

    shown: Query

    def plain(self) -> Query:
        """What is shown with no filter set."""
        raise NotImplementedError

    def list_player_items(self, *, keep: bool = False) -> None:
        """List what is wanted now; `keep` stays at the cursor's row."""
        raise NotImplementedError

    def show_settings(self) -> None:
        """Draw tabs and bar."""
        raise NotImplementedError

    def show_only(self, query: Query) -> None:
        """Show something else, from the top."""
        if query != self.shown:
            self.shown = query
            self.list_player_items()

    @on(TabStrip.Chosen)
    def _tab_chosen(self, event: TabStrip.Chosen) -> None:
        self.choose_tab(event.slug)

    def choose_tab(self, slug: str) -> None:
        """Show what is behind a tab."""
        self.show_only(replace(self.shown, tab=InventoryTab(slug)))

    def step_tab(self, by: int) -> None:
        """To another tab."""
        self.query_one(TabStrip).step(by)

    def next_order(self) -> None:
        """The next sort order."""
        orders = list(self.ORDERS)
        order = orders[(orders.index(self.shown.sort) + 1) % len(orders)]
        self.show_only(replace(self.shown, sort=order))

    def next_rarity(self) -> None:
        """The next rarity, the rarest first, after the last one all of them."""
        choices = [None, *reversed(Rarity)]
        choice = choices[(choices.index(self.shown.rarity) + 1) % len(choices)]
        self.show_only(replace(self.shown, rarity=choice))

    def ask_least(self) -> None:
        """Ask for the least value."""

        def take(text: str | None) -> None:
            if text is not None:
                self.show_only(replace(self.shown, min_value=least_value(text) or 0))

        value = str(self.shown.min_value) if self.shown.min_value else ""
        self.app.push_screen(
            InputDialog(
                "Worth at least", "Show only what is worth so many oranges or more; 0 shows all.",
                value=value, yes="Show", placeholder="0", longest=18, number=True,
                check=check_least,
            ),
            take,
        )  # fmt: skip

    # The search

    @property
    def searching(self) -> bool:
        """Whether the line for the search is open."""
        return self.query_one("#search").has_class("-open")

    def focus_list(self) -> None:
        """Go on in the list."""
        raise NotImplementedError

    def open_search(self) -> None:
        """Type what to look for."""
        search = self.query_one("#search", Input)
        search.add_class("-open")
        # At once: `focus()` comes later, and what is typed meanwhile would be keys of the room.
        self.screen.set_focus(search)
        self.show_settings()

    def show_search(self, sought: str) -> None:
        """Show what is looked for; the line is open while it is anything."""
        search = self.query_one("#search", Input)
        search.value = sought
        search.set_class(bool(sought), "-open")

    @on(Input.Changed, "#search")
    def _search_changed(self, event: Input.Changed) -> None:
        sought = event.value.strip()
        if sought and not self.shown.search:
            self.show_only(replace(self.everywhere(), search=sought))
        else:
            self.show_only(replace(self.shown, search=sought))

    def everywhere(self) -> Query:
        """What is shown, with all tabs at once; what waits in escrow is no part of it."""
        shown = self.shown
        return shown if shown.tab is InventoryTab.ESCROW else replace(shown, tab=InventoryTab.ALL)

    @on(Input.Submitted, "#search")
    def _search_done(self) -> None:
        self.focus_list()
        if not self.shown.search:
            self.close_search()

    def close_search(self) -> None:
        """Take the line for the search away, and what stands in it."""
        self.show_search("")
        self.focus_list()
        self.show_settings()

    def action_back(self) -> None:
        """Escape ends the search, then clears the filters, then leads home."""
        plain = self.plain()
        if self.searching or self.shown != plain:
            only_search = self.query_one("#search").has_focus
            query = replace(self.shown, search="") if only_search else plain
            self.close_search()
            self.show_only(query)
        else:
            super().action_back()
