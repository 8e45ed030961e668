"""Workshop: five collectibles of one rarity become one of the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from inventui.engine.inventory.models import InventoryQuery
from inventui.rules.core.enums import Rarity
from inventui.rules.inventory.inventory import Sort
from inventui.screens.shared.item_list_text import filter_words
from inventui.screens.workshop.actions import WorkshopActions
from inventui.screens.workshop.lists import FusibleList, PastList, fusible_columns
from inventui.screens.workshop.slots import TABS, first_rarity
from inventui.screens.workshop.slots_picture import Bench
from inventui.screens.workshop.text import empty_words
from inventui.widgets.frame.commands import Command
from inventui.widgets.frame.filter_bar import FilterBar
from inventui.widgets.frame.search_input import SearchInput
from inventui.widgets.frame.tab_strip import TabStrip
from inventui.widgets.items.odds_table import BAR_HELP, OddsList
from inventui.widgets.lists.item_list import ItemList
from inventui.widgets.lists.row_list import RowList
from inventui.widgets.theme import KEY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult

    from inventui.engine.fairness.models import FairnessState

STACKED = 72
"""Columns below which the chances stand below the list."""

NO_PAST = Content.assemble(
    ("Nothing was fused yet.\n", "bold"),
    "What comes out of the workshop stands here, with what went in.\n",
    ("p", KEY), " leads back to the bench.",
)  # fmt: skip


class WorkshopRoom(WorkshopActions):
    """What may be fused at the left, bench and chances at the right; the past behind a key."""

    ROOM = "workshop"
    TITLE_TEXT = "Workshop"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#things"

    HELP = (
        "Five collectibles of one rarity and a fee become one of the next rarity. Each thing "
        "brings a fifth of the chance, which the prizes of the next rarity in the case it came "
        "from share as they do there: choose what you put in, and you choose what can come out. "
        "Everything is shown before you pay: the chances, what to expect, and what your next "
        f"roll is promised to be made of. {BAR_HELP} Locked, listed and offered things are not "
        "listed, so they can't be lost here; legendary ones are as rare as it gets. c takes the "
        "five cheapest, whatever is filtered. Tab looks at the chances one by one."
    )

    ACTIONS = (
        Command("fuse", "enter,f", "Fuse", "Fuse what lies on the bench, after a question",
                "fuse", show=False, group="Bench"),
        Command("cheapest", "c", "Cheapest", "Put the five cheapest on the bench",
                "cheapest", group="Bench"),
        Command("clear", "x", "Clear", "Take everything off the bench", "clear", group="Bench"),
        Command("chances", "tab", "Chances", "Look at what can come out, and back", "chances",
                group="Bench"),
        Command("past", "p", "Past", "Show what was fused, or the bench", "past", group="Look"),
        Command("verify", "v", "Verify", "Check every roll", "verify", group="Look"),
        Command("proof", "v", "Proof", "Show commitment and odds hash in full", "proof",
                group="Look"),
        Command("fusion-fairness", "F", "Fairness", "Go to your seeds", "app.room('fairness')",
                show=False, group="Look"),
        Command("history", "h", "History", "Show all that happened to the thing", "history",
                group="Look"),
        Command("search", "slash", "Search", "Show only names that contain a text", "search",
                group="List"),
        Command("sort", "o", "Sort", "Sort by value, newest or name", "sort", show=False,
                group="List"),
        Command("tab-next", "right", "Next rarity", "To the tab at the right", "tab(1)",
                show=False, group="List"),
        Command("tab-previous", "left", "Previous rarity", "To the tab at the left", "tab(-1)",
                show=False, group="List"),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._player_id: int | None = None

    def compose_room(self) -> ComposeResult:
        """Tabs, settings, list, bench, chances; the past."""
        yield TabStrip(id="tabs")
        with Horizontal(id="bar"):
            yield FilterBar(id="settings")
            yield SearchInput("part of a name", id="search")
        with Horizontal(id="body"):
            yield FusibleList(fusible_columns(self._now), lambda line: line.id, id="things")
            with Vertical(id="work"):
                with Vertical(id="bench-pane", classes="pane"):
                    yield Bench(id="bench")
                with Vertical(id="outcome", classes="pane"):
                    yield Static(id="figures")
                    yield Static(id="how")
                    yield OddsList(id="odds")
                    yield Static(id="promise")
            yield PastList(id="past")
            yield Static(NO_PAST, id="none")

    def _now(self) -> int:
        return self.session.now()

    def on_mount(self) -> None:
        """Nothing lies on the bench; ages grow while one looks at them."""
        self.query_one(PastList).border_title = "What was fused"
        self.player_items.border_title = "To fuse"
        self.show_bench()
        self.set_interval(60, self.player_items.redraw)

    def on_resize(self, event: events.Resize) -> None:
        """One above the other where it is narrow."""
        self.set_class(event.size.width < STACKED, "-stacked")
        # The classes of the size are set after this.
        self.call_after_refresh(self.show_outcome)

    # What is shown

    def refresh_room(self) -> None:
        """Ask for everything anew; cursor and bench stay."""
        player = self.session.player
        assert player is not None
        if player.id != self._player_id:
            self._player_id = player.id
            self.shown, self.chosen = InventoryQuery(rarity=TABS[0], sort=Sort.VALUE), False
            self.player_items.set_marks(())
            self.forget_past()
        self.show_view()
        self.list_player_items(keep=True)
        self.reconsider()

        def overview() -> tuple[Mapping[Rarity, int], FairnessState]:
            return player.workshop.counts(), player.fairness.show(retired=0)

        self.ask(overview, self._show_overview, group="overview")

    def _show_overview(self, answer: tuple[Mapping[Rarity, int], FairnessState]) -> None:
        self.counts, self.fairness = answer
        if not self.chosen:
            self.chosen = any(self.counts.values())
            rarity = first_rarity(self.counts)
            if rarity is not self.rarity:
                self.show_only(InventoryQuery(rarity=rarity, sort=self.shown.sort))
        self.show_settings()
        self.show_outcome()
        self._say_empty()

    @on(ItemList.Loaded)
    def _loaded(self) -> None:
        self._say_empty()
        self._say_place()

    def _say_empty(self) -> None:
        filtered = filter_words(InventoryQuery(search=self.shown.search))
        words = empty_words(self.rarity, filtered, sum(self.counts.values()))
        self.player_items.say_empty(words)

    @on(ItemList.Pointed)
    def _pointed(self) -> None:
        self._say_place()
        self.refresh_bindings()

    def _say_place(self) -> None:
        player_items = self.player_items
        place = (
            f"{player_items.cursor + 1:,} of {player_items.count:,}" if player_items.count else ""
        )
        player_items.border_subtitle = place

    # The chances

    def action_chances(self) -> None:
        """Into the chances, or back to the list."""
        odds = self.query_one(OddsList)
        (self.player_items if odds.has_focus else odds).focus()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Another player item that can come out."""
        if event.control.id == "odds":
            self.show_figures()

    def on_descendant_focus(self) -> None:
        """Into the chances, or out of them."""
        self.show_figures()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """A double click on a fusion of the past tells its history."""
        if event.control.id == "past":
            self.action_history()

    def on_key(self, event: events.Key) -> None:
        """A dim key answers why; enter on the past tells a history."""
        if isinstance(self.focused, Input):
            return
        if self.past and event.key == "enter":
            event.stop()
            self.action_history()
            return
        for command in self.ACTIONS:
            if (
                event.key in command.key.split(",")
                and self.check_action(command.action, ()) is None
            ):
                event.stop()
                self.say_refusal(self.why_not(command.action))

    # The past

    def action_past(self) -> None:
        """What was fused, or the bench."""
        self.past = not self.past
        self.show_view()
        (self.query_one(PastList) if self.past else self.player_items).focus()

    def show_view(self) -> None:
        """Show the bench, or the past."""
        self.set_class(self.past, "-past")
        if self.past:
            self.look_back()
        self.refresh_bindings()

    def action_back(self) -> None:
        """Escape leads out of chances and past, ends the search, then leads home."""
        if self.past:
            self.action_past()
        elif self.query_one(OddsList).has_focus:
            self.player_items.focus()
        else:
            super().action_back()
