"""Read models and outcomes of the wardrobe."""

from __future__ import annotations

from dataclasses import dataclass

from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity


@dataclass(frozen=True, slots=True)
class WornItem:
    """What a player wears in a slot."""

    item_id: int
    slug: str
    name: str
    category: Category
    rarity: Rarity
    style: str
    is_default: bool


@dataclass(frozen=True, slots=True)
class Outfit:
    """The outcome of putting on or taking off: what left the slot and what is in it now."""

    operation: int
    slot: Category
    on_id: int | None
    on_name: str | None
    off_id: int | None
    off_name: str | None
    repeat: bool = False
