"""A canvas of cells: a picture is painted on it layer by layer before it becomes strips.

Cards, pages and drawers are made of layers (background, frame, pixels, letters, sparks) that
come from different styles and overlap. Textual composes widgets side by side, not over each
other with holes, so the layers are painted here: two grids of equal size, the glyph of each
cell and its pen (front, back, manner). A pen without a back keeps the colour behind. Pixels are
half blocks, two to a cell, and keep the other half where one is transparent. `strips` at the
end joins equal pens into segments.

What must hold: a glyph two cells wide has the empty string in its second cell, and whoever
paints over one half blanks the other (`_free`, `_mend`), or the line would be too long; what
is outside is cut off and never an error; letters come in by `clusters`, which drops what would
act on the terminal. A canvas whose strips were made is not painted on again: they are kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, split_graphemes
from rich.segment import Segment
from textual.strip import Strip

from inventui.rules.core.text import visible
from inventui.widgets.colour import Pen, Runs, TextRun, rich_style
from inventui.widgets.text import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.geometry import Region

    from inventui.widgets.canvas.sprite import Pixels

BLANK = " "

PATTERNS = frozenset(" ·⋆✦◦⊛╱│╷╵╎╭╮╰╯─┬┴")
"""What may be painted over: blanks, and what backgrounds are made of."""


def clusters(text: str) -> list[tuple[str, int]]:
    """What a terminal draws as one, with its cells: letters with their marks."""
    if text.isascii():
        return [(character, 1) for character in text if character.isprintable()]
    text = visible(text)
    spans, _ = split_graphemes(text)
    return [(text[start:end], cells) for start, end, cells in spans if cells]


def cut_runs(runs: Runs, cells: int) -> Runs:
    """Runs in at most so many cells."""
    if runs_length(runs) <= cells:
        return runs
    kept: Runs = ()
    for text, pen in runs:
        left = cells - runs_length(kept)
        if left <= 0:
            break
        kept = (*kept, TextRun(cut(text, left), pen))
    return kept


def runs_length(runs: Sequence[TextRun]) -> int:
    """Cells that runs take."""
    return sum(cell_len(text) for text, _ in runs)


class Canvas:
    """Cells of one size; what is painted outside is cut off.

    Args:
        width: cells across.
        height: cells down.
        back: the colour of what nothing is painted on; empty for the terminal's.
    """

    def __init__(self, width: int, height: int, back: str = "") -> None:
        self.width, self.height = max(0, width), max(0, height)
        pen = Pen(back=back)
        self._glyphs = [[BLANK] * self.width for _ in range(self.height)]
        self._pens = [[pen] * self.width for _ in range(self.height)]

    # Painting

    def fill(self, region: Region, back: str) -> None:
        """Paint a region in one colour, over everything."""
        x, right = max(0, region.x), min(self.width, region.right)
        if right <= x:
            return
        pen = Pen(back=back)
        for y in range(max(0, region.y), min(self.height, region.bottom)):
            self._free(x, y)
            self._free(right, y)
            self._glyphs[y][x:right] = [BLANK] * (right - x)
            self._pens[y][x:right] = [pen] * (right - x)

    def put(self, x: int, y: int, text: str, pen: Pen) -> int:
        """Write text; a pen without a back keeps what is behind. Returns the column after it."""
        front, back, manner = pen
        if not 0 <= y < self.height:
            return x + cell_len(text)
        glyphs, pens = self._glyphs[y], self._pens[y]
        self._free(x, y)
        for glyph, cells in clusters(text):
            end = x + cells
            if x >= 0 and end <= self.width:
                glyphs[x] = glyph
                pens[x] = Pen(front, back or pens[x].back, manner)
                if cells == 2:
                    glyphs[x + 1] = ""
                    pens[x + 1] = pens[x]
            elif cells == 2 and x < self.width and end > 0:
                # Half of it is outside: the other half stays empty.
                glyphs[max(0, x)] = BLANK
            x = end
        if 0 <= x < self.width and glyphs[x] == "":
            glyphs[x] = BLANK
        return x

    def write(self, x: int, y: int, runs: Runs, *, clear: bool = True) -> int:
        """Write runs one after another; the cells beside them are cleared of patterns."""
        if clear:
            self.clear(x - 1, y, runs_length(runs) + 2)
        for text, pen in runs:
            x = self.put(x, y, text, pen)
        return x

    def clear(self, x: int, y: int, cells: int) -> None:
        """Take the glyphs away, and leave what is behind."""
        if not 0 <= y < self.height:
            return
        first, last = max(0, x), min(self.width, x + cells)
        self._free(first, y)
        self._free(last, y)
        for column in range(first, last):
            self._glyphs[y][column] = BLANK

    def pixels(self, x: int, y: int, rows: Pixels) -> None:
        """Paint pixels, two to a cell, the first at the top of the cell (x, y)."""
        for row in range(0, len(rows), 2):
            upper = rows[row]
            lower = rows[row + 1] if row + 1 < len(rows) else (None,) * len(upper)
            here = y + row // 2
            if not 0 <= here < self.height:
                continue
            for column, (above, below) in enumerate(zip(upper, lower, strict=True), x):
                if (above or below) and 0 <= column < self.width:
                    self._pixel(column, here, above, below)

    def _pixel(self, x: int, y: int, above: str | None, below: str | None) -> None:
        back = self._pens[y][x].back
        self._free(x, y)
        self._free(x + 1, y)
        if above is None:
            glyph, pen = "▄", Pen(below or "", back)
        elif below is None:
            glyph, pen = "▀", Pen(above, back)
        elif above == below:
            # A full block keeps the silhouette even where colours are thrown away.
            glyph, pen = "█", Pen(above, back)
        else:
            glyph, pen = "▀", Pen(above, below)
        self._glyphs[y][x], self._pens[y][x] = glyph, pen

    def paste(self, other: Canvas, x: int, y: int) -> None:
        """Lay another canvas over this one."""
        for row in range(other.height):
            if 0 <= y + row < self.height:
                first, last = max(0, -x), min(other.width, self.width - x)
                if first < last:
                    self._free(x + first, y + row)
                    self._free(x + last, y + row)
                    self._glyphs[y + row][x + first : x + last] = other._glyphs[row][first:last]
                    self._pens[y + row][x + first : x + last] = other._pens[row][first:last]
                    self._mend(x + first, x + last, y + row)

    def back_at(self, x: int, y: int) -> str:
        """The colour behind a cell."""
        return self._pens[y][x].back

    def glyph_at(self, x: int, y: int) -> str:
        """What is written in a cell; empty in the second half of a wide one."""
        return self._glyphs[y][x]

    def is_free(self, x: int, y: int) -> bool:
        """Whether a cell has no letter and no pixel in it; patterns count as nothing."""
        return not 0 <= x < self.width or self._glyphs[y][x] in PATTERNS

    def _free(self, x: int, y: int) -> None:
        """Let no half of a wide glyph stand when its other half, from x on, is painted over."""
        if 0 < x < self.width and self._glyphs[y][x] == "":
            self._glyphs[y][x] = self._glyphs[y][x - 1] = BLANK

    def _mend(self, first: int, last: int, y: int) -> None:
        row = self._glyphs[y]
        if row[first] == "":
            row[first] = BLANK
        if cell_len(row[last - 1]) == 2:
            row[last - 1] = BLANK

    # What became of it

    def line(self, y: int) -> Runs:
        """A row as runs."""
        glyphs, pens = self._glyphs[y], self._pens[y]
        runs = []
        start = 0
        for x in range(1, self.width + 1):
            if x == self.width or pens[x] != pens[start]:
                runs.append(TextRun("".join(glyphs[start:x]), pens[start]))
                start = x
        return tuple(runs)

    def strip(self, y: int) -> Strip:
        """A row as a strip, exactly as wide as the canvas."""
        if not self.width:
            return Strip([], 0)
        return Strip([Segment(text, rich_style(pen)) for text, pen in self.line(y)], self.width)

    def strips(self) -> list[Strip]:
        """All rows."""
        return [self.strip(y) for y in range(self.height)]
