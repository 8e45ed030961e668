"""Cards of a case's entries: face up, face down, and as a small tile."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from inventui.rules.core.enums import Rarity
from inventui.rules.core.sprite import drawn
from inventui.widgets.canvas.sprite import picture_lines, sprite_size
from inventui.widgets.items.win_card import NO_PICTURE, gave, picture_of
from inventui.widgets.text import cut, name_lines, padded
from inventui.widgets.theme import DIM, ORANGE, RARITY, rarity_mark

if TYPE_CHECKING:
    from inventui.engine.cases.models import Roll
    from inventui.engine.core.models import CaseDetail

LEAST_WIDTH = 14
LEAST_PICTURE = 6
CAPTION = 2
"""Lines below the picture where a name takes one: the name and the rarity's band."""
BACK = "╱"


@dataclass(frozen=True, slots=True)
class Face:
    """What a card shows; `gives` is False of what gives no item."""

    name: str
    value: int
    rarity: Rarity
    sprite: str
    emoji: str
    gives: bool = True

    @property
    def drawn(self) -> str:
        """The sprite to draw; empty where the emoji stands, and if it gives nothing."""
        return drawn(self.sprite, self.emoji, self.rarity) if self.gives else ""


@dataclass(frozen=True, slots=True)
class CardSize:
    """Cells of a card: as wide and high as the largest picture of its case needs.

    Attributes:
        names: lines that the longest name takes, one or two.
    """

    width: int
    picture: int
    names: int = 1

    @property
    def height(self) -> int:
        """Lines of the whole card."""
        return self.picture + CAPTION + self.names - 1


def faces_of(case: CaseDetail) -> tuple[Face, ...]:
    """The faces of a case's entries, in the order of its odds table."""
    return tuple(
        Face(entry.name, entry.value, entry.rarity, sprite, emoji, bool(entry.item))
        for entry, sprite, emoji in zip(case.odds.entries, case.sprites, case.emoji, strict=True)
    )


def face_of(case: CaseDetail, roll: Roll) -> Face:
    """The face of what a roll won, also when the case has changed since."""
    return Face(roll.entry, roll.value, roll.rarity, *picture_of(case, roll), gave(roll))


def card_size(faces: tuple[Face, ...]) -> CardSize:
    """The size that fits every face."""
    sizes = [sprite_size(face.drawn) for face in faces]
    width = max([LEAST_WIDTH, *(width + 2 for width, _ in sizes)])
    return CardSize(
        width,
        max([LEAST_PICTURE, *(height for _, height in sizes)]),
        max((len(name_lines(face.name, width)) for face in faces), default=1),
    )


def band_style(rarity: Rarity) -> str:
    """The style of a band in the rarity's colour."""
    return f"bold $background on {RARITY[rarity].style}"


@lru_cache(maxsize=512)
def card_up(face: Face, size: CardSize) -> tuple[Content, ...]:
    """A card that is turned up: picture, name, and a band with rarity and value."""
    look = RARITY[face.rarity]
    named = [face.name] if size.names == 1 else name_lines(face.name, size.width)
    names = [cut(line, size.width) for line in (*named, *[""] * size.names)[: size.names]]
    mark = f" {look.shape} {look.letter}"
    value = f"{face.value:,} "
    gap = " " * max(0, size.width - len(mark) - len(value))
    band = Content(f"{mark}{gap}{value}").truncate(size.width).stylize(band_style(face.rarity))
    sprite, emoji = (face.drawn, face.emoji) if face.gives else NO_PICTURE
    return (
        *picture_lines(sprite, emoji, size.width, size.picture),
        *[
            Content(padded(" " * ((size.width - cell_len(name)) // 2) + name, size.width))
            for name in names
        ],
        band if face.gives else Content(" " * size.width),
    )


@lru_cache(maxsize=16)
def card_down(size: CardSize) -> tuple[Content, ...]:
    """A card that is still turned down."""
    hatched = Content.styled(BACK * size.width, "$foreground 12%")
    lines = [hatched] * size.height
    middle = (size.height - 1) // 2
    sign = Content.styled(f" {ORANGE} ", "$foreground 40%")
    left = (size.width - sign.cell_length) // 2
    right = size.width - sign.cell_length - left
    lines[middle] = Content.assemble(
        (BACK * left, "$foreground 12%"), sign, (BACK * right, "$foreground 12%")
    )
    return tuple(lines)


TILE_LINES = 2


@lru_cache(maxsize=1024)
def tile_up(face: Face, width: int) -> tuple[Content, ...]:
    """A small card of two lines: rarity and name, then the value."""
    if not face.gives:
        return Content.styled(padded(f"     {face.name}", width), DIM), Content(" " * width)
    edge = Content.styled("▌", RARITY[face.rarity].style)
    first = edge + rarity_mark(face.rarity) + " " + padded(face.name, width - 5)
    value = f"{face.value:,}"
    second = edge + Content.styled(f"{value:>{width - 2}} ", "bold")
    return first, second


@lru_cache(maxsize=16)
def tile_down(width: int) -> tuple[Content, ...]:
    """A small card that is still turned down."""
    return (Content.styled(BACK * width, "$foreground 12%"),) * TILE_LINES
