"""The feed: what happened to a player, what others did about them too, by topic.

Lines come in pages, newest first. When the room looks again it renews the first page and keeps
the older ones, unless too much has happened in between. A line leads to the history of its
player items, or to the room that it is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from inventui.room import Topic
from inventui.rules.core.refusal import Reason, Refusal
from inventui.screens.history.list import FeedList
from inventui.screens.history.text import (
    NOTHING,
    TITLES,
    feed_facts,
    feed_line,
    item_words,
    place_of,
    player_items_once,
)
from inventui.screens.shared.copy_line import copy_line
from inventui.widgets.entries import title_of
from inventui.widgets.frame.actions import Action
from inventui.widgets.frame.empty_pane import EmptyPane
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.tab_strip import TabLabel, TabStrip
from inventui.widgets.lists.paged_rows import PagedRows
from inventui.widgets.lists.row_list import RowList
from inventui.widgets.theme import exact

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from inventui.engine.history.feed_models import FeedLine, FeedPage

PAGE = 50
"""Lines asked for at once."""

ALL = "all"
"""The tab of every topic."""

WIDE = 120
"""Columns from which all of a line stands beside the list instead of below it."""

NOTHING_HERE = Refusal(Reason.NOTHING_TO_DO, "There is nothing under the cursor.")
NO_ROOM = Refusal(Reason.NOTHING_TO_DO, "No room tells more of this than the line itself.")


class FeedRoom(Room):
    """Topics, the lines of one, and all that is known of the line under the cursor."""

    ROOM = "feed"
    TITLE_TEXT = "History"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#lines"

    HELP = (
        "Everything that happened to you, the newest first: what you did and what others did "
        "about you, with what you have more (+) or less (−) by it. Left and right narrow it "
        "down to a topic. The pane tells all of the line that you are on, with its exact time "
        "and the number of the operation; tab goes there if it has to be scrolled. Enter shows "
        "the whole history of the thing that a line is about; $go-there leads to its room."
    )

    ACTIONS: ClassVar[tuple[Action[FeedRoom], ...]] = (
        Action("follow", "enter", "History", "Show the history of the thing that it is about",
               lambda room: room.follow(),
               legal=lambda room: None if room.about_items else room.why_no_room(),
               named=lambda room: "History" if room.about_items else room.room_title("History"),
               group="Line"),
        Action("go-there", "o", "Go there", "Go to the room that it is about",
               lambda room: room.go_there(), legal=lambda room: room.why_no_room(),
               here=lambda room: room.about_items, named=lambda room: room.room_title("Go there"),
               group="Line"),
        copy_line(lambda room: "" if room.line is None else feed_line(room.line), "Line"),
        Action("topic-next", "f,right", "Topic", "Only the next topic",
               lambda room: room.step_topic(1), group="List"),
        Action("topic-previous", "F,left", "Topic back", "Only the topic before",
               lambda room: room.step_topic(-1), footer=False, group="List"),
        Action("feed-top", "t", "Newest", "Back to the newest line",
               lambda room: room.newest(),
               legal=lambda room: NOTHING_HERE if room.line is None else None, group="List"),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.topic: Topic | None = None
        self._shown: tuple[int, Topic | None] | None = None
        self._next: int | None = None
        self._asked: int | None = None

    def compose_room(self) -> ComposeResult:
        """Tabs; the list and all of a line, or why there is nothing."""
        yield TabStrip(id="tabs")
        with Container(id="panes"):
            yield FeedList(id="lines")
            with VerticalScroll(id="closer", classes="pane"):
                yield Static(id="facts")
            yield EmptyPane(id="none", classes="pane")

    def on_mount(self) -> None:
        """Nothing is known yet; ages grow while one looks."""
        self._show()
        self.set_interval(60, self._grow_older)

    def on_resize(self, _: events.Resize) -> None:
        """There is more room, or less."""
        self.call_after_refresh(self._show_line)

    def _grow_older(self) -> None:
        if self.is_current and self.session.player is not None:
            self.listed.grow_older(self.session.now())

    @property
    def listed(self) -> FeedList:
        """The list."""
        return self.query_one(FeedList)

    @property
    def line(self) -> FeedLine | None:
        """The line under the cursor."""
        return self.listed.row

    # What is shown

    def forget(self) -> None:
        """Show another player nothing of the one before."""
        super().forget()
        self.topic = self._shown = None
        self.listed.show((), self.session.now())
        self._show()

    def refresh_room(self) -> None:
        """Ask for the newest lines of the topic."""
        player = self.player
        wanted, topic = (player.id, self.topic), self.topic
        self._asked = None
        self.ask(
            lambda: player.feed.page(topic, limit=PAGE),
            lambda page: self._seen(page, wanted),
            group="feed",
        )

    def _seen(self, page: FeedPage, wanted: tuple[int, Topic | None]) -> None:
        now = self.session.now()
        if self._shown != wanted or not self.listed.renew(page.lines, now):
            self._shown, self._next = wanted, page.next
            self.listed.show(page.lines, now, 0)
        self._show()

    @on(PagedRows.Wants)
    def _wants(self) -> None:
        """The next page, asked for once."""
        player, before, shown = self.session.player, self._next, self._shown
        if player is None or before is None or before == self._asked or shown is None:
            return
        self._asked, topic = before, shown[1]
        self.ask(
            lambda: player.feed.page(topic, before, PAGE),
            lambda page: self._more(page, before, shown),
            group="older-feed",
        )

    def _more(self, page: FeedPage, before: int, shown: tuple[int, Topic | None]) -> None:
        if before == self._next and shown == self._shown:
            self._next = page.next
            self.listed.extend(page.lines)
            self._show()

    def _show(self) -> None:
        self._show_topics()
        listed, none = self.listed, self.query_one("#none", Static)
        empty = not listed.count
        had_focus = self.focused in (None, listed)
        listed.display = self.query_one("#closer").display = not empty
        none.display = empty
        if not empty and had_focus:
            listed.focus()
        title = "History" + (f" · {self.topic}" if self.topic else "")
        listed.border_title = none.border_title = title
        none.update(self._empty_words())
        self._show_line()

    def _empty_words(self) -> Content:
        if self._shown is None:
            return Content("Looking it up …")
        words, _ = NOTHING[self.topic]
        place = self._title_of(self._place)
        if not place:
            return Content(words)
        return Content.assemble(words, "\n\n", ("enter", "bold $primary"), f" leads to {place}.")

    def _show_line(self) -> None:
        line = self.line
        if line is not None:
            closer, tall = self.query_one("#closer"), self.size.width >= WIDE
            # Known before the pane is laid out: border, padding and bar beside the text.
            width = self.size.width - 5
            self.query_one("#facts", Static).update(feed_facts(line, width, tall=tall))
            closer.scroll_to(y=0, animate=False, force=True)
            closer.border_title = exact(line.at)
            closer.border_subtitle = f"operation {line.operation:,}"
        count = self.listed.count
        known = f"{self.listed.cursor + 1:,} of {count:,}"
        self.listed.border_subtitle = known + (" and more" if self._next is not None else "")
        self.refresh_bindings()

    @on(RowList.Moved)
    def _moved(self) -> None:
        self._show_line()

    @on(RowList.Chosen)
    def _double_clicked(self) -> None:
        self.follow()

    # Topics

    def step_topic(self, by: int) -> None:
        """To another topic."""
        self.query_one(TabStrip).step(by)

    @on(TabStrip.Chosen)
    def _topic_chosen(self, event: TabStrip.Chosen) -> None:
        self.topic = None if event.slug == ALL else Topic(event.slug)
        self._show_topics()
        self.refresh_room()

    def _show_topics(self) -> None:
        labels = [TabLabel(topic or ALL, title) for topic, title in TITLES.items()]
        self.query_one(TabStrip).show(labels, self.topic or ALL)

    def newest(self) -> None:
        """To the first line."""
        self.listed.move_to(0)

    # Where it leads

    @property
    def _place(self) -> str:
        """The room that the line is about, or that would bring the first one."""
        line = self.line
        return NOTHING[self.topic][1] if line is None else place_of(line)

    def _title_of(self, slug: str) -> str:
        """What a room is called; empty if it is not there."""
        return title_of(self.session.rooms, slug)

    @property
    def about_items(self) -> bool:
        """Whether the line under the cursor is about player items."""
        return self.line is not None and bool(self.line.player_items)

    def room_title(self, title: str) -> str:
        """What a key that goes to the line's room is called; `title` if there is no room."""
        there = self._title_of(self._place)
        return f"Go to {there}" if there else title

    def why_no_room(self) -> Refusal | None:
        """None if there is a room that the line is about."""
        if self._shown is not None and self._title_of(self._place):
            return None
        return NOTHING_HERE if self.line is None else NO_ROOM

    def follow(self) -> None:
        """Show the history of the player item, or of one of them; without any, go to the room."""
        line = self.line
        player_items = () if line is None else player_items_once(line)
        if not player_items:
            self.go_there()
        elif len(player_items) == 1:
            self._show_history(player_items[0].item_id)
        else:
            from inventui.widgets.frame.choice_dialog import ChoiceDialog
            from inventui.widgets.lists.menu import MenuItem

            items = [MenuItem(str(t.item_id), item_words(t).plain) for t in player_items]
            self.app.push_screen(
                ChoiceDialog("Which one?", "Its whole history is shown.", items),
                lambda chosen: None if chosen is None else self._show_history(int(chosen)),
            )

    def _show_history(self, item_id: int) -> None:
        from inventui.screens.history.item_history import ItemHistoryDialog

        names = {
            player_item.item_id: player_item.name
            for line in self.listed.rows
            for player_item in line.player_items
        }
        self.app.push_screen(ItemHistoryDialog(item_id, names[item_id]))

    def go_there(self) -> None:
        """Go to the room that the line is about, and there to its player item if it shows one."""
        line, place = self.line, self._place
        if not self._title_of(place):
            self.say_refusal(NOTHING_HERE if line is None else NO_ROOM)
            return
        here = line is not None and line.player_items and place == "inventory"
        self.session.player_item = (
            line.player_items[0].item_id if line is not None and here else None
        )
        self.enter_room(place)
