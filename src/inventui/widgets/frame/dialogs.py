"""Windows over a room: the base, details, a yes or no, forms, a line of text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from inventui.widgets.frame.field import LONGEST, Field
from inventui.widgets.frame.key_bar import KeyBar
from inventui.widgets.frame.workers import Working

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.types import CSSPathType

    from inventui.rules.core.refusal import Refusal

Result = TypeVar("Result")


CONTROLS = Path(__file__).with_suffix(".tcss")


class Dialog(Working, ModalScreen[Result]):
    """A window over the room; escape closes it with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close"),
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
    ]

    TAKES_ALL_KEYS: ClassVar[bool] = False
    """Whether its `on_key` takes every key, also those that hold everywhere."""

    CSS_PATH: ClassVar[CSSPathType | None] = CONTROLS

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog #window {
        width: 64; max-width: 96%; height: auto; max-height: 90%;
        border: round $primary; border-title-style: bold; border-title-color: $primary;
        background: $surface; padding: 1 2 0 2;
    }
    Dialog .text { height: auto; }
    Dialog #said { height: auto; max-height: 12; }
    Dialog #buttons { height: auto; width: 1fr; align-horizontal: right; margin-top: 1; }
    Dialog Button { margin-left: 2; }
    Dialog .fault { color: $text-error; height: auto; min-height: 1; }
    Dialog Input { margin-top: 1; }
    """

    def __init_subclass__(cls, **options: bool) -> None:
        own = cls.__dict__.get("CSS_PATH")
        if own is not None:
            cls.CSS_PATH = [CONTROLS, *(own if isinstance(own, list) else [own])]
        super().__init_subclass__(**options)

    def __init__(self, title: str) -> None:
        self.heading = title
        super().__init__()

    def compose(self) -> ComposeResult:
        """The frame, with what the dialog asks inside."""
        with Vertical(id="window") as window:
            window.border_title = Content(self.heading)
            yield from self.compose_dialog()
        yield KeyBar()

    def compose_dialog(self) -> ComposeResult:
        """What stands in the window."""
        yield from ()

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


class DetailsDialog(Dialog[None]):
    """Shows one thing in full; arrows scroll where it is longer than the terminal."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "close", "Close", show=False),
        Binding("j", "app.simulate_key('down')", show=False, id="everywhere.down"),
        Binding("k", "app.simulate_key('up')", show=False, id="everywhere.up"),
    ]

    DEFAULT_CSS = """
    DetailsDialog #all { height: auto; max-height: 100%; }
    DetailsDialog #picture { margin-bottom: 1; }
    DetailsDialog.-tall #picture { height: 14; }
    """

    def compose_dialog(self) -> ComposeResult:
        """What scrolls."""
        with VerticalScroll(id="all"):
            yield from self.compose_details()

    def compose_details(self) -> ComposeResult:
        """All that is shown, a picture first if there is one."""
        yield from ()

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one("#all").focus()


class ConfirmDialog(Dialog[bool]):
    """Asks whether to go ahead; the answer is True only for yes.

    Args:
        title: the question in few words.
        text: what will happen, with its figures.
        yes: the verb on the button.
        danger: whether it can't be undone; then the safe button has the focus.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", "Yes"),
        Binding("n", "close", "No"),
    ]

    def __init__(
        self, title: str, text: str | Content, *, yes: str = "Yes", no: str = "Keep as is",
        danger: bool = False,
    ) -> None:  # fmt: skip
        self.text = text if isinstance(text, Content) else Content(text)
        self.yes, self.no, self.danger = yes, no, danger
        super().__init__(title)

    def compose_dialog(self) -> ComposeResult:
        """The text and two buttons."""
        with VerticalScroll(id="said", can_focus=False):
            yield Static(self.text, classes="text")
        with Horizontal(id="buttons"):
            yield Button(Content(self.no), id="no")
            yield Button(
                Content(self.yes), id="yes", variant="warning" if self.danger else "primary"
            )

    def on_mount(self) -> None:
        """Put the focus where a hasty enter does what is meant."""
        self.query_one("#no" if self.danger else "#yes").focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer."""
        self.dismiss(event.button.id == "yes")

    def action_yes(self) -> None:
        """Answer yes."""
        self.dismiss(True)

    def action_close(self) -> None:
        """Closing is no."""
        self.dismiss(False)


class FormDialog(Dialog[Result]):
    """Asks for something that is typed: inputs, what is wrong with it, two buttons.

    Attributes:
        no: words of the button that closes.
        yes: words of the button that takes what stands there.
        danger: whether that can't be undone.
    """

    no, yes, danger = "Cancel", "Take it", False

    def compose_dialog(self) -> ComposeResult:
        """The inputs, the fault, the buttons."""
        yield from self.compose_form()
        yield Static(id="fault", classes="fault")
        with Horizontal(id="buttons"):
            yield Button(Content(self.no), id="no")
            yield Button(
                Content(self.yes), id="yes", variant="warning" if self.danger else "primary"
            )

    def compose_form(self) -> ComposeResult:
        """What stands above the buttons; at least one input."""
        yield from ()

    def on_mount(self) -> None:
        """Typing comes first."""
        self.query(Input).first().focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter was pressed in an input."""
        self.submitted(event.input)

    def submitted(self, entry: Input) -> None:  # noqa: ARG002
        """Enter is the button."""
        self.take()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer."""
        if event.button.id == "yes":
            self.take()
        else:
            self.dismiss(None)

    def take(self) -> None:
        """Answer with what stands there, or say what is wrong with it."""
        raise NotImplementedError

    def send(self, change: Callable[[], Result | Refusal]) -> None:
        """Change the world and answer with the outcome; `refused` is told why not."""
        if self.act(change, self.dismiss, refused=self.refused):
            self.can_take(False)

    def refused(self, refusal: Refusal) -> None:
        """Stay open, with the reason."""
        self.can_take(True)
        self.say(refusal)

    def say(self, refusal: Refusal | None) -> None:
        """Show what is wrong, or that nothing is."""
        self.query_one("#fault", Static).update(Content(refusal.message if refusal else ""))

    def can_take(self, possible: bool) -> None:
        """Enable the button that takes it, or disable it."""
        self.query_one("#yes").disabled = not possible


class InputDialog(FormDialog[Result]):
    """Asks for a line of text; what is wrong is shown under it and nothing is lost.

    Without an operation the answer is the text; with one, its outcome. One that is
    refused leaves the dialog open, with the reason.

    Args:
        title: what is asked for.
        text: what it is for.
        value: what stands there at first.
        yes: the verb on the button.
        longest: how many characters fit.
        allowed, number: how many are left of them at most, and whether they make a number; see
            `Field`.
        check: gives a refusal for a text that can't be used.
        operation: what is to be done with the text; runs in a thread.
    """

    def __init__(
        self,
        title: str,
        text: str | Content,
        *,
        value: str = "",
        yes: str = "Take it",
        placeholder: str = "",
        longest: int = LONGEST,
        allowed: int | None = None,
        number: bool = False,
        check: Callable[[str], Refusal | None] | None = None,
        operation: Callable[[str], Result | Refusal] | None = None,
    ) -> None:
        self.text = text if isinstance(text, Content) else Content(text)
        self.value, self.yes, self.placeholder, self.longest = value, yes, placeholder, longest
        self.check, self.operation, self.allowed, self.number = check, operation, allowed, number
        super().__init__(title)

    def compose_form(self) -> ComposeResult:
        """The text and the input."""
        yield Static(self.text, classes="text")
        yield Field(
            self.value, placeholder=self.placeholder, max_length=self.longest,
            allowed=self.allowed, number=self.number, id="entry",
        )  # fmt: skip

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what is wrong as soon as it is, but not that nothing is there yet."""
        self._judge(self.check(event.value) if self.check and event.value else None)

    def _judge(self, refusal: Refusal | None) -> None:
        """Show what is wrong; the button stays, for the text may be changed."""
        self.can_take(True)
        self.say(refusal)

    def take(self) -> None:
        """Check the text, then answer with it or with the operation's outcome."""
        value = self.query_one(Input).value
        refusal = self.check(value) if self.check else None
        self._judge(refusal)
        operation = self.operation
        if refusal is not None:
            return
        if operation is None:
            self.dismiss(cast("Result", value))
        else:
            self.send(lambda: operation(value))
