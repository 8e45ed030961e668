"""The feed: which operations it shows, under which topics, and with which words."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType


class Topic(StrEnum):
    """A filter of the feed."""

    MONEY = "money"
    THINGS = "things"
    CASES = "cases"
    SHOP = "shop"
    STREETS = "streets"
    PEOPLE = "people"
    PROPERTY = "property"
    BAZAAR = "bazaar"
    TRADES = "trades"
    WORKSHOP = "workshop"


_MONEY, _PLAYER_ITEMS, _PEOPLE = Topic.MONEY, Topic.THINGS, Topic.PEOPLE

TOPICS: Mapping[str, frozenset[Topic]] = MappingProxyType(
    {
        "open": frozenset({Topic.CASES, _MONEY, _PLAYER_ITEMS}),
        "rotate": frozenset({Topic.CASES}),
        "sell": frozenset({_MONEY, _PLAYER_ITEMS}),
        "lock": frozenset({_PLAYER_ITEMS}),
        "discard": frozenset({_PLAYER_ITEMS}),
        "buy": frozenset({Topic.SHOP, _MONEY, _PLAYER_ITEMS}),
        "reroll": frozenset({Topic.SHOP, _MONEY}),
        "claim": frozenset({_PLAYER_ITEMS}),
        "equip": frozenset({_PLAYER_ITEMS}),
        "unequip": frozenset({_PLAYER_ITEMS}),
        "use": frozenset({_PLAYER_ITEMS}),
        "shift": frozenset({Topic.STREETS, _MONEY}),
        "daily": frozenset({Topic.STREETS, _MONEY}),
        "rob": frozenset({Topic.STREETS, _MONEY}),
        "settle": frozenset({Topic.PROPERTY, _MONEY}),
        "upkeep": frozenset({Topic.PROPERTY, _MONEY}),
        "gift": frozenset({_PEOPLE, _MONEY, _PLAYER_ITEMS}),
        "friend_request": frozenset({_PEOPLE}),
        "friend_accept": frozenset({_PEOPLE}),
        "friend_decline": frozenset({_PEOPLE}),
        "friend_remove": frozenset({_PEOPLE}),
        "rename": frozenset({_PEOPLE}),
        "visit": frozenset({_PEOPLE}),
        "achieve": frozenset({_MONEY, _PLAYER_ITEMS}),
        "grant": frozenset({_MONEY, _PLAYER_ITEMS}),
        "player": frozenset({_MONEY}),
        "withdraw": frozenset({_PLAYER_ITEMS}),
        "list": frozenset({Topic.BAZAAR, _PLAYER_ITEMS}),
        "delist": frozenset({Topic.BAZAAR, _PLAYER_ITEMS}),
        "bazaar_buy": frozenset({Topic.BAZAAR, _MONEY, _PLAYER_ITEMS}),
        "trade": frozenset({Topic.TRADES, _MONEY, _PLAYER_ITEMS}),
        "trade_counter": frozenset({Topic.TRADES, _MONEY, _PLAYER_ITEMS}),
        "trade_accept": frozenset({Topic.TRADES, _MONEY, _PLAYER_ITEMS}),
        "trade_decline": frozenset({Topic.TRADES, _MONEY, _PLAYER_ITEMS}),
        "trade_take_back": frozenset({Topic.TRADES, _MONEY, _PLAYER_ITEMS}),
        "fuse": frozenset({Topic.WORKSHOP, _MONEY, _PLAYER_ITEMS}),
        "complete": frozenset({Topic.WORKSHOP, _MONEY}),
    }
)
"""Kind of an operation → its topics. A kind that is missing is not shown."""

EITHER: frozenset[str] = frozenset(
    {
        "gift",
        "grant",
        "settle",
        "trade",
        "trade_counter",
        "trade_accept",
        "trade_decline",
        "trade_take_back",
    }
)
"""Kinds that may bring money, player items or both; each is shown under what it brought."""

_MINE: Mapping[str, str] = MappingProxyType(
    {
        "open": "You opened cases",
        "rotate": "You retired a seed pair",
        "sell": "You sold to the house",
        "lock": "You locked or unlocked",
        "discard": "You threw away",
        "buy": "You bought",
        "reroll": "You had the gear shop filled anew",
        "claim": "You claimed from escrow",
        "equip": "You put on",
        "unequip": "You took off",
        "use": "You used a consumable",
        "shift": "You worked a shift",
        "daily": "You took the daily bonus",
        "settle": "Time went by",
        "upkeep": "You paid your upkeep",
        "gift": "You gave {other}",
        "friend_request": "You asked {other} to be your friend",
        "friend_accept": "You said yes to {other}",
        "friend_decline": "You said no to {other}",
        "friend_remove": "You ended it with {other}",
        "rename": "You took the name {other}",
        "visit": "You looked into a drawer",
        "achieve": "You achieved something",
        "grant": "The world's owner gave you",
        "player": "You came into this world",
        "withdraw": "You withdrew",
        "list": "You listed in the bazaar",
        "delist": "You took back from the bazaar",
        "bazaar_buy": "You bought from {other}",
        "trade": "You offered {other} a trade",
        "trade_counter": "You answered {other} with another offer",
        "trade_accept": "You traded with {other}",
        "trade_decline": "You declined an offer of {other}",
        "trade_take_back": "You took back an offer to {other}",
        "fuse": "You fused {other} into",
        "complete": "You completed {other}",
    }
)
_THEIRS: Mapping[str, str] = MappingProxyType(
    {
        "gift": "{other} gave you",
        "friend_request": "{other} asked to be your friend",
        "friend_accept": "{other} said yes to you",
        "friend_decline": "{other} said no to you",
        "friend_remove": "{other} ended it with you",
        "bazaar_buy": "{other} bought from you",
        "bazaar_turn": "{other} bought from you",
        "trade": "{other} offered you a trade",
        "trade_counter": "{other} answered you with another offer",
        "trade_accept": "{other} traded with you",
        "trade_decline": "{other} declined your offer",
        "trade_take_back": "{other} took back an offer to you",
        "use": "{other} threw something at your drawer",
    }
)


def kinds_of(topic: Topic | None) -> tuple[str, ...]:
    """The kinds of operations of a topic, or all that the feed shows."""
    return tuple(kind for kind, topics in TOPICS.items() if topic is None or topic in topics)


def time_words(robbed: Sequence[str], foiled: Sequence[str], called: Sequence[str]) -> str:
    """What a span of time brought, by the names of who came by; some are named."""
    said = [
        f"{names[0]}{f' and {len(names) - 1} more' * (len(names) > 1)} {what}"
        for names, what in (
            (robbed, "robbed you"),
            (foiled, "failed to rob you"),
            (called, "called"),
        )
        if names
    ]
    return "Time went by" + ": " * bool(said) + ", ".join(said)


def feed_words(kind: str, other: str, *, mine: bool, success: bool) -> str:
    """One line of the feed, without sums and player items.

    Args:
        kind: the operation's.
        other: who else it concerned, or an empty text.
        mine: whether the reader did it.
        success: whether it went well for whoever did it; only robberies can fail.
    """
    if kind == "rob":
        if mine:
            return f"You robbed {other}" if success else f"{other} caught you"
        return f"{other} robbed you" if success else f"{other} tried to rob you and failed"
    known = (_MINE if mine else _THEIRS).get(kind)
    return kind.replace("_", " ").capitalize() if known is None else known.format(other=other)
