"""What is shown when the world can't be used: why, and what would help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from inventui.widgets.frame.workers import Working

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Key


class UnavailableScreen(Working, ModalScreen[None]):
    """The market stays closed; any key leaves."""

    DEFAULT_CSS = """
    UnavailableScreen { align: center middle; background: $background; }
    UnavailableScreen #window {
        width: 66; max-width: 96%; height: auto; border: round $error; padding: 1 2;
        border-title-color: $text-error; border-title-style: bold; background: $surface;
    }
    UnavailableScreen Static { height: auto; }
    UnavailableScreen #leave { margin-top: 1; color: $foreground 60%; }
    """

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__()

    def compose(self) -> ComposeResult:
        """The sentence."""
        with Vertical(id="window") as window:
            window.border_title = "The market is closed"
            yield Static(Content(self.sentence), id="sentence")
            yield Static(Content("Press any key to leave."), id="leave")

    def on_key(self, event: Key) -> None:
        """Leave."""
        event.stop()
        self.dismiss()

    def on_click(self) -> None:
        """Leave."""
        self.dismiss()
