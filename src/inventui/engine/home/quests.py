"""Quests of the first evening: goals of the pack of which Home shows one at a time.

A quest is a goal, so its reward is given once, with those of the achievements
(`achievements.award`), whichever quest is on show. One that was skipped counts as reached without
a reward, for ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.core.operation import Draft, Intent, perform
from inventui.engine.home.models import QuestLine, QuestSkipped
from inventui.rules.achievements import ROOM_OF, Condition
from inventui.rules.core.refusal import Reason, Refusal

if TYPE_CHECKING:
    from inventui.engine.core.context import Player

KIND = "skip_quest"
"""The kind of the operation that skips a quest."""


class _Quest(NamedTuple):
    id: int
    slug: str
    name: str
    description: str
    condition: str
    oranges: int
    at: int | None
    kind: str | None


_QUESTS = Statement(
    "SELECT a.id, a.slug, a.name, a.description, a.condition, a.oranges, d.at, o.kind"
    " FROM achievement a LEFT JOIN achieved d ON d.player_id = :player AND d.achievement_id = a.id"
    " LEFT JOIN operation o ON o.id = d.operation_id WHERE a.quest = 1 AND a.active = 1"
    " ORDER BY a.position, a.id",
    _Quest,
)
_SKIP = Statement(
    "INSERT INTO achieved (operation_id, player_id, achievement_id, at)"
    " VALUES (:operation, :player, :quest, :at)"
)


class Quests:
    """One player's quests."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world

    def list(self) -> tuple[QuestLine, ...]:
        """Every quest of the pack, in its order."""
        with self._world.store.read() as connection:
            return self.list_in(connection)

    def list_in(self, connection: Connection) -> tuple[QuestLine, ...]:
        """The same in a read that is under way."""
        rows = connection.execute(_QUESTS, {"player": self._handle.id}).all()
        return tuple(
            QuestLine(
                slug=row.slug,
                name=row.name,
                description=row.description,
                condition=Condition(row.condition),
                room=ROOM_OF[Condition(row.condition)],
                oranges=row.oranges,
                number=number,
                total=len(rows),
                ended_at=row.at,
                skipped=row.kind == KIND,
            )
            for number, row in enumerate(rows, 1)
        )

    def skip(self, key: str | None = None) -> QuestSkipped | Refusal:
        """Go on with the next quest; the reward of this one is never given."""
        intent = Intent(KIND, {}, self._handle.id, uuid4().hex if key is None else key)
        return perform(self._world, intent, self._skip, QuestSkipped)

    def _skip(self, draft: Draft) -> QuestSkipped | Refusal:
        player = {"player": self._handle.id}
        rows = draft.connection.execute(_QUESTS, player).all()
        row = next((row for row in rows if row.at is None), None)
        if row is None:
            return Refusal(Reason.NOTHING_TO_DO, "There is no quest left to skip.")
        operation = draft.begin()
        draft.connection.execute(
            _SKIP, {**player, "operation": operation.id, "quest": row.id, "at": operation.at}
        )
        return QuestSkipped(operation.id, row.slug, row.name, operation.at)
