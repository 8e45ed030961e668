"""Periods: which periods of the bazaar are due, and running them.

Neighbours come to the bazaar once in every 6 h: they buy, list and offer trades
(`bazaar_period`). Nothing runs while nobody plays, so periods are run afterwards, in order, each as
an operation of the world with its own number and at its own moment. What must hold:

- Each period is run once, however many programs look first: its key names it, and it is run inside
  a write (`test_programs_that_look_first_at_the_bazaar_make_one_turn_of_each_period`).
- It makes no difference when and how often anybody looks, since its draws come from the world's
  seed and its number (`test_it_makes_no_difference_when_and_how_often_one_looks`).
- None is due before somebody has looked at the bazaar; the first look runs one, in which every
  neighbour lists an item (`test_nobody_comes_before_somebody_has_looked`,
  `test_at_the_first_look_each_neighbour_has_listed_something`).
- After a long absence only the periods are run that can still be seen, and none that passed while
  the neighbours were away (`rules.npc.bazaar_period.due_periods`;
  `test_after_a_long_absence_only_turns_that_still_matter_are_made_up_for`).

Running a period catches up with players, and catching up with a player runs the due periods:
`Schedule.running_periods` stops that circle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.set_back import reckoned_until
from inventui.engine.core.settings import neighbours_away
from inventui.rules.bazaar import BAZAAR_PERIOD
from inventui.rules.npc.bazaar_period import due_periods

if TYPE_CHECKING:
    from inventui.engine.core.context import Context


class _Run(NamedTuple):
    """The number of a period, and the operation that ran it."""

    number: int
    operation_id: int


_LAST = Statement("SELECT number, operation_id FROM bazaar_turn ORDER BY id DESC LIMIT 1", _Run)


class _Overdue(NamedTuple):
    seller_id: int
    until: int


_OVERDUE = Statement(
    "SELECT DISTINCT seller_id, until FROM listing INDEXED BY listing_open_until"
    " WHERE state = 'open' AND until <= :at ORDER BY until, seller_id",
    _Overdue,
)
_KNOWN = Statement("SELECT number FROM bazaar_turn WHERE number > :last AND number <= :now", int)


def visit_bazaar(world: Context) -> None:
    """Run the due periods before somebody looks at the bazaar; the very first one, too."""
    at = world.clock.now()
    if world.schedule.bazaar_seen != at // BAZAAR_PERIOD:
        from inventui.engine.npc.move_in import move_in

        move_in(world)
        with world.store.read() as connection:
            due = _due(connection, at)
        if due:
            with world.store.write() as connection:
                run_due_periods(world, connection, at, first=True)
        world.schedule.bazaar_seen = at // BAZAAR_PERIOD
    _end_overdue(world, at)


def _end_overdue(world: Context, at: int) -> None:
    """Let what nobody bought in time come home, though its seller may not have come since."""
    with world.store.read() as connection:
        overdue = connection.execute(_OVERDUE, {"at": at}).all()
    if overdue:
        with world.store.write() as connection:
            for seller, until in overdue:
                world.settle(connection, seller, until, False)


def _due(connection: Connection, at: int) -> list[int]:
    """The numbers of the periods that are due; none that a clock ahead has run already."""
    last = connection.execute(_LAST).first()
    if last is None:
        return [*due_periods(None, at)]
    begun = last.number * BAZAAR_PERIOD
    number = reckoned_until(connection, last.operation_id, begun, at) // BAZAAR_PERIOD
    known = {*connection.execute(_KNOWN, {"last": number, "now": at // BAZAAR_PERIOD})}
    return [period for period in due_periods(number, at) if period not in known]


def run_due_periods(
    world: Context, connection: Connection, at: int, *, first: bool = False
) -> None:
    """Run the periods that are due at a time, each as an operation of its own.

    Args:
        world: where; no period of it is being run.
        connection: a write transaction in which no operation is under way.
        at: now.
        first: whether one is due though nobody has looked at the bazaar before.
    """
    last = connection.execute(_LAST).first()
    due = _due(connection, at) if first or last is not None else []
    if due:
        # Imported when it is needed: a start seldom needs it.
        from inventui.engine.npc.bazaar_period import run_period

        if neighbours_away(connection):
            # No neighbour comes in a period that passes while they are away, now or later: the
            # last one stands for all of them.
            due = due[-1:]
        world.schedule.running_periods = True
        try:
            for number in due:
                moment = at if last is None else number * BAZAAR_PERIOD
                run_period(world, connection, number, moment, first=last is None)
        finally:
            world.schedule.running_periods = False
    else:
        # Whatever any program does meanwhile, none is due before the next one begins.
        world.schedule.no_period_due = at // BAZAAR_PERIOD
