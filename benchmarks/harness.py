"""Measuring side by side: interleaved pairs, medians of ratios, one table.

A machine is slow for seconds at a time. Two sides that take turns are slow together, so
the ratio of each pair holds where the figures themselves don't.
"""

import os
import resource
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from rich.console import Console
from rich.table import Table
from rich.text import Text

Side = Callable[[], float]
"""Does a thing once and tells what that cost: seconds, bytes, or a share of a processor."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        what: what is measured, and against what.
        ours: median of our side, in `unit`.
        floor: median of the other side.
        ratio: median of the pairs' ratios.
        processor: the same in processor time, which other work and the disk disturb less.
        reach: the most that the ratio may be; None where it is only told.
        unit: `s`, `B`, `kB`, or `%` for a share of one.
    """

    what: str
    ours: float
    floor: float
    ratio: float
    processor: float | None
    reach: float | None
    unit: str = "s"

    @property
    def ok(self) -> bool:
        """Whether the ratio is within reach."""
        return self.reach is None or self.ratio <= self.reach


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure."""

    quick: bool = False

    def __call__(self, thorough: int, quick: int) -> int:
        """How many pairs to take."""
        return quick if self.quick else thorough


Part = Callable[[Path, Effort], Iterator[Row]]
"""Measures some rows, with a folder to itself."""


def timed(action: Callable[[], object], times: int = 1) -> Side:
    """A side that does a action so many times and tells the seconds for one."""

    def side() -> float:
        start = perf_counter()
        for _ in range(times):
            action()
        return (perf_counter() - start) / times

    return side


def _spent() -> float:
    """Seconds of processor time that this program and those that it started took so far."""
    used = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _measured(side: Side) -> tuple[float, float]:
    """What a side tells, and its processor time, scaled as the side scales its seconds."""
    spent, start = _spent(), perf_counter()
    told = side()
    return told, (_spent() - spent) * told / (perf_counter() - start)


def compare(
    what: str,
    ours: Side,
    floor: Side,
    pairs: int,
    reach: float | None,
    *,
    warm: int = 2,
    unit: str = "s",
) -> Row:
    """Measure both sides in turns, each first as often as the other."""
    for _ in range(warm):
        ours()
        floor()
    taken: list[tuple[tuple[float, float], tuple[float, float]]] = []
    for pair in range(pairs):
        if pair % 2:
            there = _measured(floor)
            taken.append((_measured(ours), there))
        else:
            here = _measured(ours)
            taken.append((here, _measured(floor)))
    ratios = [here / there for (_, here), (_, there) in taken if there]
    return Row(
        what,
        median(here for (here, _), _ in taken),
        median(there for _, (there, _) in taken),
        median(here / there for (here, _), (there, _) in taken),
        median(ratios) if unit == "s" and ratios else None,
        reach,
        unit,
    )


def fsync_cost(folder: Path, times: int) -> float:
    """Median seconds that a write of one page takes to reach the disk."""
    taken = []
    path = folder / "fsync"
    with path.open("wb", buffering=0) as file:
        for _ in range(times):
            file.write(bytes(4096))
            start = perf_counter()
            os.fsync(file.fileno())
            taken.append(perf_counter() - start)
    path.unlink()
    return median(taken)


def figure(value: float, unit: str) -> str:
    """A cost as a person reads it."""
    if unit == "B":
        return f"{value / 2**20:.1f} MiB"
    if unit == "kB":
        return f"{value / 1000:.1f} kB"
    if unit == "%":
        return f"{value:.2%}"
    for size, name in ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if value >= size:
            return f"{value / size:.3g} {name}"
    return f"{value / 1e-9:.3g} ns"


def show(rows: list[Row], fsync: float) -> None:
    """Print the one table."""
    table = Table(title="inventui, side by side in one run", title_justify="left")
    table.add_column("what", overflow="fold")
    for name in ("ours", "floor", "ratio", "cpu", "reach"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("ok")
    for row in rows:
        verdict = Text("–", "dim") if row.reach is None else Text("yes" if row.ok else "NO")
        table.add_row(
            Text(row.what),
            figure(row.ours, row.unit),
            figure(row.floor, row.unit),
            f"{row.ratio:.3g}",
            "–" if row.processor is None else f"{row.processor:.3g}",
            "–" if row.reach is None else f"{row.reach:g}",
            verdict,
            style=None if row.ok else "bold red",
        )
    console = Console()
    if not console.is_terminal:
        console.width = 110
    console.print(table)
    console.print(f"fsync of one page: {figure(fsync, 's')}")
