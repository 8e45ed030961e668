"""Bazaar: what players sell to each other, at which price, and what such items went for.

Three views of one list: everybody's listings, the player's own, and what listings came to. The
first two are one query with tabs and filters; the past is a list of its own. A line carries why
it can't be bought, as the world said when it was asked; buying asks the world again, which has
the last word, and a refusal makes the room look again.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.content import Content

from inventui.engine.bazaar.models import BazaarQuery
from inventui.rules.bazaar import DURATION, BazaarSort
from inventui.rules.core.clock import DAY
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.inventory import InventoryTab
from inventui.screens.bazaar.actions import BazaarActions, look_closer
from inventui.screens.bazaar.filters import (
    NO_ENDS,
    Past,
    View,
    empty_words,
    tab_counts,
    tab_labels,
    view_settings,
)
from inventui.screens.bazaar.lists import EndList, ListingList, Listings
from inventui.screens.bazaar.pane import ListingFacts, PriceChart, subject_of
from inventui.screens.bazaar.text import listing_line
from inventui.screens.shared.copy_line import copy_line
from inventui.screens.shared.filters import FilteredRoom, list_actions, search_action
from inventui.widgets.frame.actions import Action
from inventui.widgets.frame.empty_pane import EmptyPane
from inventui.widgets.frame.field import SearchInput
from inventui.widgets.frame.filter_bar import FilterBar
from inventui.widgets.frame.own_keys import with_own_keys
from inventui.widgets.frame.tab_strip import TabStrip
from inventui.widgets.lists.item_list import ItemList
from inventui.widgets.lists.paged_rows import PagedRows
from inventui.widgets.player.card_facts import own_facts
from inventui.widgets.player.collection import faces_of_items
from inventui.widgets.player.try_on import Model, TryOn
from inventui.widgets.theme import DIM, money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult

    from inventui.engine.bazaar.models import ListingDetail, ListingLine

PAUSE = 0.04
"""Seconds that the cursor rests before what it points at is read."""

SLIM = 72
"""Columns below which the list has the room for itself."""

HIGH = 36
"""Lines from which the chart stands in the pane."""

SHOWN = 12
"""How many listed player items stand in for a collection in a preview."""


class BazaarRoom(FilteredRoom[BazaarQuery]):
    """Listings at the left, the one that is pointed at at the right; the past behind a key.

    Attributes:
        view: whose listings, or what became of them.
        detail: the listing in the pane, once it is known.
    """

    ROOM = "bazaar"
    TITLE_TEXT = "Bazaar"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#listings"
    ORDERS = tuple(BazaarSort)

    HELP = (
        "Everybody's listings, neighbours' among them. What you buy is yours at once and lies "
        "in your inventory; whoever is quicker has it. To list something of yours, name a "
        "price: the house keeps {bazaar.FEE_PERCENT} % of it when it sells. It "
        f"stands for {DURATION // DAY} days, then it comes home; until then it can be taken "
        "back. The chart shows what such things went for: the faint line is the median, the mark "
        "at the right the least that is asked now. What can't be bought is faint, and the pane "
        "says why."
    )

    actions: BazaarActions
    past: Past

    ACTIONS: ClassVar[tuple[Action[BazaarRoom], ...]] = (
        Action("buy", "enter,b", "Buy", "Buy the thing under the cursor, after a question",
               lambda room: room.actions.buy(), legal=lambda room: room.actions.why_none(),
               named=lambda room: "Take back" if room.actions.is_mine else "Buy", footer=False,
               group="Buy"),
        Action("closer", "space", "Look", "Show all that is to be said of it",
               lambda room: room.actions.look(), legal=lambda room: room.actions.why_none(),
               footer=False, group="Buy"),
        Action("take-back", "x", "Take back", "Take your own listing back",
               lambda room: room.actions.take_back(),
               legal=lambda room: room.actions.why_not_take_back(),
               here=lambda room: room.actions.is_mine, footer=False, group="Sell"),
        Action("list", "l", "List", "Choose something of yours and list it",
               lambda room: room.actions.selling.list_something(), group="Sell"),
        Action("mine", "m", "Mine", "Show your own listings, or everybody's",
               lambda room: room.switch_view(View.MINE),
               named=lambda room: room.name_of_view(View.MINE), group="List"),
        Action("past", "p", "Past", "Show what you sold and bought, or everybody's listings",
               lambda room: room.switch_view(View.PAST),
               named=lambda room: room.name_of_view(View.PAST), group="List"),
        search_action(here=lambda room: not room.looks_back),
        copy_line(lambda room: "" if room.line is None else listing_line(room.line)),
        *list_actions("newest, end, price, value, rarity or name", rarity="r,R",
                      here=lambda room: not room.looks_back, footer=True),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.shown = BazaarQuery()
        self.counts: Mapping[InventoryTab, int] = {}
        self.view = View.ALL
        self.detail: ListingDetail | None = None
        self.actions = BazaarActions(self, lambda: self.line, self.model)
        self.past = Past(self)

    def compose_room(self) -> ComposeResult:
        """Tabs, settings, list and detail; the past."""
        yield TabStrip(id="tabs")
        with Horizontal(id="bar"):
            yield FilterBar(id="settings")
            yield SearchInput("neon r:epic <5000", id="search")
        with Horizontal(id="body"):
            yield ListingList(self.now, id="listings")
            with Vertical(id="preview"):
                yield TryOn(id="picture")
                yield ListingFacts(id="facts")
                yield PriceChart(id="chart")
            yield EndList(id="ends")
            yield EmptyPane(with_own_keys(self, NO_ENDS), id="none")

    def on_mount(self) -> None:
        """The time that is left grows shorter while one looks."""
        self.listings.on_point = self._mirror
        self.set_interval(1, self._tick)
        self.set_interval(60, self._grow_older)

    def on_resize(self, event: events.Resize) -> None:
        """Where it is narrow the list has the room for itself; where it is high there's a chart."""
        self.set_class(event.size.width < SLIM, "-slim")
        self.set_class(event.size.height >= HIGH, "-high")

    def _tick(self) -> None:
        if self.is_current:
            self.query_one(ListingFacts).tick()

    def _grow_older(self) -> None:
        self.listings.redraw()

    # What is shown

    @property
    def listings(self) -> ListingList:
        """The list."""
        return self.query_one(ListingList)

    @property
    def line(self) -> ListingLine | None:
        """The listing under the cursor; the mouse only looks."""
        return None if self.looks_back else self.listings.row

    @property
    def looks_back(self) -> bool:
        """Whether the past is shown: one list, not filtered."""
        return self.view is View.PAST

    def plain(self) -> BazaarQuery:
        """Tab, order and view stay."""
        return BazaarQuery(tab=self.shown.tab, sort=self.shown.sort, mine=self.shown.mine)

    def focus_list(self) -> None:
        """Go on in the list."""
        (self.query_one(EndList) if self.looks_back else self.listings).focus()

    def forget(self) -> None:
        """Show another player nothing of the one before."""
        super().forget()
        self.shown, self.view = BazaarQuery(), View.ALL
        self.past.forget()

    def refresh_room(self) -> None:
        """Ask for everything anew; the cursor stays."""
        player, mine = self.session.player, self.view is View.MINE
        assert player is not None
        self.list_player_items(keep=True)
        self.ask(lambda: tab_counts(player, mine=mine), self._show_counts, group="counts")

    def _show_counts(self, counts: Mapping[InventoryTab, int]) -> None:
        self.counts = counts
        self.show_settings()

    def list_player_items(self, *, keep: bool = False) -> None:
        """List what is wanted now."""
        player = self.session.player
        if player is None:
            return
        self.set_class(self.looks_back, "-past")
        if self.looks_back:
            self.past.look()
        else:
            self.listings.show(Listings(player, self.shown), keep=keep)
        self.show_settings()

    def show_settings(self) -> None:
        """Draw tabs and bar, and what the list is called."""
        labels = tab_labels(self.view, self.counts, self.shown.tab)
        self.query_one(TabStrip).show(labels, self.shown.tab)
        card = self.session.card
        purse = Content("")
        if card is not None:
            purse = Content.styled("you have ", DIM) + money(card.oranges)
        parts = view_settings(self.view, self.shown, searching=self.searching)
        self.query_one(FilterBar).show(parts, purse)
        titles = {View.ALL: "Everybody's listings", View.MINE: "Your listings"}
        self.listings.border_title = titles.get(self.view, "")
        self.refresh_bindings()

    @on(ItemList.Loaded)
    def _loaded(self) -> None:
        self.set_class(not self.listings.count, "-nothing")
        words = empty_words(self.view, self.shown, self.counts)
        self.listings.say_empty(with_own_keys(self, words))

    @on(PagedRows.Wants, "#ends")
    def _wants_ends(self) -> None:
        self.past.look_further()

    # The one that is pointed at

    @on(ItemList.Pointed)
    def _pointed(self) -> None:
        self.refresh_bindings()
        row = self.listings.pointed
        if row is not None or not self.listings.count:
            self._look_at(row)

    @work(group="listing", exclusive=True)
    async def _look_at(self, row: ListingLine | None) -> None:
        player, worn, detail, rival = self.session.player, self.session.worn, None, None
        if row is not None and player is not None:
            await asyncio.sleep(PAUSE)
            try:
                found, rival = await asyncio.to_thread(look_closer, player, worn, row.id)
            except Exception as error:
                self.say_world_error(error)
                return
            detail = None if isinstance(found, Refusal) else found
        self.detail = detail
        self.query_one(ListingFacts).show(detail, rival)
        self.query_one(PriceChart).show(None if detail is None else detail.prices)

    def model(self) -> Model | None:
        """Who tries player items on."""
        facts, listings = own_facts(self.session), self.listings
        if facts is None:
            return None
        seen = [listings.pages.row(index) for index in range(min(SHOWN, listings.count))]
        faces = faces_of_items(line.player_item for line in seen if line is not None)
        return Model(facts, self.session.appearance, faces)

    def _mirror(self) -> None:
        """Show the player item at once: a cosmetic on the player, of anything else its picture."""
        row = self.listings.pointed
        if row is not None or not self.listings.count:
            subject = None if row is None else subject_of(row)
            self.query_one(TryOn).try_on(subject, self.model())

    @on(ItemList.Chosen)
    def _double_clicked(self) -> None:
        """A double click looks; it never buys."""
        self.actions.look()

    # Views

    def switch_view(self, view: View) -> None:
        """To a view, or from there to everybody's listings."""
        self.go_to(View.ALL if self.view is view else view)

    def name_of_view(self, view: View) -> str:
        """What the key of a view is called."""
        return "Everybody's" if self.view is view else str(view).capitalize()

    def go_to(self, view: View) -> None:
        """Show a view, from the top and without filters."""
        self.view = view
        self.close_search()
        self.shown = BazaarQuery(sort=self.shown.sort, mine=view is View.MINE)
        self.counts = {}
        if self.session.player is not None:
            self.list_player_items()
            self.refresh_room()
        self.focus_list()

    def action_back(self) -> None:
        """Escape ends search and filters, then leads to everybody's listings, then home."""
        filtered = self.searching or self.shown != self.plain()
        if not filtered and self.view is not View.ALL:
            self.go_to(View.ALL)
        else:
            super().action_back()
