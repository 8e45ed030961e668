"""Packs as files, without a world: making, checking and importing them, and their schema."""

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from inventui.cli.core import style
from inventui.cli.core.command import Outcome, command
from inventui.cli.core.console import Page
from inventui.cli.core.exit_codes import ExitStatus
from inventui.cli.core.output import Answer, note
from inventui.cli.core.parse import number, quoted, word
from inventui.cli.packs.text import show_advice
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.sprite import WIDEST
from inventui.rules.core.text import printable

NoBase = Annotated[
    bool, typer.Option("--no-base", help="Alone, not upon the base pack of this program.")
]
To = Annotated[
    str | None, typer.Option("--to", metavar="FOLDER", help="Where to; else a folder of its name.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be written.")]


class _Words:
    """Lists of words that are read when they are needed: what reads packs is slow to import."""

    @staticmethod
    def template(text: str) -> Any:
        from inventui.content.new import Template

        return word("--template", Template)(text)

    @staticmethod
    def format(text: str) -> Any:
        from inventui.content.importers.run import Format

        return word("FORMAT", Format)(text)


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The pack's id, as in ids of it.")],
    template: Annotated[
        Any,
        typer.Option(
            "--template", metavar="NAME", parser=_Words.template, help="case (one case), or full."
        ),
    ] = "case",
    to: To = None,
    dry_run: DryRun = False,
) -> Outcome:
    """Make a folder with a pack to begin from."""
    from inventui.content.models.fields import is_slug
    from inventui.content.new import make_pack

    folder = Path(to or name)
    if not is_slug(name):
        return _no_id(name)
    if folder.exists() or folder.is_symlink():
        return _there(folder)
    try:
        with tempfile.TemporaryDirectory() as elsewhere:
            target = Path(elsewhere, "pack") if dry_run else folder
            made = make_pack(name, template, target)
    except OSError as error:
        return _unwritable(folder, error)

    def show(page: Page) -> None:
        for file in made:
            page.say(str(folder / file))
        if not dry_run:
            page.say(f"To play it: inventui --demo --pack {folder}")

    return Answer(
        {"pack": name, "folder": str(folder), "files": list(made), "dry_run": dry_run}, show
    )


def check(
    path: Annotated[
        str,
        typer.Argument(metavar="PATH", help="A pack: a folder of .toml files, or one such file."),
    ],
    no_base: NoBase = False,
) -> Outcome:
    """Name every fault of a pack, then what is worth a thought."""
    from inventui.content.check import check_pack

    faults, advice = check_pack(Path(path), base=not no_base)

    def show(page: Page) -> None:
        for fault in faults:
            line = "" if fault.line is None else f":{fault.line}"
            place = " ".join(part for part in (fault.table, fault.field) if part)
            page.say(f"{fault.file}{line}: {place + ': ' if place else ''}{fault.message}")
        show_advice(page, advice)
        if faults:
            count = f"{len(faults):,} faults" if len(faults) > 1 else "1 fault"
            page.say(f"{count}: this pack can't be loaded.", style=style.BAD)
        else:
            page.say("The pack can be loaded.", style=style.GOOD)

    return Answer(
        {
            "ok": not faults,
            "faults": [fault.as_json() for fault in faults],
            "advice": [
                {"kind": str(one.kind), "subject": one.subject, "message": one.message}
                for one in advice
            ],
        },
        show,
        ExitStatus.REFUSED if faults else ExitStatus.DONE,
    )


def schema() -> Outcome:
    """Print the JSON Schema of a pack's files, for editors."""
    from inventui.content.schema import pack_schema

    found = pack_schema()
    return Answer(found, lambda _: None, pieces=[json.dumps(found, indent=2) + "\n"])


def import_(
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            parser=_Words.format,
            help="csgo, warframe, minecraft, playfab, hiro or csv.",
        ),
    ],
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="A file; for minecraft also a folder.")
    ],
    name: Annotated[
        str | None, typer.Option("--id", metavar="NAME", help="The pack's id; else the folder's.")
    ] = None,
    to: To = None,
    prices: Annotated[
        str | None, typer.Option(metavar="FILE", help="CSV or TOML: oranges by name.")
    ] = None,
    rarities: Annotated[
        str | None, typer.Option(metavar="FILE", help="CSV or TOML: rarities by name.")
    ] = None,
    dry_run: DryRun = False,
) -> Outcome:
    """Make a pack of another game's tables; what is lost is listed."""
    from inventui.content.faults import PackError
    from inventui.content.importers.draft import PackImportError
    from inventui.content.importers.run import Format, import_pack
    from inventui.content.models.fields import is_slug
    from inventui.engine.packs.packs import faulty

    folder = Path(to or name or f"{form}-pack")
    pack = name or folder.name
    if not is_slug(pack):
        return _no_id(pack)
    if folder.exists() or folder.is_symlink():
        return _there(folder)
    if sys.stderr is not None and sys.stderr.isatty():
        note(f"Reading {source} …")
    try:
        with tempfile.TemporaryDirectory() as elsewhere:
            found = import_pack(
                Format(form),
                Path(source),
                Path(elsewhere, "pack") if dry_run else folder,
                pack=pack,
                prices=None if prices is None else Path(prices),
                rarities=None if rarities is None else Path(rarities),
            )
    except PackImportError as error:
        return Refusal(Reason.INVALID_FILE, printable(str(error)), {"source": source})
    except PackError as error:
        return faulty(source, error.faults)

    def show(page: Page) -> None:
        cases = "1 case" if found.cases == 1 else f"{found.cases:,} cases"
        items = "1 item" if found.items == 1 else f"{found.items:,} items"
        page.say(f"{found.pack}: {cases} with {items} in {folder}.")
        for kind, count in found.lost.items():
            page.say(f"  {count:,} × {kind}")
        if not dry_run:
            page.say(f"To play it: inventui --demo --pack {folder}")

    return Answer(
        {
            "pack": found.pack,
            "folder": str(folder),
            "cases": found.cases,
            "items": found.items,
            "lost": [{"kind": kind, "count": count} for kind, count in found.lost.items()],
            "dry_run": dry_run,
        },
        show,
    )


def sprite(
    png: Annotated[str, typer.Argument(metavar="PNG", help="A picture.")],
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="The sprite's; else the file's.")
    ] = None,
    width: Annotated[
        int | None,
        number("--width", "How wide to draw it.", "PIXELS"),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="A new file; in a pack it keeps its palette."
        ),
    ] = None,
) -> Outcome:
    """Make a pack's sprite of a picture (needs inventui[art])."""
    from inventui.content.art import ArtError, draw_sprite, name_of, palette_in

    if width is not None and not 1 <= width <= WIDEST:
        raise typer.BadParameter(f"--width takes 1 to {WIDEST} pixels, not {width:,}.")
    file = None if output is None else Path(output)
    if file is not None and (file.exists() or file.is_symlink()):
        return _there(file, "-o")
    try:
        known = {} if file is None else palette_in(file.parent)
        drawing = draw_sprite(Path(png), name or name_of(Path(png)), width, known)
    except ArtError as error:
        return Refusal(Reason.INVALID_FILE, printable(str(error)), {"source": png})
    if file is not None:
        try:
            with file.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(drawing.toml())
        except OSError as error:
            return _unwritable(file, error)

    def show(page: Page) -> None:
        made = f'It is in {file}. What is to show it says: sprite = "{drawing.name}"'
        lines = drawing.toml().splitlines() if file is None else [made]
        for line in lines:
            page.say(line)

    return Answer(
        {
            "name": drawing.name,
            "palette": drawing.palette,
            "rows": list(drawing.rows),
            "file": output,
        },
        show,
    )


def _no_id(name: str) -> Refusal:
    return Refusal(
        Reason.INVALID_NAME,
        f"{quoted(name)} can't be a pack's id: small letters, digits and single hyphens.",
        {"name": name},
    )


def _there(folder: Path, option: str = "--to") -> Refusal:
    return Refusal(
        Reason.FILE_EXISTS,
        f"{printable(str(folder))} is there already. Name another one with {option}.",
        {"file": str(folder)},
    )


def _unwritable(folder: Path, error: OSError) -> Refusal:
    return Refusal(
        Reason.FILE_UNWRITABLE,
        f"{printable(str(folder))} can't be written: {error.strerror or error}.",
        {"file": str(folder)},
    )


def register(app: typer.Typer) -> None:
    """Make these commands of `app`."""
    uses: list[tuple[str, Callable[..., Outcome], tuple[str, ...]]] = [
        ("new", new, ("packs new my-pack", "packs new my-pack --template full")),
        ("check", check, ("packs check my-pack",)),
        ("schema", schema, ("packs schema > pack.schema.json",)),
        ("import", import_, ("packs import csgo cases.json --to cs-cases",)),
        (
            "sprite",
            sprite,
            ("packs sprite crate.png", "packs sprite crate.png -o my-pack/art.toml"),
        ),
    ]
    for name, use, examples in uses:
        command(app, name, examples=examples)(use)
