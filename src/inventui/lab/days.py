"""Days of an economy: who comes when, each action at its own moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import heappop, heappush

from inventui.lab.personas.actions import session
from inventui.lab.personas.actor import Actor
from inventui.lab.personas.model import Persona
from inventui.lab.town.catalogue import TownCatalogue
from inventui.rules.core.clock import DAY, HOUR, MINUTE

BETWEEN = 7 * MINUTE
"""Between the comings of those who come in the same hour."""


def play_days(
    cast: Sequence[tuple[Persona, Actor]],
    catalogue: TownCatalogue,
    first: int,
    days: int,
    set_clock: Callable[[int], object],
    day_is_over: Callable[[int], object] | None = None,
) -> None:
    """Let everybody play for some days, in the order of time.

    Args:
        cast: who plays, and who acts for them.
        catalogue: what exists.
        first: when the first day begins.
        days: how many.
        set_clock: is told the time before each action.
        day_is_over: is told the number of each day, from 0, once all of its sessions are over.
    """
    for day in range(days):
        waiting: list[tuple[int, int, Iterator[int]]] = []
        for number, (persona, actor) in enumerate(cast):
            if (day + number) % persona.every:
                continue
            for visit, hour in enumerate(sorted(persona.sessions)):
                at = first + day * DAY + hour * HOUR + number * BETWEEN % HOUR
                order = number * 24 + visit
                heappush(waiting, (at, order, session(persona, actor, catalogue)))
        while waiting:
            at, order, actions = heappop(waiting)
            set_clock(at)
            wait = next(actions, None)
            if wait is not None:
                heappush(waiting, (at + wait, order, actions))
        if day_is_over is not None:
            day_is_over(day)
