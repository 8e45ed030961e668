"""Odds: an odds table, its exact figures, its canonical form and the entry a ticket wins."""

import json
from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from hashlib import sha256
from itertools import accumulate

from inventui.rules.cases.fairness import TICKETS
from inventui.rules.core.enums import Rarity

CANONICAL_VERSION = 1


@dataclass(frozen=True, slots=True)
class OddsEntry:
    """One possible win.

    Attributes:
        name: what the case calls it.
        value: what it is worth, in oranges.
        rarity: its rarity.
        parts: its probability in parts of 1,000,000.
        item: slug of the catalogue item that it gives.
    """

    name: str
    value: int
    rarity: Rarity
    parts: int
    item: str


@dataclass(frozen=True)
class OddsTable:
    """A case's price and entries, in the order in which tickets are laid out."""

    case: str
    price: int
    entries: tuple[OddsEntry, ...]

    @cached_property
    def bounds(self) -> list[int]:
        """The first ticket past each entry's range; the last is 1,000,000."""
        return list(accumulate(entry.parts for entry in self.entries))

    def winner(self, ticket: int) -> int:
        """The index of the entry whose cumulative range holds `ticket`."""
        return bisect_right(self.bounds, ticket)

    def ticket_range(self, index: int) -> tuple[int, int]:
        """(first, past the last) ticket of an entry."""
        return self.bounds[index] - self.entries[index].parts, self.bounds[index]

    @cached_property
    def expected_value(self) -> Fraction:
        """Mean value of a roll, in oranges."""
        return Fraction(sum(e.value * e.parts for e in self.entries), TICKETS)

    @cached_property
    def return_to_player(self) -> Fraction:
        """Expected value over price."""
        return self.expected_value / self.price

    @cached_property
    def chance_of_profit(self) -> Fraction:
        """Probability of an entry worth more than the price."""
        return self.chance_above(self.price)

    def chance_above(self, oranges: int) -> Fraction:
        """Probability of an entry worth more than so many oranges."""
        return Fraction(sum(e.parts for e in self.entries if e.value > oranges), TICKETS)

    @cached_property
    def best(self) -> OddsEntry:
        """The entry of the highest value; of several, the rarest."""
        return max(self.entries, key=lambda e: (e.value, -e.parts))

    def canonical(self) -> str:
        """The one text that is hashed: JSON, keys sorted, no spaces, not escaped."""
        return json.dumps(
            {
                "version": CANONICAL_VERSION,
                "case": self.case,
                "price": self.price,
                "entries": [
                    {
                        "name": e.name,
                        "value": e.value,
                        "rarity": str(e.rarity),
                        "parts_per_million": e.parts,
                        "item": e.item,
                    }
                    for e in self.entries
                ],
            },
            ensure_ascii=False,
            separators=(",", ":"),
            sort_keys=True,
        )

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical form as UTF-8, in hex."""
        return sha256(self.canonical().encode()).hexdigest()

    def faults(self) -> list[str]:
        """What makes this no odds table; an empty list if nothing does."""
        faults = []
        if self.price <= 0:
            faults.append("the price must be at least 1")
        if any(e.parts <= 0 for e in self.entries):
            faults.append("every entry needs a chance above 0")
        if any(e.value < 0 for e in self.entries):
            faults.append("no value may be negative")
        total = sum(e.parts for e in self.entries)
        if total != TICKETS:
            faults.append(f"the chances sum to {total:,} parts, not {TICKETS:,}")
        return faults


def from_canonical(text: str) -> OddsTable:
    """The table that a canonical form describes.

    Raises:
        ValueError: `text` is not the canonical form of a sound table.
    """
    try:
        raw = json.loads(text)
        table = OddsTable(
            raw["case"],
            raw["price"],
            tuple(
                OddsEntry(
                    e["name"], e["value"], Rarity(e["rarity"]), e["parts_per_million"], e["item"]
                )
                for e in raw["entries"]
            ),
        )
        sound = _typed(table) and table.canonical() == text and not table.faults()
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("not an odds table") from error
    if not sound:
        raise ValueError("not the canonical form of an odds table")
    return table


def _typed(table: OddsTable) -> bool:
    """Whether every field is of its kind: JSON's true, 1.0 and NaN are no whole numbers."""
    texts: list[object] = [table.case]
    numbers: list[object] = [table.price]
    for entry in table.entries:
        texts += [entry.name, entry.item]
        numbers += [entry.value, entry.parts]
    return all(type(t) is str for t in texts) and all(type(n) is int for n in numbers)


LEAST_PERCENT = Fraction("99.95")
MOST_PERCENT = Fraction("100.05")


def parts_from_percents(percents: list[Fraction]) -> list[int]:
    """Percentages as whole parts of 1,000,000 that sum to exactly that.

    Each is scaled by the sum and rounded down; the parts left over go to the largest
    remainders, the earlier entry first (the method of largest remainders).

    Raises:
        ValueError: the percentages don't sum to 99.95–100.05, or one gets no part.
    """
    total = sum(percents, Fraction(0))
    if not LEAST_PERCENT <= total <= MOST_PERCENT:
        raise ValueError(f"the chances sum to {float(total):g} %, not 100 %")
    exact = [percent * TICKETS / total for percent in percents]
    parts = [int(share) for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: TICKETS - sum(parts)]:
        parts[i] += 1
    if any(part <= 0 for part in parts):
        raise ValueError("a chance is too small: the least is 0.0001 %")
    return parts
