"""The small windows of the case room: how many, and the proof in full."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Input, Static

from inventui.rules.cases.cases import MOST_AT_ONCE, affordable, check_open
from inventui.rules.core.refusal import Reason, Refusal
from inventui.widgets.frame.dialogs import Dialog, FormDialog
from inventui.widgets.frame.field import Field
from inventui.widgets.frame.toasts import copy
from inventui.widgets.theme import DIM, money

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.core.models import CaseDetail
    from inventui.engine.fairness.models import FairnessState

_WHOLE = re.compile(r"[+-]?[0-9]{1,6}")
LONGEST_COUNT = 7


def read_count(text: str) -> int | Refusal:
    """The count that was typed, or a refusal if it is no whole number."""
    if _WHOLE.fullmatch(text.strip()):
        return int(text)
    return Refusal(
        Reason.INVALID_COUNT,
        f"Write a whole number from 1 to {MOST_AT_ONCE}.",
        {"least": 1, "most": MOST_AT_ONCE},
    )


class CountDialog(FormDialog[int]):
    """Asks how many cases to open; says what they cost, and why they can't be, while one types.

    Args:
        case: which case.
        oranges: what the player has.
    """

    yes = "Open"

    DEFAULT_CSS = """
    CountDialog #cost { height: 1; margin-top: 1; }
    """

    def __init__(self, case: CaseDetail, oranges: int) -> None:
        self.case, self.oranges = case, oranges
        super().__init__("How many?")

    def compose_form(self) -> ComposeResult:
        """The count and its cost."""
        enough = affordable(self.case.price, self.oranges)
        yield Static(
            Content.assemble(
                (self.case.name, "bold"),
                f" costs {money(self.case.price).plain}.\n"
                f"You have {money(self.oranges).plain}, enough for {enough:,}"
                f"{' at once' if enough == MOST_AT_ONCE else ''}.",
            ),
            classes="text",
        )
        yield Field(
            str(max(1, min(10, enough))), placeholder=f"1–{MOST_AT_ONCE}", id="count",
            max_length=LONGEST_COUNT, number=True,
        )  # fmt: skip
        yield Static(id="cost")

    def on_mount(self) -> None:
        """The cost of what stands there is shown."""
        self._look()

    def wanted(self) -> int | Refusal:
        """The count, or why it can't be opened."""
        count = read_count(self.query_one(Input).value)
        if isinstance(count, Refusal):
            return count
        return check_open(self.case.price, count, self.oranges) or count

    def _look(self) -> None:
        """Show cost and fault of what stands there now."""
        text = self.query_one(Input).value.strip()
        wanted = self.wanted()
        cost = Content("")
        if not isinstance(wanted, Refusal):
            price = self.case.price * wanted
            cases = "case costs" if wanted == 1 else "cases cost"
            cost = Content.assemble(
                f"{wanted:,} {cases} ",
                (money(price).plain, "bold"),
                (f" · {money(self.oranges - price).plain} stay", DIM),
            )
        self.query_one("#cost", Static).update(cost)
        self.say(wanted if isinstance(wanted, Refusal) and text else None)
        self.can_take(not isinstance(wanted, Refusal))

    def on_input_changed(self) -> None:
        """Another count."""
        self._look()

    def take(self) -> None:
        """Answer with the count, or say what is wrong with it."""
        wanted = self.wanted()
        if isinstance(wanted, Refusal):
            self.say(wanted)
        else:
            self.dismiss(wanted)


class ProofDialog(Dialog[None]):
    """What is promised before a case is opened, in full."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("y", "copy", "Copy")]

    DEFAULT_CSS = """
    ProofDialog #window { width: 76; }
    """

    def __init__(self, case: CaseDetail, fairness: FairnessState) -> None:
        self.case, self.fairness = case, fairness
        super().__init__("Before you open")

    def compose_dialog(self) -> ComposeResult:
        """Every figure with what it is for."""
        active = self.fairness.active
        parts = [
            self._part("Commitment: the SHA-256 of the server seed", active.server_seed_hash),
            self._part(f"Client seed of roll {active.nonce:,}, the next one", active.client_seed),
            self._part(f"Hash of the odds of {self.case.name}", self.case.odds.hash),
            Content.styled(
                "The server seed is fixed already: its hash stands above. Each roll keeps the "
                "hash of the odds it used. Fairness lets you change the client seed, and shows "
                "the server seed once it is retired.",
                "$foreground 70%",
            ),
        ]
        yield Static(Content("\n\n").join(parts), classes="text")
        with Horizontal(id="buttons"):
            yield Button(Content("Close"), id="no", variant="primary")

    def action_copy(self) -> None:
        """Copy the promise, so that it can be held against what is rolled."""
        active = self.fairness.active
        words = (
            f"{self.case.name}: roll {active.nonce}, server seed hash {active.server_seed_hash}, "
            f"client seed {active.client_seed}, odds hash {self.case.odds.hash}"
        )
        copy(self, words, "what is promised")

    @staticmethod
    def _part(label: str, value: str) -> Content:
        return Content.assemble((label, "$foreground 70%"), "\n", (value, "bold"))

    def on_button_pressed(self) -> None:
        """Close."""
        self.dismiss(None)
