"""A loaded pack: checked, with sprites resolved and odds tables made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from inventui.content.models.items import ItemModel
from inventui.content.models.pack import AchievementModel, NeighbourModel
from inventui.rules.cases.guarantee import Guarantee
from inventui.rules.cases.odds import OddsEntry, OddsTable
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import from_datetime
from inventui.rules.core.enums import PriceTier, Rarity


@dataclass(frozen=True, slots=True)
class PackItem:
    """An item. Prices in whole oranges and gems; `sell_price` is what the house pays.

    Attributes:
        id: its slug.
        sprite: self-contained text for `rules.core.sprite.parse`, or "".
        style: what a cosmetic changes, or "".
        extra: the fields of its kind, and its limits if it is a limited edition.
    """

    id: str
    name: str
    description: str
    flavour: str
    category: Category
    rarity: Rarity
    tier: PriceTier
    price_oranges: int
    price_gems: int
    sell_price: int
    emoji: str
    sprite: str
    style: str
    image_url: str
    extra: Mapping[str, object]

    @property
    def value(self) -> int:
        """Its value in oranges: its sell price."""
        return self.sell_price

    def details(self) -> dict[str, object]:
        """The fields of its kind and its limits, fit for JSON; times in milliseconds UTC."""
        return dict(self.extra)


@dataclass(frozen=True, slots=True)
class PackCase:
    """A case. `sprites` and `emoji` follow the order of `entries`.

    An entry's `item` is the pack's item; where its name, value or rarity differ from that
    item's, the win is a player item of its own, with the sprite given here.

    Attributes:
        exact: each entry's chance as it was written, before it became parts of 1,000,000.
    """

    id: str
    name: str
    description: str
    price: int
    sprite: str
    entries: tuple[OddsEntry, ...]
    sprites: tuple[str, ...]
    emoji: tuple[str, ...]
    exact: tuple[Fraction, ...]
    pools: tuple[tuple[int, int], ...] = ()
    guarantee: Guarantee | None = None

    def odds_table(self) -> OddsTable:
        """Its odds table."""
        return OddsTable(self.id, self.price, self.entries, self.pools, self.guarantee)


@dataclass(frozen=True, slots=True)
class PackNeighbour:
    """A neighbour with its sprite resolved; `nature` is the rest of its table."""

    id: str
    name: str
    sprite: str
    nature: NeighbourModel


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack, in the order of its files and tables.

    Attributes:
        numbers: numbers of the economy that are not the usual ones, see `rules.numbers`.
    """

    id: str
    name: str
    version: str
    author: str
    description: str
    digest: str
    items: tuple[PackItem, ...]
    cases: tuple[PackCase, ...]
    achievements: tuple[AchievementModel, ...]
    neighbours: tuple[PackNeighbour, ...]
    quests: tuple[AchievementModel, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)

    @property
    def bundles(self) -> tuple[PackItem, ...]:
        """The items that are bundles."""
        return tuple(item for item in self.items if item.category is Category.BUNDLE)

    def item(self, slug: str) -> PackItem | None:
        """The item of that id."""
        return next((item for item in self.items if item.id == slug), None)

    def case(self, case_id: str) -> PackCase | None:
        """The case of that id."""
        return next((case for case in self.cases if case.id == case_id), None)


def pack_item(model: ItemModel, sell_price: int, sprite: str) -> PackItem:
    """An item of a pack, with its sprite resolved."""
    return PackItem(
        id=model.id,
        name=model.name,
        description=model.description,
        flavour=model.flavour,
        category=model.category,
        rarity=model.rarity,
        tier=model.tier,
        price_oranges=model.price_oranges,
        price_gems=model.price_gems,
        sell_price=sell_price,
        emoji=model.emoji,
        sprite=sprite,
        style=model.style,
        image_url=model.image_url,
        extra=MappingProxyType(_extra(model)),
    )


def _extra(model: ItemModel) -> dict[str, object]:
    extra = {name: _plain(getattr(model, name)) for name in model.kind_fields}
    if model.stock_limit is not None:
        remaining = model.stock_remaining
        extra["stock_limit"] = model.stock_limit
        extra["stock_remaining"] = model.stock_limit if remaining is None else remaining
    for name in ("available_from", "available_until"):
        when = getattr(model, name)
        if when is not None:
            extra[name] = _plain(when)
    return extra


def _plain(value: Any) -> object:
    if isinstance(value, datetime):
        return from_datetime(value)
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, str) else value
