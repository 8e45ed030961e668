"""Notifications: what a player was told."""

from typing import Annotated

import typer
from rich.text import Text

from inventui.cli.core import style
from inventui.cli.core.command import Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import CommandRun
from inventui.cli.core.output import Answer
from inventui.cli.core.paging import After, Limit, check_limit
from inventui.rules.core.clock import to_iso
from inventui.rules.core.refusal import Refusal

app = typer.Typer()


@command(app, "notifications", examples=("notifications", "notifications --unread --seen"))
def notifications(
    call: CommandRun,
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
    player = check_limit(limit) or call.player()
    if isinstance(player, Refusal):
        return player
    told = player.notifications
    found, number = told.page(after, limit, unread=unread), told.unread()
    document = {
        "notifications": [
            {
                "id": line.id,
                "at": to_iso(line.at),
                "kind": line.kind,
                "tone": line.tone,
                "message": line.message,
                "place": line.place or None,
                "item_id": line.item_id,
                "seen": line.seen,
            }
            for line in found.notifications
        ],
        "unread": number,
        "next": found.next,
    }

    def show(page: Page) -> None:
        if not found.notifications:
            page.say("There is nothing new." if unread else "You were told nothing yet.")
            return
        page.table(
            (TableColumn(""), TableColumn("At (UTC)", drop=1), TableColumn("Message", least=20)),
            [
                (
                    Text(" " if line.seen else "●", style=style.GOOD),
                    style.when(line.at),
                    line.message,
                )
                for line in found.notifications
            ],
        )
        page.blank()
        page.say(f"{number:,} unread.")
        if found.next is not None:
            page.say(f"For the next page add --after {found.next}.", style=style.LABEL)

    def mark() -> None:
        told.seen(line.id for line in found.notifications)

    return Answer(document, show, afterwards=mark if seen else None)
