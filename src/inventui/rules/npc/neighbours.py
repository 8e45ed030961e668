"""Neighbours: what they earn by themselves, so that they can buy and trade."""

from collections.abc import Sequence
from typing import NamedTuple

from inventui.rules.core.clock import HOUR
from inventui.rules.core.world_random import Draws

PERIOD = 6 * HOUR
"""How often a neighbour earns, in milliseconds."""

PAY_LEAST, PAY_MOST = 60, 400
"""Oranges earned in one period."""

PLENTY = 2
"""A neighbour that has so many times its usual oranges earns no more."""


class Earnings(NamedTuple):
    """Oranges that a neighbour earns, and up to when it is paid with them."""

    oranges: int
    until: int


def earnings(
    seed: str,
    slug: str,
    since: int,
    until: int,
    held: int,
    usual: int,
    had: Sequence[tuple[int, int]] = (),
) -> Earnings:
    """What a neighbour earns in the periods that end after `since` and up to `until`.

    Args:
        seed: the world's seed.
        slug: the neighbour's.
        since: up to when it has earned already.
        until: up to when it is to earn.
        held: its oranges at `since`.
        usual: its oranges at the start, by its pack.
        had: spans of time that it was paid for already, as a clock that ran ahead reached them.
    """
    earned = 0
    for period in range(since // PERIOD, until // PERIOD):
        if held + earned >= PLENTY * usual:
            return Earnings(earned, max(since, period * PERIOD))
        if any(start < (period + 1) * PERIOD <= end for start, end in had):
            continue
        draws = Draws(seed, "neighbour-pay", f"{slug}:{period}")
        earned += draws.between(PAY_LEAST, PAY_MOST)
    return Earnings(earned, max(since, until))
