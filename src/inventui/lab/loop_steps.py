"""The steps of loops: each way to buy an item, each way to turn it back, and what that brings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from inventui.content.pack import Pack, PackItem
from inventui.rules import property as property_rules
from inventui.rules import workshop
from inventui.rules.bazaar import fee, resale
from inventui.rules.cases.fairness import TICKETS
from inventui.rules.cases.odds import OddsEntry, OddsTable
from inventui.rules.core.categories import GEAR, Category
from inventui.rules.core.enums import ConsumableKind, Rarity
from inventui.rules.market import black_market
from inventui.rules.market.black_market import discounted
from inventui.rules.npc import bazaar_period, valuation
from inventui.rules.streets.shifts import shift_pay
from inventui.rules.workshop import fusion_odds, next_rarity

NO_LIMIT = "as often as one likes"


NEIGHBOURS = "as long as neighbours have oranges and listings"


ONCE = "once a player and set"


SHIFTS = "once a shift"


ROTATIONS = "as often as the black market features one"


ALTS = "as often as a player can be added"


@dataclass(frozen=True, slots=True)
class Sink:
    """A way to turn an item into oranges."""

    oranges: Fraction
    steps: tuple[str, ...]
    limit: str


class Steps:
    """What items of a pack cost and bring; `neighbours` is whether there are some who trade."""

    def __init__(self, pack: Pack, neighbours: bool) -> None:
        self.pack = pack
        self.neighbours = neighbours
        homes = (item for item in pack.items if item.category is Category.HOUSING)
        self.rest = max((property_rules.REST.get(home.rarity, 0) for home in homes), default=0)
        self.items = {item.id: item for item in pack.items}
        self._known: dict[tuple[str, Rarity, bool], Fraction] = {}
        self.cases = [(case, case.odds_table()) for case in pack.cases]

    def prices(self, item: PackItem) -> Iterator[tuple[int, str, str]]:
        """The ways to buy an item: price in oranges, what is done, how often it can be done."""
        price = item.price_oranges
        if price and not item.price_gems and item.category is not Category.BUNDLE:
            yield price, f"buy {item.name} for {price:,}", NO_LIMIT
            if item.category in GEAR and item.rarity is Rarity.LEGENDARY:
                less = discounted(price, black_market.FEATURED_DISCOUNT)
                step = f"buy {item.name} featured on the black market for {less:,}"
                yield less, step, ROTATIONS
            for bundle in self.pack.bundles:
                if item.id in bundle.extra.get("items", ()):  # type: ignore[operator]
                    discount = int(bundle.extra.get("discount", 0))  # type: ignore[call-overload]
                    less = discounted(price, discount)
                    step = f"buy {item.name} in {bundle.name} for {less:,}"
                    yield max(1, less), step, NO_LIMIT
        worth = item.value or price
        if self.neighbours and worth and item.category not in GEAR | {Category.BUNDLE}:
            least = max(1, worth * bazaar_period.ASK_LEAST // 100)
            yield least, f"buy {item.name} of a neighbour for {least:,}", NEIGHBOURS
            worth = max(resale(item.value, price, item.price_gems), price)
            swapped = worth * valuation.OWN_SHARE // 100
            yield max(1, swapped), f"trade {item.name} of a neighbour for {swapped:,}", NEIGHBOURS

    def sinks(self, item: PackItem, value: int) -> Iterator[Sink]:
        """The ways to turn an item into oranges."""
        if item.category is Category.COLLECTIBLE or item.category in GEAR:
            yield Sink(Fraction(value), (f"sell it to the house for {value:,}",), NO_LIMIT)
        if item.extra.get("kind") == ConsumableKind.DONUT:
            uses = int(str(item.extra.get("uses", 1)))
            fed, hungry = (shift_pay(100, fed=fed, rest=self.rest) for fed in (True, False))
            step = f"eat it before {uses} shifts" if uses > 1 else "eat it before a shift"
            yield Sink(Fraction(uses * (fed - hungry)), (step,), SHIFTS)
        offer = self.offered(item, value)
        if offer:
            yield Sink(
                Fraction(offer), (f"sell or trade it to a neighbour for {offer:,}",), NEIGHBOURS
            )

    def offered(self, item: PackItem, value: int) -> int:
        """What the neighbour that likes an item best pays for it, less the fee."""
        if not self.neighbours or item.category is Category.BUNDLE:
            return 0
        worth = resale(value, item.price_oranges, item.price_gems)
        most = 0
        for neighbour in self.pack.neighbours:
            nature = neighbour.nature
            likes, loves = item.category in nature.taste, item.rarity is nature.favourite_rarity
            will = bazaar_period.WILL_MOST + bazaar_period.TASTE_WILL * likes
            price = worth * (will + bazaar_period.RARITY_WILL * loves) // 100
            listed = price - fee(price) if price else 0
            spread = valuation.SHARE_MOST - valuation.SHARE_LEAST
            share = valuation.SHARE_LEAST + spread * nature.generosity // 100
            share += valuation.TASTE_MORE if likes else -valuation.TASTE_LESS
            share += valuation.RARITY_MORE * loves
            offered = worth * bazaar_period.OFFER_MOST * (likes or loves) // 100
            most = max(most, listed, worth * share // 100, offered)
        return most

    def worth(self, odds: OddsTable, entry: OddsEntry, sold: bool) -> tuple[Fraction, bool]:
        """What a win is worth when it is sold or, if that is more, fused with others of its case.

        `sold` is whether neighbours buy too. The second is whether it is fused.
        """
        if not entry.item:
            return Fraction(0), False
        item = self.items[entry.item]
        sinks = [s for s in self.sinks(item, entry.value) if sold or s.limit == NO_LIMIT]
        plain = max((sink.oranges for sink in sinks), default=Fraction(0))
        pool = self.pool(odds, entry)
        if not pool:
            return plain, False
        fused = self.fused(odds, entry.rarity, pool, sold) / workshop.INPUTS
        return (fused, True) if fused > plain else (plain, False)

    def fused(
        self, odds: OddsTable, rarity: Rarity, pool: Sequence[OddsEntry], sold: bool
    ) -> Fraction:
        """What comes out of a fusion of this pool alone is worth, less its fee."""
        key = odds.case, rarity, sold
        if key in self._known:
            return self._known[key]
        table = fusion_odds(rarity, [tuple(pool)])
        assert table is not None
        each = ((entry.parts, self.worth(odds, entry, sold)[0]) for entry in table.entries)
        mean = sum((Fraction(parts, TICKETS) * worth for parts, worth in each), Fraction(0))
        self._known[key] = mean - table.price
        return self._known[key]

    def pool(self, odds: OddsTable, entry: OddsEntry) -> tuple[OddsEntry, ...]:
        """What a win brings to a fusion."""
        if not entry.item or self.items[entry.item].category is not Category.COLLECTIBLE:
            return ()
        wanted = next_rarity(entry.rarity)
        return tuple(
            other
            for other in odds.entries
            if other.rarity is wanted
            and other.item
            and self.items[other.item].category is Category.COLLECTIBLE
        )

    def mean(self, odds: OddsTable, worth: Sequence[Fraction]) -> Fraction:
        """What an opening is worth, by what each of its entries is worth."""
        total = Fraction(0)
        for first, end in odds.spans:
            for share, each in zip(odds.shares[first:end], worth[first:end], strict=True):
                total += share * each
        return total
