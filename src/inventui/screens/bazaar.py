"""Bazaar: what players sell to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from inventui.widgets.room import Room

if TYPE_CHECKING:
    from textual.app import ComposeResult


class BazaarRoom(Room):
    """Everybody's listings."""

    ROOM = "bazaar"
    TITLE_TEXT = "Bazaar"

    HELP = "Players sell to each other here, each at a price of their own."

    def compose_room(self) -> ComposeResult:
        """Nothing is listed."""
        yield Static(Content("Nothing is listed here."))
