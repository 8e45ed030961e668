"""Text in cells of the terminal: cut to size, and bars."""

from __future__ import annotations

from textual.content import Content

BAR_CELLS = 8


def fit(text: str, cells: int) -> str:
    """`text` cut to so many cells of the terminal, with … where something is missing."""
    return Content(text).truncate(max(1, cells), ellipsis=True).plain


def progress_bar(progress: float, cells: int = BAR_CELLS) -> tuple[str, str]:
    """The filled and the empty part of a bar: `▰▰`, `▱▱▱▱▱▱`."""
    filled = min(cells, int(progress * cells))
    return "▰" * filled, "▱" * (cells - filled)
