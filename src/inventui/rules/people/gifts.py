"""Gifts: what may be given, to whom, and with which words."""

from dataclasses import dataclass

from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Event, Status
from inventui.rules.core.money import MOST, Currency, can_pay, money_words
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.text import faults_of_text
from inventui.rules.inventory.inventory import check_move
from inventui.rules.people.friends import FriendshipState, not_friends

MESSAGE_LENGTH = 200
"""Most characters of a gift's message."""


@dataclass(frozen=True, slots=True)
class GiftItem:
    """A player item that is to be given.

    Attributes:
        friend_owns: whether the friend has one already.
    """

    name: str
    category: Category
    status: Status
    locked: bool
    is_default: bool
    friend_owns: bool


def check_message(message: str) -> Refusal | None:
    """None if a message fits a gift: at most 200 characters, none that hides."""
    faults = faults_of_text(message, MESSAGE_LENGTH)
    if not faults:
        return None
    return Refusal(
        Reason.INVALID_MESSAGE,
        f"That message can't be sent: {faults[0]}. Take up to {MESSAGE_LENGTH} characters "
        "in one line.",
        {"longest": MESSAGE_LENGTH, "length": len(message)},
    )


def gift_words(giver: str, what: str, message: str) -> str:
    """What the friend is told of a gift."""
    return f"{giver} gave you {what}." + (f" “{message}”" if message else "")


def check_receiver(name: str, standing: FriendshipState, *, myself: bool) -> Refusal | None:
    """None if gifts may go to this player: friends only."""
    if myself:
        return Refusal(Reason.NO_TARGET, "A gift to yourself changes nothing. Name a friend.")
    if standing is FriendshipState.FRIENDS:
        return None
    return not_friends("Gifts go to", name, standing)


def check_gift_item(receiver: str, player_item: GiftItem) -> Refusal | None:
    """None if a player item may be given: owned, free, no default, and not the friend's already."""
    refusal = check_move(
        player_item.name, player_item.status, Event.GIFT, locked=player_item.locked
    )
    if refusal is not None:
        return refusal
    if player_item.is_default:
        return Refusal(
            Reason.IS_DEFAULT,
            f"{player_item.name} is one of the things that everybody owns from the start.",
            {"category": str(player_item.category)},
        )
    if player_item.friend_owns and player_item.category is not Category.CONSUMABLE:
        return Refusal(
            Reason.ALREADY_OWNED,
            f"{receiver} has {player_item.name} already.",
            {"player": receiver},
        )
    return None


def check_gift_money(amount: int, current: int, currency: Currency) -> Refusal | None:
    """None if a sum may be given: at least 1, and the giver has it."""
    if not 1 <= amount <= MOST:
        return Refusal(
            Reason.INVALID_AMOUNT,
            f"A gift is at least {money_words(1, currency)}, not {amount:,}.",
            {"amount": amount, "least": 1, "most": MOST},
        )
    return can_pay(amount, current, currency)
