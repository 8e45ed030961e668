"""The economy of a world, as its ledger tells it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from inventui.db.statements import Connection, Statement
from inventui.db.store import Store
from inventui.lab.report_statements import (
    BALANCES,
    BUSINESS_TOOK,
    FLOWS,
    HOLDINGS,
    ITEMS_BY_DAY,
    PERSONS,
    PURSES,
    PURSES_BY_DAY,
    RANK_TOOK,
    SALES,
    ChangeRow,
)
from inventui.rules.core.clock import DAY, HOUR, to_iso
from inventui.rules.core.money import FAUCETS, HOLDS, Currency
from inventui.rules.core.ranks import RANKS


@dataclass(frozen=True, slots=True)
class DayFlows:
    """What came into the world and left it on a day, by kind; `day` is its date."""

    day: str
    faucets: dict[str, int]
    sinks: dict[str, int]


@dataclass(frozen=True, slots=True)
class PriceDay:
    """What the bazaar's sales of a day cost, in percent of the worth of what was sold."""

    day: str
    sales: int
    index: float


@dataclass(frozen=True, slots=True)
class TierHours:
    """After how many hours in the world players reached a tier: how many, and the middle one."""

    tier: str
    players: int
    hours: float


@dataclass(frozen=True, slots=True)
class EconomyReport:
    """The economy of a world.

    Attributes:
        days: what came in and went out, the oldest day first.
        gems: the same of gems.
        supply: oranges of all players and neighbours, with what trades hold.
        gini: of what persons have, oranges and the value of their items.
        wealth: the same at the end of each of the days, by what items are worth now.
        purses: that of oranges alone.
        reconciles: whether faucets less sinks are the supply, and all accounts sum to zero.
        prices: of the bazaar.
        tiers: how long ranks took, and businesses by rarity.
    """

    days: tuple[DayFlows, ...]
    gems: tuple[DayFlows, ...]
    supply: int
    gini: float
    wealth: tuple[float, ...]
    purses: tuple[float, ...]
    reconciles: bool
    prices: tuple[PriceDay, ...]
    tiers: tuple[TierHours, ...]


def report(store: Store) -> EconomyReport:
    """Read the economy of a world from its ledger."""
    with store.read() as connection:
        flows = _flows(connection, Currency.ORANGES)
        held = {row.house: int(row.total) for row in connection.execute(BALANCES)}
        supply = sum(oranges for house, oranges in held.items() if house is None or house in HOLDS)
        came = sum(sum(day.faucets.values()) - sum(day.sinks.values()) for day in flows)
        persons = set(_persons(connection))
        dates = [day.day for day in flows]
        earned = _changes(connection, *PURSES_BY_DAY)
        got = _changes(connection, ITEMS_BY_DAY)
        return EconomyReport(
            days=flows,
            gems=_flows(connection, Currency.GEMS),
            supply=supply,
            gini=gini(_wealth(connection)),
            wealth=_gini_by_day(dates, persons, [*earned, *got]),
            purses=_gini_by_day(dates, persons, earned),
            reconciles=came == supply and sum(held.values()) == 0,
            prices=_prices(connection),
            tiers=_tiers(connection),
        )


def date_of(day: int) -> str:
    """The date of a day that is numbered since 1970."""
    return to_iso(day * DAY)[:10]


def _flows(connection: Connection, currency: Currency) -> tuple[DayFlows, ...]:
    lines = connection.execute(FLOWS, {"currency": currency})
    days: dict[int, tuple[dict[str, int], dict[str, int]]] = defaultdict(lambda: ({}, {}))
    for on, of, to, amount in lines:
        faucets, sinks = days[int(on)]
        if of is not None and of in FAUCETS:
            faucets[of] = faucets.get(of, 0) + int(amount)
        # What a sink pays back, as an undo does, is less that it took.
        elif of is not None and of not in HOLDS:
            sinks[of] = sinks.get(of, 0) - int(amount)
        if to is not None and to in FAUCETS:
            faucets[to] = faucets.get(to, 0) - int(amount)
        elif to is not None and to not in HOLDS:
            sinks[to] = sinks.get(to, 0) + int(amount)
    return tuple(DayFlows(date_of(on), *days[on]) for on in sorted(days))


def _persons(connection: Connection) -> list[int]:
    """Everybody but neighbours."""
    return connection.execute(PERSONS).all()


Change = tuple[str, int, int]
"""A date, a player's number, and by how many oranges something of theirs changed on it."""


def _gini_by_day(
    dates: Sequence[str], persons: Collection[int], changes: Iterable[Change]
) -> tuple[float, ...]:
    """The Gini coefficient of these persons at the end of each of these days."""
    changed: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for date, player, amount in changes:
        if player in persons:
            changed[date].append((player, amount))
    held: dict[int, int] = {}
    found = []
    for date in dates:
        for player, amount in changed[date]:
            held[player] = held.get(player, 0) + amount
        found.append(gini(list(held.values())))
    return tuple(found)


def _changes(connection: Connection, *statements: Statement[ChangeRow]) -> list[Change]:
    """What was changed by which day, as these statements tell it."""
    return [
        (date_of(int(row.day)), row.player, int(row.amount))
        for statement in statements
        for row in connection.execute(statement)
    ]


def _wealth(connection: Connection) -> list[int]:
    """What each person has."""
    wealth = dict.fromkeys(_persons(connection), 0)
    for statement in (PURSES, HOLDINGS):
        for player, worth in connection.execute(statement):
            if player in wealth:
                wealth[player] += int(worth)
    return list(wealth.values())


def _prices(connection: Connection) -> tuple[PriceDay, ...]:
    return tuple(
        PriceDay(date_of(int(row.day)), row.sales, 100 * int(row.paid) / int(row.worth))
        for row in connection.execute(SALES)
        if row.worth
    )


def _tiers(connection: Connection) -> tuple[TierHours, ...]:
    """How long ranks took, and the first business of each rarity."""
    times = {
        name: connection.execute(RANK_TOOK, {"least": least}).all() for name, least in RANKS[1:]
    }
    persons = set(_persons(connection))
    run = connection.execute(BUSINESS_TOOK)
    for rarity, player, time in run:
        if player in persons:
            times.setdefault(f"{rarity} business", []).append(time)
    return tuple(
        TierHours(tier, len(times[tier]), sorted(times[tier])[len(times[tier]) // 2] / HOUR)
        for tier in tier_names()
        if times.get(tier)
    )


def tier_names() -> list[str]:
    """The tiers, in the order in which they are told: ranks, then businesses by rarity."""
    businesses = ("common", "uncommon", "rare", "legendary", "dearest")
    return [*(name for name, _ in RANKS[1:]), *(f"{which} business" for which in businesses)]


def gini(wealth: Sequence[int]) -> float:
    """The Gini coefficient: 0 where all have the same, towards 1 where one has all."""
    total = sum(wealth)
    if not total:
        return 0.0
    ranked = sum(rank * each for rank, each in enumerate(sorted(wealth), 1))
    count = len(wealth)
    return 2 * ranked / (count * total) - (count + 1) / count
