"""Simulations of a case as pages and documents."""

from __future__ import annotations

import math

from inventui.cli.core import style
from inventui.cli.core.command import Outcome
from inventui.cli.core.console import MARK, Page, TableColumn
from inventui.cli.core.documents import describe
from inventui.cli.core.output import Answer
from inventui.cli.core.watch import watched
from inventui.engine.cases.models import Simulation
from inventui.lab.processes import processes
from inventui.lab.rolling import CaseRuns, RunEnd, simulate_in, simulate_runs
from inventui.rules.cases.odds import OddsTable
from inventui.rules.core.chi_square import LEAST_EXPECTED

WORTH_SEVERAL = 2_000_000
"""Openings for which it pays to start further processes."""


def finite(number: float) -> float | None:
    """A number as JSON can hold it."""
    return number if math.isfinite(number) else None


describe(
    Simulation,
    "case seed rolls entries chi_square degrees_of_freedom p_value rolls_needed paid won "
    "return_to_player expected_return percentiles",
    chi_square=lambda found: finite(found.chi_square),
    degrees_of_freedom="degrees",
    p_value=lambda found: finite(found.p_value),
    return_to_player=lambda found: found.won / found.paid if found.paid else None,
)
describe(
    CaseRuns,
    "case seed rolls until budget ends openings spent mean_openings mean_spent wait?",
)


def openings(odds: OddsTable, count: int, seed: str, jobs: int | None) -> Outcome:
    """Open a case so often, and compare with its odds."""
    several = 1 if jobs is None and count < WORTH_SEVERAL else processes(jobs)
    return watched(
        count,
        lambda show: simulate_in(several, odds, count, seed, show),
        lambda found: Answer(found, lambda page: _show(page, found)),
    )


def runs(
    odds: OddsTable,
    count: int,
    seed: str,
    jobs: int | None,
    until: str | None,
    budget: int | None,
) -> Outcome:
    """Open a case in so many runs, each until something comes or the purse is empty."""
    return watched(
        count,
        lambda show: simulate_runs(jobs or 1, odds, count, seed, until, budget, show),
        lambda found: Answer(found, lambda page: _show_runs(page, found)),
        "runs",
    )


def too_few(needed: int) -> str:
    """Says that a p value means nothing."""
    return (
        f"An outcome is expected fewer than {LEAST_EXPECTED} times, so the p value means nothing: "
        f"take {needed:,} rolls or more."
    )


def _show(page: Page, found: Simulation) -> None:
    page.table(
        found.entries,
        MARK,
        TableColumn("Prize", lambda entry: entry.name, least=10),
        TableColumn("Worth", lambda entry: entry.value, drop=2, right=True),
        TableColumn("Expected", lambda entry: f"{entry.expected:,.1f}", right=True),
        TableColumn("Seen", lambda entry: entry.seen, right=True),
        TableColumn(
            "Off by",
            lambda entry: f"{entry.seen - entry.expected:+,.1f}".replace("-", "−"),
            drop=1,
            right=True,
        ),
    )
    page.blank()
    worth = "; ".join(f"{worth:,} in {n} %" for n, worth in found.percentiles.items())
    page.facts(
        [
            ("rolls", f"{found.rolls:,} with seed {found.seed}"),
            ("chi-square", f"{found.chi_square:,.2f} with {found.degrees} degrees of freedom"),
            ("p value", f"{found.p_value:.4f}"),
            (
                "returned",
                f"{style.percent(found.won / found.paid, 2) if found.paid else '–'} "
                f"(the odds say {style.percent(found.expected_return, 2)})",
            ),
            ("worth", f"at most {worth}"),
        ]
    )
    page.blank()
    if found.guaranteed:
        page.say("A guarantee ties each roll to those before it: the p value is a rough guide.")
    if found.rolls < found.rolls_needed:
        page.say(too_few(found.rolls_needed))
    elif found.p_value < 0.001:
        page.say("A p value this small would be rare if the odds held.")
    else:
        page.say("What was seen fits the odds.")


def _show_runs(page: Page, found: CaseRuns) -> None:
    goal = "" if found.until is None else f" until {found.until}"
    purse = "" if found.budget is None else f" with {found.budget:,} oranges each"
    page.facts([("runs", f"{found.rolls:,}{goal}{purse}, seed {found.seed}")])
    page.blank()
    page.table(
        [*found.openings],
        TableColumn("Of all runs", lambda percent: f"{percent} %", right=True),
        TableColumn("Openings", lambda percent: f"≤ {found.openings[percent]:,}", right=True),
        TableColumn("Spent", lambda percent: f"≤ {_signed(found.spent[percent])}", right=True),
    )
    page.blank()
    share = {end: style.percent(count / found.rolls, 2) for end, count in found.ends.items()}
    facts: list[tuple[str, object]] = [
        ("mean", f"{found.mean_openings:,.1f} openings, {_signed(round(found.mean_spent))} oranges")
    ]
    if found.until is not None:
        facts.append(("got it", share[RunEnd.GOT]))
    if found.budget is not None:
        facts.append(("ruined", share[RunEnd.RUINED]))
    if found.ends[RunEnd.STOPPED]:
        facts.append(("stopped", f"{share[RunEnd.STOPPED]} after {found.most_openings:,} openings"))
    wait = found.wait
    if wait is not None:
        facts.append(
            (
                "exactly",
                f"with no end of oranges {float(wait.mean):,.1f} openings in the mean; 50 % have "
                f"it by {wait.half:,}, 90 % by {wait.nine_tenths:,}, 99 % by {wait.all_but_one:,}",
            )
        )
    page.facts(facts)


def _signed(oranges: int) -> str:
    return f"{oranges:,}".replace("-", "−")
