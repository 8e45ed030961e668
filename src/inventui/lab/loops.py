"""Loops: cycles of deeds that begin with oranges and end with more of them, in the mean.

Every way of getting an item for oranges is followed by every way of turning it back: the shop, a
bundle, the featured piece of the black market, a neighbour's listing or a case on one side; the
house, a neighbour, a fusion or a set on the other. All is reckoned from the rules and the odds, as
gains in the mean; what is drawn once for each neighbour is taken at its best, as who waits gets it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from inventui.content.pack import Pack, PackCase, PackItem
from inventui.lab.odds_means import chances, share_of, until_all
from inventui.rules.bazaar import fee, resale
from inventui.rules.cases.fairness import TICKETS
from inventui.rules.cases.odds import OddsEntry, OddsTable
from inventui.rules.collections import reward
from inventui.rules.core.categories import GEAR, Category
from inventui.rules.core.enums import Rarity, Status
from inventui.rules.core.money import STARTING, Currency
from inventui.rules.market.black_market import FEATURED_DISCOUNT, discounted
from inventui.rules.npc.bazaar_period import (
    ASK_LEAST,
    OFFER_MOST,
    RARITY_WILL,
    TASTE_WILL,
    WILL_MOST,
)
from inventui.rules.npc.valuation import (
    OWN_SHARE,
    RARITY_MORE,
    SHARE_LEAST,
    SHARE_MOST,
    TASTE_LESS,
    TASTE_MORE,
)
from inventui.rules.workshop import INPUTS, Ingredient, check_fuse, fusion_odds, next_rarity

NO_LIMIT = "as often as one likes"


NEIGHBOURS = "as long as neighbours have oranges and listings"


ONCE = "once a player and set"


ROTATIONS = "as often as the black market features one"


ALTS = "as often as a player can be added"


@dataclass(frozen=True, slots=True)
class EarningLoop:
    """A cycle of deeds that earns.

    Attributes:
        gain: what comes back for each orange that goes in, in the mean; above 1.
        steps: the deeds, in their order.
        limit: how often it can be gone through.
    """

    gain: float
    steps: tuple[str, ...]
    limit: str = NO_LIMIT


@dataclass(frozen=True, slots=True)
class _Sink:
    """A way to turn an item into oranges."""

    oranges: Fraction
    steps: tuple[str, ...]
    limit: str


def find_loops(pack: Pack, *, neighbours: bool = True, alts: bool = False) -> list[EarningLoop]:
    """Every loop of a pack that earns, the one with the highest gain first.

    Args:
        pack: whose items, cases and bundles.
        neighbours: whether there are neighbours who buy and list.
        alts: whether players can be added at will, who give what they start with to one.
    """
    finder = _Finder(pack, neighbours and bool(pack.neighbours))
    found = [loop for loop in finder.all() if loop.gain > 1]
    if alts:
        start = STARTING[Currency.ORANGES]
        steps = ("add a player", f"give its {start:,} oranges to a friend")
        # It costs nothing: what comes back is all gain, as of one orange that is put in.
        found.append(EarningLoop(float(start), steps, ALTS))
    return sorted(found, key=lambda loop: (-loop.gain, loop.steps))


class _Finder:
    def __init__(self, pack: Pack, neighbours: bool) -> None:
        self._pack = pack
        self._neighbours = neighbours
        self._items = {item.id: item for item in pack.items}
        self._known: dict[tuple[str, Rarity, bool], Fraction] = {}
        self._cases = [(case, case.odds_table()) for case in pack.cases]

    def all(self) -> Iterator[EarningLoop]:
        """Every cycle that is considered, whether it earns or not."""
        for item in self._pack.items:
            for price, step, limit in self._prices(item):
                for sink in self._sinks(item, item.value):
                    yield _loop(
                        Fraction(price), sink.oranges, (step, *sink.steps), limit, sink.limit
                    )
        for case, odds in self._cases:
            yield from self._openings(case, odds)
            yield from self._sets(case, odds)
        for rarity in Rarity:
            yield from self._fillers(rarity)

    def _prices(self, item: PackItem) -> Iterator[tuple[int, str, str]]:
        """The ways to buy an item: price in oranges, what is done, how often it can be done."""
        price = item.price_oranges
        if price and not item.price_gems and item.category is not Category.BUNDLE:
            yield price, f"buy {item.name} for {price:,}", NO_LIMIT
            if item.category in GEAR and item.rarity is Rarity.LEGENDARY:
                less = discounted(price, FEATURED_DISCOUNT)
                step = f"buy {item.name} featured on the black market for {less:,}"
                yield less, step, ROTATIONS
            for bundle in self._pack.bundles:
                if item.id in bundle.extra.get("items", ()):  # type: ignore[operator]
                    discount = int(bundle.extra.get("discount", 0))  # type: ignore[call-overload]
                    less = discounted(price, discount)
                    step = f"buy {item.name} in {bundle.name} for {less:,}"
                    yield max(1, less), step, NO_LIMIT
        worth = item.value or price
        if self._neighbours and worth and item.category not in GEAR | {Category.BUNDLE}:
            least = max(1, worth * ASK_LEAST // 100)
            yield least, f"buy {item.name} of a neighbour for {least:,}", NEIGHBOURS
            swapped = max(resale(item.value, price, item.price_gems), price) * OWN_SHARE // 100
            yield max(1, swapped), f"trade {item.name} of a neighbour for {swapped:,}", NEIGHBOURS

    def _sinks(self, item: PackItem, value: int) -> Iterator[_Sink]:
        """The ways to turn an item into oranges."""
        if item.category is Category.COLLECTIBLE or item.category in GEAR:
            yield _Sink(Fraction(value), (f"sell it to the house for {value:,}",), NO_LIMIT)
        offer = self._offered(item, value)
        if offer:
            yield _Sink(
                Fraction(offer), (f"sell or trade it to a neighbour for {offer:,}",), NEIGHBOURS
            )

    def _offered(self, item: PackItem, value: int) -> int:
        """What the neighbour that likes an item best pays for it, less the fee."""
        if not self._neighbours or item.category is Category.BUNDLE:
            return 0
        worth = resale(value, item.price_oranges, item.price_gems)
        most = 0
        for neighbour in self._pack.neighbours:
            nature = neighbour.nature
            likes, loves = item.category in nature.taste, item.rarity is nature.favourite_rarity
            price = worth * (WILL_MOST + TASTE_WILL * likes + RARITY_WILL * loves) // 100
            listed = price - fee(price) if price else 0
            share = SHARE_LEAST + (SHARE_MOST - SHARE_LEAST) * nature.generosity // 100
            share += (TASTE_MORE if likes else -TASTE_LESS) + RARITY_MORE * loves
            most = max(
                most, listed, worth * share // 100, worth * OFFER_MOST * (likes or loves) // 100
            )
        return most

    def _worth(self, odds: OddsTable, entry: OddsEntry, sold: bool) -> tuple[Fraction, bool]:
        """What a win is worth when it is sold or, if that is more, fused with others of its case.

        `sold` is whether neighbours buy too. The second is whether it is fused.
        """
        if not entry.item:
            return Fraction(0), False
        item = self._items[entry.item]
        sinks = [s for s in self._sinks(item, entry.value) if sold or s.limit == NO_LIMIT]
        plain = max((sink.oranges for sink in sinks), default=Fraction(0))
        pool = self._pool(odds, entry)
        if not pool:
            return plain, False
        fused = self._fused(odds, entry.rarity, pool, sold) / INPUTS
        return (fused, True) if fused > plain else (plain, False)

    def _fused(
        self, odds: OddsTable, rarity: Rarity, pool: Sequence[OddsEntry], sold: bool
    ) -> Fraction:
        """What comes out of a fusion of this pool alone is worth, less its fee."""
        key = odds.case, rarity, sold
        if key in self._known:
            return self._known[key]
        table = fusion_odds(rarity, [tuple(pool)])
        assert table is not None
        each = ((entry.parts, self._worth(odds, entry, sold)[0]) for entry in table.entries)
        mean = sum((Fraction(parts, TICKETS) * worth for parts, worth in each), Fraction(0))
        self._known[key] = mean - table.price
        return self._known[key]

    def _pool(self, odds: OddsTable, entry: OddsEntry) -> tuple[OddsEntry, ...]:
        """What a win brings to a fusion."""
        if not entry.item or self._items[entry.item].category is not Category.COLLECTIBLE:
            return ()
        wanted = next_rarity(entry.rarity)
        return tuple(
            other
            for other in odds.entries
            if other.rarity is wanted
            and other.item
            and self._items[other.item].category is Category.COLLECTIBLE
        )

    def _mean(self, odds: OddsTable, worth: Sequence[Fraction]) -> Fraction:
        """What an opening is worth, by what each of its entries is worth."""
        total = Fraction(0)
        for first, end in odds.spans:
            for share, each in zip(odds.shares[first:end], worth[first:end], strict=True):
                total += share * each
        return total

    def _openings(self, case: PackCase, odds: OddsTable) -> Iterator[EarningLoop]:
        for sold in (False, True) if self._neighbours else (False,):
            found = [self._worth(odds, entry, sold) for entry in odds.entries]
            pairs = zip(odds.entries, found, strict=True)
            fused = [entry.rarity for entry, (_, fuse) in pairs if fuse]
            steps = [f"open {case.name} for {odds.price:,}"]
            if fused:
                rarities = " and ".join(str(r) for r in Rarity if r in fused)
                steps.append(f"fuse what is {rarities} and cheap")
            steps.append("sell the rest" if fused else "sell what it gives")
            steps[-1] += " to whom pays most" if sold else " to the house"
            mean = self._mean(odds, [worth for worth, _ in found])
            limit = NEIGHBOURS if sold else NO_LIMIT
            yield _loop(Fraction(odds.price), mean, tuple(steps), limit)

    def _sets(self, case: PackCase, odds: OddsTable) -> Iterator[EarningLoop]:
        pieces = {entry.item: entry.value for entry in odds.entries if entry.item}
        shares = chances(odds)
        if not pieces:
            return
        paid = reward([*pieces.values()]).oranges
        openings = Fraction(until_all(tuple(sorted(float(shares[item]) for item in pieces))))
        mean = self._mean(odds, [self._worth(odds, e, False)[0] for e in odds.entries])
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
            for case, odds in self._cases
            if (
                empty := [
                    entry
                    for entry in odds.entries
                    if entry.rarity is rarity
                    and entry.item
                    and self._items[entry.item].category is Category.COLLECTIBLE
                    and not self._pool(odds, entry)
                ]
            )
        ]
        for case, odds in self._cases if filling else ():
            bringing = [e for e in odds.entries if e.rarity is rarity and self._pool(odds, e)]
            pool = self._pool(odds, bringing[0]) if bringing else ()
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
        pool = self._pool(odds, bringing[0])
        for other, fillers, empty in filling:
            chance = share_of(odds, bringing)
            each = share_of(fillers, empty)
            needed = chance * (INPUTS - 1) / each
            own = [self._worth(odds, entry, False)[0] for entry in odds.entries]
            rest = [
                Fraction(0) if entry in bringing else worth
                for entry, worth in zip(odds.entries, own, strict=True)
            ]
            left = [
                Fraction(0) if entry in empty else self._worth(fillers, entry, False)[0]
                for entry in fillers.entries
            ]
            comes = self._mean(odds, rest) + chance * self._fused(odds, rarity, pool, False)
            comes += needed * self._mean(fillers, left)
            goes = odds.price + needed * fillers.price
            steps = (
                f"open {case.name} for {odds.price:,}",
                f"open {other.name} for {fillers.price:,}",
                f"fuse each {rarity} of {case.name} with {INPUTS - 1} of {other.name}",
                "sell the rest to the house",
            )
            yield _loop(Fraction(goes), comes, steps, NO_LIMIT)

    def _may_fill(self, rarity: Rarity, pool: tuple[OddsEntry, ...]) -> bool:
        """Whether the rules let one thing with a pool be fused with others that have none."""
        full = Ingredient("one", Category.COLLECTIBLE, rarity, Status.OWNED, False, pool)
        empty = Ingredient("filler", Category.COLLECTIBLE, rarity, Status.OWNED, False)
        return check_fuse([full, *[empty] * (INPUTS - 1)], INPUTS, 2**53) is None


def _loop(
    goes: Fraction, comes: Fraction, steps: tuple[str, ...], limit: str, other: str = NO_LIMIT
) -> EarningLoop:
    return EarningLoop(float(comes / goes), steps, limit if limit != NO_LIMIT else other)
