"""Workshop: five collectibles of one rarity become one of the next.

What is marked in the list lies on the bench, whatever is listed. Each change of the bench asks
the engine for a quote: the chances, the fee, and why it can't be fused. Nothing is fused but what
was quoted and agreed to. Fusions of the past stand in place of the bench behind a key.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from inventui.engine.inventory.models import InventoryQuery
from inventui.rules.core.enums import Rarity
from inventui.rules.inventory.inventory import Sort
from inventui.screens.shared.filters import FilteredRoom, list_actions, search_action
from inventui.screens.shared.item_list_text import filter_words
from inventui.screens.shared.player_items import StackRows
from inventui.screens.workshop.actions import PastFusions, WorkshopActions
from inventui.screens.workshop.lists import FusibleList, PastList, fusible_columns
from inventui.screens.workshop.slots import TABS, Slots, first_rarity, rarity_labels
from inventui.screens.workshop.slots_picture import Bench
from inventui.screens.workshop.text import NO_PAST, empty_words
from inventui.widgets.frame.actions import Action
from inventui.widgets.frame.empty_pane import EmptyPane
from inventui.widgets.frame.field import SearchInput
from inventui.widgets.frame.filter_bar import FilterBar, Setting
from inventui.widgets.frame.own_keys import with_own_keys
from inventui.widgets.frame.tab_strip import TabStrip
from inventui.widgets.items.odds_table import BAR_HELP, OddsList
from inventui.widgets.lists.item_list import ItemList
from inventui.widgets.lists.paged_rows import PagedRows
from inventui.widgets.lists.row_list import RowList
from inventui.widgets.theme import DIM, money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult

    from inventui.engine.fairness.models import FairnessState

STACKED = 72
"""Columns below which the chances stand below the list."""


class WorkshopRoom(FilteredRoom[InventoryQuery]):
    """What may be fused at the left, bench and chances at the right; the past behind a key.

    Attributes:
        looks_back: whether fusions of the past are shown instead of the bench.
    """

    ROOM = "workshop"
    TITLE_TEXT = "Workshop"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#things"
    ORDERS = (Sort.VALUE, Sort.NEWEST, Sort.NAME)

    HELP = (
        "Five collectibles of one rarity and a fee become one of the next rarity. Each thing "
        "brings a fifth of the chance, which the prizes of the next rarity in the case it came "
        "from share as they do there: choose what you put in, and you choose what can come out. "
        "Everything is shown before you pay: the chances, what to expect, and what your next "
        f"roll is promised to be made of. {BAR_HELP} Locked, listed and offered things are not "
        "listed, so they can't be lost here; legendary ones are as rare as it gets. "
        "$cheapest takes the five cheapest, whatever is filtered. Tab looks at the chances "
        "one by one."
    )

    looks_back: bool
    slots: Slots
    actions: WorkshopActions

    ACTIONS: ClassVar[tuple[Action[WorkshopRoom], ...]] = (
        Action("fuse", "enter,f", "Fuse", "Fuse what lies on the bench, after a question",
               lambda room: room.actions.fuse(), legal=lambda room: room.actions.why_not_fuse(),
               here=lambda room: not room.looks_back, footer=False, group="Bench"),
        Action("cheapest", "c", "Cheapest", "Put the five cheapest on the bench",
               lambda room: room.actions.lay_cheapest(),
               legal=lambda room: room.actions.why_not_at_bench(),
               here=lambda room: not room.looks_back, group="Bench"),
        Action("clear", "x", "Clear", "Take everything off the bench",
               lambda room: room.actions.clear(), legal=lambda room: room.actions.why_not_clear(),
               here=lambda room: not room.looks_back, group="Bench"),
        Action("chances", "tab", "Chances", "Look at what can come out, and back",
               lambda room: room.step_chances(), legal=lambda room: room.actions.why_no_chances(),
               here=lambda room: not room.looks_back, group="Bench"),
        Action("past", "p", "Past", "Show what was fused, or the bench",
               lambda room: room.switch_view(),
               named=lambda room: "Bench" if room.looks_back else "Past", group="Look"),
        Action("verify", "v", "Verify", "Check every roll",
               lambda room: room.actions.verify(), legal=lambda room: room.actions.why_not_verify(),
               here=lambda room: room.looks_back, group="Look"),
        Action("proof", "v", "Proof", "Show commitment and odds hash in full",
               lambda room: room.actions.show_proof(),
               legal=lambda room: room.actions.why_no_chances(),
               here=lambda room: not room.looks_back, group="Look"),
        Action("fusion-fairness", "F", "Fairness", "Go to your seeds",
               lambda room: room.enter_room("fairness"), footer=False, group="Look"),
        Action("history", "h", "History", "Show all that happened to the thing",
               lambda room: room.actions.show_history(),
               legal=lambda room: room.actions.why_no_history(), group="Look"),
        search_action(legal=lambda room: room.actions.why_not_at_bench(),
                      here=lambda room: not room.looks_back),
        *list_actions("value, newest or name", tab="rarity", tab_keys=("right", "left"),
                      legal=lambda room: room.actions.why_not_at_bench(),
                      here=lambda room: not room.looks_back),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.shown = InventoryQuery(rarity=TABS[0], sort=Sort.VALUE)
        self.chosen = False
        self.looks_back = False
        self.slots = Slots(self, lambda: self.rarity)
        self.past = PastFusions(self)
        self.actions = WorkshopActions(self.slots, self.past, lambda: self.looks_back)

    def compose_room(self) -> ComposeResult:
        """Tabs, settings, list, bench, chances; the past."""
        yield TabStrip(id="tabs")
        with Horizontal(id="bar"):
            yield FilterBar(id="settings")
            yield SearchInput("neon r:epic <5000", id="search")
        with Horizontal(id="body"):
            yield FusibleList(fusible_columns(self.now), lambda line: line.key, id="things")
            with Vertical(id="work"):
                with Vertical(id="bench-pane", classes="pane"):
                    yield Bench(id="bench")
                with Vertical(id="outcome", classes="pane"):
                    yield Static(id="figures")
                    yield Static(id="how")
                    yield OddsList(id="odds")
                    yield Static(id="promise")
            yield PastList(id="past")
            yield EmptyPane(with_own_keys(self, NO_PAST), id="none")

    def on_mount(self) -> None:
        """Nothing lies on the bench; ages grow while one looks at them."""
        self.slots.show_bench()
        self.set_interval(60, self.player_items.redraw)

    def on_resize(self, event: events.Resize) -> None:
        """One above the other where it is narrow."""
        self.set_class(event.size.width < STACKED, "-stacked")
        # The classes of the size are set after this.
        self.call_after_refresh(self.slots.show_outcome)

    # What is shown

    def forget(self) -> None:
        """Show another player nothing of the one before."""
        super().forget()
        self.shown, self.chosen = InventoryQuery(rarity=TABS[0], sort=Sort.VALUE), False
        self.player_items.set_marks(())
        self.past.forget()
        self.looks_back = False

    def refresh_room(self) -> None:
        """Ask for everything anew; cursor and bench stay."""
        self.show_view()
        self.list_player_items(keep=True)
        self.slots.reconsider()

        player = self.player
        self.ask(
            lambda: (player.workshop.counts(), player.fairness.show(retired=0)),
            self._show_overview, group="overview",
        )  # fmt: skip

    def _show_overview(self, answer: tuple[Mapping[Rarity, int], FairnessState]) -> None:
        counts, self.slots.fairness = answer
        self.slots.counts = counts
        if not self.chosen:
            self.chosen = any(counts.values())
            rarity = first_rarity(counts)
            if rarity is not self.rarity:
                self.show_only(InventoryQuery(rarity=rarity, sort=self.shown.sort))
        self.show_settings()
        self.slots.show_outcome()
        self._say_empty()

    @on(ItemList.Loaded)
    def _loaded(self) -> None:
        self._say_empty()
        self.player_items.say_place()

    def _say_empty(self) -> None:
        filtered = filter_words(InventoryQuery(search=self.shown.search))
        words = empty_words(self.rarity, filtered, sum(self.slots.counts.values()))
        self.player_items.say_empty(with_own_keys(self, words))

    @on(ItemList.Pointed)
    def _pointed(self) -> None:
        self.player_items.say_place()
        self.refresh_bindings()

    @on(ItemList.MarksChanged)
    def _marks_changed(self) -> None:
        self.slots.show_bench()
        self.slots.reconsider()

    @on(Bench.TakeOff)
    def _take_off(self, event: Bench.TakeOff) -> None:
        self.slots.take_off(event.number)

    @on(FusibleList.NotPut)
    def _not_put(self, event: FusibleList.NotPut) -> None:
        self.say_refusal(event.refusal)

    def title_now(self, call: str, title: str) -> str:
        """Space takes off what lies on the bench."""
        row = self.player_items.row
        if call == "mark" and row is not None and self.player_items.takes_off(row):
            return "Take off"
        return super().title_now(call, title)

    @property
    def player_items(self) -> FusibleList:
        """The list."""
        return self.query_one(FusibleList)

    @property
    def rarity(self) -> Rarity:
        """The one that is listed."""
        return self.shown.rarity or TABS[0]

    # The list

    def plain(self) -> InventoryQuery:
        """Rarity and order stay."""
        return InventoryQuery(rarity=self.shown.rarity, sort=self.shown.sort)

    def choose_tab(self, slug: str) -> None:
        """Another rarity; whoever chose one is not led to another."""
        self.chosen = True
        self.show_only(replace(self.shown, rarity=Rarity(slug)))
        if not self.player_items.marks:
            self.slots.show_outcome()

    def enter_part(self, slug: str) -> None:
        """Each rarity is a tab."""
        self.choose_tab(slug)

    def list_player_items(self, *, keep: bool = False) -> None:
        """List what is wanted now; the cursor stays."""
        player = self.session.player
        if player is not None:
            query = self.shown
            rows = StackRows(lambda: player.workshop.stacks(query))
            self.player_items.show(rows, keep=keep)
        self.show_settings()

    def focus_list(self) -> None:
        """Go on in the list."""
        self.player_items.focus()

    def show_settings(self) -> None:
        """Draw tabs and bar."""
        self.query_one(TabStrip).show(rarity_labels(self.slots.counts), self.rarity)
        parts = [Setting("sort", "o", Content(f"{self.shown.sort} ▾"), "sort")]
        if not self.searching:
            parts.append(Setting("/ search", "/", Content(""), "search"))
        have = Content.assemble(("you have ", DIM), money(self.slots.oranges))
        self.query_one(FilterBar).show(parts, have)

    def step_chances(self) -> None:
        """Into the chances, or back to the list."""
        odds = self.query_one(OddsList)
        (self.player_items if odds.has_focus else odds).focus()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Another item that can come out."""
        if event.control.id == "odds":
            self.slots.show_figures()

    def on_descendant_focus(self) -> None:
        """Into the chances, or out of them."""
        self.slots.show_figures()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """A double click on a fusion of the past tells its history."""
        if event.control.id == "past":
            self.actions.show_history()

    # The past

    @on(PagedRows.Wants, "#past")
    def _wants_past(self) -> None:
        self.past.look_further()

    def switch_view(self) -> None:
        """To what was fused, or to the bench."""
        self.looks_back = not self.looks_back
        self.show_view()
        (self.query_one(PastList) if self.looks_back else self.player_items).focus()

    def show_view(self) -> None:
        """Show the bench, or the past."""
        self.set_class(self.looks_back, "-past")
        if self.looks_back:
            self.past.look()
        self.refresh_bindings()

    def action_back(self) -> None:
        """Escape leads out of chances and past, ends the search, then leads home."""
        if self.looks_back:
            self.switch_view()
        elif self.query_one(OddsList).has_focus:
            self.player_items.focus()
        else:
            super().action_back()
