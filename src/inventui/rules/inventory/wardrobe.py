"""Wardrobe: what can be put on and taken off."""

from inventui.rules.core.categories import SLOTS, Category
from inventui.rules.core.enums import Event, Status
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.inventory import check_move

DEFAULTED = tuple(category for category in Category if category.starter)
"""Slots that are never empty: every player owns a default for each from the start."""


def check_equip(name: str, category: Category, status: Status) -> Refusal | None:
    """None if a player item can be put on; a lock does not matter."""
    if category not in SLOTS:
        return Refusal(
            Reason.NOT_WEARABLE,
            f"{name} can't be worn: only gear and cosmetics have a slot.",
            {"category": str(category)},
        )
    if status is Status.EQUIPPED:
        return Refusal(Reason.WRONG_STATUS, f"{name} is worn already.", {"status": str(status)})
    return check_move(name, status, Event.EQUIP, locked=False)


def check_unequip(
    name: str, category: Category, status: Status, *, is_default: bool
) -> Refusal | None:
    """None if a player item can be taken off; a slot with a default is never left empty."""
    if status is not Status.EQUIPPED:
        refusal = check_move(name, status, Event.UNEQUIP, locked=False)
        if refusal is not None and refusal.reason is Reason.ENDED:
            return refusal
        return Refusal(Reason.WRONG_STATUS, f"{name} is not worn.", {"status": str(status)})
    if is_default:
        words = str(category).replace("_", " ")
        return Refusal(
            Reason.IS_DEFAULT,
            f"{name} is what you wear when nothing else is on. Put on another {words} instead.",
            {"category": str(category)},
        )
    return None
