"""Passphrases: asked before somebody is played, and set, changed or cleared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Input, Static

from inventui.rules.core.clock import SECOND
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.people.passphrases import LONGEST, check_passphrase
from inventui.rules.shop import countdown
from inventui.widgets.frame.dialogs import FormDialog
from inventui.widgets.frame.field import Field

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.world import PlayerHandle, World

UNLIKE = Refusal(Reason.INVALID_PASSPHRASE, "The two are not the same.")


def hidden(placeholder: str, id: str) -> Input:
    """An input whose text is not seen."""
    return Field(placeholder=placeholder, password=True, id=id, max_length=LONGEST * 2)


class PassphraseDialog(FormDialog["PlayerHandle"]):
    """Answers with the handle of the player, once the right passphrase was said.

    Args:
        world: the world.
        name: who is to be played.
        refusal: what was wrong with what has been said already, if anything was.
    """

    no, yes = "Somebody else", "Play"

    def __init__(self, world: World, name: str, refusal: Refusal | None = None) -> None:
        self.world, self.who, self.refusal = world, name, refusal
        self._until = 0
        super().__init__("Who is there?")

    def compose_form(self) -> ComposeResult:
        """The question and the answer."""
        yield Static(Content(f"{self.who} asks for a passphrase."), classes="text")
        yield hidden("passphrase", "said-phrase")

    def on_mount(self) -> None:
        """A wait counts down."""
        self.set_interval(1, self.tick)
        if self.refusal is not None:
            self.refused(self.refusal)

    def tick(self) -> None:
        """A second has passed."""
        if not self._until:
            return
        left = self._until - self.world.clock.uptime()
        if left > 0:
            words = f"Too many wrong ones. Try again in {countdown(left)}."
            self.query_one("#fault", Static).update(Content(words))
            return
        self._until = 0
        self.can_take(True)
        self.say(None)

    def take(self) -> None:
        """Answer with the player, if the passphrase is right."""
        said, world, name = self.query_one(Input).value, self.world, self.who

        def play() -> PlayerHandle | Refusal:
            return world.player(name, said)

        if said and not self.query_one("#yes").disabled:
            self.send(play)

    def refused(self, refusal: Refusal) -> None:
        """Say what was wrong, and from when it may be tried again."""
        self.query_one(Input).value = ""
        wait = refusal.figures.get("wait_seconds", 0)
        if refusal.reason is Reason.TOO_SOON and isinstance(wait, int):
            self._until = self.world.clock.uptime() + wait * SECOND
            self.can_take(False)
            self.tick()
            return
        super().refused(refusal)


class NewPassphraseDialog(FormDialog[str]):
    """Answers with what is asked from now on; an empty text asks for nothing any more.

    Args:
        name: whose it is.
        asked: whether one is asked now.
        clearable: whether it may be taken away.
    """

    yes = "Set it"

    def __init__(self, name: str, *, asked: bool, clearable: bool = True) -> None:
        self.who, self.clearable = name, asked and clearable
        super().__init__("Change the passphrase" if asked else "Set a passphrase")

    def compose_form(self) -> ComposeResult:
        """What it is for, and twice the same."""
        text = f"It is asked whenever somebody wants to play {self.who}, here or by a command."
        if self.clearable:
            text += " Leave both empty to be asked no more."
        yield Static(Content(text), classes="text")
        yield hidden("new passphrase", "new")
        yield hidden("the same again", "again")

    def submitted(self, entry: Input) -> None:
        """Enter goes on to the second, then is the button."""
        if entry.id == "new":
            self.query_one("#again").focus()
        else:
            self.take()

    def take(self) -> None:
        """Answer with the new one, if it is twice the same."""
        new, again = (self.query_one(f"#{which}", Input).value for which in ("new", "again"))
        refusal = None if self.clearable and not new else check_passphrase(new)
        if new != again:
            refusal = UNLIKE
        if refusal is None:
            self.dismiss(new)
        else:
            self.say(refusal)
