"""Daily gear shop: each player's own, until the next 00:00 UTC."""

from collections.abc import Mapping, Sequence

from inventui.rules.core.clock import DAY
from inventui.rules.core.enums import Rarity
from inventui.rules.core.money import Currency, can_pay
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.world_random import Draws
from inventui.rules.shop import countdown

RARITIES: Mapping[str, tuple[Rarity, ...]] = {
    "Rookie": (Rarity.COMMON,),
    "Associate": (Rarity.COMMON, Rarity.UNCOMMON),
    "Soldier": (Rarity.COMMON, Rarity.UNCOMMON, Rarity.RARE),
    "Captain": (Rarity.COMMON, Rarity.UNCOMMON, Rarity.RARE),
    "Underboss": (Rarity.UNCOMMON, Rarity.RARE),
    "Kingpin": (Rarity.UNCOMMON, Rarity.RARE),
}
"""The rarities that each rank's shop may have."""

SIZES: Mapping[str, int] = {
    "Rookie": 6,
    "Associate": 7,
    "Soldier": 8,
    "Captain": 9,
    "Underboss": 10,
    "Kingpin": 10,
}
"""How many items each rank's shop has."""

FIRST_REROLL = 5
"""Gems for the first reroll of a day; each further one costs twice the last."""

MOST_REROLLS = 30
"""Most rerolls of a day; no wallet could pay for more."""


def day_at(now: int) -> int:
    """The number of the day (UTC) of a time."""
    return now // DAY


def ends(day: int) -> int:
    """When a day's shop closes: at the next 00:00 UTC."""
    return (day + 1) * DAY


def reroll_price(rerolls: int) -> int:
    """The price in gems of the next reroll, after so many on a day."""
    return FIRST_REROLL << rerolls


def check_reroll(rerolls: int, gems: int, now: int) -> Refusal | None:
    """None if a player with `gems` may reroll once more, after so many on this day."""
    if rerolls >= MOST_REROLLS:
        left = countdown(ends(day_at(now)) - now)
        return Refusal(
            Reason.TOO_OFTEN,
            f"You rerolled {MOST_REROLLS} times today, as often as one may. "
            f"The next shop opens in {left}.",
            {"rerolls": rerolls, "most": MOST_REROLLS},
        )
    return can_pay(reroll_price(rerolls), gems, Currency.GEMS)


def not_in_shop(slug: str, name: str, now: int) -> Refusal:
    """The refusal for an item that today's shop does not have."""
    left = countdown(ends(day_at(now)) - now)
    return Refusal(
        Reason.NOT_FOR_SALE,
        f"Your gear shop has no {name} today. The next one opens in {left}; a reroll costs gems.",
        {"item": slug},
    )


def draw_shop(
    seed: str,
    player: int,
    day: int,
    rerolls: int,
    rank: str,
    pool: Mapping[Rarity, Sequence[str]],
) -> tuple[str, ...]:
    """The slugs of the items in a player's shop, the same for every look.

    Args:
        seed: the world's seed.
        player: the player's number.
        day: the day's number.
        rerolls: how often the player has rerolled on that day.
        rank: the rank that the player had when the shop was drawn.
        pool: slugs of each rarity, in a stable order.
    """
    draws = Draws(seed, "gear-shop", f"{player}:{day}:{rerolls}")
    items = [slug for rarity in RARITIES[rank] for slug in pool.get(rarity, ())]
    return tuple(draws.sample(items, SIZES[rank]))
