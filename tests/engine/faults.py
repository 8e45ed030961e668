"""Breaking the machine at statements of an operation, and at its commit."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Protocol, TypeVar

from inventui.db.statements import Connection
from inventui.engine.world import World
from tests.engine.watching import watched

T = TypeVar("T")


class Fault(Exception):
    """The machine breaks."""


class ThroughFaults(Protocol):
    """See `through_faults`; how many statements fail depends on what is asked for."""

    def __call__(self, world: World, call: Callable[[], T]) -> T:
        """What `call` gives at last."""


def through_faults(world: World, call: Callable[[], T], *, every: bool) -> T:
    """What `call` gives at last, after its commit and statements of it failed one at a time.

    After each failure nothing may have changed.

    Args:
        world: where it is called.
        call: changes something, in one commit.
        every: whether each statement fails once, or the first ones, the last and some between.
    """
    fails_at = moments = changes = last = 0

    def at_begin(connection: Connection) -> None:
        nonlocal changes
        changes = _changes(connection)
        at_statement(connection)

    def at_statement(connection: Connection) -> None:
        nonlocal moments
        moments += 1
        if moments == fails_at:
            raise Fault

    def at_commit(connection: Connection) -> None:
        nonlocal moments, last
        moments += 1
        if _changes(connection) > changes:
            last = moments
            if not fails_at:
                raise Fault
        if moments == fails_at:
            raise Fault

    with closing(sqlite3.connect(world.path)) as observer:
        # This number changes with each commit of another connection.
        (before,) = observer.execute("PRAGMA data_version").fetchone()

        def fails(at: int) -> None:
            nonlocal fails_at, moments
            fails_at, moments = at, 0
            try:
                call()
            except Fault:
                assert observer.execute("PRAGMA data_version").fetchone() == (before,)
            else:
                raise AssertionError("nothing failed")

        with watched(world, at_begin, at_statement, at_commit):
            # A failure lets a program forget what it had found out: from then on it is the same.
            fails(0)
            fails(0)
            commit = last
            assert commit > 5
            some = {1, 2, commit // 3, 2 * commit // 3, commit - 1}
            for at in range(1, commit) if every else sorted(some):
                fails(at)
            fails_at, moments = -1, 0
            result = call()
    # Whatever came before the commit that went through was made to fail, if all was.
    assert last == commit
    return result


def _changes(connection: Connection) -> int:
    return connection.driver.total_changes
