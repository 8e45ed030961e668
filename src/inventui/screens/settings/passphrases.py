"""Passphrases: asked before somebody is played, and set, changed or cleared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Input, Static

from inventui.rules.core.clock import SECOND
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.people.passphrases import LONGEST, check_passphrase
from inventui.rules.shop import countdown
from inventui.widgets.frame.dialogs import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.world import PlayerHandle, World

UNLIKE = Refusal(Reason.INVALID_PASSPHRASE, "The two are not the same.")


def hidden(placeholder: str, id: str) -> Input:
    """An input whose text is not seen."""
    entry = Input(placeholder=placeholder, password=True, id=id, max_length=LONGEST * 2)
    entry.cursor_blink = False
    return entry


class PassphraseDialog(Dialog["PlayerHandle"]):
    """Answers with the handle of the player, once the right passphrase was said.

    Args:
        world: the world.
        name: who is to be played.
        refusal: what was wrong with what has been said already, if anything was.
    """

    def __init__(self, world: World, name: str, refusal: Refusal | None = None) -> None:
        self.world, self.who, self.refusal = world, name, refusal
        self._until = 0
        super().__init__("Who is there?")

    def compose_dialog(self) -> ComposeResult:
        """The question, the answer, what is wrong with it."""
        yield Static(Content(f"{self.who} asks for a passphrase."), classes="text")
        yield hidden("passphrase", "said-phrase")
        yield Static(id="fault", classes="fault")
        with Horizontal(id="buttons"):
            yield Button(Content("Somebody else"), id="no")
            yield Button(Content("Play"), id="yes", variant="primary")

    def on_mount(self) -> None:
        """Typing comes first; a wait counts down."""
        self.query_one(Input).focus()
        self.set_interval(1, self.tick)
        if self.refusal is not None:
            self._refused(self.refusal)

    def tick(self) -> None:
        """A second has passed."""
        if not self._until:
            return
        left = self._until - self.session.now()
        if left > 0:
            self._say(f"Too many wrong ones. Try again in {countdown(left)}.")
            return
        self._until = 0
        self.query_one("#yes", Button).disabled = False
        self._say("")

    def _say(self, words: str) -> None:
        self.query_one("#fault", Static).update(Content(words))

    def on_input_submitted(self) -> None:
        """Enter is the button."""
        self._take()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer."""
        if event.button.id == "yes":
            self._take()
        else:
            self.dismiss(None)

    def _take(self) -> None:
        said, button = self.query_one(Input).value, self.query_one("#yes", Button)
        if not said or button.disabled:
            return
        world, name = self.world, self.who

        def deed() -> PlayerHandle | Refusal:
            return world.player(name, said)

        if self.act(deed, self.dismiss, refused=self._refused):
            button.disabled = True

    def _refused(self, refusal: Refusal) -> None:
        self.query_one(Input).value = ""
        wait = refusal.figures.get("wait_seconds", 0)
        if refusal.reason is Reason.TOO_SOON and isinstance(wait, int):
            self._until = self.session.now() + wait * SECOND
            self.query_one("#yes", Button).disabled = True
            self.tick()
            return
        self.query_one("#yes", Button).disabled = False
        self._say(refusal.message)


class NewPassphraseDialog(Dialog[str]):
    """Answers with what is asked from now on; an empty text asks for nothing any more.

    Args:
        name: whose it is.
        asked: whether one is asked now.
    """

    def __init__(self, name: str, *, asked: bool) -> None:
        self.who, self.asked = name, asked
        super().__init__("Change the passphrase" if asked else "Set a passphrase")

    def compose_dialog(self) -> ComposeResult:
        """What it is for, twice the same, what is wrong with it."""
        text = f"It is asked whenever somebody wants to play {self.who}, here or by a command."
        if self.asked:
            text += " Leave both empty to be asked no more."
        yield Static(Content(text), classes="text")
        yield hidden("new passphrase", "new")
        yield hidden("the same again", "again")
        yield Static(id="fault", classes="fault")
        with Horizontal(id="buttons"):
            yield Button(Content("Cancel"), id="no")
            yield Button(Content("Set it"), id="yes", variant="primary")

    def on_mount(self) -> None:
        """Typing comes first."""
        self.query_one("#new").focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the second, then is the button."""
        if event.input.id == "new":
            self.query_one("#again").focus()
        else:
            self._take()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer."""
        if event.button.id == "yes":
            self._take()
        else:
            self.dismiss(None)

    def _take(self) -> None:
        new, again = (self.query_one(f"#{which}", Input).value for which in ("new", "again"))
        refusal = None if self.asked and not new else check_passphrase(new)
        if new != again:
            refusal = UNLIKE
        if refusal is None:
            self.dismiss(new)
        else:
            self.query_one("#fault", Static).update(Content(refusal.message))
