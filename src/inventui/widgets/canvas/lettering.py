"""Names and titles as text runs: font family, font style and name effect."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len

from inventui.widgets.canvas.canvas import clusters
from inventui.widgets.colour import Pen, Runs, TextRun, hue, legible, mix, ramp, shade
from inventui.widgets.text import cut, cut_words, name_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inventui.rules.core.style import Style

_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LOWER = _UPPER.lower()
_DIGITS = "0123456789"


def _range(letters: str, first: int) -> dict[str, str]:
    return {letter: chr(first + index) for index, letter in enumerate(letters)}


def _alphabet(upper: int, lower: int, digits: int | None = None) -> dict[str, str]:
    figures = _range(_DIGITS, digits) if digits is not None else {}
    return _range(_UPPER, upper) | _range(_LOWER, lower) | figures


FAMILIES: Mapping[str, Mapping[str, str]] = {
    "default": {},
    # The bold alphabets have no holes, as the plain ones have (ℬ, ℭ, ℝ lie elsewhere).
    "script": _alphabet(0x1D4D0, 0x1D4EA, 0x1D7CE),
    "fraktur": _alphabet(0x1D56C, 0x1D586, 0x1D7CE),
    "double_struck": _alphabet(0x1D538, 0x1D552, 0x1D7D8)
    | dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
    "monospace": _alphabet(0x1D670, 0x1D68A, 0x1D7F6),
    "sans": _alphabet(0x1D5D4, 0x1D5EE, 0x1D7EC),
    "small_caps": dict(zip(_LOWER, "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡxʏᴢ", strict=True)),
    # Ⓜ is an emoji to some terminals, and twice as wide.
    "circled": _alphabet(0x24B6, 0x24D0) | _range("123456789", 0x2460) | {"0": "⓪", "M": "ⓜ"},
}
"""Each font family's letters; what is not in it stays as it is."""

MANNERS: Mapping[str, str] = {
    "bold": "bold",
    "italic": "italic",
    "underline": "underline",
    "bold_italic": "bold italic",
    "underline2": "underline2",
    "overline": "overline",
    "reverse": "reverse",
}
"""Each font style in Rich's words; `normal` is none of them."""

MOVING = frozenset({"shimmer", "sparkle", "rainbow"})
"""Effects that look different from one moment to the next."""


def in_family(text: str, family: str) -> str:
    """Latin letters and digits in a font family; other scripts, and all widths, stay."""
    letters = FAMILIES.get(family)
    if not letters:
        return text
    return "".join(_drawn(letters, character) for character in text)


def _drawn(letters: Mapping[str, str], character: str) -> str:
    drawn = letters.get(character, character)
    return drawn if cell_len(drawn) == cell_len(character) else character


def moves(effect: Style) -> bool:
    """Whether an effect takes notice of its phase."""
    return effect.word in MOVING


@lru_cache(maxsize=512)
def lettered(
    text: str,
    cells: int,
    *,
    family: str,
    manner: str,
    ink: str,
    effect: Style,
    ground: str,
    phase: float = 0.0,
) -> Runs:
    """A name in a font family and style with a name effect, as text runs.

    Args:
        text: the name.
        cells: cells at most, with what the effect puts around it.
        family: a word of the font families.
        manner: a word of the font styles.
        ink: the colour of its letters, where the effect has none of its own.
        effect: the name effect.
        ground: the colour that it is read on.
        phase: where a moving effect stands, 0.0 to 1.0.
    """
    left, right = _ornaments(effect, ink, ground, phase)
    around = sum(cell_len(part.text) for part in (*left, *right))
    if around + 3 > cells:
        left = right = ()
        around = 0
    letters = clusters(in_family(cut(text, cells - around), family))
    style = MANNERS.get(manner, "")
    last = max(1, len(letters) - 1)
    colours = tuple(legible(colour, ground) for colour in effect.colours)
    runs: list[TextRun] = []
    for index, (letter, _) in enumerate(letters):
        pen = _pen(effect.word, colours, index / last, ink, ground, phase)
        pen = pen._replace(manner=f"{style} {pen.manner}".strip())
        if runs and runs[-1].pen == pen:
            runs[-1] = TextRun(runs[-1].text + letter, pen)
        else:
            runs.append(TextRun(letter, pen))
    return (*left, *runs, *right)


def _pen(
    word: str, colours: tuple[str, ...], place: float, ink: str, ground: str, phase: float
) -> Pen:
    """The pen of a letter at a place (0.0 to 1.0) of the name."""
    match word:
        case "gradient":
            return Pen(ramp(colours, place))
        case "rainbow":
            return Pen(legible(hue(0.83 * place - phase), ground))
        case "shimmer":
            # A band of light a third of the name wide; at rest it lies in the middle.
            away = abs((place - phase - 0.5 + 0.65) % 1.3 - 0.65)
            light = max(0.0, math.cos(min(1.0, away / 0.34) * math.pi / 2))
            base = ramp(colours[:-1] or colours, place)
            bright = mix(base, colours[-1], round(light, 2))
            return Pen(bright, manner="bold" if light > 0.55 else "")
        case "glow":
            return Pen(mix(colours[0], "#ffffff", 0.55), mix(ground, colours[0], 0.38), "bold")
        case _:
            return Pen(ink)


def _ornaments(effect: Style, ink: str, ground: str, phase: float) -> tuple[Runs, Runs]:
    """What an effect puts before and behind a name."""
    match effect.word:
        case "brackets":
            pen = Pen(legible(effect.colour(ink), ground), manner="bold")
            return (TextRun("⟦ ", pen),), (TextRun(" ⟧", pen),)
        case "glow":
            colour = effect.colour(ink)
            near = Pen("", mix(ground, colour, 0.38))
            far, farther = mix(ground, colour, 0.22), mix(ground, colour, 0.1)
            return (
                (TextRun("░", Pen(far, farther)), TextRun(" ", near)),
                (TextRun(" ", near), TextRun("░", Pen(far, farther))),
            )
        case "sparkle":
            first, second = ("✦", "✧") if int(phase * 4) % 2 == 0 else ("✧", "✦")
            light, dim = shade(ink, 0.18), mix(ink, ground, 0.35)
            return (
                (TextRun(f"{first}", Pen(light)), TextRun("·", Pen(dim)), TextRun(" ", Pen())),
                (TextRun(" ", Pen()), TextRun("·", Pen(dim)), TextRun(f"{second}", Pen(light))),
            )
        case _:
            return (), ()


def titled(
    title: str, cells: int, *, family: str, ink: str, ground: str, most: int = 1
) -> list[Runs]:
    """A title between its marks, in at most so many lines; nothing for an empty one.

    The marks go before a word does.
    """
    if not title or cells < 5:
        return []
    words, marks = Pen(ink, manner="italic"), Pen(mix(ink, ground, 0.6))
    if cell_len(title) <= cells - 4:
        said = TextRun(in_family(title, family), words)
        return [(TextRun("« ", marks), said, TextRun(" »", marks))]
    lines = name_lines(title, cells, most) if most > 1 else (cut_words(title, cells),)
    return [(TextRun(in_family(line, family), words),) for line in lines]
