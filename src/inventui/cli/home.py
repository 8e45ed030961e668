"""Home: what waits for a player."""

import typer

from inventui.cli.core import style
from inventui.cli.core.command import Key, Outcome, command, group
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import PlayerHandle
from inventui.cli.core.documents import describe
from inventui.cli.core.output import Answer, answer
from inventui.engine.home.models import QuestLine, QuestSkipped
from inventui.rules.home import Waiting

app = typer.Typer()
quests = typer.Typer()

describe(Waiting, "what room worth until")
describe(
    QuestLine,
    "id name description room condition oranges ended_at skipped",
    id="slug",
)
describe(QuestSkipped, "operation repeat quest name at")


@command(app, "next", examples=("next", "next --json"))
def what_next(player: PlayerHandle) -> Outcome:
    """Say what waits for you, the first thing to mind first."""
    view = player.home.look()

    def show(page: Page) -> None:
        page.table(
            view.lines,
            TableColumn("What", lambda line: line.what),
            TableColumn("Room", lambda line: line.room, drop=2),
            TableColumn(
                "Worth", lambda line: f"{line.worth:,}" if line.worth else "", right=True, drop=3
            ),
            TableColumn("Until", lambda line: style.time_or_blank(line.until), drop=1),
        )
        if view.opens:
            page.blank()
            page.say(f"The next rank opens: {view.opens}.")

    return Answer({"lines": view.lines}, show)


@group(quests, "quests", examples=("quests", "quests skip"))
def list_quests(player: PlayerHandle) -> Outcome:
    """Show the quests of the first evening; skip the next one."""
    lines = player.quests.list()

    def show(page: Page) -> None:
        if not lines:
            page.say("There are no quests in this world: its content pack has none.")
            return
        page.table(
            lines,
            TableColumn(
                "", lambda line: "" if line.ended_at is None else "–" if line.skipped else "✓"
            ),
            TableColumn("Quest", lambda line: line.name),
            TableColumn("", lambda line: line.description, least=16, drop=1),
            TableColumn("Gives", lambda line: f"{line.oranges:,}", right=True),
        )

    return Answer({"quests": lines}, show)


@command(quests, "skip", examples=("quests skip",))
def skip(player: PlayerHandle, key: Key = None) -> Outcome:
    """Skip the quest of the moment; its reward is never given."""
    return answer(player.quests.skip(key), lambda page, done: page.say(f"Skipped: {done.name}."))
