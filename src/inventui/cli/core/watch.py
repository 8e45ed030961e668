"""Long work that is watched: how far it is, and ctrl+c that ends it with what it has."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, Protocol, Self, TypeVar, cast

from inventui.cli.core.command import Outcome
from inventui.cli.core.documents import Document, plain
from inventui.cli.core.exit_codes import ExitStatus
from inventui.cli.core.output import Answer, note
from inventui.rules.core.refusal import Refusal

if TYPE_CHECKING:
    from rich.progress import Progress

SECONDS_BETWEEN = 5
"""Between two lines that say how far it is."""


class _Rolled(Protocol):
    """What was found in so many rolls."""

    @property
    def rolls(self) -> int: ...


T = TypeVar("T", bound=_Rolled)
Show = Callable[[T], Answer]


def watched(
    rolls: int,
    simulation: Callable[[Callable[[int], bool]], T | Refusal],
    show: Show[T],
    what: str = "rolls",
) -> Outcome:
    """Run a simulation of so many rolls or runs; a stopped one answers with what it has so far."""
    with Watch(rolls, what) as watch:
        found = simulation(watch.show)
    if isinstance(found, Refusal):
        return found
    outcome = show(found)
    if found.rolls == rolls:
        return outcome
    note(f"Stopped after {found.rolls:,} of {rolls:,} {what}.")
    document = {**cast("Document", plain(outcome.document)), "asked": rolls}
    return replace(outcome, document=document, status=ExitStatus.INTERRUPTED)


class Watch:
    """Shows how far long work is, and ends it with what it has at the first ctrl+c.

    On a terminal that is a bar; elsewhere a line every few seconds.

    Attributes:
        stopped: whether ctrl+c was pressed.
        done: how many it was told of last.
    """

    def __init__(self, total: int, what: str = "rolls") -> None:
        self.stopped = False
        self.done = 0
        self._total = max(total, 0)
        self._what = what
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
            TextColumn("Rolling" if self._what == "rolls" else "Playing"),
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
        self.done = done
        if self._draw is not None:
            self._draw.update(self._draw.task_ids[0], completed=done)
        elif monotonic() - self._said >= SECONDS_BETWEEN and done < self._total:
            self._said = monotonic()
            note(f"{done:,} of {self._total:,} {self._what} are done.")
        return not self.stopped
