"""Away: all that time does to a player between two moments, reckoned in one go.

Only boundaries count: each multiple of 3 h (a business pays), each 00:00 UTC (upkeep is
due), each multiple of 6 h (a neighbour may come by). At one boundary they happen in that
order. What they bring is drawn from the world's seed, so it makes no difference in how
many pieces a span is reckoned.
"""

from dataclasses import dataclass, field, replace

from inventui.rules.clock import DAY, HOUR
from inventui.rules.draws import Draws
from inventui.rules.property import (
    PERIOD,
    Arrears,
    UpkeepState,
    arrears,
    period_ends,
    reduced,
    takings,
)
from inventui.rules.streets import GEAR_CHANCE, POOR, loot, rob_chance, succeeds, wear

RAID_PERIOD = 6 * HOUR
"""How often a neighbour may come by."""

RAID_CHANCE = 15
"""Percent of its periods in which a neighbour of 100 % mischief robs whom it has picked."""

_WORD = 2**32
_TICKETS = 1_000_000


@dataclass(frozen=True, slots=True)
class Business:
    """A business that is run: its figures a day, in oranges, and since when."""

    thing: int
    revenue: int
    cost: int
    since: int


@dataclass(frozen=True, slots=True)
class Home:
    """A home that is lived in: upkeep a day in oranges, insurance in percent, since when."""

    thing: int
    upkeep: int
    insurance: int
    since: int


@dataclass(frozen=True, slots=True)
class Armour:
    """An armour that is worn: its bonus in percent, its points of durability."""

    thing: int
    defence: int
    durability: int


@dataclass(frozen=True, slots=True)
class Raider:
    """A neighbour who may come by, since it moved in."""

    player: int
    name: str
    mischief: int
    bonus: int
    since: int


@dataclass(frozen=True, slots=True)
class Affairs:
    """How things stand with a player when a span begins.

    Attributes:
        seed: the world's seed.
        player: the player's number.
        oranges: what they have.
        safe_until: until when nobody robs them.
        unpaid: (day, oranges) of upkeep that is due still, the oldest first.
        spare: numbers of the gear that is owned and not worn, ascending.
        raiders: the neighbours, in a stable order.
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


@dataclass(frozen=True, slots=True)
class IncomeLine:
    """What a business brought in one period."""

    period: int
    thing: int
    revenue: int
    cost: int
    reduced: bool


@dataclass(frozen=True, slots=True)
class UpkeepLine:
    """What became of one day's upkeep; `known` if it was due before the span."""

    day: int
    thing: int
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


@dataclass(slots=True)
class Away:
    """What a span brought, line by line, and how things stand after it."""

    affairs: Affairs
    incomes: list[IncomeLine] = field(default_factory=list)
    upkeep: list[UpkeepLine] = field(default_factory=list)
    raids: list[Raid] = field(default_factory=list)
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
    def oranges_lost(self) -> int:
        """What neighbours took, in oranges."""
        return sum(raid.oranges for raid in self.raids)


def boundaries(since: int, until: int) -> range:
    """The boundaries after `since`, up to `until` itself."""
    return range((since // PERIOD + 1) * PERIOD, until // PERIOD * PERIOD + 1, PERIOD)


def away(affairs: Affairs, since: int, until: int) -> Away:
    """Everything that happens to a player after `since` and up to `until`."""
    span = Away(affairs)
    for at in boundaries(since, until):
        _open_till(span, at)
        if at % DAY == 0:
            _charge_upkeep(span, at // DAY)
        if at % RAID_PERIOD == 0:
            _let_raid(span, at)
    return span


def _debuffed(affairs: Affairs, day: int) -> bool:
    oldest = affairs.unpaid[0][0] if affairs.unpaid else None
    return arrears(oldest, day) in (Arrears.DEBUFF, Arrears.EVICTION)


def _open_till(span: Away, at: int) -> None:
    affairs = span.affairs
    business = affairs.business
    if business is None or business.since >= at:
        return
    period = at // PERIOD - 1
    assert period_ends(period) == at
    low = _debuffed(affairs, (at - 1) // DAY)
    brought = takings(
        affairs.seed, affairs.player, period, business.revenue, business.cost, debuffed=low
    )
    span.incomes.append(IncomeLine(period, business.thing, brought.revenue, brought.cost, low))
    span.affairs = replace(affairs, oranges=affairs.oranges + brought.net)


def _charge_upkeep(span: Away, day: int) -> None:
    affairs = span.affairs
    home = affairs.home
    if home is None or home.since >= day * DAY:
        return
    oranges = affairs.oranges
    unpaid = [*affairs.unpaid, (day, home.upkeep)]
    while unpaid and oranges >= unpaid[0][1]:
        paid_day, due = unpaid.pop(0)
        oranges -= due
        _end(span, paid_day, home.thing, due, UpkeepState.PAID, known=paid_day != day)
    if unpaid and arrears(unpaid[0][0], day) is Arrears.EVICTION:
        for owed_day, due in unpaid:
            _end(span, owed_day, home.thing, due, UpkeepState.EVICTED, known=owed_day != day)
        span.evicted = home.thing
        span.affairs = replace(affairs, oranges=oranges, unpaid=(), home=None)
        return
    if unpaid and unpaid[-1][0] == day:
        span.upkeep.append(UpkeepLine(day, home.thing, home.upkeep, UpkeepState.DUE, known=False))
    span.affairs = replace(affairs, oranges=oranges, unpaid=tuple(unpaid))


def _end(span: Away, day: int, thing: int, due: int, state: UpkeepState, *, known: bool) -> None:
    """End a day's upkeep, which may have fallen due within this same span."""
    for index, line in enumerate(span.upkeep):
        if line.day == day:
            span.upkeep[index] = replace(line, state=state)
            return
    span.upkeep.append(UpkeepLine(day, thing, due, state, known))


def _let_raid(span: Away, at: int) -> None:
    affairs = span.affairs
    period = at // RAID_PERIOD - 1
    around = [raider for raider in affairs.raiders if raider.since <= period * RAID_PERIOD]
    if not around:
        return
    draws = Draws(affairs.seed, "raid", f"{affairs.player}:{period}")
    raider = draws.pick(around)
    if draws.below(10_000) >= raider.mischief * RAID_CHANCE:
        return
    if affairs.oranges < POOR or at < affairs.safe_until:
        return
    low = _debuffed(affairs, (at - 1) // DAY)
    armour, home = affairs.armour, affairs.home
    defence = 0 if armour is None else armour.defence
    insurance = 0 if home is None else home.insurance
    if low:
        defence, insurance = reduced(defence), reduced(insurance)
    chance = rob_chance(raider.bonus, defence)
    success = succeeds(draws.below(_TICKETS), chance)
    taken = loot(affairs.oranges, draws.below(_WORD), insurance) if success else 0
    stolen = None
    if success and affairs.spare and draws.chance(GEAR_CHANCE):
        stolen = draws.pick(affairs.spare)
    points = 0 if armour is None else wear(draws.below(_WORD))
    span.raids.append(
        Raid(
            period=period,
            at=at,
            raider=raider,
            chance=chance,
            success=success,
            oranges=taken,
            stolen=stolen,
            armour=None if armour is None else armour.thing,
            wear=points,
        )
    )
    if armour is not None:
        left = armour.durability - points
        armour = replace(armour, durability=left) if left > 0 else None
    span.affairs = replace(
        affairs,
        oranges=affairs.oranges - taken,
        armour=armour,
        spare=tuple(thing for thing in affairs.spare if thing != stolen),
    )
