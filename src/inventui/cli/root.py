"""The tree of commands."""

from typing import Annotated

import typer

from inventui import __version__
from inventui.cli import (
    achievements,
    cases,
    collections,
    drawer,
    escrow,
    export,
    fairness,
    history,
    inventory,
    notifications,
    people,
    players,
    property,
    shop,
    simulate,
    streets,
    wallet,
    wardrobe,
    withdrawals,
    workshop,
    world,
)
from inventui.cli.bazaar import bazaar, listing
from inventui.cli.core.command import AsJson, Database, PlayerName
from inventui.cli.core.context import Options
from inventui.cli.market import black_market, gear_shop
from inventui.cli.trades import trades

HELP_NAMES = ("--help", "-h")

app = typer.Typer(
    name="inventui",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": list(HELP_NAMES)},
)
app.add_typer(players.app)
app.add_typer(cases.app)
app.add_typer(inventory.app)
app.add_typer(shop.app)
app.add_typer(gear_shop.app)
app.add_typer(black_market.app)
app.add_typer(bazaar.app)
app.add_typer(listing.app)
app.add_typer(workshop.app)
app.add_typer(collections.app)
app.add_typer(escrow.app)
app.add_typer(wardrobe.app)
app.add_typer(drawer.app)
app.add_typer(streets.app)
app.add_typer(property.app)
app.add_typer(people.app)
app.add_typer(people.giving)
app.add_typer(trades.app)
app.add_typer(notifications.app)
app.add_typer(withdrawals.app)
app.add_typer(achievements.app)
app.add_typer(wallet.app)
app.add_typer(history.app)
app.add_typer(fairness.app)
app.add_typer(fairness.verifying)
app.add_typer(simulate.app)
app.add_typer(export.app)
app.add_typer(world.app)


@app.callback(
    invoke_without_command=True,
    epilog="Without a command the game begins. Exit status: 0 done, 1 refused by a rule, "
    "2 wrong usage, 3 the database can't be used.",
)
def root(
    *,
    ctx: typer.Context,
    demo: Annotated[
        bool, typer.Option("--demo", help="Play in a throw-away world with a full inventory.")
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
    if demo:
        raise typer.BadParameter("--demo plays the game, so it goes with no command.")
    if ctx.invoked_subcommand is None:
        raise typer.BadParameter("--json goes with a command.")
