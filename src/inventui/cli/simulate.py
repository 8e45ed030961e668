"""Simulations: many rolls, drawn as the game draws them, against their odds."""

import math
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from inventui.cli.cases import CaseId
from inventui.cli.core import style
from inventui.cli.core.command import Outcome, command
from inventui.cli.core.console import MARK, Page, TableColumn
from inventui.cli.core.context import CommandRun
from inventui.cli.core.documents import describe
from inventui.cli.core.output import answer, refuse
from inventui.cli.core.parse import number, whole
from inventui.cli.market import simulate as rotation
from inventui.engine.cases.models import Simulation
from inventui.engine.streets.models import RobberySimulation
from inventui.rules.core.refusal import Refusal

if TYPE_CHECKING:
    from rich.progress import Progress

app = typer.Typer()
T = TypeVar("T")

ROBBERY = "robbery"
"""The word that simulates robberies, unless a case has that id."""


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None


def _mean_loot(found: RobberySimulation) -> float:
    return found.loot / found.successes if found.successes else 0.0


def _mean(found: RobberySimulation) -> float:
    """What a robbery brings on average, fines counted."""
    return (found.loot - found.fine * (found.rolls - found.successes)) / found.rolls


describe(
    Simulation,
    "case seed rolls entries chi_square degrees_of_freedom p_value paid won return_to_player "
    "expected_return",
    chi_square=lambda found: _finite(found.chi_square),
    degrees_of_freedom="degrees",
    p_value=lambda found: _finite(found.p_value),
    return_to_player=lambda found: found.won / found.paid if found.paid else None,
)
describe(
    RobberySimulation,
    "chance purse seed rolls successes success_share mean_loot fine mean gear_taken p_value",
    success_share=lambda found: found.successes / found.rolls,
    mean_loot=_mean_loot,
    mean=_mean,
    gear_taken="gear",
    p_value=lambda found: _finite(found.p_value),
)


@command(
    app,
    "simulate",
    examples=(
        "simulate citrus-crate -n 1000000 --seed abc",
        "simulate robbery --chance 65",
        "simulate rotation",
    ),
)
def simulate(
    run: CommandRun,
    case: CaseId,
    rolls: Annotated[
        int,
        typer.Option("-n", "--rolls", metavar="N", parser=whole("-n"), help="How many rolls."),
    ] = 100_000,
    seed: Annotated[
        str, typer.Option(metavar="SEED", help="The same seed rolls the same.")
    ] = "inventui",
    chance: Annotated[int | None, number("--chance", "Of a robbery, in percent; else 50.")] = None,
    purse: Annotated[
        int | None, number("--purse", "Oranges of both sides of a robbery; else 10,000.")
    ] = None,
) -> Outcome:
    """Roll a case, robbery or rotation many times against the odds."""
    world = run.world
    no_case = isinstance(world.catalogue.case(case), Refusal)
    if case == ROBBERY and no_case:
        stakes = (50 if chance is None else chance, 10_000 if purse is None else purse)
        return robberies(run, *stakes, rolls, seed)
    if chance is not None or purse is not None:
        raise typer.BadParameter("--chance and --purse go with robbery, not with a case.")
    if case == rotation.ROTATION and no_case:
        return rotations(run, rolls, seed)
    found = _rolled(run, rolls, lambda show: world.simulate(case, rolls, seed, progress=show))
    return answer(found, _show)


def _rolled(run: CommandRun, rolls: int, simulation: Callable[[Callable[[int], None]], T]) -> T:
    """Run a simulation with a bar that shows how far it is; it can be stopped."""
    bar = _Bar(rolls)
    try:
        with bar:
            return simulation(bar.show)
    except KeyboardInterrupt:
        stopped = f"Stopped after {bar.done:,} of {rolls:,} rolls."
        refuse({"reason": "interrupted", "message": stopped}, as_json=run.options.json)
        raise


def rotations(run: CommandRun, rolls: int, seed: str) -> Outcome:
    """Simulate rotations of the black market."""
    from inventui.engine.market.simulate import simulate_rotations

    found = _rolled(run, rolls, lambda show: simulate_rotations(run.world, rolls, seed, show))
    return found if isinstance(found, Refusal) else rotation.answer(found)


def robberies(run: CommandRun, chance: int, purse: int, rolls: int, seed: str) -> Outcome:
    """Simulate robberies: how many succeed, what they bring and cost."""
    from inventui.engine.simulate import simulate_robberies

    found = _rolled(
        run, rolls, lambda show: simulate_robberies(chance, purse, rolls, seed, progress=show)
    )
    return answer(found, _show_robberies)


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


class _Bar:
    """A progress bar on standard error, if that is a terminal."""

    def __init__(self, total: int) -> None:
        self.done = 0
        self._total = max(total, 0)
        self._draw: Progress | None = None

    def __enter__(self) -> None:
        if sys.stderr is None or not sys.stderr.isatty():
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        self._draw = Progress(
            TextColumn("Rolling"),
            BarColumn(),
            TextColumn("{task.completed:,.0f} of {task.total:,.0f}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._draw.start()
        self._draw.add_task("", total=self._total)

    def __exit__(self, *_: object) -> None:
        if self._draw is not None:
            self._draw.stop()

    def show(self, done: int) -> None:
        """Show that so many rolls are done."""
        self.done = done
        if self._draw is not None:
            self._draw.update(self._draw.task_ids[0], completed=done)


def _show(page: Page, found: Simulation) -> None:
    page.table(
        found.entries,
        MARK,
        TableColumn("Prize", lambda entry: entry.name, least=10),
        TableColumn("Worth", lambda entry: entry.value, drop=2, right=True),
        TableColumn("Expected", lambda entry: f"{entry.expected:,.1f}", right=True),
        TableColumn("Seen", lambda entry: entry.seen, right=True),
        TableColumn(
            "Off by",
            lambda entry: f"{entry.seen - entry.expected:+,.1f}".replace("-", "−"),
            drop=1,
            right=True,
        ),
    )
    page.blank()
    page.facts(
        [
            ("rolls", f"{found.rolls:,} with seed {found.seed}"),
            ("chi-square", f"{found.chi_square:,.2f} with {found.degrees} degrees of freedom"),
            ("p value", f"{found.p_value:.4f}"),
            (
                "returned",
                f"{style.percent(found.won / found.paid, 2) if found.paid else '–'} "
                f"(the odds say {style.percent(found.expected_return, 2)})",
            ),
        ]
    )
    page.blank()
    page.say(
        "A p value this small would be rare if the odds held."
        if found.p_value < 0.001
        else "What was seen fits the odds."
    )
