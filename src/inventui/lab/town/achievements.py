"""Achievements and quests of a town: what is counted, and the rewards of goals that are reached."""

from __future__ import annotations

from inventui.content.models.pack import AchievementModel
from inventui.lab.town.people import Townsman
from inventui.lab.town.time import settle
from inventui.lab.town.town import Town
from inventui.rules.achievements import Condition, progress, reached
from inventui.rules.core.categories import COSMETICS, GEAR
from inventui.rules.core.enums import Status
from inventui.rules.core.lifecycle import HELD
from inventui.rules.core.money import HouseAccount
from inventui.rules.core.ranks import standing
from inventui.rules.home_goals import NAMED
from inventui.rules.home_state import OpenGoal
from inventui.rules.people.friends import FriendshipState


def award(town: Town, me: Townsman) -> None:
    """Give the rewards of every goal that is reached and was not rewarded yet."""
    if not _due(town, me):
        return
    settle(town, me, here=True)
    due = _due(town, me)
    if not due:
        return
    town.begin("achieve", me)
    while due:
        for goal in due:
            _give(town, me, goal)
        due = _due(town, me)


def within_reach(town: Town, me: Townsman) -> list[OpenGoal]:
    """The goals that are not reached and of which Home knows a step, but for quests."""
    figures = _figures(town, me)
    return [
        OpenGoal(
            goal.name,
            goal.condition,
            goal.threshold,
            goal.threshold - progress(figures, goal),
            goal.oranges,
        )
        for goal in town.catalogue.achievements
        if goal.id not in me.achieved and goal.condition in NAMED
    ]


def _give(town: Town, me: Townsman, goal: AchievementModel) -> None:
    me.achieved.add(goal.id)
    town.pay(me, HouseAccount.ACHIEVEMENT, goal.oranges)
    town.pay_gems(me, HouseAccount.ACHIEVEMENT, goal.gems)
    town.learn(me, goal.experience)
    if goal.item is None:
        return
    item = town.catalogue.items[goal.item]
    if item.category not in COSMETICS or not (me.has(item) or item.default):
        town.give(me, [item])


def _due(town: Town, me: Townsman) -> list[AchievementModel]:
    goals = [goal for goal in town.catalogue.goals if goal.id not in me.achieved]
    return reached(goals, _figures(town, me))


def _figures(town: Town, me: Townsman) -> dict[Condition, int]:
    """What goals count, of one player; withdrawals and new seed pairs are none."""
    held = [piece.item for piece in me.pieces.values() if piece.status in HELD]
    defaults = town.catalogue.defaults
    worn = {piece.item.category for piece in me.pieces.values() if piece.status is Status.EQUIPPED}
    return {
        **me.tally,
        Condition.COLLECTIONS: len(me.completed),
        Condition.ITEMS_HELD: len(held),
        Condition.NET_WORTH: me.oranges + sum(item.value for item in held),
        Condition.FRIENDS: sum(
            bond is FriendshipState.FRIENDS
            for bond in (*me.bonds.values(), *(near.bond for near in me.nearby))
        ),
        Condition.RANK: standing(me.experience).level,
        Condition.SHIFTS: me.shifts,
        Condition.COSMETICS_OWNED: len({i.slug for i in held if i.category in COSMETICS}),
        Condition.GEAR_OWNED: sum(item.category in GEAR for item in held),
        Condition.SLOTS_FILLED: len(worn.union(item.category for item in defaults)),
        Condition.WORN: len(worn),
    }
