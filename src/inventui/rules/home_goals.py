"""The lines of Home that bring something for a goal, or in the mean: robberies, fusions, goals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inventui.rules import workshop
from inventui.rules.achievements import PART_OF, ROOM_OF, Condition
from inventui.rules.cases.cases import MOST_AT_ONCE
from inventui.rules.core.enums import Rarity
from inventui.rules.home import Kind, Waiting
from inventui.rules.home_state import AtHome, CheapFusion, OpenGoal
from inventui.rules.people.friends import FriendshipState
from inventui.rules.streets.robbery import mean_gain
from inventui.rules.workshop import Pool, fusion_odds

NAMED = frozenset(
    {
        Condition.OPENINGS,
        Condition.BIGGEST_BATCH,
        Condition.SHIFTS,
        Condition.ITEMS_SOLD,
        Condition.ROTATIONS,
        Condition.FRIENDS,
        Condition.TRADES,
        Condition.LISTINGS,
        Condition.BAZAAR_SALES,
        Condition.FUSIONS,
        Condition.ROBBERIES,
        Condition.ROBBERIES_TRIED,
    }
)
"""The conditions of goals that Home knows a step for."""

CHEAPEST = 2
"""How many times as many as are fused the cheapest finds are of which those are chosen."""

MOST_GOALS = 2
"""Most goals that Home names at once, those that bring most."""


def cheap_fusion(rarity: Rarity, inputs: Sequence[tuple[int, Pool]]) -> CheapFusion | None:
    """What the first five of these player items that bring a pool are fused into; None for fewer.

    Args:
        rarity: theirs.
        inputs: the value of each, and its pool, empty if it brings none.
    """
    inputs = [each for each in inputs if each[1]][: workshop.INPUTS]
    if len(inputs) < workshop.INPUTS:
        return None
    odds = fusion_odds(rarity, [pool for _, pool in inputs])
    if odds is None:
        return None
    value = sum(value for value, _ in inputs)
    return CheapFusion(rarity, odds.price, int(odds.expected_value) - odds.price - value)


def goal_lines(home: AtHome) -> Iterator[Waiting]:
    """What a player can do now for a goal, or with a gain in the mean.

    Nothing before the last quest is on show: until then quests lead.
    """
    if home.quest is not None and home.quest.number < home.quest.total:
        return
    yield from _robbery(home)
    yield from _fusion(home)
    if home.cheapest_home is not None and home.cheapest_home[0] <= home.oranges:
        cost, days = home.cheapest_home
        yield Waiting(Kind.HOME, f"Find a home: back in {days} days", "shop", cost=cost)
    if home.for_gems is not None:
        slug, name, gems = home.for_gems
        yield Waiting(Kind.GEMS, f"Buy {name}", "shop", target=slug, gems=gems)
    goals = [line for goal in home.goals if goal.left for line in _goal(home, goal)]
    yield from sorted(goals, key=lambda line: (-line.worth, line.why))[:MOST_GOALS]


def _share(home: AtHome, condition: Condition) -> tuple[int, str]:
    """What one step towards a goal brings of its reward, and the goal's name; 0 for no goal."""
    goals = (goal for goal in home.goals if goal.condition is condition and goal.left)
    shares = ((goal.oranges // goal.left, goal.name) for goal in goals)
    return max(shares, key=lambda share: share[0], default=(0, ""))


def _robbery(home: AtHome) -> Iterator[Waiting]:
    """The robbery that brings most in the mean, if it brings anything."""
    for_try, tried = _share(home, Condition.ROBBERIES_TRIED)
    for_success, succeeded = _share(home, Condition.ROBBERIES)
    gains = [
        mean_gain(target.chance, target.taken + for_success, home.oranges, home.robbery_wear)
        + for_try
        for target in home.robbery_targets
    ]
    gain = max(gains, default=0)
    if gain > 0:
        target, part = home.robbery_targets[gains.index(gain)], PART_OF[Condition.ROBBERIES]
        what, why = f"Rob {target.name}: {target.chance} %", succeeded or tried
        yield Waiting(Kind.ROB, what, "streets", gain, None, 0, target.name, part, why)


def _fusion(home: AtHome) -> Iterator[Waiting]:
    """The fusion that brings most in the mean, if it brings anything."""
    share, why = _share(home, Condition.FUSIONS)
    payable = [fusion for fusion in home.fusions if fusion.fee <= home.oranges]
    best = max(payable, key=lambda fusion: fusion.gain, default=None)
    if best is not None and best.gain + share > 0:
        what, rarity = f"Fuse five {best.rarity} finds", str(best.rarity)
        worth, room = best.gain + share, "workshop"
        yield Waiting(Kind.FUSE, what, room, worth, None, best.fee, rarity, rarity, why)


def _goal(home: AtHome, goal: OpenGoal) -> Iterator[Waiting]:
    """The line of a goal that can be reached now by one's own steps; others wait unnamed."""
    step, cost, lost = _step(home, goal), 0, 0
    if goal.condition in (Condition.OPENINGS, Condition.BIGGEST_BATCH) and home.case is not None:
        count = _to_open(goal)
        cost, lost = count * home.case[2], count * home.case[3]
    if step and cost <= home.oranges and lost <= goal.oranges:
        room, part = ROOM_OF[goal.condition], PART_OF.get(goal.condition, "")
        worth = goal.oranges - lost
        target = next((name for name, bond in home.bonds if bond is FriendshipState.NONE), "")
        if goal.condition is not Condition.FRIENDS:
            target = home.case[0] if cost and home.case is not None else ""
        yield Waiting(Kind.GOAL, step, room, worth, None, cost, target, part, goal.name)


def _to_open(goal: OpenGoal) -> int:
    """How many cases are to be opened for a goal: for the biggest batch all of them at once."""
    return goal.threshold if goal.condition is Condition.BIGGEST_BATCH else goal.left


def _step(home: AtHome, goal: OpenGoal) -> str:
    """What a player can do now to reach a goal; empty if nothing."""
    left, finds = goal.left, home.finds[0]
    bonds = [bond for _, bond in home.bonds]
    strangers, asked = map(bonds.count, (FriendshipState.NONE, FriendshipState.ASKED))
    one, possible = left == 1, False
    match goal.condition:
        case Condition.OPENINGS | Condition.BIGGEST_BATCH:
            count = _to_open(goal)
            words = "Open a case" if count == 1 else f"Open {count} cases"
            if goal.condition is Condition.BIGGEST_BATCH:
                words += " at once"
            possible = home.case is not None and count <= MOST_AT_ONCE
        case Condition.SHIFTS:
            words = "Work a shift" if one else f"Work {left} shifts"
            possible = left <= home.shifts_left
        case Condition.ITEMS_SOLD:
            words, possible = "Sell a find" if one else f"Sell {left} finds", left <= finds
        case Condition.ROTATIONS:
            words, possible = "Rotate your seeds", one
        case Condition.FRIENDS:
            more = left - asked
            words = f"Ask {more if more > 1 else 'one'} to be friends"
            possible = 0 < more <= strangers
        case Condition.TRADES:
            words = "Offer a trade"
            possible = one and bool(finds and home.bonds) and not home.offers
        case Condition.LISTINGS | Condition.BAZAAR_SALES:
            words = "List a find in the bazaar"
            possible = one and bool(finds) and not home.listings
        case _:
            words = ""
    return words if possible else ""
