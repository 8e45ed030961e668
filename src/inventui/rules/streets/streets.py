"""Streets: shifts, the daily bonus, and robbery."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from inventui.rules.cases.fairness import TICKETS
from inventui.rules.core.clock import DAY, HOUR, SECOND
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.world_random import Draws
from inventui.rules.shop import countdown

SHIFT_PAUSE = 30 * SECOND
"""Time between two shifts."""

SHIFTS_A_DAY = 40
SHIFT_LEAST, SHIFT_MOST = 20, 120
"""What a shift pays, in oranges, by skill."""

CRATE_CHANCE = 8
"""Percent of shifts that turn up a crate."""

CRATE_WEIGHTS: Mapping[Rarity, int] = MappingProxyType(
    {Rarity.COMMON: 60, Rarity.UNCOMMON: 28, Rarity.RARE: 10, Rarity.LEGENDARY: 2}
)
"""How often a crate holds each rarity, out of 100."""

SHIFT_EXPERIENCE = 5
ROBBERY_EXPERIENCE = 25

STREAK = 7
"""Days of a full streak; then it begins again."""

DAILY_STEP = 100
"""Oranges on the first day, and more each day."""

DAILY_GEMS = 10
"""Gems on the last day of a streak."""


class ShiftStyle(StrEnum):
    """How to work a shift by choice instead of by timing; all have the same mean."""

    CAREFUL = "careful"
    STEADY = "steady"
    BOLD = "bold"


MEAN_SKILL = 60
"""The mean skill of a shift by choice: 80 oranges."""

STYLE_SPREAD: Mapping[ShiftStyle, int] = MappingProxyType(
    {ShiftStyle.CAREFUL: 10, ShiftStyle.STEADY: 25, ShiftStyle.BOLD: 40}
)
"""How far a choice's skill may lie from the mean, either way."""


def skill_by_choice(seed: str, player: int, shift: int, style: ShiftStyle) -> int:
    """The skill of a player's shift of this number, worked in a style."""
    spread = STYLE_SPREAD[style]
    draws = Draws(seed, "shift-skill", f"{player}:{shift}:{style}")
    return draws.between(MEAN_SKILL - spread, MEAN_SKILL + spread)


def pay_by_choice(style: ShiftStyle, *, fed: bool) -> tuple[int, int]:
    """The least and the most that a shift in a style pays, in oranges."""
    spread = STYLE_SPREAD[style]
    return shift_pay(MEAN_SKILL - spread, fed=fed), shift_pay(MEAN_SKILL + spread, fed=fed)


def check_skill(skill: int) -> Refusal | None:
    """None if a game of timing can give this skill."""
    if 0 <= skill <= 100:
        return None
    return Refusal(
        Reason.INVALID_AMOUNT,
        f"Skill is a whole number from 0 to 100, not {skill:,}.",
        {"skill": skill, "least": 0, "most": 100},
    )


def shift_pay(skill: int, *, fed: bool) -> int:
    """Oranges for a shift.

    Args:
        skill: 0 to 100, as the game of timing gives it.
        fed: whether a donut counts: half as much again, rounded down.
    """
    if not 0 <= skill <= 100:
        raise ValueError(f"skill is 0 to 100, not {skill}")
    pay = SHIFT_LEAST + (SHIFT_MOST - SHIFT_LEAST) * skill // 100
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


def next_shift(shifts_today: int, last_at: int | None, now: int) -> int:
    """When the next shift may begin, `now` if at once."""
    if shifts_today >= SHIFTS_A_DAY:
        return (now // DAY + 1) * DAY
    if last_at is not None and last_at <= now < last_at + SHIFT_PAUSE:
        return last_at + SHIFT_PAUSE
    return now


def has_crate(seed: str, player: int, shift: int) -> bool:
    """Whether a player's shift of this number turns up a crate."""
    return Draws(seed, "crate", f"{player}:{shift}").chance(CRATE_CHANCE)


def crate_item(
    seed: str, player: int, shift: int, pool: Mapping[Rarity, Sequence[str]]
) -> str | None:
    """What the crate of a player's shift holds, or None if there is nothing to hold.

    Args:
        seed: the world's seed.
        player: the player's number.
        shift: the shift's number, of all that the player has worked.
        pool: slugs by rarity, in a stable order; a rarity without any is left out.
    """
    weights = {rarity: weight for rarity, weight in CRATE_WEIGHTS.items() if pool.get(rarity)}
    if not weights:
        return None
    draws = Draws(seed, "crate-item", f"{player}:{shift}")
    mark = draws.below(sum(weights.values()))
    for rarity, weight in weights.items():
        if mark < weight:
            return draws.pick(pool[rarity])
        mark -= weight
    raise AssertionError("a draw is below the sum of the weights")


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


BASE_CHANCE = 50
LEAST_CHANCE, MOST_CHANCE = 5, 95
LOOT_LEAST, LOOT_MOST = 5, 15
"""Percent of the target's oranges that a success takes."""

GEAR_CHANCE = 10
"""Percent of successes that also take a piece of gear."""

FINE = 5
"""Percent of the robber's oranges that a failure costs."""

MOST_FINE = 500
SAME_TARGET_PAUSE = HOUR
POOR = 500
"""A target with fewer oranges can't be robbed."""

NEW = 24 * HOUR
"""A player newer than this can't be robbed."""

STOLEN_HELD = 48 * HOUR
"""How long escrow keeps what was stolen."""

WEAR_LEAST, WEAR_MOST = 2, 3
"""Points of durability that a robbery costs each side's gear."""


def rob_chance(bonus: int, defence: int) -> int:
    """Percent of robberies that succeed: 50 + bonus − defence, kept within 5–95."""
    return max(LEAST_CHANCE, min(MOST_CHANCE, BASE_CHANCE + bonus - defence))


def succeeds(ticket: int, chance: int) -> bool:
    """Whether a roll's ticket is below the chance."""
    return ticket < TICKETS * chance // 100


def loot(oranges: int, word: int, insurance: int) -> int:
    """What a success takes: 5–15 % of the target's oranges less the insured share.

    Args:
        oranges: the target's.
        word: a 32-bit number of the roll; it draws the share in steps of 1/100 %.
        insurance: percent of the loot that the target's housing keeps.
    """
    steps = (LOOT_MOST - LOOT_LEAST) * 100
    share = Fraction(LOOT_LEAST * 100 + (word * (steps + 1) >> 32), 10_000)
    return int(oranges * share * (100 - insurance) / 100)


def fine(oranges: int) -> int:
    """What a failure costs: 5 %, at most 500."""
    return min(MOST_FINE, oranges * FINE // 100)


def wear(word: int) -> int:
    """Points of durability lost, drawn by a 32-bit number of the roll."""
    return WEAR_LEAST + (word * (WEAR_MOST - WEAR_LEAST + 1) >> 32)


@dataclass(frozen=True, slots=True)
class Target:
    """What decides whether and how somebody can be robbed."""

    name: str
    oranges: int
    created_at: int
    neighbour: bool
    last_robbed_by_me: int | None


def check_rob(robber: str, target: Target, now: int) -> Refusal | None:
    """None if a target may be robbed now: not oneself, new, poor, or robbed within the hour."""
    if target.name == robber:
        return Refusal(Reason.NO_TARGET, "You can't rob yourself. Name somebody else.")
    if not target.neighbour and now < target.created_at + NEW:
        wait = target.created_at + NEW - now
        return Refusal(
            Reason.PROTECTED,
            f"{target.name} is new here and can't be robbed for another {countdown(wait)}.",
            {"wait_seconds": -(-wait // SECOND)},
        )
    if target.oranges < POOR:
        return Refusal(
            Reason.PROTECTED,
            f"{target.name} has fewer than {POOR} oranges. There is nothing to take.",
            {"least": POOR},
        )
    last = target.last_robbed_by_me
    if last is not None and last <= now < last + SAME_TARGET_PAUSE:
        wait = last + SAME_TARGET_PAUSE - now
        return Refusal(
            Reason.TOO_SOON,
            f"{target.name} is on guard after the last time. Try again in {countdown(wait)}.",
            {"wait_seconds": -(-wait // SECOND)},
        )
    return None
