"""Shows what one roll won as a large card, with the roll's figures."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from inventui.rules.cases.fairness import TICKETS
from inventui.rules.core.enums import Rarity
from inventui.rules.core.sprite import stand_in
from inventui.widgets.canvas.sprite import SpriteView, sprite_size
from inventui.widgets.theme import DIM, RARITY, money, one_in, percent, rarity_word, signed

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.cases.models import Opening, Roll
    from inventui.engine.core.models import CaseDetail

SPRITE_CELLS = 12
WORDS_CELLS = 41
"""Columns of the card besides the sprite: words, padding and border."""


GAVE_NOTHING = "no item this time"
NO_PICTURE = ("", " ")
"""Sprite and emoji of what gives nothing."""


def profit_words(won: int, paid: int) -> Content:
    """What is left of a win after its price: `+550 profit`, `−110 loss`."""
    if won == paid:
        return Content("±0 exactly what it cost")
    return signed(won - paid) + (" profit" if won > paid else " loss")


def gave(roll: Roll) -> bool:
    """Whether a roll gave an item."""
    return roll.item_id is not None


def picture_of(case: CaseDetail, roll: Roll) -> tuple[str, str]:
    """Sprite and emoji of what a roll won, also when the case has changed since."""
    index: int | None = roll.entry_index
    if roll.odds_hash != case.odds.hash:
        names = [entry.name for entry in case.odds.entries]
        index = names.index(roll.entry) if roll.entry in names else None
    return ("", "") if index is None else picture_of_entry(case, index)


def picture_of_entry(case: CaseDetail, index: int) -> tuple[str, str]:
    """Sprite and emoji of an entry."""
    if not case.odds.entries[index].item:
        return NO_PICTURE
    return case.sprites[index], case.emoji[index]


class WinCard(Horizontal):
    """Sprite at the left; name, value, profit or loss, and the roll at the right."""

    ALLOW_SELECT = False

    cells = 0
    """How wide it is where there is room for it."""

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
        self, roll: Roll, case: CaseDetail, paid: int, *,
        note: str = "", scale: int = 2, what: str = "the case",
    ) -> None:  # fmt: skip
        """Show a win.

        Args:
            roll: what was won, and how it came about.
            case: the case that it came from.
            paid: the price of the case, or of what was fused.
            note: one more line, e.g. that it is locked.
            scale: cells to a pixel's width.
            what: what was paid for.
        """
        for rarity in Rarity:
            self.set_class(rarity is roll.rarity, f"-{rarity}")
        sprite = self.query_one(SpriteView)
        picture, emoji = picture_of(case, roll) if gave(roll) else NO_PICTURE
        if not picture and not emoji:
            # Of what the case has no more; its own pictures are stood in for already.
            picture = stand_in(roll.rarity)
        sprite.show(picture, emoji, scale=scale)
        columns, rows = sprite_size(picture, scale)
        sprite.styles.width = max(SPRITE_CELLS * scale, columns)
        sprite.styles.height = max(SPRITE_CELLS * scale // 2, rows)
        self.cells = max(SPRITE_CELLS * scale, columns) + WORDS_CELLS
        self.styles.width = self.cells
        odds = Content("")
        if roll.odds_hash == case.odds.hash:
            parts = case.odds.parts_at(roll.since)[roll.entry_index]
            chance = percent(parts, 4 if parts < 100 else 2)
            odds = Content(f"chance {chance}, {one_in(Fraction(parts, TICKETS))}")
        name = f"bold {RARITY[roll.rarity].style}" if gave(roll) else "bold"
        lines = [
            Content.styled(roll.entry, name),
            rarity_word(roll.rarity) if gave(roll) else Content.styled(GAVE_NOTHING, DIM),
            Content(""),
            Content.assemble((money(roll.value).plain, "bold")) if gave(roll) else Content(""),
            profit_words(roll.value, paid),
            Content.styled(f"{what} cost {money(paid).plain}", DIM),
            Content(""),
            Content.styled(f"roll {roll.nonce:,} · ticket {roll.ticket:,}", DIM),
            odds.stylize(DIM),
        ]
        if note:
            lines += [Content(""), Content.styled(note, "$primary bold")]
        self.query_one("#about-win", Static).update(Content("\n").join(lines))


def rank_words(opening: Opening) -> Content:
    """Which rank it brought, if any."""
    if opening.rank_up is None:
        return Content("")
    return Content.styled(f"▲ rank up: {opening.rank_up}", "$primary bold")
