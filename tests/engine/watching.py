"""Watching what a world's writer does, a statement at a time."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from inventui.db.statements import Connection
from inventui.engine.world import World

Moment = Callable[[Connection], None]


@contextmanager
def watched(world: World, begin: Moment, statement: Moment, commit: Moment) -> Iterator[None]:
    """Call these before a write begins, before each of its statements, and before its commit."""
    own: list[sqlite3.Connection] = []
    written: list[Connection] = []
    driver = world.store._driver

    @contextmanager
    def noted() -> Iterator[sqlite3.Connection]:
        with driver() as one:
            own[:] = [one]
            yield one

    def told(name: str, moment: Moment) -> Callable[..., Any]:
        call = getattr(Connection, name)

        def told_first(connection: Connection, *arguments: Any) -> Any:
            if name == "begin" and connection.driver in own:
                written[:] = [connection]
            if connection in written:
                moment(connection)
            return call(connection, *arguments)

        return told_first

    with (
        patch.object(world.store, "_driver", noted),
        patch.multiple(
            Connection,
            begin=told("begin", begin),
            execute=told("execute", statement),
            execute_many=told("execute_many", statement),
            commit=told("commit", commit),
        ),
    ):
        yield
