"""Simulations of one case: rolls in several processes, and runs that end by luck or by purse."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import partial
from itertools import accumulate, islice

from inventui.engine.cases.models import Simulation
from inventui.engine.simulate import (
    Progress,
    WinCounter,
    check_simulation,
    percentiles,
    simulate,
    simulation_of,
)
from inventui.lab.processes import spread
from inventui.rules.cases.fairness import blocks, least_block
from inventui.rules.cases.odds import OddsTable
from inventui.rules.cases.waiting import Wait, wait_for
from inventui.rules.core.money import MOST
from inventui.rules.core.refusal import Reason, Refusal

PIECE = 250_000
"""Openings that one process does at a time."""

RUNS_A_PIECE = 100
MOST_OPENINGS = 1_000_000
"""Openings after which a run ends that neither luck nor purse has ended."""

MOST_EARNING = 5_000
"""The same of runs with no other end than ruin, of a case that gives back what it costs: most of
them would go on for ever."""

FEWEST_NONCES, MOST_NONCES = 16, 4_096
"""Openings that are drawn ahead: few at first, as most runs are short, then more and more."""


def simulate_in(
    jobs: int, odds: OddsTable, rolls: int, seed: str, progress: Progress | None = None
) -> Simulation | Refusal:
    """The same as `engine.simulate.simulate`, in so many processes.

    With a guarantee each roll depends on those before it, so one process does them all.
    """
    refusal = check_simulation(rolls, seed)
    if refusal is not None:
        return refusal
    if jobs == 1 or odds.guarantee is not None:
        return simulate(odds, rolls, seed, progress)
    seen: Counter[int] = Counter()
    worth: Counter[int] = Counter()
    done = 0
    sizes = ((first, min(PIECE, rolls - first)) for first in range(0, rolls, PIECE))
    with spread(partial(_count, odds, seed), sizes, jobs) as counted:
        for count, some_seen, some_worth in counted:
            seen.update(some_seen)
            worth.update(some_worth)
            done += count
            if progress is not None and progress(done) is False:
                break
    return simulation_of(odds, done, seed, seen, worth)


def _count(
    odds: OddsTable, seed: str, piece: tuple[int, int]
) -> tuple[int, Counter[int], Counter[int]]:
    counter = WinCounter(odds, seed)
    counter.open(*piece)
    return piece[1], counter.seen, counter.worth


class RunEnd(StrEnum):
    """What ended a run."""

    GOT = "got"
    RUINED = "ruined"
    STOPPED = "stopped"
    """So many openings are enough."""


@dataclass(frozen=True, slots=True)
class CaseRuns:
    """Many runs of one case, each opened until it gave what was wanted or its purse was empty.

    Attributes:
        until: what was wanted, or None.
        budget: oranges at the beginning of each run, or None if it never ends.
        rolls: how many runs.
        ends: how many ended in which way.
        openings: percent → openings that so many percent of the runs did not exceed.
        spent: the same of what openings cost less what was won and sold, in oranges.
        mean_openings, mean_spent: the means.
        wait: how long one waits for what is wanted, exactly and with a purse that never ends.
        most_openings: after how many a run was stopped.
    """

    case: str
    seed: str
    until: str | None
    budget: int | None
    rolls: int
    ends: Mapping[RunEnd, int]
    openings: Mapping[int, int]
    spent: Mapping[int, int]
    mean_openings: float
    mean_spent: float
    wait: Wait | None
    most_openings: int = MOST_OPENINGS


def wanted_entries(odds: OddsTable, until: str) -> frozenset[int] | Refusal:
    """The entries that a name, an item's id or a rarity means."""
    asked = until.strip().casefold()
    found = frozenset(
        index
        for index, entry in enumerate(odds.entries)
        if asked in (entry.name.casefold(), entry.item.casefold(), str(entry.rarity))
    )
    if found:
        return found
    return Refusal(
        Reason.UNKNOWN_ITEM,
        f"{odds.case} gives nothing of that name: {until}. Name an entry, its item or a rarity.",
        {"item": until, "entries": [entry.name for entry in odds.entries[:20]]},
    )


def simulate_runs(
    jobs: int,
    odds: OddsTable,
    runs: int,
    seed: str,
    until: str | None,
    budget: int | None,
    progress: Progress | None = None,
) -> CaseRuns | Refusal:
    """Open a case again and again, in many runs.

    What is won is sold at once, and the oranges go back to the purse. Run n has the client seed
    `seed:n`.

    Args:
        jobs: how many processes.
        odds: the case's odds table.
        runs: how many, 1 to 1,000,000,000.
        seed: the server seed of all runs; the same seed gives the same runs.
        until: a run ends when it has this: an entry, an item's id or a rarity.
        budget: oranges of each run; it ends when the next opening can't be paid.
        progress: called with the number of runs so far; after a False, these are all.
    """
    refusal = check_simulation(runs, seed) or _check_budget(budget)
    if refusal is not None:
        return refusal
    wanted = frozenset[int]() if until is None else wanted_entries(odds, until)
    if isinstance(wanted, Refusal):
        return wanted
    ends: Counter[RunEnd] = Counter()
    openings: Counter[int] = Counter()
    spent: Counter[int] = Counter()
    goal = {odds.entries[index] for index in wanted}
    wait = wait_for(odds, goal.__contains__)
    earns = wait is None and odds.expected_value >= odds.price
    most = MOST_EARNING if earns else MOST_OPENINGS
    size = _runs_a_piece(odds, wait, budget, most)
    pieces = (range(first, min(first + size, runs)) for first in range(0, runs, size))
    with spread(partial(_run_all, odds, seed, wanted, budget, most), pieces, jobs) as found:
        for some in found:
            for end, opened, cost in some:
                ends[end] += 1
                openings[opened] += 1
                spent[cost] += 1
            if progress is not None and progress(ends.total()) is False:
                break
    done = ends.total()
    return CaseRuns(
        case=odds.case,
        seed=seed,
        until=until,
        budget=budget,
        rolls=done,
        ends={end: ends[end] for end in RunEnd},
        openings=percentiles(openings),
        spent=percentiles(spent),
        mean_openings=sum(number * count for number, count in openings.items()) / done,
        mean_spent=sum(number * count for number, count in spent.items()) / done,
        wait=wait,
        most_openings=most,
    )


def _runs_a_piece(odds: OddsTable, wait: Wait | None, budget: int | None, most: int) -> int:
    """As many runs as take about `PIECE` openings, so that ctrl+c is answered soon."""
    ends = [Fraction(most)]
    if wait is not None:
        ends.append(wait.mean)
    if budget is not None and odds.expected_value < odds.price:
        ends.append(budget / (odds.price - odds.expected_value))
    return max(1, min(RUNS_A_PIECE, int(PIECE / max(Fraction(1), min(ends)))))


def _check_budget(budget: int | None) -> Refusal | None:
    if budget is None or 0 <= budget <= MOST:
        return None
    return Refusal(
        Reason.INVALID_AMOUNT,
        f"A budget is 0 to {MOST:,} oranges, not {budget:,}.",
        {"budget": budget, "least": 0, "most": MOST},
    )


def _run_all(
    odds: OddsTable,
    seed: str,
    wanted: frozenset[int],
    budget: int | None,
    most: int,
    runs: range,
) -> list[tuple[RunEnd, int, int]]:
    return [_run(odds, seed, f"{seed}:{number}", wanted, budget, most) for number in runs]


def _run(
    odds: OddsTable,
    seed: str,
    client_seed: str,
    wanted: frozenset[int],
    budget: int | None,
    most: int,
) -> tuple[RunEnd, int, int]:
    """How a run ended, after how many openings, and what it cost less what it won."""
    spent = opened = 0
    for won in islice(_openings(odds, seed, client_seed), most):
        if budget is not None and budget - spent < odds.price:
            return RunEnd.RUINED, opened, spent
        opened += 1
        spent += odds.price - sum(odds.entries[index].value for index in won)
        if not wanted.isdisjoint(won):
            return RunEnd.GOT, opened, spent
    return RunEnd.STOPPED, opened, spent


def _openings(odds: OddsTable, seed: str, client_seed: str) -> Iterator[tuple[int, ...]]:
    """The entries that each opening wins, for at most `MOST_OPENINGS` of them."""
    per, since, first, size = odds.rolls, 0, 0, FEWEST_NONCES
    spans = odds.spans
    bounds: dict[int, list[bytes]] = {}
    while first < MOST_OPENINGS:
        drawn = blocks(seed, client_seed, range(first * per, (first + size) * per))
        for start in range(0, len(drawn), per):
            if since not in bounds:
                ends = odds.bounds if odds.guarantee is None else accumulate(odds.parts_at(since))
                bounds[since] = [least_block(end) for end in ends]
            won = tuple(
                bisect_right(bounds[since], drawn[start + draw], *spans[draw])
                for draw in range(per)
            )
            since = odds.since_after(won[-1], since)
            yield won
        first += size
        size = min(size * 2, MOST_NONCES, MOST_OPENINGS - first)
