"""A gift with the whole of its message, which a list has no room for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from inventui.widgets.frame.dialogs import Dialog
from inventui.widgets.items.people_text import gift_what
from inventui.widgets.theme import DIM, exact

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.people.models import GiftLine


class GiftLetterDialog(Dialog[None]):
    """Shows one gift."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "close", "Close", show=False),
    ]

    DEFAULT_CSS = """
    GiftLetterDialog #window { padding: 1 2; }
    """

    def __init__(self, gift: GiftLine) -> None:
        self.gift = gift
        super().__init__(f"A gift {'for' if gift.sent else 'from'} {gift.other}")

    def compose_dialog(self) -> ComposeResult:
        """What, when, and the words that went with it."""
        gift = self.gift
        words = Content.styled("It came without a message.", DIM)
        if gift.message:
            words = Content.styled(f"“{gift.message}”", "italic")
        when = Content.styled(exact(gift.at), DIM)
        with VerticalScroll(id="said", can_focus=False):
            yield Static(
                Content("\n").join([gift_what(gift), when, Content(""), words]), classes="text"
            )
