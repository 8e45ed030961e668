"""Odds: an odds table, its exact figures, its canonical form and the entry a ticket wins.

A table of plain entries, one of which is won, has the canonical form of version 1. What needs more
(an entry that gives nothing, groups, several rolls or pools, a guarantee) has that of version 2.
"""

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from hashlib import sha256
from itertools import accumulate, compress

from inventui.rules.cases.fairness import TICKETS
from inventui.rules.cases.guarantee import Guarantee
from inventui.rules.core.enums import Rarity

PLAIN_VERSION = 1


RICH_VERSION = 2


MOST_ROLLS = 30
"""Most rolls of one opening."""


@dataclass(frozen=True, slots=True)
class OddsEntry:
    """One possible win.

    Attributes:
        name: what the case calls it.
        value: what it is worth, in oranges.
        rarity: its rarity.
        parts: its probability in parts of 1,000,000.
        item: slug of the catalogue item that it gives; empty if it gives nothing.
        group: what it is shown together with, or empty.
    """

    name: str
    value: int
    rarity: Rarity
    parts: int
    item: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class RollOutcome:
    """What one roll won, and what its odds stood at.

    Attributes:
        entry: index of the winning entry.
        draw: which roll of its opening it is, from 0.
        since: rolls of this case and seed pair since the guarantee's last hit; 0 without one.
    """

    entry: int
    draw: int
    since: int


@dataclass(frozen=True)
class OddsTable:
    """A case's price and entries, in the order in which tickets are laid out.

    Attributes:
        pools: (rolls, entries) of each pool, in the order of `entries`: an opening rolls so often
            in the next so many entries, each time with a nonce of its own. Empty: once in all.
        guarantee: what it promises after a row of misses; then one opening is one roll.
    """

    case: str
    price: int
    entries: tuple[OddsEntry, ...]
    pools: tuple[tuple[int, int], ...] = ()
    guarantee: Guarantee | None = None

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """(first, past the last) entry of the pool of each roll of an opening."""
        ends = accumulate(size for _, size in self.laid_out)
        return tuple(
            (end - size, end)
            for (rolls, size), end in zip(self.laid_out, ends, strict=True)
            for _ in range(rolls)
        )

    @property
    def rolls(self) -> int:
        """How many rolls an opening has."""
        return sum(rolls for rolls, _ in self.laid_out)

    def pool_of(self, index: int) -> int:
        """The place of an entry's pool in `laid_out`."""
        return bisect_right(list(accumulate(size for _, size in self.laid_out)), index)

    @property
    def laid_out(self) -> tuple[tuple[int, int], ...]:
        """`pools`, the only one of a table without any among them."""
        return self.pools or ((1, len(self.entries)),)

    @cached_property
    def bounds(self) -> list[int]:
        """The first ticket past each entry's range in its pool."""
        found: list[int] = []
        first = 0
        for _, size in self.laid_out:
            found += accumulate(entry.parts for entry in self.entries[first : first + size])
            first += size
        return found

    def parts_at(self, since: int) -> tuple[int, ...]:
        """Each entry's parts after `since` rolls without what the guarantee promises."""
        parts = tuple(entry.parts for entry in self.entries)
        return self.guarantee.parts_at(parts, self._hits, since) if self.guarantee else parts

    def winner(self, ticket: int, since: int = 0, draw: int = 0) -> int:
        """The index of the entry whose cumulative range holds `ticket`.

        Args:
            ticket: 0 to 999,999.
            since: rolls since the guarantee's last hit.
            draw: which roll of its opening it is, from 0.
        """
        if self.guarantee is None:
            return bisect_right(self.bounds, ticket, *self.spans[draw])
        return bisect_right(self._bounds_after(since), ticket)

    def since_after(self, index: int, since: int) -> int:
        """Rolls since the guarantee's last hit, once entry `index` was won after `since`."""
        return since + 1 if self.guarantee and not self._hits[index] else 0

    def outcomes(self, tickets: Sequence[int], since: int = 0, first: int = 0) -> list[RollOutcome]:
        """What consecutive rolls win.

        Args:
            tickets: one for each roll.
            since: rolls since the guarantee's last hit, before the first of them.
            first: how many rolls there were before, counted from the start of an opening.
        """
        found = []
        for number, ticket in enumerate(tickets, first):
            draw = number % self.rolls
            entry = self.winner(ticket, since, draw)
            found.append(RollOutcome(entry, draw, since))
            since = self.since_after(entry, since)
        return found

    def ticket_range(self, index: int, since: int = 0) -> tuple[int, int]:
        """(first, past the last) ticket of an entry in its pool.

        Args:
            index: which entry.
            since: rolls since the guarantee's last hit.
        """
        past = self._bounds_after(since)[index]
        return past - self.parts_at(since)[index], past

    def _bounds_after(self, since: int) -> list[int]:
        """`bounds` after `since` rolls without what the guarantee promises."""
        if self.guarantee is None:
            return self.bounds
        if since not in self._bounds_at:
            self._bounds_at[since] = list(accumulate(self.parts_at(since)))
        return self._bounds_at[since]

    @cached_property
    def _bounds_at(self) -> dict[int, list[int]]:
        return {}

    @cached_property
    def _hits(self) -> tuple[bool, ...]:
        promised = self.guarantee
        return tuple(promised is not None and promised.is_hit(e.rarity) for e in self.entries)

    @cached_property
    def shares(self) -> tuple[Fraction, ...]:
        """Each entry's share of the rolls, in the long run; they sum to 1.

        A guarantee makes a Markov chain of the rolls since the last hit: it is in state n as often
        as n misses in a row survive, and in each state the chances are those of `parts_at`.
        """
        if self.guarantee is None:
            return tuple(Fraction(entry.parts, TICKETS) for entry in self.entries)
        alive, lived = Fraction(1), Fraction(0)
        shares = [Fraction(0)] * len(self.entries)
        for since in range(self.guarantee.after + 1):
            parts = self.parts_at(since)
            shares = [share + alive * part for share, part in zip(shares, parts, strict=True)]
            lived += alive
            alive *= 1 - Fraction(sum(compress(parts, self._hits)), TICKETS)
        return tuple(share / lived / TICKETS for share in shares)

    @cached_property
    def expected_value(self) -> Fraction:
        """Mean value of what an opening gives, in oranges."""
        worth = [
            entry.value * share for entry, share in zip(self.entries, self.shares, strict=True)
        ]
        return sum((part for first, end in self.spans for part in worth[first:end]), Fraction(0))

    @cached_property
    def return_to_player(self) -> Fraction:
        """Expected value over price."""
        return self.expected_value / self.price

    @cached_property
    def chance_of_profit(self) -> Fraction:
        """Probability that an opening gives more than its price."""
        return self.chance_above(self.price)

    def chance_above(self, oranges: int) -> Fraction:
        """Probability that what an opening gives is worth more than so many oranges."""
        # Sums that can't end above are all that has to be kept apart.
        below = {0: Fraction(1)}
        for first, end in self.spans:
            by_value: dict[int, Fraction] = {}
            for index in range(first, end):
                value = self.entries[index].value
                by_value[value] = by_value.get(value, Fraction(0)) + self.shares[index]
            sums: dict[int, Fraction] = {}
            for total, chance in below.items():
                for value, share in by_value.items():
                    if total + value <= oranges:
                        sums[total + value] = sums.get(total + value, Fraction(0)) + chance * share
            below = sums
        return 1 - sum(below.values(), Fraction(0))

    @cached_property
    def best(self) -> OddsEntry:
        """The entry of the highest value; of several, the rarest."""
        return max(self.entries, key=lambda e: (e.value, -e.parts))

    def canonical(self) -> str:
        """The one text that is hashed: JSON, keys sorted, no spaces, not escaped."""
        rich = self.pools or self.guarantee or any(e.group or not e.item for e in self.entries)
        entries: list[dict[str, object]] = [
            {
                "name": e.name,
                "value": e.value,
                "rarity": str(e.rarity),
                "parts_per_million": e.parts,
                "item": e.item,
                **({"group": e.group} if rich else {}),
            }
            for e in self.entries
        ]
        form: dict[str, object] = {"case": self.case, "price": self.price, "entries": entries}
        if rich:
            promised = self.guarantee
            form["pools"] = [list(pool) for pool in self.laid_out]
            form["guarantee"] = promised and {
                "rarity": str(promised.rarity),
                "after": promised.after,
                "rises_from": promised.rises_from,
                "step": promised.step,
            }
        return json.dumps(
            {"version": RICH_VERSION if rich else PLAIN_VERSION, **form},
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
        if any(least < 1 for pool in self.laid_out for least in pool):
            return [*faults, "every pool needs a roll and an entry"]
        if sum(size for _, size in self.laid_out) != len(self.entries):
            return [*faults, "the pools are not of all entries"]
        for first, end in sorted(set(self.spans)):
            total = sum(e.parts for e in self.entries[first:end])
            if total != TICKETS:
                faults.append(f"the chances sum to {total:,} parts, not {TICKETS:,}")
        if self.rolls > MOST_ROLLS:
            faults.append(f"an opening has at most {MOST_ROLLS} rolls")
        if self.guarantee is not None:
            if self.rolls != 1:
                faults.append("a case with a guarantee has one roll an opening")
            faults += self.guarantee.faults([e.parts for e in self.entries], self._hits)
        return faults
