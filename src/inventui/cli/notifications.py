"""Notifications: listing them, and marking them as read."""

from typing import Annotated

import typer
from rich.text import Text

from inventui.cli.core import style
from inventui.cli.core.command import Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import PlayerHandle
from inventui.cli.core.documents import document
from inventui.cli.core.output import Answer
from inventui.cli.core.paging import After, Limit

app = typer.Typer()


@command(app, "notifications", examples=("notifications", "notifications --unread --seen"))
def notifications(
    player: PlayerHandle,
    unread: Annotated[
        bool, typer.Option("--unread", help="Only those that were never read.")
    ] = False,
    seen: Annotated[
        bool, typer.Option("--seen", help="Note that those shown are read now.")
    ] = False,
    limit: Limit = 50,
    after: After = None,
) -> Outcome:
    """List what you were told, the newest first."""
    told = player.notifications
    found, number = told.page(after, limit, unread=unread), told.unread()

    def show(page: Page) -> None:
        if not found.notifications:
            page.say("There is nothing new." if unread else "You were told nothing yet.")
            return
        page.table(
            found.notifications,
            TableColumn("", lambda line: Text(" " if line.seen else "●", style=style.GOOD)),
            TableColumn("At (UTC)", lambda line: style.when(line.at), drop=1),
            TableColumn("Message", lambda line: line.message, least=20),
        )
        page.blank()
        page.say(f"{number:,} unread.")
        page.onward(found.next)

    def mark() -> None:
        told.seen(line.id for line in found.notifications)

    lines = [{**document(line), "place": line.place or None} for line in found.notifications]
    return Answer(
        {"notifications": lines, "unread": number, "next": found.next},
        show,
        afterwards=mark if seen else None,
    )
