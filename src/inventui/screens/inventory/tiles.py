"""The inventory in each of the collection layouts: cards, names, frames, boards, a ticker."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.geometry import Region

from inventui.widgets.canvas.canvas import Canvas
from inventui.widgets.colour import Pen, mix
from inventui.widgets.items.card import Face
from inventui.widgets.items.item_text import category_words
from inventui.widgets.lists.columns import number
from inventui.widgets.lists.item_columns import badges, how_long, stack_name
from inventui.widgets.player.collection import draw_picture
from inventui.widgets.text import cut, name_lines
from inventui.widgets.theme import MARKER, RARITY

if TYPE_CHECKING:
    from textual.strip import Strip

    from inventui.engine.inventory.models import ItemLine
    from inventui.widgets.lists.tiles import TilePens, Tiles

MARK = "◉"
BOARD, BOARD_EDGE = "#8a5a2f", "#5a3a1c"
AMBER = "#ffb347"
NIGHT = "#120d08"


class ItemTile:
    """What the layouts have in common.

    Args:
        now: the time that ages count from.
    """

    width: ClassVar[int] = 24
    lines: ClassVar[int] = 1

    def __init__(self, now: Callable[[], int]) -> None:
        self.now = now

    def draw(self, row: ItemLine | None, width: int, pens: TilePens) -> Sequence[Strip]:
        """The lines of a tile."""
        canvas = Canvas(width, self.lines, pens.back)
        if row is None:
            faint = mix(pens.front, pens.back, 0.7)
            canvas.put(2, self.lines // 2, "┄" * max(0, width - 4), Pen(faint))
        else:
            self.paint(canvas, row, pens)
        return canvas.strips()

    def paint(self, canvas: Canvas, row: ItemLine, pens: TilePens) -> None:
        """Paint a player item."""
        raise NotImplementedError

    @staticmethod
    def colour(row: ItemLine, pens: TilePens) -> str:
        """The colour of its rarity."""
        return pens.theme(RARITY[row.rarity].variable)

    @staticmethod
    def edge(canvas: Canvas, pens: TilePens, x: int = 0, y: int = 0) -> None:
        """Mark and cursor, two cells."""
        pen = Pen(pens.theme("primary"), manner="bold")
        canvas.put(x, y, f"{MARK if pens.marked else ' '}{MARKER if pens.cursor else ' '}", pen)

    @staticmethod
    def face(row: ItemLine) -> Face:
        """The player item as a picture."""
        return Face(row.name, row.value, row.rarity, row.sprite, row.emoji)


class GridTile(ItemTile):
    """A card: the picture at the left, name, value and badges beside it."""

    width = 23
    lines = 4

    def paint(self, canvas: Canvas, row: ItemLine, pens: TilePens) -> None:
        """Paint a card; one cell at its right stays free."""
        faint = mix(pens.front, pens.back, 0.4)
        manner = "bold" if pens.cursor else ""
        colour = self.colour(row, pens)
        if not pens.cursor and not pens.hovered:
            card = mix(pens.back, pens.front, 0.05)
            canvas.fill(Region(0, 0, canvas.width - 1, self.lines), card)
        for y in range(self.lines):
            canvas.put(0, y, "▌", Pen(colour))
        draw_picture(canvas, Region(1, 0, 8, 4), self.face(row), pens.front, full=False)
        room = max(1, canvas.width - 10)
        # A word that is too long by one begins in the cell beside the picture.
        close = max(map(cell_len, row.name.split()), default=0) > room
        names = name_lines(row.name, room + close, self.lines - 1)
        for y, name in enumerate(names):
            canvas.put(9 - close, y, name, Pen(pens.front, manner=manner))
        warning = Pen(pens.theme("warning"))
        times = stack_name(row).removeprefix(row.name).strip()
        self.edge(canvas, pens, 1, 0)
        known, y = RARITY[row.rarity], max(2, len(names))
        end = canvas.put(9, y, f"{known.shape} {known.letter} ", Pen(colour))
        if row.value:
            room = canvas.width - 1 - end
            end = canvas.put(end, y, cut(number(row.value, 9), room), Pen(pens.front)) + 1
        if y > 2:
            # No line is left: what stands there else is over the picture and behind the value.
            canvas.put(1, y, times, Pen(pens.front))
            canvas.put(end, y, cut(badges(row), max(0, canvas.width - 1 - end)), warning)
            return
        if not row.value:
            # What can't be sold is told by its kind.
            end = canvas.put(end, 2, f"{times} " * bool(times), Pen(pens.front))
            canvas.put(end, 2, badges(row), warning)
            canvas.put(9, 3, cut(category_words(row.category), room), Pen(faint))
            return
        end = canvas.put(9, 3, f"{times} " * bool(times), Pen(pens.front))
        end = canvas.put(end, 3, badges(row), warning)
        held = how_long(row, self.now())
        if canvas.width - 2 - cell_len(held) > end:
            canvas.put(canvas.width - 2 - cell_len(held), 3, held, Pen(faint))


class CompactTile(ItemTile):
    """A name and a value, as closely as they stand; a long name takes the value's place."""

    width = 31

    def paint(self, canvas: Canvas, row: ItemLine, pens: TilePens) -> None:
        """Paint a line."""
        self.edge(canvas, pens)
        canvas.put(2, 0, RARITY[row.rarity].shape, Pen(self.colour(row, pens)))
        value = number(row.value, 7) if row.value else badges(row)
        room = canvas.width - 5
        if cell_len(stack_name(row)) + 1 + cell_len(value) <= room:
            room -= 1 + cell_len(value)
        else:
            value = ""
        manner = "bold" if pens.cursor else ""
        canvas.put(4, 0, cut(stack_name(row), room), Pen(pens.front, manner=manner))
        faint = mix(pens.front, pens.back, 0.4)
        canvas.put(canvas.width - 1 - cell_len(value), 0, value, Pen(faint))


class GalleryTile(ItemTile):
    """A picture in a frame, a plate below it."""

    width = 22
    lines = 11

    def paint(self, canvas: Canvas, row: ItemLine, pens: TilePens) -> None:
        """Paint a frame."""
        wide = min(16, canvas.width)
        x = (canvas.width - wide) // 2
        colour = self.colour(row, pens)
        wall = mix(pens.back, pens.front, 0.05)
        canvas.fill(Region(x, 0, wide, 9), wall)
        canvas.put(x, 0, f"┏{'━' * (wide - 2)}┓", Pen(colour))
        for y in range(1, 8):
            canvas.put(x, y, "┃", Pen(colour))
            canvas.put(x + wide - 1, y, "┃", Pen(colour))
        canvas.put(x, 8, f"┗{'━' * (wide - 2)}┛", Pen(colour))
        draw_picture(canvas, Region(x + 1, 1, wide - 2, 7), self.face(row), colour, full=True)
        _plate(canvas, 0, 9, canvas.width - 1, row, pens)
        signs = badges(row)
        if signs:
            canvas.put(x + wide - 2 - cell_len(signs), 8, signs, Pen(pens.theme("warning")))
        self.edge(canvas, pens, x + 1, 0)


class ShelfTile(ItemTile):
    """A picture that stands on a board, its name on the board's edge."""

    width = 16
    lines = 8

    def paint(self, canvas: Canvas, row: ItemLine, pens: TilePens) -> None:
        """Paint a piece of the board with what stands on it."""
        picture = Region(0, 0, canvas.width, 5)
        draw_picture(canvas, picture, self.face(row), pens.front, full=False, floor=True)
        canvas.put(0, 5, "▀" * canvas.width, Pen(BOARD, BOARD_EDGE))
        _plate(canvas, 1, 6, canvas.width - 2, row, pens)
        canvas.put(canvas.width - 3, 0, badges(row), Pen(pens.theme("warning")))
        self.edge(canvas, pens)


class TickerTile(ItemTile):
    """A line of a board at the exchange: capitals, dots, figures."""

    width = 1_000_000

    def paint(self, canvas: Canvas, row: ItemLine, pens: TilePens) -> None:
        """Paint a line."""
        back = mix(NIGHT, AMBER, 0.28) if pens.cursor else NIGHT
        canvas.fill(Region(0, 0, canvas.width, 1), back)
        known = RARITY[row.rarity]
        self.edge(canvas, pens)
        canvas.put(3, 0, known.letter, Pen(self.colour(row, pens), manner="bold"))
        value = f"{number(row.value, 9)} {known.shape}"
        right = canvas.width - 1 - cell_len(value)
        manner = "bold" if pens.cursor else ""
        end = canvas.put(5, 0, cut(stack_name(row).upper(), right - 8), Pen(AMBER, manner=manner))
        end = canvas.put(end + 1, 0, badges(row), Pen(AMBER))
        canvas.put(end, 0, "." * max(0, right - end - 1), Pen(mix(AMBER, back, 0.7)))
        canvas.put(right, 0, value, Pen(AMBER, manner="bold"))


def _plate(canvas: Canvas, x: int, y: int, wide: int, row: ItemLine, pens: TilePens) -> None:
    """A name in the middle of two lines; what is under the cursor stands out."""
    pen = Pen(pens.front, manner="bold underline" if pens.cursor else "")
    for line, name in enumerate(name_lines(stack_name(row), wide), y):
        canvas.put(x + (wide - cell_len(name)) // 2, line, name, pen)


def tiles_for(now: Callable[[], int]) -> Mapping[str, Tiles[ItemLine] | None]:
    """The tiles of each collection layout; None draws lines in columns."""
    return MappingProxyType(
        {
            "grid": GridTile(now),
            "list": None,
            "compact": CompactTile(now),
            "gallery": GalleryTile(now),
            "shelf": ShelfTile(now),
            "ticker": TickerTile(now),
        }
    )
