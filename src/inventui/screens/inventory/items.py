"""The list that every part of the inventory stands on: what is under its cursor, what changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from inventui.engine.inventory.models import ItemDetail, ItemLine, StackLine
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.withdrawals.withdrawals import LEAST_VALUE
from inventui.screens.shared.copy_line import item_line, worth
from inventui.widgets.lists.item_list import ItemList
from inventui.widgets.session import EVERYTHING, Changes

if TYPE_CHECKING:
    from inventui.engine.world import PlayerHandle
    from inventui.widgets.frame.room import Room

Answer = TypeVar("Answer")
Rule = Callable[[ItemLine], Refusal | None]

NOTHING_HERE = Refusal(Reason.NOTHING_TO_DO, "There is nothing under the cursor.")


def facts_of(line: StackLine | None) -> StackLine | None:
    """A line without what no rule about a player item looks at: equal facts, equal answers."""
    if line is None:
        return None
    return replace(
        line, id=0, name="", rarity=Rarity.COMMON, value=int(line.value >= LEAST_VALUE),
        acquired_at=0, sprite="", emoji="", style="", held_until=None,
        item=0, count=min(line.count, 2), pieces=(), brings=None,
    )  # fmt: skip


class OwnItems:
    """The list of a player's items in a room.

    Attributes:
        room: where the player is asked and told.
        detail: the player item on the card.
        changed: ids of what has just been changed, until the list is read again.
    """

    def __init__(self, room: Room) -> None:
        self.room = room
        self.detail: ItemDetail | None = None
        self.changed: set[int] = set()
        self._judged: ItemLine | None = None
        self._verdicts: dict[Rule, Refusal | None] = {}

    @property
    def listed(self) -> ItemList[StackLine]:
        """The list."""
        found: ItemList[StackLine] = self.room.query_one("#things", ItemList)
        return found

    @property
    def row(self) -> StackLine | None:
        """What is under the cursor."""
        return self.listed.row

    @property
    def words(self) -> str:
        """What is under the cursor in one line of plain text; empty for nothing."""
        row = self.row
        if row is None:
            return ""
        count = f"×{row.count:,}" if row.count > 1 else f"#{row.id}"
        return item_line(row.name, row.rarity, row.category, worth(row.value), count)

    @property
    def player(self) -> PlayerHandle:
        """Whose player items these are; only once there is a player."""
        player = self.room.session.player
        assert player is not None
        return player

    def why_not(self, rule: Rule) -> Refusal | None:
        """What a rule says of the row under the cursor; each is asked once a row."""
        row = self.row
        if row is None:
            return NOTHING_HERE
        if row is not self._judged:
            self._judged, self._verdicts = row, {}
        if rule not in self._verdicts:
            self._verdicts[rule] = rule(row)
        return self._verdicts[rule]

    def changing(self, line: ItemLine) -> bool:
        """Whether a player item may not be as it is shown: a second press does nothing more."""
        return self.room.acting() or line.id in self.changed

    def act(
        self,
        operation: Callable[[], Answer | Refusal],
        then: Callable[[Answer], object],
        changes: Changes = EVERYTHING,
    ) -> None:
        """Change something; a refusal is said, and the world looked at again."""
        self.room.act(operation, then, refused=self.refused, changes=changes)

    def refused(self, refusal: Refusal) -> None:
        """The world is not as it is shown: say why, and look again."""
        self.room.say_refusal(refusal)
        self.room.look_again()
