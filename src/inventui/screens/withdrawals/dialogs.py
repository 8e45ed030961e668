"""Taking a player item out of the world: what happens is told first, then where its papers lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from inventui import config
from inventui.engine.inventory.models import ItemLine
from inventui.engine.withdrawals.models import Withdrawn
from inventui.rules.core.refusal import Refusal
from inventui.rules.withdrawals.withdrawals import DETAILS_LENGTH, check_details
from inventui.widgets.frame.dialogs import Dialog, FormDialog
from inventui.widgets.frame.field import Field
from inventui.widgets.session import session_of
from inventui.widgets.session_kind import YOUR_FILES, SessionKind
from inventui.widgets.theme import money

if TYPE_CHECKING:
    from textual.app import App, ComposeResult

    from inventui.engine.world import PlayerHandle


@dataclass(frozen=True, slots=True)
class TakenOut:
    """A player item left the world.

    Attributes:
        path: where its certificate lies, or an empty text while it is owed.
        trouble: why it is owed, or an empty text.
    """

    withdrawn: Withdrawn
    path: str
    trouble: str


def take_out(player: PlayerHandle, item: int, details: str, key: str) -> TakenOut | Refusal:
    """Withdraw a player item and write its certificate. Blocks: for a thread."""
    done = player.withdrawals.withdraw(item, details, key)
    if isinstance(done, Refusal):
        return done
    deliveries = player.withdrawals.deliver(config.certificates_dir())
    trouble = next((d.trouble for d in deliveries if d.withdrawal == done.withdrawal), "")
    path = next(line.path for line in player.withdrawals.list() if line.id == done.withdrawal)
    return TakenOut(done, path, trouble)


def show_certificate(app: App[object], path: str) -> None:
    """Open the card of a certificate with whatever opens pictures here."""
    card = Path(path).with_suffix(".svg")
    if card.exists():
        app.open_url(card.absolute().as_uri())
    else:
        shown = session_of(app).kind.shown_path(card)
        app.notify(f"There is no {shown} any more.", severity="warning", markup=False)


class WithdrawDialog(FormDialog[TakenOut]):
    """Withdraws a player item, and answers with where its certificate lies.

    Args:
        player: whose it is.
        line: the player item.
    """

    DEFAULT_CSS = """
    WithdrawDialog #window { width: 72; }
    WithdrawDialog Input { margin-top: 0; }
    WithdrawDialog #count { color: $foreground 70%; margin-top: 1; height: 1; }
    WithdrawDialog.-low #count { margin-top: 0; }
    WithdrawDialog #buttons { margin-top: 0; }
    """

    no, yes, danger = "Keep it", "Withdraw", True

    def __init__(self, player: PlayerHandle, line: ItemLine) -> None:
        self.player, self.line = player, line
        self._key = uuid4().hex
        super().__init__(f"Withdraw {line.name}?")

    def compose_form(self) -> ComposeResult:
        """What happens, and the details."""
        kind = self.session.kind
        folder = kind.shown_path(config.certificates_dir())
        if kind is SessionKind.GUEST:
            folder = f"{folder}, among your files ({YOUR_FILES})"
        text = Content.assemble(
            f"It is worth {money(self.line.value).plain} and leaves the world for good. Its "
            "certificate, with provenance and the proof of its roll if it was rolled, goes to\n",
            (folder, "$foreground 70%"),
            "\nA seed pair that rolled it is retired if it is still in use: the proof shows it.",
        )
        with VerticalScroll(id="said", can_focus=False):
            yield Static(text, classes="text")
        yield Static(id="count")
        yield Field(
            placeholder="delivery details, if you like", max_length=DETAILS_LENGTH, id="details"
        )

    def on_mount(self) -> None:
        """What stands there is looked at."""
        self._look()

    @property
    def details(self) -> str:
        """What stands there."""
        return self.query_one(Input).value.strip()

    def _look(self) -> None:
        refusal, length = check_details(self.details), len(self.details)
        style = "$text-error" if length > DETAILS_LENGTH else "$foreground 70%"
        self.query_one("#count", Static).update(
            Content.styled(f"Details · {length}/{DETAILS_LENGTH}", style)
        )
        self.say(refusal)
        self.can_take(refusal is None)

    def on_input_changed(self) -> None:
        """Other details."""
        self._look()

    def submitted(self, entry: Input) -> None:  # noqa: ARG002
        """On to the safe button: a hasty enter withdraws nothing."""
        self.query_one("#no").focus()

    def take(self) -> None:
        """Withdraw it."""
        player, item, details, key = self.player, self.line.id, self.details, self._key
        self.send(lambda: take_out(player, item, details, key))


class TakenOutDialog(Dialog[None]):
    """Where the certificate lies, or why it is still owed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "show", "Show it"),
        Binding("enter", "close", "Close", show=False),
    ]

    DEFAULT_CSS = """
    TakenOutDialog #window { width: 72; padding: 1 2; }
    """

    def __init__(self, taken: TakenOut) -> None:
        self.taken = taken
        super().__init__(f"{taken.withdrawn.name} is withdrawn")

    def compose_dialog(self) -> ComposeResult:
        """One or two paragraphs."""
        taken, kind = self.taken, self.session.kind
        where = f"among your files ({YOUR_FILES}):" if kind is SessionKind.GUEST else "in"
        words = Content.assemble(
            f"Its certificate lies {where}\n", (kind.shown_path(taken.path), "bold")
        )
        if not taken.path:
            words = Content.styled(kind.told(taken.trouble), "$text-error")
        if taken.withdrawn.rotated:
            words += Content.styled(
                "\n\nThe seed pair that rolled it is retired: anyone can check the roll now, with "
                "inventui verify.",
                "$foreground 70%",
            )
        yield Static(words, classes="text")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """What is owed can't be shown."""
        return bool(self.taken.path) if action == "show" else True

    def action_show(self) -> None:
        """Open the picture."""
        show_certificate(self.app, self.taken.path)
