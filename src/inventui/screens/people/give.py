"""Giving: whom, what, with which words; the same from every room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.rules.people.friends import FriendshipState
from inventui.screens.people.gift_choice import GiftItemDialog
from inventui.screens.people.gift_dialog import GiftDialog
from inventui.screens.shared.item_choice import ItemChoice
from inventui.widgets.entries import Place
from inventui.widgets.frame.choice_dialog import ChoiceDialog
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.toasts import ToastKind, toast
from inventui.widgets.frame.undo import undo_hint
from inventui.widgets.frame.workers import OPENING
from inventui.widgets.items.people_text import face
from inventui.widgets.lists.menu import MenuItem

if TYPE_CHECKING:
    from collections.abc import Callable

    from inventui.engine.inventory.models import ItemLine
    from inventui.engine.people.models import FriendLine, GiftSent
    from inventui.engine.world import PlayerHandle

NO_FRIENDS = "Gifts go to friends, and you have none yet. Ask somebody, or answer who asks you."
PEOPLE = Place("people", "See who lives here")


def friends_of(player: PlayerHandle) -> tuple[FriendLine, ...]:
    """Who is a player's friend. Blocks: for a thread."""
    return tuple(line for line in player.friends.list() if line.bond is FriendshipState.FRIENDS)


class Giving:
    """Lets a player give from a room; every step can be left with escape.

    Args:
        room: where it is asked and told.
        given: is told of each gift.
    """

    def __init__(self, room: Room, given: Callable[[GiftSent], object] | None = None) -> None:
        self.room, self.given = room, given

    def give_player_item(self, line: ItemLine) -> None:
        """Give a player item to a friend who is asked for."""

        def chosen(friend: str) -> None:
            self._write_to(friend, ItemChoice.of(line))

        self._choose_friend(chosen, f"Who is to have {line.name}?")

    def give_to(self, friend: str) -> None:
        """Give a friend something that is asked for."""
        player = self.room.session.player
        assert player is not None

        def chosen(what: ItemChoice | None) -> None:
            if what is not None:
                self._write_to(friend, what)

        self.room.app.push_screen(GiftItemDialog(player, friend), chosen)

    def _choose_friend(self, then: Callable[[str], object], text: str) -> None:
        player = self.room.session.player
        assert player is not None

        def answered(name: str | None) -> None:
            if name is not None:
                then(name)

        def show(friends: tuple[FriendLine, ...]) -> None:
            if not friends:
                toast(self.room, NO_FRIENDS, ToastKind.ERROR, place=PEOPLE)
                return
            items = [MenuItem(f.name, f"{face(f)} {f.name}", f.rank) for f in friends]
            self.room.app.push_screen(ChoiceDialog("Give", text, items), answered)

        self.room.ask(lambda: friends_of(player), show, group=OPENING)

    def _write_to(self, friend: str, what: ItemChoice) -> None:
        player = self.room.session.player
        assert player is not None

        def done(gift: GiftSent | None) -> None:
            if gift is None:
                return
            if self.given is not None:
                self.given(gift)
            toast(
                self.room,
                f"{gift.receiver} got {what.words(gift)}."
                + (f"\n{undo_hint(self.room)}" if gift.can_be_undone else ""),
                ToastKind.GIFT,
                title="🎁 Given",
            )

        self.room.app.push_screen(GiftDialog(player, friend, what), done)
