"""The reel: a strip of cards that slows down on a win that is already decided.

The opening is committed before the reel starts; it can be skipped, or the program killed,
without changing anything. `plan_reel` makes the strip from the roll alone, so the same roll
always plays the same way: the winner stands at place `TRAVEL`, the cards around it are drawn
from the case's own odds by the roll's public figures, and so is the column of the winning card
at which the pointer stops. A near miss is therefore as frequent as the odds make it.

The way is a power curve: after the share t of `SPIN_SECONDS` the strip has gone
1 − (1 − t)^`FRICTION` of it. A larger `FRICTION` starts faster and creeps longer on the last
card; `TRAVEL` and `SPIN_SECONDS` are such that no frame passes more than half a card, and the
whole takes no more than 3 s. To change how it slows, change these three.

What must hold: `column` depends on the time that has passed only, not on frames that were
drawn, so a slow terminal skips and ends in time; it never goes back; the pointer ends inside
the winning card, never on its edge or in the gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from inventui.rules.cases.fairness import TICKETS, tickets
from inventui.widgets.items.card import CardSize, Face, card_size, card_up, faces_of

if TYPE_CHECKING:
    from rich.style import Style as RichStyle
    from textual.geometry import Size
    from textual.timer import Timer

    from inventui.engine.cases.models import Roll
    from inventui.engine.core.models import CaseDetail

CARDS = 7
"""Cards that are seen at most."""
TRAVEL = 14
"""Cards that pass before the winning one: never more than half a card in a frame, so that
the eye can follow them."""
FRICTION = 2.4
"""How hard the wheel is braked; 2 would be a constant force."""
FILLERS = 41
SPIN_SECONDS = 2.4
HOLD_SECONDS = 0.5
FRAMES_A_SECOND = 30
GAP = 1
POINTERS = ("▲", "▼")
MARKS = ("▀", "▄")
MARGIN = 2
"""Lines above and below the cards: the pointer, then the mark on what it points at."""


@dataclass(frozen=True, slots=True)
class ReelPlan:
    """Which cards pass and where the strip stops, all of it from the roll.

    Attributes:
        fillers: numbers of entries, drawn from the case's odds; they repeat for ever.
        winner: the number of the entry that was won.
        lean: how far into the winning card the pointer comes to stand, 0 to 999,999.
    """

    fillers: tuple[int, ...]
    winner: int
    lean: int

    def entry(self, slot: int) -> int:
        """The entry whose card stands at a place of the strip."""
        return self.winner if slot == TRAVEL else self.fillers[slot % len(self.fillers)]

    def stop(self, card_width: int) -> int:
        """The column of the strip under the pointer at the end; never a card's edge."""
        return TRAVEL * (card_width + GAP) + 1 + self.lean * (card_width - 2) // TICKETS

    def column(self, elapsed: float, card_width: int) -> int:
        """The column of the strip under the pointer after so many seconds.

        A heavy wheel: it loses speed all the way and spends its last third on the last
        card.
        """
        left = 1 - min(1.0, max(0.0, elapsed / SPIN_SECONDS))
        start = card_width // 2
        way: float = 1 - left**FRICTION
        return start + round((self.stop(card_width) - start) * way)


def plan_reel(roll: Roll, case: CaseDetail) -> ReelPlan:
    """The plan of a roll's reel: the same for the same roll, its other cards drawn by the odds.

    What passes is drawn from the case's own odds by the roll's public figures, so that a
    near miss is as frequent as it really is.
    """
    winner = roll.entry_index if roll.entry_index < len(case.odds.entries) else 0
    drawn = tickets(roll.server_seed_hash, f"reel:{roll.nonce}:{roll.ticket}", 0, FILLERS + 1)
    return ReelPlan(tuple(case.odds.winner(t, roll.since) for t in drawn[:-1]), winner, drawn[-1])


class Reel(Widget):
    """Plays a plan; `show_at` draws any moment of it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"reel--card", "reel--pointer"}

    DEFAULT_CSS = """
    Reel {
        width: 1fr; height: auto; background: $background;
        & > .reel--card { background: $surface; color: $foreground; }
        & > .reel--pointer { color: $primary; text-style: bold; }
    }
    """

    class Landed(Message):
        """The win has been under the pointer for a moment."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.plan: ReelPlan | None = None
        self.faces: tuple[Face, ...] = ()
        self.card = CardSize(0, 0)
        self.elapsed = 0.0
        self.position = 0
        self._timer: Timer | None = None
        self._cards: dict[int, list[Strip]] = {}

    @property
    def landed(self) -> bool:
        """Whether the strip stands still on the win."""
        return self.plan is not None and self.elapsed >= SPIN_SECONDS

    def load(self, plan: ReelPlan, case: CaseDetail, won: Face) -> None:
        """Put in another strip, at its beginning; `won` is the face of the winner."""
        faces = list(faces_of(case))
        faces[plan.winner] = won
        self.plan, self.faces = plan, tuple(faces)
        self.card = card_size(self.faces)
        width = CARDS * (self.card.width + GAP) - GAP
        self.styles.max_width = width
        self._cards.clear()
        self.show_at(0.0)
        self.refresh(layout=True)

    def play(self) -> None:
        """Let it run from the beginning; `Landed` follows."""
        self.stop()
        began = monotonic()
        self._timer = self.set_interval(
            1 / FRAMES_A_SECOND, lambda: self._frame(monotonic() - began)
        )

    def stop(self) -> None:
        """Stand still where it is."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def show_at(self, elapsed: float) -> None:
        """Draw the moment after so many seconds."""
        assert self.plan is not None
        before = (self.position, self.landed)
        self.elapsed = elapsed
        self.position = self.plan.column(elapsed, self.card.width)
        if (self.position, self.landed) != before:
            self.refresh()

    def _frame(self, elapsed: float) -> None:
        self.show_at(elapsed)
        if elapsed >= SPIN_SECONDS + HOLD_SECONDS and self._timer is not None:
            self.stop()
            self.post_message(self.Landed())

    def entry_under_pointer(self) -> int | None:
        """The number of the entry whose card is under the pointer; None for a gap."""
        assert self.plan is not None
        slot, column = divmod(self.position, self.card.width + GAP)
        return self.plan.entry(slot) if column < self.card.width else None

    # Drawing

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Cards with lines for pointer and mark above and below."""
        return self.card.height + 2 * MARGIN

    def notify_style_update(self) -> None:
        """Another theme."""
        super().notify_style_update()
        self._cards.clear()

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is seen now."""
        base = self.visual_style.rich_style
        if self.plan is None:
            return Strip.blank(self.size.width, base)
        line = y - MARGIN
        if not 0 <= line < self.card.height:
            return self._margin(min(y, self.card.height + 2 * MARGIN - 1 - y), y < MARGIN, base)
        pitch = self.card.width + GAP
        left = self.position - self.size.width // 2
        slot, skipped = divmod(left, pitch)
        pieces = []
        gap = Strip.blank(GAP, base)
        missing = self.size.width + skipped
        while missing > 0:
            pieces += [self._strips(self.plan.entry(slot))[line], gap]
            slot += 1
            missing -= pitch
        return Strip.join(pieces).crop(skipped, skipped + self.size.width)

    def _margin(self, outwards: int, above: bool, base: RichStyle) -> Strip:
        """The pointer on the outer line; once the wheel stands, a mark along the card inside."""
        width, middle = self.size.width, self.size.width // 2
        if outwards == 0:
            first, mark = middle, POINTERS[above]
        elif self.landed:
            first = middle - self.position % (self.card.width + GAP)
            mark = MARKS[above] * self.card.width
        else:
            return Strip.blank(width, base)
        style = base + self.get_visual_style("reel--pointer").rich_style
        segments = [Segment(" " * first, base), Segment(mark, style)]
        return Strip(segments).adjust_cell_length(width, base)

    def _strips(self, entry: int) -> list[Strip]:
        """The lines of an entry's card, drawn once."""
        strips = self._cards.get(entry)
        if strips is None:
            style = self.get_visual_style("reel--card")
            strips = [
                Visual.to_strips(self, line, self.card.width, 1, style, pad=True)[0]
                for line in card_up(self.faces[entry], self.card)
            ]
            self._cards[entry] = strips
        return strips
