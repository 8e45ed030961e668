"""Read models and outcomes of the shops."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from inventui.engine.core.models import Balance
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import PriceTier, Rarity
from inventui.rules.core.refusal import Refusal
from inventui.rules.shop import Limit, Offer, Price, Seller, quote_bundle


@dataclass(frozen=True, slots=True)
class ShopLine:
    """An item or a bundle for sale, as one player sees it.

    Attributes:
        offer: what the rules know of it; for a bundle with its contents.
        price: what this player would pay now; for a bundle after its discount.
        full_price: for a bundle, the sum before the discount; else the price.
        style: the style value, to be read by `rules.core.style`.
        held: how many of it the player holds.
        parts_held: for a bundle, the slugs of its contents that the player has already.
        seller: who sells it.
        figures: what a piece of gear does, by the names of `rules.inventory.gear`.
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
class Purchase:
    """The outcome of buying.

    Attributes:
        full_oranges: the sum before a discount.
        full_gems: likewise.
        discount: a bundle's or a stall's, in percent; else 0.
        item_ids: numbers of the new player items, in order; several for a bundle.
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
class GearLine:
    """A piece of gear on a stall of the black market or in a daily gear shop.

    Attributes:
        seller: which of the two.
        figures: what it does, by the names of `rules.inventory.gear`, and its operating cost.
        durability: what a new one has.
        full_price: in oranges, before the discount.
        price: in oranges, what is paid.
        discount: in percent.
        stock: how many pieces there were for everybody, or None where none are counted.
        remaining: how many of them are left.
        held: how many the player has, those in escrow included.
        worn: whether the player wears one.
        refusal: why this player can't buy it now, or None.
    """

    seller: Seller
    slug: str
    name: str
    description: str
    flavour: str
    category: Category
    rarity: Rarity
    figures: Mapping[str, int]
    durability: int
    full_price: int
    price: int
    discount: int
    stock: int | None
    remaining: int | None
    held: int
    worn: bool
    refusal: Refusal | None
    sprite: str
    emoji: str
    image_url: str

    @property
    def owned(self) -> bool:
        """Whether the player has one."""
        return self.held > 0

    @property
    def featured(self) -> bool:
        """Whether it stands in front, at a discount."""
        return self.discount > 0

    @property
    def sold_out(self) -> bool:
        """Whether the last piece is gone."""
        return self.remaining == 0
