"""Loops: cycles of actions that begin with oranges and end with more of them, in the mean.

Every way of getting an item for oranges is followed by every way of turning it back: the shop, a
bundle, the featured piece of the black market, a neighbour's listing or a case on one side; the
house, a neighbour, a fusion, a set, or shifts that pay more on the other. All is reckoned from the
rules and the odds, as gains in the mean; what is drawn once for each neighbour is taken at its
best, as who waits gets it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from inventui.content.numbers import changed
from inventui.content.pack import Pack, PackCase
from inventui.lab.loop_steps import ALTS, NEIGHBOURS, NO_LIMIT, ONCE, Steps
from inventui.lab.odds_means import chances, share_of, until_all
from inventui.rules import workshop
from inventui.rules.cases.odds import OddsEntry, OddsTable
from inventui.rules.collections import reward
from inventui.rules.core import money
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity, Status
from inventui.rules.core.money import Currency
from inventui.rules.workshop import Ingredient, check_fuse


@dataclass(frozen=True, slots=True)
class EarningLoop:
    """A cycle of actions that earns.

    Attributes:
        gain: what comes back for each orange that goes in, in the mean; above 1.
        steps: the actions, in their order.
        limit: how often it can be gone through.
    """

    gain: float
    steps: tuple[str, ...]
    limit: str = NO_LIMIT


def find_loops(pack: Pack, *, neighbours: bool = True, alts: bool = False) -> list[EarningLoop]:
    """Every loop of a pack that earns, the one with the highest gain first.

    Args:
        pack: whose items, cases and bundles.
        neighbours: whether there are neighbours who buy and list.
        alts: whether players can be added at will, who give what they start with to one.
    """
    with changed(pack.numbers):
        finder = _Finder(pack, neighbours and bool(pack.neighbours))
        found = [loop for loop in finder.all() if loop.gain > 1]
        start = money.STARTING[Currency.ORANGES]
    if alts:
        steps = ("add a player", f"give its {start:,} oranges to a friend")
        # It costs nothing: what comes back is all gain, as of one orange that is put in.
        found.append(EarningLoop(float(start), steps, ALTS))
    return sorted(found, key=lambda loop: (-loop.gain, loop.steps))


class _Finder(Steps):
    def all(self) -> Iterator[EarningLoop]:
        """Every cycle that is considered, whether it earns or not."""
        for item in self.pack.items:
            for price, step, limit in self.prices(item):
                for sink in self.sinks(item, item.value):
                    yield _loop(
                        Fraction(price), sink.oranges, (step, *sink.steps), limit, sink.limit
                    )
        for case, odds in self.cases:
            yield from self._openings(case, odds)
            yield from self._sets(case, odds)
        for rarity in Rarity:
            yield from self._fillers(rarity)

    def _openings(self, case: PackCase, odds: OddsTable) -> Iterator[EarningLoop]:
        for sold in (False, True) if self.neighbours else (False,):
            found = [self.worth(odds, entry, sold) for entry in odds.entries]
            pairs = zip(odds.entries, found, strict=True)
            fused = [entry.rarity for entry, (_, fuse) in pairs if fuse]
            steps = [f"open {case.name} for {odds.price:,}"]
            if fused:
                rarities = " and ".join(str(r) for r in Rarity if r in fused)
                steps.append(f"fuse what is {rarities} and cheap")
            steps.append("sell the rest" if fused else "sell what it gives")
            steps[-1] += " to whom pays most" if sold else " to the house"
            mean = self.mean(odds, [worth for worth, _ in found])
            limit = NEIGHBOURS if sold else NO_LIMIT
            yield _loop(Fraction(odds.price), mean, tuple(steps), limit)

    def _sets(self, case: PackCase, odds: OddsTable) -> Iterator[EarningLoop]:
        pieces = {entry.item: entry.value for entry in odds.entries if entry.item}
        shares = chances(odds)
        if not pieces:
            return
        paid = reward([*pieces.values()]).oranges
        openings = Fraction(until_all(tuple(sorted(float(shares[item]) for item in pieces))))
        mean = self.mean(odds, [self.worth(odds, e, False)[0] for e in odds.entries])
        steps = (
            f"open {case.name} until all {len(pieces)} pieces are there",
            f"take the reward of {paid:,}",
            "sell them to the house",
        )
        yield _loop(openings * odds.price, openings * mean + paid, steps, ONCE)

    def _fillers(self, rarity: Rarity) -> Iterator[EarningLoop]:
        """One win that brings a pool, and wins of any case that bring none and fill the bench."""
        filling = [
            (case, odds, empty)
            for case, odds in self.cases
            if (
                empty := [
                    entry
                    for entry in odds.entries
                    if entry.rarity is rarity
                    and entry.item
                    and self.items[entry.item].category is Category.COLLECTIBLE
                    and not self.pool(odds, entry)
                ]
            )
        ]
        for case, odds in self.cases if filling else ():
            bringing = [e for e in odds.entries if e.rarity is rarity and self.pool(odds, e)]
            pool = self.pool(odds, bringing[0]) if bringing else ()
            if pool and self._may_fill(rarity, pool):
                yield from self._filled(rarity, case, odds, bringing, filling)

    def _filled(
        self,
        rarity: Rarity,
        case: PackCase,
        odds: OddsTable,
        bringing: Sequence[OddsEntry],
        filling: Sequence[tuple[PackCase, OddsTable, Sequence[OddsEntry]]],
    ) -> Iterator[EarningLoop]:
        pool = self.pool(odds, bringing[0])
        for other, fillers, empty in filling:
            chance = share_of(odds, bringing)
            each = share_of(fillers, empty)
            needed = chance * (workshop.INPUTS - 1) / each
            own = [self.worth(odds, entry, False)[0] for entry in odds.entries]
            rest = [
                Fraction(0) if entry in bringing else worth
                for entry, worth in zip(odds.entries, own, strict=True)
            ]
            left = [
                Fraction(0) if entry in empty else self.worth(fillers, entry, False)[0]
                for entry in fillers.entries
            ]
            comes = self.mean(odds, rest) + chance * self.fused(odds, rarity, pool, False)
            comes += needed * self.mean(fillers, left)
            goes = odds.price + needed * fillers.price
            steps = (
                f"open {case.name} for {odds.price:,}",
                f"open {other.name} for {fillers.price:,}",
                f"fuse each {rarity} of {case.name} with {workshop.INPUTS - 1} of {other.name}",
                "sell the rest to the house",
            )
            yield _loop(Fraction(goes), comes, steps, NO_LIMIT)

    def _may_fill(self, rarity: Rarity, pool: tuple[OddsEntry, ...]) -> bool:
        """Whether the rules let one thing with a pool be fused with others that have none."""
        full = Ingredient("one", Category.COLLECTIBLE, rarity, Status.OWNED, False, pool)
        empty = Ingredient("filler", Category.COLLECTIBLE, rarity, Status.OWNED, False)
        return check_fuse([full, *[empty] * (workshop.INPUTS - 1)], workshop.INPUTS, 2**53) is None


def _loop(
    goes: Fraction, comes: Fraction, steps: tuple[str, ...], limit: str, other: str = NO_LIMIT
) -> EarningLoop:
    return EarningLoop(float(comes / goes), steps, limit if limit != NO_LIMIT else other)
