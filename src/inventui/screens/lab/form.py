"""What is to be played: days, runs, seed, personas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Input

from inventui.lab.economy import check_run
from inventui.rules.cases.fairness import check_client_seed
from inventui.rules.core.refusal import Reason, Refusal
from inventui.screens.lab.playing import EconomyWanted
from inventui.widgets.frame.dialogs import FormDialog
from inventui.widgets.frame.field import Field

if TYPE_CHECKING:
    from textual.app import ComposeResult


class RunDialog(FormDialog[EconomyWanted]):
    """Asks for what is to be played; it begins with what was played last."""

    yes = "Play"

    def __init__(self, before: EconomyWanted) -> None:
        self._before = before
        super().__init__("Play economies")

    def compose_form(self) -> ComposeResult:
        """A line for each."""
        before = self._before
        for id, label, value in (
            ("days", "Days, 1 to 3,650", str(before.days)),
            ("runs", "How many economies", str(before.runs)),
            ("seed", "Seed; the same plays the same", before.seed),
            ("personas", "File of personas; empty for the six of the game", before.personas),
        ):
            field = Field(value, id=id)
            field.border_title = Content(label)
            yield field

    def take(self) -> None:
        """Answer, or say what is wrong."""
        read = self._read()
        if isinstance(read, Refusal):
            self.say(read)
        else:
            self.dismiss(read)

    def _read(self) -> EconomyWanted | Refusal:
        texts = {entry.id: entry.value.strip() for entry in self.query(Input)}
        numbers = []
        for name in ("days", "runs"):
            digits = texts[name].replace(",", "")
            if not (digits.isascii() and digits.isdigit() and len(digits) < 9):
                return Refusal(Reason.INVALID_COUNT, f"The {name} are a whole number.")
            numbers.append(int(digits))
        days, runs = numbers
        refusal = check_run(days, runs) or check_client_seed(texts["seed"])
        return refusal or EconomyWanted(days, runs, texts["seed"], texts["personas"])
