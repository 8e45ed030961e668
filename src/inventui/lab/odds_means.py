"""Means of openings: what they give, and how many a whole set takes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import exp, log

from inventui.rules.cases.odds import OddsEntry, OddsTable


def chances(odds: OddsTable) -> dict[str, Fraction]:
    """How many of each item an opening gives in the mean."""
    found: dict[str, Fraction] = {}
    for first, end in odds.spans:
        for entry, share in zip(odds.entries[first:end], odds.shares[first:end], strict=True):
            found[entry.item] = found.get(entry.item, Fraction(0)) + share
    return found


def share_of(odds: OddsTable, wanted: Sequence[OddsEntry]) -> Fraction:
    """How many of these entries an opening gives in the mean."""
    total = Fraction(0)
    for first, end in odds.spans:
        for entry, share in zip(odds.entries[first:end], odds.shares[first:end], strict=True):
            total += share * (entry in wanted)
    return total


@lru_cache(maxsize=1_024)
def until_all(chances: tuple[float, ...]) -> float:
    """After how many openings in the mean every piece was there, once each.

    The openings come as a Poisson process of rate 1, so the pieces come independently of each
    other; its mean time is the mean number of openings: the integral of the chance that any piece
    is still missing, by Simpson's rule over equal steps of the logarithm.
    """
    least = min(chances)
    low, high, steps = log(1e-3), log(60 / least), 4_000
    width = (high - low) / steps

    def missing(at: float) -> float:
        time, there = exp(at), 1.0
        for chance in chances:
            there *= 1 - exp(-chance * time)
        return (1 - there) * time

    inner = sum((4 if n % 2 else 2) * missing(low + n * width) for n in range(1, steps))
    return exp(low) + (missing(low) + inner + missing(high)) * width / 3
