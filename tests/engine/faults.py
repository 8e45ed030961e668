"""Breaking the machine at each statement of an operation, and at its commit."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import event

from inventui.engine.world import World
from tests.builders import contents

T = TypeVar("T")


class Fault(Exception):
    """The machine breaks."""


def through_every_fault(world: World, call: Callable[[], T]) -> T:
    """What `call` gives at last, after each of its statements and its commit failed once.

    After each failure nothing may have changed.
    """
    before = contents(world)
    countdown, statements = 0, 0

    def before_execute(*_: object) -> None:
        nonlocal countdown, statements
        statements += 1
        countdown -= 1
        if countdown == 0:
            raise Fault

    def at_commit(_: object) -> None:
        before_execute()

    event.listen(world.store.writer, "before_cursor_execute", before_execute)
    event.listen(world.store.writer, "commit", at_commit)
    failed_at = 0
    try:
        while True:
            failed_at += 1
            countdown, statements = failed_at, 0
            try:
                result = call()
            except Fault:
                assert contents(world) == before
                continue
            break
    finally:
        event.remove(world.store.writer, "before_cursor_execute", before_execute)
        event.remove(world.store.writer, "commit", at_commit)
    # Every statement and the commit were made to fail once before it went through.
    assert failed_at == statements + 1
    assert failed_at > 5
    return result
