"""The tree of commands."""

from functools import cache
from importlib import import_module
from typing import Annotated

import typer

from inventui import __version__
from inventui.cli.core.command import AsJson, Database, PlayerName
from inventui.cli.core.context import Options
from inventui.rooms import ROOMS

HELP_NAMES = ("--help", "-h")


@cache
def commands(word: str = "") -> typer.Typer:
    """The commands that begin with a word, with those of its module; all if none begins so."""
    app = typer.Typer(
        name="inventui",
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": list(HELP_NAMES)},
    )
    app.callback(
        invoke_without_command=True,
        epilog="Without a command the game begins. Exit status: 0 done, 1 refused by a rule, "
        "2 wrong usage, 3 the database can't be used.",
    )(root)
    words = {module: said.split() for room in ROOMS for module, said in room.commands.items()}
    for module in [each for each in words if word in words[each]] or words:
        path, _, name = module.partition(":")
        app.add_typer(getattr(import_module(f"inventui.cli.{path}"), name or "app"))
    return app


def root(
    *,
    ctx: typer.Context,
    demo: Annotated[
        bool, typer.Option("--demo", help="Play in a throw-away world with a full inventory.")
    ] = False,
    pack: Annotated[
        list[str] | None,
        typer.Option(
            "--pack", metavar="PATH", help="Play a pack in a new world or --demo; repeatable."
        ),
    ] = None,
    no_base: Annotated[
        bool, typer.Option("--no-base", help="Leave the base pack out of a new world.")
    ] = False,
    database: Database = None,
    player: PlayerName = None,
    as_json: AsJson = False,
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    """A terminal game about owning things: open cases, keep what you win, check every roll."""
    if version:
        typer.echo(f"inventui {__version__}")
        raise typer.Exit
    ctx.obj = Options(database, player, as_json)
    for name, given in (("--demo", demo), ("--pack", pack), ("--no-base", no_base)):
        if given:
            raise typer.BadParameter(f"{name} plays the game, so it goes with no command.")
    if ctx.invoked_subcommand is None:
        raise typer.BadParameter("--json goes with a command.")
