"""Work in several processes: pieces of it done beside each other, their answers in order."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from inventui.system import deaf_children

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Piece = TypeVar("Piece")
Found = TypeVar("Found")

AHEAD = 4
"""Pieces that wait for each process, so that none is idle and a stop comes soon."""


def processes(jobs: int | None) -> int:
    """How many processes to use: as many as asked for, else one for each processor."""
    return jobs or os.cpu_count() or 1


@contextmanager
def spread(
    work: Callable[[Piece], Found], pieces: Iterable[Piece], jobs: int
) -> Iterator[Iterator[Found]]:
    """The answers to all pieces, in their order; leaving it earlier gives up the rest.

    Args:
        work: a function of a module, as other processes have to find it.
        pieces: what it is called with.
        jobs: how many processes; with one, it is this one.
    """
    if jobs == 1:
        yield map(work, pieces)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children, get_context

    others = active_children()
    # Spawned: a fork would copy what threads of this program are in the middle of.
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _ignore_interrupts)
    try:
        yield _in_order(pool, work, iter(pieces), jobs * AHEAD)
    except BaseException:
        # Nobody waits for what is at work: a piece may take minutes.
        for child in active_children():
            if child not in others:
                child.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor, work: Callable[[Piece], Found], pieces: Iterator[Piece], ahead: int
) -> Iterator[Found]:
    # The first of these starts the processes, which are a second at their imports.
    with deaf_children():
        waiting: list[Future[Found]] = [pool.submit(work, piece) for piece in islice(pieces, ahead)]
    while waiting:
        found = waiting.pop(0).result()
        waiting.extend(pool.submit(work, piece) for piece in islice(pieces, 1))
        yield found


def _ignore_interrupts() -> None:
    """Leave ctrl+c to the process that gathers the answers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
