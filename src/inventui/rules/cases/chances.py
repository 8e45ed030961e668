"""Chances: percentages as whole parts of 1,000,000."""

from fractions import Fraction
from math import lcm

from inventui.rules.cases.fairness import TICKETS
from inventui.rules.cases.guarantee import allot

LEAST_PERCENT = Fraction("99.95")
MOST_PERCENT = Fraction("100.05")
"""How far written percentages may be from 100 in all."""


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
    common = lcm(*(percent.denominator for percent in percents))
    parts = allot(TICKETS, [int(percent * common) for percent in percents])
    if any(part <= 0 for part in parts):
        raise ValueError("a chance is too small: the least is 0.0001 %")
    return parts
