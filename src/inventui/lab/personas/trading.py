"""What personas do with others: bazaar, trades, friends and gifts."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from inventui.content.pack import PackNeighbour
from inventui.lab.personas.actor import Actor
from inventui.lab.personas.model import Persona
from inventui.lab.town.catalogue import TownCatalogue, TownItem
from inventui.lab.town.people import Piece
from inventui.lab.town.trading import nature_of
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Status
from inventui.rules.npc.valuation import weigh
from inventui.rules.people.friends import FriendEvent, FriendshipState

MOST_OPEN = 5
"""Most listings that a persona has at once."""

MOST_BOUGHT = 3
"""Most listings that it buys in a session, and most trades that it offers."""


def spare(actor: Actor, categories: Collection[Category]) -> list[Piece]:
    """What of some categories can go: of collectibles what is there more than once, less one."""
    seen: set[str] = set()
    found = []
    for piece in actor.pieces():
        item = piece.item
        if item.category not in categories or item.default:
            continue
        kept = item.category is Category.COLLECTIBLE and item.slug not in seen
        seen.add(item.slug)
        if piece.status is Status.OWNED and not kept:
            found.append(piece)
    return found


def list_spare(persona: Persona, actor: Actor, _: TownCatalogue) -> Iterator[int]:
    """List what can go, at `ask` percent of the suggested price."""
    room = MOST_OPEN - actor.listed()
    for piece in spare(actor, persona.lists)[: max(0, room)]:
        actor.put_up(piece, max(1, actor.suggested(piece) * persona.ask // 100))
    yield 0


def buy_bargains(persona: Persona, actor: Actor, _: TownCatalogue) -> Iterator[int]:
    """Buy listings that it wants, the cheapest first, for at most `pays` percent of the worth."""
    owned = {piece.item.slug for piece in actor.pieces()}
    left = MOST_BOUGHT
    for listing in sorted(actor.bazaar_now(), key=lambda found: found.price):
        item = listing.piece.item
        wanted = item.category in persona.wants and item.slug not in owned
        purse = actor.oranges - persona.reserve
        if left and wanted and listing.price <= min(purse, item.worth * persona.pays // 100):
            owned.add(item.slug)
            left -= actor.buy_listing(listing) is None
    yield 0


def offer_spare(persona: Persona, actor: Actor, catalogue: TownCatalogue) -> Iterator[int]:
    """Offer what can go to the neighbour who pays most for it, if that is enough."""
    for piece in spare(actor, persona.offers)[:MOST_BOUGHT]:
        item = piece.item
        best = max(
            ((_would_pay(near, item), near.name) for near in catalogue.neighbours),
            default=(0, ""),
        )
        if best[0] * 100 >= max(1, item.resale * persona.ask):
            actor.offer(best[1], piece, best[0])
    yield 0


def _would_pay(neighbour: PackNeighbour, item: TownItem) -> int:
    """The most oranges for which a neighbour takes an item in a trade."""
    asked = 2 * item.resale
    return asked - weigh(nature_of(neighbour), [item.valued], 0, [], asked).missing


def answer_trades(persona: Persona, actor: Actor, _: TownCatalogue) -> Iterator[int]:
    """Accept the trades that bring `ask` percent of what it gives, and decline the others."""
    for trade in actor.waiting_trades():
        gets = trade.give_oranges + sum(piece.item.resale for piece in trade.give)
        gives = trade.ask_oranges + sum(piece.item.resale for piece in trade.ask)
        yes = gets * 100 >= gives * persona.ask
        if actor.answer(trade, yes=yes) is not None and yes:
            actor.answer(trade, yes=False)
    yield 0


def make_friends(_: Persona, actor: Actor, __: TownCatalogue) -> Iterator[int]:
    """Say yes to who asks, and ask everybody else."""
    for name, bond in actor.friendships().items():
        if bond is FriendshipState.WAITING:
            actor.befriend(name, FriendEvent.ACCEPT)
        elif bond is FriendshipState.NONE:
            actor.befriend(name, FriendEvent.REQUEST)
    yield 0


def give_spare(persona: Persona, actor: Actor, _: TownCatalogue) -> Iterator[int]:
    """Give something that can go to the first friend who may have it, or `alms` oranges to one."""
    bonds = actor.friendships().items()
    friends = [name for name, bond in bonds if bond is FriendshipState.FRIENDS]
    for piece in spare(actor, persona.gifts)[:1]:
        next((name for name in friends if actor.give(name, piece) is None), None)
    if persona.alms and friends and actor.oranges - persona.reserve >= persona.alms:
        actor.give_oranges(friends[-1], persona.alms)
    yield 0
