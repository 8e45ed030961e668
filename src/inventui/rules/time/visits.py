"""Calls: neighbours answer requests, ask to be friends, and bring presents.

Each 6-hour period has one caller, drawn from the world's seed; a request is answered at
the end of the period in which it was made. What a neighbour does follows from its nature:
friendliness, generosity and mischief, in percent.
"""

from dataclasses import replace

from inventui.rules.core.clock import HOUR
from inventui.rules.core.world_random import Draws
from inventui.rules.people.people import Bond
from inventui.rules.time.situation import Affairs, Away, Call, CallKind, Raider

RAID_PERIOD = 6 * HOUR
"""How often a neighbour may come by."""

LEAST_ACCEPTED = 10
"""Percent of requests that even the least friendly neighbour accepts."""

REQUEST_CHANCE = 12
"""Percent of its calls in which a neighbour of 100 % friendliness asks to be a friend."""

PRESENT_CHANCE = 20
"""Percent of its calls in which a friend of 100 % generosity brings a present."""

ITEM_CHANCE = 30
"""Percent of presents that are things; the others are oranges."""

PRESENT_LEAST, PRESENT_MOST = 50, 400
"""Oranges of a present."""


def let_call(span: Away, at: int) -> None:
    """Let neighbours answer, and one of them call, at the end of a period."""
    period = at // RAID_PERIOD - 1
    affairs = span.affairs
    around = [raider for raider in affairs.raiders if raider.since <= period * RAID_PERIOD]
    for raider in around:
        if raider.bond is Bond.ASKED:
            _answer(span, raider, period, at)
    if not around:
        return
    draws = Draws(affairs.seed, "call", f"{affairs.player}:{period}")
    caller = draws.pick(around)
    # The bond may have changed a moment ago.
    caller = next(r for r in span.affairs.raiders if r.player == caller.player)
    chance = draws.below(10_000)
    if caller.bond is Bond.NONE and chance < caller.friendliness * REQUEST_CHANCE:
        span.calls.append(Call(at, caller, CallKind.REQUEST))
        span.affairs = _with_bond(span.affairs, caller, Bond.WAITING)
    elif caller.bond is Bond.FRIENDS and chance < caller.generosity * PRESENT_CHANCE:
        span.calls.append(_present(span.affairs, caller, draws, at))
        oranges = span.affairs.oranges + span.calls[-1].oranges
        span.affairs = replace(span.affairs, oranges=oranges)


def _answer(span: Away, raider: Raider, period: int, at: int) -> None:
    draws = Draws(span.affairs.seed, "answer", f"{span.affairs.player}:{raider.player}:{period}")
    accepts = draws.chance(max(LEAST_ACCEPTED, raider.friendliness))
    kind = CallKind.ACCEPT if accepts else CallKind.DECLINE
    span.calls.append(Call(at, raider, kind))
    span.affairs = _with_bond(span.affairs, raider, Bond.FRIENDS if accepts else Bond.NONE)


def _present(affairs: Affairs, caller: Raider, draws: Draws, at: int) -> Call:
    if affairs.presents and draws.chance(ITEM_CHANCE):
        return Call(at, caller, CallKind.ITEM, item=draws.pick(affairs.presents))
    return Call(at, caller, CallKind.ORANGES, oranges=draws.between(PRESENT_LEAST, PRESENT_MOST))


def _with_bond(affairs: Affairs, raider: Raider, bond: Bond) -> Affairs:
    raiders = tuple(
        replace(other, bond=bond) if other.player == raider.player else other
        for other in affairs.raiders
    )
    return replace(affairs, raiders=raiders)
