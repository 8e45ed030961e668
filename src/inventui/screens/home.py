"""Home: what one has, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from inventui.widgets.room import Room

if TYPE_CHECKING:
    from textual.app import ComposeResult


class HomeRoom(Room):
    """The first room."""

    ROOM = "home"
    TITLE_TEXT = "Home"
    HELP = "Home shows what you have and what to do next."

    def compose_room(self) -> ComposeResult:
        """The card."""
        yield Static(id="card")

    def refresh_room(self) -> None:
        """Show the card."""
        card = self.session.card
        if card:
            self.query_one("#card", Static).update(Content(card.name))
