"""Waiting: after how many openings something comes, for the first time and exactly.

Without a guarantee openings are independent: the wait is geometric. With one they form a renewal
process: each hit that is not the thing one waits for begins a new row of misses.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import compress
from math import ceil, log, log1p

from inventui.rules.cases.fairness import TICKETS
from inventui.rules.cases.guarantee import Guarantee
from inventui.rules.cases.odds import OddsEntry, OddsTable
from inventui.rules.core.enums import Rarity


@dataclass(frozen=True, slots=True)
class Wait:
    """How long one waits, from a new seed pair on, in openings.

    Attributes:
        mean: the mean.
        half, nine_tenths, all_but_one: by then 50, 90 and 99 % have it.
    """

    mean: Fraction
    half: int
    nine_tenths: int
    all_but_one: int


def waits_by_rarity(table: OddsTable) -> dict[Rarity, Wait]:
    """How long one waits for the first item of each rarity that a case gives, the rarest first."""
    found = {}
    for rarity in reversed(Rarity):
        wait = wait_for(table, lambda e, rarity=rarity: bool(e.item) and e.rarity is rarity)  # type: ignore[misc]
        if wait is not None:
            found[rarity] = wait
    return found


def wait_for(table: OddsTable, wanted: Callable[[OddsEntry], bool]) -> Wait | None:
    """How long one waits for the first entry that is wanted; None if no entry is."""
    goal = (number for number, entry in enumerate(table.entries) if wanted(entry))
    return wait_for_entries(table, tuple(goal))


def wait_for_entries(table: OddsTable, entries: Collection[int]) -> Wait | None:
    """How long one waits for the first of some entries, by their numbers; None if of none."""
    if not entries:
        return None
    goal = [number in entries for number in range(len(table.entries))]
    if table.guarantee is None:
        missed = Fraction(1)
        for first, end in table.spans:
            parts = compress((e.parts for e in table.entries[first:end]), goal[first:end])
            missed *= 1 - Fraction(sum(parts), TICKETS)
        chance = 1 - missed
        return Wait(1 / chance, *(_geometric(chance, share) for share in _SHARES))
    return _renewal(table, table.guarantee, goal)


_SHARES = (Fraction(50, 100), Fraction(90, 100), Fraction(99, 100))


def _geometric(chance: Fraction, share: Fraction) -> int:
    """The first opening by which at least a share of all have succeeded."""
    if chance >= share:
        return 1
    missed, left = 1 - chance, 1 - share
    count = ceil(log(left) / log1p(-chance))
    # Rounded logarithms matter only where a power is exactly what is left, which none of the
    # shares is but for the first two.
    return next((n for n in (1, 2) if missed**n <= left), max(3, count))


@dataclass(frozen=True, slots=True)
class _State:
    """The chances of one roll in a row of misses, in parts."""

    goal: int
    restart: int
    """A hit that is not the goal."""

    @property
    def on(self) -> int:
        """A miss that is not the goal."""
        return TICKETS - self.goal - self.restart


def _states(table: OddsTable, promised: Guarantee, goal: list[bool]) -> Iterator[_State]:
    for since in range(promised.after + 1):
        got = back = 0
        for entry, is_goal, part in zip(table.entries, goal, table.parts_at(since), strict=True):
            if is_goal:
                got += part
            elif promised.is_hit(entry.rarity):
                back += part
        yield _State(got, back)


def _renewal(table: OddsTable, promised: Guarantee, goal: list[bool]) -> Wait:
    states = list(_states(table, promised, goal))
    # Mean: m(n) = 1 + restart(n) m(0) + on(n) m(n+1), solved from the last state as a + b m(0).
    fixed, again = Fraction(0), Fraction(0)
    for state in reversed(states):
        fixed = 1 + Fraction(state.on, TICKETS) * fixed
        again = Fraction(state.restart, TICKETS) + Fraction(state.on, TICKETS) * again
    survival = _Survival(states)
    return Wait(fixed / (1 - again), *(survival.ends(1 - share) for share in _SHARES))


class _Survival:
    """The probability U(n) of still waiting after n rolls.

    The row begins anew after k rolls with probability f(k), for k up to its length d, so
    U(n) = f(1) U(n-1) + … + f(d) U(n-d) from n = d on. Such a U(n) is a combination of U(0) …
    U(d-1) with the coefficients of x^n modulo x^d - f(1) x^(d-1) - … - f(d); powers of x are
    multiplied, so a wait of a million openings takes twenty steps. Everything that is summed is
    positive, so no digits cancel out.
    """

    def __init__(self, states: list[_State]) -> None:
        alive = 1.0
        self._restart: list[float] = []
        going: list[float] = []
        for state in states:
            going.append(alive)
            self._restart.append(alive * state.restart / TICKETS)
            alive *= state.on / TICKETS
        self._first: list[float] = []
        for n, on in enumerate(going):
            self._first.append(
                on + sum(self._restart[k] * self._first[n - 1 - k] for k in range(n))
            )

    def ends(self, left: Fraction) -> int:
        """The first n with U(n) at most `left`."""
        limit = float(left)
        for n, alive in enumerate(self._first):
            if alive <= limit:
                return n
        size = len(self._first)
        # x^1, x^2, x^4, …, until the wait is over by then.
        powers = [self._reduced([0.0, 1.0])]
        while self._at(powers[-1]) > limit:
            powers.append(self._times(powers[-1], powers[-1]))
        reached, power = 0, [1.0] + [0.0] * (size - 1)
        for exponent in reversed(range(len(powers))):
            further = self._times(power, powers[exponent])
            if self._at(further) > limit:
                reached, power = reached + 2**exponent, further
        return reached + 1

    def _at(self, power: list[float]) -> float:
        return sum(c * alive for c, alive in zip(power, self._first, strict=True))

    def _times(self, one: list[float], other: list[float]) -> list[float]:
        product = [0.0] * (len(one) + len(other) - 1)
        for i, a in enumerate(one):
            if a:
                for j, b in enumerate(other, i):
                    product[j] += a * b
        return self._reduced(product)

    def _reduced(self, power: list[float]) -> list[float]:
        size = len(self._first)
        for n in range(len(power) - 1, size - 1, -1):
            for k, back in enumerate(self._restart, 1):
                power[n - k] += power[n] * back
        return (power + [0.0] * size)[:size]
