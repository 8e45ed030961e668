"""A roll as a bar: tickets below the threshold succeed, and a pointer finds its ticket."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from inventui.rules.cases.fairness import TICKETS
from inventui.widgets.theme import DIM

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

SECONDS = 1.8
"""How long the pointer travels."""

ROUNDS = 2
"""How often it crosses the bar before it looks for its place."""

FRAMES_A_SECOND = 30


def pointer_at(ticket: int, moment: float) -> int:
    """Where the pointer is, in tickets: it runs to and fro and comes to rest on its ticket.

    Args:
        ticket: where it ends.
        moment: 0.0 at the start, 1.0 at rest.
    """
    left = 1 - min(1.0, max(0.0, moment))
    way = round((2 * ROUNDS * (TICKETS - 1) + ticket) * (1 - left**3))
    lap, place = divmod(way, TICKETS - 1)
    return place if lap % 2 == 0 else TICKETS - 1 - place


class TicketBar(Widget):
    """Three lines: pointer, bar, scale. `Landed` follows once it has played."""

    DEFAULT_CSS = """
    TicketBar { height: 3; width: 1fr; }
    """

    class Landed(Message):
        """The pointer stands on its ticket."""

    def __init__(self, ticket: int, chance: int, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.ticket, self.chance = ticket, chance
        self.timer: Callable[[], float] = monotonic
        self.moment = 0.0
        self._run: Timer | None = None

    def play(self, *, motion: bool) -> None:
        """Let the pointer run; without motion it is there at once."""
        if not motion:
            self.land()
            return
        began = self.timer()
        self._run = self.set_interval(
            1 / FRAMES_A_SECOND, lambda: self.show_at((self.timer() - began) / SECONDS)
        )

    def show_at(self, moment: float) -> None:
        """Draw a moment of it, 0.0 to 1.0; the last one lands."""
        if self.moment >= 1:
            return
        self.moment = min(1.0, moment)
        self.refresh()
        if self.moment >= 1:
            self.stop()
            self.post_message(self.Landed())

    def stop(self) -> None:
        """Stand still where it is."""
        if self._run is not None:
            self._run.stop()
            self._run = None

    def land(self) -> None:
        """Be there at once."""
        self.show_at(1.0)

    def render(self) -> Content:
        """The lines for the present width."""
        width = self.size.width
        place = pointer_at(self.ticket, self.moment)
        column = min(width - 1, place * width // TICKETS)
        edge = round(width * self.chance / 100)
        won = place < self.chance * TICKETS // 100
        # A rounded bar must not show the pointer on the wrong side.
        column = min(column, edge - 1) if won else max(column, edge)
        pointer = Content.styled("▼", "bold $text-success" if won else "bold $text-error")
        bar = Content.assemble(("█" * edge, "$text-success"), ("░" * (width - edge), DIM))
        left, right = f"{self.chance} % get away", f"{100 - self.chance} % are caught"
        gap = " " * max(1, width - len(left) - len(right))
        scale = Content.styled((left + gap + right)[:width], DIM)
        return Content("\n").join([Content(" " * column) + pointer, bar, scale])
