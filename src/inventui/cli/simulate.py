"""Simulations: many rolls, drawn as the game draws them, against their odds."""

import math
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Protocol, Self, TypeVar, cast

import typer

from inventui.cli.cases import CaseId
from inventui.cli.core import style
from inventui.cli.core.command import Outcome, command
from inventui.cli.core.console import MARK, Page, TableColumn
from inventui.cli.core.context import CommandRun
from inventui.cli.core.documents import Document, describe, plain
from inventui.cli.core.exit_codes import ExitStatus
from inventui.cli.core.output import Answer, note
from inventui.cli.core.parse import number, whole
from inventui.cli.market import simulate as rotation
from inventui.engine.cases.models import Simulation
from inventui.engine.streets.models import RobberySimulation
from inventui.rules.core.chi_square import LEAST_EXPECTED
from inventui.rules.core.refusal import Refusal

if TYPE_CHECKING:
    from rich.progress import Progress

app = typer.Typer()
SECONDS_BETWEEN = 5
"""Between two lines that say how far a simulation is."""


class _Rolled(Protocol):
    """What a simulation found in so many rolls."""

    @property
    def rolls(self) -> int: ...


T = TypeVar("T", bound=_Rolled)
Show = Callable[[T], Answer]

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
    "case seed rolls entries chi_square degrees_of_freedom p_value rolls_needed paid won "
    "return_to_player expected_return",
    chi_square=lambda found: _finite(found.chi_square),
    degrees_of_freedom="degrees",
    p_value=lambda found: _finite(found.p_value),
    return_to_player=lambda found: found.won / found.paid if found.paid else None,
)
describe(
    RobberySimulation,
    "chance purse seed rolls successes success_share mean_loot fine mean gear_taken p_value "
    "rolls_needed",
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
        return robberies(*stakes, rolls, seed)
    if chance is not None or purse is not None:
        raise typer.BadParameter("--chance and --purse go with robbery, not with a case.")
    if case == rotation.ROTATION and no_case:
        return rotations(run, rolls, seed)
    return _rolled(
        rolls,
        lambda show: world.simulate(case, rolls, seed, progress=show),
        lambda found: Answer(found, lambda page: _show(page, found)),
    )


def _rolled(
    rolls: int, simulation: Callable[[Callable[[int], bool]], T | Refusal], show: Show[T]
) -> Outcome:
    """Run a simulation; one that is stopped answers with what it has so far."""
    with _Watch(rolls) as watch:
        found = simulation(watch.show)
    if isinstance(found, Refusal):
        return found
    outcome = show(found)
    if found.rolls == rolls:
        return outcome
    note(f"Stopped after {found.rolls:,} of {rolls:,} rolls.")
    document = {**cast("Document", plain(outcome.document)), "asked": rolls}
    return replace(outcome, document=document, status=ExitStatus.INTERRUPTED)


def rotations(run: CommandRun, rolls: int, seed: str) -> Outcome:
    """Simulate rotations of the black market."""
    from inventui.engine.market.simulate import simulate_rotations

    return _rolled(
        rolls, lambda show: simulate_rotations(run.world, rolls, seed, show), rotation.answer
    )


def robberies(chance: int, purse: int, rolls: int, seed: str) -> Outcome:
    """Simulate robberies: how many succeed, what they bring and cost."""
    from inventui.engine.simulate import simulate_robberies

    return _rolled(
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
        page.say(_too_few(found.rolls_needed))


def _too_few(needed: int) -> str:
    return (
        f"An outcome is expected fewer than {LEAST_EXPECTED} times, so the p value means nothing: "
        f"take {needed:,} rolls or more."
    )


class _Watch:
    """Shows how far a simulation is, and ends it with what it has at the first ctrl+c.

    On a terminal that is a bar; elsewhere a line every few seconds.

    Attributes:
        stopped: whether ctrl+c was pressed.
    """

    def __init__(self, total: int) -> None:
        self.stopped = False
        self._total = max(total, 0)
        self._draw: Progress | None = None
        self._said = monotonic()

    def __enter__(self) -> Self:
        self._before = signal.getsignal(signal.SIGINT)
        if callable(self._before):
            signal.signal(signal.SIGINT, self._stop)
        if sys.stderr is None or not sys.stderr.isatty():
            return self
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
        return self

    def __exit__(self, *_: object) -> None:
        if callable(self._before):
            signal.signal(signal.SIGINT, self._before)
        if self._draw is not None:
            self._draw.stop()

    def _stop(self, *_: object) -> None:
        self.stopped = True
        # Who presses it again does not want to wait.
        signal.signal(signal.SIGINT, self._before)

    def show(self, done: int) -> bool:
        """Show that so many rolls are done; whether to go on."""
        if self._draw is not None:
            self._draw.update(self._draw.task_ids[0], completed=done)
        elif monotonic() - self._said >= SECONDS_BETWEEN and done < self._total:
            self._said = monotonic()
            note(f"{done:,} of {self._total:,} rolls are done.")
        return not self.stopped


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
    if found.rolls < found.rolls_needed:
        page.say(_too_few(found.rolls_needed))
    elif found.p_value < 0.001:
        page.say("A p value this small would be rare if the odds held.")
    else:
        page.say("What was seen fits the odds.")
