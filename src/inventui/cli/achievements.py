"""Achievements: what there is to achieve, how far one is, and what it gave."""

import typer

from inventui.cli.core import documents, style
from inventui.cli.core.command import Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import CommandRun
from inventui.cli.core.output import Answer
from inventui.engine.achievements.models import AchievementLine
from inventui.rules.achievements import Rewards, reward_words
from inventui.rules.core.clock import to_iso
from inventui.rules.core.refusal import Refusal

app = typer.Typer()


@command(app, "achievements", examples=("achievements", "achievements --json"))
def achievements(call: CommandRun) -> Outcome:
    """List what there is to achieve, how far you are, and what it gives."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    # Another version of the pack may have set goals that were reached long ago.
    call.award(anyway=True)
    goals = player.achievements.list()
    done = sum(goal.done for goal in goals)
    document = {
        "achievements": [_line(goal) for goal in goals],
        "achieved": done,
        "total": len(goals),
    }

    def show(page: Page) -> None:
        if not goals:
            page.say("There is nothing to achieve in this world: its content pack sets no goals.")
            return
        page.say(f"{done} of {style.count(len(goals), 'achievement')} reached.")
        page.blank()
        page.table(
            (
                TableColumn(""),
                TableColumn("Name"),
                TableColumn("", least=16, drop=1),
                TableColumn("Progress", right=True),
                TableColumn("Gives", drop=2),
                TableColumn("Achieved", drop=3),
            ),
            [
                (
                    "✓" if goal.done else "",
                    goal.name,
                    goal.description,
                    f"{goal.progress:,}/{goal.threshold:,}",
                    reward_words(goal.rewards),
                    "" if goal.achieved_at is None else style.when(goal.achieved_at),
                )
                for goal in goals
            ],
        )

    return Answer(document, show)


def _line(goal: AchievementLine) -> documents.Document:
    return {
        "id": goal.slug,
        "name": goal.name,
        "description": goal.description,
        "condition": goal.condition,
        "threshold": goal.threshold,
        "progress": goal.progress,
        "achieved_at": None if goal.achieved_at is None else to_iso(goal.achieved_at),
        "rewards": _rewards(goal.rewards),
    }


def _rewards(rewards: Rewards) -> documents.Document:
    return {
        "oranges": rewards.oranges,
        "gems": rewards.gems,
        "experience": rewards.experience,
        "item": rewards.item or None,
    }
