"""The inventory in each of the collection layouts: cards, names, frames, boards, a ticker."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Region

from inventui.widgets.canvas.canvas import Canvas
from inventui.widgets.colour import Pen, mix
from inventui.widgets.items.card import Face
from inventui.widgets.items.item_text import category_words
from inventui.widgets.lists.columns import number
from inventui.widgets.lists.item_columns import badges, how_long, stack_name
from inventui.widgets.player.collection import draw_picture
from inventui.widgets.text import cut
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
        draw_picture(canvas, Region(1, 0, 9, 4), self.face(row), pens.front, full=False)
        room = canvas.width - 12
        name = Content(stack_name(row)).wrap(max(1, room))
        canvas.put(11, 0, cut(name[0].plain.rstrip(), room), Pen(pens.front, manner=manner))
        if len(name) > 1:
            rest = " ".join(line.plain.strip() for line in name[1:])
            canvas.put(11, 1, cut(rest, room), Pen(pens.front, manner=manner))
        known = RARITY[row.rarity]
        end = canvas.put(11, 2, f"{known.shape} {known.letter} ", Pen(colour))
        warning = Pen(pens.theme("warning"))
        self.edge(canvas, pens, 1, 0)
        if not row.value:
            # What can't be sold is told by its kind.
            canvas.put(end, 2, badges(row), warning)
            canvas.put(11, 3, cut(category_words(row.category), room), Pen(faint))
            return
        canvas.put(end, 2, cut(number(row.value, 9), canvas.width - 1 - end), Pen(pens.front))
        end = canvas.put(11, 3, badges(row), warning)
        held = how_long(row, self.now())
        if canvas.width - 2 - cell_len(held) > end:
            canvas.put(canvas.width - 2 - cell_len(held), 3, held, Pen(faint))


class CompactTile(ItemTile):
    """A name and a value, as closely as they stand."""

    width = 23

    def paint(self, canvas: Canvas, row: ItemLine, pens: TilePens) -> None:
        """Paint a line."""
        self.edge(canvas, pens)
        canvas.put(2, 0, RARITY[row.rarity].shape, Pen(self.colour(row, pens)))
        value = number(row.value, 7) if row.value else badges(row)
        room = canvas.width - 6 - cell_len(value)
        manner = "bold" if pens.cursor else ""
        canvas.put(4, 0, cut(stack_name(row), room), Pen(pens.front, manner=manner))
        faint = mix(pens.front, pens.back, 0.4)
        canvas.put(canvas.width - 1 - cell_len(value), 0, value, Pen(faint))


class GalleryTile(ItemTile):
    """A picture in a frame, a plate below it."""

    width = 18
    lines = 10

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
        _plate(canvas, x, 9, wide, row, pens)
        signs = badges(row)
        if signs:
            canvas.put(x + wide - 2 - cell_len(signs), 8, signs, Pen(pens.theme("warning")))
        self.edge(canvas, pens, x + 1, 0)


class ShelfTile(ItemTile):
    """A picture that stands on a board, its name on the board's edge."""

    width = 14
    lines = 7

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
    """A name in the middle; what is under the cursor stands out."""
    name = cut(stack_name(row), wide)
    at = x + (wide - cell_len(name)) // 2
    pen = Pen(pens.front, manner="bold underline" if pens.cursor else "")
    canvas.put(at, y, name, pen)


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
