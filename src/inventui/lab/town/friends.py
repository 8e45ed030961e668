"""Friends of a town, and what they give each other."""

from __future__ import annotations

from inventui.lab.town.people import Piece, Townsman
from inventui.lab.town.town import Town
from inventui.rules.achievements import Condition
from inventui.rules.core import lifecycle
from inventui.rules.core.categories import GEAR
from inventui.rules.core.money import Currency
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.escrow import GIFT_HELD
from inventui.rules.people.friends import (
    FRIENDSHIP_TRANSITIONS,
    FriendEvent,
    FriendshipState,
    check_friend_event,
    friendship_state,
)
from inventui.rules.people.gifts import (
    GiftItem,
    check_gift_item,
    check_gift_money,
    check_receiver,
)


def change_friendship(
    town: Town, me: Townsman, other: Townsman, event: FriendEvent
) -> Refusal | None:
    """Request, accept, decline or end a friendship."""
    before = me.bond(other)
    refusal = check_friend_event(other.name, before, event, myself=other is me)
    if refusal is None:
        town.begin(f"friend_{event}", me)
        me.befriend(other, FRIENDSHIP_TRANSITIONS[before, event])
        if other.neighbour is None:
            other.befriend(me, friendship_state(event, by_me=False))
    return refusal


def give_item(town: Town, me: Townsman, friend: Townsman, piece: Piece) -> Refusal | None:
    """Give a friend a player item; gear without room waits in their escrow."""
    item = piece.item
    refusal = _check_friend(me, friend) or check_gift_item(
        friend.name,
        GiftItem(item.name, item.category, piece.status, False, item.default, friend.has(item)),
    )
    if refusal is None:
        town.begin("gift", me)
        waits = item.category in GEAR and friend.gear_held() >= lifecycle.GEAR_ROOM
        town.hand_on(piece, me, friend, GIFT_HELD if waits else None)
        note_gift(me, friend)
    return refusal


def give_oranges(town: Town, me: Townsman, friend: Townsman, oranges: int) -> Refusal | None:
    """Give a friend oranges."""
    refusal = _check_friend(me, friend) or check_gift_money(oranges, me.oranges, Currency.ORANGES)
    if refusal is None:
        town.begin("gift", me)
        town.hand_over("gift", oranges, me, friend)
        note_gift(me, friend)
    return refusal


def note_gift(giver: Townsman, receiver: Townsman) -> None:
    """Count a gift for who gave it, and let who got it be told."""
    giver.tally[Condition.GIFTS_GIVEN] += 1
    receiver.unread += 1


def _check_friend(me: Townsman, friend: Townsman) -> Refusal | None:
    myself = friend is me
    bond = FriendshipState.NONE if myself else me.bond(friend)
    return check_receiver(friend.name, bond, myself=myself)
