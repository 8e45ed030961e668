"""A shift at the juice stand: three glasses to fill up to a line, and what the pours are worth.

Levels are in thousandths of a glass, times in milliseconds. Everything follows from the
player, the number of the shift and the moments at which a tap was closed, so that a shift
can be played again on paper.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from inventui.rules.core.world_random import Draws

POURS = 3
FULL = 1_000
"""The level at which a glass runs over."""

LEAD = 700
"""Time before the first tap opens."""

BETWEEN = 450
"""Time between one pour and the next."""

FILL_TIMES = ((2_000, 2_400), (1_650, 1_950), (1_300, 1_550))
"""Least and most time that a glass takes to fill, each quicker than the one before."""

LONGEST = LEAD + sum(most for _, most in FILL_TIMES) + (POURS - 1) * BETWEEN
"""The most time that a shift takes."""

LINES = (550, 650, 750, 850)
"""Levels at which a glass may have its line."""

FINE, BROAD = 18, 32
"""How far from the line a pour is still perfect, for each kind of line."""

REACH = 130
"""How far beyond that a pour is worth nothing."""

GOOD = 70
"""The score from which a pour is a good one."""


class Flow(StrEnum):
    """How the juice comes: all at one pace, quicker and quicker, or slower and slower."""

    EVEN = "even"
    RUSHING = "rushing"
    SLOWING = "slowing"


class PourVerdict(StrEnum):
    """What is said of a pour."""

    PERFECT = "perfect"
    GOOD = "good"
    SHORT = "short"
    OVER = "over"
    SPILT = "spilt"


@dataclass(frozen=True, slots=True)
class Pour:
    """One glass.

    Attributes:
        flow: how the juice comes.
        line: the level to stop at.
        perfect: how far from the line is still perfect.
        time: how long the glass takes to fill.
    """

    flow: Flow
    line: int
    perfect: int
    time: int

    def level(self, elapsed: int) -> int:
        """How full the glass is so long after the tap was opened; never more than full."""
        t, whole = max(0, min(elapsed, self.time)), self.time
        match self.flow:
            case Flow.EVEN:
                return FULL * t // whole
            case Flow.RUSHING:
                return FULL * t * (whole + t) // (2 * whole * whole)
            case Flow.SLOWING:
                return FULL * t * (3 * whole - t) // (2 * whole * whole)

    def score(self, elapsed: int) -> int:
        """What closing the tap after so long is worth, 0–100; a glass that ran over nothing."""
        level = self.level(elapsed)
        if level >= FULL:
            return 0
        beyond = max(0, abs(level - self.line) - self.perfect)
        return max(0, 100 - 100 * beyond // REACH)

    def verdict(self, elapsed: int) -> PourVerdict:
        """What is said of closing the tap after so long."""
        level, score = self.level(elapsed), self.score(elapsed)
        if level >= FULL:
            return PourVerdict.SPILT
        if score == 100:
            return PourVerdict.PERFECT
        if score >= GOOD:
            return PourVerdict.GOOD
        return PourVerdict.SHORT if level < self.line else PourVerdict.OVER


def pours_of(player: int, shift: int) -> tuple[Pour, ...]:
    """The glasses of a player's shift of this number, of all that the player has worked."""
    draws = Draws("juice stand", "pours", f"{player}:{shift}")
    return tuple(
        Pour(
            draws.pick(tuple(Flow)),
            draws.pick(LINES),
            draws.pick((FINE, BROAD)),
            draws.between(least, most),
        )
        for least, most in FILL_TIMES
    )


@dataclass(frozen=True, slots=True)
class Course:
    """A shift as far as it has come; times count from its beginning.

    Attributes:
        pours: the glasses.
        ends: when each pour that is over ended: its tap was closed, or its glass ran over.
    """

    pours: tuple[Pour, ...]
    ends: tuple[int, ...] = ()

    def begins(self, index: int) -> int:
        """When a tap opens; the pours before it must be over."""
        return LEAD if index == 0 else self.ends[index - 1] + BETWEEN

    def at(self, now: int) -> "Course":
        """The same shift at a later time: glasses that were let run over are over."""
        course = self
        while not course.done:
            index = len(course.ends)
            end = course.begins(index) + course.pours[index].time
            if end > now:
                break
            course = replace(course, ends=(*course.ends, end))
        return course

    def close_tap(self, now: int) -> "Course":
        """Close the tap that is open; where none is, nothing comes of it."""
        course = self.at(now)
        if course.open_at(now):
            return replace(course, ends=(*course.ends, now))
        return course

    def open_at(self, now: int) -> bool:
        """Whether juice flows."""
        return not self.done and now > self.begins(len(self.ends))

    @property
    def done(self) -> bool:
        """Whether every pour is over."""
        return len(self.ends) == len(self.pours)

    def poured(self, index: int) -> int:
        """How long the tap of a pour that is over was open."""
        return self.ends[index] - self.begins(index)

    def level(self, index: int, now: int) -> int:
        """How full a glass is."""
        if index < len(self.ends):
            return self.pours[index].level(self.poured(index))
        if index > len(self.ends):
            return 0
        return self.pours[index].level(now - self.begins(index))

    @property
    def scores(self) -> tuple[int, ...]:
        """What the pours that are over are worth."""
        return tuple(self.pours[i].score(self.poured(i)) for i in range(len(self.ends)))

    @property
    def verdicts(self) -> tuple[PourVerdict, ...]:
        """What is said of the pours that are over."""
        return tuple(self.pours[i].verdict(self.poured(i)) for i in range(len(self.ends)))

    @property
    def skill(self) -> int:
        """The mean of all pours, 0–100; those to come count nothing yet."""
        return sum(self.scores) // len(self.pours)
