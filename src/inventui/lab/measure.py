"""Measures of played economies: bands, time to tiers, inflation, differences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from inventui.lab.economy import Played
from inventui.lab.report import tier_names

BAND = (10, 50, 90)
WEEK = 7
NEARLY_ALL = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
"""Standard errors on both sides of a mean of 2, 3 … 31 figures between which it lies in 95 of 100
cases: Student's t."""


@dataclass(frozen=True, slots=True)
class TierTime:
    """When a tier was reached: by how many percent of the players, and (10, 50, 90 %) of the days.

    The days are those of the players who reached it.
    """

    tier: str
    share: float
    days: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class PersonaFigures:
    """What became of a persona.

    Attributes:
        bands: for each day, what 10, 50 and 90 % of its players don't exceed, in oranges.
        tiers: those that anybody reached.
    """

    name: str
    bands: tuple[tuple[int, int, int], ...]
    tiers: tuple[TierTime, ...]


@dataclass(frozen=True, slots=True)
class EconomyFigures:
    """What became of an economy, over all runs.

    Attributes:
        rolls: how many runs there were.
        inflation: by week, by how many percent the oranges in purses grew; the median run.
        prices: by week, what sales in the bazaar of all runs cost, in percent of the worth of what
            was sold; None where nothing was.
        gini: by day, the median run.
        ratio: by day, faucets over sinks, of all runs together; None where nothing left.
        faucets, sinks: kind → oranges of a player and day in the mean.
        gems: kind → gems that the house paid a player and day in the mean; negative from sinks.
        ratio_later: faucets over sinks after the first week.
    """

    rolls: int
    days: int
    seed: str
    personas: tuple[PersonaFigures, ...]
    inflation: tuple[float, ...]
    prices: tuple[float | None, ...]
    gini: tuple[float, ...]
    ratio: tuple[float | None, ...]
    faucets: dict[str, float]
    sinks: dict[str, float]
    gems: dict[str, float]
    ratio_later: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """By how much something differs in the mean, and between which two it lies, 95 % surely.

    One run alone says nothing of that: there is neither `least` nor `most`.
    """

    what: str
    mean: float
    least: float | None
    most: float | None

    @property
    def interval(self) -> str:
        """The two in words."""
        if self.least is None or self.most is None:
            return "unknown of one run"
        return f"{self.least:+,.3g} to {self.most:+,.3g}"


def at_percent(figures: Iterable[float], percent: int) -> float:
    """The least figure that so many percent don't exceed."""
    ordered = sorted(figures)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def measure(played: Sequence[Played], seed: str) -> EconomyFigures:
    """The figures of some runs of one economy."""
    days = len(played[0].supply)
    players = sum(len(curves) for curves in played[0].wealth.values())
    weeks = range(WEEK, days, WEEK)
    later_in = _total([run.faucets[WEEK:] for run in played])
    later_out = _total([run.sinks[WEEK:] for run in played])
    return EconomyFigures(
        rolls=len(played),
        days=days,
        seed=seed,
        personas=tuple(_persona(name, played, days) for name in played[0].wealth),
        inflation=tuple(
            at_percent(
                [100 * (run.supply[day] / max(1, run.supply[day - WEEK]) - 1) for run in played], 50
            )
            for day in weeks
        ),
        prices=tuple(_price_index(played, week) for week in range(0, days, WEEK)),
        gini=tuple(at_percent([run.gini[day] for run in played], 50) for day in range(days)),
        ratio=tuple(
            _ratio(
                _total([[run.faucets[day]] for run in played]),
                _total([[run.sinks[day]] for run in played]),
            )
            for day in range(days)
        ),
        faucets=_by_kind([run.faucets for run in played], len(played) * days * players),
        sinks=_by_kind([run.sinks for run in played], len(played) * days * players),
        gems=_by_kind([[run.gems] for run in played], len(played) * days * players),
        ratio_later=_ratio(later_in, later_out),
    )


def _price_index(played: Sequence[Played], first: int) -> float | None:
    sales = [sale for run in played for sale in run.sales[first : first + WEEK]]
    worth = sum(worth for _, worth in sales)
    return 100 * sum(paid for paid, _ in sales) / worth if worth else None


def _persona(name: str, played: Sequence[Played], days: int) -> PersonaFigures:
    curves = [curve for run in played for curve in run.wealth[name]]
    reached = [tiers for run in played for tiers in run.tiers[name]]
    tiers = []
    for tier in tier_names():
        when = [found[tier] for found in reached if tier in found]
        if when:
            low, middle, high = (int(at_percent(when, percent)) for percent in BAND)
            tiers.append(TierTime(tier, len(when) / len(reached), (low, middle, high)))
    bands = []
    for day in range(days):
        low, middle, high = (
            int(at_percent([curve[day] for curve in curves], percent)) for percent in BAND
        )
        bands.append((low, middle, high))
    return PersonaFigures(name, tuple(bands), tuple(tiers))


def _total(runs: Sequence[Sequence[dict[str, int]]]) -> int:
    return sum(sum(day.values()) for run in runs for day in run)


def _ratio(faucets: int, sinks: int) -> float | None:
    return faucets / sinks if sinks else None


def _by_kind(runs: Sequence[Sequence[dict[str, int]]], share: int) -> dict[str, float]:
    found: dict[str, int] = {}
    for run in runs:
        for day in run:
            for kind, oranges in day.items():
                found[kind] = found.get(kind, 0) + oranges
    return {kind: oranges / share for kind, oranges in sorted(found.items(), key=lambda i: -i[1])}


def differences(ours: Sequence[Played], theirs: Sequence[Played]) -> list[Difference]:
    """How the second of two economies differs from the first, run by run with the same seeds."""
    found = []
    for name in ours[0].wealth:
        if name in theirs[0].wealth:
            pairs = [
                fmean(curve[-1] for curve in b.wealth[name])
                - fmean(curve[-1] for curve in a.wealth[name])
                for a, b in zip(ours, theirs, strict=False)
            ]
            found.append(_difference(f"wealth of {name}", pairs))
    pairs = [b.gini[-1] - a.gini[-1] for a, b in zip(ours, theirs, strict=False)]
    found.append(_difference("gini", pairs))
    pairs = [float(b.supply[-1] - a.supply[-1]) for a, b in zip(ours, theirs, strict=False)]
    found.append(_difference("supply", pairs))
    return found


def _difference(what: str, pairs: Sequence[float]) -> Difference:
    mean = fmean(pairs)
    if len(pairs) == 1:
        return Difference(what, mean, None, None)
    # Of many figures it comes down to that of the normal distribution.
    free = len(pairs) - 1
    times = NEARLY_ALL[free - 1] if free <= len(NEARLY_ALL) else 1.96 + 2.4 / free
    error = times * stdev(pairs) / sqrt(len(pairs))
    return Difference(what, mean, mean - error, mean + error)
