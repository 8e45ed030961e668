"""Commands for whole economies: what a world's ledger says, and economies played by personas."""

import math
from pathlib import Path
from typing import Annotated

import typer

from inventui.cli.core.command import Outcome, command, group
from inventui.cli.core.context import World
from inventui.cli.core.exit_codes import ExitStatus
from inventui.cli.core.output import Answer, note
from inventui.cli.core.parse import number
from inventui.cli.core.watch import Watch
from inventui.cli.lab.economy_text import show_loops, show_properties, show_report, show_run
from inventui.content.source import base_pack
from inventui.rules.core.refusal import Reason, Refusal
from inventui.system import entries

MOST_JOBS = 256

Packs = Annotated[
    list[Path] | None,
    typer.Option(metavar="PACK", help="Whose items, repeatable; else the base pack."),
]
Plot = Annotated[bool, typer.Option("--plot", help="Draw the curves in the terminal too.")]

app = typer.Typer()


@group(app, "economy", examples=("economy report", "economy run --days 90 -o lab"))
def economy(world: World) -> Outcome:
    """Measure the economy of this world, or play many with personas."""
    return report_(world)


@command(app, "report", examples=("economy report", "economy report --plot"))
def report_(world: World, plot: Plot = False) -> Outcome:
    """Tell what came into this world and left it, by its ledger."""
    from inventui.lab.report import report

    found = report(world.store)
    return Answer(found, lambda page: show_report(page, found, plot=plot))


@command(
    app,
    "run",
    examples=(
        "economy run --days 90 --runs 20 -o lab",
        "economy run --vary shifts.shift_most=80..160",
        "economy run --against my-pack",
    ),
)
def run_(
    days: Annotated[int, number("--days", "How many days.")] = 30,
    runs: Annotated[int, number("--runs", "How many economies.")] = 10,
    seed: Annotated[
        str, typer.Option(metavar="SEED", help="The same seed plays the same.")
    ] = "inventui",
    personas: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Who plays; else the six that come with the game."),
    ] = None,
    pack: Packs = None,
    against: Annotated[
        Path | None, typer.Option(metavar="PACK", help="Another pack, to compare with.")
    ] = None,
    vary: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NUMBER=A..B",
            help="Play with a number of the economy at five values; NUMBER=A only changes it.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FOLDER", help="Write tables, plots and a page."),
    ] = None,
    jobs: Annotated[
        int | None, number("--jobs", "How many processes; else as many as there are processors.")
    ] = None,
    plot: Plot = False,
) -> Outcome:
    """Play whole economies with personas, and measure them."""
    from inventui.lab.study import Study, read_study

    if jobs is not None and not 1 <= jobs <= MOST_JOBS:
        raise typer.BadParameter(f"--jobs takes 1 to {MOST_JOBS} processes, not {jobs:,}.")
    asked = Study(days, runs, seed, personas, _packs(pack), against, tuple(vary or ()))
    study = read_study(asked)
    if isinstance(study, Refusal):
        return study
    if output is not None and (output.is_file() or any(entries(output))):
        return Refusal(
            Reason.FILE_EXISTS,
            f"{output} is there already, and no empty folder. Name another one.",
            {"file": str(output)},
        )
    with Watch(study.economies, "runs") as watch:
        result = study.play(jobs, watch.show)
    document = result.document()
    if output is not None:
        try:
            result.write(output, document)
        except OSError as error:
            return Refusal(
                Reason.FILE_UNWRITABLE,
                f"{output} can't be written: {error.strerror or error}.",
                {"file": str(output)},
            )
    if watch.stopped:
        note(f"Stopped after {result.figures.rolls:,} of {runs:,} runs.")
        document["asked"] = runs
    status = ExitStatus.INTERRUPTED if watch.stopped else ExitStatus.DONE
    return Answer(document, lambda page: show_run(page, result, output, plot=plot), status)


@command(app, "loops", examples=("economy loops", "economy loops --pack my-pack --alts"))
def loops_(
    pack: Packs = None,
    neighbours: Annotated[
        bool, typer.Option("--neighbours/--no-neighbours", help="Whether neighbours trade.")
    ] = True,
    alts: Annotated[
        bool, typer.Option("--alts", help="Whether players can be added at will.")
    ] = False,
) -> Outcome:
    """Find every cycle of actions that earns oranges in the mean."""
    from inventui.lab.loops import find_loops
    from inventui.lab.study import packs_at

    read = packs_at(_packs(pack))
    if isinstance(read, Refusal):
        return read
    found = find_loops(read, neighbours=neighbours, alts=alts)
    return Answer({"loops": found}, lambda page: show_loops(page, found))


@command(app, "properties", examples=("economy properties --runs 20",))
def properties_(
    runs: Annotated[int, number("--runs", "How many economies.")] = 4,
    days: Annotated[int, number("--days", "How many days.")] = 35,
    seed: Annotated[
        str, typer.Option(metavar="SEED", help="The same seed plays the same.")
    ] = "inventui",
    pack: Packs = None,
) -> Outcome:
    """Measure what the base economy promises."""
    from inventui.lab.processes import processes
    from inventui.lab.properties import properties
    from inventui.lab.study import Study, read_study

    study = read_study(Study(days, runs, seed, None, _packs(pack)))
    if isinstance(study, Refusal):
        return study
    with Watch(runs, "runs") as watch:
        found = properties(study.setting, runs, processes(None) if runs > 1 else 1, watch.show)
    document = {
        "seed": seed,
        "runs": watch.done,
        "days": days,
        "properties": [
            {
                "name": one.name,
                "measured": [figure if math.isfinite(figure) else None for figure in one.measured],
                "least": one.least,
                "most": one.most,
                "unit": one.unit,
                "holds": one.holds,
            }
            for one in found
        ],
    }
    if watch.stopped:
        note(f"Stopped after {watch.done:,} of {runs:,} runs.")
        document["asked"] = runs
    status = ExitStatus.INTERRUPTED if watch.stopped else ExitStatus.DONE
    return Answer(document, lambda page: show_properties(page, found, seed), status)


def _packs(named: list[Path] | None) -> tuple[Path, ...]:
    return tuple(named or (base_pack(),))
