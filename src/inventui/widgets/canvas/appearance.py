"""How a player looks: a style for each cosmetic category, made from what is worn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len

from inventui.rules.core.categories import COSMETICS, Category
from inventui.rules.core.style import TITLE_LENGTH, Style, parse
from inventui.rules.core.text import clean
from inventui.widgets.canvas.lettering import lettered, moves, titled
from inventui.widgets.colour import Runs, ink_on, legible, mix, run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.css.types import EdgeType

ORANGE_INK = "#ff9f1c"
MIDNIGHT = "#14100d"

BORDERS: Mapping[str, EdgeType] = {
    "rounded": "round",
    "heavy": "heavy",
    "double": "double",
    "dashed": "dashed",
    "ascii": "ascii",
    "thick": "thick",
    "tall": "tall",
    "wide": "wide",
    "hkey": "hkey",
}
"""What Textual calls the border of each frame."""


_PLACES: Mapping[Category, int] = {
    category: place for place, category in enumerate(c for c in Category if c in COSMETICS)
}


@dataclass(frozen=True, slots=True)
class Appearance:
    """How a player's page looks: a style for each cosmetic category, `look[Category.FRAME]`.

    What a slot has when nothing is in it stands in the category's row. A title and a badge
    are the word of their style, the empty text where there is none.
    """

    styles: tuple[Style, ...] = tuple(
        Style(word, tuple(colours))
        for word, *colours in (category.look.split() or [""] for category in _PLACES)
    )

    def __getitem__(self, category: Category) -> Style:
        """What is in the slot of a cosmetic category."""
        return self.styles[_PLACES[category]]

    def wearing(self, styles: Mapping[Category, Style]) -> Appearance:
        """The same player with other player items on."""
        return Appearance(
            tuple(styles.get(category, self.styles[place]) for category, place in _PLACES.items())
        )

    # Colours

    @property
    def page(self) -> str:
        """The colour of the page."""
        return self[Category.PAGE_BACKGROUND].colour(MIDNIGHT)

    @property
    def ground(self) -> str:
        """The colour of the card, which a background covers with its own."""
        return self[Category.BACKGROUND].colour(mix(self.page, ink_on(self.page), 0.05))

    @property
    def ink(self) -> str:
        """The player's own colour, fit to be read on the card."""
        return legible(self[Category.FONT_COLOR].colour(ORANGE_INK), self.ground)

    @property
    def plain(self) -> str:
        """The colour of plain letters on the card."""
        return ink_on(self.ground)

    @property
    def faint(self) -> str:
        """The colour of less important letters on the card."""
        return legible(mix(self.plain, self.ground, 0.4), self.ground)

    @property
    def border(self) -> tuple[EdgeType, str]:
        """The frame as a border of Textual, e.g. `widget.styles.border = look.border`."""
        colour = self[Category.FRAME].colour(mix(self.ground, self.plain, 0.35))
        return BORDERS.get(self[Category.FRAME].word, "blank"), colour

    # Letters

    @property
    def moving(self) -> bool:
        """Whether the name looks different from one moment to the next."""
        return moves(self[Category.NAME_EFFECT])

    def name_runs(self, text: str, cells: int, phase: float = 0.0, back: str = "") -> Runs:
        """A name in the player's own letters.

        Args:
            text: the name; it is never read as markup.
            cells: cells of the terminal at most.
            phase: where a moving effect stands, 0.0 to 1.0; 0.0 without motion.
            back: the colour behind, if it is not that of the card.
        """
        return lettered(
            text,
            cells,
            family=self[Category.FONT_FAMILY].word,
            manner=self[Category.FONT_STYLE].word,
            ink=legible(self[Category.FONT_COLOR].colour(ORANGE_INK), back or self.ground),
            effect=self[Category.NAME_EFFECT],
            ground=back or self.ground,
            phase=phase,
        )

    def title_lines(self, cells: int, most: int = 1) -> list[Runs]:
        """The title between its marks, in at most so many lines; none where none is worn."""
        return titled(
            self[Category.TITLE].word,
            cells,
            family=self[Category.FONT_FAMILY].word,
            ink=self.plain,
            ground=self.ground,
            most=most,
        )

    def title_runs(self, cells: int) -> Runs:
        """The title in one line; nothing where none is worn."""
        return next(iter(self.title_lines(cells)), ())

    def badge_runs(self) -> Runs:
        """The badge; nothing where none is worn."""
        return (
            (run(self[Category.EMOJI_BADGE].word, self.plain),)
            if self[Category.EMOJI_BADGE].word
            else ()
        )


DEFAULT = Appearance()
"""How everyone looks from the start."""


def appearance(worn: Mapping[Category, str]) -> Appearance:
    """How a player looks who wears these style values.

    What is missing, or can't be read (a foreign pack's), looks as if nothing were worn.
    """
    return _appearance(tuple((category, worn[category]) for category in worn))


def trying(base: Appearance, category: Category, value: str) -> Appearance:
    """The same player with one more player item on, for a preview."""
    if category not in COSMETICS:
        return base
    return base.wearing({category: _read(category, value)})


@lru_cache(maxsize=256)
def _appearance(worn: tuple[tuple[Category, str], ...]) -> Appearance:
    return DEFAULT.wearing(
        {category: _read(category, value) for category, value in worn if category in COSMETICS}
    )


def _read(category: Category, value: str) -> Style:
    if category is Category.TITLE:
        return Style(clean(value, TITLE_LENGTH))
    if category is Category.EMOJI_BADGE:
        # A badge that lost a part of itself is none.
        return Style(value if clean(value, 2) == value and cell_len(value) <= 2 else "")
    try:
        return parse(category, value)
    except ValueError:
        return DEFAULT[category]
