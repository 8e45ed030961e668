"""People: who lives here, the player's friendships, and what was given.

One list of everybody, and behind two tabs the gifts that were received and sent. What the keys
do depends on the friendship with the one under the cursor: the same key asks or accepts, and
another declines, takes back or removes. Among gifts there is nobody to do it to.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from inventui.engine.drawer.models import DrawerView
from inventui.engine.people.models import MOST_LISTED, FriendLine
from inventui.rules.core.refusal import Refusal
from inventui.rules.people.friends import FriendshipState
from inventui.screens.people.actions import PeopleActions
from inventui.screens.people.dealings import NO_DEALINGS, dealings
from inventui.screens.people.gift_list import GiftList
from inventui.screens.people.gifts import GiftHistory
from inventui.screens.people.person_card import PersonCard
from inventui.screens.shared.person_dialog import PersonDialog
from inventui.widgets.canvas.sized_picture import SizedPicture
from inventui.widgets.frame.actions import Action
from inventui.widgets.frame.empty_pane import EmptyPane
from inventui.widgets.frame.own_keys import said_with_own_keys
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.tab_strip import TabLabel, TabStrip
from inventui.widgets.items.people_list import PeopleList
from inventui.widgets.items.people_text import dealing_row, person_words
from inventui.widgets.lists.paged_rows import PagedRows
from inventui.widgets.lists.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from inventui.engine.history.feed_models import FeedLine

SLIM = 76
"""Columns below which the one under the cursor stands below the list."""

ROOMY, TALL = 140, 36
"""Columns and lines from which what passed between two stands below the list."""

PAUSE = 0.04
"""Seconds that the cursor rests before a card is read."""

ALONE = (
    "You are alone in this world.\n\nNeighbours come with a content pack and a setting; "
    "somebody else who plays on this machine is added in Settings, with , and p."
)
NO_GIFTS = {
    "received": "Nobody has given you anything yet. What friends give you will stand here.",
    "sent": "You have given nothing yet. $gift gives the friend under the cursor a thing or money.",
}


class PeopleTab(StrEnum):
    """What the list shows."""

    PEOPLE = "people"
    RECEIVED = "received"
    SENT = "sent"


class PeopleRoom(Room):
    """Everybody at the left, the one under the cursor at the right; gifts behind two tabs."""

    ROOM = "people"
    TITLE_TEXT = "People"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#people"

    gifts: GiftHistory
    actions: PeopleActions

    HELP = (
        "Everybody in this world: your friends, who waits for your answer, whom you have asked, "
        "and the others, computer neighbours first. Gifts go to friends only: a thing that you "
        "do not wear and have not locked, oranges or gems, with a message of up to 200 "
        "characters. The thing keeps its history. Neighbours answer in their own time, at "
        "most six hours later. Visiting a drawer counts on its visitor counter, once a day."
    )

    ACTIONS: ClassVar[tuple[Action[PeopleRoom], ...]] = (
        Action("ask", "a", "Ask", "Ask to be friends, or accept",
               lambda room: room.actions.ask(), legal=lambda room: room.actions.why_not_ask(),
               here=lambda room: room.lists_people, named=lambda room: room.actions.name_of_ask(),
               group="Friends"),
        Action("gift", "p", "Gift", "Give a thing, oranges or gems",
               lambda room: room.actions.give(), legal=lambda room: room.actions.why_not_give(),
               here=lambda room: room.lists_people, group="Friends"),
        Action("trade", "t", "Trade", "Offer them a trade",
               lambda room: room.actions.trade(), legal=lambda room: room.actions.why_nobody(),
               here=lambda room: room.lists_people, group="People"),
        Action("remove", "x", "Remove", "Decline, take back, or end a friendship",
               lambda room: room.actions.part(), legal=lambda room: room.actions.why_not_part(),
               here=lambda room: room.lists_people, named=lambda room: room.actions.name_of_part(),
               group="Friends"),
        Action("visit", "v,enter", "Visit", "Look at their drawer",
               lambda room: room.actions.go_to("drawer"),
               legal=lambda room: room.actions.why_nobody(), here=lambda room: room.lists_people,
               group="People"),
        Action("rob", "r", "Rob", "To the streets, with them in sight",
               lambda room: room.actions.go_to("streets"),
               legal=lambda room: room.actions.why_nobody(), here=lambda room: room.lists_people,
               group="People"),
        Action("read-gift", "enter", "Read", "Read all that was written with this gift",
               lambda room: room.gifts.read(),
               here=lambda room: not room.lists_people and room.gifts.here is not None,
               group="Gifts"),
        Action("find", "slash", "Find", "Find somebody by their name",
               lambda room: room.find(), here=lambda room: room.lists_people, footer=False,
               group="People"),
        Action("tab-next", "right,tab", "Next tab", "To the tab at the right",
               lambda room: room.step_tab(1), footer=False, group="List"),
        Action("tab-previous", "left,shift+tab", "Previous tab", "To the tab at the left",
               lambda room: room.step_tab(-1), footer=False, group="List"),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.tab = PeopleTab.PEOPLE
        self._people: tuple[FriendLine, ...] | None = None
        self._whom = self._also = ""
        self.gifts = GiftHistory(self, self._show)
        self.actions = PeopleActions(self, lambda: self.person)

    def compose_room(self) -> ComposeResult:
        """Tabs; list and card, or gifts."""
        yield TabStrip(id="tabs")
        with Horizontal(id="panes"):
            with Vertical(id="everybody"):
                yield PeopleList(id="people")
                yield SizedPicture(id="dealings", classes="pane")
            with Vertical(id="person", classes="pane"):
                yield PersonCard(id="card")
                yield Static(id="about")
            yield GiftList(id="gifts")
            yield EmptyPane(id="none", classes="pane")

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """Where it is narrow the panes stand one above the other."""
        self.set_class(event.size.width < SLIM, "-stacked")
        self.set_class(event.size.width >= ROOMY and event.size.height >= TALL, "-roomy")

    @property
    def lists_people(self) -> bool:
        """Whether people are listed, not gifts."""
        return self.tab is PeopleTab.PEOPLE

    @property
    def person(self) -> FriendLine | None:
        """The one under the cursor, while people are listed."""
        return self.query_one(PeopleList).row if self.lists_people else None

    # What is shown

    def forget(self) -> None:
        """Show another player nothing of the one before."""
        super().forget()
        self.gifts.forget()

    def refresh_room(self) -> None:
        """Look at everybody again."""
        player = self.player
        self._whom = self.session.take_whom() or self._whom
        also = self._also = self._whom or self._also
        self.ask(lambda: player.friends.list(also), self._seen, group="people")
        self.gifts.look()

    def _seen(self, people: tuple[FriendLine, ...]) -> None:
        self._people = people
        whom, self._whom = self._whom, ""
        at = next((index for index, one in enumerate(people) if whom and one.name == whom), None)
        self.query_one(PeopleList).offer(people, at=at)
        self._show()
        self._look_closer()

    def find(self) -> None:
        """Ask whom, and put the cursor there: somebody else than the first 1,000 too."""
        player = self.player

        def found(name: str | None) -> None:
            if name is not None:
                self._whom = name
                self.refresh_room()

        self.app.push_screen(PersonDialog(player, "Find whom?"), found)

    def _show(self) -> None:
        people = self._people or ()
        waiting = sum(line.bond is FriendshipState.WAITING for line in people)
        labels = [
            TabLabel(
                PeopleTab.PEOPLE, "People", f"{len(people)}" + (f" · {waiting} ask" * bool(waiting))
            )
        ]
        labels += [
            TabLabel(tab, tab.capitalize(), "") for tab in (PeopleTab.RECEIVED, PeopleTab.SENT)
        ]
        self.query_one(TabStrip).show(labels, self.tab)
        listed, gifts = self.query_one(PeopleList), self.query_one(GiftList)
        here = self.lists_people
        if not here:
            sent = self.tab is PeopleTab.SENT
            same = gifts.row is not None and gifts.row.sent is sent
            gifts.offer(self.gifts.known(sent=sent) or (), self.session.now(), None if same else 0)
            gifts.border_title = f"Gifts {self.tab}"
            gifts.border_subtitle = self.gifts.sums(sent=sent)
        empty = not people if here else not gifts.count
        listed.display = self.query_one("#everybody").display = here and not empty
        self.query_one("#person").display = here and not empty
        gifts.display = not here and not empty
        none = self.query_one("#none", Static)
        none.display = empty
        none.border_title = "People" if here else f"Gifts {self.tab}"
        none.update(Content(self._empty_words()))
        listed.border_title = "People"
        friends = sum(line.bond is FriendshipState.FRIENDS for line in people)
        beyond = " · / finds whoever else" if len(people) >= MOST_LISTED else ""
        listed.border_subtitle = f"{friends} {'friend' if friends == 1 else 'friends'}{beyond}"
        self._show_person()

    def _empty_words(self) -> str:
        if self.lists_people:
            return "Looking who is here …" if self._people is None else ALONE
        known = self.gifts.known(sent=self.tab is PeopleTab.SENT) is not None
        return said_with_own_keys(self, NO_GIFTS[self.tab]) if known else "Looking them up …"

    def _show_person(self) -> None:
        person = self.person
        if person is not None:
            pane = self.query_one("#person")
            pane.border_title = Content(person.name)
            self.query_one("#about", Static).update(person_words(person, self.session.now()))
        self.refresh_bindings()

    def _look_closer(self) -> None:
        """Read the card of the one under the cursor, once the cursor rests."""
        self.set_timer(PAUSE, self._read_card)

    def _read_card(self) -> None:
        person, player = self.person, self.session.player
        if person is None or player is None:
            return
        self.ask(lambda: player.drawer.peek(person.name), self._card_read, group="card")
        if self.has_class("-roomy"):
            self.ask(lambda: dealings(player, person.name), self._show_dealings, group="dealings")

    def _show_dealings(self, lines: Sequence[FeedLine]) -> None:
        person, pane = self.person, self.query_one("#dealings", SizedPicture)
        if person is None:
            return
        pane.border_title = Content(f"Between you and {person.name}")
        now = self.session.now()

        def draw(width: int, _: int) -> Content:
            rows = [dealing_row(line, now, width) for line in lines]
            return Content("\n").join(rows) if rows else Content(NO_DEALINGS)

        pane.show(draw)

    def _card_read(self, drawer: DrawerView | Refusal) -> None:
        person = self.person
        shown = None if isinstance(drawer, Refusal) else drawer
        if shown is not None and person is not None and shown.player.id == person.player:
            self.query_one(PersonCard).show(shown, motion=self.session.motion)

    @on(RowList.Moved, "#people")
    def _pointed(self) -> None:
        self._show_person()
        self._look_closer()

    @on(RowList.Chosen, "#people")
    def _double_clicked(self) -> None:
        self.actions.go_to("drawer")

    @on(RowList.Chosen, "#gifts")
    def _gift_chosen(self) -> None:
        self.gifts.read()

    @on(PagedRows.Wants, "#gifts")
    def _wants_gifts(self) -> None:
        self.gifts.look_further()

    # Tabs

    def step_tab(self, by: int) -> None:
        """To another tab."""
        self.query_one(TabStrip).step(by)

    @on(TabStrip.Chosen)
    def _tab_chosen(self, event: TabStrip.Chosen) -> None:
        self.tab = PeopleTab(event.slug)
        self._show()
        listed = self.query_one(PeopleList if self.lists_people else GiftList)
        if listed.display:
            listed.focus()
