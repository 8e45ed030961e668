"""Market: the black market that turns every six hours, and each day's own gear shop.

Both tabs sell through the same list and pane as the shop. Their goods belong to a period: what
was looked at is bought only while its period lasts and its price stands. When a period ends the
room asks for the next one by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container, Vertical
from textual.content import Content

from inventui.rules.core.clock import SECOND
from inventui.rules.core.refusal import Reason, Refusal
from inventui.screens.market.clock import MarketClock
from inventui.screens.market.reroll import Rerolling
from inventui.screens.market.text import line_of, rank_lines, window_lines
from inventui.screens.shared.copy_line import copy_line
from inventui.screens.shared.searching import SEARCH, SearchLine
from inventui.screens.shop.base import SellerRoom
from inventui.screens.shop.list import ShopList
from inventui.screens.shop.text import FIGURE
from inventui.widgets.canvas.sized_picture import SizedPicture
from inventui.widgets.frame.actions import Action
from inventui.widgets.frame.own_keys import with_own_keys
from inventui.widgets.frame.tab_strip import TabLabel, TabStrip
from inventui.widgets.frame.toasts import toast
from inventui.widgets.player.try_on import TryOn

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.types import CSSPathType

    from inventui.engine.market.models import GearShopView, MarketView
    from inventui.engine.shop.models import ShopLine
    from inventui.engine.world import PlayerHandle
    from inventui.screens.shop.gear_text import Rack

AGAIN = 10 * SECOND
"""How long a market that should have turned is waited for before it is asked for again."""


TURNED = Refusal(Reason.NO_LONGER_AVAILABLE, "The market has turned meanwhile: nothing was bought.")


class MarketTab(StrEnum):
    """Who sells."""

    MARKET = "market"
    GEAR = "gear"


TITLES = {MarketTab.MARKET: "Black market", MarketTab.GEAR: "Gear shop"}


@dataclass(frozen=True, slots=True)
class MarketState:
    """What a tab shows: what the seller has, and what gear the player has."""

    tab: MarketTab
    view: MarketView | GearShopView
    lines: tuple[ShopLine, ...]
    rack: Rack

    @property
    def period(self) -> tuple[int, ...]:
        """Another one has other goods."""
        if self.tab is MarketTab.MARKET:
            return (self.view.number,)  # type: ignore[union-attr]
        return self.view.day, self.view.rerolls  # type: ignore[union-attr]


def look_around(player: PlayerHandle, tab: MarketTab) -> MarketState:
    """Ask for a tab. Blocks: for a thread."""
    from inventui.screens.shop.gear_text import rack_of

    rack = rack_of(player)
    if tab is MarketTab.MARKET:
        market = player.black_market.rotation()
        return MarketState(tab, market, tuple(map(line_of, market.stalls)), rack)
    shop = player.gear_shop.today()
    return MarketState(tab, shop, tuple(map(line_of, shop.offers)), rack)


class BlackMarketRoom(SellerRoom):
    """A clock and a window above, the goods at the left, the one pointed at at the right."""

    ROOM = "black_market"
    TITLE_TEXT = "Market"
    FIRST_PART = MarketTab.MARKET
    CSS_PATH: ClassVar[CSSPathType | None] = ["../shop/base.tcss", "screen.tcss"]
    BADGE_CELLS = FIGURE

    rerolling: Rerolling

    HELP = (
        "The black market is one for the whole world: its few pieces are shared by all players, "
        "and it turns at 00, 06, 12 and 18 h UTC. Now and then a legendary stands in the lit "
        "window at {black_market.FEATURED_DISCOUNT} % off. The gear shop is your own and lasts "
        "until 00:00 UTC; a higher rank opens rarer gear, and gems buy another choice. Gear is "
        "worn at once, and there is room for {gear.GEAR_ROOM} pieces: sell or discard one in "
        "the inventory to make room."
    )

    ACTIONS: ClassVar[tuple[Action[BlackMarketRoom], ...]] = (
        Action("buy", "enter,b", "Buy", "Buy the piece under the cursor",
               lambda room: room.buy(), footer=False, group="Buy"),
        Action("reroll", "r", "Reroll", "Pay gems for another choice in the gear shop",
               lambda room: room.rerolling.reroll(), legal=lambda room: room.rerolling.why_not(),
               here=lambda room: room.gear_shop is not None,
               named=lambda room: room.rerolling.name(), group="Buy"),
        copy_line(lambda room: room.copied()),
        Action("closer", "space", "Look", "Show all that is to be said of it",
               lambda room: room.look(), footer=False, group="Buy"),
        Action("tab-next", "t,right,tab,right_square_bracket", "Other tab",
               "From the black market to the gear shop and back",
               lambda room: room.step_tab(1), named=lambda room: TITLES[room.other_tab],
               group="List"),
        Action("tab-previous", "left,shift+tab,left_square_bracket", "Back to the other tab",
               "From the gear shop to the black market and back",
               lambda room: room.step_tab(-1), footer=False, group="List", palette=False),
        SEARCH,
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.seller = MarketTab.MARKET
        self._sight: MarketState | None = None
        self._asked_at = 0
        self.rerolling = Rerolling(self, lambda: self.gear_shop)

    def compose_room(self) -> ComposeResult:
        """Tabs, clock and window, list and detail."""
        yield TabStrip(id="sellers")
        yield from self.compose_goods()

    def compose_list(self) -> ComposeResult:
        """The list, with clock and window above it."""
        with Vertical(id="counter"):
            with Container(id="head"):
                yield MarketClock(id="clock")
                yield SizedPicture(id="window")
            yield SearchLine("words, cat:weapon, r:rare, <5000", self._show_found, ShopList)
            yield from super().compose_list()

    # What is shown

    def forget(self) -> None:
        """Show another player nothing of the one before."""
        super().forget()
        self._sight, self.seller = None, MarketTab.MARKET

    def refresh_room(self) -> None:
        """Look at the goods again; the cursor stays."""
        player = self.player
        tab = self.seller
        self._show_tabs()
        self.ask(lambda: look_around(player, tab), self._seen, group="stalls")

    def _show_tabs(self) -> None:
        labels = [TabLabel(tab, TITLES[tab]) for tab in MarketTab]
        self.query_one(TabStrip).show(labels, self.seller)
        self.set_class(self.seller is MarketTab.MARKET, "-market")

    def _seen(self, sight: MarketState) -> None:
        before, self._sight, self._asked_at = self._sight, sight, 0
        same_tab = before is not None and before.tab is sight.tab
        keep = before is not None and same_tab and before.period == sight.period
        if same_tab and not keep and sight.tab is MarketTab.MARKET:
            toast(self, "The market has turned: other stalls, other gear.", title="🍊 Market")
        self.buying.rack = sight.rack
        self._by_slug = {line.slug: line for line in sight.lines}
        self._offer(sight, keep=keep)
        self._show_head(sight)
        self.refresh_bindings()

    def _offer(self, sight: MarketState, *, keep: bool) -> None:
        """The goods that are looked for."""
        nothing = Content("Nothing stands here: no content pack has any gear to sell.")
        line = self.query_one(SearchLine)
        if line.sought and sight.lines:
            nothing = Content.assemble(
                "Nothing here is called ", (f"“{line.sought}”", "bold"), ".\n",
                ("escape", "bold $primary"), " shows all of it again.",
            )  # fmt: skip
        self.goods.say_empty(nothing)
        found = [
            goods
            for goods in sight.lines
            if line.search.finds(goods, goods.price.oranges, goods.description)
        ]
        self.goods.offer(tuple(found), keep=keep)

    def _show_found(self) -> None:
        if self._sight is not None:
            self._offer(self._sight, keep=False)

    def action_back(self) -> None:
        """Escape ends the search first."""
        if not self.query_one(SearchLine).close():
            super().action_back()

    def _show_head(self, sight: MarketState) -> None:
        """Clock and window."""
        clock, window = self.query_one(MarketClock), self.query_one("#window", SizedPicture)
        if sight.tab is MarketTab.MARKET:
            featured = next((line for line in sight.lines if line.offer.discount), None)
            clock.show(sight.view.ends, "turns in")
            window.border_title = "In the window"
            self.set_class(featured is not None, "-lit")
            window.show(lambda width, _: _joined(window_lines(featured, self.session.now(), width)))
            return
        view: GearShopView = sight.view  # type: ignore[assignment]
        card = self.session.card
        clock.show(view.ends, "new in")
        window.border_title = "Your rank"
        self.remove_class("-lit")
        window.show(
            lambda width, _: (
                Content("")
                if card is None
                else with_own_keys(self, _joined(rank_lines(view, card, width)))
            )
        )

    def tick(self) -> None:
        """A second has passed; a market whose time is over turns."""
        super().tick()
        sight = self._sight
        if not self.is_current or sight is None:
            return
        self.query_one(MarketClock).tick()
        now = self.session.now()
        if now >= sight.view.ends and now - self._asked_at >= AGAIN:
            self._asked_at = now
            self.refresh_room()

    def _pointed(self) -> None:
        mirror = self.query_one(TryOn)
        behind = self.query_one("#preview").background_colors[1]
        ground = "" if behind.ansi is not None else behind.hex6.lower()
        if mirror.ground != ground:
            mirror.ground = ground
            mirror.repaint()
        super()._pointed()

    # Tabs

    @on(TabStrip.Chosen)
    def _tab_chosen(self, event: TabStrip.Chosen) -> None:
        self.go_to(MarketTab(event.slug))

    def step_tab(self, by: int) -> None:
        """To the other tab."""
        self.query_one(TabStrip).step(by)

    def go_to(self, tab: MarketTab) -> None:
        """Show a tab."""
        self.seller = tab
        if self.session.player is not None:
            self.refresh_room()

    def enter_part(self, slug: str) -> None:
        """The gear shop is a tab."""
        self.go_to(MarketTab(slug))

    def on_click(self, event: events.Click) -> None:
        """A click on the lit window points at what stands in it."""
        if event.widget is self.query_one("#window") and self.has_class("-lit"):
            self.query_one(SearchLine).close()
            self.goods.move_to(0)
            self.goods.focus()

    # Buying

    def gone(self, line: ShopLine) -> Refusal | None:
        """None if the line may still be bought: goods go when their time is over."""
        sight = self._sight
        if sight is None or self.session.now() >= sight.view.ends:
            self.tick()
            return TURNED
        known = self._by_slug.get(line.slug)
        same = known is not None and (known.seller, known.price) == (line.seller, line.price)
        return None if same else TURNED

    # Rerolling

    @property
    def gear_shop(self) -> GearShopView | None:
        """Today's gear shop, while it is on show."""
        sight = self._sight
        if sight is None or sight.tab is not MarketTab.GEAR or self.seller is not MarketTab.GEAR:
            return None
        return sight.view  # type: ignore[return-value]

    @property
    def other_tab(self) -> MarketTab:
        """The one that is not on show."""
        return MarketTab.GEAR if self.seller is MarketTab.MARKET else MarketTab.MARKET


def _joined(lines: list[Content]) -> Content:
    return Content("\n").join(lines)
