"""Inventory: what a player owns, looked at, sorted, filtered, sold, locked, handed on.

The list is one query over all that the player owns; tabs, filters and search only change the
query, and marks are kept by number, whatever is listed. What can be done is in parts, each with
the rules that it asks. A rule looks at nothing but the line, so that an arrow to a line with the
same facts asks none of them again. What was changed keeps its line until the list is read anew,
and is not changed a second time until then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from inventui.engine.inventory.models import InventoryQuery, StackLine
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.inventory import InventoryTab, Sort
from inventui.screens.inventory.actions import (
    NOTHING_LISTED,
    ItemActions,
    anything,
    why_not_discard,
    why_not_lock,
    why_not_sell,
)
from inventui.screens.inventory.card import ItemCard
from inventui.screens.inventory.find import Found, look_for
from inventui.screens.inventory.gear import Gear, why_not_claim, why_not_repair
from inventui.screens.inventory.handing_over import (
    HandingOver,
    why_not_give,
    why_not_list_or_not,
    why_not_withdraw,
)
from inventui.screens.inventory.items import OwnItems, Rule, facts_of
from inventui.screens.inventory.layout import ListLayout, OwnList
from inventui.screens.inventory.marks import Marks
from inventui.screens.inventory.overview import Overview
from inventui.screens.inventory.wear import Wearing, why_not_equip, why_not_use
from inventui.screens.shared.copy_line import copy_line
from inventui.screens.shared.filters import FilteredRoom, list_actions, search_action
from inventui.screens.shared.player_items import StackRows
from inventui.screens.trades.side import why_not_offer
from inventui.widgets.frame.actions import Action
from inventui.widgets.frame.field import SearchInput
from inventui.widgets.frame.filter_bar import FilterBar
from inventui.widgets.frame.tab_strip import TabStrip
from inventui.widgets.items.card_preview import CardPreview
from inventui.widgets.lists.columns import Column
from inventui.widgets.lists.item_columns import item_columns
from inventui.widgets.lists.item_list import ItemList
from inventui.widgets.player.try_on import TryOn

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

NAME_CELLS = 27
"""Cells of a name before other columns go: the longest of the base pack, and ` ×17`."""

SLIM = 72
"""Columns below which the list has the room for itself."""


class InventoryRoom(FilteredRoom[InventoryQuery]):
    """A list of player items with tabs and filters, and a card of the one that is pointed at."""

    ROOM = "inventory"
    TITLE_TEXT = "Inventory"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#things"
    ORDERS = tuple(Sort)

    items: OwnItems
    rows: ListLayout
    overview: Overview
    marks: Marks
    card: ItemCard
    actions: ItemActions
    wearing: Wearing
    gear: Gear
    leaving: HandingOver

    HELP = (
        "Everything you own; equal things are one line, which enter opens. Tabs, "
        "sort, filters and search decide what is listed; marks stay while "
        "you filter, and the last line says when a marked thing is hidden: it is never sold then. "
        "The house pays the full value for what came out of cases. A locked thing "
        "can't be sold or thrown away. Gear wears out in robberies and breaks at 0: mend it with "
        "a repair kit. What waits in escrow is claimed before its time is up; gear needs room. "
        "A thing goes to a friend as a gift, or to the bazaar at a price of yours; one worth "
        "10,000 or more can be withdrawn."
    )

    ACTIONS: ClassVar[tuple[Action[InventoryRoom], ...]] = (
        Action("equip", "e", "Wear", "Put it on, or take it off",
               lambda room: room.wearing.equip(), legal=lambda room: room.why(why_not_equip),
               unspoken=(Reason.NOT_WEARABLE,), named=lambda room: room.wearing.name_of_equip(),
               group="Things"),
        Action("undo", "u", "Undo", "Take back what you just did, for a minute",
               lambda room: room.action_undo(), here=lambda room: room.can_undo(),
               group="Things"),
        Action("use", "u", "Use", "Use it up, once",
               lambda room: room.wearing.use(), legal=lambda room: room.why(why_not_use),
               here=lambda room: not room.can_undo(), unspoken=(Reason.NOT_USABLE,),
               group="Things"),
        Action("use-now", "U", "Use", "The same, while there is something to undo",
               lambda room: room.wearing.use(), legal=lambda room: room.why(why_not_use),
               here=lambda room: room.can_undo(), unspoken=(Reason.NOT_USABLE,), footer=False,
               group="Things", palette=False),
        Action("claim", "c", "Claim", "Take it out of escrow",
               lambda room: room.gear.claim(), legal=lambda room: room.why(why_not_claim),
               here=lambda room: room.gear.waits(), group="Things"),
        Action("repair", "r", "Repair", "Mend this piece of gear with a repair kit",
               lambda room: room.gear.repair(), legal=lambda room: room.why(why_not_repair),
               here=lambda room: room.gear.is_here(), unspoken=tuple(Reason), group="Things"),
        Action("sell", "s", "Sell", "Sell the thing under the cursor",
               lambda room: room.actions.sell(), legal=lambda room: room.why(why_not_sell),
               group="Sell"),
        Action("sell-marked", "S", "Sell marked", "Sell what is marked and in sight",
               lambda room: room.marks.sell_marked(), legal=lambda room: room.marks.why_none(),
               unspoken=(Reason.NOTHING_TO_DO,), group="Sell"),
        Action("lock", "l", "Lock", "Lock or unlock the thing under the cursor",
               lambda room: room.actions.switch_lock(), legal=lambda room: room.why(why_not_lock),
               named=lambda room: room.actions.name_of_lock(), group="Things"),
        Action("gift", "p", "Gift", "Give it to a friend",
               lambda room: room.leaving.gift(), legal=lambda room: room.why(why_not_give),
               group="Things"),
        Action("list", "b", "List", "List it at the bazaar, or take it back from there",
               lambda room: room.leaving.list_or_take_back(),
               legal=lambda room: room.why(why_not_list_or_not),
               named=lambda room: room.leaving.name_of_list(), group="Things"),
        Action("history", "h", "History", "Show all that happened to it",
               lambda room: room.actions.show_history(), legal=lambda room: room.why(anything),
               group="Things"),
        Action("withdraw", "w", "Withdraw", "Take it out of the world, with a certificate",
               lambda room: room.leaving.withdraw(), legal=lambda room: room.why(why_not_withdraw),
               unspoken=(Reason.NOTHING_TO_DO, Reason.TOO_CHEAP), group="Things"),
        search_action(),
        Action("mark-all", "m", "Mark all", "Mark everything that is listed",
               lambda room: room.marks.mark_all(),
               legal=lambda room: NOTHING_LISTED if room.items.row is None else None, group="Sell"),
        Action("discard", "d", "Discard", "Throw it away",
               lambda room: room.actions.discard(), legal=lambda room: room.why(why_not_discard),
               group="Things"),
        Action("clear-marks", "M", "Unmark", "Take every mark away",
               lambda room: room.marks.clear(), legal=lambda room: room.marks.why_none(),
               group="Sell"),
        Action("trade", "t", "Offer it", "Offer it to somebody for something else",
               lambda room: room.leaving.trade(), legal=lambda room: room.why(why_not_offer),
               footer=False, group="Things"),
        Action("look", "enter", "Look", "Show its whole card, or the pieces of a stack",
               lambda room: room.look_or_open(), legal=lambda room: room.why(anything),
               named=lambda room: room.rows.name_of_look(), footer=False, group="Things"),
        Action("cards", "L", "Cards", "Show cards instead of rows, or rows again",
               lambda room: room.rows.turn(), footer=False, group="List"),
        Action("image", "i", "Image", "Open its picture in the browser",
               lambda room: room.actions.open_image(),
               legal=lambda room: room.actions.why_no_image(), footer=False, group="Things"),
        copy_line(lambda room: room.items.words, "Things"),
        *list_actions("newest, value, rarity or name", rarity="R"),
        Action("rarity-here", "r", "Rarity", "The same, unless gear is under the cursor",
               lambda room: room.next_rarity(), here=lambda room: not room.gear.is_here(),
               footer=False, group="List", palette=False),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.shown = InventoryQuery()
        self._legal_for: object = None
        self.items = OwnItems(self)
        self.rows = ListLayout(self.items, self.now)
        self.overview = Overview(self, self.items)
        self.marks = Marks(self.items, lambda: self.shown, self.mind_legal)
        self.card = ItemCard(self.items, self.mind_legal)
        self.actions = ItemActions(self.items, self.marks)
        self.wearing = Wearing(self.items)
        self.gear = Gear(self.items)
        self.leaving = HandingOver(self.items, self.marks)

    def compose_room(self) -> ComposeResult:
        """Tabs, settings, list and card, marks."""
        yield TabStrip(id="tabs")
        with Horizontal(id="bar"):
            yield FilterBar(id="settings")
            yield SearchInput("neon r:epic <5000", id="search")
        with Horizontal(id="body"):
            columns: tuple[Column[StackLine], ...] = item_columns(self.now, NAME_CELLS)
            yield OwnList(columns, lambda line: line.key, id="things")
            with Vertical(id="preview"):
                yield TryOn(id="mirror")
                yield CardPreview(id="card")
        yield Static(id="marks")

    def on_mount(self) -> None:
        """Ages grow while one looks at them."""
        self.set_interval(60, self._grow_older)

    def on_resize(self, event: events.Resize) -> None:
        """Where it is narrow the list has the room for itself."""
        self.set_class(event.size.width < SLIM, "-slim")
        self.marks.say()

    def _grow_older(self) -> None:
        self.items.listed.redraw()
        self.query_one(CardPreview).refresh()

    def forget(self) -> None:
        """Show another player nothing of the one before."""
        super().forget()
        self.shown = InventoryQuery()
        self.rows.opened.clear()
        self.items.listed.set_marks(())

    def refresh_room(self) -> None:
        """Ask for everything anew; cursor and marks stay."""
        self.rows.lay_out()
        self.list_player_items(keep=True)
        self.marks.weigh()
        player_item = self.session.take_player_item()
        if player_item is not None:
            self.point_at(player_item)
        self.overview.look()

    @on(ItemList.Loaded)
    def _loaded(self) -> None:
        self.items.changed.clear()
        self.set_class(not self.items.listed.count, "-nothing")
        self.overview.say_empty()
        self.marks.say()

    @on(ItemList.MarksChanged)
    def _marks_changed(self) -> None:
        self.marks.recount()

    @on(ItemList.Chosen)
    def _chosen(self) -> None:
        self.look_or_open()

    def look_or_open(self) -> None:
        """Open a stack or close it; look at anything else."""
        if self.rows.turn_stack():
            self.list_player_items(keep=True)
        else:
            self.actions.look()

    @on(ItemList.Pointed)
    def _pointed(self) -> None:
        listed = self.items.listed
        self.mind_legal()
        self.marks.say()
        row = listed.pointed
        if row is not None or not listed.count:
            self.card.show(row)

    def enter_part(self, slug: str) -> None:
        """Escrow is a tab."""
        self.show_only(InventoryQuery(tab=InventoryTab(slug), sort=self.shown.sort))
        self.focus_list()

    def why(self, rule: Rule) -> Refusal | None:
        """What a rule says of the player item under the cursor."""
        return self.items.why_not(rule)

    def mind_legal(self) -> None:
        """Have the keys drawn anew, if anything has changed that decides which are legal."""
        row = self.items.row
        image = self.actions.why_no_image() is None
        decides = (facts_of(row), image, bool(self.items.listed.marks))
        if decides != self._legal_for:
            self._legal_for = decides
            self.refresh_bindings()

    @property
    def player_items(self) -> ItemList[StackLine]:
        """The list."""
        return self.items.listed

    def plain(self) -> InventoryQuery:
        """Tab and order stay."""
        return InventoryQuery(tab=self.shown.tab, sort=self.shown.sort)

    def list_player_items(self, *, keep: bool = False, at: int = 0) -> None:
        """List what is wanted now; the cursor stays, or is put on a row."""
        player = self.session.player
        if player is not None:
            query, opened = self.shown, frozenset(self.rows.opened)
            rows = StackRows(lambda: player.inventory.stacks(query, opened))
            self.items.listed.show(rows, keep=keep, at=at)
        self.show_settings()

    def show_settings(self) -> None:
        """Draw tabs and bar."""
        self.overview.draw()

    def show_only(self, query: InventoryQuery) -> None:
        """Show something else of it, from the top; what is marked and in sight has changed."""
        changed = query != self.shown
        super().show_only(query)
        if changed:
            self.marks.weigh()

    def point_at(self, player_item: int) -> None:
        """Put the cursor on a player item, with other filters only where these hide it."""
        look_for(self.items, self.shown, player_item, self._show_found)

    def _show_found(self, found: Found) -> None:
        self.shown = found.query
        self.rows.opened = set() if found.stack is None else {found.stack}
        self.show_search(found.query.search)
        self.list_player_items(at=found.index)
        self.marks.weigh()
        self.focus_list()

    def focus_list(self) -> None:
        """Go on in the list."""
        self.items.listed.focus()
