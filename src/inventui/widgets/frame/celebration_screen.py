"""A window under the sparks of the celebration that the player wears."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.screen import ModalScreen

from inventui.rules.core.categories import Category
from inventui.widgets.canvas.celebration import Celebration
from inventui.widgets.frame.dialogs import Result
from inventui.widgets.frame.key_bar import KeyBar
from inventui.widgets.frame.workers import Working

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.widgets.canvas.appearance import Appearance


class CelebrationScreen(Working, ModalScreen[Result]):
    """Stays until a key is pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,escape,space", "close", "Go on")]

    DEFAULT_CSS = """
    CelebrationScreen {
        background: $background;
        #stage { height: 1fr; width: 100%; layers: sky table; align: center middle; }
        #sky { layer: sky; width: 100%; height: 100%; }
        #window {
            layer: table; width: 50; max-width: 90%; height: auto;
            border: round $primary; background: $surface; padding: 1 2;
        }
        #words { height: auto; width: 1fr; text-align: center; }
    }
    """

    def compose(self) -> ComposeResult:
        """Sparks, and on them the window."""
        with Container(id="stage"):
            yield Celebration(id="sky")
            with Vertical(id="window"):
                yield from self.compose_window()
        yield KeyBar()

    def compose_window(self) -> ComposeResult:
        """What stands in the window."""
        yield from ()

    def light(self, seed: str, count: int, look: Appearance | None = None) -> None:
        """Let so many sparks fly, as the player's celebration or that of a look."""
        style = (look or self.session.appearance)[Category.CELEBRATION]
        self.query_one(Celebration).light(seed, count, motion=self.session.motion, style=style)

    def on_click(self) -> None:
        """A click goes on."""
        self.action_close()

    def action_close(self) -> None:
        """Go on."""
        self.dismiss()
