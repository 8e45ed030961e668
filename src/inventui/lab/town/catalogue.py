"""What exists in a town: the items and cases of a pack, ready to be asked often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from inventui.content.pack import Pack, PackItem, PackNeighbour
from inventui.rules.achievements import Condition
from inventui.rules.bazaar import catalogue_price, resale
from inventui.rules.cases.odds import OddsTable
from inventui.rules.core.categories import GEAR, Category
from inventui.rules.core.enums import Rarity
from inventui.rules.inventory.gear import FULL_DURABILITY, GEAR_RARITIES
from inventui.rules.npc.bazaar_period import PricedItem
from inventui.rules.npc.valuation import ValuedItem
from inventui.rules.shop import Limit, Offer, Price
from inventui.rules.streets.crates import Cell, crate_kind
from inventui.rules.workshop import Pool

_LIMITS = ("stock_limit", "available_from", "available_until")


@dataclass(frozen=True, slots=True)
class TownItem:
    """An item; `figures` are the numbers of its kind, in percent or oranges a day."""

    number: int
    slug: str
    name: str
    category: Category
    rarity: Rarity
    value: int
    figures: Mapping[str, Any]
    offer: Offer

    @property
    def gear(self) -> bool:
        """Whether it takes up room for gear."""
        return self.category in GEAR

    @property
    def durability(self) -> int:
        """Points of durability when new; 0 for what never wears."""
        return int(self.figures.get("durability", FULL_DURABILITY)) if self.gear else 0

    @property
    def default(self) -> bool:
        """Whether everybody has it from the start."""
        return bool(self.figures.get("default"))

    @property
    def resale(self) -> int:
        """What it is worth to a neighbour who gets it, in oranges."""
        return resale(self.value, self.offer.price.oranges, self.offer.price.gems)

    @property
    def worth(self) -> int:
        """Its value, or else what it costs in the shop, in oranges."""
        price = self.offer.price
        return self.value or catalogue_price(price.oranges, price.gems)

    @property
    def valued(self) -> ValuedItem:
        """The item as neighbours weigh it in a trade."""
        price = self.offer.price
        return ValuedItem(self.category, self.rarity, self.value, price.oranges, price.gems)

    def figure(self, name: str) -> int:
        """A number of its kind; 0 where it has none."""
        return int(self.figures.get(name) or 0)


@dataclass(frozen=True, slots=True)
class Quest:
    """A quest, with its place among `total`; see `rules.home_state.QuestLike`."""

    slug: str
    name: str
    condition: Condition
    oranges: int
    number: int
    total: int


class TownCatalogue:
    """The items and cases of a pack.

    Attributes:
        items: by slug.
        cases: odds tables by id.
        case_names: what they are called, by id.
        neighbours: in the pack's order.
        shop: what the shop always sells, by category.
        in_crates: slugs of what a crate may hold, by kind and rarity, the cheapest first.
        presents: slugs of what neighbours may give.
        gear_pool: slugs of the gear that gear shops and the black market draw from, by rarity.
        achievements: in the pack's order.
        goals: achievements and quests, in the pack's order.
        quests: the quests alone.
        defaults: cosmetics that everybody has, and wears at the start.
        supply: what neighbours may list in the bazaar.
        sets: slugs of all that a case gives, by case.
        pools: what pieces bring to fusions, by (item, case), as far as it was asked for.
    """

    def __init__(self, pack: Pack) -> None:
        offers = {item.id: _offer(item) for item in pack.items}
        self.items = {
            item.id: _item(number, item, offers) for number, item in enumerate(pack.items)
        }
        self.cases: dict[str, OddsTable] = {case.id: case.odds_table() for case in pack.cases}
        self.case_names = {case.id: case.name for case in pack.cases}
        self.neighbours: Sequence[PackNeighbour] = pack.neighbours
        ordered = sorted(self.items.values(), key=lambda item: item.slug)
        self.in_crates: dict[Cell, list[str]] = defaultdict(list)
        for item in sorted(ordered, key=lambda item: item.value):
            kind = crate_kind(item.category)
            usual = not item.default and not item.offer.limit.limited
            if kind is not None and usual:
                self.in_crates[kind, item.rarity].append(item.slug)
        sold = [item for item in ordered if item.offer.for_sale and not item.offer.limit.limited]
        self.shop = {of: [item for item in sold if item.category is of] for of in Category}
        self.presents = tuple(
            item.slug
            for item in ordered
            if item.category is Category.CONSUMABLE and item.offer.limit.stock_limit is None
        )

        self.gear_pool: dict[Rarity, list[str]] = {rarity: [] for rarity in GEAR_RARITIES}
        for item in ordered:
            price = item.offer.price
            drawn = price.oranges > 1 and not price.gems and not item.offer.limit.limited
            if item.gear and drawn:
                self.gear_pool[item.rarity].append(item.slug)
        self.sets = {
            case: tuple(dict.fromkeys(entry.item for entry in odds.entries if entry.item))
            for case, odds in self.cases.items()
        }
        self.quests = [
            Quest(quest.id, quest.name, quest.condition, quest.oranges, number, len(pack.quests))
            for number, quest in enumerate(pack.quests, 1)
        ]
        self.achievements = pack.achievements
        self.goals = (*pack.achievements, *pack.quests)
        self.defaults = tuple(item for item in ordered if item.default)
        self.supply = [
            PricedItem(item.slug, item.category, item.rarity, worth)
            for item in ordered
            if item.category not in GEAR | {Category.BUNDLE}
            and not (item.default or item.offer.limit.limited)
            and (worth := item.value or item.offer.price.oranges)
        ]
        self.pools: dict[tuple[str, str], Pool] = {}

        self._for_oranges = {
            category: sorted(
                (i for i in offered if i.offer.price.oranges and not i.offer.price.gems),
                key=lambda item: (item.offer.price.oranges, item.slug),
            )
            for category, offered in self.shop.items()
        }

    def for_sale(self, category: Category) -> list[TownItem]:
        """What the shop always sells of a category for oranges alone, the cheapest first."""
        return self._for_oranges[category]


def _item(number: int, item: PackItem, offers: Mapping[str, Offer]) -> TownItem:
    offer = offers[item.id]
    if item.category is Category.BUNDLE:
        parts: Any = item.extra["items"]
        contents = tuple(offers[slug] for slug in parts)
        offer = replace(offer, contents=contents, discount=int(str(item.extra.get("discount", 0))))
    return TownItem(
        number, item.id, item.name, item.category, item.rarity, item.value, item.extra, offer
    )


def _offer(item: PackItem) -> Offer:
    limits = {name: item.extra.get(name) for name in (*_LIMITS, "stock_remaining")}
    return Offer(
        slug=item.id,
        name=item.name,
        category=item.category,
        price=Price(item.price_oranges, item.price_gems),
        active=True,
        limit=Limit(**limits),  # type: ignore[arg-type]
    )
