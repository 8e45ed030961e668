"""Sets and their pieces: a list of sets, and a wall of what one has and what one lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region

from inventui.engine.workshop.models import CollectionPiece
from inventui.screens.collections.text import chance, set_rows
from inventui.widgets.canvas.canvas import Canvas
from inventui.widgets.colour import Pen, mix
from inventui.widgets.items.card import Face
from inventui.widgets.items.goal_text import DONE
from inventui.widgets.lists.item_list import ItemList
from inventui.widgets.lists.page_cache import KnownRows
from inventui.widgets.lists.row_list import RowList
from inventui.widgets.player.collection import draw_picture
from inventui.widgets.text import cut, name_lines
from inventui.widgets.theme import MARKER, RARITY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.strip import Strip

    from inventui.engine.workshop.models import CollectionView
    from inventui.widgets.lists.tiles import TilePens


class SetList(RowList["CollectionView"]):
    """Sets under a cursor, two lines each."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(lambda view: view.slug, lines=2, airy=True, id=id)

    def draw_row(self, row: CollectionView, width: int, *, current: bool) -> Sequence[Content]:
        """Name and figures, then bar and reward."""
        return set_rows(row, self.now, width, current=current)


@dataclass(frozen=True, slots=True)
class SetPiece:
    """A piece with its place in the set."""

    number: int
    piece: CollectionPiece


@dataclass(frozen=True, slots=True)
class PieceTile:
    """A picture with a name and a figure below it; of what one lacks only the outline.

    Attributes:
        width: fewest cells of a tile, one of which stays free.
        picture: lines of the picture.
    """

    width: int
    picture: int
    full: bool

    @property
    def lines(self) -> int:
        """Lines of the tile."""
        return self.picture + 3 + self.full

    def draw(self, row: SetPiece | None, width: int, pens: TilePens) -> Sequence[Strip]:
        """The lines of a tile."""
        canvas = Canvas(width, self.lines, pens.back)
        if row is not None:
            self._paint(canvas, row.piece, pens)
        return canvas.strips()

    def _paint(self, canvas: Canvas, piece: CollectionPiece, pens: TilePens) -> None:
        wide = canvas.width - 1
        look, faint = RARITY[piece.rarity], mix(pens.front, pens.back, 0.45)
        colour = pens.theme(look.variable)
        if not pens.cursor and not pens.hovered:
            card = mix(pens.back, pens.front, 0.05 if piece.held else 0.02)
            canvas.fill(Region(0, 0, wide, self.picture + 3), card)
        face = Face(piece.name, piece.value, piece.rarity, piece.sprite, piece.emoji)
        shadow = "" if piece.held else mix(pens.back, pens.front, 0.3 if piece.known else 0.16)
        picture = Region(0, 0, wide, self.picture)
        draw_picture(canvas, picture, face, pens.front, full=self.full, shadow=shadow)
        if pens.cursor:
            canvas.put(0, 0, MARKER, Pen(pens.theme("primary"), manner="bold"))
        manner = "bold" if pens.cursor else ""
        ink = Pen(pens.front if piece.held else faint, manner=manner)
        for line, words in enumerate(name_lines(piece.name, wide)):
            canvas.put(0, self.picture + line, words, ink)
        # The rarity's shape in its colour even where the player item is missing: it says how dear.
        canvas.put(0, self.picture + 2, look.shape, Pen(colour))
        if piece.held:
            figure = DONE if piece.held == 1 else f"{DONE} ×{piece.held:,}"
            pen = Pen(pens.theme("success"))
        else:
            figure, pen = chance(piece), Pen(faint)
        canvas.put(2, self.picture + 2, cut(figure, wide - 2), pen)


SMALL = PieceTile(14, 3, full=False)
LARGE = PieceTile(16, 6, full=True)


class PieceWall(ItemList[SetPiece]):
    """The pieces of a set under a cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.do('take-reward')", "Take reward"),
    ]

    DEFAULT_CSS = """
    PieceWall { height: 1fr; }
    """

    def __init__(self, *, id: str) -> None:
        super().__init__((), lambda row: row.number, markable=False, id=id)

    @property
    def piece(self) -> CollectionPiece | None:
        """The one that is pointed at."""
        row = self.pointed
        return None if row is None else row.piece

    def show_set(self, view: CollectionView, *, keep: bool) -> None:
        """Show the pieces of a set; `keep` stays at the cursor's."""
        rows = tuple(SetPiece(number, piece) for number, piece in enumerate(view.pieces, 1))
        self.show(KnownRows(rows), keep=keep)
