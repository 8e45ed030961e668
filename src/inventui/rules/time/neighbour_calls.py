"""Visits: neighbours answer friend requests, make some, and bring presents.

In each 6-hour period one neighbour, drawn from the world's seed, may visit a player; requests are
answered at the end of the period in which they were made. What a neighbour does follows from its
friendliness and its generosity, in percent.
"""

from dataclasses import replace

from inventui.rules.core.clock import DAY, HOUR
from inventui.rules.core.world_random import Draws
from inventui.rules.people.friends import FriendshipState
from inventui.rules.time.situation import (
    Elapsed,
    NearbyNeighbour,
    NeighbourVisit,
    Situation,
    VisitKind,
)

VISIT_PERIOD = 6 * HOUR
"""How often a neighbour may visit or rob a player, in milliseconds."""

VISITS_A_DAY = DAY // VISIT_PERIOD

LEAST_ACCEPTED = 10
"""Percent of requests that even the least friendly neighbour accepts."""

REQUEST_CHANCE = 12
"""Percent of its visits in which a neighbour of 100 % friendliness asks to be a friend."""

PRESENT_CHANCE = 20
"""Percent of its visits in which a friend of 100 % generosity brings a present."""

ITEM_CHANCE = 30
"""Percent of presents that are player items; the others are oranges."""

PRESENT_LEAST, PRESENT_MOST = 50, 400
"""Oranges of a present."""


def let_visit(span: Elapsed, at: int) -> None:
    """Add what neighbours answer, and the visit of one of them, at the end of a period."""
    period = at // VISIT_PERIOD - 1
    situation = span.situation
    around = [
        neighbour for neighbour in situation.neighbours if neighbour.since <= period * VISIT_PERIOD
    ]
    for neighbour in around:
        if neighbour.bond is FriendshipState.ASKED:
            _answer(span, neighbour, period, at)
    if not around:
        return
    draws = Draws(situation.seed, "call", f"{situation.player}:{period}")
    caller = draws.pick(around)
    # Its own answer of just now may have changed the friendship.
    caller = next(n for n in span.situation.neighbours if n.player == caller.player)
    chance = draws.below(10_000)
    if caller.bond is FriendshipState.NONE and chance < caller.friendliness * REQUEST_CHANCE:
        span.visits.append(NeighbourVisit(at, caller, VisitKind.REQUEST))
        span.situation = _with_bond(span.situation, caller, FriendshipState.WAITING)
    elif (
        caller.bond is FriendshipState.FRIENDS
        and chance < caller.generosity * PRESENT_CHANCE
        and not situation.had.was_visited(at)
    ):
        span.visits.append(_present(span.situation, caller, draws, at))
        oranges = span.situation.oranges + span.visits[-1].oranges
        span.situation = replace(span.situation, oranges=oranges)


def _answer(span: Elapsed, neighbour: NearbyNeighbour, period: int, at: int) -> None:
    draws = Draws(
        span.situation.seed, "answer", f"{span.situation.player}:{neighbour.player}:{period}"
    )
    accepts = draws.chance(max(LEAST_ACCEPTED, neighbour.friendliness))
    kind = VisitKind.ACCEPT if accepts else VisitKind.DECLINE
    span.visits.append(NeighbourVisit(at, neighbour, kind))
    span.situation = _with_bond(
        span.situation, neighbour, FriendshipState.FRIENDS if accepts else FriendshipState.NONE
    )


def _present(
    situation: Situation, caller: NearbyNeighbour, draws: Draws, at: int
) -> NeighbourVisit:
    if situation.presents and draws.chance(ITEM_CHANCE):
        return NeighbourVisit(at, caller, VisitKind.ITEM, item=draws.pick(situation.presents))
    return NeighbourVisit(
        at, caller, VisitKind.ORANGES, oranges=draws.between(PRESENT_LEAST, PRESENT_MOST)
    )


def _with_bond(
    situation: Situation, neighbour: NearbyNeighbour, bond: FriendshipState
) -> Situation:
    neighbours = tuple(
        replace(other, bond=bond) if other.player == neighbour.player else other
        for other in situation.neighbours
    )
    return replace(situation, neighbours=neighbours)
