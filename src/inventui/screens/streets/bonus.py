"""Seven days in a row: what they brought, under the celebration that the player wears."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from inventui.rules.streets import daily_bonus
from inventui.widgets.frame.celebration_screen import CelebrationScreen
from inventui.widgets.theme import DIM, GEM, ORANGE

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.streets.models import DailyPaid

SPARKS = 110


class BonusScreen(CelebrationScreen[None]):
    """Says what the seventh day paid."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("d", "close", show=False)]
    CSS_PATH = "crate.tcss"

    def __init__(self, paid: DailyPaid) -> None:
        self.paid = paid
        super().__init__()

    def compose_window(self) -> ComposeResult:
        """What there was."""
        paid = self.paid
        lines = [
            Content.styled("✓ " * daily_bonus.STREAK, "$text-success"),
            Content(""),
            Content.styled(f"+{ORANGE} {paid.oranges}   +{GEM} {paid.gems}", "bold $primary"),
            Content(""),
            Content("A whole week, and not a day missed."),
            Content.styled("Tomorrow the seven begin anew.", DIM),
        ]
        yield Static(Content("\n").join(lines), id="words")

    def on_mount(self) -> None:
        """Light the sparks."""
        self.query_one("#window").border_title = f"Day {self.paid.streak} of {daily_bonus.STREAK}"
        self.call_after_refresh(self.light, f"bonus:{self.paid.operation}", SPARKS)
