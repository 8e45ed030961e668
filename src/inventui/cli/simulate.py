"""Simulation: many rolls, drawn as the game draws them, against what their odds say."""

import math
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from inventui.cli.cases import CaseId
from inventui.cli.core import style
from inventui.cli.core.command import Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import CommandRun
from inventui.cli.core.output import Answer, refuse
from inventui.cli.core.parse import whole
from inventui.cli.market import simulate as rotation
from inventui.engine.cases.models import Simulation
from inventui.rules.core.refusal import Refusal

if TYPE_CHECKING:
    from rich.progress import Progress

app = typer.Typer()
T = TypeVar("T")

ROBBERY = "robbery"
"""What is simulated by this word, where no case has it as its id."""


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
    call: CommandRun,
    case: CaseId,
    rolls: Annotated[
        int,
        typer.Option("-n", "--rolls", metavar="N", parser=whole("-n"), help="How many rolls."),
    ] = 100_000,
    seed: Annotated[
        str, typer.Option(metavar="SEED", help="The same seed rolls the same.")
    ] = "inventui",
    chance: Annotated[
        int | None,
        typer.Option(
            metavar="N", parser=whole("--chance"), help="Of a robbery, in percent; else 50."
        ),
    ] = None,
    purse: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            parser=whole("--purse"),
            help="Oranges of both sides of a robbery; else 10,000.",
        ),
    ] = None,
) -> Outcome:
    """Roll a case, robbery or rotation many times against the odds."""
    world = call.world
    no_case = isinstance(world.catalogue.case(case), Refusal)
    if case == ROBBERY and no_case:
        stakes = (50 if chance is None else chance, 10_000 if purse is None else purse)
        return robberies(call, *stakes, rolls, seed)
    if chance is not None or purse is not None:
        raise typer.BadParameter("--chance and --purse go with robbery, not with a case.")
    if case == rotation.ROTATION and no_case:
        return rotations(call, rolls, seed)
    found = _rolled(call, rolls, lambda show: world.simulate(case, rolls, seed, progress=show))
    if isinstance(found, Refusal):
        return found
    document = {
        "case": found.case,
        "seed": found.seed,
        "rolls": found.rolls,
        "entries": [
            {
                "name": entry.name,
                "rarity": entry.rarity,
                "value": entry.value,
                "expected": entry.expected,
                "seen": entry.seen,
            }
            for entry in found.entries
        ],
        "chi_square": _finite(found.chi_square),
        "degrees_of_freedom": found.degrees,
        "p_value": _finite(found.p_value),
        "paid": found.paid,
        "won": found.won,
        "return_to_player": found.won / found.paid if found.paid else None,
        "expected_return": found.expected_return,
    }
    return Answer(document, lambda page: _show(page, found))


def _rolled(call: CommandRun, rolls: int, run: Callable[[Callable[[int], None]], T]) -> T:
    """Run a simulation with a bar that shows how far it is; it can be stopped."""
    bar = _Bar(rolls)
    try:
        with bar:
            return run(bar.show)
    except KeyboardInterrupt:
        stopped = f"Stopped after {bar.done:,} of {rolls:,} rolls."
        refuse({"reason": "interrupted", "message": stopped}, as_json=call.options.json)
        raise


def rotations(call: CommandRun, rolls: int, seed: str) -> Outcome:
    """Many rotations of the black market."""
    from inventui.engine.market.simulate import simulate_rotations

    found = _rolled(call, rolls, lambda show: simulate_rotations(call.world, rolls, seed, show))
    return found if isinstance(found, Refusal) else rotation.answer(found)


def robberies(call: CommandRun, chance: int, purse: int, rolls: int, seed: str) -> Outcome:
    """Many robberies: how many succeed, and what they bring and cost."""
    from inventui.engine.simulate import simulate_robberies

    found = _rolled(
        call, rolls, lambda show: simulate_robberies(chance, purse, rolls, seed, progress=show)
    )
    if isinstance(found, Refusal):
        return found
    wins, losses = found.successes, found.rolls - found.successes
    mean_loot = found.loot / wins if wins else 0.0
    # What a robbery brings in the mean, its fine counted.
    mean = (found.loot - found.fine * losses) / found.rolls
    document = {
        "chance": found.chance,
        "purse": found.purse,
        "seed": found.seed,
        "rolls": found.rolls,
        "successes": wins,
        "success_share": wins / found.rolls,
        "mean_loot": mean_loot,
        "fine": found.fine,
        "mean": mean,
        "gear_taken": found.gear,
        "p_value": _finite(found.p_value),
    }

    def show(page: Page) -> None:
        page.facts(
            [
                ("robberies", f"{found.rolls:,} with seed {found.seed}"),
                (
                    "succeeded",
                    f"{style.percent(wins / found.rolls, 2)} (the chance is {found.chance} %)",
                ),
                ("loot", f"{mean_loot:,.1f} oranges in the mean, from {found.purse:,}"),
                ("fine", f"{found.fine:,} oranges of {found.purse:,}"),
                ("each brings", f"{mean:+,.1f} oranges in the mean".replace("-", "−")),
                ("gear", f"{found.gear:,} times, where there is some to take"),
                ("p value", f"{found.p_value:.4f}"),
            ]
        )

    return Answer(document, show)


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None


class _Bar:
    """How far it is: drawn on standard error while it lasts, if that is a terminal."""

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
        """So many rolls are done."""
        self.done = done
        if self._draw is not None:
            self._draw.update(self._draw.task_ids[0], completed=done)


def _show(page: Page, found: Simulation) -> None:
    page.table(
        (
            TableColumn(""),
            TableColumn("Prize", least=10),
            TableColumn("Worth", drop=2, right=True),
            TableColumn("Expected", right=True),
            TableColumn("Seen", right=True),
            TableColumn("Off by", drop=1, right=True),
        ),
        [
            (
                style.mark(entry.rarity),
                entry.name,
                entry.value,
                f"{entry.expected:,.1f}",
                entry.seen,
                f"{entry.seen - entry.expected:+,.1f}".replace("-", "−"),
            )
            for entry in found.entries
        ],
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
