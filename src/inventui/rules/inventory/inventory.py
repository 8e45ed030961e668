"""Inventory: its tabs and sort orders, and whether an item may be sold, locked or thrown away."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from inventui.rules.core.categories import GEAR, Category
from inventui.rules.core.enums import Event, Status
from inventui.rules.core.lifecycle import ENDS, LOCK_FORBIDS, PROMISED, legal_events
from inventui.rules.core.refusal import Reason, Refusal


class InventoryTab(StrEnum):
    """The inventory's tabs, in their order on screen."""

    ALL = "all"
    COLLECTIBLES = "collectibles"
    FRAMES = "frames"
    TITLES = "titles"
    BACKGROUNDS = "backgrounds"
    EFFECTS = "effects"
    BIGPULP = "bigpulp"
    DRAWER_STYLE = "drawer_style"
    CONSUMABLES = "consumables"
    GEAR = "gear"
    ESCROW = "escrow"


class Sort(StrEnum):
    """The inventory's sort orders: names ascending, all others descending."""

    NEWEST = "newest"
    VALUE = "value"
    RARITY = "rarity"
    NAME = "name"


TAB_CATEGORIES: Mapping[InventoryTab, frozenset[Category]] = MappingProxyType(
    {
        tab: frozenset(
            category
            for category in Category
            if tab in (InventoryTab.ALL, InventoryTab.ESCROW) or category.tab == tab
        )
        for tab in InventoryTab
    }
)
"""The categories of each tab; Escrow shows what waits, every other tab what is held."""

_WHY_NOT: Mapping[Status, str] = MappingProxyType(
    {
        Status.EQUIPPED: "is worn: take it off first",
        Status.ESCROWED: "waits in escrow: claim it first",
        Status.LISTED: "is listed on the bazaar: take it back first",
        Status.OFFERED: "is held by an open trade: take it back first",
    }
)


def check_move(name: str, status: Status, event: Event, *, locked: bool) -> Refusal | None:
    """None if the lifecycle table lets `event` happen to a player item in `status`."""
    if status in ENDS:
        return Refusal(Reason.ENDED, f"{name} is gone: it was {status}.", {"status": str(status)})
    if locked and event in LOCK_FORBIDS:
        return Refusal(Reason.LOCKED, f"{name} is locked: unlock it first.", {})
    if event not in legal_events(status):
        why = _WHY_NOT.get(status, f"is {status}")
        return Refusal(Reason.WRONG_STATUS, f"{name} {why}.", {"status": str(status)})
    return None


def check_sell(name: str, category: Category, status: Status, *, locked: bool) -> Refusal | None:
    """None if the house buys this item: collectibles and gear that are owned and not locked."""
    refusal = check_move(name, status, Event.SELL, locked=locked)
    if refusal is None and status is Status.LISTED:
        # The table lets a listed player item be sold, but to a buyer on the bazaar alone.
        refusal = Refusal(
            Reason.WRONG_STATUS, f"{name} {_WHY_NOT[status]}.", {"status": str(status)}
        )
    if refusal is None and category is not Category.COLLECTIBLE and category not in GEAR:
        refusal = Refusal(
            Reason.NOT_SELLABLE,
            f"{name} can't be sold: the house buys collectibles and gear only.",
            {"category": str(category)},
        )
    return refusal


def check_discard(name: str, status: Status, *, locked: bool, is_default: bool) -> Refusal | None:
    """None if a player item may be thrown away: owned, not locked, no default."""
    refusal = check_move(name, status, Event.DISCARD, locked=locked)
    if refusal is None and is_default:
        refusal = Refusal(
            Reason.IS_DEFAULT, f"{name} is one of the things that everybody owns from the start."
        )
    return refusal


def check_lock(name: str, status: Status) -> Refusal | None:
    """None if a player item in `status` can be locked or unlocked: not ended, and not promised."""
    if status in ENDS:
        return Refusal(Reason.ENDED, f"{name} is gone: it was {status}.", {"status": str(status)})
    if status in PROMISED:
        return Refusal(Reason.WRONG_STATUS, f"{name} {_WHY_NOT[status]}.", {"status": str(status)})
    return None
