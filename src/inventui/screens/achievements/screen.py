"""Achievements: goals, how near each is, and what it gives.

Goals are reached by the engine, not here: whenever the app hears of a change it has what is due
awarded, and the room only lists how far each goal is. Enter leads to the room where a goal is
worked for; what is achieved already leads nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from inventui.rules.achievements import PART_OF, ROOM_OF
from inventui.rules.core.refusal import Reason, Refusal
from inventui.screens.achievements.list import GoalList
from inventui.widgets.frame.actions import BUSY, Action
from inventui.widgets.frame.empty_pane import EmptyPane
from inventui.widgets.frame.room import Room
from inventui.widgets.items.goal_text import GoalOrder, arranged, goal_content

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from inventui.engine.achievements.models import AchievementLine

SLIM = 76
"""Columns below which the goal that is pointed at stands below the list."""

BAR, WIDE_BAR = 24, 36
"""Cells of a goal's bar, in a narrow terminal and in others."""


class AchievementsRoom(Room):
    """Goals at the left, the one under the cursor at the right."""

    ROOM = "achievements"
    TITLE_TEXT = "Achievements"
    ACTIONS: ClassVar[tuple[Action[AchievementsRoom], ...]] = (
        Action("goal-go", "enter", "Go there", "Go to the room where this goal is reached",
               lambda room: room.go(), legal=lambda room: room.why_not_go()),
        Action("goal-sort", "o", "Order", "What is nearest first, or what is done",
               lambda room: room.sort()),
    )  # fmt: skip
    HELP = (
        "A goal that is reached gives its rewards at once, and once only: they are in your "
        "wallet and your inventory before this room tells of them. What is nearest stands "
        "first; $goal-sort puts first what you have done, the latest on top. A thing that you own "
        "already is not given twice; gear that you have no room for waits in escrow."
    )
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "GoalList"

    def __init__(self) -> None:
        self._goals: tuple[AchievementLine, ...] | None = None
        self._order = GoalOrder.NEAREST
        super().__init__()

    def compose_room(self) -> ComposeResult:
        """List and goal."""
        with Horizontal(id="panes"):
            yield GoalList(id="goals")
            yield EmptyPane(id="none", classes="pane")
            with VerticalScroll(id="goal", classes="pane", can_focus=False):
                yield Static(id="about")

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self._show()

    def refresh_room(self) -> None:
        """Look at the goals again."""
        player = self.session.player
        if player is not None:
            self.ask(player.achievements.list, self._seen, group="goals")

    def _seen(self, goals: tuple[AchievementLine, ...]) -> None:
        self._goals = goals
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """Where it is narrow the panes stand one above the other."""
        self.set_class(event.size.width < SLIM, "-stacked")
        self._show_goal()

    def _show(self, *, keep: bool = True) -> None:
        goals, listed = self._goals, self.query_one(GoalList)
        listed.offer(arranged(goals or (), self._order), self.session.now(), None if keep else 0)
        none = self.query_one("#none", Static)
        none.update(
            Content("Looking them up …")
            if goals is None
            else Content(
                "There is nothing to achieve in this world: its content pack sets no goals. "
                "Enjoy the market."
            )
        )
        none.display = not goals
        listed.display = self.query_one("#goal").display = bool(goals)
        done = sum(goal.done for goal in goals or ())
        title = "Achievements"
        if goals:
            title += f" · all {done}" if done == len(goals) else f" · {done} of {len(goals)}"
        for pane in (listed, none):
            pane.border_title = title
        listed.border_subtitle = str(self._order)
        self._show_goal()

    def _show_goal(self) -> None:
        goal = self.query_one(GoalList).row
        if goal is not None:
            cells = BAR if self.has_class("-narrow") else WIDE_BAR
            tight = self.has_class("-stacked")
            content = goal_content(goal, cells, self._leads_to(goal), tight=tight)
            self.query_one("#about", Static).update(content)
        self.refresh_bindings()

    def _leads_to(self, goal: AchievementLine) -> str:
        """Title of the room where this goal is reached; nothing if there is none yet."""
        slug = ROOM_OF[goal.condition]
        titles = {entry.slug: entry.title for entry in self.session.rooms}
        return "" if goal.done else titles.get(slug, "")

    def on_row_list_moved(self) -> None:
        """Another goal."""
        self.query_one("#goal", VerticalScroll).scroll_home(animate=False)
        self._show_goal()

    def on_row_list_chosen(self) -> None:
        """A double click goes there too."""
        self.go()

    def why_not_go(self) -> Refusal | None:
        """None if there is a room where the goal under the cursor is reached."""
        goal = self.query_one(GoalList).row
        if goal is None:
            return Refusal(Reason.NOTHING_TO_DO, "There is no goal to go for.")
        if goal.done:
            return Refusal(Reason.NOTHING_TO_DO, f"{goal.name} is achieved already.")
        if self._leads_to(goal):
            return None
        return Refusal(Reason.NOTHING_TO_DO, "There is no room for that yet.")

    def go(self) -> None:
        """To the room where this goal is reached."""
        goal, refusal = self.query_one(GoalList).row, self.why_not_go()
        if goal is None or refusal is not None:
            self.say_refusal(refusal or BUSY)
            return
        self.enter_room(ROOM_OF[goal.condition], PART_OF.get(goal.condition, ""))

    def sort(self) -> None:
        """The other order, from its top."""
        self._order = GoalOrder.DONE if self._order is GoalOrder.NEAREST else GoalOrder.NEAREST
        self._show(keep=False)
