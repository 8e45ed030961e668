"""What time brought while nobody looked, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from inventui.rules import property as property_rules
from inventui.rules.core.clock import to_datetime
from inventui.rules.core.money import Currency
from inventui.rules.property import PERIOD
from inventui.rules.shop import countdown
from inventui.widgets.items.property_text import consequences
from inventui.widgets.text import counted, cut
from inventui.widgets.theme import DIM, ORANGE, ago, signed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.engine.property.models import HomeView, RobberyLine, Settled


GOOD, BAD = ("✓ ", "$text-success"), ("✗ ", "$text-error")
"""Before what turned out well or badly, so that it shows without colour."""


LONG = 2 * PERIOD
"""So much time at once means that one was away, though the program ran on."""

LEAST_NAME = 8
"""Cells of a robber's name; where there are fewer, it is not said when they came."""


@dataclass(frozen=True, slots=True)
class Absence:
    """All that several spans of time brought, which follow each other; at least one.

    Attributes:
        spans: each as it was made up for, the oldest first.
        home: the home as it is now, or None.
        now: when this is told.
    """

    spans: tuple[Settled, ...]
    home: HomeView | None
    now: int

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to tell."""
        return all(span.is_quiet for span in self.spans)

    @property
    def lasted(self) -> int:
        """How long all of it took, in milliseconds; the clock may have been set back within it."""
        return sum(span.until - span.since for span in self.spans)

    @property
    def is_long(self) -> bool:
        """Whether it is told as an absence though the program ran on."""
        return self.lasted >= LONG

    @property
    def raids(self) -> tuple[RobberyLine, ...]:
        """Who came by, the first one first."""
        return tuple(raid for span in self.spans for raid in span.raids)

    @property
    def revenue(self) -> int:
        """What the business brought, in oranges."""
        return sum(span.revenue for span in self.spans)

    @property
    def cost(self) -> int:
        """What the business cost, in oranges."""
        return sum(span.cost for span in self.spans)

    @property
    def upkeep(self) -> int:
        """What was paid for the home, in oranges."""
        return sum(span.upkeep for span in self.spans)

    @property
    def total(self) -> int:
        """What all of it comes to, in oranges."""
        return self.revenue - self.cost - self.upkeep - sum(raid.oranges for raid in self.raids)


def moment(at: int) -> str:
    """A time as a person says it: `20 Nov, 18:00`."""
    when = to_datetime(at)
    return f"{when.day} {when:%b, %H:%M}"


def absence_lines(absence: Absence, width: int) -> list[Content]:
    """Everything that is worth a line, the sum last."""
    spans, now = absence.spans, absence.now
    lines = [
        Content.styled(
            f"{moment(spans[0].since)} to {moment(spans[-1].until)} UTC, "
            f"{countdown(absence.lasted)}",
            DIM,
        ),
        Content(""),
    ]
    periods, days = (sum(span.periods for span in spans), sum(span.days_paid for span in spans))
    if periods:
        times = "once" if periods == 1 else f"{periods:,} times"
        lines.append(_sum(f"Your business paid {times}", absence.revenue, width))
        lines.append(_sum("Running it cost", -absence.cost, width))
    if days:
        lines.append(_sum(f"Upkeep for {counted(days, 'day')}", -absence.upkeep, width))
    for raid in absence.raids:
        lines += _raid(raid, now, width)
    lines += [_bad(f"{name} broke.", width) for span in spans for name in span.broken]
    lines += [_bad(f"Escrow let go of {name}.", width) for span in spans for name in span.expired]
    lines += [_bad(f"Nobody bought {name}.", width) for span in spans for name in span.unsold]
    lines += [
        _bad(f"{name} did not answer your offer.", width)
        for span in spans
        for name in span.unanswered
    ]
    lines += [
        _bad(f"You lost {span.evicted}: {property_rules.EVICTION_DAYS} days unpaid.", width)
        for span in spans
        if span.evicted
    ]
    lines += _arrears(absence, width)
    return [*lines, Content.styled("─" * width, DIM), _sum("In all", absence.total, width)]


def _sum(label: str | Content, amount: int, width: int) -> Content:
    left, figure = Content.assemble(label), _figure(amount)
    gap = width - left.cell_length - figure.cell_length
    return left + " " * max(1, gap) + figure


def _figure(amount: int) -> Content:
    return signed(amount, Currency.ORANGES).stylize("bold")


def _bad(words: str, width: int) -> Content:
    return Content.assemble(BAD, cut(words, width - 2))


def _raid(raid: RobberyLine, now: int, width: int) -> list[Content]:
    said, figure = " tried to rob you and failed.", Content("")
    if raid.success:
        said, figure = " robbed you", _figure(-raid.oranges)
    when = Content.styled(f"  {ago(raid.at, now)} ago", DIM)
    room = width - len(said) - when.cell_length - figure.cell_length - 3
    if room < LEAST_NAME:
        room, when = room + when.cell_length, Content("")
    left = Content.assemble(BAD if raid.success else GOOD, cut(raid.robber, room), said, when)
    if not raid.success:
        return [left]
    lines = [_sum(left, -raid.oranges, width)]
    if raid.stolen is not None:
        lines.append(Content.assemble("  and took ", (cut(raid.stolen, width - 12), "bold"), "."))
    return lines


def _arrears(absence: Absence, width: int) -> list[Content]:
    days, home = absence.spans[-1].days_due, absence.home
    if not days or home is None or not home.days_due:
        return []
    owed = f"{counted(home.days_due, 'day')} of upkeep unpaid: {ORANGE} {home.owed:,}."
    said = [Content.assemble(BAD, (cut(owed, width - 2), "bold"))]
    for words in consequences(home, absence.now):
        said.append(Content.assemble("  ", (cut(words, width - 2), "$warning")))
    return said


def takings_words(spans: Sequence[Settled]) -> str:
    """What came in and went out of itself, in a sentence for a toast; empty if nothing did."""
    revenue, cost = sum(span.revenue for span in spans), sum(span.cost for span in spans)
    upkeep, said = sum(span.upkeep for span in spans), []
    if any(span.periods for span in spans):
        said.append(f"Your business paid {ORANGE} {revenue - cost:,}.")
    if upkeep:
        said.append(f"{ORANGE} {upkeep:,} went into upkeep.")
    return " ".join(said)
