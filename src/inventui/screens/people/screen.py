"""People: who lives here, how one stands with them, and what was given."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from inventui.engine.drawer.models import DrawerView
from inventui.engine.people.models import FriendLine
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.people.people import (
    FriendshipState,
    check_friend_event,
    check_receiver,
    no_event,
    yes_event,
)
from inventui.screens.people.actions import PeopleActions
from inventui.screens.people.gift_list import GiftList
from inventui.screens.people.gifts import GiftHistory
from inventui.screens.people.person_card import PersonCard
from inventui.widgets.frame.commands import Command
from inventui.widgets.frame.tab_strip import TabLabel, TabStrip
from inventui.widgets.items.people_list import PeopleList
from inventui.widgets.items.people_text import person_words
from inventui.widgets.lists.row_list import RowList

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

SLIM = 76
"""Columns below which the one under the cursor stands below the list."""

PAUSE = 0.04
"""Seconds that the cursor rests before a card is read."""

NOBODY = Refusal(Reason.NO_TARGET, "There is nobody under the cursor.")
ALONE = (
    "You are alone in this world.\n\nNeighbours come with a content pack and a setting; "
    "somebody else who plays on this machine is added in Settings, with , and p."
)
NO_GIFTS = {
    "received": "Nobody has given you anything yet. What friends give you will stand here.",
    "sent": "You have given nothing yet. g gives the friend under the cursor a thing or money.",
}


class PeopleTab(StrEnum):
    """What the list shows."""

    PEOPLE = "people"
    RECEIVED = "received"
    SENT = "sent"


class PeopleRoom(GiftHistory, PeopleActions):
    """Everybody at the left, the one under the cursor at the right; gifts behind two tabs."""

    ROOM = "people"
    TITLE_TEXT = "People"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#people"

    HELP = (
        "Everybody in this world: your friends, who waits for your answer, whom you have asked, "
        "and the others, computer neighbours first. Gifts go to friends only: a thing that you "
        "do not wear and have not locked, oranges or gems, with a message of up to 200 "
        "characters. The thing keeps its history. Neighbours answer in their own time, at "
        "most six hours later. Visiting a drawer counts on its visitor counter, once a day."
    )

    ACTIONS = (
        Command("ask", "a", "Ask", "Ask to be friends, or accept", "ask_friend",
                group="Friends"),
        Command("gift", "g", "Gift", "Give a thing, oranges or gems", "gift", group="Friends"),
        Command("trade", "t", "Trade", "Offer them a trade", "trade", group="People"),
        Command("remove", "x", "Remove", "Decline, take back, or end a friendship", "part",
                group="Friends"),
        Command("visit", "v,enter", "Visit", "Look at their drawer", "visit", group="People"),
        Command("rob", "r", "Rob", "To the streets, with them in sight", "rob", group="People"),
        Command("read-gift", "enter", "Read", "Read all that was written with this gift",
                "read_gift", group="Gifts"),
        Command("tab-next", "right,tab", "Next tab", "To the tab at the right", "tab(1)",
                show=False, group="List"),
        Command("tab-previous", "left,shift+tab", "Previous tab", "To the tab at the left",
                "tab(-1)", show=False, group="List"),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.tab = PeopleTab.PEOPLE
        self._people: tuple[FriendLine, ...] | None = None
        self._player_id: int | None = None

    def compose_room(self) -> ComposeResult:
        """Tabs; list and card, or gifts."""
        yield TabStrip(id="tabs")
        with Horizontal(id="panes"):
            yield PeopleList(id="people")
            with Vertical(id="person", classes="pane"):
                yield PersonCard(id="card")
                yield Static(id="about")
            yield GiftList(id="gifts")
            yield Static(id="none", classes="pane")

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """Where it is narrow the panes stand one above the other."""
        self.set_class(event.size.width < SLIM, "-stacked")

    @property
    def person(self) -> FriendLine | None:
        """The one under the cursor, while people are listed."""
        return self.query_one(PeopleList).row if self.tab is PeopleTab.PEOPLE else None

    # What is shown

    def refresh_room(self) -> None:
        """Look at everybody again."""
        player = self.session.player
        assert player is not None
        if player.id != self._player_id:
            self._player_id = player.id
            self.forget_gifts()
        self.ask(player.friends.list, self._seen, group="people")
        self.look_at_gifts()

    def _seen(self, people: tuple[FriendLine, ...]) -> None:
        self._people = people
        self.query_one(PeopleList).offer(people)
        self._show()
        self._look_closer()

    def gifts_seen(self) -> None:
        """Gifts are known."""
        self._show()

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
        here = self.tab is PeopleTab.PEOPLE
        if not here:
            sent = self.tab is PeopleTab.SENT
            same = gifts.row is not None and gifts.row.sent is sent
            gifts.offer(self.gifts(sent=sent) or (), self.session.now(), None if same else 0)
            gifts.border_title = f"Gifts {self.tab}"
            gifts.border_subtitle = self.gift_sums(sent=sent)
        empty = not people if here else not gifts.count
        listed.display = here and not empty
        self.query_one("#person").display = here and not empty
        gifts.display = not here and not empty
        none = self.query_one("#none", Static)
        none.display = empty
        none.border_title = "People" if here else f"Gifts {self.tab}"
        none.update(Content(self._empty_words()))
        listed.border_title = "People"
        friends = sum(line.bond is FriendshipState.FRIENDS for line in people)
        listed.border_subtitle = f"{friends} {'friend' if friends == 1 else 'friends'}"
        self._show_person()

    def _empty_words(self) -> str:
        if self.tab is PeopleTab.PEOPLE:
            return "Looking who is here …" if self._people is None else ALONE
        known = self.gifts(sent=self.tab is PeopleTab.SENT) is not None
        return NO_GIFTS[self.tab] if known else "Looking them up …"

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
        self.action_visit()

    # Tabs

    def action_tab(self, by: int) -> None:
        """To another tab."""
        self.query_one(TabStrip).step(by)

    @on(TabStrip.Chosen)
    def _tab_chosen(self, event: TabStrip.Chosen) -> None:
        self.tab = PeopleTab(event.slug)
        self._show()
        listed = self.query_one(PeopleList if self.tab is PeopleTab.PEOPLE else GiftList)
        if listed.display:
            listed.focus()

    # Keys

    @property
    def titles_now(self) -> dict[str, str]:
        """What keys are called for the one under the cursor."""
        person = self.person
        if person is None:
            return {}
        no = {FriendshipState.WAITING: "Decline", FriendshipState.ASKED: "Take back"}.get(
            person.bond, "Remove"
        )
        return {
            "ask_friend": "Accept" if person.bond is FriendshipState.WAITING else "Ask",
            "part": no,
        }

    def refusal(self, action: str) -> Refusal | None:
        """Why something can't be done with the one under the cursor, or None if it can."""
        person = self.person
        if person is None:
            return NOBODY
        if action == "gift":
            return check_receiver(person.name, person.bond, myself=False)
        events_ = {"ask_friend": yes_event, "part": no_event}
        if action in events_:
            event = events_[action](person.bond)
            return check_friend_event(person.name, person.bond, event, myself=False)
        return None

    _FOR_SOMEBODY = ("ask_friend", "gift", "trade", "part", "visit", "rob")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of what can't be done now are dim; among gifts there is nobody to do it to."""
        if action in self._FOR_SOMEBODY and self.is_mounted:
            if self.tab is not PeopleTab.PEOPLE:
                return False
            if self.refusal(action) is not None:
                return None
        if action == "read_gift" and self.is_mounted:
            return self.tab is not PeopleTab.PEOPLE and self.gift_here is not None
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> Refusal:
        """What the world says against it."""
        return self.refusal(action) or super().why_not(action)

    def on_key(self, event: events.Key) -> None:
        """A dim key answers why."""
        if self.tab is not PeopleTab.PEOPLE:
            return
        for command in self.ACTIONS:
            if event.key in command.key.split(",") and command.action in self._FOR_SOMEBODY:
                refusal = self.refusal(command.action)
                if refusal is not None:
                    event.stop()
                    self.say_refusal(refusal)
