"""Economies as pages: reports, runs, loops and promises."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from inventui.cli.core.console import Page, TableColumn

if TYPE_CHECKING:
    from inventui.lab.loops import EarningLoop
    from inventui.lab.measure import EconomyFigures, PersonaFigures
    from inventui.lab.properties import Promise
    from inventui.lab.report import EconomyReport
    from inventui.lab.study import StudyResult


PLOT_WIDTH, PLOT_HEIGHT = 100, 12
"""Cells of a plot, where the terminal is as wide."""


def show_report(page: Page, found: EconomyReport, *, plot: bool = False) -> None:
    """Show what a world's ledger says, with its curves if they are asked for."""
    page.table(
        found.days,
        TableColumn("Day", lambda day: day.day),
        TableColumn("Came in", lambda day: sum(day.faucets.values()), right=True),
        TableColumn("Went out", lambda day: sum(day.sinks.values()), right=True),
    )
    faucets, sinks = (
        _summed([getattr(day, side) for day in found.days]) for side in ("faucets", "sinks")
    )
    page.blank()
    page.table(
        [*((kind, oranges) for kind, oranges in faucets), *((k, -o) for k, o in sinks)],
        TableColumn("Kind", lambda row: row[0].replace("_", " ")),
        TableColumn("Oranges", lambda row: f"{row[1]:+,}".replace("-", "−"), right=True),
    )
    page.blank()
    gained, spent = (_summed([getattr(day, s) for day in found.gems]) for s in ("faucets", "sinks"))
    page.table(
        [*gained, *((kind, -gems) for kind, gems in spent)],
        TableColumn("Kind", lambda row: row[0].replace("_", " ")),
        TableColumn("Gems", lambda row: f"{row[1]:+,}".replace("-", "−"), right=True),
    )
    page.blank()
    facts: list[tuple[str, object]] = [
        ("supply", f"{found.supply:,} oranges"),
        ("gini", f"{found.gini:.2f} of what players have"),
        ("ledger", "reconciles to zero" if found.reconciles else "does not reconcile: see audit"),
    ]
    facts += [
        (tier.tier, f"after {tier.hours:,.1f} hours, the middle one of {tier.players:,}")
        for tier in found.tiers
    ]
    if found.prices:
        last = found.prices[-1]
        facts.append(("bazaar", f"{last.index:.0f} % of worth on {last.day}, {last.sales:,} sales"))
    page.facts(facts)
    if plot and found.days:
        came, went = (
            [sum(getattr(day, side).values()) for day in found.days]
            for side in ("faucets", "sinks")
        )
        supply = [*accumulate(a - b for a, b in zip(came, went, strict=True))]
        first, until = found.days[0].day, found.days[-1].day
        for title, curve in (("Supply", supply), ("Came in", came), ("Went out", went)):
            _plot(page, title, curve, first=first, last=until)
        for of, unequal in (("what players have", found.wealth), ("purses", found.purses)):
            _plot(page, f"Gini coefficient of {of}", unequal, first=first, last=until)
        if found.prices:
            prices = [price.index for price in found.prices]
            first, until = found.prices[0].day, found.prices[-1].day
            _plot(page, "Bazaar prices, in percent of worth", prices, first=first, last=until)


def _plot(
    page: Page,
    title: str,
    middle: Sequence[float],
    bands: Sequence[tuple[int, int, int]] = (),
    *,
    first: str = "day 1",
    last: str = "",
) -> None:
    """Draw a curve, with the edges of its bands."""
    from inventui.widgets.canvas.curve_plot import curve_plot
    from inventui.widgets.canvas.price_chart import BLANK

    page.blank()
    page.heading(title)
    low, high = [band[0] for band in bands], [band[2] for band in bands]
    wide = min(PLOT_WIDTH, page.width)
    for line in curve_plot(middle, wide, PLOT_HEIGHT, low=low, high=high, first=first, last=last):
        # A cell without a dot is no printable character.
        page.say(line.replace(chr(BLANK), " "))


def _summed(days: list[dict[str, int]]) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for day in days:
        for kind, oranges in day.items():
            found[kind] = found.get(kind, 0) + oranges
    return sorted(found.items(), key=lambda item: -item[1])


def show_run(page: Page, result: StudyResult, output: Path | None, *, plot: bool = False) -> None:
    """Show what came of economies that were played, with curves if they are asked for."""
    found = result.figures
    runs = "1 run" if found.rolls == 1 else f"{found.rolls:,} runs"
    days = "1 day" if found.days == 1 else f"{found.days:,} days"
    page.say(f"{runs} of {days} with seed {found.seed}")
    page.blank()
    page.table(
        found.personas,
        TableColumn("Persona", lambda persona: persona.name, least=8),
        TableColumn("10 %", lambda persona: persona.bands[-1][0], drop=2, right=True),
        TableColumn("50 %", lambda persona: persona.bands[-1][1], right=True),
        TableColumn("90 %", lambda persona: persona.bands[-1][2], drop=2, right=True),
        TableColumn("Reaches by day (the middle one)", _tiers_words, drop=1, least=20),
    )
    page.blank()
    page.table(
        [*found.faucets.items(), *((kind, -oranges) for kind, oranges in found.sinks.items())],
        TableColumn("A player and day", lambda row: row[0].replace("_", " ")),
        TableColumn("Oranges", lambda row: f"{row[1]:+,.1f}".replace("-", "−"), right=True),
    )
    page.blank()
    page.table(
        [*found.gems.items()],
        TableColumn("A player and day", lambda row: row[0].replace("_", " ")),
        TableColumn("Gems", lambda row: f"{row[1]:+,.2f}".replace("-", "−"), right=True),
    )
    page.blank()
    ratio = "–" if found.ratio_later is None else f"{found.ratio_later:.2f} after the first week"
    page.facts(
        [
            ("faucets over sinks", ratio),
            ("gini", f"{found.gini[-1]:.2f}"),
            (
                "inflation",
                f"{found.inflation[-1]:+.1f} % a week at the end" if found.inflation else "–",
            ),
            ("bazaar", _prices_words(found)),
        ]
    )
    if plot:
        for persona in found.personas:
            title = f"Wealth of {persona.name}: the middle one, and dots at 10 and 90 %"
            _plot(page, title, [band[1] for band in persona.bands], persona.bands)
        _plot(page, "Gini coefficient of wealth", found.gini)
        _plot(page, "Faucets over sinks", [ratio or 0 for ratio in found.ratio])
    if result.differences:
        page.blank()
        page.table(
            result.differences,
            TableColumn("Against the other pack", lambda row: row.what),
            TableColumn("Differs by", lambda row: f"{row.mean:+,.3g}", right=True),
            TableColumn("95 %", lambda row: row.interval, right=True),
        )
    if result.varied:
        page.blank()
        page.table(
            result.varied,
            TableColumn(result.number, lambda row: row[0], right=True),
            TableColumn(
                "Faucets over sinks",
                lambda row: "–" if row[1].ratio_later is None else f"{row[1].ratio_later:.2f}",
                right=True,
            ),
            TableColumn("Gini", lambda row: f"{row[1].gini[-1]:.2f}", right=True),
            *(_wealth_column(at, persona.name) for at, persona in enumerate(found.personas)),
        )
    if output is not None:
        page.blank()
        page.say(f"Written to {output}: begin with {output / 'economy.md'}.")


SHOWN = 20
"""Loops that a page shows."""


def show_loops(page: Page, found: list[EarningLoop]) -> None:
    """Show which cycles earn."""
    if not found:
        page.say("No cycle of actions earns anything.")
        return
    for loop in found[:SHOWN]:
        page.say(f"{loop.gain:,.3f} for each orange, {loop.limit}: {', '.join(loop.steps)}.")
    if len(found) > SHOWN:
        page.blank()
        page.say(f"There are {len(found) - SHOWN:,} more; --json lists all.")


def show_properties(page: Page, found: list[Promise], seed: str) -> None:
    """Show which promises hold."""
    page.table(
        found,
        TableColumn("", lambda one: "✓" if one.holds else "✗"),
        TableColumn("Promise", lambda one: one.name, least=20),
        TableColumn("Measured", lambda one: one.measured_words, least=8),
        TableColumn("Wanted", lambda one: one.wanted_words),
    )
    page.blank()
    held = sum(one.holds for one in found)
    page.say(f"{held} of {len(found)} hold, played with seed {seed}.")


def _wealth_column(at: int, name: str) -> TableColumn[tuple[int, EconomyFigures]]:
    return TableColumn(name, lambda row: row[1].personas[at].bands[-1][1], drop=at + 1, right=True)


def _prices_words(found: EconomyFigures) -> str:
    last = next((price for price in reversed(found.prices) if price is not None), None)
    return "–" if last is None else f"{last:.0f} % of worth in the last week with sales"


def _tiers_words(persona: PersonaFigures) -> str:
    return ", ".join(f"{tier.tier} {tier.days[1]}" for tier in persona.tiers) or "–"
