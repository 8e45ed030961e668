"""Affairs: how player items stand with a player, and what a span of time makes of that."""

from dataclasses import dataclass, field
from enum import StrEnum

from inventui.rules.people.people import FriendshipState
from inventui.rules.property import UpkeepState


@dataclass(frozen=True, slots=True)
class Business:
    """A business that is run: its figures a day, in oranges, and since when."""

    player_item: int
    revenue: int
    cost: int
    since: int


@dataclass(frozen=True, slots=True)
class Home:
    """A home that is lived in: upkeep a day in oranges, insurance in percent, since when."""

    player_item: int
    upkeep: int
    insurance: int
    since: int


@dataclass(frozen=True, slots=True)
class Armour:
    """An armour that is worn: its bonus in percent, its points of durability."""

    player_item: int
    defence: int
    durability: int


@dataclass(frozen=True, slots=True)
class Raider:
    """A neighbour who may come by, since it moved in.

    Attributes:
        mischief: how readily it robs, in percent.
        bonus: its rob bonus, in percent.
        friendliness: how readily it befriends, in percent.
        generosity: how readily it gives, in percent.
        bond: how the player stands with it.
    """

    player: int
    name: str
    mischief: int
    bonus: int
    since: int
    friendliness: int = 0
    generosity: int = 0
    bond: FriendshipState = FriendshipState.NONE


@dataclass(frozen=True, slots=True)
class Situation:
    """How player items stand with a player when a span begins.

    Attributes:
        seed: the world's seed.
        player: the player's number.
        oranges: what they have.
        safe_until: until when nobody robs them.
        unpaid: (day, oranges) of upkeep that is due still, the oldest first.
        spare: numbers of the gear that is owned and not worn, ascending.
        raiders: the neighbours, in a stable order.
        presents: slugs of what they may give, in a stable order.
    """

    seed: str
    player: int
    oranges: int
    safe_until: int = 0
    business: Business | None = None
    home: Home | None = None
    armour: Armour | None = None
    unpaid: tuple[tuple[int, int], ...] = ()
    spare: tuple[int, ...] = ()
    raiders: tuple[Raider, ...] = ()
    presents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IncomeLine:
    """What a business brought in one period."""

    period: int
    player_item: int
    revenue: int
    cost: int
    reduced: bool


@dataclass(frozen=True, slots=True)
class UpkeepLine:
    """What became of one day's upkeep; `known` if it was due before the span."""

    day: int
    player_item: int
    due: int
    state: UpkeepState
    known: bool


@dataclass(frozen=True, slots=True)
class Raid:
    """A neighbour came by: what it took, and what it wore off."""

    period: int
    at: int
    raider: Raider
    chance: int
    success: bool
    oranges: int
    stolen: int | None
    armour: int | None
    wear: int


class CallKind(StrEnum):
    """Why a neighbour called."""

    ACCEPT = "accept"
    DECLINE = "decline"
    REQUEST = "request"
    ORANGES = "oranges"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class NeighbourCall:
    """A neighbour called: it answered, asked, or brought a present."""

    at: int
    raider: Raider
    kind: CallKind
    oranges: int = 0
    item: str = ""


@dataclass(slots=True)
class Elapsed:
    """What a span brought, line by line, and how player items stand after it."""

    situation: Situation
    incomes: list[IncomeLine] = field(default_factory=list)
    upkeep: list[UpkeepLine] = field(default_factory=list)
    raids: list[Raid] = field(default_factory=list)
    calls: list[NeighbourCall] = field(default_factory=list)
    evicted: int | None = None
    """The home that was lost."""

    @property
    def revenue(self) -> int:
        """What the business brought in all, in oranges."""
        return sum(line.revenue for line in self.incomes)

    @property
    def cost(self) -> int:
        """What the business cost in all, in oranges."""
        return sum(line.cost for line in self.incomes)

    @property
    def upkeep_paid(self) -> int:
        """What was paid for the home, in oranges."""
        return sum(line.due for line in self.upkeep if line.state is UpkeepState.PAID)

    @property
    def oranges_given(self) -> int:
        """What neighbours gave, in oranges."""
        return sum(call.oranges for call in self.calls)

    @property
    def oranges_lost(self) -> int:
        """What neighbours took, in oranges."""
        return sum(raid.oranges for raid in self.raids)
