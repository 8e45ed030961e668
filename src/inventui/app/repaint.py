"""What the terminal shows, and the least that must be written to change it.

Textual draws each widget that asked for it anew, all of its cells, each stretch of a style
with all its colours before and a reset behind. Most of that stands there already: a cursor
that moves changes two lines of a list, a room that follows another has the same bars. So
what was written is kept, cell by cell, and an update is compared with it: only cells that
differ are written, with only those colours that differ from the cell before.

It holds as long as nobody else writes on the terminal. Whenever that is not sure (another
size, back from the shell, ctrl+l), `Shown.forget` makes the next update whole again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING

from rich.cells import split_graphemes
from rich.color import ColorSystem
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

Cell = tuple[str, str]
"""What stands in a cell and in which style; no character behind one that is two cells wide."""

GAP = 5
"""Cells between two stretches that are written again: to go beyond them costs as much."""

# Characters of which every terminal draws each in one cell.
_narrow = re.compile("[\x20-\x7e\xa1-\xac\xae-\u02ff\u2500-\u259f]*").fullmatch

_OFF = {
    "1": "22", "2": "22", "3": "23", "4": "24", "21": "24", "5": "25", "6": "25", "7": "27",
    "8": "28", "9": "29", "51": "54", "52": "54", "53": "55",
}  # fmt: skip
"""What turns an attribute off."""

_SHOWN_ON_BLANKS = frozenset({"4", "7", "9", "21", "51", "52", "53"})
"""Attributes that are seen where no character is: lines, and colours exchanged."""


class Line:
    """A line of the terminal: its cells, and the strips that stand there whole, by column."""

    def __init__(self) -> None:
        self.cells: list[Cell | None] = []
        self._strips: dict[int, Strip] = {}

    def holds(self, x: int, strip: Strip) -> bool:
        """Whether the strip stands there already."""
        there = self._strips.get(x)
        # Compared as Textual made them: a line that was not changed costs no look at its cells.
        return there is not None and (there is strip or there._segments == strip._segments)

    def put(self, x: int, strip: Strip, cells: list[Cell]) -> list[Cell | None]:
        """Let it stand there; the cells that it takes the place of."""
        end = x + len(cells)
        line = self.cells
        if len(line) < end:
            line.extend(repeat(None, end - len(line)))
        before = line[x:end]
        # Half of a wide character is none: the terminal clears the other half.
        if x and before and before[0] and not before[0][0]:
            line[x - 1] = None
        if end < len(line) and (after := line[end]) and not after[0]:
            line[end] = None
        line[x:end] = cells
        strips = self._strips
        for at in [at for at, other in strips.items() if at < end and x < at + other.cell_length]:
            del strips[at]
        strips[x] = strip
        return before


class Shown:
    """What a terminal shows, as it was last written."""

    def __init__(self) -> None:
        self._lines: defaultdict[int, Line] = defaultdict(Line)

    def forget(self) -> None:
        """Nobody knows what the terminal shows."""
        self._lines.clear()

    def changes(self, pieces: Iterable[tuple[int, int, Strip]], system: ColorSystem) -> str:
        """What must be written so that the terminal shows all pieces: row, column, strip."""
        written: list[str] = []
        style = ""
        for y, x, strip in pieces:
            line = self._lines[y]
            if line.holds(x, strip):
                continue
            cells = cells_of(strip, system)
            before = line.put(x, strip, cells)
            if before == cells:
                continue
            for start, stop in stretches(before, cells):
                written.append(f"\x1b[{y + 1};{x + start + 1}H")
                style = _write(written, cells[start:stop], x + start, style)
        if style:
            written.append(transition(style, ""))
        return "".join(written)


class Repaint(CompositorUpdate):
    """An update of Textual's, of which only what differs is written."""

    def __init__(self, shown: Shown, update: LayoutUpdate | ChopsUpdate) -> None:
        self.shown, self.update = shown, update

    def render_segments(self, console: Console) -> str:
        """What must be written."""
        update = self.update
        pieces = _lines(update) if isinstance(update, LayoutUpdate) else _chops(update)
        system = console._color_system or ColorSystem.TRUECOLOR
        try:
            return self.shown.changes(pieces, system)
        except Exception:
            self.shown.forget()
            raise


def _lines(update: LayoutUpdate) -> Iterator[tuple[int, int, Strip]]:
    """All pieces of whole lines."""
    for y, line in enumerate(update.strips, update.region.y):
        x = update.region.x
        for strip in line:
            yield y, x, strip
            x += strip.cell_length


def _chops(update: ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """The pieces of lines that were drawn anew, as Textual writes them."""
    for y, x1, x2 in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x > x2 or end <= x1:
                continue
            whole = x2 > x >= x1 and end <= x2
            yield y, x, strip if whole else strip.crop(0, min(end, x2) - x)


def cells_of(strip: Strip, system: ColorSystem) -> list[Cell]:
    """A strip, cell by cell."""
    cells: list[Cell] = []
    for text, style, _ in strip:
        codes = ""
        if style is not None:
            codes = style._ansi or Strip.render_ansi(style, system)
            if style._link:
                codes = f"{codes} {style._link_id};{style._link}"
        if _narrow(text):
            cells.extend(zip(text, repeat(codes)))
            continue
        for start, end, width in split_graphemes(text)[0]:
            if width:
                cells.append((text[start:end], codes))
                cells.extend(repeat(("", codes), width - 1))
    return cells


def stretches(before: list[Cell | None], after: list[Cell]) -> Iterator[tuple[int, int]]:
    """Where cells differ, from and up to; what lies close together is one stretch."""
    start = stop = -1
    for at, (old, new) in enumerate(zip(before, after, strict=True)):
        if old == new or (old and old[0] == new[0] == " " and blank(old[1]) == blank(new[1])):
            continue
        if start >= 0 and at - stop > GAP:
            yield start, stop
            start = -1
        if start < 0:
            # A wide character is written from its first cell on.
            start = at if new[0] or not at else at - 1
        stop = at + 1
    if start >= 0:
        yield start, stop


def _write(written: list[str], cells: list[Cell], x: int, style: str) -> str:
    """Write cells that begin in a column; the style that is in force afterwards."""
    for at, (text, codes) in enumerate(cells, x + 1):
        if not text:
            # Behind a wide character; terminals don't agree about which are.
            written.append(f"\x1b[{at + 1}G")
            continue
        if codes != style:
            wanted = blank(codes, style) if text == " " else codes
            written.append(transition(style, wanted))
            style = wanted
        written.append(text)
    return style


@lru_cache(maxsize=4096)
def blank(codes: str, before: str = "") -> str:
    """A style that looks the same on a blank, and follows `before` with the least change."""
    if " " in codes or " " in before:
        return codes
    attributes, _, paper = _parts(codes)
    in_force, ink, _ = _parts(before)
    if (attributes | in_force) & _SHOWN_ON_BLANKS:
        return codes
    return ";".join(code for code in (*sorted(in_force), ink, paper) if code)


@lru_cache(maxsize=4096)
def transition(before: str, after: str) -> str:
    """What leads from a style to another."""
    old, _, old_link = before.partition(" ")
    new, _, new_link = after.partition(" ")
    link = f"\x1b]8;{f'id={new_link}' if new_link else ';'}\x1b\\" if old_link != new_link else ""
    if old == new:
        return link
    whole = f"\x1b[0;{new}m" if new else "\x1b[m"
    attributes, ink, paper = _parts(old)
    wanted, new_ink, new_paper = _parts(new)
    off = {_OFF[code] for code in attributes - wanted if code in _OFF}
    kept = {code for code in attributes if _OFF.get(code) not in off}
    codes = [*sorted(off), *sorted(wanted - kept)]
    if ink != new_ink:
        codes.append(new_ink or "39")
    if paper != new_paper:
        codes.append(new_paper or "49")
    step = f"\x1b[{';'.join(codes)}m" if codes else ""
    return link + min(step, whole, key=len)


@lru_cache(maxsize=4096)
def _parts(codes: str) -> tuple[frozenset[str], str, str]:
    """Attributes, foreground, background of a style's codes."""
    attributes, ink, paper = set(), "", ""
    words = iter(codes.split(";") if codes else ())
    for word in words:
        if word in ("38", "48"):
            kind = next(words)
            colour = ";".join([word, kind, *(next(words) for _ in range(3 if kind == "2" else 1))])
            ink, paper = (colour, paper) if word == "38" else (ink, colour)
        elif len(word) > 1 and word[:-1] in ("3", "9"):
            ink = "" if word == "39" else word
        elif len(word) > 1 and word[:-1] in ("4", "10"):
            paper = "" if word == "49" else word
        else:
            attributes.add(word)
    return frozenset(attributes), ink, paper
