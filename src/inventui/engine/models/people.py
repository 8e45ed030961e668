"""People: friends, gifts and withdrawals, as read models and outcomes."""

from dataclasses import dataclass

from inventui.engine.models.players import Balance
from inventui.rules.categories import Category
from inventui.rules.enums import Rarity
from inventui.rules.people import Bond, FriendEvent
from inventui.rules.withdrawals import WithdrawalState


@dataclass(frozen=True, slots=True)
class FriendLine:
    """Somebody as one player stands with them.

    Attributes:
        player: their number.
        rank: their rank's name.
        neighbour: whether a computer plays them.
        since: when the last thing happened between the two, or None if nothing ever did.
    """

    player: int
    name: str
    rank: str
    neighbour: bool
    bond: Bond
    since: int | None
    emoji: str
    sprite: str
    line: str


@dataclass(frozen=True, slots=True)
class FriendChange:
    """Something happened between two players.

    Attributes:
        bond: how the player stands with the other now.
    """

    operation: int
    name: str
    event: FriendEvent
    bond: Bond
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class GiftSent:
    """A gift went to a friend.

    Attributes:
        item_id: the giver's number of the thing, which is the friend's now.
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


@dataclass(frozen=True, slots=True)
class GiftLine:
    """A gift that was sent or received.

    Attributes:
        id: its number.
        sent: whether the player gave it.
        other: the friend's name.
        name: the thing's name, or None for money.
        item_id: the player's own number of the thing.
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
    """What a player gave and got in all."""

    items_given: int
    oranges_given: int
    gems_given: int
    items_received: int
    oranges_received: int
    gems_received: int


@dataclass(frozen=True, slots=True)
class WithdrawalLine:
    """A withdrawal.

    Attributes:
        id: its number.
        item_id: the thing's number.
        path: where the certificate lies, or an empty text while it is pending.
    """

    id: int
    item_id: int
    name: str
    category: Category
    rarity: Rarity
    value: int
    at: int
    details: str
    state: WithdrawalState
    path: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A thing left the world; its certificate is written next.

    Attributes:
        withdrawal: the withdrawal's number.
        rotated: whether the player's seed pair was retired, so that its roll can be proved.
    """

    operation: int
    withdrawal: int
    item_id: int
    name: str
    value: int
    rotated: bool
    at: int
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one pending withdrawal.

    Attributes:
        path: where the certificate lies, or an empty text if it could not be written.
        trouble: why not, in one sentence, or an empty text.
    """

    withdrawal: int
    name: str
    path: str
    trouble: str


@dataclass(frozen=True, slots=True)
class Exported:
    """A player's data was written to a file.

    Attributes:
        size: how many characters it has.
    """

    path: str
    size: int
