"""Inventory: what a player owns, looked at, sorted, filtered, sold, locked."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from inventui.engine.inventory.models import InventoryQuery, ItemDetail, ItemLine, Statistics
from inventui.rules.core.categories import COSMETICS
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.inventory import InventoryTab
from inventui.screens.inventory.filters import ItemFilters
from inventui.screens.inventory.handing_over import ItemLeaving
from inventui.screens.inventory.tiles import tiles_for
from inventui.screens.shared.item_list_text import empty_words
from inventui.screens.shared.item_room import look_closer
from inventui.widgets.frame.commands import Command
from inventui.widgets.frame.filter_bar import FilterBar
from inventui.widgets.frame.search_input import SearchInput
from inventui.widgets.frame.tab_strip import TabStrip
from inventui.widgets.items.card_preview import CardPreview
from inventui.widgets.lists.columns import item_columns
from inventui.widgets.lists.item_list import ItemList
from inventui.widgets.player.card_facts import own_facts
from inventui.widgets.player.collection import faces_of_items
from inventui.widgets.player.try_on import Model, Subject, TryOn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult

PAUSE = 0.04
"""Seconds that the cursor rests before what it points at is read."""

SLIM = 72
"""Columns below which the list has the room for itself."""


class InventoryRoom(ItemLeaving, ItemFilters):
    """A list of player items with tabs and filters, and a card of the one that is pointed at."""

    ROOM = "inventory"
    TITLE_TEXT = "Inventory"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#things"

    HELP = (
        "Everything you own. Tabs, sort, filters and search decide what is listed; marks stay "
        "while you filter, and the last line says when a marked thing is hidden: it is never "
        "sold then. The house pays the full value for what came out of cases. A locked thing "
        "can't be sold or thrown away. Gear wears out in robberies and breaks at 0: mend it with "
        "a repair kit. What waits in escrow is claimed before its time is up; gear needs room. "
        "A thing goes to a friend as a gift, or to the bazaar at a price of yours; one worth "
        "10,000 or more can be withdrawn."
    )

    ACTIONS = (
        Command("equip", "e", "Wear", "Put it on, or take it off", "equip", group="Things"),
        Command("use", "u", "Use", "Use it up, once", "use", group="Things"),
        Command("claim", "c", "Claim", "Take it out of escrow", "claim", group="Things"),
        Command("repair", "r", "Repair", "Mend this piece of gear with a repair kit", "repair",
                group="Things"),
        Command("sell", "s", "Sell", "Sell the thing under the cursor", "sell", group="Sell"),
        Command("sell-marked", "S", "Sell marked", "Sell what is marked and in sight",
                "sell_marked", group="Sell"),
        Command("lock", "l", "Lock", "Lock or unlock the thing under the cursor", "lock",
                group="Things"),
        Command("gift", "g", "Gift", "Give it to a friend", "gift", group="Things"),
        Command("list", "b", "List", "List it at the bazaar, or take it back from there", "list",
                group="Things"),
        Command("history", "h", "History", "Show all that happened to it", "history",
                group="Things"),
        Command("withdraw", "w", "Withdraw", "Take it out of the world, with a certificate",
                "withdraw", group="Things"),
        Command("search", "slash", "Search", "Show only names that contain a text", "search",
                group="List"),
        Command("mark-all", "m", "Mark all", "Mark everything that is listed", "mark_all",
                group="Sell"),
        Command("discard", "d", "Discard", "Throw it away for good", "discard",
                group="Things"),
        Command("clear-marks", "M", "Unmark", "Take every mark away", "clear_marks",
                group="Sell"),
        Command("trade", "t", "Offer it", "Offer it to somebody for something else", "trade",
                show=False, group="Things"),
        Command("look", "enter", "Look", "Show its whole card", "look", show=False,
                group="Things"),
        Command("image", "i", "Image", "Open its picture in the browser", "image",
                show=False, group="Things"),
        Command("sort", "o", "Sort", "Sort by newest, value, rarity or name", "sort",
                show=False, group="List"),
        Command("rarity", "R", "Rarity", "Show one rarity only", "rarity", show=False,
                group="List"),
        Command("rarity-here", "r", "Rarity", "The same, unless gear is under the cursor",
                "rarity_here", show=False, group="List", palette=False),
        Command("least", "v", "Value from", "Show what is worth at least so much", "least",
                show=False, group="List"),
        Command("tab-next", "right,tab", "Next tab", "To the tab at the right", "tab(1)",
                show=False, group="List"),
        Command("tab-previous", "left,shift+tab", "Previous tab", "To the tab at the left",
                "tab(-1)", show=False, group="List"),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._player_id: int | None = None
        self._tiles = tiles_for(self._now)

    def compose_room(self) -> ComposeResult:
        """Tabs, settings, list and card, marks."""
        yield TabStrip(id="tabs")
        with Horizontal(id="bar"):
            yield FilterBar(id="settings")
            yield SearchInput("part of a name", id="search")
        with Horizontal(id="body"):
            yield ItemList(item_columns(self._now), lambda line: line.id, id="things")
            with Vertical(id="preview"):
                yield TryOn(id="mirror")
                yield CardPreview(id="card")
        yield Static(id="marks")

    def _now(self) -> int:
        return self.session.now()

    def on_mount(self) -> None:
        """Ages grow while one looks at them."""
        self.set_interval(60, self._grow_older)

    def on_resize(self, event: events.Resize) -> None:
        """Where it is narrow the list has the room for itself."""
        self.set_class(event.size.width < SLIM, "-slim")
        self.say_marks()

    def _grow_older(self) -> None:
        self.player_items.redraw()
        self.query_one(CardPreview).refresh()

    # What is shown

    def refresh_room(self) -> None:
        """Ask for everything anew; cursor and marks stay."""
        player = self.session.player
        assert player is not None
        if player.id != self._player_id:
            self._player_id = player.id
            self.shown = InventoryQuery()
            self.player_items.set_marks(())
        self.player_items.lay_out(self._tiles.get(self.session.layout))
        self.list_player_items(keep=True)
        self.weigh_marks()
        player_item = self.session.take_player_item()
        if player_item is not None:
            self.point_at(player_item)

        def overview() -> tuple[Mapping[InventoryTab, int], Statistics]:
            return player.inventory.tab_counts(), player.inventory.statistics()

        self.ask(overview, self._show_overview, group="overview")

    def _show_overview(self, answer: tuple[Mapping[InventoryTab, int], Statistics]) -> None:
        self.counts, self.statistics = answer
        self.show_settings()
        self._say_empty()

    @on(ItemList.Loaded)
    def _loaded(self) -> None:
        self.changed.clear()
        self.set_class(not self.player_items.count, "-nothing")
        self._say_empty()
        self.say_marks()

    def _say_empty(self) -> None:
        self.player_items.say_empty(empty_words(self.shown, self.counts.get(InventoryTab.ALL, 0)))

    # The card

    @on(ItemList.Pointed)
    def _pointed(self) -> None:
        player_items = self.player_items
        self.mind_legal()
        self.say_marks()
        row = player_items.pointed
        if row is None and player_items.count:
            return
        self._look_at(row)

    @work(group="card", exclusive=True)
    async def _look_at(self, row: ItemLine | None) -> None:
        player, worn = self.session.player, None
        detail: ItemDetail | Refusal | None = None
        self._mirror(row)
        if row is not None and player is not None:
            await asyncio.sleep(PAUSE)
            try:
                detail, worn = await asyncio.to_thread(
                    look_closer, player, self.session.worn, row.id
                )
            except Exception as error:
                self._say_world_error(error)
                return
        self.detail = None if isinstance(detail, Refusal) else detail
        card = self.query_one(CardPreview)
        card.pictured = row is None or row.category not in COSMETICS
        card.worn = worn
        card.detail = self.detail
        card.refresh()
        name = "" if self.detail is None else self.detail.line.name
        self.query_one("#preview").border_title = Content(name)
        self.mind_legal()

    def _mirror(self, row: ItemLine | None) -> None:
        """Show the player with the player item on, at once; what is no cosmetic has a picture."""
        mirror = self.query_one(TryOn)
        worn = row is not None and row.category in COSMETICS
        if mirror.display != worn:
            mirror.display = worn
        facts = own_facts(self.session)
        if row is not None and worn and facts is not None:
            player_items = self.player_items.pages
            seen = [player_items.row(index) for index in range(min(12, player_items.count))]
            model = Model(
                facts, self.session.outlook,
                faces_of_items(line for line in seen if line is not None),
            )  # fmt: skip
            mirror.try_on(Subject(row.category, row.style), model)
