"""A room as a descriptor: what it brings to each floor, and where it stands on the map."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class FeedKind:
    """How the feed tells a kind of operation; `{other}` is who or what else it concerned.

    Attributes:
        topics: the filters that show it; none: only who else it concerned is told.
        mine: said to who did it.
        theirs: said to whom it concerned.
        mine_failed, theirs_failed: the same where it failed, or was an unlocking.
        either: it may bring money, player items or both, and is shown under what it brought.
    """

    topics: frozenset[Topic] = frozenset()
    mine: str = ""
    theirs: str = ""
    mine_failed: str = ""
    theirs_failed: str = ""
    either: bool = False


def told(mine: str, *topics: Topic, theirs: str = "", either: bool = False) -> FeedKind:
    """A kind that never fails."""
    return FeedKind(frozenset(topics), mine, theirs, either=either)


@dataclass(frozen=True, slots=True)
class RoomGroup:
    """Rooms that stand together on the map; the groups never move.

    Attributes:
        slug: its word.
        title: what the room bar calls it.
        key: the digit that leads to its first room, and from there to the next.
    """

    slug: str
    title: str
    key: str


HOME = RoomGroup("home", "Home", "1")


CASES = RoomGroup("cases", "Cases", "2")


ITEMS = RoomGroup("things", "Things", "3")


MARKET = RoomGroup("market", "Market", "4")


STREETS = RoomGroup("streets", "Streets", "5")


PEOPLE = RoomGroup("people", "People", "6")


ME = RoomGroup("me", "Me", "7")


GROUPS = (HOME, CASES, ITEMS, MARKET, STREETS, PEOPLE, ME)
"""The groups, in the order of the bar."""


@dataclass(frozen=True, slots=True)
class RoomPlace:
    """A part of a room that can be gone to, e.g. a tab.

    Attributes:
        slug: its word, which the room knows.
        title: what the map calls it.
        letter: leads there after the leader key.
        help: one sentence for map and palette.
    """

    slug: str
    title: str
    letter: str
    help: str


@dataclass(frozen=True, slots=True)
class RoomDescriptor:
    """What a room brings to each floor.

    Attributes:
        slug: its word, also what notifications call it; worlds have stored it.
        screen: `module:class` below `inventui.screens`; empty if it has no screen.
        title: what the room bar calls it.
        help: one sentence for menu and palette.
        key: a key that leads there besides those of the map, as Textual names it; empty for none.
        group: where it stands on the map; in a group the rooms stand in the order of `ROOMS`.
        letter: leads there after the leader key.
        places: the parts of the room that the map names too.
        handle: attribute of a player's handle → `module:callable` below `inventui.engine`, which
            gets the handle. Its type stands in `engine/player.py`.
        commands: a module below `inventui.cli` → the first words of its commands; `module:name`
            where the commands are not `app`.
        feed: kind of an operation → how the feed tells it. A kind that no room has is not shown.
    """

    slug: str
    screen: str = ""
    title: str = ""
    help: str = ""
    key: str = ""
    group: RoomGroup | None = None
    letter: str = ""
    places: tuple[RoomPlace, ...] = ()
    handle: Mapping[str, str] = field(default_factory=dict)
    commands: Mapping[str, str] = field(default_factory=dict)
    feed: Mapping[str, FeedKind] = field(default_factory=dict)
