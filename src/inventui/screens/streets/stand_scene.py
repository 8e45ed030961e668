"""What is written at the juice stand: pay, choices, results, and what can be done now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inventui.rules.core.clock import DAY
from inventui.rules.streets import shifts
from inventui.rules.streets.shifts import ShiftStyle, pay_by_choice, shift_pay
from inventui.screens.streets.stand_picture import Inks, Scene, glasses_of
from inventui.screens.streets.stand_text import STYLES, Occasion, occasion_of, remark
from inventui.screens.streets.text import clock_words, wait_words
from inventui.widgets.colour import Runs, run
from inventui.widgets.theme import MARKER, ORANGE

if TYPE_CHECKING:
    from inventui.engine.streets.models import ShiftPaid, StreetsView
    from inventui.rules.streets.shift_game import Course

PIPS = 10
"""Marks of the pause between two shifts."""

DONUT = "🍩"


@dataclass(frozen=True, slots=True)
class State:
    """How the stand stands.

    Attributes:
        view: the streets as last seen.
        now: the time.
        motion: whether anything may move.
        course: the shift being poured, or the last one.
        elapsed: milliseconds since its beginning.
        shift: its number.
        paid: what the last shift paid, until the next begins.
        counted: how much of that is counted up.
        by_choice: whether one works by choice.
        style: the way to work that is chosen then.
        perfects: how many pours in a row were perfect.
        waiting: a line about what waits in escrow, or "".
        said: what BigPulp says instead of his remarks, or "".
    """

    view: StreetsView
    now: int
    motion: bool = True
    course: Course | None = None
    elapsed: int = 0
    shift: int = 0
    paid: ShiftPaid | None = None
    counted: int = 0
    by_choice: bool = False
    style: ShiftStyle = ShiftStyle.STEADY
    perfects: int = 0
    waiting: str = ""
    said: str = ""

    @property
    def playing(self) -> bool:
        """Whether a shift is being poured."""
        return self.course is not None and not self.course.done

    @property
    def next_at(self) -> int:
        """When the next shift may begin; the view may not know of the last one yet."""
        at = self.view.next_shift_at
        return at if self.paid is None else max(at, self.paid.next_shift_at)


def scene_of(state: State, inks: Inks) -> Scene:
    """What is seen of the stand as it stands."""
    glasses = () if state.course is None else glasses_of(state.course, state.elapsed)
    choices: tuple[Runs, ...] = ()
    if not glasses:
        closed = state.next_at - state.now > shifts.SHIFT_PAUSE
        choices = (
            _closed(inks) if closed
            else _styles(state, inks) if state.by_choice
            else _rules(inks)
        )  # fmt: skip
    return Scene(
        head=_head(state, inks),
        tail=_tail(state, inks),
        glasses=glasses,
        choices=choices,
        foot=_foot(state, inks),
        words=state.said or _remark(state),
        juice=state.shift,
    )


def _remark(state: State) -> str:
    occasion, number = _occasion(state), state.view.shift_number
    if state.playing and state.course is not None:
        number = state.shift + len(state.course.ends)
    return remark(occasion, number, state.perfects)


def _occasion(state: State) -> Occasion:
    if state.playing:
        return Occasion.POURING
    if state.paid is not None:
        if state.paid.crate is not None:
            return Occasion.CRATE
        verdicts = () if state.course is None else state.course.verdicts
        return occasion_of(verdicts, state.paid.skill, state.perfects if verdicts else 0)
    if not state.view.shifts_left:
        return Occasion.TIRED
    if state.view.fed:
        return Occasion.FED
    return Occasion.CHOOSING if state.by_choice else Occasion.READY


def _head(state: State, inks: Inks) -> Runs:
    done = state.view.shifts_today
    if state.paid is not None and state.paid.at // DAY == state.now // DAY:
        done = max(done, state.paid.number)
    return (
        run(f"{done}/{shifts.SHIFTS_A_DAY}", inks.plain, "bold"),
        run(" shifts today", inks.faint),
    )


def _tail(state: State, inks: Inks) -> Runs:
    """What the next shift pays, or what this one has brought so far."""
    view = state.view
    fed = (run(f"{DONUT} ×1.5  ", inks.accent, "bold"),) if view.fed else ()
    if state.playing and state.course is not None:
        so_far = shift_pay(state.course.skill, fed=view.fed, rest=view.rest)
        return (
            *fed,
            run("so far ", inks.faint),
            run(f"{ORANGE} {so_far}", inks.plain, "bold"),
            run(f" of {view.pay_most}", inks.faint),
        )
    least, most = view.pay_least, view.pay_most
    if state.by_choice:
        least, most = pay_by_choice(state.style, fed=view.fed, rest=view.rest)
    return (
        *fed,
        run("pays ", inks.faint),
        run(f"{ORANGE} {least}–{most}", inks.plain, "bold"),
        *((run(f" with rest +{view.rest} %", inks.faint),) if view.rest else ()),
    )


def _rules(inks: Inks) -> tuple[Runs, ...]:
    """How a shift goes, for whoever has not poured yet."""
    return (
        (run("Three glasses, each with a line.", inks.plain),),
        (run("Close each tap at its line.", inks.plain),),
        (),
        (run("─── a fine line, for sharp eyes", inks.good),),
        (run("━━━ a broad one, for the others", inks.good),),
        (),
        (run("Juice comes faster or slower:", inks.faint),),
        (run("words below each glass say how.", inks.faint),),
    )


def _closed(inks: Inks) -> tuple[Runs, ...]:
    """What hangs at the stand once a day's shifts are worked."""
    return (
        (run("╭──────────────────────╮", inks.faint),),
        (run("│  ", inks.faint), run("Closed for today.", inks.plain, "bold"),
         run("   │", inks.faint)),
        (run("╰──────────────────────╯", inks.faint),),
    )  # fmt: skip


def _styles(state: State, inks: Inks) -> tuple[Runs, ...]:
    """The ways to work by choice."""
    lines: list[Runs] = []
    for style in ShiftStyle:
        least, most = pay_by_choice(style, fed=state.view.fed, rest=state.view.rest)
        here = style is state.style
        lines += [
            (
                run(f"{MARKER if here else ' '} ", inks.accent),
                run(f"{style.capitalize():9}", inks.plain, "bold reverse" if here else "bold"),
                run(f"  {ORANGE} {least}–{most}", inks.plain),
            ),
            (run(f"  {STYLES[style]}", inks.faint),),
            (),
        ]
    return tuple(lines)


def _foot(state: State, inks: Inks) -> tuple[Runs, ...]:
    """What came of it, and what can be done now."""
    lines: list[Runs] = []
    paid = state.paid
    if paid is not None:
        rest = f"  rest +{paid.rest} %" if paid.rest else ""
        meal = f"{rest}  {DONUT} ×1.5" if paid.fed else rest
        line: Runs = (
            run(f"+{ORANGE} {state.counted:,}", inks.good, "bold"),
            run(f"  skill {paid.skill}{meal}", inks.plain),
        )
        if state.perfects > 1 and state.course is not None:
            line = (*line, run(f"  ✦ {state.perfects} perfect in a row", inks.accent, "bold"))
        lines.append(line)
    lines.append(_next(state, inks))
    if state.waiting and not state.playing:
        lines.append((run("c ", inks.accent, "bold"), run(state.waiting, inks.plain)))
    return tuple(lines)


def _next(state: State, inks: Inks) -> Runs:
    key = run("enter ", inks.accent, "bold")
    if state.playing:
        return (key, run("closes the tap", inks.plain))
    left = state.next_at - state.now
    if left <= 0:
        if state.by_choice:
            keys = run("  ↑↓ ", inks.accent, "bold")
            return (key, run("works a shift this way", inks.plain), keys,
                    run("another way", inks.plain))  # fmt: skip
        return (key, run("opens the first tap", inks.plain))
    if left > shifts.SHIFT_PAUSE:
        return (run(f"Enough for today. More in {wait_words(left)}, at 00:00 UTC.", inks.faint),)
    if not state.motion:
        return (run(f"The next shift begins at {clock_words(state.next_at)}.", inks.faint),)
    pips = -(-left * PIPS // shifts.SHIFT_PAUSE)
    return (
        run(f"The next shift in {wait_words(left)} ", inks.faint),
        run("▰" * (PIPS - pips), inks.accent),
        run("▱" * pips, inks.faint),
    )
