"""Catching up: all that time does to a player between two moments.

Only boundaries count: each multiple of 3 h (a business pays), each 00:00 UTC (upkeep is
due), each multiple of 6 h (neighbours answer, visit, and may rob). At one boundary they
happen in that order. What they bring is drawn from the world's seed, so it makes no
difference in how many pieces a span is reckoned.

Who is away for long finds a till that was full after `FULL_TILL`, and was robbed at most
once a day and three times. Where a clock ran ahead and was set right again, a boundary is
reached twice: what it brought then (`Had`) it does not bring again.
"""

from dataclasses import replace

from inventui.rules.core.clock import DAY
from inventui.rules.core.world_random import Draws
from inventui.rules.people.friends import FriendshipState
from inventui.rules.property import (
    FULL_TILL,
    PERIOD,
    Arrears,
    UpkeepState,
    arrears,
    period_ends,
    reduced,
    takings,
)
from inventui.rules.streets import robbery
from inventui.rules.streets.robbery import A_DAY_AWAY, AN_ABSENCE, loot, rob_chance, succeeds, wear
from inventui.rules.time.neighbour_calls import VISIT_PERIOD, VISITS_A_DAY, let_visit
from inventui.rules.time.situation import (
    Elapsed,
    IncomeLine,
    NeighbourRobbery,
    Situation,
    UpkeepLine,
)

ROB_CHANCE = 15
"""Percent of the periods for which it is drawn in which a neighbour of 100 % mischief robs."""

_WORD = 2**32
_TICKETS = 1_000_000


def boundaries(since: int, until: int) -> range:
    """The boundaries after `since`, up to `until` itself."""
    return range((since // PERIOD + 1) * PERIOD, until // PERIOD * PERIOD + 1, PERIOD)


def elapse(situation: Situation, since: int, until: int) -> Elapsed:
    """What happens to a player after `since` and up to `until`, from their situation then."""
    span = Elapsed(situation)
    for at in boundaries(since, until):
        _open_till(span, at)
        if at % DAY == 0:
            _charge_upkeep(span, at // DAY)
        if at % VISIT_PERIOD == 0:
            let_visit(span, at)
            _let_rob(span, at)
    return span


def _debuffed(situation: Situation, day: int) -> bool:
    oldest = situation.unpaid[0][0] if situation.unpaid else None
    return arrears(oldest, day) in (Arrears.DEBUFF, Arrears.EVICTION)


def _open_till(span: Elapsed, at: int) -> None:
    situation = span.situation
    business = situation.business
    period = at // PERIOD - 1
    assert period_ends(period) == at
    full = situation.away_since is not None and at > situation.away_since + FULL_TILL
    if business is None or business.since >= at or full or period in situation.had.periods:
        return
    low = _debuffed(situation, (at - 1) // DAY)
    brought = takings(
        situation.seed, situation.player, period, business.revenue, business.cost, debuffed=low
    )
    span.incomes.append(
        IncomeLine(period, business.player_item, brought.revenue, brought.cost, low)
    )
    span.situation = replace(situation, oranges=situation.oranges + brought.net)


def _charge_upkeep(span: Elapsed, day: int) -> None:
    situation = span.situation
    home = situation.home
    if home is None or home.since >= day * DAY or day in situation.had.days:
        return
    oranges = situation.oranges
    # Days that a clock ahead has reached are due already: they wait for their own time.
    later = [owed for owed in situation.unpaid if owed[0] > day]
    unpaid = [*situation.unpaid[: len(situation.unpaid) - len(later)], (day, home.upkeep)]
    while unpaid and oranges >= unpaid[0][1]:
        paid_day, due = unpaid.pop(0)
        oranges -= due
        _end(span, paid_day, home.player_item, due, UpkeepState.PAID, known=paid_day != day)
    if unpaid and arrears(unpaid[0][0], day) is Arrears.EVICTION:
        for owed_day, due in (*unpaid, *later):
            _end(span, owed_day, home.player_item, due, UpkeepState.EVICTED, known=owed_day != day)
        span.evicted = home.player_item
        span.situation = replace(situation, oranges=oranges, unpaid=(), home=None)
        return
    if unpaid and unpaid[-1][0] == day:
        span.upkeep.append(
            UpkeepLine(day, home.player_item, home.upkeep, UpkeepState.DUE, known=False)
        )
    span.situation = replace(situation, oranges=oranges, unpaid=(*unpaid, *later))


def _end(
    span: Elapsed, day: int, player_item: int, due: int, state: UpkeepState, *, known: bool
) -> None:
    """End a day's upkeep; if it fell due within this very span, its line is changed."""
    for index, line in enumerate(span.upkeep):
        if line.day == day:
            span.upkeep[index] = replace(line, state=state)
            return
    span.upkeep.append(UpkeepLine(day, player_item, due, state, known))


def _let_rob(span: Elapsed, at: int) -> None:
    situation = span.situation
    period = at // VISIT_PERIOD - 1
    around = [
        neighbour for neighbour in situation.neighbours if neighbour.since <= period * VISIT_PERIOD
    ]
    if not around or period in situation.had.robbed or not _may_rob(situation, period):
        return
    draws = Draws(situation.seed, "raid", f"{situation.player}:{period}")
    neighbour = draws.pick(around)
    if (
        neighbour.bond is FriendshipState.FRIENDS
        or draws.below(10_000) >= neighbour.mischief * ROB_CHANCE
    ):
        return
    if situation.oranges < robbery.POOR or at < situation.safe_until:
        return
    low = _debuffed(situation, (at - 1) // DAY)
    armour, home = situation.armour, situation.home
    defence = 0 if armour is None else armour.defence
    insurance = 0 if home is None else home.insurance
    if low:
        defence, insurance = reduced(defence), reduced(insurance)
    chance = rob_chance(neighbour.bonus, defence)
    success = succeeds(draws.below(_TICKETS), chance)
    taken = loot(situation.oranges, draws.below(_WORD), insurance) if success else 0
    stolen = None
    if success and situation.spare and draws.chance(robbery.GEAR_CHANCE):
        stolen = draws.pick(situation.spare)
    points = 0 if armour is None else wear(draws.below(_WORD))
    span.robberies.append(
        NeighbourRobbery(
            period=period,
            at=at,
            neighbour=neighbour,
            chance=chance,
            success=success,
            oranges=taken,
            stolen=stolen,
            armour=None if armour is None else armour.player_item,
            wear=points,
        )
    )
    if armour is not None:
        left = armour.durability - points
        armour = replace(armour, durability=left) if left > 0 else None
    span.situation = replace(
        situation,
        oranges=situation.oranges - taken,
        armour=armour,
        spare=tuple(player_item for player_item in situation.spare if player_item != stolen),
        robbed=(*situation.robbed, period),
    )


def _may_rob(situation: Situation, period: int) -> bool:
    """Whether who is away was not robbed often enough before a period of visits."""
    if situation.away_since is None:
        return True
    day = period // VISITS_A_DAY
    today = sum(robbed // VISITS_A_DAY == day for robbed in situation.robbed)
    return today < A_DAY_AWAY and len(situation.robbed) < AN_ABSENCE
