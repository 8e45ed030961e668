"""Checking every roll, with what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from inventui.widgets.frame.dialogs import Dialog
from inventui.widgets.text import counted

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.world import PlayerHandle
    from inventui.rules.cases.proof import Verification

MEANING = {
    "commitment": "each seed has the hash that was promised",
    "roll": "each roll follows from its seeds and nonce",
    "odds_table": "the odds were those that were shown",
    "award": "what was won is what was given",
}
MOST_FAULTS = 50


def verification_text(found: Verification) -> Content:
    """Each check with ✓ or ✗, then the faults in words."""
    rolls = counted(found.rolls, "roll")
    if not found.rolls:
        head = Content("There is no roll to check yet. Open a case first.")
    elif found.ok:
        head = Content.styled(f"{rolls} checked: every one was fair.", "bold $text-success")
    else:
        head = Content.styled(f"{rolls} checked: something is wrong.", "bold $text-error")
    lines = [head, Content("")]
    for name, holds in found.checks.items():
        mark = ("✓ ", "bold $text-success") if holds else ("✗ ", "bold $text-error")
        meaning = MEANING.get(name, "")
        lines.append(
            Content.assemble(
                mark, (f"{name.replace('_', ' '):<11}", "bold"), (meaning, "$foreground 70%")
            )
        )
    if found.faults:
        lines.append(Content(""))
        lines.extend(Content(f"• {fault}") for fault in found.faults[:MOST_FAULTS])
        more = len(found.faults) - MOST_FAULTS
        if more > 0:
            lines.append(Content(f"… and {more:,} more. inventui verify names them all."))
    return Content("\n").join(lines)


class VerifyScreen(Dialog[None]):
    """Runs at once; escape closes it, done or not, for nothing is changed by it."""

    def __init__(self, player: PlayerHandle) -> None:
        self.player = player
        super().__init__("Verify")

    def compose_dialog(self) -> ComposeResult:
        """The findings, once there are some."""
        with VerticalScroll(id="said"):
            yield Static(
                Content("Checking every roll … escape stops it."), id="found", classes="text"
            )

    def on_mount(self) -> None:
        """Begin."""
        self.ask(self.player.fairness.verify, self._found)

    def _found(self, verification: Verification) -> None:
        self.query_one("#found", Static).update(verification_text(verification))
        self.query_one("#said").focus()
