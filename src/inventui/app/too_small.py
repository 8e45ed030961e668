"""What is shown while the terminal is too small for the game."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from inventui.widgets.frame.room import LEAST, too_small
from inventui.widgets.frame.workers import Working

if TYPE_CHECKING:
    from textual.app import ComposeResult


class SmallScreen(Working, ModalScreen[None]):
    """Covers everything, so that no key acts on what can't be seen; goes by itself."""

    DEFAULT_CSS = """
    SmallScreen { align: center middle; background: $background; }
    SmallScreen Static { width: 100%; height: auto; text-align: center; }
    """

    def compose(self) -> ComposeResult:
        """The sentence."""
        yield Static()

    def on_screen_resume(self) -> None:
        """On top (again)."""
        self._look()

    def on_screen_suspend(self) -> None:
        """Whatever came on top has to fit too."""
        if too_small(self.app.size):
            self.app.push_screen(SmallScreen())

    def on_resize(self) -> None:
        """The terminal has another size."""
        self._look()

    def _look(self) -> None:
        size = self.app.size
        if too_small(size):
            self.query_one(Static).update(
                Content(
                    f"inventui needs {LEAST.width} × {LEAST.height} cells of room; "
                    f"this terminal has {size.width} × {size.height}. Please make it larger."
                )
            )
        elif self.is_active:
            self.dismiss()
