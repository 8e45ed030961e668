"""Away: all that time does to a player between two moments, reckoned in one go.

Only boundaries count: each multiple of 3 h (a business pays), each 00:00 UTC (upkeep is
due), each multiple of 6 h (neighbours answer, call, and may rob). At one boundary they
happen in that order. What they bring is drawn from the world's seed, so it makes no
difference in how many pieces a span is reckoned.
"""

from dataclasses import replace

from inventui.rules.core.clock import DAY
from inventui.rules.core.world_random import Draws
from inventui.rules.people.people import Bond
from inventui.rules.property import (
    PERIOD,
    Arrears,
    UpkeepState,
    arrears,
    period_ends,
    reduced,
    takings,
)
from inventui.rules.streets.streets import GEAR_CHANCE, POOR, loot, rob_chance, succeeds, wear
from inventui.rules.time.situation import Affairs, Away, IncomeLine, Raid, UpkeepLine
from inventui.rules.time.visits import RAID_PERIOD, let_call

RAID_CHANCE = 15
"""Percent of its periods in which a neighbour of 100 % mischief robs whom it has picked."""

_WORD = 2**32
_TICKETS = 1_000_000


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
            let_call(span, at)
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
    if raider.bond is Bond.FRIENDS or draws.below(10_000) >= raider.mischief * RAID_CHANCE:
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
