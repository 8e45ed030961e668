"""What the neighbours of a town buy, list and offer in a period of the bazaar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from inventui.lab.town.bazaar import (
    check_listing,
    expire_listings,
    put_up,
    sell_listing,
)
from inventui.lab.town.people import Listing, Townsman
from inventui.lab.town.town import Town
from inventui.lab.town.trading import expire_trades, nature_of, write_trade
from inventui.rules.core.categories import GEAR, Category
from inventui.rules.core.enums import Status
from inventui.rules.core.lifecycle import HELD
from inventui.rules.npc import bazaar_period
from inventui.rules.npc.bazaar_period import (
    PricedItem,
    PricedListing,
    Trader,
    pick_listing,
    pick_offer,
    pick_proposer,
    pick_purchase,
)

MOST_LISTINGS = 500
"""How many of the newest listings of players they look at."""


def players_listings(town: Town) -> list[Listing]:
    """What neighbours may buy, the newest first."""
    found = [
        listing
        for person in town.people.values()
        if person.neighbour is None
        for listing in person.listings.values()
        if listing.at < town.at < listing.until
    ]
    return sorted(found, key=lambda listing: -listing.id)[:MOST_LISTINGS]


def trade_proposers(town: Town, number: int) -> dict[Townsman, Townsman]:
    """Which players are offered a trade in a period, and by which neighbour."""
    neighbours = town.neighbours
    traders = [_trader(neighbour) for neighbour in neighbours]
    found = {}
    for person in town.people.values():
        if person.neighbour is None and person.created_at < town.at:
            proposer = pick_proposer(town.seed, number, person.id, traders)
            if proposer is not None:
                found[person] = neighbours[traders.index(proposer)]
    return found


def trade_in_period(
    town: Town, number: int, proposers: Mapping[Townsman, Townsman], *, first: bool
) -> None:
    """Write a period of the bazaar; in its first one every neighbour lists something."""
    listings = players_listings(town)
    town.begin_for_nobody("bazaar_turn")
    for neighbour in town.neighbours:
        expire_listings(town, neighbour)
        expire_trades(town, neighbour)
        _buy(town, number, neighbour, listings)
        _list(town, number, neighbour, first=first)
    for person, neighbour in proposers.items():
        _offer(town, number, person, neighbour)


def _trader(neighbour: Townsman) -> Trader:
    assert neighbour.neighbour is not None
    nature = nature_of(neighbour.neighbour)
    return Trader(neighbour.neighbour.id, nature.taste, nature.favourite)


def _buy(town: Town, number: int, neighbour: Townsman, listings: Sequence[Listing]) -> None:
    offered, found = [], {}
    for listing in listings:
        if check_listing(town, neighbour, listing) is None:
            item = listing.piece.item
            offered.append(
                PricedListing(listing.id, item.category, item.rarity, item.resale, listing.price)
            )
            found[listing.id] = listing
    chosen = pick_purchase(town.seed, number, _trader(neighbour), neighbour.oranges, offered)
    if chosen is not None:
        sell_listing(town, found[chosen], neighbour)


def _list(town: Town, number: int, neighbour: Townsman, *, first: bool) -> None:
    if len(neighbour.listings) >= bazaar_period.MOST_LISTED:
        return
    supply = town.catalogue.supply
    chosen = pick_listing(town.seed, number, _trader(neighbour), supply, sure=first)
    if chosen is not None:
        slug, price = chosen
        (piece,) = town.give(neighbour, [town.catalogue.items[slug]])
        put_up(town, neighbour, piece, price)


def _offer(town: Town, number: int, person: Townsman, neighbour: Townsman) -> None:
    """Let a neighbour offer oranges for a player item to its taste."""
    held = {p.item.slug: p.item for p in person.pieces.values() if p.status in HELD}
    wanted = [
        PricedItem(item.slug, item.category, item.rarity, item.resale)
        for _, item in sorted(held.items())
        if item.category not in GEAR
        and (item.category is Category.COLLECTIBLE or not neighbour.has(item))
    ]
    trader = _trader(neighbour)
    chosen = pick_offer(town.seed, number, person.id, trader, neighbour.oranges, wanted)
    if chosen is None:
        return
    slug, price = chosen
    free = (p for p in person.pieces.values() if p.item.slug == slug and p.status is Status.OWNED)
    piece = next(free, None)
    if piece is not None:
        write_trade(town, neighbour, person, (), price, (piece,), 0)
