"""Consumables: what using one does, and when it can be used."""

from fractions import Fraction

from inventui.rules.core.categories import GEAR, Category
from inventui.rules.core.clock import HOUR
from inventui.rules.core.enums import Event, Status
from inventui.rules.core.lifecycle import HELD
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.inventory import check_move
from inventui.rules.people.friends import FriendshipState, not_friends

DONUT_PAY = Fraction(3, 2)
"""What the next shift pays after a donut, as a factor."""

POOP_LASTS = 24 * HOUR
"""How long a drawer shows what was thrown at it, in milliseconds."""

REPAIR = 25
"""Points of durability that a repair kit brings."""


def check_use(name: str, category: Category, status: Status) -> Refusal | None:
    """None if a player item is a consumable that can be used now."""
    if category is not Category.CONSUMABLE:
        return Refusal(
            Reason.NOT_USABLE,
            f"{name} is nothing to use up. Donuts and the like are under Consumables.",
            {"category": str(category)},
        )
    return check_move(name, status, Event.USE_UP, locked=False)


def check_donut(name: str, *, already_fed: bool) -> Refusal | None:
    """None if a donut can be used: one counts for one shift."""
    if not already_fed:
        return None
    return Refusal(
        Reason.NOTHING_TO_DO,
        f"BigPulp is full: the last donut still counts for the next shift. Keep {name} for later.",
    )


def check_poop(
    name: str, target: str | None, standing: FriendshipState, *, myself: bool
) -> Refusal | None:
    """None if a player item may be thrown at somebody: at friends only.

    Args:
        name: the player item's.
        target: at whom, or None if nobody was named.
        standing: the friendship with them.
        myself: whether they are oneself.
    """
    if target is None:
        return Refusal(Reason.NO_TARGET, "Say at whom: name a friend whose drawer should show it.")
    if myself:
        return Refusal(Reason.NO_TARGET, "At yourself? Name a friend whose drawer should show it.")
    if standing is not FriendshipState.FRIENDS:
        return not_friends(f"{name} is thrown at", target, standing)
    return None


def check_repair(
    name: str,
    category: Category | None,
    status: Status | None,
    durability: int | None,
    most: int,
) -> Refusal | None:
    """None if the target is a piece of gear in the inventory that has lost something."""
    if category is None:
        return Refusal(Reason.NO_TARGET, "Say what to repair: name a piece of your gear.")
    if category not in GEAR or durability is None:
        return Refusal(
            Reason.NO_TARGET, f"{name} does not wear out, so there is nothing to repair."
        )
    if status is not None and status not in HELD:
        return check_move(name, status, Event.EQUIP, locked=False)
    if durability >= most:
        return Refusal(
            Reason.NOTHING_TO_DO,
            f"{name} is as good as new.",
            {"durability": durability, "most": most},
        )
    return None


def repaired(durability: int, most: int) -> int:
    """Durability after a repair kit."""
    return min(most, durability + REPAIR)
