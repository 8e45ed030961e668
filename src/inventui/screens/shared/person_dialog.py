"""Who it is: everybody who lives here, friends and neighbours first, and a search by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.engine.people.models import MOST_LISTED, FriendLine
from inventui.rules.people.friends import FriendshipState
from inventui.widgets.frame.search_dialog import SearchDialog
from inventui.widgets.frame.workers import OPENING
from inventui.widgets.items.people_list import PeopleList

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inventui.engine.world import PlayerHandle

ALONE = (
    "You are alone in this world. Neighbours come with a content pack and a setting; somebody "
    "else who plays on this machine is added in Settings."
)


def in_order(people: Iterable[FriendLine]) -> list[FriendLine]:
    """Friends, then neighbours, then the others."""
    return sorted(
        people, key=lambda line: (line.bond is not FriendshipState.FRIENDS, not line.neighbour)
    )


class PersonDialog(SearchDialog[str]):
    """Answers with a player's name, or None.

    Args:
        player: who asks.
        title: what is asked.
    """

    DEFAULT_CSS = """
    PersonDialog #why { height: auto; color: $foreground 70%; }
    """

    def __init__(self, player: PlayerHandle, title: str) -> None:
        self.player, self.people = player, PeopleList(id="people")
        self._everybody: list[FriendLine] | None = None
        super().__init__(title, self.people)

    def on_mount(self) -> None:
        """Ask who lives here."""
        self.ask(self.player.trades.partners, self._seen, group=OPENING)

    def _seen(self, people: tuple[FriendLine, ...]) -> None:
        self._everybody = in_order(people)
        self.look()

    def look(self) -> None:
        """Show everybody with such a name; of more people than are listed, who begins so."""
        if self._everybody is None:
            return
        search = self.search
        if search and len(self._everybody) >= MOST_LISTED:
            self.ask(lambda: self.player.friends.named(search), self._show, group=OPENING)
        else:
            self._show(())

    def _show(self, named: tuple[FriendLine, ...]) -> None:
        search = self.search.casefold()
        found = {
            line.player: line
            for line in (*(self._everybody or ()), *named)
            if search in line.name.casefold()
        }
        self.people.offer(list(found.values()), at=0)
        self.say("" if found else "Nobody here is called that." if self._everybody else ALONE)

    def action_choose(self) -> None:
        """Answer."""
        person = self.people.row
        if person is not None:
            self.dismiss(person.name)
