"""Chi-square test: how well observed counts fit the expected ones."""

import math
from collections.abc import Sequence

LEAST_EXPECTED = 5
"""Below so many of anything expected, the statistic is not spread as the test takes it to be."""


def chi_square(seen: Sequence[int], expected: Sequence[float]) -> float:
    """Pearson's statistic: the sum of (observed − expected)² / expected."""
    return sum((s - e) ** 2 / e for s, e in zip(seen, expected, strict=True))


def observations_needed(expected: Sequence[float], made: int) -> int:
    """How many observations the test needs to mean anything; `made` is enough if it is no less.

    Args:
        expected: how often each outcome is expected in the observations made.
        made: how many these are.
    """
    least = min((count for count in expected if count > 0), default=LEAST_EXPECTED)
    return made if least >= LEAST_EXPECTED else math.ceil(LEAST_EXPECTED * made / least)


def chi_square_p(statistic: float, degrees: int) -> float:
    """Chance of a statistic as large or larger, with so many degrees of freedom.

    The upper regularised incomplete gamma function Q(degrees/2, statistic/2), by its
    series below a + 1 and by Lentz's continued fraction above (Press et al., Numerical
    Recipes, 3rd ed., §6.2).
    """
    a, x = degrees / 2, statistic / 2
    if a <= 0 or x <= 0:
        return 1.0
    front = math.exp(-x + a * math.log(x) - math.lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        n = a
        while abs(term) > abs(total) * 1e-15:
            n += 1
            term *= x / n
            total += term
        return max(0.0, 1 - front * total)
    tiny = 1e-300
    b = x + 1 - a
    c, d = 1 / tiny, 1 / b
    h = d
    for i in range(1, 10_000):
        an = -i * (i - a)
        b += 2
        d = an * d + b or tiny
        c = b + an / c or tiny
        d = 1 / d
        h *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return front * h
