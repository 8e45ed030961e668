"""Read models and outcomes of property, and what catching up with time brought."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from inventui.engine.core.models import Balance
from inventui.rules.core.money import Currency
from inventui.rules.property import Arrears
from inventui.rules.time.situation import VisitKind


@dataclass(frozen=True, slots=True)
class RobberyLine:
    """A robbery by a neighbour.

    Attributes:
        at: when.
        robber: its name.
        success: whether it succeeded.
        oranges: what it took.
        stolen: the name of the gear that it took, or None.
    """

    at: int
    robber: str
    success: bool
    oranges: int
    stolen: str | None


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit of a neighbour, who answered a request, asked for friendship, or brought a gift.

    Attributes:
        at: when.
        name: the neighbour's.
        kind: what it came for.
        oranges: what it gave.
        gift: what it gave, as a text; empty if nothing.
    """

    at: int
    name: str
    kind: VisitKind
    oranges: int
    gift: str


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcome of catching up with a span of a player's time.

    Attributes:
        operation: the operation that wrote it.
        since: when the span began.
        until: up to when it was caught up with.
        periods: for how many periods the business paid.
        revenue: what it brought, in oranges.
        cost: what it cost, in oranges.
        days_paid: for how many days the home's upkeep was paid.
        upkeep: what that cost, in oranges.
        days_due: how many days' upkeep are unpaid at the end.
        evicted: name of the home that was lost, or None.
        raids: robberies by neighbours.
        broken: names of the gear that broke.
        expired: names of what expired in escrow.
        balance: what the player had then.
        calls: visits of neighbours.
        unsold: names of what came back from the bazaar.
        unanswered: names of the players who did not answer an offer in time.
    """

    operation: int
    since: int
    until: int
    periods: int
    revenue: int
    cost: int
    days_paid: int
    upkeep: int
    days_due: int
    evicted: str | None
    raids: tuple[RobberyLine, ...]
    broken: tuple[str, ...]
    expired: tuple[str, ...]
    balance: Balance
    calls: tuple[VisitLine, ...] = ()
    repeat: bool = False
    unsold: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    unpaid: Mapping[Currency, int] = field(default_factory=dict)

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to tell."""
        return not (
            self.periods
            or self.days_paid
            or self.days_due
            or self.evicted
            or self.raids
            or self.calls
            or self.broken
            or self.expired
            or self.unsold
            or self.unanswered
        )


@dataclass(frozen=True, slots=True)
class BusinessView:
    """A player's business.

    Attributes:
        item_id: the player item's number.
        revenue: of a day, in oranges.
        cost: of a day, in oranges.
        earned: net of all that it ever brought, in oranges.
        last: (end of the period, revenue, cost) of the last few periods, newest first.
        next_at: when it pays next.
        reduced: whether arrears lower what it brings.
    """

    item_id: int
    slug: str
    name: str
    rarity: str
    sprite: str
    revenue: int
    cost: int
    earned: int
    last: tuple[tuple[int, int, int], ...]
    next_at: int
    reduced: bool


@dataclass(frozen=True, slots=True)
class HomeView:
    """A player's home.

    Attributes:
        item_id: the player item's number.
        upkeep: of a day, in oranges.
        insurance: percent of loot that it keeps, as it counts now.
        rest: percent more that it makes shifts pay, as it counts now.
        next_at: when upkeep is due next.
        arrears: what unpaid upkeep does by now.
        days_due: how many days are unpaid.
        owed: for them, in oranges.
        debuff_at: from when bonuses and revenue are lowered, if it stays unpaid.
        eviction_at: when the home is lost, if it stays unpaid.
    """

    item_id: int
    slug: str
    name: str
    rarity: str
    sprite: str
    upkeep: int
    insurance: int
    rest: int
    next_at: int
    arrears: Arrears
    days_due: int
    owed: int
    debuff_at: int | None
    eviction_at: int | None


@dataclass(frozen=True, slots=True)
class PropertyView:
    """A player's business and home, as of now."""

    business: BusinessView | None
    home: HomeView | None
    oranges: int
    at: int


@dataclass(frozen=True, slots=True)
class UpkeepPaid:
    """The outcome of paying upkeep.

    Attributes:
        operation: the operation that paid.
        days: for how many days.
        paid: in oranges.
        balance: what is left.
    """

    operation: int
    days: int
    paid: int
    balance: Balance
    repeat: bool = False
