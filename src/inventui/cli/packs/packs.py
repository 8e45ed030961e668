"""Packs of a world: what it has, what another would change, adding, removing and updating."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from inventui.cli.core.command import Outcome, command, group
from inventui.cli.core.console import Page
from inventui.cli.core.context import CommandRun, World
from inventui.cli.core.output import Answer, answer
from inventui.cli.packs import files
from inventui.cli.packs.text import show_changes, show_detail, show_layers
from inventui.engine.packs.models import PacksChanged
from inventui.rules.core.refusal import Reason, Refusal

app = typer.Typer()

PackId = Annotated[str, typer.Argument(metavar="ID", help="A pack of the world, by its id.")]
PackPath = Annotated[
    str, typer.Argument(metavar="PATH", help="A pack: a folder of .toml files, or one such file.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")]


@group(app, "packs", examples=("packs", "packs new my-pack", "packs add my-pack --dry-run"))
def packs(world: World) -> Outcome:
    """List the world's packs, or make, check and change packs."""
    return list_(world)


@command(app, "list", examples=("packs list --json",))
def list_(world: World) -> Outcome:
    """List the packs of this world, in their order."""
    layers = world.packs.list()
    return Answer({"packs": layers}, lambda page: show_layers(page, layers))


@command(app, "show", examples=("packs show base",))
def show(world: World, pack: PackId) -> Outcome:
    """Show a pack of this world: its version, files and what it brings."""
    found = world.packs.show(pack)
    if isinstance(found, Refusal):
        return found
    return Answer({"pack": found}, lambda page: show_detail(page, found))


@command(app, "diff", examples=("packs diff", "packs diff my-pack"))
def diff(
    world: World,
    path: Annotated[
        str | None,
        typer.Argument(metavar="PATH", help="Another pack; else this program's base pack."),
    ] = None,
) -> Outcome:
    """Show what adding or taking a pack would change; nothing is."""
    return answer(world.packs.diff(None if path is None else Path(path)), show_changes)


@command(app, "add", examples=("packs add my-pack --dry-run", "packs add my-pack"))
def add(world: World, path: PackPath, dry_run: DryRun = False) -> Outcome:
    """Put a pack upon those that this world has."""
    return answer(world.packs.add(Path(path), dry_run=dry_run), _show_done)


@command(app, "update", examples=("packs update --dry-run", "packs update my-pack ./my-pack"))
def update(
    run: CommandRun,
    pack: Annotated[
        str | None, typer.Argument(metavar="ID", help="A pack of the world; else the base pack.")
    ] = None,
    path: Annotated[
        str | None,
        typer.Argument(metavar="PATH", help="The other version; else this program's base pack."),
    ] = None,
    dry_run: DryRun = False,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> Outcome:
    """Take another version of a pack, after showing what it changes."""
    world = run.world
    other = None if path is None else Path(path)
    name = world.packs.base_id if pack is None else pack
    if not (dry_run or yes or run.options.json) and all(
        stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)
    ):
        shown = world.packs.update(name, other, dry_run=True)
        if isinstance(shown, Refusal):
            return shown
        show_changes(Page(), replace(shown, dry_run=False))
        if shown.changes and not _confirmed():
            return Refusal(Reason.NOT_CONFIRMED, "Nothing was changed.", {"pack": name})
        return answer(world.packs.update(name, other), _show_taken)
    return answer(world.packs.update(name, other, dry_run=dry_run), _show_done)


@command(app, "remove", examples=("packs remove my-pack --dry-run", "packs remove my-pack"))
def remove(world: World, pack: PackId, dry_run: DryRun = False) -> Outcome:
    """Take a pack out of this world; what players own of it they keep."""
    return answer(world.packs.remove(pack, dry_run=dry_run), _show_done)


def _confirmed() -> bool:
    sys.stderr.write("Take it? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _show_done(page: Page, done: PacksChanged) -> None:
    show_changes(page, done)
    if not done.dry_run:
        _show_taken(page, done)


def _show_taken(page: Page, done: PacksChanged) -> None:
    page.blank()
    show_layers(page, done.packs)


files.register(app)
