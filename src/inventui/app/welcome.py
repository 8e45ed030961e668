"""The first screen of all: what this is, and who plays."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Key
from textual.widgets import Button, Input, Static

from inventui.rules.core.text import NAME_LENGTH, TYPED_NAME_LENGTH
from inventui.rules.people.players import check_name, normal_name
from inventui.widgets.bigpulp.picture import BigPulp
from inventui.widgets.frame.dialogs import Dialog
from inventui.widgets.frame.field import Field
from inventui.widgets.lists.menu import Menu, MenuItem

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.app.starting import Starting
    from inventui.engine.core.models import PlayerCard
    from inventui.rules.core.refusal import Refusal

SENTENCE = (
    "A night market in your terminal: open cases whose odds you can read, keep or sell "
    "what you win, and check afterwards that every roll was fair. All of it lies in one "
    "file on this machine."
)


class WelcomeScreen(Dialog[str]):
    """Answers with the name of a player who exists by then.

    Args:
        players: who may be chosen; none at the very first start.
        note: why one is asked, if it is not plain.
        name: what stands in the input at first.
        leave: whether escape may close it without a choice.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "app.quit", "Quit", priority=True),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    # It hides the room from its first moment; a file of styles is read only later.
    DEFAULT_CSS = "WelcomeScreen { background: $background; }"
    CSS_PATH = "welcome.tcss"

    def __init__(
        self,
        players: tuple[PlayerCard, ...] = (),
        note: str = "",
        *,
        name: str = "",
        leave: bool = False,
    ) -> None:
        self.players, self.note, self.leave = players, note, leave
        self.wanted = name
        self._key = uuid4().hex
        self._asked = False
        """Whether enter was pressed before there was a world."""
        super().__init__("inventui")

    def compose_dialog(self) -> ComposeResult:
        """Sentence, players, a line for a new name."""
        if not self.players:
            yield BigPulp(SENTENCE)
        if self.note:
            yield Static(Content(self.note), id="note")
        if self.players:
            yield Static(Content("Who plays?"), classes="label")
            yield Menu(
                *(
                    MenuItem(card.name, card.name, f"{card.standing.rank} · 🍊 {card.oranges:,}")
                    for card in self.players
                ),
                id="players",
            )
        yield Static(
            Content("Or someone new:" if self.players else "What should we call you?"),
            classes="label",
        )
        with Horizontal(id="entry"):
            yield Field(
                self.wanted, placeholder="your name", max_length=TYPED_NAME_LENGTH,
                allowed=NAME_LENGTH, id="name",
            )  # fmt: skip
            yield Button(Content("Start"), id="start", variant="primary")
        yield Static(Content(""), id="fault")

    def on_mount(self) -> None:
        """Choosing comes before typing, if there is a choice and no name was asked for."""
        self.query_one("#players" if self.players and not self.wanted else "#name").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:  # noqa: ARG002
        """Escape leads back only where there is something behind."""
        return self.leave if action == "close" else True

    def on_key(self, event: Key) -> None:
        """A letter begins a name wherever the focus is; arrows move in the list."""
        field = self.query_one(Field)
        if event.character and event.is_printable and not event.character.isspace():
            event.stop()
            # What stands there would be replaced by the next letter.
            field.select_on_focus = False
            field.focus()
            field.insert_text_at_cursor(event.character)

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Go on as someone who exists."""
        self.dismiss(event.row.id)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what is wrong as soon as it is."""
        name = normal_name(event.value)
        self._say(check_name(name) if name else None)

    def on_input_submitted(self) -> None:
        """Enter is the button."""
        self._start()

    def on_button_pressed(self) -> None:
        """Make the player."""
        self._start()

    def tell(self, said: Starting) -> None:
        """The world is still being made; what is typed meanwhile is kept."""
        if self.is_mounted:
            self.query_one("#window").border_subtitle = said.bar()

    def world_ready(self) -> None:
        """There is a world: go on where enter was pressed already."""
        self.query_one("#window").border_subtitle = ""
        if self._asked:
            self._start()

    def _say(self, refusal: Refusal | None) -> None:
        self.query_one("#fault", Static).update(Content(refusal.message if refusal else ""))

    def _start(self) -> None:
        name = normal_name(self.query_one(Input).value)
        refusal = check_name(name)
        self._say(refusal)
        world = self.session.world
        if refusal is not None:
            return
        if world is None:
            self._asked = True
            return

        def made(card: PlayerCard) -> None:
            self.dismiss(card.name)

        self.act(
            lambda: world.players.add(name, key=f"{self._key}-{name}"), made, refused=self._say
        )
