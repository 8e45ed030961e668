"""A player's situation: all that time can change, and what a span of time brought."""

from dataclasses import dataclass, field
from enum import StrEnum

from inventui.rules.people.friends import FriendshipState
from inventui.rules.property import UpkeepState


@dataclass(frozen=True, slots=True)
class Business:
    """An equipped business: its revenue and operating cost a day, in oranges, and since when."""

    player_item: int
    revenue: int
    cost: int
    since: int


@dataclass(frozen=True, slots=True)
class Home:
    """An equipped home: its upkeep a day in oranges, its insurance in percent, and since when."""

    player_item: int
    upkeep: int
    insurance: int
    since: int


@dataclass(frozen=True, slots=True)
class Armour:
    """An equipped armour: its defence bonus in percent, and its durability."""

    player_item: int
    defence: int
    durability: int


@dataclass(frozen=True, slots=True)
class NearbyNeighbour:
    """A neighbour who may visit or rob a player.

    Attributes:
        since: when it moved in.
        mischief: how readily it robs, in percent.
        bonus: its rob bonus, in percent.
        friendliness: how readily it befriends, in percent.
        generosity: how readily it gives, in percent.
        bond: the player's friendship with it.
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
class Had:
    """What a player had in a span that a clock which ran ahead has reached before.

    Attributes:
        periods: numbers of the periods that paid.
        days: numbers of the days whose upkeep fell due.
        robbed: numbers of the visits' periods in which a neighbour robbed them.
        visited: spans of time (after the first, up to the second) whose presents were brought.
    """

    periods: frozenset[int] = frozenset()
    days: frozenset[int] = frozenset()
    robbed: frozenset[int] = frozenset()
    visited: tuple[tuple[int, int], ...] = ()

    def was_visited(self, at: int) -> bool:
        """Whether presents of the period that ends at a time were brought."""
        return any(since < at <= until for since, until in self.visited)


@dataclass(frozen=True, slots=True)
class Situation:
    """A player's situation at a moment.

    Attributes:
        seed: the world's seed.
        player: the player's number.
        oranges: what they have.
        safe_until: until when they can't be robbed.
        unpaid: (day, oranges) of the upkeep that is unpaid, the oldest first.
        spare: numbers of the gear that is owned and not equipped, ascending.
        neighbours: the neighbours, in a stable order.
        presents: slugs of the items that they may give, in a stable order.
        away_since: when they were last here; None if they are never away.
        robbed: the periods in which neighbours have robbed them since then.
        had: what of the span to come they had already, as its time was reached before.
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
    neighbours: tuple[NearbyNeighbour, ...] = ()
    presents: tuple[str, ...] = ()
    away_since: int | None = None
    robbed: tuple[int, ...] = ()
    had: Had = Had()


@dataclass(frozen=True, slots=True)
class IncomeLine:
    """What a business brought and cost in one period; `reduced` by unpaid upkeep."""

    period: int
    player_item: int
    revenue: int
    cost: int
    reduced: bool


@dataclass(frozen=True, slots=True)
class UpkeepLine:
    """One day's upkeep and its state at the end of the span; `known` if it was due before it."""

    day: int
    player_item: int
    due: int
    state: UpkeepState
    known: bool


@dataclass(frozen=True, slots=True)
class NeighbourRobbery:
    """A robbery by a neighbour: what it took, and how much the player's armour wore."""

    period: int
    at: int
    neighbour: NearbyNeighbour
    chance: int
    success: bool
    oranges: int
    stolen: int | None
    armour: int | None
    wear: int


class VisitKind(StrEnum):
    """Why a neighbour visits: to answer a request, to make one, or with a present."""

    ACCEPT = "accept"
    DECLINE = "decline"
    REQUEST = "request"
    ORANGES = "oranges"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class NeighbourVisit:
    """A visit of a neighbour; with a present it has `oranges`, or the slug of an `item`."""

    at: int
    neighbour: NearbyNeighbour
    kind: VisitKind
    oranges: int = 0
    item: str = ""


@dataclass(slots=True)
class Elapsed:
    """What a span brought, line by line, and the player's situation after it."""

    situation: Situation
    incomes: list[IncomeLine] = field(default_factory=list)
    upkeep: list[UpkeepLine] = field(default_factory=list)
    robberies: list[NeighbourRobbery] = field(default_factory=list)
    visits: list[NeighbourVisit] = field(default_factory=list)
    evicted: int | None = None
    """The number of the home that was lost."""

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
        return sum(visit.oranges for visit in self.visits)

    @property
    def oranges_lost(self) -> int:
        """What neighbours took, in oranges."""
        return sum(robbery.oranges for robbery in self.robberies)
