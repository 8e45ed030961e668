"""The shop, what is worn and the drawer, as read models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from inventui.engine.models.inventory import ItemLine, Statistics
from inventui.engine.models.players import Balance, PlayerCard
from inventui.rules.categories import Category
from inventui.rules.enums import ConsumableKind, PriceTier, Rarity
from inventui.rules.shop import Limit, Offer, Price, Seller, quote_bundle


@dataclass(frozen=True, slots=True)
class ShopLine:
    """A thing for sale, as one player sees it.

    Attributes:
        offer: what the rules know of it; for a bundle with its contents.
        price: what this player would pay now; for a bundle after its discount.
        full_price: for a bundle, the sum before the discount; else the price.
        style: the style value, to be read by `rules.style`.
        held: how many of it the player holds.
        parts_held: for a bundle, what of its contents the player has already, as slugs.
        seller: who sells it.
        figures: what a piece of gear does, by the names of `rules.gear`.
        durability: what a new piece of gear has; 0 for anything else.
    """

    slug: str
    name: str
    description: str
    flavour: str
    category: Category
    rarity: Rarity
    tier: PriceTier
    price: Price
    full_price: Price
    limit: Limit
    offer: Offer
    sprite: str
    emoji: str
    style: str
    image_url: str
    held: int
    worn: bool
    parts_held: frozenset[str] = frozenset()
    seller: Seller = Seller.SHOP
    figures: Mapping[str, int] = field(default_factory=dict)
    durability: int = 0

    @property
    def owned(self) -> bool:
        """Whether the player has it; a bundle, when there is nothing left in it to get."""
        if self.category is Category.BUNDLE:
            return not quote_bundle(self.offer, self.parts_held).wanted
        return self.held > 0


@dataclass(frozen=True, slots=True)
class WornItem:
    """What is in a slot."""

    item_id: int
    slug: str
    name: str
    category: Category
    rarity: Rarity
    style: str
    is_default: bool


@dataclass(frozen=True, slots=True)
class Purchase:
    """The outcome of buying.

    Attributes:
        full_oranges: the sum before a discount.
        full_gems: likewise.
        discount: a bundle's or a stall's, in percent; else 0.
        item_ids: what was got, in order; several for a bundle.
        worn: names of what was put on at once.
        seller: who sold it.
    """

    operation: int
    slug: str
    name: str
    category: Category
    rarity: Rarity
    oranges_paid: int
    gems_paid: int
    full_oranges: int
    full_gems: int
    discount: int
    item_ids: tuple[int, ...]
    names: tuple[str, ...]
    worn: tuple[str, ...]
    balance: Balance
    experience_gained: int
    rank_up: str | None
    repeat: bool = False
    seller: Seller = Seller.SHOP


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


@dataclass(frozen=True, slots=True)
class Use:
    """The outcome of using a consumable; `target` is a name, `uses_left` 0 when it is gone."""

    operation: int
    item_id: int
    name: str
    kind: ConsumableKind
    uses_left: int
    target: str | None
    message: str
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Splat:
    """Something thrown at a drawer, shown until a time (milliseconds since 1970 UTC)."""

    thrower: str
    until: int


@dataclass(frozen=True, slots=True)
class DrawerView:
    """A player's page as others see it.

    Attributes:
        worn: what is in each slot that is not empty.
        best: the most valuable collectibles, best first.
        visitors: how often others have visited.
        fed: whether BigPulp has had a donut.
    """

    player: PlayerCard
    worn: Mapping[Category, WornItem]
    best: tuple[ItemLine, ...]
    statistics: Statistics
    visitors: int
    splats: tuple[Splat, ...]
    fed: bool
