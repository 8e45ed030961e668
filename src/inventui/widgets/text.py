"""Text in cells of the terminal: cut to size, and bars."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

BAR_CELLS = 8

LABEL_EDGES = 6
"""Cells of a border that its title or subtitle can't have."""


def cut(text: str, cells: int) -> str:
    """`text` in at most so many cells, with … where something is missing."""
    if not text.isprintable():
        text = Content(text).plain
    if cell_len(text) <= cells:
        return text
    return Content(text).truncate(cells, ellipsis=True).plain if cells > 0 else ""


def cut_words(text: str, cells: int) -> str:
    """`text` in at most so many cells, with … for whole words that are missing.

    A word is broken only where those before it leave more than half empty.
    """
    if cell_len(text) <= cells:
        return cut(text, cells)
    words, kept = text.split(" "), ""
    for number in range(1, len(words)):
        kept_longer = " ".join(words[:number]).rstrip(",:;·–-(“ ")
        if cell_len(kept_longer) >= cells:
            break
        kept = kept_longer
    return f"{kept}…" if 2 * cell_len(kept) >= cells else cut(text, cells)


def fitting_words(cells: int, *wordings: str) -> str:
    """The first of these wordings that fits so many cells; else the last one, cut by words."""
    fitting = (text for text in wordings if cell_len(text) <= cells)
    return next(fitting, cut_words(wordings[-1], cells))


def shortened(sentence: str, cells: int) -> str:
    """A sentence that may end at any of its commas, in at most so many cells."""
    parts = sentence.split(", ")
    shorter = (", ".join(parts[:number]) for number in range(len(parts), 0, -1))
    return fitting_words(cells, *shorter)


def padded(text: str, cells: int) -> str:
    """`text` in exactly so many cells, cut with … or filled with blanks."""
    text = cut(text, cells)
    return text + " " * (cells - cell_len(text))


def counted(number: int, what: str) -> str:
    """So many: `1 thing`, `1,200 things`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def name_lines(name: str, cells: int, most: int = 2) -> tuple[str, ...]:
    """A name in at most so many lines of so many cells."""
    if max(map(cell_len, name.split()), default=0) > cells:
        name = name.replace("-", "- ")
    lines = [line.plain.strip() for line in Content(name).wrap(max(1, cells))]
    last = [" ".join(lines[most - 1 :])] if len(lines) >= most else []
    return tuple(cut(line, cells) for line in (*lines[: most - 1], *last))


def progress_bar(progress: float, cells: int = BAR_CELLS) -> tuple[str, str]:
    """The filled and the empty part of a bar: `▰▰`, `▱▱▱▱▱▱`."""
    filled = min(cells, int(progress * cells))
    return "▰" * filled, "▱" * (cells - filled)
