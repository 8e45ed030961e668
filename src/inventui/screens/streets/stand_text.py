"""What is said at the juice stand: BigPulp's remarks, and a word for each pour."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from inventui.rules.streets import shifts
from inventui.rules.streets.shift_game import Flow, PourVerdict
from inventui.rules.streets.shifts import STYLE_SPREAD, ShiftStyle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Occasion(StrEnum):
    """What BigPulp remarks on."""

    READY = "ready"
    FED = "fed"
    CHOOSING = "choosing"
    POURING = "pouring"
    MASTERLY = "masterly"
    FINE = "fine"
    POOR = "poor"
    WET = "wet"
    RUN = "run"
    CRATE = "crate"
    TIRED = "tired"


REMARKS: Mapping[Occasion, tuple[str, ...]] = {
    Occasion.READY: (
        "Three glasses, one line each. The customers can count.",
        "Up to the line. Not over it. I pay for the juice.",
        "The third tap is the quick one. It knows what it did.",
        "Fresh oranges. No relatives of mine, I checked.",
        "They say that practice helps. They have not met my taps.",
        "Smile at the glass, look at the line.",
    ),
    Occasion.FED: (
        "That donut! This shift pays half as much again.",
        "I am full of sugar and gratitude. Pour!",
    ),
    Occasion.CHOOSING: (
        "Steady hands or bold ones? In the end it comes to the same.",
        "Pick a way to pour. I do the wiping.",
        "Careful pays the rent. Bold tells the story.",
    ),
    Occasion.POURING: ("Easy…", "Watch the line…", "Now it comes…", "Wait for it…"),
    Occasion.MASTERLY: (
        "Three of three! I would hire you twice.",
        "Not a drop beside it. Did you measure with a ruler?",
        "Perfect. They are going to frame these glasses.",
        "My best pourer since my mother.",
    ),
    Occasion.FINE: (
        "Good glasses. The customers nod.",
        "I have drunk worse. I have sold worse.",
        "Clean work. Again?",
        "That pays the lemons.",
    ),
    Occasion.POOR: (
        "Well. Juice was in it.",
        "The line is the part that is painted on.",
        "Somebody wants to see the manager. Hide me.",
        "Next time with both eyes.",
    ),
    Occasion.WET: (
        "The counter has had enough to drink.",
        "Somebody get the mop. You get the mop.",
        "I see a lake. I see no glass.",
    ),
    Occasion.RUN: (
        "{run} perfect pours in a row. Don't look down.",
        "{run} in a row! The neighbours are watching.",
        "{run} without a drop. Are you even breathing?",
    ),
    Occasion.CRATE: ("Hey, something fell off that cart. Look!", "A crate! Finders keepers."),
    Occasion.TIRED: (
        "Enough for today. Even the taps are asleep.",
        "Go home. Tomorrow there is more juice.",
    ),
}


def remark(occasion: Occasion, number: int, run: int = 0) -> str:
    """What BigPulp says: the same for the same number, e.g. of a shift.

    Args:
        occasion: what he remarks on.
        number: picks one of his lines.
        run: how many perfect pours there were one after another.
    """
    lines = REMARKS[occasion]
    return lines[number % len(lines)].format(run=run)


GOOD = 60
"""The skill from which a shift of timing was a good one; one by choice always is."""

LONG_RUN = 4
"""Perfect pours in a row that are worth a remark."""


def occasion_of(verdicts: Sequence[PourVerdict], skill: int, run: int) -> Occasion:
    """What there is to be said after a shift."""
    if run >= LONG_RUN:
        return Occasion.RUN
    if verdicts and all(verdict is PourVerdict.PERFECT for verdict in verdicts):
        return Occasion.MASTERLY
    if verdicts and sum(verdict is PourVerdict.SPILT for verdict in verdicts) * 2 > len(verdicts):
        return Occasion.WET
    fine = GOOD if verdicts else shifts.MEAN_SKILL - STYLE_SPREAD[ShiftStyle.BOLD]
    return Occasion.FINE if skill >= fine else Occasion.POOR


def run_after(run: int, verdicts: Sequence[PourVerdict]) -> int:
    """How many pours in a row are perfect after these."""
    for verdict in verdicts:
        run = run + 1 if verdict is PourVerdict.PERFECT else 0
    return run


def verdict_words(verdict: PourVerdict, score: int) -> str:
    """What stands below a glass: `✦ perfect`, `good 84`, `spilt`; at most ten cells."""
    if verdict is PourVerdict.PERFECT:
        return "✦ perfect"
    return str(verdict) if verdict is PourVerdict.SPILT else f"{verdict} {score}"


FLOWS: Mapping[Flow, str] = {
    Flow.EVEN: "even",
    Flow.RUSHING: "faster…",
    Flow.SLOWING: "slower…",
}
"""How the juice will come, told beforehand."""

STYLES: Mapping[ShiftStyle, str] = {
    ShiftStyle.CAREFUL: "Little can go wrong.",
    ShiftStyle.STEADY: "One glass after another.",
    ShiftStyle.BOLD: "It splashes, or it sings.",
}
"""What is to be said of a way to work."""
