"""Cases: how many may be opened at once, and whether a player can pay for them."""

from inventui.rules.core.money import Currency, can_pay
from inventui.rules.core.refusal import Reason, Refusal

MOST_AT_ONCE = 100
"""Most openings in one operation."""


def check_count(count: int) -> Refusal | None:
    """None if so many cases may be opened at once."""
    if 1 <= count <= MOST_AT_ONCE:
        return None
    return Refusal(
        Reason.INVALID_COUNT,
        f"You can open 1 to {MOST_AT_ONCE} cases at once, not {count}.",
        {"count": count, "least": 1, "most": MOST_AT_ONCE},
    )


def check_open(price: int, count: int, oranges: int) -> Refusal | None:
    """None if a player with so many oranges may open `count` cases at `price`."""
    return check_count(count) or can_pay(price * count, oranges, Currency.ORANGES)


def affordable(price: int, oranges: int) -> int:
    """How many cases a player with so many oranges can open at once."""
    return min(MOST_AT_ONCE, max(0, oranges) // price)
