"""What was bought and is worth a celebration: the player with it on, under the sparks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from inventui.rules.core.categories import GEAR, Category
from inventui.rules.core.enums import Rarity
from inventui.widgets.canvas.celebration import CONFETTI, Celebration
from inventui.widgets.frame.key_bar import KeyBar
from inventui.widgets.player.card_facts import own_facts
from inventui.widgets.player.try_on import Model, TryOn, dressed
from inventui.widgets.session import Session, session_of
from inventui.widgets.theme import rarity_word

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.shop.models import Purchase
    from inventui.widgets.player.try_on import Subject

SPARKS = {Rarity.LEGENDARY: 110}
FEW_SPARKS = 60
"""Sparks for what is not legendary."""


class BoughtScreen(ModalScreen[None]):
    """Stays until a key is pressed.

    Args:
        purchase: what was bought.
        subject: what is shown of it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,space", "close", "Go on"),
        Binding("d", "drawer", "See it in your drawer"),
    ]
    CSS_PATH = "bought.tcss"

    def __init__(self, purchase: Purchase, subject: Subject) -> None:
        self.purchase, self.subject = purchase, subject
        super().__init__()

    @property
    def session(self) -> Session:
        """World, player and settings."""
        return session_of(self)

    def compose(self) -> ComposeResult:
        """Sparks, and on them the player and a few words."""
        with Container(id="stage"):
            yield Celebration(id="sky")
            with Vertical(id="window"):
                yield TryOn(id="picture")
                yield Static(self._words(), id="words")
        yield KeyBar()

    def _words(self) -> Content:
        from inventui.screens.shop.text import bought_words

        purchase = self.purchase
        parts = [Content.styled(bought_words(purchase), "bold")]
        if purchase.category is Category.BUNDLE:
            parts.append(Content(" · ".join(purchase.names)))
        parts.append(rarity_word(purchase.rarity))
        return Content("\n").join(parts)

    def on_mount(self) -> None:
        """Try it on, light the sparks."""
        self.show_state()
        self.call_after_refresh(self._light)

    def show_state(self) -> None:
        """Draw the player, whose purse is known anew only once this is open."""
        session = self.session
        facts = own_facts(session)
        if facts is not None:
            model = Model(facts, session.outlook)
            self.query_one(TryOn).try_on(self.subject, model)

    def _light(self) -> None:
        purchase = self.purchase
        worn = dressed(self.session.outlook, self.subject)[Category.CELEBRATION]
        self.query_one(Celebration).light(
            f"bought:{purchase.operation}", SPARKS.get(purchase.rarity, FEW_SPARKS),
            motion=self.session.motion, style=CONFETTI if worn.word == "none" else worn,
        )  # fmt: skip

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Gear is not seen in a drawer."""
        if action == "drawer":
            return self.purchase.category not in GEAR
        return super().check_action(action, parameters)

    def on_click(self) -> None:
        """A click goes on."""
        self.dismiss()

    def action_close(self) -> None:
        """Go on shopping."""
        self.dismiss()

    async def action_drawer(self) -> None:
        """See it where everyone sees it."""
        self.dismiss()
        self.app.call_later(self.app.run_action, "room('drawer')")
