"""Property: what a business brings, what a home costs, and what unpaid upkeep does.

A business pays at the end of each period of 3 h; upkeep is due at each 00:00 UTC. What
a period brings is drawn from the world's seed, so amounts depend on periods alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from inventui.rules.core.clock import DAY, HOUR, to_datetime
from inventui.rules.core.enums import Rarity
from inventui.rules.core.money import Currency, money_words
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.world_random import Draws
from inventui.rules.streets import shifts
from inventui.rules.streets.shifts import shift_pay

PERIOD = 3 * HOUR
"""How often a business pays, in milliseconds."""

PERIODS_A_DAY = DAY // PERIOD

SPREAD = 20
"""Percent by which a period's revenue may differ from its share of the day, either way."""

FULL_TILL = 7 * DAY
"""How long a business pays into its till while its player is away, in milliseconds."""

GRACE_DAYS = 3
"""Days for which unpaid upkeep has no consequence."""

EVICTION_DAYS = 7
"""Days after which unpaid upkeep costs the home."""

DEBUFF = 20
"""Percent less on bonuses and revenue once the days of grace are over."""

REST: Mapping[Rarity, int] = MappingProxyType(
    {Rarity.COMMON: 10, Rarity.UNCOMMON: 20, Rarity.RARE: 35, Rarity.LEGENDARY: 60}
)
"""Percent more that shifts pay to who lives in a home of this rarity."""

WORKED = 20
"""Shifts a day, by choice, of whom a home is to pay for."""


class UpkeepState(StrEnum):
    """The states of one day's upkeep."""

    DUE = "due"
    PAID = "paid"
    EVICTED = "evicted"
    """It ended with the home."""


class Arrears(StrEnum):
    """What unpaid upkeep does to a player."""

    NONE = "none"
    GRACE = "grace"
    DEBUFF = "debuff"
    EVICTION = "eviction"


def period_at(at: int) -> int:
    """The number of the period that holds at a time."""
    return at // PERIOD


def period_ends(period: int) -> int:
    """When a period ends and its business pays."""
    return (period + 1) * PERIOD


def reduced(figure: int) -> int:
    """A bonus, in percent, or revenue, in oranges, under the debuff; rounded down."""
    return figure * (100 - DEBUFF) // 100


def rest(rarity: Rarity, state: Arrears) -> int:
    """Percent more that a home makes shifts pay; none from the first day that is unpaid."""
    return REST.get(rarity, 0) if state is Arrears.NONE else 0


def rest_brings(percent: int) -> int:
    """Oranges more that a day of `WORKED` shifts by choice pays to who is rested by so much."""
    rested, plain = (shift_pay(shifts.MEAN_SKILL, fed=False, rest=rest) for rest in (percent, 0))
    return WORKED * (rested - plain)


def leaves_a_day(figures: Mapping[str, int]) -> int:
    """What a business or a home brings a day less what it costs, in oranges.

    Args:
        figures: a business's `revenue` and `operating_cost`, or a home's `rest` and `upkeep`.
    """
    brings = figures.get("revenue", 0) + rest_brings(figures.get("rest", 0))
    return brings - figures.get("operating_cost", 0) - figures.get("upkeep", 0)


def paid_back(price: int, figures: Mapping[str, int]) -> int | None:
    """In how many days a business or a home has brought its price; None for never."""
    left = leaves_a_day(figures)
    return -(-price // left) if left > 0 else None


@dataclass(frozen=True, slots=True)
class Takings:
    """What one period of a business brings and costs, in oranges."""

    revenue: int
    cost: int

    @property
    def net(self) -> int:
        """Revenue less cost; below zero if the cost is higher."""
        return self.revenue - self.cost


def takings(
    seed: str, player: int, period: int, revenue: int, cost: int, *, debuffed: bool = False
) -> Takings:
    """What a business brings in one period.

    The revenue is an eighth of a day's, times a factor drawn from 0.80 to 1.20 in steps of
    1/10,000, rounded down. The cost of a day is shared out so that its eight periods sum
    to it exactly; it is never more than the revenue of its period.

    Args:
        seed: the world's seed.
        player: the player's number.
        period: the period's number.
        revenue: of a day, in oranges.
        cost: of a day, in oranges.
        debuffed: whether arrears lower the revenue.
    """
    low, high = (100 - SPREAD) * 100, (100 + SPREAD) * 100
    factor = Draws(seed, "revenue", f"{player}:{period}").between(low, high)
    brought = revenue * factor // (PERIODS_A_DAY * 10_000)
    if debuffed:
        brought = reduced(brought)
    part = period % PERIODS_A_DAY
    costs = cost * (part + 1) // PERIODS_A_DAY - cost * part // PERIODS_A_DAY
    return Takings(brought, min(costs, brought))


def arrears(oldest_unpaid: int | None, day: int) -> Arrears:
    """What unpaid upkeep does on a day.

    Args:
        oldest_unpaid: number of the oldest day whose upkeep is unpaid, or None.
        day: number of the day that is asked about.
    """
    if oldest_unpaid is None:
        return Arrears.NONE
    late = day - oldest_unpaid
    if late >= EVICTION_DAYS:
        return Arrears.EVICTION
    return Arrears.DEBUFF if late >= GRACE_DAYS else Arrears.GRACE


def unpaid_words(oldest: int, day: int, owed: int) -> str:
    """What a player is told whose upkeep is unpaid: what they owe, and what comes when.

    Args:
        oldest: number of the oldest day that is unpaid.
        day: number of the day that just fell due.
        owed: for all of them, in oranges.
    """
    owe = f"Upkeep is unpaid: you owe {money_words(owed, Currency.ORANGES)}."
    if arrears(oldest, day) is Arrears.DEBUFF:
        lost = to_datetime((oldest + EVICTION_DAYS) * DAY)
        return (
            f"{owe} Bonuses and revenue are {DEBUFF} % lower until you pay, and on {lost:%-d %b} "
            "at 00:00 UTC the home is lost."
        )
    lowered = to_datetime((oldest + GRACE_DAYS) * DAY)
    return (
        f"{owe} Pay before {lowered:%-d %b}, 00:00 UTC: from then on bonuses and revenue are "
        f"{DEBUFF} % lower."
    )


def check_arrears(days_due: int) -> Refusal | None:
    """None if there is upkeep to pay."""
    if days_due:
        return None
    return Refusal(
        Reason.NOTHING_TO_DO,
        "No upkeep is due. It is paid by itself at 00:00 UTC while you have the oranges.",
    )


def check_leave(home: str, days_due: int, owed: int, *, rested: bool = False) -> Refusal | None:
    """None if a home may be taken off or changed for another.

    Args:
        home: its name.
        days_due: how many days' upkeep are unpaid.
        owed: for them, in oranges.
        rested: whether it made a shift of today pay more, and what comes instead has less upkeep.
    """
    if not days_due and rested:
        return Refusal(
            Reason.TOO_SOON,
            f"{home} made today's shifts pay more, so it stays until its upkeep is paid at 00:00 "
            "UTC. Only a home with as much upkeep can take its place.",
        )
    if not days_due:
        return None
    return Refusal(
        Reason.IN_ARREARS,
        f"You owe {owed:,} oranges of upkeep for {home}. Pay that first (property pay).",
        {"days": days_due, "owed": owed},
    )


class PropertyAction(StrEnum):
    """What a player can do about property."""

    PAY = "pay"
