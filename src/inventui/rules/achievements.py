"""Achievements: their conditions, progress, rewards and sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from inventui.rules.core.enums import Rarity
from inventui.rules.core.money import Currency, money_words


class Condition(StrEnum):
    """What is counted against an achievement's threshold."""

    OPENINGS = "openings"
    """Cases opened."""
    COMMONS_WON = "commons_won"
    RARES_WON = "rares_won"
    EPICS_WON = "epics_won"
    LEGENDARIES_WON = "legendaries_won"
    BEST_WIN = "best_win"
    """The highest value won in one roll, in oranges."""
    BIGGEST_BATCH = "biggest_batch"
    """Most cases opened at once."""
    ITEMS_HELD = "items_held"
    """Player items held, but for what everybody has from the start."""
    ITEMS_SOLD = "items_sold"
    BIGGEST_SALE = "biggest_sale"
    """Most oranges for one sale."""
    NET_WORTH = "net_worth"
    """Oranges and the value of what is held."""
    ORANGES_SPENT = "oranges_spent"
    RANK = "rank"
    """Level reached, 0 for the lowest."""
    DAILY_STREAK = "daily_streak"
    """Days in a row."""
    SHIFTS = "shifts"
    COSMETICS_OWNED = "cosmetics_owned"
    SLOTS_FILLED = "slots_filled"
    WORN = "worn"
    """Gear and cosmetics worn, but for what everybody has from the start."""
    GEAR_OWNED = "gear_owned"
    GEAR_BROKEN = "gear_broken"
    ROBBERIES = "robberies"
    """Robberies that succeeded."""
    ROBBERIES_TRIED = "robberies_tried"
    """Robberies, whatever became of them."""
    ROBBERIES_FOILED = "robberies_foiled"
    BUSINESS_REVENUE = "business_revenue"
    FRIENDS = "friends"
    GIFTS_GIVEN = "gifts_given"
    BAZAAR_SALES = "bazaar_sales"
    LISTINGS = "listings"
    """Player items listed in the bazaar."""
    TRADES = "trades"
    FUSIONS = "fusions"
    COLLECTIONS = "collections"
    """Sets completed."""
    WITHDRAWALS = "withdrawals"
    ROTATIONS = "rotations"
    """Seed pairs retired."""


WON = {
    Rarity.COMMON: Condition.COMMONS_WON,
    Rarity.RARE: Condition.RARES_WON,
    Rarity.EPIC: Condition.EPICS_WON,
    Rarity.LEGENDARY: Condition.LEGENDARIES_WON,
}
"""The condition that counts wins of each rarity."""


ROOM_OF = {
    Condition.OPENINGS: "cases",
    Condition.COMMONS_WON: "cases",
    Condition.RARES_WON: "cases",
    Condition.EPICS_WON: "cases",
    Condition.LEGENDARIES_WON: "cases",
    Condition.BEST_WIN: "cases",
    Condition.BIGGEST_BATCH: "cases",
    Condition.ITEMS_HELD: "inventory",
    Condition.ITEMS_SOLD: "inventory",
    Condition.BIGGEST_SALE: "inventory",
    Condition.NET_WORTH: "wallet",
    Condition.ORANGES_SPENT: "wallet",
    Condition.RANK: "wallet",
    Condition.DAILY_STREAK: "streets",
    Condition.SHIFTS: "streets",
    Condition.COSMETICS_OWNED: "shop",
    Condition.SLOTS_FILLED: "inventory",
    Condition.WORN: "shop",
    Condition.GEAR_OWNED: "black_market",
    Condition.GEAR_BROKEN: "streets",
    Condition.ROBBERIES: "streets",
    Condition.ROBBERIES_FOILED: "streets",
    Condition.ROBBERIES_TRIED: "streets",
    Condition.LISTINGS: "bazaar",
    Condition.BUSINESS_REVENUE: "property",
    Condition.FRIENDS: "people",
    Condition.GIFTS_GIVEN: "people",
    Condition.BAZAAR_SALES: "bazaar",
    Condition.TRADES: "trades",
    Condition.FUSIONS: "workshop",
    Condition.COLLECTIONS: "collections",
    Condition.WITHDRAWALS: "inventory",
    Condition.ROTATIONS: "fairness",
}
"""The room where one gets on with it."""

PART_OF = {
    Condition.DAILY_STREAK: "daily",
    Condition.SHIFTS: "play",
    Condition.ROBBERIES: "rob",
    Condition.ROBBERIES_TRIED: "rob",
}
"""The part of that room, where the room has parts."""


class Goal(Protocol):
    """A goal: a condition and how far it has to go."""

    @property
    def condition(self) -> Condition:
        """What is counted."""

    @property
    def threshold(self) -> int:
        """How far it has to go, from 1 on."""


AnyGoal = TypeVar("AnyGoal", bound=Goal)


@dataclass(frozen=True, slots=True)
class Rewards:
    """What a goal gives, once.

    Attributes:
        oranges: whole oranges.
        gems: whole gems.
        experience: points.
        item: slug of a player item, or an empty text.
        item_name: what that player item is called.
    """

    oranges: int = 0
    gems: int = 0
    experience: int = 0
    item: str = ""
    item_name: str = ""


def figure(figures: Mapping[Condition, int], condition: Condition) -> int:
    """A metric's value; 0 if it was not counted."""
    return max(0, figures.get(condition, 0))


def progress(figures: Mapping[Condition, int], goal: Goal) -> int:
    """How far a player is towards a goal, at most its threshold."""
    return min(goal.threshold, figure(figures, goal.condition))


def reached(goals: Iterable[AnyGoal], figures: Mapping[Condition, int]) -> list[AnyGoal]:
    """The goals that these metrics reach, in their order."""
    return [goal for goal in goals if progress(figures, goal) >= goal.threshold]


def farthest(goals: Iterable[Goal]) -> dict[Condition, int]:
    """The conditions that goals count, each with the largest threshold."""
    wanted: dict[Condition, int] = {}
    for goal in goals:
        wanted[goal.condition] = max(goal.threshold, wanted.get(goal.condition, 0))
    return wanted


def reward_parts(rewards: Rewards) -> list[str]:
    """Each reward as a sentence says it: `200 oranges`, `50 experience`, a player item's name."""
    sums = (
        (rewards.oranges, Currency.ORANGES),
        (rewards.gems, Currency.GEMS),
        (rewards.experience, Currency.EXPERIENCE),
    )
    parts = [money_words(amount, currency) for amount, currency in sums if amount]
    return [*parts, rewards.item_name] if rewards.item_name else parts


def reward_words(rewards: Rewards) -> str:
    """`200 oranges, 5 gems and Diner Floor`; an empty text where there is no reward."""
    parts = reward_parts(rewards)
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def award_words(
    name: str, given: Rewards, *, quest: bool = False, escrowed: bool = False, had: str = ""
) -> str:
    """What a player is told who has reached a goal.

    Args:
        name: the goal's.
        given: what they get.
        quest: whether it is a quest.
        escrowed: whether the player item waits in escrow.
        had: name of a player item that would have been given, had they not owned it already.
    """
    words = reward_words(given)
    said = [f"{'Quest done' if quest else 'Achieved'}: {name}."]
    if words:
        said.append(f"You get {words}.")
    if escrowed:
        said.append("There is no room for more gear: it waits in escrow.")
    if had:
        said.append(f"You own {had} already.")
    return " ".join(said)
