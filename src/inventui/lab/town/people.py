"""Who lives in a town, and what they have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from inventui.content.pack import PackNeighbour
from inventui.lab.town.catalogue import TownItem
from inventui.rules.achievements import Condition
from inventui.rules.core.categories import GEAR, Category
from inventui.rules.core.enums import Status
from inventui.rules.people.friends import FriendshipState
from inventui.rules.time.situation import NearbyNeighbour


@dataclass(slots=True, eq=False)
class Piece:
    """A player item that somebody has, or that waits in their escrow.

    Attributes:
        since: when its status last changed.
        held_until: until when escrow keeps it.
        case: the case that gave it, if one did.
        uses: how often a consumable can be used yet.
        counted: whether it counted for the reward of a set, whoever had it then.
    """

    id: int
    item: TownItem
    status: Status
    durability: int
    since: int
    held_until: int = 0
    case: str = ""
    uses: int = 0
    counted: bool = False


@dataclass(slots=True, eq=False)
class Listing:
    """A player item in the bazaar, from `at` to `until`, by the number of the listing."""

    id: int
    seller: Townsman
    piece: Piece
    price: int
    at: int
    until: int


@dataclass(slots=True, eq=False)
class OpenTrade:
    """A trade that waits for its partner's answer until a time."""

    id: int
    proposer: Townsman
    partner: Townsman
    give: tuple[Piece, ...]
    give_oranges: int
    ask: tuple[Piece, ...]
    ask_oranges: int
    until: int


@dataclass(slots=True, eq=False)
class SeedPairState:
    """A seed pair in use."""

    server_seed: str
    client_seed: str
    nonce: int = 0


@dataclass(slots=True, eq=False)
class Townsman:
    """A player or a neighbour.

    Attributes:
        pieces: what they hold or what waits in escrow, by number, ascending.
        unpaid: (day, oranges) of the upkeep that is unpaid.
        settled_until: until when their time was caught up with.
        seen_at: when they were last here.
        rested_on: the last day of which a shift was paid more for their home.
        robbed_away: the periods in which neighbours robbed them since then.
        nearby: the neighbours, with their friendship.
        robbed: whom they robbed, when.
        since_hit: by case, rolls since its guarantee's last hit.
        tally: what goals count of what they did.
        achieved: ids of the goals that were rewarded.
        completed: cases whose set was rewarded.
        gear_day, gear_items: the day of the gear shop that was drawn last, and its slugs.
        rerolls: how often it was drawn again on that day.
        fed: whether the next shift pays more for a donut.
        listings: what they have in the bazaar, by number.
        proposed: trades that they proposed and that are open, by number.
        bonds: friendships with other players, as they see them, by number.
        slots: by category, what was put on last, though it may be off or gone by now.
        askers: who asked to be friends, the latest last.
        unread: presents and gifts that they have not looked at.
        neighbour: its table in the pack, if it is a neighbour.
    """

    id: int
    name: str
    created_at: int
    oranges: int = 0
    gems: int = 0
    experience: int = 0
    pair: SeedPairState | None = None
    pieces: dict[int, Piece] = field(default_factory=dict)
    unpaid: tuple[tuple[int, int], ...] = ()
    settled_until: int = 0
    seen_at: int = 0
    robbed_away: tuple[int, ...] = ()
    nearby: tuple[NearbyNeighbour, ...] = ()
    shifts: int = 0
    shift_day: int = -1
    shifts_today: int = 0
    rested_on: int = -1
    last_shift_at: int | None = None
    bonus_day: int | None = None
    streak: int = 0
    robbed: dict[int, list[tuple[int, bool]]] = field(default_factory=lambda: defaultdict(list))
    since_hit: dict[str, int] = field(default_factory=dict)
    tally: dict[Condition, int] = field(default_factory=lambda: defaultdict(int))
    achieved: set[str] = field(default_factory=set)
    completed: set[str] = field(default_factory=set)
    gear_day: int = -1
    gear_items: tuple[str, ...] = ()
    rerolls: int = 0
    fed: bool = False
    listings: dict[int, Listing] = field(default_factory=dict)
    proposed: dict[int, OpenTrade] = field(default_factory=dict)
    bonds: dict[int, FriendshipState] = field(default_factory=dict)
    slots: dict[Category, Piece] = field(default_factory=dict)
    askers: list[int] = field(default_factory=list)
    unread: int = 0
    neighbour: PackNeighbour | None = None

    def note_most(self, condition: Condition, number: int) -> None:
        """Note how far something went, if it never went as far."""
        self.tally[condition] = max(self.tally[condition], number)

    def worn(self, category: Category) -> Piece | None:
        """What they wear of a kind of gear."""
        piece = self.slots.get(category)
        if piece is None or piece.status is not Status.EQUIPPED or piece.id not in self.pieces:
            return None
        return piece

    def owned(self) -> list[Piece]:
        """What they own and do not wear."""
        return [piece for piece in self.pieces.values() if piece.status is Status.OWNED]

    def escrowed(self) -> list[Piece]:
        """What waits in escrow, the oldest first."""
        return [piece for piece in self.pieces.values() if piece.status is Status.ESCROWED]

    def gear_held(self) -> int:
        """How many pieces of gear take up their room."""
        return sum(
            piece.item.category in GEAR and piece.status is not Status.ESCROWED
            for piece in self.pieces.values()
        )

    def spare_gear(self) -> Iterator[Piece]:
        """Gear that is owned and not worn: what can be stolen."""
        return (piece for piece in self.owned() if piece.item.gear)

    def shifts_on(self, day: int) -> int:
        """How many shifts they worked on a day."""
        return self.shifts_today if self.shift_day == day else 0

    def bond(self, other: Townsman) -> FriendshipState:
        """The friendship with somebody, as this player sees it."""
        if other.neighbour is None:
            return self.bonds.get(other.id, FriendshipState.NONE)
        return next(n.bond for n in self.nearby if n.player == other.id)

    def befriend(self, other: Townsman, bond: FriendshipState) -> None:
        """Let a friendship be in another state."""
        if bond is FriendshipState.WAITING:
            self.askers = [*(number for number in self.askers if number != other.id), other.id]
        if other.neighbour is None:
            self.bonds[other.id] = bond
            return
        self.nearby = tuple(
            replace(near, bond=bond) if near.player == other.id else near for near in self.nearby
        )

    def has(self, item: TownItem) -> bool:
        """Whether they have one of an item, in escrow too."""
        return any(piece.item is item for piece in self.pieces.values())

    def ends(self) -> list[int]:
        """When their listings and the trades that they proposed end."""
        listed = [listing.until for listing in self.listings.values()]
        return [*listed, *(trade.until for trade in self.proposed.values())]
