"""Export: everything that the world keeps about one player."""

from typing import Annotated

import typer

from inventui.cli.core.command import Outcome, command
from inventui.cli.core.context import CommandRun
from inventui.cli.core.output import Answer
from inventui.rules.core.refusal import Refusal

app = typer.Typer()


@command(app, "export", examples=("export ana.json", "export --player ana"))
def export(
    call: CommandRun,
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="A file that isn't there yet; else it is printed."),
    ] = None,
) -> Outcome:
    """Write all that is kept about you, as one JSON object."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    if file is None:
        return Answer({}, lambda _: None, pieces=player.export.pieces())
    done = player.export.write(file)
    if isinstance(done, Refusal):
        return done
    return Answer(
        {"path": done.path, "size": done.size},
        lambda page: page.say(f"Wrote {done.path}: {done.size:,} characters."),
    )
