"""BigPulp, the orange who keeps the market: his picture, dressed as the player likes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY
from inventui.rules.core.style import Style
from inventui.widgets.bigpulp.parts import (
    ACCESSORIES,
    BARE_HEADED,
    BODY,
    FIXED,
    HATS,
    LEAF,
    MOODS,
    SECOND,
    Part,
)
from inventui.widgets.canvas.sprite import Pixels, pixel_lines
from inventui.widgets.colour import contrast, luminance, mix, shade

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inventui.engine.core.models import CaseSummary, PlayerCard
    from inventui.widgets.canvas.appearance import Appearance

WIDTH = 18
"""Cells of his picture: the body's and room for brims."""

BARE, HATTED = 7, 10
"""Lines of his picture, without a hat and with one."""

HIDDEN = 7
"""Cells of him that the page's edge hides when he is far left."""

SKIN = FIXED["o"]
LEAST_APART = 1.55
"""Contrast of what he wears on his skin."""

_LEFT, _ABOVE = 2, 6
"""Pixels around the body's corner."""


def figure(look: Appearance) -> Pixels:
    """BigPulp in hat, mood and accessory, feet at the bottom."""
    return _figure(
        look[Category.BIGPULP_HAT],
        look[Category.BIGPULP_MOOD].word,
        look[Category.BIGPULP_ACCESSORY],
    )


@lru_cache(maxsize=128)
def _figure(hat: Style, mood: str, accessory: Style) -> Pixels:
    grid: list[list[str | None]] = [[None] * WIDTH for _ in range(2 * HATTED)]
    _lay(grid, BODY, FIXED)
    if hat.word in BARE_HEADED or hat.word not in HATS:
        _lay(grid, LEAF, FIXED)
    for part in MOODS.get(mood, MOODS["none"]):
        _lay(grid, part, FIXED)
    if accessory.word in ACCESSORIES:
        _lay(grid, ACCESSORIES[accessory.word], _tones(accessory, SKIN))
    if hat.word in HATS:
        _lay(grid, HATS[hat.word], _tones(hat))
    rows = tuple(tuple(row) for row in grid)
    return rows if hat.word in HATS else rows[2 * (HATTED - BARE) :]


def _tones(style: Style, behind: str = "") -> dict[str, str]:
    first = style.colour("#f4ebdb")
    second = style.colours[1] if len(style.colours) > 1 else SECOND.get(style.word, first)
    main = _apart(first, behind) if behind else first
    return {
        **FIXED,
        "a": main,
        "A": shade(main, -0.13),
        "L": shade(first, 0.17),
        "b": second,
        "B": shade(second, -0.13),
    }


def _apart(colour: str, behind: str) -> str:
    """`colour`, lighter or darker until it does not vanish in what is behind."""
    aim = "#ffffff" if luminance(colour) >= luminance(behind) else "#000000"
    for step in range(10):
        moved = mix(colour, aim, step / 10)
        if contrast(moved, behind) >= LEAST_APART:
            return moved
    return aim


def _lay(grid: list[list[str | None]], part: Part, colours: Mapping[str, str]) -> None:
    for down, row in enumerate(part.rows, part.y + _ABOVE):
        for across, letter in enumerate(row, part.x + _LEFT):
            if letter != "." and 0 <= across < WIDTH and 0 <= down < len(grid):
                grid[down][across] = colours[letter]


BARE_FACE: Pixels = tuple(
    row[_LEFT : _LEFT + 14] for row in _figure(Style("none"), "none", Style("none"))
)
"""He himself, without brims beside him."""

# On Home

TIPS = (
    "Every case shows its odds before you pay. I would read them.",
    "What you win is decided before the reel turns. Skip it with any key.",
    "Lock what you love: locked things can't be sold by accident.",
    "In Fairness you can take a client seed of your own. Nobody can guess it.",
    "A proof file can be checked by anyone, even without this game.",
    "Ten at once is no luckier than ten times one. Only quicker.",
    "Press ? anywhere, and I explain the screen.",
)


def speech(card: PlayerCard, player_items: int, cheapest: CaseSummary | None, now: int) -> str:
    """One line about a player's situation."""
    if cheapest is None:
        return "No case is on sale today. Come back later."
    if player_items == 0 and card.experience == 0:
        return (
            f"Fresh in the market? A {cheapest.name} costs {cheapest.price:,} oranges. "
            "Press enter, and let's see what is in it."
        )
    if card.oranges < cheapest.price:
        if player_items:
            return "The purse is thin. Sell a thing or two, and the stalls open again."
        return f"The purse is empty. The cheapest case costs {cheapest.price:,} oranges."
    standing = card.standing
    if standing.ceiling is not None and standing.progress >= 0.9:
        return f"Only {standing.ceiling - standing.experience:,} xp to your next rank!"
    return TIPS[now // DAY % len(TIPS)]


class BigPulp(Widget):
    """BigPulp's face with what he says beside it."""

    DEFAULT_CSS = """
    BigPulp { height: 7; width: 1fr; }
    """

    def __init__(self, words: str = "", *, id: str | None = None) -> None:
        self.words = words
        self.look: Appearance | None = None
        super().__init__(id=id)

    def say(self, words: str) -> None:
        """Say something else."""
        self.words = words
        self.refresh()

    def wear(self, look: Appearance) -> None:
        """Put on what the player has chosen for him; what is too high for the widget is cut."""
        if look != self.look:
            self.look = look
            self.refresh()

    def _face(self, lines: int) -> tuple[Content, ...]:
        pixels = BARE_FACE if self.look is None else figure(self.look)
        # A hat is never cut: he stands behind the counter, as it were.
        face = pixel_lines(pixels)[: max(BARE, lines)]
        far = self.look is not None and self.look[Category.BIGPULP_POSITION].word == "far_left"
        return tuple(line[HIDDEN:] for line in face) if far else face

    def _voiced(self) -> str:
        """The words in the voice that he wears."""
        if self.look is None:
            return self.words
        from inventui.widgets.bigpulp.text import voiced

        return voiced(self.words, self.look[Category.DIALOGUE_STYLE].word)

    def _balloon(self, look: Appearance, room: int, height: int) -> list[Content]:
        """The words in their bubble, a line for each of the face; nothing if that does not fit."""
        from inventui.widgets.bigpulp.speech import bubble
        from inventui.widgets.colour import runs_content

        back = self.background_colors[1].hex6.lower()
        look = look.wearing({Category.PAGE_BACKGROUND: Style("colour", (back,))})
        drawn = bubble(self.words, look, room)
        if not 0 < drawn.height <= height or drawn.width > room:
            return []
        lines = [runs_content(drawn.line(y)) for y in range(drawn.height)]
        above = (height - drawn.height) // 2
        below = height - drawn.height - above
        return [Content("")] * above + lines + [Content("")] * below

    def _said(self, width: int, height: int) -> list[Content]:
        """The words in lines; none where a word would be torn, and … where some are left out."""
        words = self._voiced()
        if width <= 4 or max(map(cell_len, words.split()), default=0) > width:
            return []
        lines = Content(words).wrap(width)
        if len(lines) > height:
            last = lines[height - 1].plain.rstrip()
            while last and cell_len(last) + 2 > width:
                last = last.rpartition(" ")[0]
            lines[height - 1 :] = [Content(f"{last} …".lstrip())]
        return lines

    def render(self) -> Content:
        """Face and words, the words in the middle of the height."""
        width, height = self.content_size
        face = self._face(max(1, height))
        room = width - face[0].cell_length - 2
        if self.look is not None:
            balloon = self._balloon(self.look, room, len(face))
            if balloon:
                return Content("\n").join(
                    line + "  " + spoken for line, spoken in zip(face, balloon, strict=False)
                )
        said = self._said(room, len(face))
        above = max(0, (len(face) - len(said)) // 2)
        words = [Content("")] * above + said
        words += [Content("")] * (len(face) - len(words))
        return Content("\n").join(
            line + "  " + spoken.rstrip() for line, spoken in zip(face, words, strict=False)
        )
