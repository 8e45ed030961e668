"""Tiles: pictures side by side as rows of an `ItemList`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from rich.style import Style as RichStyle
    from textual.strip import Strip

Row_contra = TypeVar("Row_contra", contravariant=True)

BLACK, WHITE = "#000000", "#ffffff"


@dataclass(frozen=True, slots=True)
class TilePens:
    """The colours of a tile, `#rrggbb`, and what it is at the moment.

    Attributes:
        theme: the colour of a variable of the theme.
    """

    front: str
    back: str
    theme: Callable[[str], str]
    cursor: bool = False
    hovered: bool = False
    marked: bool = False


class Tiles(Protocol[Row_contra]):
    """A way to draw rows as tiles of one size."""

    @property
    def width(self) -> int:
        """Fewest cells of a tile."""
        ...

    @property
    def lines(self) -> int:
        """Lines of a tile."""
        ...

    def draw(self, row: Row_contra | None, width: int, pens: TilePens) -> Sequence[Strip]:
        """The lines of a tile, each exactly `width` cells; None is not loaded yet."""
        ...


def tile_pens(
    style: RichStyle, theme: Callable[[str], str], cursor: bool, hovered: bool, marked: bool
) -> TilePens:
    """The colours that a style of the list comes to."""
    front = style.color.get_truecolor().hex if style.color else WHITE
    back = style.bgcolor.get_truecolor().hex if style.bgcolor else BLACK
    return TilePens(front, back, theme, cursor, hovered, marked)
