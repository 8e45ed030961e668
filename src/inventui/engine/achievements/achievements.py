"""Achievements: how far a player is towards each goal, and the rewards of those reached.

A goal has a condition, what is counted, and a threshold. It is open until it is rewarded, which
happens once and for ever (a line of the table `achieved`), even if a later pack changes or drops
the goal. Everything that an open goal counts is a metric: a number had from the tables at any
time (`achievements.metrics`), so nothing has to be noted while a player plays, and a goal
that a pack brings later counts what was done before.

Rewards are given when somebody looks for them (`award`), as one operation: rewards may reach
further goals (an item fills a slot, experience raises the rank), so it looks again until nothing
more is due. Most times nothing is due, and that is found by reading alone. What was due is
decided again inside the operation, for another program may have given it in between.

What a player may do without end is counted by triggers (`engine.core.counts`), so that no metric
takes longer the longer somebody plays.

`tests/engine/test_achievements.py` fails if a goal is rewarded twice, or if the counters differ
from a count of everything.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.achievements.counters import count
from inventui.engine.achievements.metrics import COUNTED, metrics_of
from inventui.engine.achievements.models import AchievementLine, Award, Awards, Counters
from inventui.engine.core.item_grants import Receipt, receive_items
from inventui.engine.core.ledger import Spending, gain_experience, purse_of, receive
from inventui.engine.core.notify import notify
from inventui.engine.core.operation import Draft, Intent, Operation, perform
from inventui.rules.achievements import (
    Condition,
    Rewards,
    award_words,
    farthest,
    progress,
    reached,
)
from inventui.rules.core.categories import COSMETICS
from inventui.rules.core.enums import Acquisition, Status, Tone
from inventui.rules.core.money import Currency, HouseAccount
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.home_goals import NAMED
from inventui.rules.home_state import OpenGoal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from inventui.engine.core.context import Player

PLACE = "achievements"
"""The room that a notification of a reward leads to."""


class _GoalState(NamedTuple):
    id: int
    slug: str
    name: str
    description: str
    emoji: str
    condition: str
    threshold: int
    oranges: int
    gems: int
    experience: int
    item_id: int | None
    quest: int
    at: int | None


_GOALS = Statement(
    "SELECT a.id, a.slug, a.name, a.description, a.emoji, a.condition, a.threshold, a.oranges,"
    " a.gems, a.experience, a.item_id, a.quest, d.at FROM achievement a LEFT JOIN achieved d"
    " ON d.player_id = :player AND d.achievement_id = a.id WHERE a.active = 1 OR d.id IS NOT NULL"
    " ORDER BY a.position, a.id",
    _GoalState,
)
_ACHIEVE = Statement(
    "INSERT INTO achieved (operation_id, player_id, achievement_id, at)"
    " VALUES (:operation, :player, :achievement, :at)"
)
_HAS = Statement(
    "SELECT 1 FROM holding WHERE player_id = :player AND item_id = :item AND held + escrowed > 0",
    int,
)
_STATUS = Statement("SELECT status FROM player_item WHERE id = :player_item", str)


@dataclass(frozen=True, slots=True)
class _Goal:
    """A goal with its number, that of the item that it gives, and whether it is a quest."""

    id: int
    item_id: int | None
    line: AchievementLine
    quest: bool

    @property
    def condition(self) -> Condition:
        return self.line.condition

    @property
    def threshold(self) -> int:
        return self.line.threshold


class Achievements:
    """One player's achievements."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world

    def list(self) -> tuple[AchievementLine, ...]:
        """Every goal in the pack's order, with the player's progress.

        A goal that the pack no longer has is shown to those who have reached it; quests are
        shown by Home.
        """
        with self._world.store.read() as connection:
            goals = [goal for goal in self._goals(connection) if not goal.quest]
            metrics = self._metrics(connection, goals, self._counted(connection, goals))
        return tuple(
            replace(
                goal.line,
                progress=goal.threshold if goal.line.done else progress(metrics, goal),
            )
            for goal in goals
        )

    def within_reach(self, connection: Connection) -> tuple[OpenGoal, ...]:
        """The open goals that Home knows a step for, but for quests, in a read under way."""
        goals = [
            goal
            for goal in _open(self._goals(connection))
            if not goal.quest and goal.condition in NAMED
        ]
        metrics = self._metrics(connection, goals, self._counted(connection, goals))
        return tuple(
            OpenGoal(
                goal.line.name,
                goal.condition,
                goal.threshold,
                goal.threshold - progress(metrics, goal),
                goal.line.rewards.oranges,
            )
            for goal in goals
        )

    def award(self, key: str | None = None) -> Awards | Refusal | None:
        """Give the rewards of every goal that is reached and was not rewarded yet.

        One operation for all of them: rewards may reach further goals, which are part of it.

        Args:
            key: idempotency key.

        Returns:
            What was given; None if nothing was due, and then nothing is written; a refusal for
            a key that can't be used.
        """
        # Most times nothing is due: found by reading, so that no writer is kept waiting.
        if key is None:
            with self._world.store.read() as connection:
                counters = self._counted(connection, self._goals(connection))
                if not self._due(connection, counters):
                    return None
        intent = Intent("achieve", {}, self._handle.id, uuid4().hex if key is None else key)
        done = perform(self._world, intent, self._award, Awards)
        if isinstance(done, Refusal) and done.reason is Reason.NOTHING_TO_DO:
            return None
        return done

    def _award(self, draft: Draft) -> Awards | Refusal:
        connection, player = draft.connection, self._handle.id
        # No reward is an opening or a sale, so the counters stay as they are.
        counters = self._counted(connection, self._goals(connection))
        due = self._due(connection, counters)
        if not due:
            return Refusal(Reason.NOTHING_TO_DO, "No achievement is due. See what is near.")

        operation = draft.begin()
        awards: list[Award] = []
        gained: list[Spending] = []
        while due:
            for goal in due:
                award, spending = self._give(connection, operation, goal)
                awards.append(award)
                gained.append(spending)
            due = self._due(connection, counters)
        return Awards(
            operation=operation.id,
            awards=tuple(awards),
            balance=purse_of(connection, player).balance,
            rank_gems=sum(spending.gems for spending in gained),
            rank_up=next((s.rank_up for s in reversed(gained) if s.rank_up), None),
            tally=counters,
            at=operation.at,
            unpaid=operation.unpaid,
        )

    def _give(
        self, connection: Connection, operation: Operation, goal: _Goal
    ) -> tuple[Award, Spending]:
        """Write that a goal is reached, give its rewards, and notify the player."""
        player, house = self._handle.id, self._world.house
        line, rewards = goal.line, goal.line.rewards
        connection.execute(
            _ACHIEVE,
            {"operation": operation.id, "player": player, "achievement": goal.id,
             "at": operation.at},
        )  # fmt: skip
        purse = purse_of(connection, player)
        oranges, gems = (
            receive(operation, house, purse, HouseAccount.ACHIEVEMENT, currency, amount)
            for currency, amount in (
                (Currency.ORANGES, rewards.oranges),
                (Currency.GEMS, rewards.gems),
            )
        )
        spending = gain_experience(operation, house, purse, rewards.experience)
        rewards = replace(rewards, oranges=oranges, gems=gems, experience=spending.experience)
        player_item = self._give_item(connection, operation, goal)
        escrowed, had = False, ""
        if player_item is not None:
            status = connection.execute(_STATUS, {"player_item": player_item}).one()
            escrowed = status == Status.ESCROWED
        elif rewards.item:
            had = rewards.item_name
            rewards = replace(rewards, item="", item_name="")
        message = award_words(line.name, rewards, quest=goal.quest, escrowed=escrowed, had=had)
        place = "home" if goal.quest else PLACE
        notify(operation, player, "achieved", Tone.SUCCESS, message, place, player_item)
        return Award(line.slug, line.name, line.emoji, rewards, player_item, message), spending

    def _give_item(self, connection: Connection, operation: Operation, goal: _Goal) -> int | None:
        """Give the item of a goal; None if there is none, or the player can't have two of it."""
        if goal.item_id is None:
            return None
        player = self._handle.id
        item = self._world.catalogue.item(connection, goal.item_id)
        held = connection.execute(_HAS, {"player": player, "item": item.id}).first()
        if item.category in COSMETICS and held is not None:
            return None
        receipt = Receipt(player, Acquisition.ACHIEVEMENT, 0, goal.line.slug)
        (player_item,) = receive_items(connection, operation, receipt, [item])
        return player_item

    def _due(self, connection: Connection, counters: Counters) -> Sequence[_Goal]:
        """Goals of the pack that are reached and not rewarded."""
        goals = self._goals(connection)
        return reached(_open(goals), self._metrics(connection, goals, counters))

    def _counted(self, connection: Connection, goals: Sequence[_Goal]) -> Counters:
        """The counters as of now; empty ones where no open goal asks for one of them."""
        if COUNTED.isdisjoint(farthest(_open(goals))):
            return Counters()
        return count(connection, self._world.catalogue, self._handle.id)

    def _metrics(
        self, connection: Connection, goals: Sequence[_Goal], counters: Counters
    ) -> Mapping[Condition, int]:
        """The metrics that the open ones of these goals count."""
        wanted = farthest(_open(goals))
        return metrics_of(self._world, connection, self._handle.id, wanted, counters)

    def _goals(self, connection: Connection) -> Sequence[_Goal]:
        goals = []
        for row in connection.execute(_GOALS, {"player": self._handle.id}):
            item = None
            if row.item_id is not None:
                item = self._world.catalogue.item(connection, row.item_id)
            rewards = Rewards(
                row.oranges,
                row.gems,
                row.experience,
                "" if item is None else item.slug,
                "" if item is None else item.name,
            )
            line = AchievementLine(
                row.slug,
                row.name,
                row.description,
                row.emoji,
                Condition(row.condition),
                row.threshold,
                0,
                row.at,
                rewards,
            )
            goals.append(_Goal(row.id, row.item_id, line, bool(row.quest)))
        return goals


def _open(goals: Iterable[_Goal]) -> list[_Goal]:
    return [goal for goal in goals if not goal.line.done]
