"""Simulation: a case's odds, drawn with the game's own code and compared with what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from inventui.engine.models import CaseDetail, Simulation, SimulationEntry
from inventui.rules.fairness import TICKETS, check_client_seed, tickets
from inventui.rules.refusal import Reason, Refusal
from inventui.rules.statistics import chi_square, chi_square_p

MOST_ROLLS = 1_000_000_000
CHUNK = 20_000
"""Rolls drawn between two reports of progress."""


def simulate(
    case: CaseDetail, rolls: int, seed: str, progress: Callable[[int], None] | None = None
) -> Simulation | Refusal:
    """Roll a case `rolls` times with `seed` as server seed and as client seed.

    Args:
        case: what to open.
        rolls: how often, 1 to 1,000,000,000.
        seed: any text; the same seed gives the same simulation.
        progress: called with the number of rolls done so far; may raise to cancel.
    """
    if not 1 <= rolls <= MOST_ROLLS:
        return Refusal(
            Reason.INVALID_COUNT,
            f"You can simulate 1 to {MOST_ROLLS:,} rolls, not {rolls:,}.",
            {"count": rolls, "least": 1, "most": MOST_ROLLS},
        )
    refusal = check_client_seed(seed)
    if refusal is not None:
        return refusal
    odds = case.odds
    seen: Counter[int] = Counter()
    winner = odds.winner
    for first in range(0, rolls, CHUNK):
        size = min(CHUNK, rolls - first)
        seen.update(map(winner, tickets(seed, seed, first, size)))
        if progress is not None:
            progress(first + size)
    entries = tuple(
        SimulationEntry(e.name, e.rarity, e.value, e.parts * rolls / TICKETS, seen[index])
        for index, e in enumerate(odds.entries)
    )
    statistic = chi_square([e.seen for e in entries], [e.expected for e in entries])
    degrees = len(entries) - 1
    return Simulation(
        case=case.id,
        seed=seed,
        rolls=rolls,
        entries=entries,
        chi_square=statistic,
        degrees=degrees,
        p_value=chi_square_p(statistic, degrees),
        paid=odds.price * rolls,
        won=sum(e.value * e.seen for e in entries),
        expected_return=odds.return_to_player,
    )
