"""What the lab can show: curves and tables, of a world's ledger and of economies played."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from inventui.lab.loops import EarningLoop
    from inventui.lab.report import EconomyReport

LOOPS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class LabView:
    """A curve, or lines of text, with what is said under it.

    Attributes:
        id: its word.
        title: what the list calls it.
        middle, low, high: the curve and its band; none for a text.
        first, last: what the first and the last day are called.
        lines: the text, or what stands under the curve.
    """

    id: str
    title: str
    middle: Sequence[float] = ()
    low: Sequence[float] = ()
    high: Sequence[float] = ()
    first: str = "day 1"
    last: str = ""
    lines: tuple[str, ...] = ()


def summed(days: Sequence[dict[str, int]]) -> list[tuple[str, int]]:
    """Oranges by kind of all days together, the most first."""
    found: dict[str, int] = {}
    for day in days:
        for kind, oranges in day.items():
            found[kind] = found.get(kind, 0) + oranges
    return sorted(found.items(), key=lambda item: -item[1])


def report_views(found: EconomyReport) -> list[LabView]:
    """What a world's ledger says."""
    came = [sum(day.faucets.values()) for day in found.days]
    went = [sum(day.sinks.values()) for day in found.days]
    ends = (found.days[0].day, found.days[-1].day) if found.days else ("", "")
    supply = [*accumulate(a - b for a, b in zip(came, went, strict=True))]
    views = [
        LabView("facts", "This world", lines=_facts(found)),
        LabView("supply", "Supply", supply, first=ends[0], last=ends[1],
             lines=(f"{found.supply:,} oranges are held at the end.",)),
        LabView("faucets", "Came in", came, first=ends[0], last=ends[1],
             lines=(f"{sum(came):,} oranges came in, on {len(came):,} days.",)),
        LabView("sinks", "Went out", went, first=ends[0], last=ends[1],
             lines=(f"{sum(went):,} oranges went out.",)),
        LabView("wealth", "Gini", found.wealth, first=ends[0], last=ends[1],
             lines=("Of oranges and items; 0: all have the same.",)),
        LabView("kinds", "Kinds", lines=_kinds(found)),
    ]  # fmt: skip
    if found.prices:
        views.append(
            LabView("prices", "Bazaar prices", [price.index for price in found.prices],
                 first=found.prices[0].day, last=found.prices[-1].day,
                 lines=("What sales cost, in percent of worth.",))
        )  # fmt: skip
    return views


def _facts(found: EconomyReport) -> tuple[str, ...]:
    says = "reconciles to zero" if found.reconciles else "does not reconcile: see inventui audit"
    lines = [
        f"Supply    {found.supply:,} oranges",
        f"Gini      {found.gini:.2f} of what players have",
        f"Ledger    {says}",
        "",
        "Hours until a tier",
    ]
    lines += [
        f"{tier.tier:<18}{tier.hours:>9,.1f} h   the middle one of {tier.players:,}"
        for tier in found.tiers
    ] or ["Nobody has reached one yet."]
    return tuple(lines)


def _kinds(found: EconomyReport) -> tuple[str, ...]:
    rows = [(kind, f"+{oranges:,}") for kind, oranges in summed([d.faucets for d in found.days])]
    rows += [(kind, f"−{oranges:,}") for kind, oranges in summed([d.sinks for d in found.days])]
    return tuple(f"{kind.replace('_', ' '):<22}{oranges:>14}" for kind, oranges in rows)


def played_words(found: dict[str, Any]) -> str:
    """How often, how long and with which seed something was played."""
    return f"{found['runs']:,} × {found['days']:,} days, seed {found['seed']}"


def run_views(found: dict[str, Any]) -> list[LabView]:
    """What came of economies that were played, as `economy run --json` says it."""
    said = played_words(found)
    views = [
        LabView(
            f"run-{persona['name']}", f"• {persona['name']}",
            [band[1] for band in persona["bands"]],
            [band[0] for band in persona["bands"]],
            [band[2] for band in persona["bands"]],
            lines=("Wealth: the middle one, dots 10 and 90 %", said),
        )
        for persona in found["personas"]
    ]  # fmt: skip
    tiers = tuple(
        f"{persona['name']:<12}{tier['tier']:<20}{tier['share']:>6.0%}   day {tier['days'][1]}"
        for persona in found["personas"]
        for tier in persona["tiers"]
    )
    later = found["ratio_later"]
    views += [
        LabView("run-tiers", "• Days to tiers", lines=tiers or ("Nobody reached one.",)),
        LabView("run-gini", "• Gini", found["gini"], lines=("0 is where all have the same.", said)),
        LabView("run-ratio", "• In over out", [ratio or 0 for ratio in found["ratio"]],
             lines=("Faucets over sinks" + ("" if later is None else
                    f", {later:.2f} after the first week"), said)),
    ]  # fmt: skip
    prices = [price for price in found["prices"] if price is not None]
    if prices:
        views.append(
            LabView("run-prices", "• Bazaar prices", prices, first="first", last="last week",
                 lines=("What sales cost, in percent of worth", said))
        )  # fmt: skip
    if found["inflation"]:
        views.append(
            LabView("run-inflation", "• Inflation", found["inflation"], first="week 2",
                 last=f"week {len(found['inflation']) + 1}",
                 lines=("By how many percent purses grow in a week", said))
        )  # fmt: skip
    return views


def property_view(found: dict[str, Any]) -> LabView:
    """What the base economy promises and what was measured, as `economy properties --json`."""
    from inventui.lab.properties import Promise

    lines = []
    for row in found["properties"]:
        figures = tuple(inf if figure is None else figure for figure in row["measured"])
        one = Promise(row["name"], figures, row["least"], row["most"], row["unit"])
        mark = "✓" if one.holds else "✗"
        lines += [f"{mark} {one.name}", f"    {one.measured_words}; wanted {one.wanted_words}"]
    held = sum(row["holds"] for row in found["properties"])
    lines += ["", f"{held} of {len(found['properties'])} hold: {played_words(found)}"]
    return LabView("properties", "Properties", lines=tuple(lines))


def loop_view(found: Sequence[EarningLoop]) -> LabView:
    """The cycles of actions that earn."""
    lines = [
        f"× {loop.gain:,.3f}  {', '.join(loop.steps)} ({loop.limit})"
        for loop in found[:LOOPS_SHOWN]
    ]
    more = len(found) - LOOPS_SHOWN
    if more > 0:
        lines.append(f"and {more:,} more: inventui economy loops --json")
    return LabView("loops", "Loops", lines=tuple(lines) or ("No cycle of actions earns anything.",))
