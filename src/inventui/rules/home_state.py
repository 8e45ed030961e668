"""What the rooms know of a player, from which the lines of Home follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from inventui.rules.achievements import Condition
from inventui.rules.core.enums import Rarity
from inventui.rules.people.friends import FriendshipState


class QuestLike(Protocol):
    """A quest that is on show."""

    @property
    def slug(self) -> str:
        """Its name in the pack."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def condition(self) -> Condition:
        """What is counted."""

    @property
    def oranges(self) -> int:
        """The reward."""

    @property
    def number(self) -> int:
        """Its place, from 1 on."""

    @property
    def total(self) -> int:
        """How many quests there are."""


@dataclass(frozen=True, slots=True)
class OpenGoal:
    """A goal that is not reached yet.

    Attributes:
        name: what it is called.
        condition: what is counted.
        threshold: how far it goes.
        left: how much of that is missing; 0 until what was reached is rewarded.
        oranges: the reward.
    """

    name: str
    condition: Condition
    threshold: int
    left: int
    oranges: int


@dataclass(frozen=True, slots=True)
class RobberyTarget:
    """A neighbour who may be robbed now.

    Attributes:
        chance: of success, in percent.
        taken: oranges that a success takes in the mean.
    """

    name: str
    chance: int
    taken: int


@dataclass(frozen=True, slots=True)
class CheapFusion:
    """A fusion of the five cheapest finds of a rarity.

    Attributes:
        fee: what it costs, in oranges.
        gain: what comes out is worth in the mean, less the fee and what goes in.
    """

    rarity: Rarity
    fee: int
    gain: int


@dataclass(frozen=True, slots=True)
class AtHome:
    """What the rooms know of a player, from which the lines of Home follow.

    Attributes:
        oranges, experience: what the player has.
        trades: (number, other's name, until, what it brings) of those that wait for an answer.
        escrowed: (number, name, value, until) of what waits in escrow.
        friends: names of those who ask to be friends.
        gifts: how many are unread.
        bonus: oranges of the day's bonus, or None if it was had.
        shifts_left, next_shift_at, shift_pay: how many, when, and for how many oranges in the mean.
        unpaid: (day, oranges) of the upkeep that is due, the oldest first.
        gear: (number, name, category, status) of what is owned or worn, the dearest first.
        cheapest_business: what the cheapest one costs; None to who has one, or if there is none.
        cheapest_home: what the cheapest one costs, and in how many days it is paid back; None to
            who has one, or if there is none that is.
        for_gems: (slug, name, gems) of the dearest that is to be had for gems alone, that these
            pay, and that the player has not; or None.
        finds: number and value of what the house would buy.
        robbery_targets: the neighbours who may be robbed now.
        robbery_wear: what a robbery wears off the weapon in the mean, in oranges.
        fusions: what the cheapest finds of each rarity could be fused into.
        goals: those that are not reached, but for quests.
        bonds: (name, friendship) of each neighbour.
        listings, offers: how many of the player's are open in the bazaar, and how many trades.
        sets: (case, name, oranges) of those whose reward may be taken.
        quest: the first one that is not done.
        case: (slug, name, price, loss in the mean) of the cheapest one, or None.
    """

    now: int
    oranges: int
    experience: int
    trades: Sequence[tuple[int, str, int, int]]
    escrowed: Sequence[tuple[int, str, int, int | None]]
    friends: Sequence[str]
    gifts: int
    bonus: int | None
    shifts_left: int
    next_shift_at: int
    shift_pay: int
    unpaid: Sequence[tuple[int, int]]
    gear: Sequence[tuple[int, str, str, str]]
    cheapest_business: int | None
    cheapest_home: tuple[int, int] | None
    for_gems: tuple[str, str, int] | None
    finds: tuple[int, int]
    robbery_targets: Sequence[RobberyTarget]
    robbery_wear: int
    fusions: Sequence[CheapFusion]
    goals: Sequence[OpenGoal]
    bonds: Sequence[tuple[str, FriendshipState]]
    listings: int
    offers: int
    sets: Sequence[tuple[str, str, int]]
    quest: QuestLike | None
    case: tuple[str, str, int, int] | None
