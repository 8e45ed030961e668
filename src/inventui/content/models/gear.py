"""Models of a pack's gear; the ranges of their figures come from the rules."""

from typing import Any, ClassVar

from pydantic import Field, ValidationInfo, field_validator, model_validator

from inventui.content.models.fields import Whole
from inventui.content.models.items import (
    BundleModel,
    CollectibleModel,
    ConsumableModel,
    CosmeticModel,
    ItemModel,
    PricedItemModel,
)
from inventui.rules.core.categories import COSMETICS, Category
from inventui.rules.core.enums import Rarity
from inventui.rules.inventory.gear import FIGURES, FULL_DURABILITY, GEAR_RARITIES, span

MOST_DURABILITY = 1_000

_FIGURE_NAMES = tuple({name: None for figures in FIGURES.values() for name in figures})


class GearModel(PricedItemModel):
    """Gear: a durability, and figures within the range of its rarity."""

    gear: ClassVar[Category]

    durability: int = Field(default=FULL_DURABILITY, strict=True, ge=1, le=MOST_DURABILITY)

    @field_validator("rarity")
    @classmethod
    def _is_a_rarity_of_gear(cls, rarity: Rarity) -> Rarity:
        if rarity not in GEAR_RARITIES:
            raise ValueError(f"gear has no {rarity}")
        return rarity

    @field_validator(*_FIGURE_NAMES, check_fields=False)
    @classmethod
    def _is_in_range(cls, figure: int, info: ValidationInfo) -> int:
        rarity = info.data.get("rarity")
        # Without a rarity there is a fault already, and no range to ask for.
        if rarity is None or info.field_name is None:
            return figure
        allowed = span(cls.gear, info.field_name, rarity)
        if allowed is not None and figure not in allowed:
            raise ValueError(f"{figure:,} is out of range: {rarity} takes {allowed}")
        return figure


class WeaponModel(GearModel):
    """A weapon: `rob_bonus` in percent."""

    gear = Category.WEAPON
    categories = frozenset({gear})
    kind_fields = ("durability", "rob_bonus")

    rob_bonus: Whole


class ArmorModel(GearModel):
    """Armour: `defence_bonus` in percent."""

    gear = Category.ARMOR
    categories = frozenset({gear})
    kind_fields = ("durability", "defence_bonus")

    defence_bonus: Whole


class HousingModel(GearModel):
    """A home: `insurance` in percent, `upkeep` in oranges a day (else the most of its rarity)."""

    gear = Category.HOUSING
    categories = frozenset({gear})
    kind_fields = ("durability", "insurance", "upkeep")

    insurance: Whole
    upkeep: Whole

    @model_validator(mode="before")
    @classmethod
    def _upkeep_of_its_rarity(cls, raw: Any) -> Any:
        if not isinstance(raw, dict) or "upkeep" in raw:
            return raw
        spans = FIGURES[Category.HOUSING]["upkeep"]
        found = next((spans[r] for r in spans if r == raw.get("rarity")), None)
        return raw if found is None else {**raw, "upkeep": found.most}


class BusinessModel(GearModel):
    """A business: `revenue` and `operating_cost` in oranges a day."""

    gear = Category.BUSINESS
    categories = frozenset({gear})
    kind_fields = ("durability", "revenue", "operating_cost")

    revenue: Whole
    operating_cost: Whole = 0

    @field_validator("operating_cost")
    @classmethod
    def _leaves_something(cls, cost: int, info: ValidationInfo) -> int:
        revenue = info.data.get("revenue")
        if revenue is not None and cost >= revenue:
            raise ValueError(f"{cost:,} is no less than the revenue of {revenue:,}")
        return cost


_MODELS: dict[Category, type[ItemModel]] = {
    Category.WEAPON: WeaponModel,
    Category.ARMOR: ArmorModel,
    Category.HOUSING: HousingModel,
    Category.BUSINESS: BusinessModel,
    Category.COLLECTIBLE: CollectibleModel,
    Category.CONSUMABLE: ConsumableModel,
    Category.BUNDLE: BundleModel,
    **dict.fromkeys(COSMETICS, CosmeticModel),
}
MODEL_BY_WORD = {str(category): model for category, model in _MODELS.items()}
"""The model of each gear category."""
