"""Shop: limited editions, bundle prices, and whether a player may buy an item."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from inventui.rules.core import lifecycle
from inventui.rules.core.categories import COSMETICS, GEAR, Category
from inventui.rules.core.clock import DAY, HOUR, MINUTE, SECOND, to_datetime, to_iso
from inventui.rules.core.money import Currency, can_pay, check_price
from inventui.rules.core.refusal import Reason, Refusal


@dataclass(frozen=True, slots=True)
class Price:
    """What an item costs: oranges, gems, or both."""

    oranges: int = 0
    gems: int = 0

    @property
    def free(self) -> bool:
        """Whether it costs nothing."""
        return not self.oranges and not self.gems

    def __add__(self, other: "Price") -> "Price":
        return Price(self.oranges + other.oranges, self.gems + other.gems)

    def __sub__(self, other: "Price") -> "Price":
        return Price(self.oranges - other.oranges, self.gems - other.gems)


class Seller(StrEnum):
    """Who sells: the shop's catalogue, a player's daily gear shop, or the black market."""

    SHOP = "shop"
    GEAR_SHOP = "gear_shop"
    MARKET = "market"


class Availability(StrEnum):
    """Whether a limited edition is on sale."""

    OPEN = "open"
    SOLD_OUT = "sold_out"
    GONE = "gone"
    TO_COME = "to_come"


@dataclass(frozen=True, slots=True)
class Limit:
    """What makes an item a limited edition; times are milliseconds since 1970-01-01 UTC."""

    stock_limit: int | None = None
    stock_remaining: int | None = None
    available_from: int | None = None
    available_until: int | None = None

    @property
    def limited(self) -> bool:
        """Whether there is any limit."""
        return self != Limit()

    def availability(self, now: int) -> Availability:
        """Whether it is on sale at a time; time is asked before stock, as `check_buy` does."""
        if self.available_from is not None and now < self.available_from:
            return Availability.TO_COME
        if self.available_until is not None and now >= self.available_until:
            return Availability.GONE
        if self.stock_remaining is not None and self.stock_remaining <= 0:
            return Availability.SOLD_OUT
        return Availability.OPEN

    def words(self, now: int) -> str:
        """The badge's text; empty if there is no limit."""
        match self.availability(now):
            case Availability.TO_COME:
                assert self.available_from is not None
                return f"Available {to_datetime(self.available_from):%-d %b %Y}"
            case Availability.GONE:
                return "NO LONGER AVAILABLE"
            case Availability.SOLD_OUT:
                return "SOLD OUT"
            case _:
                stock = (
                    f"{self.stock_remaining}/{self.stock_limit} left"
                    if self.stock_limit is not None
                    else ""
                )
                time = (
                    countdown(self.available_until - now)
                    if self.available_until is not None
                    else ""
                )
                return " · ".join(words for words in (stock, time) if words)


def countdown(milliseconds: int) -> str:
    """The time left in its two largest units: `2 d 04 h`, `3 h 09 min`, `4 min 05 s`, `12 s`."""
    left = max(0, milliseconds)
    if left >= DAY:
        return f"{left // DAY} d {left % DAY // HOUR:02} h"
    if left >= HOUR:
        return f"{left // HOUR} h {left % HOUR // MINUTE:02} min"
    if left >= MINUTE:
        return f"{left // MINUTE} min {left % MINUTE // SECOND:02} s"
    return f"{left // SECOND} s"


@dataclass(frozen=True, slots=True)
class Offer:
    """An item or a bundle for sale.

    Attributes:
        active: whether the catalogue still has it.
        contents: for a bundle, each item in it as an offer of its own.
        discount: for a bundle, in percent.
    """

    slug: str
    name: str
    category: Category
    price: Price
    active: bool = True
    limit: Limit = field(default_factory=Limit)
    contents: tuple["Offer", ...] = ()
    discount: int = 0

    @property
    def for_sale(self) -> bool:
        """Whether a shop sells it: everything that has a price, but for what cases drop."""
        return self.category is not Category.COLLECTIBLE and (
            self.category is Category.BUNDLE or not self.price.free
        )


@dataclass(frozen=True, slots=True)
class BundleQuote:
    """What a bundle costs one buyer.

    Attributes:
        wanted: what the buyer would get: what they do not own yet, and consumables.
        full: the sum of its prices.
        price: what is paid: `full` less the discount.
    """

    wanted: tuple[Offer, ...]
    full: Price
    price: Price

    @property
    def saving(self) -> Price:
        """What the discount takes off."""
        return self.full - self.price


def quote_bundle(bundle: Offer, owned: Iterable[str]) -> BundleQuote:
    """A bundle's price: floor(sum of the prices of what is not owned yet × (1 − discount)).

    Consumables may be owned many times, so they always count.
    """
    have = set(owned)
    wanted = tuple(
        offer
        for offer in bundle.contents
        if offer.category is Category.CONSUMABLE or offer.slug not in have
    )
    full = sum((offer.price for offer in wanted), Price())
    rest = 100 - bundle.discount
    return BundleQuote(wanted, full, Price(full.oranges * rest // 100, full.gems * rest // 100))


@dataclass(frozen=True, slots=True)
class Buyer:
    """What buying needs to know of a player: slugs owned, gear held, and the wallet."""

    owned: frozenset[str]
    gear_held: int
    oranges: int
    gems: int


def price_for(offer: Offer, buyer: Buyer) -> Price:
    """What an offer costs this buyer."""
    if offer.category is Category.BUNDLE:
        return quote_bundle(offer, buyer.owned).price
    return offer.price


def check_buy(offer: Offer, buyer: Buyer, now: int, shown: Price | None = None) -> Refusal | None:
    """None if `buyer` may buy, else the first refusal in this order.

    Active, on sale now, in stock, not owned already, room for gear, at the price that was
    `shown` (if anybody says), funds.
    """
    price = price_for(offer, buyer)
    return (
        _check_offer(offer, now)
        or _check_owned(offer, buyer)
        or _check_room(offer, buyer)
        or _check_shown(price, shown)
        or _check_funds(price, buyer)
    )


def _check_shown(price: Price, shown: Price | None) -> Refusal | None:
    if shown is None:
        return None
    return check_price(price.oranges, shown.oranges, Currency.ORANGES) or check_price(
        price.gems, shown.gems, Currency.GEMS
    )


def _check_offer(offer: Offer, now: int) -> Refusal | None:
    figures: dict[str, object] = {"item": offer.slug}
    if not offer.active or not offer.for_sale:
        return Refusal(
            Reason.NOT_FOR_SALE,
            f"{offer.name} is not for sale. Look around the shop for what is.",
            figures,
        )
    match offer.limit.availability(now):
        case Availability.TO_COME:
            assert offer.limit.available_from is not None
            begins = offer.limit.available_from
            return Refusal(
                Reason.NOT_YET_AVAILABLE,
                f"{offer.name} is not on sale before {to_datetime(begins):%-d %b %Y %H:%M} UTC. "
                f"Come back in {countdown(begins - now)}.",
                {**figures, "available_from": to_iso(begins)},
            )
        case Availability.GONE:
            return Refusal(
                Reason.NO_LONGER_AVAILABLE,
                f"{offer.name} is no longer available: its time is over.",
                figures,
            )
        case Availability.SOLD_OUT:
            return Refusal(
                Reason.SOLD_OUT,
                f"{offer.name} is sold out: all {offer.limit.stock_limit} are gone.",
                {**figures, "stock_limit": offer.limit.stock_limit, "stock_remaining": 0},
            )
        case _:
            return None


def _check_owned(offer: Offer, buyer: Buyer) -> Refusal | None:
    if offer.category is Category.BUNDLE:
        if quote_bundle(offer, buyer.owned).wanted:
            return None
        message = f"You own everything in {offer.name} already."
    elif offer.category is Category.CONSUMABLE or offer.slug not in buyer.owned:
        return None
    else:
        message = f"You own {offer.name} already: one is enough. It is in your inventory."
    return Refusal(Reason.ALREADY_OWNED, message, {"item": offer.slug})


def _check_room(offer: Offer, buyer: Buyer) -> Refusal | None:
    wanted = quote_bundle(offer, buyer.owned).wanted if offer.contents else (offer,)
    gear = sum(part.category in GEAR for part in wanted)
    if not gear or buyer.gear_held + gear <= lifecycle.GEAR_ROOM:
        return None
    return Refusal(
        Reason.NO_ROOM,
        f"There is room for {lifecycle.GEAR_ROOM} pieces of gear and you hold {buyer.gear_held}. "
        "Sell or discard one first.",
        {"room": lifecycle.GEAR_ROOM, "held": buyer.gear_held},
    )


def _check_funds(price: Price, buyer: Buyer) -> Refusal | None:
    return can_pay(price.oranges, buyer.oranges, Currency.ORANGES) or can_pay(
        price.gems, buyer.gems, Currency.GEMS
    )


def worn_on_buying(category: Category) -> bool:
    """Whether items of this category are put on as soon as they are bought."""
    return category in GEAR or category in COSMETICS
