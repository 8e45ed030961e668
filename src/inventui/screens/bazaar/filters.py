"""What of the bazaar is listed: everybody's, one's own, or what was; filters; empty lists."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from textual.content import Content

from inventui.engine.bazaar.models import BazaarQuery
from inventui.rules.inventory.inventory import InventoryTab
from inventui.screens.bazaar.lists import EndList
from inventui.screens.bazaar.text import ends_words
from inventui.screens.shared.item_list_text import filter_words, settings, tab_title
from inventui.widgets.frame.filter_bar import Setting
from inventui.widgets.frame.tab_strip import TabLabel
from inventui.widgets.theme import KEY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inventui.engine.bazaar.models import ListingEnd, ListingEnds
    from inventui.engine.world import PlayerHandle
    from inventui.widgets.frame.room import Room


class View(StrEnum):
    """What the list shows."""

    ALL = "all"
    MINE = "mine"
    PAST = "past"


TABS = tuple(tab for tab in InventoryTab if tab is not InventoryTab.ESCROW)


def tab_counts(player: PlayerHandle, *, mine: bool) -> Mapping[InventoryTab, int]:
    """How many listings each tab holds. Blocks: for a thread."""
    return {tab: player.bazaar.count(BazaarQuery(tab=tab, mine=mine)) for tab in TABS}


def tab_labels(
    view: View, counts: Mapping[InventoryTab, int], active: InventoryTab
) -> list[TabLabel]:
    """The tabs worth showing, with what they hold; the past has one alone."""
    if view is View.PAST:
        return [TabLabel(InventoryTab.ALL, "Past")]
    return [
        TabLabel(tab, tab_title(tab), f"{counts[tab]:,}" if counts else "")
        for tab in TABS
        if counts.get(tab, 0) or tab in (InventoryTab.ALL, active)
    ]


def view_settings(view: View, query: BazaarQuery, *, searching: bool) -> list[Setting]:
    """The parts of the bar."""
    if view is View.PAST:
        return [Setting("past", "p", Content("what you sold and bought"), "past")]
    return settings(query, searching=searching)


def empty_words(view: View, query: BazaarQuery, counts: Mapping[InventoryTab, int]) -> Content:
    """What an empty list says: why, and what to do next."""
    filtered = filter_words(query)
    if filtered and counts.get(InventoryTab.ALL) != 0:
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


class Past:
    """What the player's listings came to, and what they bought: a list of its own in a room.

    Args:
        room: the room, which has an `EndList`.
    """

    def __init__(self, room: Room) -> None:
        self.room = room
        self._ends: tuple[ListingEnd, ...] = ()
        self._before: int | None = None

    def forget(self) -> None:
        """Another player's are not for this one."""
        self._ends, self._before = (), None

    def look(self) -> None:
        """Ask for the newest; what is known of the older ones stays."""
        player = self.room.session.player
        assert player is not None
        self.room.ask(player.bazaar.ends, self._newest, group="ends")

    def _newest(self, ends: ListingEnds) -> None:
        fresh = {(end.id, end.bought) for end in ends.lines}
        meets = [i for i, end in enumerate(self._ends) if (end.id, end.bought) in fresh]
        if meets and meets[0] == 0:
            self._ends = (*ends.lines, *self._ends[meets[-1] + 1 :])
        else:
            self._ends, self._before = ends.lines, ends.next
        listed = self.room.query_one(EndList)
        listed.border_title, listed.border_subtitle = "Your sales and purchases", ends_words(ends)
        listed.offer(self._ends, self.room.session.now())
        self.room.set_class(not self._ends, "-no-ends")

    def look_further(self) -> None:
        """Ask for the page after those that are known."""
        before, player = self._before, self.room.session.player
        if before is not None and player is not None:
            self.room.ask(
                lambda: player.bazaar.ends(before), lambda ends: self._older(ends, before),
                group="older-ends",
            )  # fmt: skip

    def _older(self, ends: ListingEnds, before: int) -> None:
        if before == self._before:
            self._before = ends.next
            self._ends += ends.lines
            self.room.query_one(EndList).offer(self._ends, self.room.session.now())
