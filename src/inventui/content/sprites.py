"""Sprites of a pack: drawn once with the letters of its palette, and tinted where used."""

import re
from collections import defaultdict
from collections.abc import Mapping

from inventui.content.faults import Faults
from inventui.rules.core.sprite import EMPTY, parse

_LETTER = re.compile(r"[A-Za-z0-9]")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class SpriteBook:
    """The `[palette]` and `[sprites]` tables of packs' files.

    A sprite is drawn with the palette of its own pack; `prefix` is what stands before its ids.
    """

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._palettes: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._sprites: dict[str, tuple[str, ...]] = {}
        self._broken: set[str] = set()
        self._files: dict[str, str] = {}

    def add_palette(self, file: str, raw: object, prefix: str = "") -> None:
        """Add the colours of one file; all files of a pack share the palette."""
        palette = self._palettes[prefix]
        if not isinstance(raw, Mapping):
            self._faults.add(file, "palette", "", "it must be a table of letters and colours")
            return
        for letter, colour in raw.items():
            if _LETTER.fullmatch(letter) is None:
                self._faults.add(file, "palette", letter, "a colour's name is one letter or digit")
            elif not isinstance(colour, str) or COLOUR.fullmatch(colour) is None:
                self._faults.add(file, "palette", letter, "it must be a colour like #ff8800")
            elif palette.get(letter, colour.lower()) != colour.lower():
                self._faults.add(file, "palette", letter, "it is another colour elsewhere")
            else:
                palette[letter] = colour.lower()

    def add_sprites(self, file: str, raw: object, prefix: str = "") -> None:
        """Add the sprites of one file."""
        if not isinstance(raw, Mapping):
            self._faults.add(file, "sprites", "", "it must be a table of names and drawings")
            return
        for short, drawing in raw.items():
            name = f"{prefix}{short}"
            if name in self._files:
                self._faults.add(file, "sprites", short, f"it is in {self._files[name]} already")
                continue
            self._files[name] = file
            if isinstance(drawing, str):
                self._sprites[name] = tuple(line.strip() for line in drawing.strip().splitlines())
            else:
                self._broken.add(name)
                self._faults.add(file, "sprites", short, "it must be a text of rows")

    def check(self) -> None:
        """Add a fault for every wrong sprite; to be called when the palette is complete."""
        for name, rows in self._sprites.items():
            try:
                parse(self._text(rows, self._palettes[_prefix(name)]))
            except ValueError as error:
                self._broken.add(name)
                short = name.removeprefix(_prefix(name))
                self._faults.add(self._files[name], "sprites", short, str(error))

    def resolve(self, file: str, table: str, name: str, tint: Mapping[str, str]) -> str:
        """The self-contained text of a sprite, tinted; "" for no name or a fault, noted."""
        if not name:
            if tint:
                self._faults.add(file, table, "tint", "there is no sprite to tint")
            return ""
        if name not in self._files:
            self._faults.add(file, table, "sprite", f"there is no sprite {name!r}")
            return ""
        if name in self._broken:
            return ""
        rows = self._sprites[name]
        palette = self._palettes[_prefix(name)]
        colours = dict(palette)
        for letter, colour in tint.items():
            if not any(letter in row for row in rows):
                self._faults.add(file, table, "tint", f"{name} has no pixel {letter!r}")
            elif COLOUR.fullmatch(colour) is not None:
                colours[letter] = colour.lower()
            elif colour in palette:
                colours[letter] = palette[colour]
            else:
                self._faults.add(
                    file, table, "tint", f"{colour!r} is neither a colour like #ff8800 nor a letter"
                )
        return self._text(rows, colours)

    @staticmethod
    def _text(rows: tuple[str, ...], colours: Mapping[str, str]) -> str:
        used = sorted({pixel for row in rows for pixel in row} - {EMPTY})
        header = " ".join(f"{letter}={colours[letter]}" for letter in used if letter in colours)
        return "\n".join([header, *rows])


def _prefix(name: str) -> str:
    """What of a sprite's name says which pack it is of: `citrus:`, or nothing."""
    pack, colon, _ = name.rpartition(":")
    return pack + colon
