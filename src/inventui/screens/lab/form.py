"""What is to be played: days, runs, seed, personas, packs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input

from inventui.lab.economy import check_run
from inventui.rules.cases.fairness import check_client_seed
from inventui.rules.core.refusal import Reason, Refusal
from inventui.screens.lab.playing import EconomyWanted
from inventui.widgets.frame.dialogs import FormDialog
from inventui.widgets.frame.field import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult


class RunDialog(FormDialog[EconomyWanted]):
    """Asks for what is to be played; it begins with what was played last.

    Args:
        before: what was played last.
        packs: ids of the world's packs, in their order.
    """

    yes = "Play"
    CSS_PATH = "form.tcss"

    def __init__(self, before: EconomyWanted, packs: Sequence[str]) -> None:
        self._before = before
        self._packs = packs
        super().__init__("Play economies")

    def compose_form(self) -> ComposeResult:
        """The numbers in a line, then the files."""
        before = self._before
        with Horizontal(id="numbers"):
            yield _field("days", "Days", str(before.days), number=True)
            yield _field("runs", "Economies", str(before.runs), number=True)
            yield _field("seed", "Seed", before.seed)
        yield _field("personas", "File of personas; empty for the game's six", before.personas)
        if len(self._packs) > 1:
            yield _field("packs", "Packs, in their order", " ".join(before.packs or self._packs))

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
        packs = tuple(texts.get("packs", "").replace(",", " ").split())
        refusal = (
            check_run(days, runs) or check_client_seed(texts["seed"]) or self._check_packs(packs)
        )
        return refusal or EconomyWanted(days, runs, texts["seed"], texts["personas"], packs)

    def _check_packs(self, packs: Sequence[str]) -> Refusal | None:
        unknown = next((pack for pack in packs if pack not in self._packs), None)
        if unknown is None:
            return None
        known = ", ".join(self._packs)
        return Refusal(Reason.INVALID_FILE, f"There is no pack {unknown} here, but {known}.", {})


def _field(id: str, label: str, value: str, *, number: bool = False) -> Field:
    field = Field(value, id=id, number=number)
    field.border_title = Content(label)
    return field
