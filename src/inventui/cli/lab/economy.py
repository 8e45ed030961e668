"""Commands for whole economies: what a world's ledger says, and economies played by personas."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inventui.cli.core.command import Outcome, command, group
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import World
from inventui.cli.core.exit_codes import ExitStatus
from inventui.cli.core.output import Answer, note
from inventui.cli.core.parse import number
from inventui.cli.core.watch import Watch
from inventui.cli.lab.tables import read_pack
from inventui.content.source import base_pack
from inventui.rules.core.refusal import Reason, Refusal

if TYPE_CHECKING:
    from inventui.lab.loops import EarningLoop
    from inventui.lab.measure import EconomyFigures, PersonaFigures
    from inventui.lab.report import EconomyReport
    from inventui.lab.study import StudyResult

MOST_JOBS = 256

app = typer.Typer()


@group(app, "economy", examples=("economy report", "economy run --days 90 -o lab"))
def economy(world: World) -> Outcome:
    """Measure the economy of this world, or play many with personas."""
    return report_(world)


@command(app, "report", examples=("economy report",))
def report_(world: World) -> Outcome:
    """Tell what came into this world and left it, by its ledger."""
    from inventui.lab.report import report

    found = report(world.store)
    return Answer(found, lambda page: _show_report(page, found))


def _show_report(page: Page, found: "EconomyReport") -> None:
    page.table(
        found.days,
        TableColumn("Day", lambda day: day.day),
        TableColumn("Came in", lambda day: sum(day.faucets.values()), right=True),
        TableColumn("Went out", lambda day: sum(day.sinks.values()), right=True),
    )
    faucets, sinks = (
        _summed([getattr(day, side) for day in found.days]) for side in ("faucets", "sinks")
    )
    page.blank()
    page.table(
        [*((kind, oranges) for kind, oranges in faucets), *((k, -o) for k, o in sinks)],
        TableColumn("Kind", lambda row: row[0].replace("_", " ")),
        TableColumn("Oranges", lambda row: f"{row[1]:+,}".replace("-", "−"), right=True),
    )
    page.blank()
    facts: list[tuple[str, object]] = [
        ("supply", f"{found.supply:,} oranges"),
        ("gini", f"{found.gini:.2f} of what players have"),
        ("ledger", "reconciles to zero" if found.reconciles else "does not reconcile: see audit"),
    ]
    facts += [
        (tier.tier, f"after {tier.hours:,.1f} hours, the middle one of {tier.players:,}")
        for tier in found.tiers
    ]
    if found.prices:
        last = found.prices[-1]
        facts.append(("bazaar", f"{last.index:.0f} % of worth on {last.day}, {last.sales:,} sales"))
    page.facts(facts)


def _summed(days: list[dict[str, int]]) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for day in days:
        for kind, oranges in day.items():
            found[kind] = found.get(kind, 0) + oranges
    return sorted(found.items(), key=lambda item: -item[1])


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
    pack: Annotated[
        Path | None, typer.Option(metavar="PACK", help="Whose items; else the base pack.")
    ] = None,
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
) -> Outcome:
    """Play whole economies with personas, and measure them."""
    from inventui.lab.study import Study, read_study

    if jobs is not None and not 1 <= jobs <= MOST_JOBS:
        raise typer.BadParameter(f"--jobs takes 1 to {MOST_JOBS} processes, not {jobs:,}.")
    asked = Study(days, runs, seed, personas, pack or base_pack(), against, tuple(vary or ()))
    study = read_study(asked)
    if isinstance(study, Refusal):
        return study
    if output is not None and output.exists() and any(output.iterdir()):
        return Refusal(
            Reason.FILE_EXISTS,
            f"{output} is there already, and not empty. Name another folder.",
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
    return Answer(document, lambda page: _show_run(page, result, output), status)


def _show_run(page: Page, result: "StudyResult", output: Path | None) -> None:
    found = result.figures
    page.say(f"{found.rolls:,} runs of {found.days:,} days with seed {found.seed}")
    page.blank()
    page.table(
        found.personas,
        TableColumn("Persona", lambda persona: persona.name, least=8),
        TableColumn("10 %", lambda persona: persona.bands[-1][0], drop=2, right=True),
        TableColumn("50 %", lambda persona: persona.bands[-1][1], right=True),
        TableColumn("90 %", lambda persona: persona.bands[-1][2], drop=2, right=True),
        TableColumn("Reaches by day (the middle one)", _tiers_words, drop=1, least=20),
    )
    page.blank()
    page.table(
        [*found.faucets.items(), *((kind, -oranges) for kind, oranges in found.sinks.items())],
        TableColumn("A player and day", lambda row: row[0].replace("_", " ")),
        TableColumn("Oranges", lambda row: f"{row[1]:+,.1f}".replace("-", "−"), right=True),
    )
    page.blank()
    ratio = "–" if found.ratio_later is None else f"{found.ratio_later:.2f} after the first week"
    page.facts(
        [
            ("faucets over sinks", ratio),
            ("gini", f"{found.gini[-1]:.2f}"),
            (
                "inflation",
                f"{found.inflation[-1]:+.1f} % a week at the end" if found.inflation else "–",
            ),
        ]
    )
    if result.differences:
        page.blank()
        page.table(
            result.differences,
            TableColumn("Against the other pack", lambda row: row.what),
            TableColumn("Differs by", lambda row: f"{row.mean:+,.3g}", right=True),
            TableColumn("95 %", lambda row: f"{row.least:+,.3g} to {row.most:+,.3g}", right=True),
        )
    if result.varied:
        page.blank()
        page.table(
            result.varied,
            TableColumn(result.number, lambda row: row[0], right=True),
            TableColumn(
                "Faucets over sinks",
                lambda row: "–" if row[1].ratio_later is None else f"{row[1].ratio_later:.2f}",
                right=True,
            ),
            TableColumn("Gini", lambda row: f"{row[1].gini[-1]:.2f}", right=True),
            *(_wealth_column(at, persona.name) for at, persona in enumerate(found.personas)),
        )
    if output is not None:
        page.blank()
        page.say(f"Written to {output}: begin with {output / 'economy.md'}.")


@command(app, "loops", examples=("economy loops", "economy loops --pack my-pack --alts"))
def loops_(
    pack: Annotated[
        Path | None, typer.Option(metavar="PACK", help="Whose items; else the base pack.")
    ] = None,
    neighbours: Annotated[
        bool, typer.Option("--neighbours/--no-neighbours", help="Whether neighbours trade.")
    ] = True,
    alts: Annotated[
        bool, typer.Option("--alts", help="Whether players can be added at will.")
    ] = False,
) -> Outcome:
    """Find every cycle of deeds that earns oranges in the mean."""
    from inventui.lab.loops import find_loops

    read = read_pack(pack or base_pack())
    if isinstance(read, Refusal):
        return read
    found = find_loops(read, neighbours=neighbours, alts=alts)
    return Answer({"loops": found}, lambda page: _show_loops(page, found))


SHOWN = 20
"""Loops that a page shows."""


def _show_loops(page: Page, found: "list[EarningLoop]") -> None:
    if not found:
        page.say("No cycle of deeds earns anything.")
        return
    for loop in found[:SHOWN]:
        page.say(f"{loop.gain:,.3f} for each orange, {loop.limit}: {', '.join(loop.steps)}.")
    if len(found) > SHOWN:
        page.blank()
        page.say(f"There are {len(found) - SHOWN:,} more; --json lists all.")


def _wealth_column(at: int, name: str) -> "TableColumn[tuple[int, EconomyFigures]]":
    return TableColumn(name, lambda row: row[1].personas[at].bands[-1][1], drop=at + 1, right=True)


def _tiers_words(persona: "PersonaFigures") -> str:
    return ", ".join(f"{tier.tier} {tier.days[1]}" for tier in persona.tiers) or "–"
