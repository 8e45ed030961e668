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


def check_daily(free_day: int, now: int) -> Refusal | None:
    """None if today's bonus may be taken.

    Args:
        free_day: the first day from today on whose bonus is not taken.
        now: the time of asking.
    """
    wait = free_day * DAY - now
    if wait <= 0:
        return None
    return Refusal(
        Reason.TOO_SOON,
        f"Today's bonus is taken. The next one is in {countdown(wait)}, at 00:00 UTC.",
        {"wait_seconds": -(-wait // SECOND)},
    )
