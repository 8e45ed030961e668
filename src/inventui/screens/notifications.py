"""Notifications: what a player was told, and the way to where it happened.

Opening the room reads nothing: a notification is read when it is followed or marked. As many as
were known are asked for again, so that the cursor stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.widgets import Static

from inventui.engine.notifications.models import Notification
from inventui.rules.core.refusal import Reason, Refusal
from inventui.screens.notification_list import ToldList
from inventui.widgets.frame.actions import Action
from inventui.widgets.frame.empty_pane import EmptyPane
from inventui.widgets.frame.room import Room
from inventui.widgets.lists.paged_rows import PagedRows
from inventui.widgets.lists.row_list import RowList
from inventui.widgets.session import READ
from inventui.widgets.theme import exact

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.notifications.models import NotificationPage
    from inventui.engine.world import PlayerHandle

AT_ONCE = 1_000
"""So many are marked as read in one write."""

NOTHING_NEW = Refusal(Reason.NOTHING_TO_DO, "You have read everything.")
NOTHING_HERE = Refusal(Reason.NOTHING_TO_DO, "There is nothing under the cursor.")
NOTHING = (
    "Nothing yet. Friends, gifts, robberies, achievements and what your business earns "
    "while you are away are told here."
)


def read_all(player: PlayerHandle) -> int:
    """Mark everything as read; how much of it was new. Blocks: for a thread."""
    count = 0
    while True:
        page = player.notifications.page(limit=AT_ONCE, unread=True).notifications
        count += player.notifications.seen(told.id for told in page)
        if len(page) < AT_ONCE:
            return count


class NotificationsRoom(Room):
    """One list, the newest first."""

    ROOM = "notifications"
    TITLE_TEXT = "Notifications"
    CSS_PATH = "notifications.tcss"
    AUTO_FOCUS = "#told"
    SHOWS = READ

    HELP = (
        "What you were told, the newest first; ● marks what you have not read. Enter marks a "
        "line as read and leads to the room where it happened, $read-all marks everything. The "
        "same is told as a toast while you play, whichever program made it happen."
    )

    ACTIONS: ClassVar[tuple[Action[NotificationsRoom], ...]] = (
        Action("follow-told", "enter", "Go there", "Read it, and go where it happened",
               lambda room: room.follow_told(),
               legal=lambda room: NOTHING_HERE if room.told is None else None,
               named=lambda room: "Go there" if room.leads_on else "Read"),
        Action("read", "space", "Read", "Mark this one as read",
               lambda room: room.read(),
               legal=lambda room: NOTHING_NEW if room.told is None or room.told.seen else None),
        Action("read-all", "m", "Mark all read", "Mark everything as read",
               lambda room: room.read_all(),
               legal=lambda room: None if room.session.unread else NOTHING_NEW),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._told: tuple[Notification, ...] | None = None
        self._next: int | None = None

    def compose_room(self) -> ComposeResult:
        """The list, or why there is none."""
        yield ToldList(id="told")
        yield Static(id="whole")
        yield EmptyPane(id="none")

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self._show()

    @property
    def told(self) -> Notification | None:
        """The one under the cursor."""
        return self.query_one(ToldList).row

    # What is shown

    def forget(self) -> None:
        """Show another player nothing of the one before."""
        super().forget()
        self._told = None

    def refresh_room(self) -> None:
        """Ask for as many as are known already, and for what is new."""
        player = self.player
        known = min(AT_ONCE, max(50, len(self._told or ())))
        self.ask(lambda: player.notifications.page(limit=known), self._seen, group="told")

    def _seen(self, page: NotificationPage) -> None:
        self._told, self._next = page.notifications, page.next
        self._show()

    @on(PagedRows.Wants)
    def _wants(self) -> None:
        player, before = self.session.player, self._next
        if player is not None and before is not None:
            self.ask(
                lambda: player.notifications.page(before),
                lambda page: self._more(page, before),
                group="older-told",
            )

    def _more(self, page: NotificationPage, before: int) -> None:
        if before == self._next:
            self._told, self._next = (*(self._told or ()), *page.notifications), page.next
            self._show()

    def _show(self) -> None:
        told, listed = self._told, self.query_one(ToldList)
        titles = {entry.slug: entry.title for entry in self.session.rooms}
        listed.show(told or (), titles, self.session.now())
        none = self.query_one("#none", Static)
        none.update(Content("Looking them up …" if told is None else NOTHING))
        listed.display, none.display = bool(told), not told
        unread = self.session.unread
        for pane in (listed, none):
            pane.border_title = "Notifications" + (f" · {unread:,} new" if unread else "")
        self._say_when()

    def _say_when(self) -> None:
        told = self.told
        self.query_one(ToldList).border_subtitle = "" if told is None else exact(told.at)
        whole = self.query_one("#whole", Static)
        whole.set_class(told is None, "-none")
        whole.update(Content("" if told is None else told.message))
        self.refresh_bindings()

    @on(RowList.Moved)
    def _moved(self) -> None:
        self._say_when()

    @on(RowList.Chosen)
    def _double_clicked(self) -> None:
        self.follow_told()

    # Keys

    @property
    def leads_on(self) -> bool:
        """Whether there is a room that the one under the cursor is about."""
        told = self.told
        return told is not None and told.place in self.query_one(ToldList).titles

    def follow_told(self) -> None:
        """Read it, and go where it happened."""
        told = self.told
        if told is None:
            return
        self.read()
        if self.leads_on and told.place != self.ROOM:
            self.session.player_item = told.item_id if told.place == "inventory" else None
            self.enter_room(told.place)

    def read(self) -> None:
        """Mark the one under the cursor as read."""
        told, player = self.told, self.session.player
        if told is not None and player is not None and not told.seen:
            self.act(
                lambda: player.notifications.seen((told.id,)), group=f"read-{told.id}", changes=READ
            )

    def read_all(self) -> None:
        """Mark everything as read."""
        player = self.session.player
        if player is not None:
            self.act(lambda: read_all(player), group="read-all", changes=READ)
