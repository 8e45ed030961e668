"""What was bought and is worth a celebration: the player with it on, under the sparks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from inventui.rules.core.categories import GEAR, Category
from inventui.rules.core.enums import Rarity
from inventui.widgets.frame.celebration_screen import CelebrationScreen
from inventui.widgets.player.card_facts import own_facts
from inventui.widgets.player.try_on import Model, TryOn, dressed
from inventui.widgets.theme import rarity_word

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.shop.models import Purchase
    from inventui.widgets.player.try_on import Subject

SPARKS = {Rarity.LEGENDARY: 110}
FEW_SPARKS = 60
"""Sparks for what is not legendary."""


class BoughtScreen(CelebrationScreen[None]):
    """Shows the player with it on.

    Args:
        purchase: what was bought.
        subject: what is shown of it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("d", "drawer", "See it in your drawer")]
    CSS_PATH = "bought.tcss"

    def __init__(self, purchase: Purchase, subject: Subject) -> None:
        self.purchase, self.subject = purchase, subject
        super().__init__()

    def compose_window(self) -> ComposeResult:
        """The player and a few words."""
        yield TryOn(id="picture")
        yield Static(self._words(), id="words")

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
            model = Model(facts, session.appearance)
            self.query_one(TryOn).try_on(self.subject, model)

    def _light(self) -> None:
        count = SPARKS.get(self.purchase.rarity, FEW_SPARKS)
        look = dressed(self.session.appearance, self.subject)
        self.light(f"bought:{self.purchase.operation}", count, look)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Gear is not seen in a drawer."""
        if action == "drawer":
            return self.purchase.category not in GEAR
        return super().check_action(action, parameters)

    async def action_drawer(self) -> None:
        """See it where everyone sees it."""
        self.dismiss()
        self.app.call_later(self.app.run_action, "room('drawer')")
