"""Bazaar: what may be listed, bought and taken back, the house's fee, and suggested prices."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from inventui.rules.core import lifecycle
from inventui.rules.core.categories import GEAR, Category
from inventui.rules.core.clock import DAY, HOUR
from inventui.rules.core.enums import Event, Status
from inventui.rules.core.money import Currency, can_pay, money_words
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.inventory import check_move

DURATION = 7 * DAY
"""How long a listing is open, in milliseconds; then it expires."""

BAZAAR_PERIOD = 6 * HOUR
"""How often the neighbours come to the bazaar, in milliseconds."""

FEE_PERCENT = 5
"""Percent of the price that the house keeps; a listing keeps the fee that it was put up with."""

LEAST_FEE = 1
"""The least that the house keeps, in oranges."""

LEAST_PRICE, MOST_PRICE = 1, 1_000_000_000
"""What a listing may cost, in oranges."""

PAST_SALES = 9
"""How many of the latest sales a suggestion looks at."""

SHOWN_SALES = 60
"""How many of the latest sales a price history shows."""

ORANGES_PER_GEM = 100
"""How many oranges a gem counts for where an item's only price is in gems."""

RESALE_PERCENT = 60
"""Percent of its catalogue price that an item is worth if the house does not buy it."""


class ListingState(StrEnum):
    """The state of a listing; all but `open` are final."""

    OPEN = "open"
    SOLD = "sold"
    TAKEN_BACK = "taken_back"
    EXPIRED = "expired"


class BazaarSort(StrEnum):
    """The orders in which listings are shown."""

    NEWEST = "newest"
    ENDING = "ending"
    CHEAPEST = "cheapest"
    DEAREST = "dearest"
    VALUE = "value"
    RARITY = "rarity"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class ItemToList:
    """A player item before it is listed."""

    name: str
    status: Status
    locked: bool
    is_default: bool


@dataclass(frozen=True, slots=True)
class OpenListing:
    """A listing in front of a buyer.

    Attributes:
        name: the player item's.
        price: in oranges.
        until: when it ends by itself.
        mine: whether the buyer listed it.
    """

    name: str
    category: Category
    price: int
    until: int
    state: ListingState
    mine: bool


@dataclass(frozen=True, slots=True)
class Shopper:
    """A buyer of one item.

    Attributes:
        oranges: how many they have.
        owns: whether they have one of the item already, in escrow too.
        gear_held: how many pieces of gear they hold.
    """

    oranges: int
    owns: bool
    gear_held: int


def fee(price: int) -> int:
    """What the house keeps of a price: `FEE_PERCENT`, rounded down, at least `LEAST_FEE`."""
    return max(LEAST_FEE, price * FEE_PERCENT // 100)


def catalogue_price(shop_oranges: int, shop_gems: int) -> int:
    """An item's catalogue price in oranges; 0 if it can't be bought."""
    return shop_oranges or shop_gems * ORANGES_PER_GEM


def resale(value: int, shop_oranges: int, shop_gems: int) -> int:
    """What an item is worth to a neighbour who gets it, in oranges.

    Args:
        value: what the house pays for it.
        shop_oranges: its catalogue price in oranges.
        shop_gems: its catalogue price in gems.
    """
    return value or catalogue_price(shop_oranges, shop_gems) * RESALE_PERCENT // 100


def suggestion(value: int, shop_oranges: int, shop_gems: int, past: Sequence[int]) -> int:
    """The suggested price of an item, in oranges.

    Args:
        value: what the house pays for it.
        shop_oranges: its catalogue price in oranges.
        shop_gems: its catalogue price in gems.
        past: the prices of its past sales in the bazaar, the latest first.

    Returns:
        The median of the latest sales (the lower of the middle two), without sales the
        catalogue's price where the house does not buy it; but no less than what leaves the
        seller as much as the house would pay.
    """
    if past:
        price = lower_median(past[:PAST_SALES])
    else:
        price = 0 if value else catalogue_price(shop_oranges, shop_gems)
    return min(MOST_PRICE, max(LEAST_PRICE, price, price_for(value) if value else 0))


def price_for(proceeds: int) -> int:
    """The least price of which so much is left to its seller."""
    price = proceeds + max(LEAST_FEE, proceeds * FEE_PERCENT // (100 - FEE_PERCENT))
    # The fee is rounded down: the price that was reckoned may be one too many or too few.
    while price - fee(price) < proceeds:
        price += 1
    while price > LEAST_PRICE and price - 1 - fee(price - 1) >= proceeds:
        price -= 1
    return price


def lower_median(prices: Sequence[int]) -> int:
    """The middle price of some, or the lower of the middle two."""
    return sorted(prices)[(len(prices) - 1) // 2]


def check_price(price: int) -> Refusal | None:
    """None if a listing may cost so many oranges."""
    if LEAST_PRICE <= price <= MOST_PRICE:
        return None
    return Refusal(
        Reason.INVALID_AMOUNT,
        f"Ask for {LEAST_PRICE} to {MOST_PRICE:,} oranges, a whole number.",
        {"least": LEAST_PRICE, "most": MOST_PRICE, "amount": price},
    )


def check_list(player_item: ItemToList, price: int) -> Refusal | None:
    """None if a player item may be listed at a price: owned, not locked, no default."""
    refusal = check_price(price) or check_move(
        player_item.name, player_item.status, Event.LIST, locked=player_item.locked
    )
    if refusal is None and player_item.is_default:
        refusal = Refusal(
            Reason.IS_DEFAULT,
            f"{player_item.name} is everybody's from the start: nobody would buy it.",
        )
    return refusal


_ENDED = {
    ListingState.SOLD: (Reason.SOLD_OUT, "{name} is sold: somebody was quicker."),
    ListingState.TAKEN_BACK: (Reason.NOT_FOR_SALE, "{name} was taken back by its owner."),
    ListingState.EXPIRED: (Reason.NO_LONGER_AVAILABLE, "{name} is no longer listed."),
}


def check_open(name: str, state: ListingState, until: int, now: int) -> Refusal | None:
    """None if a listing is open and its time is not over; else why it can't be had any more."""
    if state is ListingState.OPEN and now >= until:
        state = ListingState.EXPIRED
    if state is ListingState.OPEN:
        return None
    reason, said = _ENDED[state]
    return Refusal(reason, said.format(name=name) + " Look for another.", {"state": str(state)})


def check_purchase(listing: OpenListing, shopper: Shopper, now: int) -> Refusal | None:
    """None if a listing may be bought: open, not one's own, not owned already, room, funds."""
    name = listing.name
    refusal = check_open(name, listing.state, listing.until, now)
    if refusal is not None:
        return refusal
    if listing.mine:
        return Refusal(Reason.OWN_LISTING, f"{name} is your own listing. Take it back instead.", {})
    if shopper.owns and listing.category not in (Category.CONSUMABLE, Category.COLLECTIBLE):
        return Refusal(Reason.ALREADY_OWNED, f"You own {name} already: one is enough.", {})
    if listing.category in GEAR and shopper.gear_held >= lifecycle.GEAR_ROOM:
        return Refusal(
            Reason.NO_ROOM,
            f"You hold {shopper.gear_held} pieces of gear, and {lifecycle.GEAR_ROOM} is all there "
            "is room for. Sell or discard one first.",
            {"room": lifecycle.GEAR_ROOM, "held": shopper.gear_held},
        )
    return can_pay(listing.price, shopper.oranges, Currency.ORANGES)


_NO_MORE = {
    ListingState.SOLD: "it was sold already",
    ListingState.TAKEN_BACK: "you took it back already",
    ListingState.EXPIRED: "nobody bought it in time, and it is home again",
}


def check_delist(name: str, state: ListingState, *, mine: bool) -> Refusal | None:
    """None if a listing may be taken back: one's own, and open."""
    if not mine:
        return Refusal(
            Reason.NOT_YOURS, f"That listing of {name} is somebody else's to take back.", {}
        )
    if state is not ListingState.OPEN:
        return Refusal(
            Reason.ENDED,
            f"{name} is listed no more: {_NO_MORE[state]}.",
            {"state": str(state)},
        )
    return None


def unknown_listing(number: int) -> Refusal:
    """The refusal for a number that no listing has."""
    return Refusal(
        Reason.UNKNOWN_LISTING,
        f"There is no listing number {number}. Look one up with: inventui bazaar",
        {"listing": number},
    )


def sold_words(buyer: str, name: str, price: int, kept: int) -> str:
    """The notification of a sale, for the seller; `kept` is the fee."""
    return (
        f"{buyer} bought your {name} for {money_words(price, Currency.ORANGES)}: "
        f"{price - kept:,} are yours, {kept:,} the house kept."
    )


def home_words(name: str) -> str:
    """The notification of an expired listing, for its seller."""
    return f"Nobody bought {name} in {DURATION // DAY} days: it is home again."
