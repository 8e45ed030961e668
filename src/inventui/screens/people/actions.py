"""What a player does about somebody: ask, part, give, trade, visit, rob."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.engine.people.models import FriendChange, FriendLine
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.people.friends import (
    FriendEvent,
    FriendshipState,
    check_friend_event,
    no_event,
    yes_event,
)
from inventui.rules.people.gifts import check_receiver
from inventui.screens.people.give import Giving
from inventui.screens.trades.start import Trading
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.frame.toasts import ToastKind, toast
from inventui.widgets.session import BEFRIENDED

if TYPE_CHECKING:
    from collections.abc import Callable

    from inventui.widgets.frame.room import Room

SAID = {
    FriendEvent.REQUEST: "{name} is asked to be your friend.",
    FriendEvent.ACCEPT: "{name} is your friend now.",
    FriendEvent.DECLINE: "{name} is told that you would rather not.",
    FriendEvent.REMOVE: "{name} is not your friend any more.",
}
TAKEN_BACK = "You no longer ask {name}."


NOBODY = Refusal(Reason.NO_TARGET, "There is nobody under the cursor.")


class PeopleActions:
    """What a room's actions do with the one under its cursor, and why not.

    Args:
        room: where it is asked and told.
        person: says who is under the cursor.
    """

    def __init__(self, room: Room, person: Callable[[], FriendLine | None]) -> None:
        self.room, self._person = room, person
        self.giving, self.trading = Giving(room), Trading(room)

    @property
    def person(self) -> FriendLine | None:
        """The one under the cursor."""
        return self._person()

    # Whether it may be done

    def why_nobody(self) -> Refusal | None:
        """None if there is somebody under the cursor."""
        return NOBODY if self.person is None else None

    def why_not_ask(self) -> Refusal | None:
        """None if they may be asked, or their question accepted."""
        person = self.person
        if person is None:
            return NOBODY
        return check_friend_event(person.name, person.bond, yes_event(person.bond), myself=False)

    def why_not_part(self) -> Refusal | None:
        """None if a friendship, or a question for one, may be ended."""
        person = self.person
        if person is None:
            return NOBODY
        return check_friend_event(person.name, person.bond, no_event(person.bond), myself=False)

    def why_not_give(self) -> Refusal | None:
        """None if they may be given something."""
        person = self.person
        return NOBODY if person is None else check_receiver(person.name, person.bond, myself=False)

    def name_of_ask(self) -> str:
        """What asking is called: whoever asks is accepted."""
        person = self.person
        waits = person is not None and person.bond is FriendshipState.WAITING
        return "Accept" if waits else "Ask"

    def name_of_part(self) -> str:
        """What parting is called."""
        person = self.person
        names = {FriendshipState.WAITING: "Decline", FriendshipState.ASKED: "Take back"}
        return "Remove" if person is None else names.get(person.bond, "Remove")

    # Doing it

    def ask(self) -> None:
        """Ask, or accept."""
        person = self.person
        if person is not None:
            self._change(person, yes_event(person.bond))

    def part(self) -> None:
        """Say no: to a friend or whoever asks only after a question."""
        person = self.person
        if person is None:
            return
        event = no_event(person.bond)
        if person.bond is FriendshipState.ASKED:
            self._change(person, event)
            return
        title, text, yes = f"Remove {person.name}?", "Gifts go to friends only.", "Remove"
        if event is FriendEvent.DECLINE:
            title, text, yes = f"Decline {person.name}?", "They are told so.", "Decline"

        def answered(sure: bool | None) -> None:
            if sure:
                self._change(person, event)

        self.room.app.push_screen(ConfirmDialog(title, text, yes=yes, danger=True), answered)

    def _change(self, person: FriendLine, event: FriendEvent) -> None:
        player, key = self.room.session.player, uuid4().hex
        assert player is not None

        def done(change: FriendChange) -> None:
            back = event is FriendEvent.REMOVE and person.bond is FriendshipState.ASKED
            words = (TAKEN_BACK if back else SAID[event]).format(name=change.name)
            toast(self.room, words, ToastKind.SUCCESS)

        self.room.act(
            lambda: player.friends.change(person.name, event, key), done, changes=BEFRIENDED
        )

    def give(self) -> None:
        """Give the friend something."""
        person = self.person
        if person is not None:
            self.giving.give_to(person.name)

    def trade(self) -> None:
        """Offer them a trade."""
        person = self.person
        if person is not None:
            self.trading.offer_to(person.name)

    def go_to(self, room: str) -> None:
        """To a room that shows them."""
        person = self.person
        if person is not None:
            self.room.session.whom = person.name
            self.room.enter_room(room)
