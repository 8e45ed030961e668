"""A window that asks which one of a menu's items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from inventui.widgets.frame.dialogs import Dialog
from inventui.widgets.lists.menu import Menu, MenuItem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult


class ChoiceDialog(Dialog[str]):
    """Answers with the id of what was chosen, or None.

    Args:
        title: what is asked.
        text: what it is for.
        items: what there is to choose from; at least one.
    """

    DEFAULT_CSS = """
    ChoiceDialog #choices { height: auto; max-height: 12; margin: 1 0; }
    """

    def __init__(self, title: str, text: str, items: Sequence[MenuItem]) -> None:
        self.text, self.items = Content(text), items
        super().__init__(title)

    def compose_dialog(self) -> ComposeResult:
        """The text and the list."""
        yield Static(self.text, classes="text")
        yield Menu(*self.items, id="choices")

    def on_mount(self) -> None:
        """The arrows choose."""
        self.query_one(Menu).focus()

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Answer."""
        self.dismiss(event.row.id)
