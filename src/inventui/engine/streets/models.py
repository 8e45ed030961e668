"""Read models and outcomes of shifts, the daily bonus and robberies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from inventui.engine.core.models import Balance
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity
from inventui.rules.core.money import Currency
from inventui.rules.core.refusal import Refusal
from inventui.rules.streets.robbery import ChancePart


@dataclass(frozen=True, slots=True)
class StreetsView:
    """What a shift and the daily bonus would bring a player now.

    Attributes:
        shifts_today: how many were worked since 00:00 UTC.
        shifts_left: how many may still be worked today.
        next_shift_at: when the next may begin; not later than now if at once.
        shift_number: number of the next shift, of all that the player has worked.
        abandoned: whether a shift was begun that has not ended: it is under way, or left
            by who poured, and counts before any other.
        fed: whether a donut makes the next shift pay half as much again.
        rest: percent more that the home makes it pay.
        pay_least: what the next shift pays at skill 0.
        pay_most: what the next shift pays at skill 100.
        streak: days of the streak that stand, up to the last bonus taken; 0 if it is broken.
        bonus_ready: whether today's bonus may be taken.
        bonus_at: when the next bonus may be taken; not later than now if at once.
        bonus_day: the day of the streak, 1–7, that the next bonus is.
        bonus_oranges: what it brings.
        bonus_gems: what it brings.
    """

    at: int
    shifts_today: int
    shifts_left: int
    next_shift_at: int
    shift_number: int
    abandoned: bool
    fed: bool
    rest: int
    pay_least: int
    pay_most: int
    streak: int
    bonus_ready: bool
    bonus_at: int
    bonus_day: int
    bonus_oranges: int
    bonus_gems: int


@dataclass(frozen=True, slots=True)
class Crate:
    """What a crate dropped into escrow, and when it expires there."""

    item_id: int
    slug: str
    name: str
    category: Category
    rarity: Rarity
    held_until: int


@dataclass(frozen=True, slots=True)
class ShiftBegun:
    """The outcome of opening the first tap of a shift."""

    operation: int
    at: int
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class ShiftPaid:
    """The outcome of a shift.

    Attributes:
        number: of the shift, from 1 on each day.
        skill: 0 to 100.
        pay: in oranges.
        fed: whether a donut counted, which is used up now.
        rest: percent more that the home made it pay.
        crate: what dropped, if anything did.
        next_shift_at: when the next shift may begin.
        abandoned: whether this was a shift that had been begun and left, which counts first.
    """

    operation: int
    number: int
    shifts_left: int
    skill: int
    pay: int
    fed: bool
    crate: Crate | None
    next_shift_at: int
    balance: Balance
    experience_gained: int
    rank_up: str | None
    at: int
    repeat: bool = False
    unpaid: Mapping[Currency, int] = field(default_factory=dict)
    rest: int = 0
    abandoned: bool = False


@dataclass(frozen=True, slots=True)
class DailyPaid:
    """The outcome of taking a daily bonus; `streak` is its day, 1–7."""

    operation: int
    streak: int
    oranges: int
    gems: int
    next_at: int
    balance: Balance
    at: int
    repeat: bool = False
    unpaid: Mapping[Currency, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TargetView:
    """Somebody who may be robbed, as one player sees them.

    Attributes:
        neighbour: whether it is a computer neighbour.
        oranges: what they have.
        bonus: of this player's weapon, in percent.
        defence: of their armour, in percent.
        insurance: percent of the loot that their home keeps.
        chance: of success, in percent.
        parts: the chance spelled out; they sum to it.
        loot_least: the least that a success takes, in oranges.
        loot_most: the most that a success takes, in oranges.
        halved: how often that is halved, once for each time that this player robbed them within
            24 h.
        fine: what a failure costs, in oranges.
        refusal: why they can't be robbed now, or None.
        free_at: when the refusal ends by itself, if it does.
        sprite: of a neighbour, or "".
        emoji: of a neighbour, or "".
        line: what a neighbour says, or "".
    """

    name: str
    neighbour: bool
    oranges: int
    bonus: int
    defence: int
    insurance: int
    chance: int
    parts: tuple[ChancePart, ...]
    loot_least: int
    loot_most: int
    halved: int
    fine: int
    refusal: Refusal | None
    free_at: int | None
    sprite: str
    emoji: str
    line: str


@dataclass(frozen=True, slots=True)
class Wear:
    """How a robbery wore down a piece of gear; with 0 points left it broke."""

    name: str
    points: int
    left: int

    @property
    def broke(self) -> bool:
        """Whether it is gone."""
        return self.left == 0


@dataclass(frozen=True, slots=True)
class Stolen:
    """The player item that was stolen, as it is in the robber's escrow."""

    item_id: int
    name: str
    rarity: Rarity
    held_until: int


@dataclass(frozen=True, slots=True)
class RobberyDone:
    """The outcome of a robbery.

    Attributes:
        chance: of success, in percent.
        oranges: what was taken, or the fine.
        halved: how often what a success takes was halved.
        stolen: the piece of gear that was taken too, if any.
        weapon: what it did to this player's weapon, if one was worn.
        armour: what it did to the target's armour, if one was worn.
        ticket: 0 to 999,999; below `chance` × 10,000 is a success.
    """

    operation: int
    target: str
    neighbour: bool
    chance: int
    success: bool
    oranges: int
    stolen: Stolen | None
    weapon: Wear | None
    armour: Wear | None
    nonce: int
    ticket: int
    server_seed_hash: str
    client_seed: str
    odds_hash: str
    balance: Balance
    experience_gained: int
    rank_up: str | None
    at: int
    repeat: bool = False
    halved: int = 0


@dataclass(frozen=True, slots=True)
class RobberySimulation:
    """Many robberies of one chance, from a target and by a robber of equal purses.

    Attributes:
        chance: of success, in percent.
        purse: what both sides have, in oranges.
        successes: how many succeeded.
        loot: what all successes took, in oranges, with no insurance.
        gear: how many successes would have taken a piece of gear.
        fine: what each failure costs, in oranges.
        p_value: the chance of a count of successes as far off or further if the odds hold.
        rolls_needed: of fewer rolls it means nothing.
    """

    chance: int
    purse: int
    seed: str
    rolls: int
    successes: int
    loot: int
    gear: int
    fine: int
    p_value: float
    rolls_needed: int
