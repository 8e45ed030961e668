"""The bazaar of a town: listings, sales and prices."""

from __future__ import annotations

from inventui.lab.town.people import Listing, Piece, Townsman
from inventui.lab.town.town import Town
from inventui.rules.achievements import Condition
from inventui.rules.bazaar import (
    DURATION,
    PAST_SALES,
    ItemToList,
    ListingState,
    OpenListing,
    Shopper,
    check_list,
    check_purchase,
    fee,
    suggestion,
)
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY
from inventui.rules.core.enums import Status
from inventui.rules.core.money import HouseAccount
from inventui.rules.core.refusal import Reason, Refusal


def open_listings(town: Town) -> list[Listing]:
    """Everything that can be bought now, the oldest first."""
    found = (one for person in town.people.values() for one in person.listings.values())
    return sorted((one for one in found if one.until > town.at), key=lambda one: one.id)


def suggested(town: Town, piece: Piece) -> int:
    """The price that the game suggests for a player item."""
    price = piece.item.offer.price
    past = town.sales[piece.item.slug][: -PAST_SALES - 1 : -1]
    return suggestion(piece.item.value, price.oranges, price.gems, past)


def list_piece(town: Town, me: Townsman, piece: Piece, price: int) -> Refusal | None:
    """List a player item for so many oranges."""
    item = piece.item
    refusal = check_list(ItemToList(item.name, piece.status, False, item.default), price)
    if refusal is None:
        town.begin("list", me)
        put_up(town, me, piece, price)
    return refusal


def put_up(town: Town, seller: Townsman, piece: Piece, price: int) -> None:
    """Write a listing."""
    piece.status, piece.since = Status.LISTED, town.at
    number = town.next_number("listing")
    until = town.at + DURATION
    seller.listings[number] = Listing(number, seller, piece, price, town.at, until)
    seller.tally[Condition.LISTINGS] += 1


def expire_listings(town: Town, seller: Townsman) -> None:
    """Let what nobody bought in time come home."""
    for listing in [one for one in seller.listings.values() if one.until <= town.at]:
        del seller.listings[listing.id]
        listing.piece.status, listing.piece.since = Status.OWNED, town.at


def check_listing(town: Town, buyer: Townsman, listing: Listing) -> Refusal | None:
    """None if somebody may buy a listing now."""
    item = listing.piece.item
    open_ = listing.id in listing.seller.listings
    state = ListingState.OPEN if open_ else ListingState.SOLD
    mine = listing.seller is buyer
    owns = item.category is not Category.COLLECTIBLE and buyer.has(item)
    gear_held = buyer.gear_held() if item.gear else 0
    return check_purchase(
        OpenListing(item.name, item.category, listing.price, listing.until, state, mine),
        Shopper(buyer.oranges, owns, gear_held),
        town.at,
    )


def buy_listing(town: Town, me: Townsman, number: int) -> Refusal | None:
    """Buy a listing."""
    found = (person.listings.get(number) for person in town.people.values())
    listing = next((one for one in found if one is not None), None)
    if listing is None:
        return Refusal(Reason.SOLD_OUT, "That is not to be had any more.")
    refusal = check_listing(town, me, listing)
    if refusal is None:
        town.begin("bazaar_buy", me)
        sell_listing(town, listing, me)
    return refusal


def sell_listing(town: Town, listing: Listing, buyer: Townsman) -> None:
    """Let a listing's player item and its price change hands; the house keeps its fee."""
    seller = listing.seller
    del seller.listings[listing.id]
    town.hand_on(listing.piece, seller, buyer)
    town.hand_over("bazaar", listing.price, buyer, seller)
    town.charge(seller, HouseAccount.BAZAAR_FEE, fee(listing.price))
    item, day = listing.piece.item, town.at // DAY
    town.sales[item.slug].append(listing.price)
    paid, worth = town.sold[day]
    town.sold[day] = paid + listing.price, worth + item.worth
    seller.tally[Condition.BAZAAR_SALES] += 1
