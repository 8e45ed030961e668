"""Shows what one roll won as a large card, with the roll's figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from inventui.rules.core.enums import Rarity
from inventui.widgets.canvas.sprite import SpriteView, sprite_size
from inventui.widgets.theme import DIM, RARITY, money, one_in, percent, rarity_word, signed

if TYPE_CHECKING:
    from fractions import Fraction

    from textual.app import ComposeResult

    from inventui.engine.cases.models import Roll
    from inventui.widgets.items.card import Face


SPRITE_CELLS = 12
WORDS_CELLS = 41
"""Columns of the card besides the sprite: words, padding and border."""


def profit_words(won: int, paid: int) -> Content:
    """What is left of a win after its price: `+550 profit`, `−110 loss`."""
    if won == paid:
        return Content("±0 exactly what it cost")
    return signed(won - paid) + (" profit" if won > paid else " loss")


class WinCard(Horizontal):
    """Sprite at the left; name, value, profit or loss, and the roll at the right."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    WinCard {
        height: auto; max-width: 100%; padding: 1 2; background: $surface;
        border: round $rarity-common; border-title-align: center;
        &.-uncommon { border: round $rarity-uncommon; }
        &.-rare { border: round $rarity-rare; }
        &.-epic { border: round $rarity-epic; }
        &.-legendary { border: outer $rarity-legendary; }
        #about-win { width: 1fr; height: 100%; margin-left: 3; content-align: left middle; }
    }
    """

    def compose(self) -> ComposeResult:
        """The sprite and the words."""
        yield SpriteView(scale=2)
        yield Static(id="about-win")

    def show(
        self, face: Face, roll: Roll, paid: int, chance: tuple[int, Fraction] | None, *,
        note: str = "", scale: int = 2, what: str = "the case",
    ) -> None:  # fmt: skip
        """Show a win.

        Args:
            face: what it looks like.
            roll: how it came about.
            paid: the price of the case, or of what was fused.
            chance: parts of 1,000,000 and the same as a fraction, if known.
            note: one more line, e.g. that it is locked.
            scale: cells to a pixel's width.
            what: what was paid for.
        """
        for rarity in Rarity:
            self.set_class(rarity is face.rarity, f"-{rarity}")
        sprite = self.query_one(SpriteView)
        sprite.show(face.sprite, face.emoji, scale=scale)
        columns, rows = sprite_size(face.sprite, scale)
        sprite.styles.width = max(SPRITE_CELLS * scale, columns)
        sprite.styles.height = max(SPRITE_CELLS * scale // 2, rows)
        self.styles.width = max(SPRITE_CELLS * scale, columns) + WORDS_CELLS
        odds = Content("")
        if chance is not None:
            decimals = 4 if chance[0] < 100 else 2
            odds = Content(f"chance {percent(chance[0], decimals)}, {one_in(chance[1])}")
        lines = [
            Content.styled(face.name, f"bold {RARITY[face.rarity].style}"),
            rarity_word(face.rarity),
            Content(""),
            Content.assemble((money(face.value).plain, "bold")),
            profit_words(face.value, paid),
            Content.styled(f"{what} cost {money(paid).plain}", DIM),
            Content(""),
            Content.styled(f"roll {roll.nonce:,} · ticket {roll.ticket:,}", DIM),
            odds.stylize(DIM),
        ]
        if note:
            lines += [Content(""), Content.styled(note, "$primary bold")]
        self.query_one("#about-win", Static).update(Content("\n").join(lines))
