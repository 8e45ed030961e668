"""Read models and outcomes of friends and gifts."""

from dataclasses import dataclass

from inventui.engine.core.models import Balance
from inventui.rules.core.enums import Rarity
from inventui.rules.people.friends import FriendEvent, FriendshipState

MOST_LISTED = 1_000
"""So many of the latest events of friendship, and so many others by name, are looked at."""


@dataclass(frozen=True, slots=True)
class FriendLine:
    """Another player or a neighbour, with their friendship to one player.

    Attributes:
        player: their number.
        rank: their rank's name.
        neighbour: whether a computer plays them.
        bond: their friendship, as the player sees it.
        since: when it last changed, or None if it never did.
        line: what a neighbour says, or an empty text.
    """

    player: int
    name: str
    rank: str
    neighbour: bool
    bond: FriendshipState
    since: int | None
    emoji: str
    sprite: str
    line: str


@dataclass(frozen=True, slots=True)
class FriendChange:
    """The outcome of an event of friendship.

    Attributes:
        bond: the friendship after it, as the player sees it.
    """

    operation: int
    name: str
    event: FriendEvent
    bond: FriendshipState
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class GiftSent:
    """The outcome of a gift.

    Attributes:
        item_id: the giver's number of the player item, which is the friend's now.
        received_id: the friend's number of it.
    """

    operation: int
    receiver: str
    item_id: int | None
    received_id: int | None
    name: str | None
    oranges: int
    gems: int
    message: str
    balance: Balance
    at: int
    repeat: bool = False

    @property
    def can_be_undone(self) -> bool:
        """Whether it is a thing, which may come back until its friend has seen it."""
        return self.item_id is not None


@dataclass(frozen=True, slots=True)
class GiftLine:
    """A gift that was sent or received.

    Attributes:
        id: its number.
        sent: whether the player gave it.
        other: the friend's name.
        name: the player item's name, or None for money.
        item_id: the player's own number of the player item.
    """

    id: int
    at: int
    sent: bool
    other: str
    name: str | None
    rarity: Rarity | None
    item_id: int | None
    oranges: int
    gems: int
    message: str


@dataclass(frozen=True, slots=True)
class GiftPage:
    """Gifts, the newest first; `next` is the number to go on after, or None at the end."""

    gifts: tuple[GiftLine, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class GiftStatistics:
    """Sums of what a player gave and received."""

    items_given: int
    oranges_given: int
    gems_given: int
    items_received: int
    oranges_received: int
    gems_received: int
