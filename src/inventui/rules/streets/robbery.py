"""Robbery: its odds table, and what its roll draws.

A robbery is rolled with the robber's seed pair. Of the 32-bit numbers u of its nonce
(`rules.cases.fairness.words`), counted from 0:

    0  the ticket: u × 1,000,000 / 2**32 below chance × 10,000 is a success
    1  the share of the target's oranges, 5–15 %
    2  whether a piece of gear goes too: u × 100 / 2**32 below 10
    3  which of the target's unworn gear, by its number: u × (how many) / 2**32
    4  the wear of the robber's weapon, 2–3 points
    5  the wear of the target's armour, 2–3 points
"""

from dataclasses import dataclass
from fractions import Fraction

from inventui.rules.cases.fairness import TICKETS, words
from inventui.rules.cases.odds import OddsEntry, OddsTable
from inventui.rules.core.clock import HOUR, SECOND
from inventui.rules.core.enums import Rarity
from inventui.rules.core.money import Currency
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.shop import countdown

ROBBERY_EXPERIENCE = 25
BASE_CHANCE = 50

LEAST_CHANCE, MOST_CHANCE = 5, 95
LOOT_LEAST, LOOT_MOST = 5, 15
"""Percent of the target's oranges that a success takes."""

GEAR_CHANCE = 10
"""Percent of successes that also take a piece of gear."""

FINE = 5
"""Percent of the robber's oranges that a failure costs."""

LEAST_FINE, MOST_FINE = 100, 500

STAKE = 200
"""Oranges without which nobody can rob: they are at stake against the fine."""

ON_GUARD = 24 * HOUR
"""For how long a robbery halves what the same robber can take from the same victim."""

SAME_TARGET_PAUSE = HOUR

A_DAY_AWAY, AN_ABSENCE = 1, 3
"""How often neighbours rob a player who is away in a day (UTC), and until they come back."""

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


def loot(oranges: int, word: int, insurance: int, halved: int = 0) -> int:
    """What a success takes: 5–15 % of the target's oranges less the insured share, 1 at least.

    Args:
        oranges: the target's.
        word: a 32-bit number of the roll; it draws the share in steps of 1/100 %.
        insurance: percent of the loot that the target's housing keeps.
        halved: how often this robber robbed this target with success within `ON_GUARD`; what is
            left is halved so many times.
    """
    steps = (LOOT_MOST - LOOT_LEAST) * 100
    share = Fraction(LOOT_LEAST * 100 + (word * (steps + 1) >> 32), 10_000)
    return max(1, int(oranges * share * (100 - insurance) / 100) >> halved)


def fine(oranges: int) -> int:
    """What a failure costs: 5 %, at least 100 and at most 500, but no more than there is."""
    return min(oranges, MOST_FINE, max(LEAST_FINE, oranges * FINE // 100))


def mean_loot(oranges: int, insurance: int, halved: int = 0) -> int:
    """What a success takes in the mean; see `loot`."""
    return loot(oranges, 1 << 31, insurance, halved)


def mean_wear(price: int, durability: int) -> int:
    """What the mean wear of a robbery takes off a weapon of this price, in oranges, rounded up.

    Args:
        price: what a new one costs.
        durability: its points when it is new.
    """
    return -(-price * (WEAR_LEAST + WEAR_MOST) // (2 * max(1, durability)))


def mean_gain(chance: int, taken: int, oranges: int, worn: int = 0) -> int:
    """What a robbery brings in the mean, in oranges, rounded down; below 0 if it costs more.

    Args:
        chance: of success, in percent.
        taken: what a success takes in the mean.
        oranges: the robber's, by which the fine is measured.
        worn: what the wear of the robber's weapon costs.
    """
    return (chance * taken - (100 - chance) * fine(oranges)) // 100 - worn


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
    if not target.neighbour and target.created_at <= now < target.created_at + NEW:
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


def check_stake(oranges: int) -> Refusal | None:
    """None if a robber has something to lose."""
    if oranges >= STAKE:
        return None
    missing = STAKE - oranges
    return Refusal(
        Reason.INSUFFICIENT_FUNDS,
        f"A robber must have {STAKE} oranges at stake against the fine. You have {oranges:,}, "
        f"{missing:,} more are needed: work a shift (play) or take the daily bonus (daily).",
        {
            "required": STAKE,
            "current": oranges,
            "missing": missing,
            "currency": str(Currency.ORANGES),
        },
    )


def check_chance(target: str, chance: int, shown: int | None) -> Refusal | None:
    """None if a robbery has the chance that the player saw; `shown` is None if nobody says."""
    if shown in (None, chance):
        return None
    return Refusal(
        Reason.ODDS_CHANGED,
        f"Your chance to rob {target} is {chance} % now, not {shown} %, as you saw it. Nothing "
        "happened; look again first.",
        {"chance": chance, "shown": shown},
    )


@dataclass(frozen=True, slots=True)
class ChancePart:
    """A part of a chance, in percent, and what it comes from."""

    label: str
    percent: int


def chance_parts(
    bonus: int, defence: int, weapon: str | None = None, armour: str | None = None
) -> tuple[ChancePart, ...]:
    """`rob_chance` spelled out: its parts, none of them 0, sum to it."""
    parts = [
        ChancePart("everybody's chance", BASE_CHANCE),
        ChancePart(f"your {weapon or 'weapon'}", bonus),
        ChancePart(f"their {armour or 'armour'}", -defence),
    ]
    rest = rob_chance(bonus, defence) - sum(part.percent for part in parts)
    parts.append(ChancePart(f"kept within {LEAST_CHANCE}–{MOST_CHANCE} %", rest))
    return tuple(part for part in parts if part.percent)


SUCCESS, FAILURE = "success", "failure"


def robbery_odds(chance: int) -> OddsTable:
    """The odds table that a robbery of this chance, in percent, is rolled with."""
    parts = TICKETS * chance // 100
    return OddsTable(
        "robbery",
        1,
        (
            OddsEntry("Success", 1, Rarity.COMMON, parts, SUCCESS),
            OddsEntry("Failure", 0, Rarity.COMMON, TICKETS - parts, FAILURE),
        ),
    )


@dataclass(frozen=True, slots=True)
class RobberyDraw:
    """What a nonce draws for a robbery: a ticket, then 32-bit numbers; see the module's text."""

    ticket: int
    loot: int
    gear: int
    which: int
    weapon_wear: int
    armour_wear: int


def robbery_draw(server_seed: str, client_seed: str, nonce: int) -> RobberyDraw:
    """Everything that one nonce draws for a robbery."""
    first, *rest = words(server_seed, client_seed, nonce, 6)
    return RobberyDraw(first * TICKETS >> 32, *rest)


def takes_gear(word: int) -> bool:
    """Whether a success also takes a piece of gear, drawn by a 32-bit number of the roll."""
    return word * 100 >> 32 < GEAR_CHANCE


def which_gear(word: int, count: int) -> int:
    """Which of `count` pieces is taken, from 0, drawn by a 32-bit number of the roll."""
    return word * count >> 32
