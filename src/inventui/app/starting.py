"""What is shown while a world is made or brought up to date: what is done, and how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from inventui.widgets.frame.workers import Working
from inventui.widgets.text import progress_bar

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.db.progress import Work

WORDS = {
    "making": "The market is being built",
    "migrating": "The world is brought up to date; a backup was made first",
}
"""What is said of each work."""

BAR = 24


class Starting(Message):
    """How far the world is that is being opened."""

    def __init__(self, work: Work, done: int, steps: int) -> None:
        self.work, self.done, self.steps = work, done, steps
        super().__init__()

    def bar(self) -> Content:
        """What is done, and a bar."""
        full, empty = progress_bar(self.done / self.steps, BAR)
        return Content.assemble(
            f"{WORDS[self.work]} ", (full, "$primary"), (empty, "$foreground 40%")
        )


class StartingScreen(Working, ModalScreen[None]):
    """A bar, until the world is open."""

    DEFAULT_CSS = """
    StartingScreen { align: center middle; background: $background; }
    StartingScreen #window {
        width: 58; max-width: 96%; height: auto; border: round $primary; padding: 1 2;
        border-title-color: $primary; border-title-style: bold; background: $surface;
    }
    StartingScreen Static { height: auto; }
    """

    def __init__(self, said: Starting) -> None:
        self.said = said
        super().__init__()

    def compose(self) -> ComposeResult:
        """What is done, and how far it is."""
        with Vertical(id="window") as window:
            window.border_title = "inventui"
            yield Static(self.said.bar(), id="bar")

    def tell(self, said: Starting) -> None:
        """It is further now."""
        self.said = said
        if self.is_mounted:
            self.query_one("#bar", Static).update(said.bar())
