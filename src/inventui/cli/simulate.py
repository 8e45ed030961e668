"""Simulations: many rolls, drawn as the game draws them, against their odds."""

from typing import Annotated

import typer

from inventui.cli.core import style
from inventui.cli.core.command import Outcome, command
from inventui.cli.core.console import Page
from inventui.cli.core.context import CommandRun
from inventui.cli.core.documents import describe
from inventui.cli.core.output import Answer
from inventui.cli.core.parse import number
from inventui.cli.core.watch import watched
from inventui.cli.lab import rolled
from inventui.cli.lab.rolled import finite, too_few
from inventui.cli.lab.tables import odds_of
from inventui.cli.market import simulate as rotation
from inventui.engine.streets.models import RobberySimulation
from inventui.rules.core.refusal import Refusal

app = typer.Typer()
ROBBERY = "robbery"
"""The word that simulates robberies, unless a case has that id."""

EACH, RUNS = 100_000, 1_000
"""How many openings, and how many runs, unless it is said."""

MOST_JOBS = 256


def _mean_loot(found: RobberySimulation) -> float:
    return found.loot / found.successes if found.successes else 0.0


def _mean(found: RobberySimulation) -> float:
    """What a robbery brings on average, fines counted."""
    return (found.loot - found.fine * (found.rolls - found.successes)) / found.rolls


describe(
    RobberySimulation,
    "chance purse seed rolls successes success_share mean_loot fine mean gear_taken p_value "
    "rolls_needed",
    success_share=lambda found: found.successes / found.rolls,
    mean_loot=_mean_loot,
    mean=_mean,
    gear_taken="gear",
    p_value=lambda found: finite(found.p_value),
)


@command(
    app,
    "simulate",
    examples=(
        "simulate citrus-crate -n 1000000 --seed abc",
        "simulate citrus-crate --until legendary --budget 5000",
        "simulate my-pack --case my-crate",
        "simulate robbery --chance 65",
        "simulate rotation",
    ),
)
def simulate(
    run: CommandRun,
    case: Annotated[
        str,
        typer.Argument(
            metavar="PACK-OR-CASE",
            help="A case's id, or the folder or file of a pack; robbery; rotation.",
        ),
    ],
    rolls: Annotated[
        int | None,
        number("-n", "How many openings, else 100,000; or runs, else 1,000.", long="--rolls"),
    ] = None,
    seed: Annotated[
        str, typer.Option(metavar="SEED", help="The same seed rolls the same.")
    ] = "inventui",
    pack_case: Annotated[
        str | None, typer.Option("--case", metavar="ID", help="Which case of a pack.")
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(metavar="ITEM", help="Open until this comes: an entry, an item or a rarity."),
    ] = None,
    budget: Annotated[
        int | None, number("--budget", "Oranges of each run; what is won is sold at once.")
    ] = None,
    jobs: Annotated[
        int | None, number("--jobs", "How many processes; else as many as there are processors.")
    ] = None,
    chance: Annotated[int | None, number("--chance", "Of a robbery, in percent; else 50.")] = None,
    purse: Annotated[
        int | None, number("--purse", "Oranges of both sides of a robbery; else 10,000.")
    ] = None,
) -> Outcome:
    """Roll a case, robbery or rotation many times against the odds."""
    if jobs is not None and not 1 <= jobs <= MOST_JOBS:
        raise typer.BadParameter(f"--jobs takes 1 to {MOST_JOBS} processes, not {jobs:,}.")
    words = {"--until": until, "--budget": budget, "--case": pack_case}
    named = [word for word, given in words.items() if given is not None]
    if case in (ROBBERY, rotation.ROTATION) and not named and _is_no_case(run, case):
        count = EACH if rolls is None else rolls
        if case == ROBBERY:
            stakes = (50 if chance is None else chance, 10_000 if purse is None else purse)
            return robberies(*stakes, count, seed)
        if chance is None and purse is None:
            return rotations(run, count, seed)
    if chance is not None or purse is not None:
        raise typer.BadParameter("--chance and --purse go with robbery, not with a case.")
    odds = odds_of(run, case, pack_case)
    if isinstance(odds, Refusal):
        return odds
    if until is None and budget is None:
        return rolled.openings(odds, EACH if rolls is None else rolls, seed, jobs)
    return rolled.runs(odds, RUNS if rolls is None else rolls, seed, jobs, until, budget)


def _is_no_case(run: CommandRun, case: str) -> bool:
    return isinstance(odds_of(run, case, None), Refusal)


def rotations(run: CommandRun, rolls: int, seed: str) -> Outcome:
    """Simulate rotations of the black market."""
    from inventui.engine.market.simulate import simulate_rotations

    return watched(
        rolls, lambda show: simulate_rotations(run.world, rolls, seed, show), rotation.answer
    )


def robberies(chance: int, purse: int, rolls: int, seed: str) -> Outcome:
    """Simulate robberies: how many succeed, what they bring and cost."""
    from inventui.engine.simulate import simulate_robberies

    return watched(
        rolls,
        lambda show: simulate_robberies(chance, purse, rolls, seed, progress=show),
        lambda found: Answer(found, lambda page: _show_robberies(page, found)),
    )


def _show_robberies(page: Page, found: RobberySimulation) -> None:
    page.facts(
        [
            ("robberies", f"{found.rolls:,} with seed {found.seed}"),
            (
                "succeeded",
                f"{style.percent(found.successes / found.rolls, 2)} "
                f"(the chance is {found.chance} %)",
            ),
            ("loot", f"{_mean_loot(found):,.1f} oranges in the mean, from {found.purse:,}"),
            ("fine", f"{found.fine:,} oranges of {found.purse:,}"),
            ("each brings", f"{_mean(found):+,.1f} oranges in the mean".replace("-", "−")),
            ("gear", f"{found.gear:,} times, where there is some to take"),
            ("p value", f"{found.p_value:.4f}"),
        ]
    )
    if found.rolls < found.rolls_needed:
        page.blank()
        page.say(too_few(found.rolls_needed))
