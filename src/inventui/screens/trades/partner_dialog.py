"""With whom: everybody who can be traded with, friends and neighbours first, and a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from inventui.rules.people.people import FriendshipState
from inventui.widgets.frame.dialogs import Dialog
from inventui.widgets.frame.search_input import SearchInput
from inventui.widgets.items.people_list import PeopleList

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult

    from inventui.engine.people.models import FriendLine
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


class PartnerDialog(Dialog[str]):
    """Answers with a player's name, or None.

    Args:
        player: who asks.
        title: what is asked.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Choose", priority=True),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("pageup", "page(-1)", "Page up", show=False, priority=True),
        Binding("pagedown", "page(1)", "Page down", show=False, priority=True),
    ]

    DEFAULT_CSS = """
    PartnerDialog #window { height: 90%; max-height: 30; }
    PartnerDialog #search { margin: 0; }
    PartnerDialog #people { height: 1fr; }
    PartnerDialog #why { height: auto; color: $foreground 70%; }
    """

    def __init__(self, player: PlayerHandle, title: str) -> None:
        self.player = player
        self._everybody: list[FriendLine] | None = None
        super().__init__(title)

    def compose_dialog(self) -> ComposeResult:
        """A search, the list, what is wrong with the search."""
        yield SearchInput(placeholder="part of a name", id="search")
        yield PeopleList(id="people")
        yield Static(id="why")

    @property
    def people(self) -> PeopleList:
        """The list."""
        return self.query_one(PeopleList)

    def on_mount(self) -> None:
        """Typing narrows the list at once."""
        self.query_one(Input).focus()
        self.ask(self.player.trades.partners, self._seen)

    def _seen(self, people: tuple[FriendLine, ...]) -> None:
        self._everybody = in_order(people)
        self._show()

    def on_input_changed(self) -> None:
        """Another search."""
        self._show()

    def _show(self) -> None:
        if self._everybody is None:
            return
        search = self.query_one(Input).value.strip().casefold()
        found = [line for line in self._everybody if search in line.name.casefold()]
        self.people.offer(found, at=0)
        words = "" if found else "Nobody here is called that." if self._everybody else ALONE
        self.query_one("#why", Static).update(Content(words))

    def on_row_list_chosen(self) -> None:
        """A double click."""
        self.action_choose()

    def action_move(self, by: int) -> None:
        """The arrows move in the list, wherever the focus is."""
        self.people.action_move(by)

    def action_page(self, by: int) -> None:
        """By whole screens."""
        self.people.action_move_page(by)

    def action_choose(self) -> None:
        """Answer."""
        person = self.people.row
        if person is not None:
            self.dismiss(person.name)
