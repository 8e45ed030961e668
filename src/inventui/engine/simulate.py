"""Simulation: odds drawn with the game's own code and compared with what they say."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from itertools import accumulate
from operator import add

from inventui.engine.cases.models import Simulation, SimulationEntry
from inventui.engine.streets.models import RobberySimulation
from inventui.rules.cases.fairness import blocks, check_client_seed, least_block
from inventui.rules.cases.odds import OddsTable
from inventui.rules.core.chi_square import chi_square, chi_square_p, observations_needed
from inventui.rules.core.money import MOST
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.streets import robbery
from inventui.rules.streets.robbery import fine, loot, robbery_draw, succeeds, takes_gear

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
    odds: OddsTable, rolls: int, seed: str, progress: Progress | None = None
) -> Simulation | Refusal:
    """Open a case `rolls` times with `seed` as server seed and as client seed.

    Args:
        odds: the case's odds table.
        rolls: how often, 1 to 1,000,000,000.
        seed: any text; the same seed gives the same simulation.
        progress: called with the number of openings so far; after a False, these are all.
    """
    refusal = check_simulation(rolls, seed)
    if refusal is not None:
        return refusal
    counter = WinCounter(odds, seed)
    for first in range(0, rolls, CHUNK):
        size = min(CHUNK, rolls - first)
        counter.open(first, size)
        if progress is not None and progress(first + size) is False:
            rolls = first + size
            break
    return simulation_of(odds, rolls, seed, counter.seen, counter.worth)


class WinCounter:
    """Counts what the openings of a case win.

    Attributes:
        seen: how often each entry was won, by its index.
        worth: how often an opening gave so many oranges' worth.
    """

    def __init__(self, odds: OddsTable, seed: str) -> None:
        self.seen: Counter[int] = Counter()
        self.worth: Counter[int] = Counter()
        self._odds = odds
        self._seed = seed
        self._since = 0
        self._values = [entry.value for entry in odds.entries]
        self._bounds: dict[int, list[bytes]] = {}

    def open(self, first: int, count: int) -> None:
        """Open the case `count` times, from opening number `first` on; in order, if at all."""
        per, end = self._odds.rolls, first + count
        if self._odds.guarantee is not None:
            self._open_in_turn(blocks(self._seed, self._seed, range(first, end)))
            return
        worth: list[int] = [0] * count if per > 1 else []
        for draw, (start, past) in enumerate(self._odds.spans):
            bounds = [least_block(bound) for bound in self._odds.bounds[start:past]]
            drawn = blocks(self._seed, self._seed, range(first * per + draw, end * per, per))
            won = map(partial(bisect_right, bounds), drawn)
            if per == 1:
                self.seen.update(won)
                continue
            indices = [start + index for index in won]
            self.seen.update(indices)
            worth = list(map(add, worth, map(self._values.__getitem__, indices)))
        self.worth.update(worth)

    def _open_in_turn(self, drawn: list[bytes]) -> None:
        won: list[int] = []
        for block in drawn:
            bounds = self._bounds.get(self._since)
            if bounds is None:
                parts = accumulate(self._odds.parts_at(self._since))
                bounds = self._bounds[self._since] = [least_block(bound) for bound in parts]
            index = bisect_right(bounds, block)
            won.append(index)
            self._since = self._odds.since_after(index, self._since)
        self.seen.update(won)


def simulation_of(
    odds: OddsTable, rolls: int, seed: str, seen: Counter[int], worth: Counter[int]
) -> Simulation:
    """What so many openings say of a case: counted wins beside what the odds expect."""
    times = [sum(start <= i < past for start, past in odds.spans) for i in range(len(odds.entries))]
    entries = tuple(
        SimulationEntry(e.name, e.rarity, e.value, float(share * count * rolls), seen[index])
        for index, (e, share, count) in enumerate(
            zip(odds.entries, odds.shares, times, strict=True)
        )
    )
    if odds.rolls == 1:
        worth = Counter()
        for index, count in seen.items():
            worth[odds.entries[index].value] += count
    statistic = chi_square([e.seen for e in entries], [e.expected for e in entries])
    degrees = len(entries) - len(set(odds.spans))
    return Simulation(
        case=odds.case,
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
        percentiles=percentiles(worth),
        guaranteed=odds.guarantee is not None,
    )


PERCENTS = (1, 10, 25, 50, 75, 90, 99)


def percentiles(counts: Mapping[int, int]) -> dict[int, int]:
    """Percent → the least figure that so many percent of all counted ones don't exceed."""
    total, done = sum(counts.values()), 0
    found: dict[int, int] = {}
    for figure in sorted(counts):
        done += counts[figure]
        for percent in PERCENTS:
            if done * 100 >= percent * total:
                found.setdefault(percent, figure)
    return found


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
    if not robbery.LEAST_CHANCE <= chance <= robbery.MOST_CHANCE:
        return Refusal(
            Reason.INVALID_AMOUNT,
            f"A robbery's chance is {robbery.LEAST_CHANCE} to {robbery.MOST_CHANCE} %, "
            f"not {chance:,}.",
            {"chance": chance, "least": robbery.LEAST_CHANCE, "most": robbery.MOST_CHANCE},
        )
    if not 0 <= purse <= MOST:
        return Refusal(
            Reason.INVALID_AMOUNT,
            f"A purse holds 0 to {MOST:,} oranges, not {purse:,}.",
            {"purse": purse, "least": 0, "most": MOST},
        )
    return None
