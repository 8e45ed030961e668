"""Outlook: what a player wears, turned into style. Screens read it and know no item."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from textual.content import Content

from inventui.rules.enums import COSMETICS, Category
from inventui.rules.style import TITLE_LENGTH, Style, parse
from inventui.rules.text import clean
from inventui.widgets.lettering import lettered, moves, titled
from inventui.widgets.paint import Runs, ink_on, legible, mix, run, runs_content

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.css.types import EdgeType

NOTHING = Style("none")
"""What an empty slot looks like."""

ORANGE_INK = "#ff9f1c"
MIDNIGHT = "#14100d"

_ORANGE, _BLACK = Style("colour", (ORANGE_INK,)), Style("colour", (MIDNIGHT,))
_DEFAULT, _NORMAL = Style("default"), Style("normal")
_RIGHT, _GRID, _HIDDEN = Style("right"), Style("grid"), Style("hidden")

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


@dataclass(frozen=True, slots=True)
class Outlook:
    """How a player's page looks: a style for each cosmetic category.

    The fields are named as the categories are; what a slot without a default has when
    nothing is in it is `NOTHING`, for a title and a badge the empty text.
    """

    frame: Style = NOTHING
    background: Style = NOTHING
    name_effect: Style = NOTHING
    celebration: Style = NOTHING
    bigpulp_hat: Style = NOTHING
    bigpulp_mood: Style = NOTHING
    bigpulp_accessory: Style = NOTHING
    bigpulp_position: Style = _RIGHT
    font_color: Style = _ORANGE
    font_style: Style = _NORMAL
    font_family: Style = _DEFAULT
    avatar_glow: Style = NOTHING
    avatar_size: Style = _NORMAL
    page_background: Style = _BLACK
    dialogue_style: Style = _DEFAULT
    collection_layout: Style = _GRID
    card_style: Style = _DEFAULT
    entrance_animation: Style = NOTHING
    stats_style: Style = _DEFAULT
    tabs_style: Style = _DEFAULT
    visitor_counter: Style = _HIDDEN
    title: str = ""
    emoji_badge: str = ""

    # Colours

    @property
    def page(self) -> str:
        """The colour of the page."""
        return self.page_background.colour(MIDNIGHT)

    @property
    def ground(self) -> str:
        """The colour of the card, which a background covers with its own."""
        return self.background.colour(mix(self.page, ink_on(self.page), 0.05))

    @property
    def ink(self) -> str:
        """The player's own colour, fit to be read on the card."""
        return legible(self.font_color.colour(ORANGE_INK), self.ground)

    @property
    def plain(self) -> str:
        """Letters that belong to nobody, on the card."""
        return ink_on(self.ground)

    @property
    def faint(self) -> str:
        """The same for what matters less."""
        return legible(mix(self.plain, self.ground, 0.4), self.ground)

    @property
    def border(self) -> tuple[EdgeType, str]:
        """The frame as a border of Textual, e.g. `widget.styles.border = outlook.border`."""
        colour = self.frame.colour(mix(self.ground, self.plain, 0.35))
        return BORDERS.get(self.frame.word, "blank"), colour

    # Letters

    @property
    def moving(self) -> bool:
        """Whether the name looks different from one moment to the next."""
        return moves(self.name_effect)

    def name_runs(self, text: str, cells: int, phase: float = 0.0, back: str = "") -> Runs:
        """A name in the player's own letters, in at most so many cells."""
        return lettered(
            text,
            cells,
            family=self.font_family.word,
            manner=self.font_style.word,
            ink=legible(self.font_color.colour(ORANGE_INK), back or self.ground),
            effect=self.name_effect,
            ground=back or self.ground,
            phase=phase,
        )

    def name(self, text: str, cells: int = 64, phase: float = 0.0) -> Content:
        """The same as content.

        Args:
            text: the name; it is never read as markup.
            cells: cells of the terminal at most.
            phase: where a moving effect stands, 0.0 to 1.0; leave it at 0.0 without motion.
        """
        return runs_content(self.name_runs(text, cells, phase))

    def title_runs(self, cells: int) -> Runs:
        """The title between its marks; nothing where none is worn."""
        return titled(
            self.title, cells, family=self.font_family.word, ink=self.plain, ground=self.ground
        )

    def title_content(self, cells: int = 64) -> Content:
        """The same as content."""
        return runs_content(self.title_runs(cells))

    def badge_runs(self) -> Runs:
        """The badge; nothing where none is worn."""
        return (run(self.emoji_badge, self.plain),) if self.emoji_badge else ()


DEFAULT = Outlook()
"""How everyone looks from the start."""

_EMPTY: Any = {Category.TITLE: "", Category.EMOJI_BADGE: ""}


def outlook(worn: Mapping[Category, str]) -> Outlook:
    """How a player looks who wears these style values.

    What is missing, or can't be read (a foreign pack's), looks as if nothing were worn.
    """
    return _outlook(tuple((category, worn[category]) for category in worn))


def trying(base: Outlook, category: Category, value: str) -> Outlook:
    """The same player with one more thing on, for a preview."""
    if category not in COSMETICS:
        return base
    return replace(base, **{category.value: _read(category, value)})


@lru_cache(maxsize=256)
def _outlook(worn: tuple[tuple[Category, str], ...]) -> Outlook:
    read = {
        category.value: _read(category, value) for category, value in worn if category in COSMETICS
    }
    return replace(DEFAULT, **read)


def _read(category: Category, value: str) -> Any:
    if category is Category.TITLE:
        return clean(value, TITLE_LENGTH)
    if category is Category.EMOJI_BADGE:
        # A badge that lost a part of itself is none.
        return value if clean(value, 2) == value and cell_len(value) <= 2 else ""
    try:
        return parse(category, value)
    except ValueError:
        return getattr(DEFAULT, category.value)
