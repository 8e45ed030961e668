"""The list of goals: two lines each, how far it is above, what it gives below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from inventui.widgets.items.goal_text import DONE, OPEN, bar, reward_signs, standing
from inventui.widgets.lists.row_list import RowList
from inventui.widgets.text import padded
from inventui.widgets.theme import FAINT, MARKER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.engine.achievements.models import AchievementLine

EDGE = 5
"""Cells before a goal's name: the cursor's mark and the goal's sign."""

ROOMY = 56
"""Cells of the list from which its bars are long."""

BAR, LONG_BAR = 9, 20
"""Cells of a bar."""


class GoalList(RowList["AchievementLine"]):
    """Goals under a cursor; what is done is dim, and has a mark."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(lambda goal: goal.slug, lines=2, airy=True, id=id)

    def draw_row(self, row: AchievementLine, width: int, *, current: bool) -> Sequence[Content]:
        """Sign, name and figures, then bar and rewards."""
        sign = row.emoji or (DONE if row.done else OPEN)
        sign += " " * max(0, 3 - cell_len(sign))
        figures = standing(row, self.now) + " "
        name = padded(row.name, width - EDGE - figures.cell_length - 1)
        bright = "bold" if current else "$foreground 70%" if row.done else ""
        first = Content.assemble(
            (f"{MARKER if current else ' '} ", "$primary bold"), sign, (name, bright), " "
        )
        rewards = reward_signs(row.rewards) + " "
        # Bars of one length can be compared; only a reward beyond all measure shortens one.
        full = min(BAR if width < ROOMY else LONG_BAR, width - EDGE - rewards.cell_length - 1)
        if full < 4:
            return [first + figures, Content(" " * EDGE) + reward_signs(row.rewards)]
        shown = bar(row.share, full)
        if row.done:
            shown = Content.styled(shown.plain, "$text-success")
        gap = " " * (width - EDGE - full - rewards.cell_length)
        dim = FAINT if row.done else "$foreground 80%"
        second = Content(" " * EDGE) + shown + gap + rewards.stylize(dim)
        return [first + figures, second]
