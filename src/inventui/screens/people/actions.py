"""What one does about somebody: ask, part, give, trade, visit, rob."""

from __future__ import annotations

from uuid import uuid4

from inventui.engine.people.models import FriendChange, FriendLine
from inventui.rules.people.people import FriendEvent, FriendshipState, no_event, yes_event
from inventui.screens.people.give import Giving
from inventui.screens.trades.start import Trading
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.frame.toasts import ToastKind, toast

SAID = {
    FriendEvent.REQUEST: "{name} is asked to be your friend.",
    FriendEvent.ACCEPT: "{name} is your friend now.",
    FriendEvent.DECLINE: "{name} is told that you would rather not.",
    FriendEvent.REMOVE: "{name} is not your friend any more.",
}
TAKEN_BACK = "You no longer ask {name}."


class PeopleActions(Giving, Trading):
    """The part of the room that acts."""

    @property
    def person(self) -> FriendLine | None:
        """The one under the cursor."""
        raise NotImplementedError

    def action_ask_friend(self) -> None:
        """Ask, or accept."""
        person = self.person
        if person is not None:
            self._change(person, yes_event(person.bond))

    def action_part(self) -> None:
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

        self.app.push_screen(ConfirmDialog(title, text, yes=yes, danger=True), answered)

    def _change(self, person: FriendLine, event: FriendEvent) -> None:
        player, key = self.session.player, uuid4().hex
        assert player is not None

        def done(change: FriendChange) -> None:
            back = event is FriendEvent.REMOVE and person.bond is FriendshipState.ASKED
            words = (TAKEN_BACK if back else SAID[event]).format(name=change.name)
            toast(self, words, ToastKind.SUCCESS)

        self.act(lambda: player.friends.change(person.name, event, key), done)

    def action_gift(self) -> None:
        """Give the friend something."""
        person = self.person
        if person is not None:
            self.give_to(person.name)

    def action_trade(self) -> None:
        """Offer them a trade."""
        person = self.person
        if person is not None:
            self.offer_to(person.name)

    def action_visit(self) -> None:
        """To their drawer."""
        self._go("drawer")

    def action_rob(self) -> None:
        """To the streets."""
        self._go("streets")

    def _go(self, room: str) -> None:
        person = self.person
        if person is not None:
            self.session.whom = person.name
            self.app.call_later(self.app.run_action, f"room({room!r})")
