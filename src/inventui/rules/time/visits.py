"""Calls: neighbours answer requests, ask to be friends, and bring presents.

Each 6-hour period has one caller, drawn from the world's seed; a request is answered at
the end of the period in which it was made. What a neighbour does follows from its nature:
friendliness, generosity and mischief, in percent.
"""

from dataclasses import replace

from inventui.rules.core.clock import HOUR
from inventui.rules.core.world_random import Draws
from inventui.rules.people.people import FriendshipState
from inventui.rules.time.situation import CallKind, Elapsed, NeighbourCall, Raider, Situation

RAID_PERIOD = 6 * HOUR
"""How often a neighbour may come by."""

LEAST_ACCEPTED = 10
"""Percent of requests that even the least friendly neighbour accepts."""

REQUEST_CHANCE = 12
"""Percent of its calls in which a neighbour of 100 % friendliness asks to be a friend."""

PRESENT_CHANCE = 20
"""Percent of its calls in which a friend of 100 % generosity brings a present."""

ITEM_CHANCE = 30
"""Percent of presents that are player items; the others are oranges."""

PRESENT_LEAST, PRESENT_MOST = 50, 400
"""Oranges of a present."""


def let_call(span: Elapsed, at: int) -> None:
    """Let neighbours answer, and one of them call, at the end of a period."""
    period = at // RAID_PERIOD - 1
    situation = span.situation
    around = [raider for raider in situation.raiders if raider.since <= period * RAID_PERIOD]
    for raider in around:
        if raider.bond is FriendshipState.ASKED:
            _answer(span, raider, period, at)
    if not around:
        return
    draws = Draws(situation.seed, "call", f"{situation.player}:{period}")
    caller = draws.pick(around)
    # The bond may have changed a moment ago.
    caller = next(r for r in span.situation.raiders if r.player == caller.player)
    chance = draws.below(10_000)
    if caller.bond is FriendshipState.NONE and chance < caller.friendliness * REQUEST_CHANCE:
        span.calls.append(NeighbourCall(at, caller, CallKind.REQUEST))
        span.situation = _with_bond(span.situation, caller, FriendshipState.WAITING)
    elif caller.bond is FriendshipState.FRIENDS and chance < caller.generosity * PRESENT_CHANCE:
        span.calls.append(_present(span.situation, caller, draws, at))
        oranges = span.situation.oranges + span.calls[-1].oranges
        span.situation = replace(span.situation, oranges=oranges)


def _answer(span: Elapsed, raider: Raider, period: int, at: int) -> None:
    draws = Draws(
        span.situation.seed, "answer", f"{span.situation.player}:{raider.player}:{period}"
    )
    accepts = draws.chance(max(LEAST_ACCEPTED, raider.friendliness))
    kind = CallKind.ACCEPT if accepts else CallKind.DECLINE
    span.calls.append(NeighbourCall(at, raider, kind))
    span.situation = _with_bond(
        span.situation, raider, FriendshipState.FRIENDS if accepts else FriendshipState.NONE
    )


def _present(situation: Situation, caller: Raider, draws: Draws, at: int) -> NeighbourCall:
    if situation.presents and draws.chance(ITEM_CHANCE):
        return NeighbourCall(at, caller, CallKind.ITEM, item=draws.pick(situation.presents))
    return NeighbourCall(
        at, caller, CallKind.ORANGES, oranges=draws.between(PRESENT_LEAST, PRESENT_MOST)
    )


def _with_bond(situation: Situation, raider: Raider, bond: FriendshipState) -> Situation:
    raiders = tuple(
        replace(other, bond=bond) if other.player == raider.player else other
        for other in situation.raiders
    )
    return replace(situation, raiders=raiders)
