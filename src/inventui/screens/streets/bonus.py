"""Seven days in a row: what they brought, under the celebration that the player wears."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from inventui.rules.core.categories import Category
from inventui.rules.streets.streets import STREAK
from inventui.widgets.canvas.celebration import CONFETTI, Celebration
from inventui.widgets.frame.key_bar import KeyBar
from inventui.widgets.session import session_of
from inventui.widgets.theme import DIM, GEM, ORANGE

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.streets.models import DailyPaid

SPARKS = 110


class BonusScreen(ModalScreen[None]):
    """Stays until a key is pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,escape,space,d", "close", "Go on")]
    CSS_PATH = "crate.tcss"

    def __init__(self, paid: DailyPaid) -> None:
        self.paid = paid
        super().__init__()

    def compose(self) -> ComposeResult:
        """Sparks, and on them what there was."""
        paid = self.paid
        with Container(id="stage"):
            yield Celebration(id="sky")
            with Vertical(id="window") as window:
                window.border_title = f"Day {paid.streak} of {STREAK}"
                yield Static(
                    Content("\n").join(
                        [
                            Content.styled("✓ " * STREAK, "$text-success"),
                            Content(""),
                            Content.styled(
                                f"+{paid.oranges} {ORANGE}   +{paid.gems} {GEM}", "bold $primary"
                            ),
                            Content(""),
                            Content("A whole week, and not a day missed."),
                            Content.styled("Tomorrow the seven begin anew.", DIM),
                        ]
                    ),
                    id="words",
                )
        yield KeyBar()

    def on_mount(self) -> None:
        """Light the sparks."""
        self.call_after_refresh(self._light)

    def _light(self) -> None:
        session = session_of(self)
        worn = session.outlook[Category.CELEBRATION]
        self.query_one(Celebration).light(
            f"bonus:{self.paid.operation}", SPARKS, motion=session.motion,
            style=CONFETTI if worn.word == "none" else worn,
        )  # fmt: skip

    def on_click(self) -> None:
        """A click goes on."""
        self.dismiss()

    def action_close(self) -> None:
        """Go on."""
        self.dismiss()
