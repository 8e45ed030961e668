"""The daily bonus, and its streak."""

from inventui.rules.core.clock import DAY, SECOND
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.shop import countdown

STREAK = 7
"""Days of a full streak; then it begins again."""

DAILY_STEP = 100
"""Oranges on the first day, and more each day."""

DAILY_GEMS = 10
"""Gems on the last day of a streak."""


def daily_streak(last_day: int | None, streak: int, day: int) -> int:
    """The day of the streak (1–7) that a bonus on `day` is, after one on `last_day`."""
    if last_day is None or day != last_day + 1 or streak >= STREAK:
        return 1
    return streak + 1


def daily_bonus(streak: int) -> tuple[int, int]:
    """(oranges, gems) on a day of the streak."""
    return DAILY_STEP * streak, DAILY_GEMS if streak == STREAK else 0


def check_daily(last_day: int | None, day: int, now: int) -> Refusal | None:
    """None if today's bonus may be taken; a clock that went back pays nothing twice."""
    if last_day is None or day > last_day:
        return None
    wait = (last_day + 1) * DAY - now
    return Refusal(
        Reason.TOO_SOON,
        f"Today's bonus is taken. The next one is in {countdown(wait)}, at 00:00 UTC.",
        {"wait_seconds": -(-wait // SECOND)},
    )
