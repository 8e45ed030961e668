"""While you were away: what time brought, told once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from inventui.app.away_text import Absence, absence_lines
from inventui.rules.core.money import Currency
from inventui.widgets.frame.dialogs import Dialog
from inventui.widgets.theme import signed

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

WIDEST = 56
"""Cells of a line where there is room."""

AROUND = 12
"""Columns that the terminal must have beyond a line: frame, padding, scroll bar, a margin."""

SCROLLING = frozenset({"up", "down", "pageup", "pagedown", "home", "end", "j", "k"})
"""Keys that move a list which is longer than the window, and close a shorter one."""


class AwayDialog(Dialog[None]):
    """What happened while the player was away, a line each; any key closes it.

    Args:
        absence: what there is to tell.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape", "close", "Go on"),
        Binding("j", "app.simulate_key('down')", show=False, id="everywhere.down"),
        Binding("k", "app.simulate_key('up')", show=False, id="everywhere.up"),
    ]

    DEFAULT_CSS = """
    AwayDialog #told { height: auto; max-height: 100%; margin-bottom: 1; }
    """

    def __init__(self, absence: Absence) -> None:
        self.absence = absence
        super().__init__("While you were away")

    def compose_dialog(self) -> ComposeResult:
        """The lines."""
        width = min(WIDEST, self.app.size.width - AROUND)
        with VerticalScroll(id="told"):
            yield Static(Content("\n").join(absence_lines(self.absence, width)), classes="text")

    def on_mount(self) -> None:
        """The arrows scroll; the sum is seen wherever one is."""
        self.query_one("#told").focus()
        total = signed(self.absence.total, Currency.ORANGES)
        self.query_one("#window").border_subtitle = Content.assemble("in all ", total)

    def on_key(self, event: events.Key) -> None:
        """Any key closes, but for those that scroll where there is more to see."""
        if event.key in SCROLLING and self.query_one("#told").max_scroll_y > 0:
            return
        event.stop()
        self.action_close()

    def on_click(self) -> None:
        """A click closes too."""
        self.action_close()
