"""Shifts: how many a day, what they pay, and what turns up."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from inventui.rules.core.clock import DAY, SECOND
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.world_random import Draws
from inventui.rules.shop import countdown

SHIFT_PAUSE = 30 * SECOND
"""Time between two shifts."""

SHIFTS_A_DAY = 40
SHIFT_LEAST, SHIFT_MOST = 20, 120
"""What a shift pays, in oranges, by skill."""

SHIFT_EXPERIENCE = 5


class ShiftStyle(StrEnum):
    """How to work a shift by choice instead of by timing; all have the same mean."""

    CAREFUL = "careful"
    STEADY = "steady"
    BOLD = "bold"


MEAN_SKILL = 40
"""The mean skill of a shift by choice: 60 oranges."""

STYLE_SPREAD: Mapping[ShiftStyle, int] = MappingProxyType(
    {ShiftStyle.CAREFUL: 2, ShiftStyle.STEADY: 5, ShiftStyle.BOLD: 10}
)
"""How far a choice's skill may lie from the mean, either way: at most 50–70 oranges."""


def skill_by_choice(seed: str, player: int, shift: int, style: ShiftStyle) -> int:
    """The skill of a player's shift of this number, worked in a style."""
    spread = STYLE_SPREAD[style]
    draws = Draws(seed, "shift-skill", f"{player}:{shift}:{style}")
    return draws.between(MEAN_SKILL - spread, MEAN_SKILL + spread)


def pay_by_choice(style: ShiftStyle, *, fed: bool, rest: int) -> tuple[int, int]:
    """The least and the most that a shift in a style pays, in oranges."""
    least, most = MEAN_SKILL - STYLE_SPREAD[style], MEAN_SKILL + STYLE_SPREAD[style]
    return shift_pay(least, fed=fed, rest=rest), shift_pay(most, fed=fed, rest=rest)


def check_skill(skill: int) -> Refusal | None:
    """None if a game of timing can give this skill."""
    if 0 <= skill <= 100:
        return None
    return Refusal(
        Reason.INVALID_AMOUNT,
        f"Skill is a whole number from 0 to 100, not {skill:,}.",
        {"skill": skill, "least": 0, "most": 100},
    )


def shift_pay(skill: int, *, fed: bool, rest: int) -> int:
    """Oranges for a shift; each addition is rounded down.

    Args:
        skill: 0 to 100, as the game of timing gives it.
        fed: whether a donut counts: half as much again.
        rest: percent more for a home (`rules.property.rest`), before the donut.
    """
    if not 0 <= skill <= 100:
        raise ValueError(f"skill is 0 to 100, not {skill}")
    pay = (SHIFT_LEAST + (SHIFT_MOST - SHIFT_LEAST) * skill // 100) * (100 + rest) // 100
    return pay * 3 // 2 if fed else pay


def check_shift(shifts_today: int, last_at: int | None, now: int) -> Refusal | None:
    """None if a shift may begin now."""
    if shifts_today >= SHIFTS_A_DAY:
        wait = (now // DAY + 1) * DAY - now
        return Refusal(
            Reason.TOO_OFTEN,
            f"Those were {SHIFTS_A_DAY} shifts today. The next one is in {countdown(wait)}, at "
            "00:00 UTC.",
            {"limit": SHIFTS_A_DAY, "wait_seconds": -(-wait // SECOND)},
        )
    if last_at is not None and last_at <= now < last_at + SHIFT_PAUSE:
        wait = last_at + SHIFT_PAUSE - now
        return Refusal(
            Reason.TOO_SOON,
            f"Catch your breath: the next shift begins in {countdown(wait)}.",
            {"wait_seconds": -(-wait // SECOND)},
        )
    return None


def check_begin(another: bool, shifts_today: int, last_at: int | None, now: int) -> Refusal | None:
    """None if the first tap of a shift may be opened now; `another`, whether one is open."""
    if another:
        return Refusal(
            Reason.TOO_SOON,
            "A shift that was begun has not ended. It counts first, with what was poured.",
            {"wait_seconds": 0},
        )
    return check_shift(shifts_today, last_at, now)


def next_shift(shifts_today: int, last_at: int | None, now: int) -> int:
    """When the next shift may begin, `now` if at once."""
    if shifts_today >= SHIFTS_A_DAY:
        return (now // DAY + 1) * DAY
    if last_at is not None and last_at <= now < last_at + SHIFT_PAUSE:
        return last_at + SHIFT_PAUSE
    return now
