"""Simulation: odds drawn with the game's own code and compared with what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from inventui.engine.cases.models import Simulation, SimulationEntry
from inventui.engine.core.models import CaseDetail
from inventui.engine.streets.models import RobberySimulation
from inventui.rules.cases.fairness import check_client_seed, tickets
from inventui.rules.core.chi_square import chi_square, chi_square_p, observations_needed
from inventui.rules.core.money import MOST
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.streets.robbery import (
    LEAST_CHANCE,
    MOST_CHANCE,
    fine,
    loot,
    robbery_draw,
    succeeds,
    takes_gear,
)

MOST_ROLLS = 1_000_000_000
Progress = Callable[[int], object]

CHUNK = 20_000
"""Rolls drawn between two reports of progress."""


def check_simulation(rolls: int, seed: str) -> Refusal | None:
    """None if so many rolls may be simulated with a seed."""
    if not 1 <= rolls <= MOST_ROLLS:
        return Refusal(
            Reason.INVALID_COUNT,
            f"You can simulate 1 to {MOST_ROLLS:,} rolls, not {rolls:,}.",
            {"count": rolls, "least": 1, "most": MOST_ROLLS},
        )
    return check_client_seed(seed)


def simulate(
    case: CaseDetail, rolls: int, seed: str, progress: Progress | None = None
) -> Simulation | Refusal:
    """Roll a case `rolls` times with `seed` as server seed and as client seed.

    Args:
        case: what to open.
        rolls: how often, 1 to 1,000,000,000.
        seed: any text; the same seed gives the same simulation.
        progress: called with the number of rolls done so far; after a False, these are all.
    """
    refusal = check_simulation(rolls, seed)
    if refusal is not None:
        return refusal
    odds = case.odds
    seen: Counter[int] = Counter()
    since = 0
    for first in range(0, rolls, CHUNK):
        size = min(CHUNK, rolls - first)
        drawn = tickets(seed, seed, first, size)
        if odds.pools or odds.guarantee:
            won = odds.outcomes(drawn, since, first)
            since = odds.since_after(won[-1].entry, won[-1].since)
            seen.update(outcome.entry for outcome in won)
        else:
            seen.update(map(odds.winner, drawn))
        if progress is not None and progress(first + size) is False:
            rolls = first + size
            break
    entries = tuple(
        SimulationEntry(e.name, e.rarity, e.value, float(share * rolls), seen[index])
        for index, (e, share) in enumerate(zip(odds.entries, odds.shares, strict=True))
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
        rolls_needed=observations_needed([e.expected for e in entries], rolls),
        paid=odds.price * rolls,
        won=sum(e.value * e.seen for e in entries),
        expected_return=odds.return_to_player,
    )


def simulate_robberies(
    chance: int,
    purse: int,
    rolls: int,
    seed: str,
    progress: Progress | None = None,
) -> RobberySimulation | Refusal:
    """Rob `rolls` times with `seed` as server seed and as client seed.

    Args:
        chance: of success, in percent, 5 to 95.
        purse: oranges that the target and the robber have, each time anew.
        rolls: how often, 1 to 1,000,000,000.
        seed: any text; the same seed gives the same simulation.
        progress: called with the number of rolls done so far; after a False, these are all.
    """
    refusal = check_simulation(rolls, seed) or _check_stakes(chance, purse)
    if refusal is not None:
        return refusal
    successes = taken = gear = 0
    for nonce in range(rolls):
        draw = robbery_draw(seed, seed, nonce)
        if succeeds(draw.ticket, chance):
            successes += 1
            taken += loot(purse, draw.loot, 0)
            gear += takes_gear(draw.gear)
        done = nonce + 1
        at_end = done % CHUNK == 0 or done == rolls
        if at_end and progress is not None and progress(done) is False:
            rolls = done
            break
    expected = rolls * chance / 100
    statistic = chi_square([successes, rolls - successes], [expected, rolls - expected])
    return RobberySimulation(
        chance=chance,
        purse=purse,
        seed=seed,
        rolls=rolls,
        successes=successes,
        loot=taken,
        gear=gear,
        fine=fine(purse),
        p_value=chi_square_p(statistic, 1),
        rolls_needed=observations_needed([expected, rolls - expected], rolls),
    )


def _check_stakes(chance: int, purse: int) -> Refusal | None:
    if not LEAST_CHANCE <= chance <= MOST_CHANCE:
        return Refusal(
            Reason.INVALID_AMOUNT,
            f"A robbery's chance is {LEAST_CHANCE} to {MOST_CHANCE} %, not {chance:,}.",
            {"chance": chance, "least": LEAST_CHANCE, "most": MOST_CHANCE},
        )
    if not 0 <= purse <= MOST:
        return Refusal(
            Reason.INVALID_AMOUNT,
            f"A purse holds 0 to {MOST:,} oranges, not {purse:,}.",
            {"purse": purse, "least": 0, "most": MOST},
        )
    return None
