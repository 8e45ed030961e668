"""What the shop says of a player item: its price, its badge, and the shelf where it lies."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from inventui.rules.core.categories import Category
from inventui.rules.core.clock import to_datetime
from inventui.rules.core.enums import PriceTier
from inventui.rules.core.money import Currency, can_pay
from inventui.rules.core.refusal import Reason
from inventui.rules.core.search import parse_search
from inventui.rules.inventory.inventory import TAB_CATEGORIES, InventoryTab
from inventui.rules.shop import Availability, Seller
from inventui.widgets.items.item_figures import BRINGS_CELLS, MEASURES, brings_words
from inventui.widgets.items.refusal_badges import BADGES, NO_BADGE, Badge
from inventui.widgets.text import counted
from inventui.widgets.theme import GEM, KEY, ORANGE

if TYPE_CHECKING:
    from inventui.engine.core.models import PlayerCard
    from inventui.engine.shop.models import Purchase, ShopLine
    from inventui.rules.shop import Limit, Price


SHORT = 9
"""Cells of a short badge."""

FIGURE = BRINGS_CELLS
"""Cells of a short badge that tells what gear does."""


WORN = Badge("WORN", "WORN", KEY)
OWNED = BADGES[Reason.ALREADY_OWNED]
SOLD_OUT = BADGES[Reason.SOLD_OUT]
GONE = BADGES[Reason.NO_LONGER_AVAILABLE]
TIERS = {
    PriceTier.FREE: Badge("FREE", "FREE", "$text-success"),
    PriceTier.BASIC: Badge("BASIC", "BASIC", "$foreground 50%"),
    PriceTier.PREMIUM: Badge("PREMIUM", "PREMIUM", "$foreground 80%"),
}


def badge(line: ShopLine, now: int) -> Badge:
    """The one badge that matters most: what one has, then whether it can be had, then the tier."""
    if line.worn:
        found = WORN
    elif not sold_again(line):
        found = OWNED
    elif line.limit.limited:
        found = _limit(line.limit, now)
    elif line.held:
        found = Badge(f"{line.held:,} OWNED", f"×{line.held:,}"[:9], "$text-success")
    elif line.seller is not Seller.SHOP:
        found = figure_badge(line)
    elif line.offer.discount:
        found = Badge(discount_words(line), discount_words(line), "bold $text-success")
    else:
        found = TIERS[line.tier]
    return found


def _limit(limit: Limit, now: int) -> Badge:
    """The badge of a limited edition; what is short of it is the time, else the stock."""
    words = limit.words(now)
    match limit.availability(now):
        case Availability.SOLD_OUT:
            return SOLD_OUT
        case Availability.GONE:
            return GONE
        case Availability.TO_COME:
            assert limit.available_from is not None
            day = to_datetime(limit.available_from)
            return Badge(words, f"{day.day} {day:%b}", "$warning")
        case _:
            stock = f"{limit.stock_remaining} LEFT"
            time = words.rpartition(" · ")[2] if limit.available_until is not None else stock
            return Badge(words.replace("left", "LEFT"), time, "$warning")


def figure_badge(line: ShopLine) -> Badge:
    """What a piece of gear does: the first of its figures, as `rob 8 %`, `pays 6,000`."""
    for name, amount in line.figures.items():
        measure = MEASURES[name]
        short, long = brings_words(name, amount), f"{measure.label} {amount:,}{measure.unit}"
        return Badge(long, short, "$foreground 80%", short.removeprefix(f"{measure.label} "))
    return NO_BADGE


def discount_words(line: ShopLine) -> str:
    """What a bundle takes off: `−15 %`."""
    return f"−{line.offer.discount} %"


def sold_again(line: ShopLine) -> bool:
    """Whether there is anything of it left to get for this player."""
    return not line.owned or line.category is Category.CONSUMABLE


def price_words(price: Price, *, tight: bool = False) -> str:
    """`🍊 1,200`, `💎 7`, `🍊 7,500 💎 4`; `tight` leaves blanks out of the last."""
    if price.free:
        return "free"
    gap = "" if tight and price.oranges and price.gems else " "
    parts = [
        f"{sign}{gap}{amount:,}"
        for sign, amount in ((ORANGE, price.oranges), (GEM, price.gems))
        if amount
    ]
    return gap.join(parts) if gap else "".join(parts)


def can_afford(price: Price, card: PlayerCard | None) -> bool:
    """Whether a player has the money; without one, whether it costs nothing."""
    oranges, gems = (0, 0) if card is None else (card.oranges, card.gems)
    return (
        can_pay(price.oranges, oranges, Currency.ORANGES) is None
        and can_pay(price.gems, gems, Currency.GEMS) is None
    )


class Shelf(StrEnum):
    """The shop's shelves, in their order on screen; most are named as the inventory's tabs."""

    ALL = "all"
    FRAMES = "frames"
    TITLES = "titles"
    BACKGROUNDS = "backgrounds"
    EFFECTS = "effects"
    BIGPULP = "bigpulp"
    DRAWER_STYLE = "drawer_style"
    CONSUMABLES = "consumables"
    WEAPON = "weapon"
    ARMOR = "armor"
    BUSINESS = "business"
    HOUSING = "housing"
    BUNDLES = "bundles"
    LIMITED = "limited"

    def holds(self, line: ShopLine) -> bool:
        """Whether a player item lies on it."""
        match self:
            case Shelf.ALL:
                return True
            case Shelf.BUNDLES:
                return line.category is Category.BUNDLE
            case Shelf.LIMITED:
                return line.limit.limited
            case Shelf.WEAPON | Shelf.ARMOR | Shelf.BUSINESS | Shelf.HOUSING:
                return line.category == self.value
            case _:
                return line.category in TAB_CATEGORIES[InventoryTab(self.value)]


class ShopOrder(StrEnum):
    """The shop's sort orders."""

    CATEGORY = "category"
    PRICE = "price"
    PAYABLE = "what I can pay"
    RARITY = "rarity"
    NAME = "name"


def _dearness(line: ShopLine) -> tuple[bool, int, int]:
    """Cheap first; what is paid in gems comes after what is not."""
    return bool(line.price.gems), line.price.oranges, line.price.gems


def _within_reach(line: ShopLine, card: PlayerCard | None) -> tuple[bool, int, int]:
    """What can be bought and paid comes first, the dearest of it in front; then the cheapest."""
    reach = sold_again(line) and not line.price.free and can_afford(line.price, card)
    sign = -1 if reach else 1
    return not reach, sign * line.price.oranges, sign * line.price.gems


_KEYS: dict[ShopOrder, Callable[[ShopLine], object]] = {
    ShopOrder.PRICE: _dearness,
    ShopOrder.RARITY: lambda line: (-line.rarity.rank, _dearness(line)),
    ShopOrder.NAME: lambda line: (line.name.casefold(), line.slug),
}


def arranged(
    lines: Iterable[ShopLine],
    shelf: Shelf,
    order: ShopOrder,
    sought: str = "",
    card: PlayerCard | None = None,
) -> tuple[ShopLine, ...]:
    """The lines of a shelf that a search finds, in an order; by category as they come.

    What `card` can pay comes first in its order, the dearest of it first.
    """
    search = parse_search(sought)
    found = [
        line
        for line in lines
        if shelf.holds(line) and search.finds(line, line.price.oranges, line.description)
    ]
    if order is ShopOrder.PAYABLE:
        return tuple(sorted(found, key=lambda line: _within_reach(line, card)))
    key = _KEYS.get(order)
    return tuple(found if key is None else sorted(found, key=key))  # type: ignore[arg-type]


IN_USE = {Category.BUSINESS: "open", Category.HOUSING: "your home now"}
"""What is said of a piece of gear in its slot that is not worn on the body."""


def bought_words(purchase: Purchase) -> str:
    """What was bought and what became of it: `Neon Frame is yours and worn.`"""
    name, count = purchase.name, len(purchase.item_ids)
    if purchase.category is Category.BUNDLE:
        number = len(purchase.worn)
        worn = f", {'all' if number == count else number} worn" if number else ""
        words = f"{name} is yours: {counted(count, 'thing')}{worn}."
    else:
        done = IN_USE.get(purchase.category, "worn")
        words = f"{name} is yours and {done}." if purchase.worn else f"{name} is yours."
    if purchase.rank_up:
        words += f" You are {purchase.rank_up} now!"
    return words
