"""Export of everything that the world keeps about one player."""

from typing import Annotated

import typer

from inventui.cli.core.command import Outcome, command
from inventui.cli.core.console import Page
from inventui.cli.core.context import PlayerHandle
from inventui.cli.core.output import Answer, answer
from inventui.engine.export.models import Exported

app = typer.Typer()


@command(app, "export", examples=("export ana.json", "export --player ana"))
def export(
    player: PlayerHandle,
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="A file that isn't there yet; else it is printed."),
    ] = None,
) -> Outcome:
    """Write all that is kept about you, as one JSON object."""
    if file is None:
        return Answer({}, lambda _: None, pieces=player.export.pieces())
    return answer(player.export.write(file), _show)


def _show(page: Page, done: Exported) -> None:
    page.say(f"Wrote {done.path}: {done.size:,} characters.")
