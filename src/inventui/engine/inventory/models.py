"""Read models and outcomes of the inventory, of escrow and of consumables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from inventui.engine.core.models import Balance
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Acquisition, ConsumableKind, Rarity, Status
from inventui.rules.core.money import Currency
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.gear import FULL_DURABILITY
from inventui.rules.inventory.inventory import InventoryTab, Sort

MOST_WEAR = 1_000_000
"""More than the durability of anything."""

MOST_AT_ONCE = 12
"""So many pieces of a stack are known by number without being asked for."""


@dataclass(frozen=True, slots=True)
class InventoryQuery:
    """Which of a player's items, in which order. Without a status: what the tab holds."""

    tab: InventoryTab = InventoryTab.ALL
    sort: Sort = Sort.NEWEST
    status: Status | None = None
    rarity: Rarity | None = None
    min_value: int = 0
    search: str = ""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A line of the inventory.

    Attributes:
        style: the style value, to be read by `rules.core.style`.
        is_default: whether everybody owns one from the start.
        held_until: when it expires in escrow, or None.
        durability: what a piece of gear has left, of `most_durability`.
        brings: name and amount of what a piece of gear does first, or None of anything else.
    """

    id: int
    name: str
    category: Category
    rarity: Rarity
    value: int
    status: Status
    locked: bool
    acquired_at: int
    sprite: str
    emoji: str
    style: str = ""
    is_default: bool = False
    held_until: int | None = None
    durability: int | None = None
    most_durability: int = FULL_DURABILITY
    brings: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class StackLine(ItemLine):
    """Equal player items (same item, status, lock, wear) as one line; else it is the newest's.

    Attributes:
        item: the number of their item.
        count: how many there are.
        pieces: numbers of the newest of them, or of the oldest where they were asked for, at
            most `MOST_AT_ONCE`.
        inside: whether it is one piece of a stack that is open above it.
        opened: whether its pieces stand below it.
    """

    item: int = 0
    count: int = 1
    pieces: tuple[int, ...] = ()
    inside: bool = False
    opened: bool = False

    @property
    def key(self) -> int:
        """What tells it from other lines: of several its own number below 0, of one the piece's."""
        if self.count == 1:
            return self.id
        place = self.item * len(Status) + list(Status).index(self.status)
        return -(2 * place + self.locked) * MOST_WEAR - (self.durability or 0) - 1


@dataclass(frozen=True, slots=True)
class InventoryPage:
    """A page of the inventory.

    Attributes:
        items: the lines, in the order asked for.
        total: how many match the query in all.
        next: the `after` of the next page, or None at the end.
    """

    items: tuple[ItemLine, ...]
    total: int
    next: int | None


@dataclass(frozen=True, slots=True)
class Statistics:
    """Totals of everything held (owned, worn, listed, offered); `total_spent` in oranges.

    What everybody has from the start is left out.
    """

    total_items: int
    total_value: int
    by_rarity: Mapping[Rarity, int]
    highest_value: int
    total_spent: int


@dataclass(frozen=True, slots=True)
class ItemDetail:
    """One player item with all that its player may know.

    `odds_parts` is the winning entry's probability in parts of 1,000,000, with `ticket`,
    `nonce` and `case_name`, if a case gave it.

    Attributes:
        figures: what a piece of gear does, by the names of `rules.inventory.gear`.
        durability: what a piece of gear has left, of `most_durability`.
        kind: of a consumable.
        uses: what a consumable has left.
    """

    line: ItemLine
    slug: str
    description: str
    flavour: str
    image_url: str
    acquisition: Acquisition
    price_paid: int
    source: str
    case_name: str | None = None
    nonce: int | None = None
    ticket: int | None = None
    odds_parts: int | None = None
    seed_hash: str | None = None
    same_held: int = 1
    figures: Mapping[str, int] = field(default_factory=dict)
    durability: int | None = None
    most_durability: int = FULL_DURABILITY
    kind: ConsumableKind | None = None
    uses: int | None = None


@dataclass(frozen=True, slots=True)
class RefusedItem:
    """One player item of several with which nothing could be done, and why."""

    id: int
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class SaleQuote:
    """What a sale would bring, asked before it: the sellable ids and the rest with reasons."""

    ids: tuple[int, ...]
    total_value: int
    refused: tuple[RefusedItem, ...]


@dataclass(frozen=True, slots=True)
class Sale:
    """The outcome of selling to the house; `total_value` is what was paid."""

    can_be_undone: ClassVar[bool] = True
    operation: int
    items_sold: int
    total_value: int
    balance: Balance
    refused: tuple[RefusedItem, ...]
    repeat: bool = False
    unpaid: Mapping[Currency, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LockChange:
    """The outcome of locking or unlocking."""

    operation: int
    locked: bool
    changed: int
    refused: tuple[RefusedItem, ...]
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Discard:
    """The outcome of throwing a player item away."""

    can_be_undone: ClassVar[bool] = True
    operation: int
    item_id: int
    name: str
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class EscrowItem:
    """A player item that waits to be claimed.

    Attributes:
        line: the player item as the inventory lists it, with when it expires.
        acquisition: how it was got.
        source: from whom or what.
        figures: what a piece of gear does, by the names of `rules.inventory.gear`.
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
        """When it expires, or None if never."""
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
    """The outcome of claiming a player item out of escrow."""

    operation: int
    item_id: int
    name: str
    category: Category
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
