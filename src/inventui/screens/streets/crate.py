"""A crate: what dropped into escrow, to be claimed now or later."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from inventui.engine.inventory.models import ItemDetail
from inventui.rules.core.enums import Rarity
from inventui.rules.core.sprite import drawn
from inventui.screens.streets.text import wait_words
from inventui.widgets.canvas.sprite import SpriteView
from inventui.widgets.frame.celebration_screen import CelebrationScreen
from inventui.widgets.items.item_text import category_words
from inventui.widgets.theme import RARITY, rarity_word

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.streets.models import Crate
    from inventui.rules.core.refusal import Refusal

SPARKS = {Rarity.RARE: 40, Rarity.EPIC: 70, Rarity.LEGENDARY: 110}
"""Sparks by rarity; what is less rare has none."""

SHUT_SECONDS = 0.9
SHUT = """
╭──────────────╮
│╱╲╱╲╱╲╱╲╱╲╱╲╱╲│
├──────┬┬──────┤
│      ││      │
│      ╰╯      │
╰──────────────╯
""".strip()


class CrateScreen(CelebrationScreen[bool]):
    """The crate opens by itself, or by any key; then c claims, enter leaves it in escrow."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "claim", "Claim"),
        Binding("enter,escape,space", "close", "Leave it there"),
    ]
    CSS_PATH = "crate.tcss"

    def __init__(self, crate: Crate) -> None:
        self.crate = crate
        self.is_open = False
        self._detail: ItemDetail | None = None
        super().__init__()

    def compose_window(self) -> ComposeResult:
        """The crate."""
        yield SpriteView(id="sprite", scale=2)
        yield Static(Content.styled(SHUT, "$primary"), id="words")

    def on_mount(self) -> None:
        """Ask for its picture; open soon."""
        player, number = self.session.player, self.crate.item_id
        self.query_one("#window").border_title = "A crate!"
        self.query_one(SpriteView).display = False
        if player is not None:
            self.ask(lambda: player.inventory.detail(number), self._seen)
        if self.session.motion:
            self.set_timer(SHUT_SECONDS, self.open)
        else:
            self.call_after_refresh(self.open)

    def _seen(self, detail: ItemDetail | Refusal) -> None:
        if isinstance(detail, ItemDetail):
            self._detail = detail
            self._draw()

    def open(self) -> None:
        """Show what is inside."""
        if self.is_open:
            return
        self.is_open = True
        self._draw()
        sparks = SPARKS.get(self.crate.rarity)
        if sparks:
            self.light(f"crate:{self.crate.item_id}", sparks)

    def _draw(self) -> None:
        if not self.is_open:
            return
        crate = self.crate
        if self._detail is not None:
            sprite = self.query_one(SpriteView)
            scale = 2 if self.size.height >= 28 else 1
            line = self._detail.line
            sprite.show(drawn(line.sprite, line.emoji, line.rarity), line.emoji, scale=scale)
            sprite.display = True
        held = wait_words(crate.held_until - self.session.now())
        self.query_one("#words", Static).update(
            Content("\n").join(
                [
                    Content.styled(crate.name, f"bold {RARITY[crate.rarity].style}"),
                    rarity_word(crate.rarity) + f" · {category_words(crate.category)}",
                    Content(""),
                    Content(f"In escrow for {held}."),
                    Content.assemble(
                        ("c", "bold $primary"), " claims it now, ",
                        ("enter", "bold $primary"), " leaves it there.",
                    ),
                ]
            )
        )  # fmt: skip

    def action_claim(self) -> None:
        """Go on, and claim it."""
        if self.is_open:
            self.dismiss(True)
        else:
            self.open()

    def action_close(self) -> None:
        """Open it, or leave it in escrow."""
        if self.is_open:
            self.dismiss(False)
        else:
            self.open()
