"""Models of items, other than gear."""

from typing import ClassVar

from pydantic import Field, ValidationInfo, field_validator

from inventui.content.models.fields import (
    Address,
    Emoji,
    Flag,
    Moment,
    Name,
    NamedTable,
    Positive,
    Slug,
    Text,
    Tint,
    Whole,
    check_badge,
)
from inventui.rules.core import style as style_rules
from inventui.rules.core.categories import COSMETICS, GEAR, Category
from inventui.rules.core.enums import ConsumableKind, PriceTier, Rarity

MOST_USES = 100


LIMITS = ("stock_limit", "available_from", "available_until")
"""Fields that make an item a limited edition."""


GIVEN_BY_CASES = GEAR | {Category.COLLECTIBLE}
"""What a case may hold: what the house buys back, so that a win has a value."""


class ItemModel(NamedTable):
    """What every item has.

    `sprite` names a sprite of the pack, `tint` recolours it. An item that is `limited`
    has a stock, a time, or both; `stock_remaining` begins as the limit.
    """

    categories: ClassVar[frozenset[Category]] = frozenset(Category)
    kind_fields: ClassVar[tuple[str, ...]] = ()
    """What `details` adds to the limits, by field name."""

    name: Name
    category: Category
    rarity: Rarity
    description: Text = ""
    flavour: Text = ""
    tier: PriceTier = PriceTier.BASIC
    price_oranges: Whole = 0
    price_gems: Whole = 0
    emoji: Emoji = ""
    sprite: str = ""
    tint: Tint
    style: Text = ""
    image_url: Address = ""
    stock_limit: Positive | None = None
    stock_remaining: Whole | None = None
    available_from: Moment | None = None
    available_until: Moment | None = None
    limited: Flag | None = Field(default=None, validate_default=True)

    @field_validator("category")
    @classmethod
    def _is_of_this_kind(cls, category: Category) -> Category:
        if category not in cls.categories:
            raise ValueError(f"a {cls.__name__} can't be of the category {category}")
        return category

    @field_validator("stock_remaining")
    @classmethod
    def _within_the_limit(cls, remaining: int | None, info: ValidationInfo) -> int | None:
        limit = info.data.get("stock_limit")
        if remaining is None or "stock_limit" not in info.data:
            return remaining
        if limit is None:
            raise ValueError("it needs a stock_limit")
        if remaining > limit:
            raise ValueError(f"it is more than the stock_limit of {limit:,}")
        return remaining

    @field_validator("available_until")
    @classmethod
    def _after_the_start(cls, until: Moment | None, info: ValidationInfo) -> Moment | None:
        start = info.data.get("available_from")
        if until is not None and start is not None and until <= start:
            raise ValueError("it must be later than available_from")
        return until

    @field_validator("limited")
    @classmethod
    def _means_a_limit(cls, limited: bool | None, info: ValidationInfo) -> bool:
        # A limit that is missing here was given, but wrongly: that is a fault already.
        limits = [info.data.get(name, "wrong") for name in LIMITS]
        has_limit = any(limit is not None for limit in limits)
        if limited and not has_limit:
            raise ValueError(f"a limited item needs a limit: {', '.join(LIMITS)}")
        if limited is False and has_limit:
            raise ValueError("the item has a limit, so this can't be false")
        return has_limit


class CollectibleModel(ItemModel):
    """A collectible, which cases drop and the house buys at its value."""

    categories = frozenset({Category.COLLECTIBLE})

    value: Whole

    @property
    def sell_price(self) -> int:
        """What the house pays, in oranges."""
        return self.value


class PricedItemModel(ItemModel):
    """An item with a price, and a sell price of its own."""

    sell_price: Whole = 0


class WornModel(PricedItemModel):
    """Something to wear, of which only what all cosmetics share is checked.

    Attributes:
        default: every player owns and wears it from the start.
    """

    kind_fields = ("default",)

    default: Flag = False


class CosmeticModel(WornModel):
    """A cosmetic; `style` says what it changes, in the vocabulary of its category."""

    categories = COSMETICS

    style: Text

    @field_validator("style")
    @classmethod
    def _means_something(cls, style: str, info: ValidationInfo) -> str:
        category = info.data.get("category")
        # Without a category there is a fault already, and no vocabulary to ask.
        if category is not None:
            style_rules.parse(category, style)
        if category is Category.EMOJI_BADGE:
            check_badge(style)
        return style


class ConsumableModel(PricedItemModel):
    """A consumable."""

    categories = frozenset({Category.CONSUMABLE})
    kind_fields = ("kind", "uses")

    kind: ConsumableKind
    uses: int = Field(default=1, strict=True, ge=1, le=MOST_USES)


class BundleModel(PricedItemModel):
    """A bundle of items at a discount in percent; its price follows from theirs."""

    categories = frozenset({Category.BUNDLE})
    kind_fields = ("items", "discount")

    items: tuple[Slug, ...] = Field(min_length=2, max_length=50)
    discount: int = Field(strict=True, ge=1, le=100)

    @field_validator("items")
    @classmethod
    def _each_once(cls, items: tuple[str, ...]) -> tuple[str, ...]:
        twice = sorted({slug for slug in items if items.count(slug) > 1})
        if twice:
            raise ValueError(f"{twice[0]} is in it twice")
        return items
