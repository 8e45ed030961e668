"""Gifts sent and received, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inventui.screens.people.gift_letter import GiftLetterDialog
from inventui.screens.people.gift_list import GiftList
from inventui.widgets.frame.room import Room
from inventui.widgets.items.people_text import statistics_words
from inventui.widgets.lists.paged_rows import renewed

if TYPE_CHECKING:
    from collections.abc import Callable

    from inventui.engine.people.models import GiftLine, GiftPage, GiftStatistics
    from inventui.engine.world import PlayerHandle


@dataclass(frozen=True, slots=True)
class GiftsState:
    """The newest gifts of both kinds, and what they come to in all."""

    pages: dict[bool, GiftPage]
    sums: GiftStatistics


def look_through(player: PlayerHandle) -> GiftsState:
    """Ask for the newest gifts. Blocks: for a thread."""
    pages = {sent: player.gifts.page(sent=sent) for sent in (True, False)}
    return GiftsState(pages, player.gifts.statistics())


class GiftHistory:
    """Gifts that a room lists, and those of them that are known.

    Args:
        room: the room, which has a `GiftList`.
        seen: is called when more is known.
    """

    def __init__(self, room: Room, seen: Callable[[], object]) -> None:
        self.room, self.seen = room, seen
        self._gifts: dict[bool, tuple[GiftLine, ...]] = {}
        self._after: dict[bool, int | None] = {}
        self._sums: GiftStatistics | None = None

    def forget(self) -> None:
        """Another player's are not for this one."""
        self._gifts, self._after, self._sums = {}, {}, None

    def known(self, *, sent: bool) -> tuple[GiftLine, ...] | None:
        """Those that are known, the newest first; None while none are."""
        return self._gifts.get(sent)

    def sums(self, *, sent: bool) -> str:
        """What they come to."""
        return "" if self._sums is None else statistics_words(self._sums, sent=sent)

    @property
    def here(self) -> GiftLine | None:
        """The one under the cursor of the list."""
        return self.room.query_one(GiftList).row

    def read(self) -> None:
        """Show the one under the cursor with the whole of its message."""
        gift = self.here
        if gift is not None:
            self.room.app.push_screen(GiftLetterDialog(gift))

    def look(self) -> None:
        """Ask for the newest; what is known of the older ones stays."""
        player = self.room.session.player
        assert player is not None
        self.room.ask(lambda: look_through(player), self._newest, group="gifts")

    def _newest(self, given: GiftsState) -> None:
        self._sums = given.sums
        for sent, page in given.pages.items():
            gifts = renewed(self._gifts.get(sent, ()), page.gifts, lambda gift: gift.id)
            if gifts is None or len(gifts) == len(page.gifts):
                self._gifts[sent], self._after[sent] = page.gifts, page.next
            else:
                self._gifts[sent] = gifts
        self.seen()

    def look_further(self) -> None:
        """Ask for the page after those that are known."""
        gifts, player = self.room.query_one(GiftList).rows, self.room.session.player
        if not gifts or player is None:
            return
        sent = gifts[0].sent
        after = self._after.get(sent)
        if after is not None:
            self.room.ask(
                lambda: player.gifts.page(sent=sent, before=after),
                lambda page: self._more(page, sent, after),
                group="older-gifts",
            )

    def _more(self, page: GiftPage, sent: bool, after: int) -> None:
        if after == self._after.get(sent):
            self._gifts[sent] += page.gifts
            self._after[sent] = page.next
            self.seen()
