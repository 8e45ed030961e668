"""Cases: how many may be opened at once, whether a player can pay, and saw these odds."""

from inventui.rules.cases.odds import OddsTable
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


def check_shown(odds: OddsTable, shown: str | None) -> Refusal | None:
    """None if the table in force is the one that the player saw, price and all.

    Args:
        odds: the table in force.
        shown: the hash of the table that was shown; None if nobody says.
    """
    if shown in (None, odds.hash):
        return None
    return Refusal(
        Reason.ODDS_CHANGED,
        f"These are not the odds that you saw: they changed meanwhile, and it costs {odds.price:,} "
        "oranges now. Nothing was paid; look at the new ones first.",
        {
            "shown": shown,
            "odds_hash": odds.hash,
            "price": odds.price,
            "expected_value": float(odds.expected_value),
            "entries": [
                {
                    "name": entry.name,
                    "value": entry.value,
                    "rarity": str(entry.rarity),
                    "parts_per_million": entry.parts,
                }
                for entry in odds.entries
            ],
        },
    )
