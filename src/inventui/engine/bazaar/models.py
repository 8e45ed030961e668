"""The bazaar, as read models and outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from inventui.engine.core.models import Balance
from inventui.engine.inventory.models import ItemDetail, ItemLine
from inventui.rules.bazaar import BazaarSort, ListingState
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.inventory import InventoryTab


@dataclass(frozen=True, slots=True)
class BazaarQuery:
    """Which listings, in which order.

    Attributes:
        mine: the player's own alone, instead of everybody's.
    """

    tab: InventoryTab = InventoryTab.ALL
    sort: BazaarSort = BazaarSort.NEWEST
    rarity: Rarity | None = None
    min_value: int = 0
    search: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class ListingLine:
    """A listing that is open.

    Attributes:
        id: the listing's number.
        player_item: what is listed, by its owner's number; its time is that of the listing.
        price: in oranges.
        seller: the name of who listed it.
        neighbour: whether a computer plays the seller.
        mine: whether the player listed it.
        at: when it was listed.
        until: when it ends by itself.
        held: how many of the item the player has, in escrow too.
        refusal: why this player can't buy it now, or None.
    """

    id: int
    player_item: ItemLine
    price: int
    seller: str
    neighbour: bool
    mine: bool
    at: int
    until: int
    held: int
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class ListingPage:
    """A stretch of the bazaar.

    Attributes:
        lines: in the order asked for.
        total: how many match in all.
        next: the `after` of the next page, or None at the end.
    """

    lines: tuple[ListingLine, ...]
    total: int
    next: int | None


@dataclass(frozen=True, slots=True)
class ListingWindow:
    """Listings that follow each other, found by a place.

    Attributes:
        lines: in the order asked for.
        shift: what must be added to the place that was asked for to be that of the first line;
            if `linked`, to all places that follow from the anchor's. Nothing stands before 0.
        linked: whether they were found by following the order from the anchor.
        about: whether the places are only about right.
    """

    lines: tuple[ListingLine, ...]
    shift: int = 0
    linked: bool = False
    about: bool = False


@dataclass(frozen=True, slots=True)
class PricePoint:
    """A sale: when, and for how many oranges."""

    at: int
    price: int


@dataclass(frozen=True, slots=True)
class PriceHistory:
    """At which prices an item went in the bazaar.

    Attributes:
        slug: the item's.
        sales: the latest, the oldest first.
        sold: how many went in all.
        lowest: of `sales`, in oranges; None without any, as with the next two.
        median: the lower of the middle two.
        highest: of `sales`.
        cheapest: the lowest price asked for now, or None where none is listed.
        listed: how many are listed now.
        value: what the house pays for it.
        suggestion: a price to begin with.
    """

    slug: str
    name: str
    rarity: Rarity
    category: Category
    sales: tuple[PricePoint, ...]
    sold: int
    lowest: int | None
    median: int | None
    highest: int | None
    cheapest: int | None
    listed: int
    value: int
    suggestion: int


@dataclass(frozen=True, slots=True)
class ListingDetail:
    """A listing with all that a buyer may know of it."""

    line: ListingLine
    detail: ItemDetail
    prices: PriceHistory


@dataclass(frozen=True, slots=True)
class Listed:
    """A player item was put up in the bazaar.

    Attributes:
        listing: the listing's number.
        fee: what the house would keep of the price.
    """

    can_be_undone: ClassVar[bool] = True
    operation: int
    listing: int
    item_id: int
    name: str
    price: int
    fee: int
    until: int
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Delisted:
    """A listing was taken back; the player item is home."""

    operation: int
    listing: int
    item_id: int
    name: str
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Bought:
    """A listing was bought.

    Attributes:
        item_id: the buyer's number of the player item.
        fee: what the house kept of the price, the seller's loss.
    """

    operation: int
    listing: int
    item_id: int
    name: str
    rarity: Rarity
    category: Category
    price: int
    fee: int
    seller: str
    balance: Balance
    at: int
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class ListingEnd:
    """What became of one of the player's own listings, or of one that they bought.

    Attributes:
        other: the buyer's name, or the seller's where the player bought; empty if nobody's.
        bought: whether the player bought it.
        at: when it ended.
    """

    id: int
    name: str
    rarity: Rarity
    state: ListingState
    price: int
    fee: int
    other: str
    bought: bool
    at: int


@dataclass(frozen=True, slots=True)
class ListingEnds:
    """The player's past in the bazaar, the newest first.

    Attributes:
        sold: how many of their listings were sold in all.
        earned: what these brought, less the fees, in oranges.
        fees: what the house kept of them.
        next: the `before` of the next page, or None at the end.
    """

    lines: tuple[ListingEnd, ...]
    sold: int
    earned: int
    fees: int
    next: int | None
