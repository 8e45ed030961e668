"""A window that asks which one: a search above a list, and a line of words below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from inventui.widgets.frame.dialogs import Dialog, Result
from inventui.widgets.frame.field import SearchInput

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.widgets.lists.row_list import RowList


class SearchDialog(Dialog[Result]):
    """Typing narrows the list, while the arrows move in it.

    Args:
        title: what is asked.
        listed: the list.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Choose", priority=True),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("pageup", "page(-1)", "Page up", show=False, priority=True),
        Binding("pagedown", "page(1)", "Page down", show=False, priority=True),
    ]

    DEFAULT_CSS = """
    SearchDialog #window { height: 90%; max-height: 30; }
    SearchDialog #search { margin: 0; }
    """

    def __init__(self, title: str, listed: RowList[Any]) -> None:
        self.listed = listed
        super().__init__(title)

    def compose_dialog(self) -> ComposeResult:
        """A search, the list, a line for what stands against something."""
        yield SearchInput(placeholder="part of a name", id="search")
        yield self.listed
        yield Static(id="why")

    @property
    def search(self) -> str:
        """What is looked for."""
        return self.query_one(SearchInput).value.strip()

    def on_mount(self) -> None:
        """Typing comes first."""
        self.query_one(SearchInput).focus()

    def on_input_changed(self) -> None:
        """Another search."""
        self.look()

    def look(self) -> None:
        """Show what is found."""
        raise NotImplementedError

    def say(self, words: str) -> None:
        """Show some words below the list."""
        self.query_one("#why", Static).update(Content(words))

    def on_row_list_chosen(self) -> None:
        """A double click."""
        self.action_choose()

    def action_move(self, by: int) -> None:
        """The arrows move in the list, wherever the focus is."""
        self.listed.action_move(by)

    def action_page(self, by: int) -> None:
        """By whole screens."""
        self.listed.action_move_page(by)

    def action_choose(self) -> None:
        """Answer with the row under the cursor."""
        raise NotImplementedError
