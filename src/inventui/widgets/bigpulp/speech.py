"""Speech bubbles, one for each dialogue style."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.geometry import Region

from inventui.rules.core.categories import Category
from inventui.widgets.bigpulp.text import voiced, wrapped
from inventui.widgets.canvas.canvas import Canvas
from inventui.widgets.colour import Pen, ink_on, legible, mix
from inventui.widgets.text import cut

if TYPE_CHECKING:
    from inventui.widgets.canvas.appearance import Appearance

PAPER, WOOD = "#e8d9b5", "#5a3a22"
"""What telegrams are written on, and what pirates nail their words to."""

LEFT, RIGHT, UP, DOWN = "left", "right", "up", "down"
TAILS = {LEFT: "◂", RIGHT: "▸", UP: "▴", DOWN: "▾"}
"""Where the speaker stands, and what points there."""

TRAIL = 3
"""Cells that the little bubbles of a thought take at a side."""


@lru_cache(maxsize=64)
def bubble(text: str, look: Appearance, width: int, height: int = 99, tail: str = LEFT) -> Canvas:
    """What BigPulp says, in its bubble, as small as it can be. Don't paint on it: it is kept.

    Args:
        text: plain words; they are put into the voice of the dialogue style.
        look: how the page looks.
        width: cells at most.
        height: lines at most; what is too long ends in ….
        tail: on which side BigPulp stands.
    """
    voice = look[Category.DIALOGUE_STYLE].word
    draw = _BUBBLES.get(voice, _round)
    around, above = _AROUND.get(voice, (4, 2))
    if voice == "thought" and tail not in (LEFT, RIGHT):
        above += 1
        around -= TRAIL
    lines = wrapped(voiced(text, voice), width - around)
    most = max(1, height - above)
    if len(lines) > most:
        lines = lines[:most]
        lines[-1] = cut(lines[-1] + " …", width - around)
    if width <= around or height <= above:
        return Canvas(0, 0)
    return draw(lines, look, tail)


_AROUND = {"thought": (4 + TRAIL, 2), "telegram": (4, 3), "verse": (4, 2)}
"""Cells and lines around the words, where they are not those of a plain bubble."""


def _sheet(lines: list[str], around: int, above: int, back: str) -> Canvas:
    return Canvas(max(map(cell_len, lines), default=0) + around, len(lines) + above, back)


def _boxed(lines: list[str], tail: str, glyphs: str, pens: tuple[Pen, Pen], back: str) -> Canvas:
    """Words in a box of eight glyphs: three on top, two at the sides, three below."""
    canvas = _sheet(lines, 4, 2, back)
    border, words = pens
    across = canvas.width - 2
    canvas.put(0, 0, glyphs[0] + glyphs[1] * across + glyphs[2], border)
    canvas.put(0, canvas.height - 1, glyphs[5] + glyphs[6] * across + glyphs[7], border)
    for y, line in enumerate(lines, 1):
        canvas.put(0, y, glyphs[3], border)
        canvas.put(2, y, line, words)
        canvas.put(canvas.width - 1, y, glyphs[4], border)
    x, y = {
        LEFT: (0, canvas.height // 2),
        RIGHT: (canvas.width - 1, canvas.height // 2),
        UP: (canvas.width // 2, 0),
        DOWN: (canvas.width // 2, canvas.height - 1),
    }[tail]
    canvas.put(x, y, TAILS[tail], border)
    return canvas


def _inks(look: Appearance) -> tuple[str, str, str]:
    """Plain letters, the player's own colour, and a faint one, on the page."""
    plain = ink_on(look.page)
    return (
        plain,
        legible(look[Category.FONT_COLOR].colour(plain), look.page),
        mix(plain, look.page, 0.45),
    )


def _round(lines: list[str], look: Appearance, tail: str) -> Canvas:
    plain, _, faint = _inks(look)
    return _boxed(lines, tail, "╭─╮││╰─╯", (Pen(faint), Pen(plain)), look.page)


def _shout(lines: list[str], look: Appearance, tail: str) -> Canvas:
    _, own, _ = _inks(look)
    back = mix(look.page, own, 0.16)
    pens = Pen(own, manner="bold"), Pen(legible(mix(own, "#ffffff", 0.3), back), manner="bold")
    return _boxed(lines, tail, "┏━┓┃┃┗━┛", pens, back)


def _whisper(lines: list[str], look: Appearance, tail: str) -> Canvas:
    plain, _, _ = _inks(look)
    border = mix(plain, look.page, 0.72)
    words = legible(mix(plain, look.page, 0.5), look.page, 3.0)
    pens = Pen(border), Pen(words, manner="italic")
    return _boxed(lines, tail, "·┄·┆┆·┄·", pens, look.page)


def _thought(lines: list[str], look: Appearance, tail: str) -> Canvas:
    """Words in large brackets, and little bubbles that lead to whoever thinks."""
    plain, _, faint = _inks(look)
    side = tail in (LEFT, RIGHT)
    canvas = _sheet(lines, 4 + TRAIL * side, 2 + (not side), look.page)
    x = TRAIL if tail == LEFT else 0
    y = 1 if tail == UP else 0
    last = canvas.width - 1 - (TRAIL if tail == RIGHT else 0)
    high = len(lines) + 2
    left, right = "⎛" + "⎜" * (high - 2) + "⎝", "⎞" + "⎟" * (high - 2) + "⎠"
    border = Pen(faint)
    for row in range(high):
        canvas.put(x, y + row, left[row], border)
        canvas.put(last, y + row, right[row], border)
    for row, line in enumerate(lines, y + 1):
        canvas.put(x + 2, row, line, Pen(plain, manner="italic"))
    middle = canvas.width // 2
    trail = {
        LEFT: ((2, high // 2, "○"), (0, high // 2 + 1, "∘")),
        RIGHT: ((canvas.width - 3, high // 2, "○"), (canvas.width - 1, high // 2 + 1, "∘")),
        UP: ((middle, 0, "○"), (middle - 2, 0, "∘")),
        DOWN: ((middle - 1, canvas.height - 1, "○"), (middle + 1, canvas.height - 1, "∘")),
    }[tail]
    for column, row, glyph in trail:
        canvas.put(column, row, glyph, Pen(faint))
    return canvas


def _telegram(lines: list[str], _: Appearance, tail: str) -> Canvas:
    """A form with a heading, whose edge is perforated."""
    ink, faint = "#2c2416", "#8a7a55"
    canvas = _sheet(lines, 4, 3, PAPER)
    heading = cut("TELEGRAM", canvas.width - 2)
    canvas.put(0, 0, "▏", Pen(faint))
    canvas.put(2, 0, heading, Pen("#a03a22", manner="bold"))
    canvas.put(0, 1, "╌" * canvas.width, Pen(faint))
    for y, line in enumerate(lines, 2):
        canvas.put(2, y, line, Pen(ink))
    canvas.put(0, canvas.height - 1, "┈" * canvas.width, Pen(faint))
    for y in range(canvas.height):
        canvas.put(0, y, "⋮", Pen(faint))
        canvas.put(canvas.width - 1, y, "⋮", Pen(faint))
    if tail in (LEFT, RIGHT):
        x = 0 if tail == LEFT else canvas.width - 1
        canvas.put(x, canvas.height // 2, TAILS[tail], Pen("#a03a22"))
    return canvas


def _verse(lines: list[str], look: Appearance, _: str) -> Canvas:
    """Lines in the middle, between two flowers, with no bubble at all."""
    _, own, faint = _inks(look)
    canvas = _sheet(lines, 4, 2, look.page)
    flower = "~ ❦ ~"
    at = max(0, (canvas.width - len(flower)) // 2)
    for y in (0, canvas.height - 1):
        canvas.put(at, y, flower, Pen(faint))
    for y, line in enumerate(lines, 1):
        canvas.put((canvas.width - cell_len(line)) // 2, y, line, Pen(own, manner="italic"))
    return canvas


def _pirate(lines: list[str], _: Appearance, tail: str) -> Canvas:
    """Words cut into a plank that hangs on four nails."""
    light, dark = "#f0d9a8", "#3a2413"
    canvas = _boxed(lines, tail, "•─•▏▕•─•", (Pen("#8f653c"), Pen(light, manner="bold")), WOOD)
    for y in range(1, canvas.height - 1):
        # The grain of the wood, where no word stands.
        for x in range(1 + (5 * y) % 7, canvas.width - 1, 9):
            if canvas.glyph_at(x, y) == " " and canvas.glyph_at(x - 1, y) == " ":
                canvas.put(x, y, "~", Pen(mix(WOOD, dark, 0.5)))
    nails = Pen("#d9c9a0", manner="bold")
    for x in (0, canvas.width - 1):
        canvas.fill(Region(x, 0, 1, 1), WOOD)
        canvas.put(x, 0, "•", nails)
        canvas.put(x, canvas.height - 1, "•", nails)
    return canvas


_BUBBLES = {
    "shout": _shout,
    "whisper": _whisper,
    "thought": _thought,
    "telegram": _telegram,
    "verse": _verse,
    "pirate": _pirate,
}
