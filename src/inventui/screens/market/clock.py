"""The market's clock: the time left, in digits of blocks or in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from inventui.rules.core.clock import HOUR, MINUTE, SECOND, to_datetime
from inventui.widgets.session import session_of
from inventui.widgets.theme import DIM

if TYPE_CHECKING:
    from collections.abc import Mapping

_PIXELS: Mapping[str, tuple[str, ...]] = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", " ##", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", " # ", " # "),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ":": (" ", "#", " ", "#", " "),
    "<": ("  #", " # ", "#  ", " # ", "  #"),
    "h": ("#  ", "#  ", "## ", "# #", "# #"),
    "m": ("     ", "     ", "## # ", "# # #", "# # #"),
    " ": (" ", " ", " ", " ", " "),
}

_BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}

HIGH = 3
"""Lines of a digit."""

LARGE = 5
"""Lines from which the digits are large."""


def time_left(milliseconds: int, *, seconds: bool) -> str:
    """What is left: `5:41:07`; without seconds `5h 41m`, `41m`, `<1m`."""
    left = max(0, milliseconds)
    hours, minutes = left // HOUR, left % HOUR // MINUTE
    if seconds:
        return f"{hours}:{minutes:02}:{left % MINUTE // SECOND:02}"
    if hours:
        return f"{hours}h {minutes:02}m"
    return f"{minutes}m" if minutes else "<1m"


def block_lines(text: str) -> tuple[str, ...]:
    """Digits drawn in blocks, two pixels a cell; three lines."""
    rows = [" ".join(_PIXELS[letter][row] for letter in text) for row in range(5)]
    rows.append(" " * len(rows[0]))
    return tuple(
        "".join(
            _BLOCKS[above != " ", below != " "]
            for above, below in zip(rows[top], rows[top + 1], strict=True)
        )
        for top in range(0, 2 * HIGH, 2)
    )


class MarketClock(Widget):
    """Counts down to a time, large where there is room, and draws itself only when it moves.

    Seconds run only where player items may move.
    """

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    MarketClock { height: 1; width: 1fr; color: $foreground; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.ends: int | None = None
        self.caption = ""
        self._said = ""

    def show(self, ends: int | None, caption: str) -> None:
        """Count down to a time; `caption` says what happens then, e.g. `turns in`."""
        self.ends, self.caption = ends, caption
        self._said = self._left()
        self.refresh()

    def tick(self) -> None:
        """A moment has passed."""
        if self._left() != self._said:
            self._said = self._left()
            self.refresh()

    def _left(self) -> str:
        if self.ends is None:
            return ""
        session = session_of(self)
        return time_left(self.ends - session.now(), seconds=session.motion)

    def render(self) -> Content:
        """The clock for the present size."""
        if self.ends is None:
            return Content("")
        at = f"{to_datetime(self.ends):%H:%M} UTC"
        if self.size.height < LARGE:
            return Content.assemble(
                " ", (f"{self.caption} ", DIM), (self._said, "bold $primary"), (f" · {at}", DIM)
            ).truncate(self.size.width)
        digits = (Content.styled(f" {line}", "$primary") for line in block_lines(self._said))
        return Content("\n").join(
            [Content.styled(f" {self.caption}", DIM), *digits, Content.styled(f" {at}", DIM)]
        )
