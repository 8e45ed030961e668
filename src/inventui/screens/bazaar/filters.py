"""What of the bazaar is listed: everybody's, one's own, or what was; filters; empty lists."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content

from inventui.engine.bazaar.models import BazaarQuery
from inventui.rules.bazaar import BazaarSort
from inventui.rules.inventory.inventory import InventoryTab
from inventui.screens.bazaar.lists import EndList, ListingList
from inventui.screens.bazaar.text import ends_words
from inventui.screens.shared.filters import Filtering
from inventui.screens.shared.item_list_text import filter_words, settings, tab_title
from inventui.widgets.frame.filter_bar import Setting
from inventui.widgets.lists.paged_rows import PagedRows
from inventui.widgets.theme import KEY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inventui.engine.bazaar.models import ListingEnd, ListingEnds


class View(StrEnum):
    """What the list shows."""

    ALL = "all"
    MINE = "mine"
    PAST = "past"


def view_settings(view: View, query: BazaarQuery, *, searching: bool) -> list[Setting]:
    """The parts of the bar."""
    if view is View.PAST:
        return [Setting("past", "p", Content("what you sold and bought"), "past")]
    return settings(query, searching=searching)


def empty_words(view: View, query: BazaarQuery, counts: Mapping[InventoryTab, int]) -> Content:
    """What an empty list says: why, and what to do next."""
    filtered = filter_words(query)
    if filtered:
        where = "" if query.tab is InventoryTab.ALL else f" among {tab_title(query.tab).lower()}"
        return Content.assemble(
            f"Nothing{where} matches ", (filtered, "bold"), ".\n",
            ("escape", KEY), " clears the filters.",
        )  # fmt: skip
    if query.tab is not InventoryTab.ALL and counts.get(InventoryTab.ALL):
        return Content.assemble(
            f"Nothing is listed among {tab_title(query.tab).lower()}.\n",
            ("←", KEY), " leads back to everything.",
        )  # fmt: skip
    if view is View.MINE:
        return Content.assemble(
            ("You have nothing listed.\n", "bold"),
            ("l", KEY), " lists something of yours; ", ("m", KEY), " shows everybody's listings.",
        )  # fmt: skip
    return Content.assemble(
        ("Nobody sells anything just now.\n", "bold"),
        "Neighbours, where there are any, come by every six hours.\n",
        ("l", KEY), " lists something of yours.",
    )  # fmt: skip


NO_ENDS = Content.assemble(
    ("Nothing has come of your listings yet.\n", "bold"),
    "What you sell, buy or take back stands here.\n",
    ("p", KEY), " leads back to everybody's listings.",
)  # fmt: skip


class BazaarFilters(Filtering[BazaarQuery]):
    """Decides what the list shows.

    Attributes:
        view: whose listings, or what became of them.
    """

    ORDERS = tuple(BazaarSort)

    def __init__(self) -> None:
        super().__init__()
        self.view = View.ALL
        self._ends: tuple[ListingEnd, ...] = ()
        self._before: int | None = None

    @property
    def listings(self) -> ListingList:
        """The list."""
        return self.query_one(ListingList)

    def plain(self) -> BazaarQuery:
        """Tab, order and view stay."""
        return BazaarQuery(tab=self.shown.tab, sort=self.shown.sort, mine=self.shown.mine)

    def focus_list(self) -> None:
        """Go on in the list."""
        (self.query_one(EndList) if self.view is View.PAST else self.listings).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The past is one list, not filtered."""
        if action in ("tab", "sort", "rarity", "least", "search") and self.view is View.PAST:
            return False
        return super().check_action(action, parameters)

    # What was

    def forget_ends(self) -> None:
        """Another player's are not for this one."""
        self._ends, self._before = (), None

    def look_at_ends(self) -> None:
        """Ask for the newest; what is known of the older ones stays."""
        player = self.session.player
        assert player is not None
        self.ask(player.bazaar.ends, self._newest, group="ends")

    def _newest(self, ends: ListingEnds) -> None:
        fresh = {(end.id, end.bought) for end in ends.lines}
        meets = [i for i, end in enumerate(self._ends) if (end.id, end.bought) in fresh]
        if meets and meets[0] == 0:
            self._ends = (*ends.lines, *self._ends[meets[-1] + 1 :])
        else:
            self._ends, self._before = ends.lines, ends.next
        listed = self.query_one(EndList)
        listed.border_title, listed.border_subtitle = "Your sales and purchases", ends_words(ends)
        listed.offer(self._ends, self.session.now())
        self.set_class(not self._ends, "-no-ends")

    @on(PagedRows.Wants, "#ends")
    def _wants(self) -> None:
        before, player = self._before, self.session.player
        if before is not None and player is not None:
            self.ask(
                lambda: player.bazaar.ends(before), lambda ends: self._older(ends, before),
                group="older-ends",
            )  # fmt: skip

    def _older(self, ends: ListingEnds, before: int) -> None:
        if before == self._before:
            self._before = ends.next
            self._ends += ends.lines
            self.query_one(EndList).offer(self._ends, self.session.now())
