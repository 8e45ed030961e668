"""What the best fusing makes of a pack's cases, as exact upper bounds.

A fusion's expected value and its fee are means over what its five inputs bring. So each input can
be given a share of what comes out, which doesn't depend on what it is fused with:

- alone: it is fused with things of its own case and rarity, and the fee is that fusion's;
- mixed: beside things of other cases. The least fee is one for all five, so what would pay more
  than its percentage alone pays only that percentage where a dearer pool may lie beside it.

What comes out of a fusion may be fused again, from the first case of the pack that holds it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from inventui.content.pack import Pack, PackCase
from inventui.rules import workshop
from inventui.rules.cases.odds import OddsEntry, OddsTable
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity
from inventui.rules.workshop import Pool, fusion_fee, may_be_fused, next_rarity

Thing = tuple[str, str, int, Rarity]
"""What is won: its item, and the name, value and rarity that it has there."""


def pools_of(case: PackCase, categories: Mapping[str, Category]) -> dict[Rarity, Pool]:
    """What the things of each rarity in a case bring to a fusion, for those that may be fused.

    Args:
        case: the case.
        categories: of each item, by its slug.
    """
    collectibles = [e for e in case.entries if categories.get(e.item) is Category.COLLECTIBLE]
    found: dict[Rarity, Pool] = {}
    for rarity in Rarity:
        held = any(entry.rarity is rarity for entry in collectibles)
        if held and may_be_fused(Category.COLLECTIBLE, rarity):
            wanted = next_rarity(rarity)
            found[rarity] = tuple(entry for entry in collectibles if entry.rarity is wanted)
    return found


def best_returns(pack: Pack, *, mixed: bool) -> dict[str, Fraction]:
    """What each case returns at most for its price to who fuses as well as can be, by its id.

    Args:
        pack: all that can be fused with each other.
        mixed: whether things of several cases are fused together.
    """
    return _Fusing(pack, mixed).returns()


@dataclass
class _Fusing:
    pack: Pack
    mixed: bool
    shares: dict[tuple[str, Rarity], Fraction] = field(default_factory=dict)
    """What one thing of a rarity brings to who fuses it, by the case that it is from."""

    def __post_init__(self) -> None:
        self.categories = categories = {item.id: item.category for item in self.pack.items}
        self.pools = {case.id: pools_of(case, categories) for case in self.pack.cases}
        self.first: dict[Thing, str] = {}
        for case in self.pack.cases:
            for entry in case.entries:
                self.first.setdefault(_thing(entry), case.id)
        for rarity in sorted(Rarity, key=lambda rarity: -rarity.rank):
            self._share(rarity)

    def _share(self, rarity: Rarity) -> None:
        pools = {case: of[rarity] for case, of in self.pools.items() if of.get(rarity)}
        means = {
            case: _mean(pool, [Fraction(e.value) for e in pool]) for case, pool in pools.items()
        }
        dear = any(
            mean * workshop.FEE_PERCENT > workshop.LEAST_FEE * 100 for mean in means.values()
        )
        for case, pool in pools.items():
            brings = _mean(pool, [self._worth(self.first[_thing(e)], e) for e in pool])
            # A fee is rounded down, by less than an orange.
            least = Fraction(workshop.LEAST_FEE)
            if dear:
                least = means[case] * workshop.FEE_PERCENT / 100 - 1
            fee = least if self.mixed and len(pools) > 1 else fusion_fee(means[case])
            self.shares[case, rarity] = (brings - fee) / workshop.INPUTS

    def _worth(self, case: str, entry: OddsEntry) -> Fraction:
        value = Fraction(entry.value)
        if self.categories.get(entry.item) is not Category.COLLECTIBLE:
            return value
        return max(value, self.shares.get((case, entry.rarity), value))

    def returns(self) -> dict[str, Fraction]:
        return {
            case.id: _expected(case.odds_table(), list(self._worths(case))) / case.price
            for case in self.pack.cases
        }

    def _worths(self, case: PackCase) -> Iterator[Fraction]:
        for entry in case.entries:
            yield self._worth(case.id, entry) if entry.item else Fraction(0)


def _thing(entry: OddsEntry) -> Thing:
    return entry.item, entry.name, entry.value, entry.rarity


def _mean(pool: Pool, figures: Iterable[Fraction]) -> Fraction:
    total = sum(entry.parts for entry in pool)
    weighed = (figure * entry.parts for figure, entry in zip(figures, pool, strict=True))
    return sum(weighed, Fraction(0)) / total


def _expected(odds: OddsTable, worths: Sequence[Fraction]) -> Fraction:
    parts = [worth * share for worth, share in zip(worths, odds.shares, strict=True)]
    return sum((part for first, end in odds.spans for part in parts[first:end]), Fraction(0))
