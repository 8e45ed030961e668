"""Black market, daily gear shop and escrow, as read models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inventui.engine.models.inventory import ItemLine
from inventui.engine.models.players import Balance
from inventui.rules.categories import Category
from inventui.rules.enums import Acquisition, Rarity
from inventui.rules.refusal import Refusal
from inventui.rules.shop import Seller


@dataclass(frozen=True, slots=True)
class GearLine:
    """A piece of gear on a stall of the black market or in a daily gear shop.

    Attributes:
        seller: which of the two.
        figures: what it does, by the names of `rules.gear`; a business's operating cost too.
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


@dataclass(frozen=True, slots=True)
class MarketView:
    """A rotation of the black market, as one player sees it.

    Attributes:
        number: whole periods of 6 h since 1970-01-01 UTC.
        begins: when it began.
        ends: when the market turns; from then on ask again.
        stalls: the featured one first, then by rarity, the rarest first.
        at: the time of asking.
    """

    number: int
    begins: int
    ends: int
    stalls: tuple[GearLine, ...]
    at: int


@dataclass(frozen=True, slots=True)
class RaritySimulation:
    """What many rotations had of one rarity.

    Attributes:
        stalls: how many in all.
        pieces: how many pieces stood on them.
        value: what all pieces cost together, in oranges, after the discount.
        expected_stalls: how many the rules make one expect in all.
        expected_pieces: how many on each stall.
    """

    rarity: Rarity
    stalls: int
    pieces: int
    value: int
    expected_stalls: float
    expected_pieces: float


@dataclass(frozen=True, slots=True)
class MarketSimulation:
    """Many rotations of the black market, drawn as the game draws them.

    Attributes:
        legendary: how many of the rotations had a legendary.
        expected_legendary: how many the rules make one expect.
        rarities: the rarest first.
    """

    seed: str
    rolls: int
    legendary: int
    expected_legendary: float
    rarities: tuple[RaritySimulation, ...]

    @property
    def value(self) -> int:
        """What all pieces of all rotations cost together, in oranges."""
        return sum(found.value for found in self.rarities)


@dataclass(frozen=True, slots=True)
class GearShopView:
    """A player's gear shop of a day.

    Attributes:
        day: whole days since 1970-01-01 UTC.
        ends: when it closes; from then on ask again.
        rank: the rank that it was made for.
        rerolls: how often it was rerolled today.
        reroll_price: gems for the next reroll.
        reroll_refusal: why the player can't reroll now, or None.
        offers: in the order in which they were drawn.
        at: the time of asking.
    """

    day: int
    ends: int
    rank: str
    rerolls: int
    reroll_price: int
    reroll_refusal: Refusal | None
    offers: tuple[GearLine, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Reroll:
    """The outcome of a reroll.

    Attributes:
        day: of the shop.
        rerolls: how often it was rerolled on that day, this one included.
        gems_paid: for this one.
        items: slugs of what is offered now.
    """

    operation: int
    day: int
    rerolls: int
    gems_paid: int
    items: tuple[str, ...]
    balance: Balance
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class EscrowItem:
    """A thing that waits to be claimed.

    Attributes:
        line: the thing, as the inventory lists it, with when escrow lets go of it.
        acquisition: how it was got.
        source: from whom or what.
        figures: what a piece of gear does, by the names of `rules.gear`.
        durability: what a piece of gear has left.
        refusal: why it can't be claimed now, or None.
    """

    line: ItemLine
    acquisition: Acquisition
    source: str
    figures: Mapping[str, int]
    durability: int | None
    refusal: Refusal | None

    @property
    def held_until(self) -> int | None:
        """When escrow lets go of it, or None if it waits for ever."""
        return self.line.held_until


@dataclass(frozen=True, slots=True)
class EscrowView:
    """What waits for a player, what expires first in front.

    Attributes:
        items: at most `room` of them.
        room: how many escrow holds.
        gear_held: how many pieces of gear the player holds.
        gear_room: how many one may hold.
        at: the time of asking.
    """

    items: tuple[EscrowItem, ...]
    room: int
    gear_held: int
    gear_room: int
    at: int


@dataclass(frozen=True, slots=True)
class Claim:
    """The outcome of claiming a thing out of escrow."""

    operation: int
    item_id: int
    name: str
    category: Category
    repeat: bool = False
