"""Turning: which turns of the bazaar are due, and when they are made up for.

What a turn does is imported when one is due: a start needs it seldom.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.db.statements import Connection, Statement
from inventui.engine.core.settings import neighbours_away
from inventui.rules.bazaar import BAZAAR_PERIOD
from inventui.rules.npc.bazaar_period import due_periods

if TYPE_CHECKING:
    from inventui.engine.core.context import Context

_LAST = Statement.maybe("SELECT max(number) FROM bazaar_turn", int)


def visit_bazaar(world: Context) -> None:
    """Let the neighbours have been to the bazaar before somebody looks at it."""
    at = world.clock.now()
    if world.schedule.visited >= at // BAZAAR_PERIOD:
        return
    from inventui.engine.npc.move_in import move_in

    move_in(world)
    with world.store.write() as connection:
        _make_up(world, connection, at, first=True)
    world.schedule.visited = at // BAZAAR_PERIOD


def run_due_periods(world: Context, connection: Connection, at: int) -> None:
    """Make up for the turns that are due at a time, each as an operation of its own.

    Args:
        world: where; nothing is due before somebody has looked at its bazaar.
        connection: a write transaction in which no operation is under way.
        at: now.
    """
    if world.schedule.turned < at // BAZAAR_PERIOD and not world.schedule.turning:
        _make_up(world, connection, at, first=False)


def _make_up(world: Context, connection: Connection, at: int, *, first: bool) -> None:
    last = connection.execute(_LAST).one()
    turns = due_periods(last, at) if first or last is not None else ()
    if turns:
        from inventui.engine.npc.bazaar_period import run_period

        if neighbours_away(connection):
            # Nobody comes, now or later, to a turn that passes meanwhile.
            turns = turns[-1:]
        world.schedule.turning = True
        try:
            for number in turns:
                moment = at if last is None else number * BAZAAR_PERIOD
                run_period(world, connection, number, moment, first=last is None)
        finally:
            world.schedule.turning = False
    else:
        # Whatever any program does meanwhile, no turn is due before the next one begins.
        world.schedule.turned = at // BAZAAR_PERIOD
