"""The world as a whole: audit, backups, grants by its owner, and its files."""

import gc
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from inventui.cli.core import style
from inventui.cli.core.command import Key, Outcome, command, group
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import CommandRun, World
from inventui.cli.core.exit_codes import ExitStatus
from inventui.cli.core.output import Answer
from inventui.cli.core.parse import number
from inventui.rules.core.money import Currency, money_words
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.text import printable

app = typer.Typer()
places = typer.Typer()


@command(app, "audit", examples=("audit",))
def audit(world: World) -> Outcome:
    """Check the whole world's books and name each fault."""
    # What it imports and reads stays to its end: looking for garbage was a tenth of its time.
    gc.disable()
    report = world.audit()

    def show(page: Page) -> None:
        page.table(
            report.checks,
            TableColumn("Check", lambda check: check.name, least=20),
            TableColumn("Verdict", lambda check: style.verdict(check.ok)),
        )
        page.blank()
        for check in report.checks:
            for fault in check.faults:
                page.say(f"{check.name}: {fault}", style=style.BAD)
        if report.ok:
            page.say("The books are in order.", style=style.GOOD)
        else:
            page.say("The books are not in order: inventui restore puts a backup back.")

    return Answer(
        {"ok": report.ok, "checks": report.checks},
        show,
        ExitStatus.DONE if report.ok else ExitStatus.REFUSED,
    )


@command(app, "backup", examples=("backup", "backup ~/world-before-the-party.db"))
def backup(
    world: World,
    path: Annotated[
        str | None,
        typer.Argument(metavar="PATH", help="Where to; beside the world if left out."),
    ] = None,
) -> Outcome:
    """Make a backup of the world, while others may be playing in it."""
    made = world.backup(path)
    if isinstance(made, Refusal):
        return made
    return Answer({"path": str(made)}, lambda page: page.say(f"Backed up to {made}."))


@group(places, "world", examples=("world", "world copy ~/world.db postgresql://ana@server/club"))
def world_here(world: World) -> Outcome:
    """Say which world this is, and how many play in it."""
    players = len(world.players.list())
    said = {"database": str(world.path), "players": players, "operations": world.version_token()}

    def show(page: Page) -> None:
        page.say(f"{world.path}: {players:,} players, {said['operations']:,} operations.")

    return Answer(said, show)


@command(places, "copy", examples=("world copy ~/world.db postgresql://ana@server/club",))
def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="A world's path or URL.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Where nothing is yet.")],
) -> Outcome:
    """Copy a world whole, from a file to a server or back."""
    from inventui.db.copying import copy_world

    copy_world(source, target)
    # An address may hold a password.
    said = {"copied": True}
    return Answer(said, lambda page: page.say("Copied. To check it: inventui audit --database TO"))


@command(places, "roles", examples=("world roles", "world roles ana_reads Ana"))
def roles(
    role: Annotated[
        str | None, typer.Argument(metavar="ROLE", help="A new role that reads as a player.")
    ] = None,
    player: Annotated[str | None, typer.Argument(metavar="PLAYER", help="Who that is.")] = None,
) -> Outcome:
    """Print the SQL that gives a server's roles their rights."""
    from inventui.db.server import roles as made

    if (role is None) != (player is None):
        return Refusal(Reason.NOTHING_TO_DO, "Name a role and a player, or neither.", {})
    statements = list(made.roles() if role is None else made.reader(role, player or ""))
    names = {"owner": made.OWNER, "game": made.GAME, "player": made.PLAYER}

    def show(page: Page) -> None:
        for statement in statements:
            for line in f"{statement};".splitlines():
                page.say(line)

    return Answer({"roles": names, "sql": statements}, show)


@command(app, "restore", examples=("restore ~/world-before-the-party.db",))
def restore(
    run: CommandRun,
    backup: Annotated[str, typer.Argument(metavar="BACKUP", help="A backup of a world.")],
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> Outcome:
    """Put a backup in the world's place; the present one is kept."""
    from inventui.db.backup import check_restore
    from inventui.db.backup import restore as put_back
    from inventui.db.location import on_server
    from inventui.db.world_file import file_of

    if on_server(run.database):
        return _restored_on_server(run, Path(backup), yes=yes)
    world = file_of(run.database)
    missing = check_restore(world, Path(backup))
    if missing is not None:
        return missing
    if world.exists() and not yes and not _confirmed(world, backup, as_json=run.options.json):
        return _not_confirmed(str(world), backup)
    kept = put_back(world, Path(backup), time.time_ns() // 1_000_000)
    if isinstance(kept, Refusal):
        return kept

    def show(page: Page) -> None:
        page.say(f"{world} is now as {backup} was.")
        if kept is not None:
            page.say(f"What was there before is kept as {kept}.")

    return Answer({"database": str(world), "backup": backup, "kept": kept}, show)


def _not_confirmed(world: str, backup: str) -> Refusal:
    return Refusal(
        Reason.NOT_CONFIRMED,
        f"Nothing was changed: restoring replaces {world}. Add --yes if that is meant.",
        {"database": world, "backup": backup},
    )


def _restored_on_server(run: CommandRun, backup: Path, *, yes: bool) -> Outcome:
    from inventui.db.location import need_driver

    need_driver()
    from inventui.db.server.dump import check_dump
    from inventui.db.server.dump import restore as put_back
    from inventui.db.server.fill import name_of

    world = name_of(run.database)
    missing = check_dump(backup)
    if missing is not None:
        return missing
    if not yes and not _confirmed(Path(world), str(backup), as_json=run.options.json):
        return _not_confirmed(world, str(backup))
    kept = put_back(run.database, world, backup, time.time_ns() // 1_000_000)
    return Answer(
        {"database": world, "backup": str(backup), "kept": kept},
        lambda page: page.say(f"{world} is now as {backup} was; what was there is in {kept}."),
    )


def _confirmed(world: Path, backup: str, *, as_json: bool) -> bool:
    """Whether whoever is at the terminal agrees; no without a terminal."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if as_json or any(stream is None or not stream.isatty() for stream in streams):
        return False
    sys.stderr.write(f"Replace {printable(str(world))} with {printable(backup)}? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


@command(app, "grant", examples=("grant ana --oranges 1000", "grant ana --item golden-squeezer"))
def grant(
    world: World,
    player: Annotated[str, typer.Argument(metavar="PLAYER", help="Who is given it.")],
    item: Annotated[
        str | None, typer.Option(metavar="SLUG", help="An item of the catalogue.")
    ] = None,
    oranges: Annotated[int, number("--oranges", "How many oranges.")] = 0,
    gems: Annotated[int, number("--gems", "How many gems.")] = 0,
    key: Key = None,
) -> Outcome:
    """Give a player an item, oranges or gems, as the world's owner."""
    given = world.grant(player, item=item, oranges=oranges, gems=gems, key=key)
    if isinstance(given, Refusal):
        return given

    def show(page: Page) -> None:
        page.repeated(given.repeat)
        gifts = [
            money_words(amount, currency)
            for currency, amount in (
                (Currency.ORANGES, given.oranges),
                (Currency.GEMS, given.gems),
            )
            if amount
        ]
        gifts += [f"{given.item_name} (item {given.item_id})"] if given.item_id else []
        page.say(
            f"{given.player} was given {', '.join(gifts)} and has {style.money(given.balance)}."
        )

    was_given = {"id": given.item_id, "name": given.item_name, "slug": item}
    return Answer(
        {
            "operation": given.operation,
            "repeat": given.repeat,
            "player": given.player,
            "oranges": given.oranges,
            "gems": given.gems,
            "item": None if given.item_id is None else was_given,
            "balance": given.balance,
        },
        show,
    )


@command(app, "paths", examples=("paths",))
def paths(run: CommandRun) -> Outcome:
    """Show where the world, its backups, the settings and the log lie."""
    from inventui import config

    places = {
        "database": run.database,
        "data": str(config.data_dir()),
        "config": str(config.config_dir()),
        "settings": str(config.settings_file()),
        "documents": str(config.documents_dir()),
        "log": str(config.log_file()),
    }
    return Answer(places, lambda page: page.facts(list(places.items())))
