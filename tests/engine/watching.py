"""Watching what a world's writer does, a statement at a time."""

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

    def told(name: str, moment: Moment) -> Callable[..., Any]:
        call = getattr(Connection, name)

        def told_first(connection: Connection, *arguments: Any) -> Any:
            if connection.driver is world.store._writer:
                moment(connection)
            return call(connection, *arguments)

        return told_first

    with patch.multiple(
        Connection,
        begin=told("begin", begin),
        execute=told("execute", statement),
        execute_many=told("execute_many", statement),
        commit=told("commit", commit),
    ):
        yield
