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

from inventui.rules.cases.fairness import TICKETS, words
from inventui.rules.cases.odds import OddsEntry, OddsTable
from inventui.rules.core.enums import Rarity
from inventui.rules.streets.streets import (
    BASE_CHANCE,
    GEAR_CHANCE,
    LEAST_CHANCE,
    MOST_CHANCE,
    rob_chance,
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
