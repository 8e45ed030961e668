"""Shop: what a player wears and uses, tried on before paying.

All that is for sale is asked for at once; shelves, order and search only arrange what is known.
What stands on which shelf never changes with a purchase, so shelves are counted once, when the
goods themselves are others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input

from inventui.screens.shared.copy_line import copy_line
from inventui.screens.shared.item_list_text import tab_title
from inventui.screens.shop.base import SellerRoom
from inventui.screens.shop.text import Shelf, ShopOrder, arranged
from inventui.widgets.frame.actions import Action
from inventui.widgets.frame.field import SearchInput
from inventui.widgets.frame.filter_bar import FilterBar, Setting
from inventui.widgets.frame.tab_strip import TabLabel, TabStrip
from inventui.widgets.theme import DIM, money

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.types import CSSPathType

    from inventui.engine.shop.models import ShopLine
    from inventui.engine.world import PlayerHandle
    from inventui.screens.shop.gear_text import Rack
    from inventui.widgets.items.card import Face

SHELVES = {
    Shelf.WEAPON: "Weapons",
    Shelf.ARMOR: "Armour",
    Shelf.BUSINESS: "Businesses",
    Shelf.HOUSING: "Homes",
    Shelf.BUNDLES: "Bundles",
    Shelf.LIMITED: "Limited",
}
"""What shelves are called that the inventory has no tab for."""

SHOWN = 12
"""How many of the player's items stand in for a collection."""


@dataclass(frozen=True, slots=True)
class ShopState:
    """What the room shows: everything for sale, and some of what the player has."""

    lines: tuple[ShopLine, ...]
    player_items: tuple[Face, ...]
    rack: Rack


def look_around(player: PlayerHandle) -> ShopState:
    """Ask for what is for sale. Blocks: for a thread."""
    from inventui.engine.inventory.models import InventoryPage, InventoryQuery
    from inventui.rules.inventory.inventory import InventoryTab, Sort
    from inventui.screens.shop.gear_text import rack_of
    from inventui.widgets.player.collection import faces_of_items

    player_items: tuple[Face, ...] = ()
    for tab in (InventoryTab.COLLECTIBLES, InventoryTab.ALL):
        page = player.inventory.page(InventoryQuery(tab, Sort.VALUE), limit=SHOWN)
        if isinstance(page, InventoryPage) and page.items:
            player_items = faces_of_items(page.items)
            break
    return ShopState(player.shop.lines(), player_items, rack_of(player))


def count_shelves(lines: tuple[ShopLine, ...]) -> dict[Shelf, int]:
    """How much lies on each shelf."""
    return {shelf: sum(map(shelf.holds, lines)) for shelf in Shelf}


class ShopRoom(SellerRoom):
    """Shelves above, items at the left, the one that is pointed at on the player at the right."""

    ROOM = "shop"
    TITLE_TEXT = "Shop"
    CSS_PATH: ClassVar[CSSPathType | None] = ["base.tcss", "screen.tcss"]

    HELP = (
        "Point at a thing, and the pane shows you with it on. What is bought is worn at once; "
        "the drawer shows it to everyone. A bundle costs only what you do not have yet of it. "
        "Limited editions run out by number or by time. What is bought in the shop can't be "
        "sold again."
    )

    ACTIONS: ClassVar[tuple[Action[ShopRoom], ...]] = (
        Action("buy", "enter,b", "Buy", "Buy the thing under the cursor",
               lambda room: room.buy(), footer=False, group="Buy"),
        Action("closer", "space", "Look", "Show all that is to be said of it",
               lambda room: room.look(), footer=False, group="Buy"),
        Action("search", "slash", "Search", "Look on all shelves: words, cat:frame r:epic <5000",
               lambda room: room.open_search(), group="List"),
        copy_line(lambda room: room.copied()),
        Action("sort", "o", "Sort", "Sort by category, price, what you can pay, rarity or name",
               lambda room: room.next_order(), group="List"),
        Action("wear", "d", "Drawer", "See how you look to others",
               lambda room: room.enter_room("drawer"), group="Buy"),
        Action("shelf-next", "right,tab", "Next shelf", "To the shelf at the right",
               lambda room: room.step_shelf(1), footer=False, group="List"),
        Action("shelf-previous", "left,shift+tab", "Previous shelf", "To the shelf at the left",
               lambda room: room.step_shelf(-1), footer=False, group="List"),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._stall: ShopState | None = None
        self.shelf = Shelf.ALL
        self.order = ShopOrder.CATEGORY
        self.sought = ""
        self.counts = count_shelves(())

    def compose_room(self) -> ComposeResult:
        """Shelves, settings, list and detail."""
        yield TabStrip(id="shelves")
        with Horizontal(id="bar"):
            yield FilterBar(id="settings")
            yield SearchInput("neon r:epic <5000", id="search")
        yield from self.compose_goods()

    # What is shown

    def forget(self) -> None:
        """Show another player nothing of the one before."""
        super().forget()
        self.shelf, self.order, self.sought = Shelf.ALL, ShopOrder.CATEGORY, ""

    def refresh_room(self) -> None:
        """Look at the stall again; the cursor stays."""
        player = self.player
        self.ask(lambda: look_around(player), self._seen, group="stall")

    def _seen(self, stall: ShopState) -> None:
        self._stall, self.player_items = stall, stall.player_items
        self.buying.rack = stall.rack
        before, self._by_slug = self._by_slug, {line.slug: line for line in stall.lines}
        if before.keys() != self._by_slug.keys():
            self.counts = count_shelves(stall.lines)
        wanted, ware = self.session.take_category(), self.session.take_ware()
        first = self._by_slug.get(ware) or next(
            (line for line in stall.lines if line.category is wanted), None
        )
        if first is None:
            self._show(keep=True)
            return
        if self._searching or self.sought:
            self._close_search()
        self.shelf = next(s for s in Shelf if s is not Shelf.ALL and s.holds(first))
        shown = arranged(stall.lines, self.shelf, self.order)
        at = next(
            at
            for at, line in enumerate(shown)
            if (line is first if first.slug == ware else line.category is wanted)
        )
        self._show(at=at)

    def _show(self, *, keep: bool = False, at: int = 0) -> None:
        """Show what is wanted now, with the cursor where it was or on line `at`."""
        if self._stall is not None:
            lines = arranged(
                self._stall.lines, self.shelf, self.order, self.sought, self.session.card
            )
            self.goods.say_empty(self._empty())
            self.goods.offer(lines, keep=keep, at=at)
        self._show_settings()

    def _show_settings(self) -> None:
        labels = []
        for shelf in Shelf:
            count = self.counts.get(shelf, 0)
            if count or shelf in (Shelf.ALL, self.shelf):
                known = f"{count:,}" if self.counts[Shelf.ALL] else ""
                labels.append(TabLabel(shelf, shelf_title(shelf), known))
        self.query_one(TabStrip).show(labels, self.shelf)
        parts = [Setting("order", "o", Content(f"{self.order} ▾"), "sort")]
        if not self._searching:
            parts.append(Setting("/ search", "/", Content(""), "search"))
        card = self.session.card
        purse = Content("")
        if card is not None:
            purse = Content.styled("you have ", DIM) + money(card.oranges)
        self.query_one(FilterBar).show(parts, purse)

    def _empty(self) -> Content:
        key = "bold $primary"
        lines = None if self._stall is None else self._stall.lines
        if self.sought and lines:
            found = len(arranged(lines, Shelf.ALL, self.order, self.sought))
            others = "1 thing is" if found == 1 else f"{found} things are"
            return Content.assemble(
                "Nothing here is called ", (f"“{self.sought}”", "bold"), ".\n",
                f"On other shelves {others}.\n" if found else "",
                ("escape", key), " shows all of it again.",
            )  # fmt: skip
        if lines:
            return Content.assemble("This shelf is empty.\n", ("←", key), " leads to the others.")
        return Content("The shop is empty: no content pack has anything for sale.")

    # Shelves, order, search

    @on(TabStrip.Chosen)
    def _shelf_chosen(self, event: TabStrip.Chosen) -> None:
        self.shelf = Shelf(event.slug)
        self._show()

    def step_shelf(self, by: int) -> None:
        """To another shelf."""
        self.query_one(TabStrip).step(by)

    def next_order(self) -> None:
        """The next order."""
        orders = list(ShopOrder)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self._show()

    @property
    def _searching(self) -> bool:
        return self.query_one("#search").has_class("-open")

    def open_search(self) -> None:
        """Type what to look for."""
        search = self.query_one("#search")
        search.add_class("-open")
        # At once: `focus()` comes later, and what is typed meanwhile would be keys of the room.
        self.set_focus(search)
        self._show_settings()

    @on(Input.Changed, "#search")
    def _search_changed(self, event: Input.Changed) -> None:
        if event.value.strip() != self.sought:
            if not self.sought:
                # A search looks on all shelves; then they narrow what it found.
                self.shelf = Shelf.ALL
            self.sought = event.value.strip()
            self._show()

    @on(Input.Submitted, "#search")
    def _search_done(self) -> None:
        self.goods.focus()
        if not self.sought:
            self._close_search()

    def _close_search(self) -> None:
        search = self.query_one("#search", Input)
        search.remove_class("-open")
        search.value = ""
        self.sought = ""
        self.goods.focus()
        self._show()

    def action_back(self) -> None:
        """Escape ends the search, then leads to all shelves, then home."""
        if self._searching or self.sought:
            self._close_search()
        elif self.shelf is not Shelf.ALL:
            self.shelf = Shelf.ALL
            self._show()
        else:
            super().action_back()


def shelf_title(shelf: Shelf) -> str:
    """What a shelf is called; most of them as the inventory's tabs are."""
    from inventui.rules.inventory.inventory import InventoryTab

    return SHELVES[shelf] if shelf in SHELVES else tab_title(InventoryTab(shelf.value))
