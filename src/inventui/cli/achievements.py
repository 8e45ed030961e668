"""Achievements: goals, progress and rewards."""

import typer

from inventui.cli.core import style
from inventui.cli.core.command import Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import CommandRun, PlayerHandle
from inventui.cli.core.documents import describe
from inventui.cli.core.output import Answer
from inventui.engine.achievements.models import AchievementLine
from inventui.rules.achievements import Rewards, reward_words

app = typer.Typer()

describe(
    AchievementLine,
    "id name description condition threshold progress achieved_at rewards",
    id="slug",
)
describe(Rewards, "oranges gems experience item", item=lambda rewards: rewards.item or None)


@command(app, "achievements", examples=("achievements", "achievements --json"))
def achievements(run: CommandRun, player: PlayerHandle) -> Outcome:
    """List what there is to achieve, how far you are, and what it gives."""
    # Another version of the pack may have set goals that were reached long ago.
    run.award(anyway=True)
    goals = player.achievements.list()
    done = sum(goal.done for goal in goals)

    def show(page: Page) -> None:
        if not goals:
            page.say("There is nothing to achieve in this world: its content pack sets no goals.")
            return
        page.say(f"{done} of {style.count(len(goals), 'achievement')} reached.")
        page.blank()
        page.table(
            goals,
            TableColumn("", lambda goal: "✓" if goal.done else ""),
            TableColumn("Name", lambda goal: goal.name),
            TableColumn("", lambda goal: goal.description, least=16, drop=1),
            TableColumn(
                "Progress", lambda goal: f"{goal.progress:,}/{goal.threshold:,}", right=True
            ),
            TableColumn("Gives", lambda goal: reward_words(goal.rewards), drop=2),
            TableColumn("Achieved", lambda goal: style.time_or_blank(goal.achieved_at), drop=3),
        )

    return Answer({"achievements": goals, "achieved": done, "total": len(goals)}, show)
