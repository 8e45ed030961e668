"""The list of goals: two lines each, how far it is above, what it gives below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from inventui.widgets.items.goal_text import DONE, OPEN, bar, reward_signs, standing
from inventui.widgets.lists.row_list import RowList, padded
from inventui.widgets.theme import MARKER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.engine.achievements.models import AchievementLine

LINES = 2
EDGE = 5
"""Cells before a goal's name: the cursor's mark and the goal's sign."""

ROOMY = 56
"""Cells of the list from which its bars are long."""

BAR, LONG_BAR = 9, 20
"""Cells of a bar."""


class GoalList(RowList):
    """Goals under a cursor; what is done is dim, and has a mark."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.goals: tuple[AchievementLine, ...] = ()
        self.now = 0
        self.row_lines = LINES

    @property
    def goal(self) -> AchievementLine | None:
        """The goal under the cursor."""
        return self.goals[self.cursor] if self.goals else None

    def show(self, goals: Sequence[AchievementLine], now: int, *, keep: bool = True) -> None:
        """Show these goals; the cursor stays on its goal, or goes to the first."""
        here = self.goal if keep else None
        self.goals, self.now = tuple(goals), now
        slugs = [goal.slug for goal in goals]
        cursor = slugs.index(here.slug) if here is not None and here.slug in slugs else 0
        self._space_out(len(slugs))
        self.show_rows(len(slugs), cursor)

    def on_resize(self) -> None:
        """More room, more air."""
        self._space_out(self.count)
        super().on_resize()

    def _space_out(self, count: int) -> None:
        airy = count * (LINES + 1) <= self.size.height
        self.row_lines = LINES + 1 if airy else LINES

    def draw_row(self, index: int, width: int, *, current: bool) -> Sequence[Content]:
        """Sign, name and figures, then bar and rewards."""
        goal = self.goals[index]
        sign = goal.emoji or (DONE if goal.done else OPEN)
        sign += " " * max(0, 3 - cell_len(sign))
        figures = standing(goal, self.now) + " "
        name = padded(goal.name, width - EDGE - figures.cell_length - 1)
        bright = "bold" if current else "$foreground 70%" if goal.done else ""
        first = Content.assemble(
            (f"{MARKER if current else ' '} ", "$primary bold"), sign, (name, bright), " "
        )
        rewards = reward_signs(goal.rewards) + " "
        # Bars of one length can be compared; only a reward beyond all measure shortens one.
        full = min(BAR if width < ROOMY else LONG_BAR, width - EDGE - rewards.cell_length - 1)
        if full < 4:
            return [first + figures, Content(" " * EDGE) + reward_signs(goal.rewards)]
        shown = bar(goal.share, full)
        if goal.done:
            shown = Content.styled(shown.plain, "$text-success")
        gap = " " * (width - EDGE - full - rewards.cell_length)
        dim = "$foreground 45%" if goal.done else "$foreground 80%"
        second = Content(" " * EDGE) + shown + gap + rewards.stylize(dim)
        return [first + figures, second]
