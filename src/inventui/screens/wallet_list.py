"""The ledger as a long list: lines are asked for as one scrolls, and drawn one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from inventui.rules.core.enums import Currency
from inventui.widgets.text import fit
from inventui.widgets.theme import GEM, MARKER, ORANGE, ago

if TYPE_CHECKING:
    from textual.events import Click

    from inventui.engine.history.models import LedgerLine

SIGN = {Currency.ORANGES: ORANGE, Currency.GEMS: GEM, Currency.EXPERIENCE: "xp"}
AHEAD = 20
"""So many lines before the end of what is known, the next page is asked for."""


def kind_words(kind: str) -> str:
    """A transfer's kind as a person says it."""
    return _WORDS.get(kind, kind.replace("_", " ").capitalize())


_WORDS = {
    "start": "Starting money",
    "case": "Cases opened",
    "sale": "Sold to the house",
    "rank_up": "New rank",
    "experience": "Experience",
    "admin": "Gift of the world's owner",
    "trade_hold": "Held for an offer",
}


class LedgerList(ScrollView, can_focus=True):
    """Draws `LedgerLine`s; says when it wants more of them."""

    class Wants(Message):
        """The cursor comes near the end of what is known."""

    class Moved(Message):
        """The cursor is on another line."""

        def __init__(self, line: LedgerLine) -> None:
            self.line = line
            super().__init__()

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home,g", "move(-1000000000)", show=False),
        Binding("end,G", "move(1000000000)", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "ledger--line", "ledger--dim", "ledger--gain", "ledger--loss", "ledger--cursor",
    }  # fmt: skip
    DEFAULT_CSS = """
    LedgerList {
        height: 1fr; width: 1fr; background: $background 0%;
        overflow-x: hidden; scrollbar-size-vertical: 1;
        & > .ledger--line { color: $foreground; }
        & > .ledger--dim { color: $foreground 60%; }
        & > .ledger--gain { color: $text-success; }
        & > .ledger--loss { color: $text-error; }
        & > .ledger--cursor { text-style: bold reverse; color: $primary; }
    }
    """

    cursor: reactive[int] = reactive(0)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[LedgerLine] = []
        self._now = 0
        self._asked = -1

    def show(self, lines: tuple[LedgerLine, ...], now: int) -> None:
        """Begin anew with these lines."""
        self._lines, self._now, self._asked = list(lines), now, -1
        self._resized()
        self.cursor = 0
        self.watch_cursor()

    def prepend(self, newest: tuple[LedgerLine, ...], now: int) -> bool:
        """Put what is new before what is known, the cursor staying on its line.

        A ledger only grows. False (and nothing happens) if there is a gap between the two.
        """
        if not self._lines or self._lines[0].id not in {line.id for line in newest}:
            return False
        new = [line for line in newest if line.id > self._lines[0].id]
        self._lines[:0], self._now = new, now
        self._resized()
        if self.cursor:
            self.cursor += len(new)
        else:
            self.watch_cursor()
        return True

    def extend(self, lines: tuple[LedgerLine, ...]) -> None:
        """Further lines of the same ledger."""
        self._lines.extend(lines)
        self._resized()

    def _resized(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._lines))
        self.refresh()

    def heads(self) -> str:
        """The names of the columns, each over its own."""
        room = max(6, self.size.width - 44)
        return f"  {'When':<11}{'What':<{room}}   {'Amount':>14} {'After':>12}"

    @property
    def known(self) -> int:
        """How many lines are known."""
        return len(self._lines)

    def validate_cursor(self, cursor: int) -> int:
        """Keep it on a line."""
        return max(0, min(cursor, len(self._lines) - 1))

    def watch_cursor(self) -> None:
        """Keep it in sight, tell of it."""
        self.scroll_to_region(Region(0, self.cursor, self.size.width, 1), animate=False, force=True)
        if self._lines:
            self.post_message(self.Moved(self._lines[self.cursor]))
        self.refresh()
        self._look_ahead()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """The mouse scrolls too."""
        super().watch_scroll_y(old_value, new_value)
        self._look_ahead()

    def _look_ahead(self) -> None:
        seen = max(self.cursor, int(self.scroll_y) + self.size.height)
        if self._lines and seen + AHEAD >= self.known and self._asked != self.known:
            self._asked = self.known
            self.post_message(self.Wants())

    def action_move(self, by: int) -> None:
        """Move the cursor by lines."""
        self.cursor += by

    def action_page(self, by: int) -> None:
        """Move the cursor by pages."""
        self.cursor += by * max(1, self.size.height - 1)

    async def _on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        if offset is not None:
            self.cursor = int(self.scroll_y) + offset.y

    def render_line(self, y: int) -> Strip:
        """One line of the ledger."""
        width = self.size.width
        index = int(self.scroll_y) + y
        if index >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        line = self._lines[index]
        here = index == self.cursor and self.has_focus
        style = self.get_component_rich_style
        plain = style("ledger--cursor" if here else "ledger--line", partial=False)
        dim = plain if here else style("ledger--dim")
        change = plain if here else style("ledger--gain" if line.amount >= 0 else "ledger--loss")
        amount = f"{'−' if line.amount < 0 else '+'}{abs(line.amount):,}"
        right = f"{line.balance:>12,} "
        kind = fit(kind_words(line.kind), max(6, width - 44))
        segments = [
            Segment(f"{MARKER if index == self.cursor else ' '} ", plain),
            Segment(f"{ago(line.at, self._now):<11}", dim),
            Segment(kind, plain),
            Segment(" " * max(1, width - 42 - len(kind)), plain),
            Segment(f"{SIGN[line.currency]} ", plain),
            Segment(f"{amount:>12}", change),
            Segment(f" {right}", dim),
        ]
        return Strip(segments).adjust_cell_length(width, plain)
