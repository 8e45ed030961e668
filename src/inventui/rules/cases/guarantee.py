"""Guarantees: after so many rolls in a row without a rarity, the next one gives it.

How many rolls there were since the last hit is counted for a player, a case and a seed pair. So a
new pair begins at 0, and whoever sees all rolls of a pair can count again, with no other data.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

from inventui.rules.core.enums import Rarity

MOST_AFTER = 300
"""Longest row of misses that a guarantee may allow."""


@dataclass(frozen=True, slots=True)
class Guarantee:
    """What a case promises.

    Attributes:
        rarity: a roll of this rarity or a rarer one is a hit.
        after: so many misses in a row; the roll after them is a hit for sure.
        rises_from: so many misses in a row, after which the chance of a hit rises with each
            further roll; None if it doesn't rise before it is sure.
        step: by how many parts of 1,000,000 it rises.
    """

    rarity: Rarity
    after: int
    rises_from: int | None = None
    step: int = 0

    def is_hit(self, rarity: Rarity) -> bool:
        """Whether a win of this rarity is what was promised."""
        return rarity.rank >= self.rarity.rank

    @property
    def promised(self) -> str:
        """What is promised in words: `epic or better`."""
        return f"{self.rarity}{'' if self.rarity is Rarity.LEGENDARY else ' or better'}"

    def parts_at(self, parts: Sequence[int], hits: Sequence[bool], since: int) -> tuple[int, ...]:
        """Each entry's chance, in parts, after `since` rolls without a hit.

        Hits grow in proportion to each other, and what is left shrinks in proportion.

        Args:
            parts: each entry's chance without the guarantee.
            hits: whether each entry is a hit.
            since: rolls since the last hit.
        """
        total = sum(parts)
        chance = sum(compress(parts, hits))
        if since >= self.after:
            chance = total
        elif self.rises_from is not None and since >= self.rises_from:
            chance = min(total, chance + self.step * (since - self.rises_from + 1))
        else:
            return tuple(parts)
        hit = allot(chance, [part * is_hit for part, is_hit in zip(parts, hits, strict=True)])
        rest = allot(total - chance, [p * (not h) for p, h in zip(parts, hits, strict=True)])
        return tuple(h + r for h, r in zip(hit, rest, strict=True))

    def faults(self, parts: Sequence[int], hits: Sequence[bool]) -> list[str]:
        """Why it can't be kept over these entries; an empty list if it can."""
        faults = []
        if not any(hits):
            faults.append(f"no entry is {self.rarity} or rarer, so it can never be met")
        elif all(hits):
            faults.append(f"every entry is {self.rarity} or rarer, so it promises nothing")
        if not 1 <= self.after <= MOST_AFTER:
            faults.append(f"it may allow 1 to {MOST_AFTER:,} misses in a row")
        if self.rises_from is None:
            if self.step:
                faults.append("a step needs a miss that it rises from")
        elif not 0 <= self.rises_from < self.after:
            faults.append("the chance can only rise before it is sure")
        elif not 1 <= self.step <= sum(parts):
            faults.append("the step must be above 0 % and at most 100 %")
        return faults


def allot(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in whole numbers in proportion to weights, by the method of largest remainders.

    Of equal remainders the earlier one is rounded up. Weights of 0 get nothing; if all are 0,
    nothing is allotted.
    """
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    shares = [divmod(total * weight, whole) for weight in weights]
    parts = [share for share, _ in shares]
    by_remainder = sorted(range(len(parts)), key=lambda i: (-shares[i][1], i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts
