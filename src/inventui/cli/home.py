"""Home: what waits for a player."""

import typer

from inventui.cli.core import style
from inventui.cli.core.command import Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import PlayerHandle
from inventui.cli.core.documents import describe
from inventui.cli.core.output import Answer
from inventui.rules.home import Waiting

app = typer.Typer()

describe(Waiting, "what room worth until")


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
